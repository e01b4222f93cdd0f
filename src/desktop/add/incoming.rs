//! What the user brings, on its way in: read, unlocked, shown, kept.

use eframe::egui;
use otp::account::AccountId;
use otp::app::places;
use otp::app::receive::Receipt;
use otp::import::Format;
use otp::text;
use otp::text::Text;

use super::key::TypedKey;
use super::reader::{Offered, Origin, Reader, file_name};
use super::reading::Reading;
use super::receipt::{self, Choice};
use crate::begin;
use crate::failure::Failure;
use crate::kit::{self, Tone};
use crate::notice::Notice;
use crate::page::{Cx, Page, Place, Want};
use crate::theme;
use crate::worker::{Task, Worker};

/// The view.
pub(crate) struct Incoming {
    stage: Stage,
    origins: Vec<Origin>,
    /// The sources of several that could not be read, and why.
    failed: Vec<(String, Text)>,
    /// Whether everything in the sources is kept.
    whole: bool,
}

enum Stage {
    Reading(Box<Reading>),
    Comparing(Task<Receipt>),
    Choosing(Choice),
    Keeping(Task<Vec<AccountId>>, usize),
    Kept(Vec<AccountId>),
    Failed(Failure),
    /// Between two of these.
    Nothing,
}

impl Incoming {
    /// Begins to read `offered`.
    pub(crate) fn new(worker: &Worker, offered: Vec<Offered>) -> Self {
        Self::of(worker, offered, None)
    }

    /// The same, of the format that the user says they are.
    pub(crate) fn of(worker: &Worker, offered: Vec<Offered>, format: Option<&'static dyn Format>) -> Self {
        let reading = Box::new(Reading::new(worker, offered, format));
        Self { stage: Stage::Reading(reading), origins: Vec::new(), failed: Vec::new(), whole: false }
    }

    /// Goes on where a thread has finished.
    fn hear(&mut self, cx: &mut Cx<'_>) {
        self.stage = match std::mem::replace(&mut self.stage, Stage::Nothing) {
            Stage::Comparing(task) => match task.poll() {
                None => Stage::Comparing(task),
                Some(Err(failure)) => Stage::Failed(failure),
                Some(Ok(receipt)) => Stage::Choosing(Choice::new(receipt)),
            },
            Stage::Keeping(task, of) => match task.poll() {
                None => Stage::Keeping(task, of),
                Some(Err(failure)) => Stage::Failed(failure),
                Some(Ok(ids)) => {
                    cx.want(Want::Reload);
                    Stage::Kept(ids)
                }
            },
            stage => stage,
        };
    }

    fn reading(&mut self, ui: &mut egui::Ui, cx: &mut Cx<'_>) {
        let Stage::Reading(reading) = &mut self.stage else { return };
        self.stage = match reading.ui(ui, cx) {
            None => return,
            Some(Err(failure)) => Stage::Failed(failure),
            Some(Ok(Reader { key: Some(key), .. })) => {
                cx.want(Want::Replace(Box::new(TypedKey::with(key))));
                Stage::Nothing
            }
            Some(Ok(reader)) => {
                (self.origins, self.failed) = (reader.origins, reader.failed);
                let batch = reader.batch;
                Stage::Comparing(cx.worker.ask(move |app, _| Ok(app.compare(batch)?)))
            }
        };
    }

    fn choosing(&mut self, ui: &mut egui::Ui, cx: &mut Cx<'_>) {
        let Stage::Choosing(choice) = &mut self.stage else { return };
        choice.ui(ui, !self.failed.is_empty(), cx);
        receipt::failed(ui, &self.failed, cx);
        ui.add_space(theme::BETWEEN);
        let count = choice.count();
        kit::row(ui, |ui| {
            let words = text!("desktop-receipt-keep", count = count).say(cx.lang);
            let keep = ui.add_enabled_ui(count > 0, |ui| kit::filled(ui, words)).inner;
            let none = if count > 0 { text!("desktop-receipt-not") } else { text!("desktop-close") };
            if keep.clicked() {
                self.keep(cx);
            } else if kit::button(ui, none.say(cx.lang)).clicked() {
                cx.want(Want::Back);
            }
        });
    }

    fn keep(&mut self, cx: &Cx<'_>) {
        let Stage::Choosing(choice) = std::mem::replace(&mut self.stage, Stage::Nothing) else { return };
        self.whole = choice.is_whole() && self.failed.is_empty();
        let (of, now) = (choice.count(), cx.now);
        let receipt = choice.into_receipt();
        let task =
            cx.worker.ask(move |app, progress| Ok(app.accept(receipt, &[], now, &mut |done| progress.tell(done, of))?));
        self.stage = Stage::Keeping(task, of);
    }

    fn kept(&mut self, ui: &mut egui::Ui, cx: &mut Cx<'_>) {
        let Stage::Kept(ids) = &self.stage else { return };
        kit::card(ui, |ui| {
            let line = kit::toned(ui, cx.say(&text!("import-saved", count = ids.len())), Tone::Good);
            ui.ctx().accesskit_node_builder(line.id, |node| node.set_live(egui::accesskit::Live::Polite));
            kit::quiet(ui, text!("desktop-kept-next").say(cx.lang));
            kit::row(ui, |ui| {
                if kit::filled(ui, text!("desktop-kept-codes").say(cx.lang)).clicked() {
                    cx.want(Want::Go(Place::Codes));
                }
                if kit::button(ui, text!("desktop-kept-more").say(cx.lang)).clicked() {
                    cx.want(Want::Go(Place::Add));
                }
            });
        });
        receipt::failed(ui, &self.failed, cx);
        if let Some(stage) = begin::Stage::of(cx.accounts) {
            kit::heading(ui, &text!("desktop-kept-steps"), cx.lang);
            // The list comes anew in a moment.
            begin::ui(ui, stage.max(begin::Stage::Back), false, cx);
        }
        self.sources(ui, cx);
    }

    /// What can be deleted now, because everything in it is kept.
    fn sources(&mut self, ui: &mut egui::Ui, cx: &mut Cx<'_>) {
        if self.origins.is_empty() {
            return;
        }
        kit::heading(ui, &text!("desktop-kept-sources"), cx.lang);
        let mut gone = None;
        kit::card(ui, |ui| {
            if !self.whole {
                kit::quiet(ui, cx.say(&text!("import-source-partial")));
            }
            for (number, origin) in self.origins.iter().enumerate() {
                kit::body(ui, text::visible(&file_name(&origin.path)));
                for warning in places::copies(&[origin.path.as_path()]) {
                    kit::toned(ui, cx.say(&warning), Tone::Watch);
                }
                if !self.whole {
                    continue;
                }
                if origin.holds_more {
                    kit::quiet(ui, cx.say(&text!("import-source-holds-more")));
                } else {
                    kit::quiet(ui, cx.say(&text!("import-source-safe", count = 1)));
                    if kit::grave(ui, text!("desktop-kept-delete").say(cx.lang)).clicked() {
                        gone = Some(number);
                    }
                }
            }
        });
        if let Some(number) = gone {
            let origin = self.origins.remove(number);
            cx.said.push(places::delete(&origin.path).map_err(Failure::from));
        }
    }
}

impl Page for Incoming {
    fn place(&self) -> Place {
        Place::Add
    }

    fn title(&self) -> Text {
        match &self.stage {
            Stage::Kept(_) => text!("desktop-kept-title"),
            Stage::Reading(reading) => reading.wants().unwrap_or_else(|| text!("desktop-receipt-title")),
            _ => text!("desktop-receipt-title"),
        }
    }

    fn take(&mut self, offered: Vec<Offered>, worker: &Worker) -> Option<Vec<Offered>> {
        match &mut self.stage {
            Stage::Reading(reading) => reading.take(offered, worker),
            _ => Some(offered),
        }
    }

    fn ui(&mut self, ui: &mut egui::Ui, cx: &mut Cx<'_>) {
        self.hear(cx);
        match &self.stage {
            Stage::Reading(_) => self.reading(ui, cx),
            Stage::Comparing(_) | Stage::Nothing => {
                kit::progress(ui, &text!("desktop-reading").say(cx.lang), None);
            }
            Stage::Keeping(task, of) => {
                let done = task.progress();
                let words = text!("import-progress", done = done.map_or(0, |(done, _)| done), of = *of);
                kit::progress(ui, &cx.say(&words), done);
            }
            Stage::Failed(failure) => {
                let (sentence, hint) = (failure.text.clone(), failure.hint.clone());
                let notice = Notice { mark: "！", bad: true, sentence, hint, buttons: vec![text!("desktop-close")] };
                if notice.ui(ui, cx.lang).is_some() {
                    cx.want(Want::Back);
                }
            }
            Stage::Choosing(_) => self.choosing(ui, cx),
            Stage::Kept(_) => self.kept(ui, cx),
        }
    }
}
