//! Whether a code that the old phone shows belongs to the account, and how far the clock is off.

use eframe::egui;
use otp::account::AccountId;
use otp::code::Verdict;
use otp::text;

use crate::accounts::Item;
use crate::failure::Failure;
use crate::kit::{self, Tone};
use crate::page::Cx;
use crate::theme;
use crate::worker::{self, Task};

/// What was typed, and what it turned out to be.
#[derive(Default)]
pub(super) struct Check {
    typed: String,
    task: Option<Task<Verdict>>,
    verdict: Option<Result<Verdict, Failure>>,
}

impl Check {
    pub(super) fn ui(&mut self, ui: &mut egui::Ui, item: &Item, cx: &mut Cx<'_>) {
        if let Some(answer) = worker::take(&mut self.task) {
            self.verdict = Some(answer);
        }
        kit::body(ui, text!("desktop-check-words").say(cx.lang));
        let field = kit::field(ui, &text!("desktop-check-code").say(cx.lang), &mut self.typed);
        let entered = field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
        let pressed = kit::filled(ui, text!("desktop-check-button").say(cx.lang)).clicked();
        if (pressed || entered) && !self.typed.trim().is_empty() && self.task.is_none() {
            self.ask(item.entry.id, cx);
        }
        ui.add_space(theme::BETWEEN);
        match &self.verdict {
            None => {}
            Some(Ok(verdict)) => {
                let tone = match verdict {
                    Verdict::Match => Tone::Good,
                    Verdict::ClockOff { .. } | Verdict::Ahead { .. } => Tone::Watch,
                    Verdict::NoMatch => Tone::Bad,
                };
                let line = kit::toned(ui, cx.say(&verdict.text()), tone);
                ui.ctx().accesskit_node_builder(line.id, |node| node.set_live(egui::accesskit::Live::Polite));
            }
            Some(Err(failure)) => kit::failure(ui, failure, cx.lang),
        }
    }

    fn ask(&mut self, id: AccountId, cx: &Cx<'_>) {
        let (typed, now) = (self.typed.clone(), cx.now);
        self.verdict = None;
        self.task = Some(cx.worker.ask(move |app, _| {
            let by_codes = app.clock().at(now);
            Ok(app.verify(id, &typed, by_codes)?)
        }));
    }
}
