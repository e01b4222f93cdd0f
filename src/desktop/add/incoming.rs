//! What the user brings, on its way in: read, unlocked, shown, kept.

use std::sync::{Arc, Mutex, PoisonError};

use eframe::egui;
use otp::app::places;
use otp::app::receive::Receipt;
use otp::import::{Batch, Format};
use otp::store::StoreError;
use otp::text;
use otp::text::Text;

use super::key::TypedKey;
use super::reader::{Offered, Origin, Reader, file_name};
use super::reading::Reading;
use super::receipt::{self, Choice};
use crate::accounts::State;
use crate::begin;
use crate::codes::states;
use crate::failure::Failure;
use crate::kit::{self, Tone};
use crate::notice::Notice;
use crate::page::{Cx, Page, Place, Want, unsaved};
use crate::vault::MakeVault;
use crate::worker::{Task, Worker};

/// The view.
pub(crate) struct Incoming {
    stage: Stage,
    origins: Vec<Origin>,
    /// The sources of several that could not be read, and why.
    failed: Vec<(String, Text)>,
    /// Whether everything in the sources is kept.
    whole: bool,
    /// Why what is being shown was not kept.
    refused: Option<Failure>,
    /// The view in which it was typed, until it is kept.
    form: Option<Box<dyn Page>>,
}

enum Stage {
    Reading(Box<Reading>),
    Comparing(Task<Receipt>, Held),
    Choosing(Choice),
    Keeping(Task<Option<Text>>, Choice),
    /// What is to be said of it.
    Kept(Option<Text>),
    /// What was read stays where only the store failed, which may do better the next time.
    Failed(Failure, Option<Held>),
    /// Between two of these.
    Nothing,
}

/// What was read, lent to the store's thread until that has compared it.
type Held = Arc<Mutex<Batch>>;

impl Incoming {
    /// Begins to read `offered`.
    pub(crate) fn new(worker: &Worker, offered: Vec<Offered>) -> Self {
        Self::of(worker, offered, None)
    }

    /// The same, of the format that the user says they are.
    pub(crate) fn of(worker: &Worker, offered: Vec<Offered>, format: Option<&'static dyn Format>) -> Self {
        let reading = Box::new(Reading::new(worker, offered, format));
        Self {
            stage: Stage::Reading(reading),
            origins: Vec::new(),
            failed: Vec::new(),
            whole: false,
            refused: None,
            form: None,
        }
    }

    /// The same of what was typed into `form`, to which Back leads.
    pub(crate) fn typed_into(self, form: impl Page + 'static) -> Self {
        Self { form: Some(Box::new(form)), ..self }
    }

    /// Goes on where a thread has finished.
    fn hear(&mut self, cx: &mut Cx<'_>) {
        self.stage = match std::mem::replace(&mut self.stage, Stage::Nothing) {
            Stage::Comparing(task, held) => match task.poll() {
                None => Stage::Comparing(task, held),
                Some(Err(failure)) => Stage::Failed(refused(failure, cx), Some(held)),
                Some(Ok(receipt)) => {
                    if !matches!(cx.accounts.state, State::Here) {
                        // The place answers now.
                        cx.want(Want::Reload);
                    }
                    Stage::Choosing(Choice::new(receipt))
                }
            },
            Stage::Keeping(task, choice) => match task.poll() {
                None => Stage::Keeping(task, choice),
                Some(Err(failure)) => {
                    self.refused = Some(refused(failure, cx));
                    Stage::Choosing(choice)
                }
                Some(Ok(kept)) => {
                    cx.want(Want::Reload);
                    self.form = None;
                    Stage::Kept(kept)
                }
            },
            stage => stage,
        };
        if cx.accounts.uses_vault {
            // It was made since, above this view.
            self.refused.take_if(|failure| lacks_keyring(failure));
        }
    }

    fn reading(&mut self, ui: &mut egui::Ui, cx: &mut Cx<'_>) {
        let Stage::Reading(reading) = &mut self.stage else { return };
        self.stage = match reading.ui(ui, cx) {
            None => return,
            Some(Err(failure)) => Stage::Failed(failure, None),
            Some(Ok(Reader { key: Some(key), .. })) => {
                cx.want(Want::Replace(Box::new(TypedKey::with(key))));
                Stage::Nothing
            }
            Some(Ok(reader)) => {
                (self.origins, self.failed) = (reader.origins, reader.failed);
                compare(Arc::new(Mutex::new(reader.batch)), cx)
            }
        };
    }

    fn choosing(&mut self, ui: &mut egui::Ui, cx: &mut Cx<'_>) {
        let Stage::Choosing(choice) = &mut self.stage else { return };
        choice.ui(ui, !self.failed.is_empty(), cx);
        receipt::failed(ui, &self.failed, cx);
    }

    /// What can be done with what came in.
    fn choice(&mut self, ui: &mut egui::Ui, cx: &mut Cx<'_>) {
        let Stage::Choosing(choice) = &mut self.stage else { return };
        choice.tally(ui, cx);
        let (count, keepable) = (choice.count(), choice.has_ticks());
        if let Some(failure) = &self.refused {
            kit::failure(ui, &in_window(failure), cx.lang);
        }
        let vault = self.refused.as_ref().is_some_and(lacks_keyring);
        kit::row(ui, |ui| {
            if vault && kit::filled(ui, text!("desktop-make-vault").say(cx.lang)).clicked() {
                cx.open(MakeVault::default());
            }
            let keep = match &self.refused {
                Some(_) => text!("desktop-retry"),
                None => text!("desktop-receipt-keep", count = count),
            };
            let keep = |ui: &mut egui::Ui| kit::nth_button(ui, usize::from(vault), keep.say(cx.lang)).clicked();
            if keepable && ui.add_enabled_ui(count > 0, keep).inner {
                self.keep(cx);
            }
            let none = if count > 0 { text!("desktop-receipt-not") } else { text!("desktop-close") };
            if kit::nth_button(ui, usize::from(keepable), none.say(cx.lang)).clicked() {
                if count > 0 {
                    // Whoever says so does not want what was typed back.
                    self.form = None;
                }
                cx.want(Want::Back);
            }
        });
    }

    fn keep(&mut self, cx: &Cx<'_>) {
        let Stage::Choosing(choice) = std::mem::replace(&mut self.stage, Stage::Nothing) else { return };
        self.refused = None;
        self.whole = choice.is_whole() && self.failed.is_empty();
        let (of, now) = (choice.count(), cx.now);
        let receipt = choice.receipt();
        let task = cx.worker.ask(move |app, progress| {
            progress.tell(0, of);
            let kept = app.accept(receipt, &[], now, &mut |done| progress.tell(done, of))?;
            Ok(Some(text!("import-saved", count = kept.len())))
        });
        self.stage = Stage::Keeping(task, choice);
    }

    /// Nothing could be read, or compared with what is here.
    fn stopped(&mut self, ui: &mut egui::Ui, cx: &mut Cx<'_>) {
        let Stage::Failed(failure, held) = &self.stage else { return };
        let Failure { text: sentence, hint, .. } = in_window(failure);
        let ways = if held.is_some() { vec![text!("desktop-retry")] } else { Vec::new() };
        let buttons: Vec<Text> = ways.into_iter().chain([text!("desktop-close")]).collect();
        let last = buttons.len() - 1;
        let notice = Notice { mark: "！", bad: true, sentence, hint, buttons };
        let Some(pressed) = notice.ui(ui, cx.lang) else { return };
        match held {
            Some(held) if pressed < last => self.stage = compare(Arc::clone(held), cx),
            _ => cx.want(Want::Back),
        }
    }

    fn kept(&mut self, ui: &mut egui::Ui, cx: &mut Cx<'_>) {
        let Stage::Kept(kept) = &self.stage else { return };
        kit::card(ui, |ui| {
            let line = kit::toned(ui, kept.as_ref().map(|kept| cx.say(kept)).unwrap_or_default(), Tone::Good);
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

/// Has what was read compared with what is here.
fn compare(held: Held, cx: &Cx<'_>) -> Stage {
    let lent = Arc::clone(&held);
    let task = cx.worker.ask(move |app, _| {
        let mut batch = lent.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(app.compare(&mut batch)?)
    });
    Stage::Comparing(task, held)
}

/// `failure` of the store. A vault that has to be opened again is asked for where it always is.
fn refused(failure: Failure, cx: &mut Cx<'_>) -> Failure {
    if matches!(failure.store.as_deref(), Some(StoreError::VaultLocked | StoreError::WrongPassphrase)) {
        cx.want(Want::Reload);
    }
    failure
}

fn lacks_keyring(failure: &Failure) -> bool {
    failure.store.as_deref() == Some(&StoreError::NoKeyring)
}

/// `failure` with what the window, other than a terminal, says about it.
fn in_window(failure: &Failure) -> Failure {
    let (text, hint, _) = states::explained(failure);
    Failure { text, hint, store: None }
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

    fn before(&mut self) -> Option<Box<dyn Page>> {
        if matches!(self.stage, Stage::Keeping(..)) { None } else { self.form.take() }
    }

    fn leaves(&mut self) -> Option<Task<Option<Text>>> {
        match std::mem::replace(&mut self.stage, Stage::Nothing) {
            Stage::Keeping(task, _) => Some(task),
            _ => None,
        }
    }

    fn parting(&self) -> Option<[Text; 3]> {
        let keeping = matches!(self.stage, Stage::Keeping(..));
        self.form.as_ref().filter(|_| !keeping).map(|_| unsaved())
    }

    fn take(&mut self, offered: Vec<Offered>, worker: &Worker) -> Option<Vec<Offered>> {
        match &mut self.stage {
            Stage::Reading(reading) => reading.take(offered, worker),
            _ => Some(offered),
        }
    }

    fn bar(&mut self, ui: &mut egui::Ui, cx: &mut Cx<'_>) {
        self.choice(ui, cx);
    }

    fn ui(&mut self, ui: &mut egui::Ui, cx: &mut Cx<'_>) {
        self.hear(cx);
        match &self.stage {
            Stage::Reading(_) => self.reading(ui, cx),
            Stage::Comparing(..) | Stage::Nothing => {
                kit::progress(ui, &text!("desktop-reading").say(cx.lang), None);
            }
            Stage::Keeping(task, choice) => {
                let done = task.progress();
                let words = text!("import-progress", done = done.map_or(0, |(done, _)| done), of = choice.count());
                kit::progress(ui, &cx.say(&words), done);
            }
            Stage::Failed(..) => self.stopped(ui, cx),
            Stage::Choosing(_) => self.choosing(ui, cx),
            Stage::Kept(_) => self.kept(ui, cx),
        }
    }
}
