//! What came in, entry by entry, with a tick for each account that can be kept.

use eframe::egui;
use otp::account::AccountId;
use otp::app::receive::{Outcome, Receipt, ReceiptLine};
use otp::import::Skipped;
use otp::present;
use otp::store::index::Entry;
use otp::text;
use otp::text::Text;

use crate::accounts::{Accounts, title};
use crate::failure::Failure;
use crate::kit::{self, Rows, Tone};
use crate::page::Cx;
use crate::trash;

/// How many unreadable sources are named.
const MOST_NAMED: usize = 20;

/// A receipt, and which of its accounts are to be kept.
pub(super) struct Choice {
    receipt: Receipt,
    wanted: Vec<bool>,
    lists: Lists,
}

/// How a receipt was drawn: it may be long.
#[derive(Default)]
pub(crate) struct Lists {
    accounts: Rows,
    skipped: Rows,
}

impl Choice {
    /// Everything that can be kept is.
    pub(super) fn new(receipt: Receipt) -> Self {
        let wanted = receipt.lines.iter().map(|line| line.outcome.is_kept()).collect();
        Self { receipt, wanted, lists: Lists::default() }
    }

    /// How many accounts are to be kept.
    pub(super) fn count(&self) -> usize {
        self.wanted.iter().filter(|wanted| **wanted).count()
    }

    /// How many are, and the way to all and none of them: of a single account its tick says it.
    pub(super) fn tally(&mut self, ui: &mut egui::Ui, cx: &Cx<'_>) {
        let all = self.receipt.kept();
        if all < 2 {
            return;
        }
        kit::row(ui, |ui| {
            let line = kit::body(ui, cx.say(&text!("desktop-receipt-count", count = self.count(), all = all)));
            ui.ctx().accesskit_node_builder(line.id, |node| node.set_live(egui::accesskit::Live::Polite));
            for (label, wanted) in [("desktop-receipt-all", true), ("desktop-receipt-none", false)] {
                if kit::link(ui, Text::new(label).say(cx.lang)).clicked() {
                    let kept = self.receipt.lines.iter().map(|line| line.outcome.is_kept() && wanted);
                    self.wanted = kept.collect();
                }
            }
        });
    }

    /// Whether nothing of the sources stays out.
    pub(super) fn is_whole(&self) -> bool {
        let left = |(line, wanted): (&ReceiptLine, &bool)| line.outcome.is_kept() && !wanted;
        self.receipt.is_whole() && !self.receipt.lines.iter().zip(&self.wanted).any(left)
    }

    /// The receipt of what is to be kept.
    pub(super) fn receipt(&self) -> Receipt {
        self.receipt.of_wanted(&self.wanted)
    }

    /// Whether there is a tick to take away.
    pub(super) fn has_ticks(&self) -> bool {
        self.receipt.lines.iter().any(|line| line.outcome.is_kept())
    }

    /// The only entry of all, which makes no account: what it is says more than that there is none.
    fn only_skipped(&self) -> Option<&Skipped> {
        let Receipt { lines, skipped, missing, .. } = &self.receipt;
        match &skipped[..] {
            [only] if only.file.is_none() && only.label.is_empty() => Some(only),
            _ => None,
        }
        .filter(|_| lines.is_empty() && missing.is_empty())
    }

    /// What is to be said first where there is no account at all; some sources may have `failed`.
    fn nothing(&self, failed: bool) -> Option<Failure> {
        if !self.receipt.lines.is_empty() {
            return None;
        }
        if let Some(only) = self.only_skipped() {
            return Some(Failure { hint: only.reason.hint(), ..Failure::bare(only.reason.text()) });
        }
        let hint = if !self.receipt.missing.is_empty() {
            // A sheet misses pages.
            Some(text!("sheet-hint-every-page"))
        } else if failed || !self.receipt.skipped.is_empty() {
            // Each of them says why, and what to do.
            None
        } else {
            Some(text!("import-hint-no-accounts"))
        };
        Some(Failure { hint, ..Failure::bare(text!("import-no-accounts")) })
    }

    /// Draws it; some sources may have `failed`.
    pub(super) fn ui(&mut self, ui: &mut egui::Ui, failed: bool, cx: &mut Cx<'_>) {
        if let Some(failure) = self.nothing(failed) {
            kit::failure(ui, &failure, cx.lang);
        }
        if self.has_ticks() {
            kit::quiet(ui, text!("desktop-receipt-words").say(cx.lang));
        }
        for (number, (line, wanted)) in self.receipt.lines.iter().zip(&mut self.wanted).enumerate() {
            self.lists.accounts.row(ui, number, |ui| kit::card(ui, |ui| account(ui, line, Some(wanted), cx)));
        }
        if self.only_skipped().is_none() {
            skips(ui, &self.receipt, &mut self.lists, cx);
        }
        remarks(ui, &self.receipt, cx);
    }
}

/// Draws `receipt` without a choice.
pub(crate) fn lines(ui: &mut egui::Ui, receipt: &Receipt, lists: &mut Lists, cx: &mut Cx<'_>) {
    for (number, line) in receipt.lines.iter().enumerate() {
        lists.accounts.row(ui, number, |ui| kit::card(ui, |ui| account(ui, line, None, cx)));
    }
    skips(ui, receipt, lists, cx);
    remarks(ui, receipt, cx);
}

/// The sources of several that could not be read, and why.
pub(crate) fn failed(ui: &mut egui::Ui, failed: &[(String, Text)], cx: &Cx<'_>) {
    for (file, reason) in failed.iter().take(MOST_NAMED) {
        // What the system says of a file names it already; what is pasted has no name.
        let named = reason.say(cx.lang).contains(file.as_str());
        let line = text!("import-file-failed", file = file.as_str(), reason = reason.clone());
        kit::toned(ui, cx.say(if named { reason } else { &line }), Tone::Bad);
    }
    let more = failed.len().saturating_sub(MOST_NAMED);
    if more > 0 {
        kit::toned(ui, text!("desktop-receipt-failed-more", count = more).say(cx.lang), Tone::Bad);
    }
}

/// What makes no account.
fn skips(ui: &mut egui::Ui, receipt: &Receipt, lists: &mut Lists, cx: &Cx<'_>) {
    if !receipt.skipped.is_empty() {
        kit::heading(ui, &text!("desktop-receipt-skipped", count = receipt.skipped.len()), cx.lang);
        kit::card(ui, |ui| skipped(ui, receipt, &mut lists.skipped, cx));
    }
}

/// What is to be said of the sources as a whole.
fn remarks(ui: &mut egui::Ui, receipt: &Receipt, cx: &Cx<'_>) {
    for missing in &receipt.missing {
        kit::toned(ui, cx.say(&missing.text()), Tone::Watch);
    }
    for remark in receipt.remarks.iter().chain(&receipt.asides) {
        kit::quiet(ui, cx.say(remark));
    }
}

fn account(ui: &mut egui::Ui, line: &ReceiptLine, wanted: Option<&mut bool>, cx: &mut Cx<'_>) {
    let name = present::title(line.account.issuer(), line.account.name()).say(cx.lang);
    ui.spacing_mut().item_spacing.y = 3.0;
    match wanted.filter(|_| line.outcome.is_kept()) {
        Some(wanted) => drop(kit::tick(ui, wanted, name)),
        None if line.outcome.is_kept() => kit::strong(ui, &name),
        // What changes nothing does not stand out.
        None => drop(kit::body(ui, name)),
    }
    let accounts = cx.accounts;
    let (outcome, trashed) = (cx.say(&outcome(line, accounts)), in_trash(line, accounts));
    match &line.outcome {
        Outcome::New => drop(kit::toned(ui, outcome, Tone::Good)),
        Outcome::SameName(_) => drop(kit::toned(ui, outcome, Tone::Watch)),
        Outcome::InTrash(_) if let Some(entry) = trashed => {
            let back = text!("desktop-trash-restore").say(cx.lang);
            if kit::beside(ui, back, |ui| kit::toned(ui, outcome, Tone::Watch)).clicked() {
                trash::restore(entry, cx);
            }
        }
        _ => drop(kit::quiet(ui, outcome)),
    }
    let names = [line.account.issuer(), line.account.name()];
    for note in line.notes.iter().cloned().chain(names.into_iter().filter_map(present::suspicious)) {
        kit::toned(ui, cx.say(&note), Tone::Watch);
    }
}

/// Why `skipped` makes no account.
pub(crate) fn skip(skipped: &Skipped) -> Text {
    let place = match &skipped.file {
        Some(file) if !file.is_empty() => text!("receipt-place", file = file.as_str(), place = skipped.place.text()),
        _ => skipped.place.text(),
    };
    match skipped.label.as_str() {
        "" => text!("receipt-skipped", place = place, reason = skipped.reason.text()),
        label => text!("receipt-skipped-named", place = place, account = label, reason = skipped.reason.text()),
    }
}

fn skipped(ui: &mut egui::Ui, receipt: &Receipt, rows: &mut Rows, cx: &Cx<'_>) {
    let mut hints: Vec<Text> = Vec::new();
    for (number, skipped) in receipt.skipped.iter().enumerate() {
        rows.row(ui, number, |ui| drop(kit::body(ui, cx.say(&skip(skipped)))));
        // What helps several is said once.
        if let Some(hint) = skipped.reason.hint().filter(|hint| !hints.contains(hint)) {
            hints.push(hint);
        }
    }
    for hint in hints {
        kit::quiet(ui, cx.say(&hint));
    }
}

/// The account in the trash that `line` is, unless it was taken back since.
fn in_trash<'a>(line: &ReceiptLine, accounts: &'a Accounts) -> Option<&'a Entry> {
    let Outcome::InTrash(id) = line.outcome else { return None };
    accounts.trash.iter().find(|entry| entry.id == id)
}

fn outcome(line: &ReceiptLine, accounts: &Accounts) -> Text {
    // The title stands above it already.
    let taken_back = |id: &AccountId| accounts.item(*id).is_some();
    let same = |id: &AccountId| named(*id, accounts) == present::title(line.account.issuer(), line.account.name());
    match &line.outcome {
        Outcome::New => text!("receipt-new"),
        Outcome::SameName(_) => text!("receipt-same-name"),
        Outcome::Mends(_) => text!("receipt-mends"),
        Outcome::InTrash(id) if !taken_back(id) && same(id) => text!("desktop-receipt-in-trash-same"),
        Outcome::InTrash(id) if !taken_back(id) => text!("desktop-receipt-in-trash", account = named(*id, accounts)),
        Outcome::Here(id) | Outcome::InTrash(id) if same(id) => text!("receipt-here-same"),
        Outcome::Here(id) | Outcome::InTrash(id) => text!("receipt-here", account = named(*id, accounts)),
        Outcome::Twice => text!("receipt-twice"),
    }
}

fn named(id: AccountId, accounts: &Accounts) -> Text {
    let here = accounts.items.iter().map(|item| &item.entry).chain(&accounts.trash);
    here.into_iter().find(|entry| entry.id == id).map_or_else(|| text!("present-unnamed"), title)
}
