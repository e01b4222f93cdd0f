//! The fire drill: a copy or a backup restored in memory and compared. Nothing is left of it but the
//! date.

use std::path::PathBuf;

use eframe::egui;
use otp::app::drill::Proof;
use otp::present;
use otp::recovery::drill::{Line, Verdict};
use otp::text;
use otp::text::Text;

use super::gather::Gather;
use crate::add::reader::Offered;
use crate::failure::Failure;
use crate::kit::{self, Tone};
use crate::page::{Cx, Page, Place, Want};
use crate::theme;
use crate::worker::{self, Task, Worker};

/// The view.
#[derive(Default)]
pub(crate) struct Drill {
    gather: Gather,
    finding: Option<Task<Vec<PathBuf>>>,
    proving: Option<Task<Proved>>,
    proved: Option<Result<Proved, Failure>>,
}

/// What came of it.
struct Proved {
    lines: Vec<Line>,
    unread: usize,
}

impl Proved {
    /// Whether every account comes back from it.
    fn is_whole(&self) -> bool {
        self.unread == 0 && !self.lines.iter().any(|line| matches!(line.verdict, Verdict::Missing | Verdict::Differs))
    }

    fn ui(&self, ui: &mut egui::Ui, cx: &Cx<'_>) {
        kit::card(ui, |ui| {
            let (text, tone) = if self.is_whole() {
                (text!("drill-whole"), Tone::Good)
            } else {
                (text!("drill-not-whole"), Tone::Bad)
            };
            let line = kit::toned(ui, cx.say(&text), tone);
            ui.ctx().accesskit_node_builder(line.id, |node| node.set_live(egui::accesskit::Live::Polite));
            for line in &self.lines {
                let (text, tone) = told(line);
                kit::toned(ui, text.say(cx.lang), tone);
            }
            if self.unread > 0 {
                kit::toned(ui, cx.say(&text!("drill-unread", count = self.unread)), Tone::Bad);
            }
        });
    }
}

fn told(line: &Line) -> (Text, Tone) {
    let account = present::title(&line.issuer, &line.name);
    match line.verdict {
        Verdict::Same => (text!("drill-same", account = account), Tone::Good),
        Verdict::Differs => (text!("drill-differs", account = account), Tone::Bad),
        Verdict::Missing => (text!("drill-missing", account = account), Tone::Bad),
        Verdict::Rescued => (text!("drill-rescued", account = account), Tone::Good),
        Verdict::OnlyThere => (text!("drill-only-there", account = account), Tone::Watch),
    }
}

impl Page for Drill {
    fn place(&self) -> Place {
        Place::Recovery
    }

    fn title(&self) -> Text {
        text!("desktop-drill-title")
    }

    fn take(&mut self, offered: Vec<Offered>, worker: &Worker) -> Option<Vec<Offered>> {
        self.proved = None;
        self.gather.read(offered, worker);
        None
    }

    fn ui(&mut self, ui: &mut egui::Ui, cx: &mut Cx<'_>) {
        if let Some(answer) = worker::take(&mut self.proving) {
            self.proved = Some(answer);
            cx.want(Want::Reload);
        }
        match worker::take(&mut self.finding) {
            Some(Ok(files)) if !files.is_empty() => {
                self.proved = None;
                self.gather.read(files.into_iter().map(Offered::Path).collect(), cx.worker);
            }
            Some(Ok(_)) => {
                self.proved = Some(Err(Failure::new(text!("drill-nothing"), text!("desktop-drill-nothing-hint"))));
            }
            Some(Err(failure)) => self.proved = Some(Err(failure)),
            None => {}
        }
        if self.proving.is_some() {
            kit::progress(ui, &text!("desktop-reading").say(cx.lang), None);
            return;
        }
        match &self.proved {
            None => drop(kit::body(ui, text!("desktop-drill-words").say(cx.lang))),
            Some(Ok(proved)) => proved.ui(ui, cx),
            Some(Err(failure)) => kit::failure(ui, failure, cx.lang),
        }
        ui.add_space(theme::BETWEEN);
        if let Some(reader) = self.gather.ui(ui, &text!("desktop-drill-choose"), cx) {
            let now = cx.now;
            self.proving = Some(cx.worker.ask(move |app, _| {
                let lines = app.prove(&reader.batch.accounts, Proof::Copy, now)?;
                Ok(Proved { lines, unread: reader.batch.skipped.len() })
            }));
        }
        if !self.gather.is_busy() && kit::button(ui, text!("desktop-drill-newest").say(cx.lang)).clicked() {
            self.finding = Some(cx.worker.ask(|app, _| {
                // One place is enough: the others have the same.
                let places = app.copies_status().places;
                Ok(places.into_iter().find_map(|place| Some(place.newest?.path)).into_iter().collect())
            }));
        }
    }
}
