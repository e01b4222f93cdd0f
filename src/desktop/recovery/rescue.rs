//! What to do now, step by step, for somebody who cannot get in.

use eframe::egui;
use otp::account::AccountId;
use otp::present;
use otp::recovery::rescue::{self, Case, Known};
use otp::text;
use otp::text::Text;

use crate::kit;
use crate::page::{Cx, Page, Place};
use crate::worker::{self, Task};

/// The view.
#[derive(Default)]
pub(crate) struct Rescue {
    account: Option<AccountId>,
    case: Option<Case>,
    asking: Option<Task<Known>>,
    known: Known,
}

impl Rescue {
    /// Finds out what is known of the account, or of all together. Nothing is opened for it.
    fn ask(&mut self, cx: &Cx<'_>) {
        let account = self.account;
        self.asking = Some(cx.worker.ask(move |app, _| {
            let Some(index) = app.ledger().index() else { return Ok(Known::default()) };
            let entry = account.and_then(|id| index.entry(id));
            Ok(entry.map_or_else(|| Known::of_all(index), |entry| Known::of(entry, index)))
        }));
    }

    fn choose(&mut self, ui: &mut egui::Ui, cx: &Cx<'_>) {
        kit::quiet(ui, text!("desktop-rescue-account").say(cx.lang));
        let mut accounts = vec![(None, text!("desktop-rescue-any").say(cx.lang))];
        accounts.extend(cx.accounts.items.iter().map(|item| (Some(item.entry.id), item.title().say(cx.lang))));
        if let Some(account) = kit::choose(ui, self.account, &accounts) {
            self.account = account;
            self.ask(cx);
        }
        kit::heading(ui, &text!("desktop-rescue-what"), cx.lang);
        for case in Case::ALL {
            if kit::wide_button(ui, &cx.say(&case.text())).clicked() {
                self.case = Some(*case);
                self.ask(cx);
            }
        }
    }

    fn steps(&mut self, ui: &mut egui::Ui, case: Case, cx: &Cx<'_>) {
        kit::strong(ui, &cx.say(&case.text()));
        for (number, step) in rescue::plan(case, &self.known, &present::day).iter().enumerate() {
            kit::card(ui, |ui| {
                kit::quiet(ui, text!("desktop-rescue-step", number = number + 1).say(cx.lang));
                kit::body(ui, cx.say(step));
            });
        }
        if kit::button(ui, text!("desktop-rescue-other").say(cx.lang)).clicked() {
            self.case = None;
        }
    }
}

impl Page for Rescue {
    fn place(&self) -> Place {
        Place::Recovery
    }

    fn title(&self) -> Text {
        text!("desktop-rescue-title")
    }

    fn ui(&mut self, ui: &mut egui::Ui, cx: &mut Cx<'_>) {
        if let Some(Ok(known)) = worker::take(&mut self.asking) {
            self.known = known;
        }
        match self.case {
            None => self.choose(ui, cx),
            Some(case) => self.steps(ui, case, cx),
        }
    }
}
