//! The check-up: everything that `otp doctor` looks at, what works, what does not, and what to do.

use eframe::egui;
use otp::app::doctor::{Finding, Level};
use otp::clock::UnixTime;
use otp::text;
use otp::text::{Lang, Text};

use super::rescue::way::Way;
use crate::codes::drop_correction;
use crate::failure::Failure;
use crate::kit::{self, Tone};
use crate::page::{Cx, Page, Place, Want};
use crate::theme;
use crate::words;
use crate::worker::{self, Task, Worker};

/// The view.
pub(crate) struct Doctor {
    looking: Option<Task<Vec<Finding>>>,
    found: Result<Vec<Finding>, Failure>,
}

impl Doctor {
    /// Looks at everything at once.
    pub(crate) fn new(worker: &Worker, now: UnixTime) -> Self {
        Self { looking: Some(look(worker, now)), found: Ok(Vec::new()) }
    }
}

fn look(worker: &Worker, now: UnixTime) -> Task<Vec<Finding>> {
    worker.ask(move |app, _| Ok(app.examine(now)))
}

fn tone(level: Level) -> Tone {
    match level {
        Level::Good => Tone::Good,
        Level::Notice => Tone::Watch,
        Level::Bad => Tone::Bad,
    }
}

/// Where something can be done about `finding`.
fn way(finding: &Finding) -> Option<Way> {
    let place = match finding.id {
        "readiness" => Place::Recovery,
        "trash" => Place::Trash,
        "found" | "keyring" | "canary" => Place::Codes,
        "index" if finding.level == Level::Bad => Place::Codes,
        "index" | "secrets" | "pending" => Place::Add,
        _ => return None,
    };
    Some(Way::Place(place))
}

/// The whole list as a text, to be sent to somebody who helps.
fn report(found: &[Finding], lang: Lang) -> String {
    let lines = found.iter().flat_map(|finding| finding.lines(&|text| words::of(text).say(lang)));
    lines.fold(String::new(), |report, line| report + &line + "\n")
}

/// One thing that there is to do, and the way to it; true when it was done here.
fn to_do(ui: &mut egui::Ui, finding: &Finding, cx: &mut Cx<'_>) -> bool {
    kit::card(ui, |ui| {
        kit::toned(ui, cx.say(&finding.text), tone(finding.level));
        if let Some(next) = &finding.next {
            kit::quiet(ui, cx.say(next));
        }
        if finding.id == "correction" {
            let dropped = kit::button(ui, text!("desktop-clock-drop").say(cx.lang)).clicked();
            if dropped {
                drop_correction(cx);
            }
            return dropped;
        }
        if let Some(way) = way(finding).filter(|_| finding.next.is_some())
            && kit::button(ui, way.text().say(cx.lang)).clicked()
        {
            way.go(None, cx);
        }
        false
    })
}

/// Draws all of them; true when they are to be looked at again.
fn list(ui: &mut egui::Ui, found: &[Finding], cx: &mut Cx<'_>) -> bool {
    let mut again = false;
    let (good, rest): (Vec<&Finding>, Vec<_>) = found.iter().partition(|finding| finding.level == Level::Good);
    let (summary, level) = match rest.len() {
        0 => (text!("desktop-doctor-well"), Tone::Good),
        count => (text!("desktop-doctor-found", count = count), Tone::Watch),
    };
    let line = kit::toned(ui, summary.say(cx.lang), level);
    ui.ctx().accesskit_node_builder(line.id, |node| node.set_live(egui::accesskit::Live::Polite));
    // What does not work comes first.
    for level in [Level::Bad, Level::Notice] {
        for finding in rest.iter().filter(|finding| finding.level == level) {
            again |= to_do(ui, finding, cx);
        }
    }
    if !good.is_empty() {
        kit::heading(ui, &text!("desktop-doctor-works"), cx.lang);
        kit::card(ui, |ui| {
            for finding in good {
                kit::toned(ui, cx.say(&finding.text), Tone::Good);
            }
        });
    }
    ui.add_space(theme::BETWEEN);
    kit::row(ui, |ui| {
        if kit::button(ui, text!("desktop-doctor-copy").say(cx.lang)).clicked() {
            ui.ctx().copy_text(report(found, cx.lang));
            cx.said.push(Ok(text!("desktop-doctor-copied")));
        }
        again |= kit::button(ui, text!("desktop-doctor-again").say(cx.lang)).clicked();
    });
    kit::quiet(ui, text!("desktop-doctor-secrets").say(cx.lang));
    again
}

impl Page for Doctor {
    fn place(&self) -> Place {
        Place::Recovery
    }

    fn title(&self) -> Text {
        text!("desktop-doctor-title")
    }

    fn ui(&mut self, ui: &mut egui::Ui, cx: &mut Cx<'_>) {
        if let Some(answer) = worker::take(&mut self.looking) {
            self.found = answer;
            // What was forgotten is taken in, what was left unfinished is finished.
            cx.want(Want::Reload);
        }
        if self.looking.is_some() {
            kit::progress(ui, &text!("desktop-doctor-looking").say(cx.lang), None);
            return;
        }
        match &self.found {
            Ok(found) if list(ui, found, cx) => self.looking = Some(look(cx.worker, cx.now)),
            Ok(_) => {}
            Err(failure) => kit::failure(ui, failure, cx.lang),
        }
    }
}
