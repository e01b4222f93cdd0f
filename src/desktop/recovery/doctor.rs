//! The check-up: everything that `otp doctor` looks at, what works, what does not, and what to do.

use eframe::egui;
use otp::app::doctor::{Finding, Level};
use otp::clock::UnixTime;
use otp::text;
use otp::text::{Lang, Text};

use super::Deed;
use super::rescue::way::Way;
use crate::codes::drop_correction;
use crate::failure::Failure;
use crate::kit::{self, Offer, Tone};
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

/// Where something can be done about `finding`.
fn way(finding: &Finding) -> Option<Way> {
    let place = match finding.id {
        "readiness" if deed(finding).is_some() => return deed(finding).map(Way::Deed),
        "readiness" => Place::Recovery,
        "trash" => Place::Trash,
        "found" | "keyring" | "canary" => Place::Codes,
        "index" if finding.level == Level::Bad => Place::Codes,
        "index" | "secrets" | "pending" => Place::Add,
        _ => return None,
    };
    Some(Way::Place(place))
}

/// The tool that helps with a step of readiness, if it is one tool.
fn deed(finding: &Finding) -> Option<Deed> {
    match finding.text.id() {
        "readiness-step-print" | "readiness-step-newer" => Some(Deed::Sheet),
        "readiness-step-prove-paper" => Some(Deed::Check),
        "readiness-step-copies" => Some(Deed::Copies),
        "readiness-step-prove-copy" | "readiness-step-try-again" => Some(Deed::Drill),
        _ => None,
    }
}

/// The whole list as a text, to be sent to somebody who helps.
fn report(found: &[Finding], lang: Lang) -> String {
    let lines = found.iter().flat_map(|finding| finding.lines(&|text| words::of(text).say(lang)));
    lines.fold(String::new(), |report, line| report + &line + "\n")
}

/// One thing that there is to do, and the way to it, which may be the `first` to take; true when it was
/// done here.
fn to_do(ui: &mut egui::Ui, finding: &Finding, first: bool, cx: &mut Cx<'_>) -> bool {
    let corrects = finding.id == "correction";
    let way = way(finding);
    let button = if corrects { Some(text!("desktop-clock-drop")) } else { way.map(Way::text) };
    let offer = Offer {
        mark: None,
        title: cx.say(&finding.text),
        words: finding.next.as_ref().map(|next| cx.say(next)).unwrap_or_default(),
        button: button.map(|button| button.say(cx.lang)),
        first,
    };
    if !kit::offer(ui, &offer) {
        return false;
    }
    match way {
        Some(way) => way.go(None, cx),
        None => drop_correction(cx),
    }
    corrects
}

/// Draws all of them; true when they are to be looked at again.
fn list(ui: &mut egui::Ui, found: &[Finding], cx: &mut Cx<'_>) -> bool {
    let mut again = false;
    let (good, rest): (Vec<&Finding>, Vec<_>) = found.iter().partition(|finding| finding.level == Level::Good);
    let is_to_do = |finding: &&Finding| finding.level == Level::Bad || finding.next.is_some();
    let (rest, told): (Vec<&Finding>, Vec<_>) = rest.into_iter().partition(is_to_do);
    let (summary, level) = match rest.len() {
        0 => (text!("desktop-doctor-well"), Tone::Good),
        count => (text!("desktop-doctor-found", count = count), Tone::Watch),
    };
    let line = kit::toned(ui, summary.say(cx.lang), level);
    ui.ctx().accesskit_node_builder(line.id, |node| node.set_live(egui::accesskit::Live::Polite));
    for finding in told {
        kit::quiet(ui, cx.say(&finding.text));
    }
    // What does not work comes first.
    let (bad, notices): (Vec<&Finding>, Vec<_>) = rest.into_iter().partition(|finding| finding.level == Level::Bad);
    for (number, finding) in bad.iter().chain(&notices).enumerate() {
        again |= to_do(ui, finding, number == 0 && !bad.is_empty(), cx);
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
