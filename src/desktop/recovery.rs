//! Being able to come back: what is missing, the next best step, and everything that helps.

mod backup;
mod check;
mod copies;
mod doctor;
mod drill;
mod gather;
mod repair;
mod rescue;
mod restore;
mod sheet;
mod table;
mod transfer;

pub(crate) use copies::CopiesPage;
pub(crate) use doctor::Doctor;
use eframe::egui;
use otp::account::AccountId;
use otp::recovery::readiness::{Level, Step};
use otp::text;
use otp::text::Text;
pub(crate) use rescue::Rescue;
pub(crate) use restore::Restore;
pub(crate) use sheet::Sheet;
pub(crate) use transfer::Transfer;

use crate::account::{Details, Part};
use crate::accounts::{Accounts, Item};
use crate::export::Export;
use crate::kit::{self, Mark, Offer};
use crate::page::{Cx, Page, Place};
use crate::site::AnySite;
use crate::theme;

/// How many steps are offered at once; the rest comes when these are done.
const STEPS: usize = 3;

/// The view.
#[derive(Default)]
pub(crate) struct Recovery {
    /// Whether every account is shown, however many there are.
    all: bool,
}

/// Everything that can be done here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Deed {
    Sheet,
    Check,
    Copies,
    Drill,
    Backup,
    Restore,
    Transfer,
    Repair,
    Rescue,
    Site,
    Doctor,
    Export,
}

impl Deed {
    /// The tools, with their titles and words: those first that somebody in trouble looks for.
    const ALL: [(Self, &str, &str); 12] = [
        (Self::Rescue, "desktop-rescue-title", "desktop-rescue-short"),
        (Self::Restore, "desktop-restore-title", "desktop-restore-short"),
        (Self::Transfer, "desktop-transfer-title", "desktop-transfer-words"),
        (Self::Sheet, "desktop-sheet-title", "desktop-sheet-short"),
        (Self::Check, "desktop-sheet-check-title", "desktop-sheet-check-short"),
        (Self::Copies, "desktop-copies-title", "desktop-copies-short"),
        (Self::Drill, "desktop-drill-title", "desktop-drill-short"),
        (Self::Backup, "desktop-backup-title", "desktop-backup-short"),
        (Self::Repair, "desktop-repair-title", "desktop-repair-short"),
        (Self::Site, "desktop-site-title", "desktop-site-short"),
        (Self::Doctor, "desktop-doctor-title", "desktop-doctor-short"),
        (Self::Export, "desktop-export-all", "desktop-export-all-words"),
    ];

    /// Whether it is of no use to somebody who has no account here.
    fn takes_accounts(self) -> bool {
        matches!(self, Self::Sheet | Self::Check | Self::Backup | Self::Transfer | Self::Export)
    }

    /// What it is called.
    fn title(self) -> Text {
        let title = Self::ALL.iter().find(|(deed, ..)| *deed == self).map_or("", |(_, title, _)| *title);
        Text::new(title)
    }

    /// What helps with `step`, if that is one of these.
    fn of(step: Step) -> Option<Self> {
        match step {
            Step::Print(_) | Step::Newer(_) => Some(Self::Sheet),
            Step::ProvePaper(_) => Some(Self::Check),
            Step::Copies => Some(Self::Copies),
            Step::ProveCopy(_) | Step::TryAgain(_) => Some(Self::Drill),
            Step::FewCodes(_) | Step::SecondWay(_) | Step::Login(_) | Step::Address(_) => None,
        }
    }

    fn open(self, cx: &mut Cx<'_>) {
        let accounts = cx.accounts;
        let ids = || -> Vec<AccountId> { accounts.items.iter().map(|item| item.entry.id).collect() };
        match self {
            Self::Sheet => cx.open(Sheet::default()),
            Self::Check => cx.open(check::Check::default()),
            Self::Copies => cx.open(CopiesPage::new(cx.worker)),
            Self::Drill => cx.open(drill::Drill::default()),
            Self::Backup => cx.open(backup::Backup::default()),
            Self::Restore => cx.open(Restore::default()),
            Self::Transfer => cx.open(Transfer::new(cx.worker, ids())),
            Self::Repair => cx.open(repair::Repair::default()),
            Self::Rescue => cx.open(Rescue::default()),
            Self::Site => cx.open(AnySite::default()),
            Self::Doctor => cx.open(Doctor::new(cx.worker, cx.now)),
            Self::Export => cx.open(Export::of(ids())),
        }
    }
}

/// The first account that `step` is about, and the part of it to go to, where it is about one by one.
fn account(step: Step, accounts: &Accounts) -> Option<(&Item, Part)> {
    if Deed::of(step).is_some() {
        return None;
    }
    let lacks = |way: &otp::store::index::WayBack, url: bool| match step {
        Step::FewCodes(_) => way.codes_left().is_some_and(|left| left <= 2),
        Step::SecondWay(_) => way.second.is_empty() && way.codes_left().unwrap_or(0) == 0,
        Step::Login(_) => way.login.is_empty(),
        _ => !url,
    };
    let part = if matches!(step, Step::FewCodes(_)) { Part::Codes } else { Part::Edit };
    let item = accounts.items.iter().find(|item| lacks(&item.entry.way_back, item.entry.url.is_some()));
    item.map(|item| (item, part))
}

/// The most valuable steps.
fn steps(ui: &mut egui::Ui, cx: &mut Cx<'_>) {
    let accounts = cx.accounts;
    for (number, step) in accounts.steps.iter().take(STEPS).enumerate() {
        let title = cx.say(&step.text());
        let why = Text::new(format!("desktop-step-why-{}", kind(*step)));
        let words = match account(*step, accounts) {
            Some((item, _)) => text!("desktop-step-begin", why = why, account = item.title()),
            None => why,
        };
        let words = words.say(cx.lang);
        let (mark, button) = (Some(Mark::Number(number + 1)), Some(button(*step).say(cx.lang)));
        if kit::offer(ui, &Offer { mark, title, words, button, first: number == 0 }) {
            go(*step, cx);
        }
    }
}

/// Goes where `step` can be taken.
pub(crate) fn go(step: Step, cx: &mut Cx<'_>) {
    match Deed::of(step) {
        Some(deed) => deed.open(cx),
        None => {
            if let Some((item, part)) = account(step, cx.accounts) {
                cx.open(Details::at(item, part));
            }
        }
    }
}

/// What the button says that helps with `step`.
pub(crate) fn button(step: Step) -> Text {
    match step {
        Step::Print(_) | Step::Newer(_) => text!("desktop-step-sheet"),
        Step::ProvePaper(_) => text!("desktop-step-check"),
        Step::Copies => text!("desktop-step-copies"),
        Step::ProveCopy(_) | Step::TryAgain(_) => text!("desktop-step-drill"),
        Step::FewCodes(_) | Step::SecondWay(_) | Step::Login(_) | Step::Address(_) => text!("desktop-step-account"),
    }
}

/// What a step is about, for the sentence that says why.
fn kind(step: Step) -> &'static str {
    match step {
        Step::Print(_) | Step::Newer(_) => "print",
        Step::ProvePaper(_) | Step::ProveCopy(_) | Step::TryAgain(_) => "prove",
        Step::Copies => "copies",
        Step::FewCodes(_) | Step::SecondWay(_) => "second",
        Step::Login(_) | Step::Address(_) => "login",
    }
}

/// Everything that helps.
fn tools(ui: &mut egui::Ui, cx: &mut Cx<'_>) {
    kit::heading(ui, &text!("desktop-ready-tools"), cx.lang);
    let none = cx.accounts.items.is_empty();
    for (deed, _, words) in Deed::ALL.into_iter().filter(|(deed, ..)| !(none && deed.takes_accounts())) {
        if kit::tool(ui, &deed.title().say(cx.lang), &Text::new(words).say(cx.lang)).clicked() {
            deed.open(cx);
        }
    }
}

impl Page for Recovery {
    fn place(&self) -> Place {
        Place::Recovery
    }

    fn ui(&mut self, ui: &mut egui::Ui, cx: &mut Cx<'_>) {
        let accounts = cx.accounts;
        let all = accounts.items.len();
        if all > 0 {
            let good = accounts.items.iter().filter(|item| item.level == Some(Level::Good)).count();
            kit::quiet(ui, text!("desktop-ready-tally", all = all, good = good).say(cx.lang));
            steps(ui, cx);
        }
        if all > 0 {
            kit::heading(ui, &text!("desktop-ready-accounts"), cx.lang);
            table::ui(ui, &mut self.all, cx);
        }
        tools(ui, cx);
        ui.add_space(theme::BETWEEN);
    }
}
