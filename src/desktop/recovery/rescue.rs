//! What to do now, step by step, for somebody who cannot get in. A step that this window can help
//! with has a button that leads there.

pub(super) mod way;

use eframe::egui;
use otp::account::AccountId;
use otp::app::App;
use otp::app::rescue::{heading, page};
use otp::export::Bytes;
use otp::find;
use otp::present;
use otp::recovery::rescue::{self, Case, Known};
use otp::recovery::sheet;
use otp::text;
use otp::text::Text;

use crate::accounts::Item;
use crate::kit;
use crate::page::{Cx, Page, Place};
use crate::paper::{Form, OnPaper};
use crate::worker::{self, Task};

/// So many accounts are shown at once.
const FEW: usize = 4;

/// The view.
pub(crate) struct Rescue {
    account: Option<AccountId>,
    /// What narrows the accounts to choose from.
    query: String,
    case: Option<Case>,
    asking: Option<Task<Known>>,
    known: Known,
    paper: OnPaper,
}

impl Default for Rescue {
    fn default() -> Self {
        let paper = OnPaper::named("otp-rescue.pdf");
        Self { account: None, query: String::new(), case: None, asking: None, known: Known::default(), paper }
    }
}

impl Rescue {
    /// For the account `id`.
    pub(crate) fn of(id: AccountId, cx: &Cx<'_>) -> Self {
        let mut rescue = Self { account: Some(id), ..Self::default() };
        rescue.ask(cx);
        rescue
    }

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
        self.choose_account(ui, cx);
        kit::heading(ui, &text!("desktop-rescue-what"), cx.lang);
        for case in Case::ALL {
            if kit::wide_button(ui, &cx.say(&case.text())).clicked() {
                self.case = Some(*case);
                self.ask(cx);
            }
        }
    }

    /// Which account it is about. Many of them are searched, not shown: what has happened stays in sight.
    fn choose_account(&mut self, ui: &mut egui::Ui, cx: &Cx<'_>) {
        let items = &cx.accounts.items;
        if items.is_empty() {
            return;
        }
        let question = text!("desktop-rescue-account").say(cx.lang);
        let shown: Vec<&Item> = if items.len() <= FEW {
            kit::quiet(ui, question);
            items.iter().collect()
        } else {
            kit::field(ui, &question, &mut self.query);
            let found = if self.query.trim().is_empty() { Vec::new() } else { find::filter(&self.query, items) };
            let chosen = self.account.and_then(|id| cx.accounts.item(id)).into_iter();
            let found = found.into_iter().filter(|item| self.account != Some(item.entry.id));
            chosen.chain(found.take(FEW)).collect()
        };
        let mut accounts = vec![(None, text!("desktop-rescue-any").say(cx.lang))];
        accounts.extend(shown.iter().map(|item| (Some(item.entry.id), item.title().say(cx.lang))));
        if let Some(account) = kit::choose(ui, self.account, &accounts) {
            self.account = account;
            self.query.clear();
            self.ask(cx);
        }
    }

    fn steps(&mut self, ui: &mut egui::Ui, case: Case, cx: &mut Cx<'_>) {
        let accounts = cx.accounts;
        let item = self.account.and_then(|id| accounts.item(id));
        if let Some(item) = item {
            kit::quiet(ui, item.title().say(cx.lang));
        }
        kit::strong(ui, &cx.say(&case.text()));
        let mut told = Vec::new();
        for (number, step) in rescue::plan(case, &self.known, &present::day).into_iter().enumerate() {
            let (step, ways) = way::of(step);
            kit::card(ui, |ui| {
                kit::quiet(ui, text!("desktop-rescue-step", number = number + 1).say(cx.lang));
                kit::body(ui, cx.say(&step));
                let way = ways.filter(|way| way.leads(item));
                if let Some(way) = way
                    && kit::button(ui, way.text().say(cx.lang)).clicked()
                {
                    self.case = way.case().or(self.case);
                    way.go(item, cx);
                }
            });
            told.push(step);
        }
        if kit::button(ui, text!("desktop-rescue-other").say(cx.lang)).clicked() {
            self.case = None;
        }
        kit::heading(ui, &text!("desktop-paper"), cx.lang);
        kit::quiet(ui, text!("desktop-rescue-kinds").say(cx.lang));
        let heading = heading(case, item.map(|item| &item.entry));
        let make = move |_: &mut App, job: &sheet::Job<'_>, form| match form {
            Form::Pages => Ok(sheet::rescue(&heading, &told, job)?),
            Form::Text => Ok(Bytes::new(page(&heading, &told, job.lang).into_bytes())),
        };
        self.paper.ui(ui, make, cx);
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
