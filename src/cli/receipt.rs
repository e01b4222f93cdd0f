//! The receipt of an import, entry by entry, for people and as JSON.

use crate::app::App;
use crate::app::receive::{Outcome, Receipt, ReceiptLine};
use crate::present;
use crate::text;
use crate::text::{Lang, Text};
use serde_json::{Value, json};

use crate::cli::output::Output;

/// Prints what would be kept, what is here already, and what was skipped and why.
pub(crate) fn print(receipt: &Receipt, app: &App, out: &mut Output) {
    for line in &receipt.lines {
        let account = present::title(line.account.issuer(), line.account.name());
        out.note(&text!("receipt-line", outcome = outcome(line, app), account = account));
        for warning in warnings(line) {
            out.note(&text!("receipt-note", note = warning));
        }
    }
    for skipped in &receipt.skipped {
        let place = match &skipped.file {
            Some(file) => text!("receipt-place", file = file.as_str(), place = skipped.place.text()),
            None => skipped.place.text(),
        };
        out.say(&match skipped.label.as_str() {
            "" => text!("receipt-skipped", place = place, reason = skipped.reason.text()),
            label => text!("receipt-skipped-named", place = place, account = label, reason = skipped.reason.text()),
        });
    }
    for hint in hints(receipt) {
        out.hint(&hint);
    }
    for missing in &receipt.missing {
        out.say(&missing.text());
    }
    for remark in receipt.remarks.iter().chain(&receipt.asides) {
        out.say(remark);
    }
}

/// What can be done about the skipped entries; what helps several is said once.
fn hints(receipt: &Receipt) -> Vec<Text> {
    let mut hints: Vec<Text> = Vec::new();
    for hint in receipt.skipped.iter().filter_map(|skipped| skipped.reason.hint()) {
        if !hints.contains(&hint) {
            hints.push(hint);
        }
    }
    hints
}

/// What the owner should know of one account.
fn warnings(line: &ReceiptLine) -> Vec<Text> {
    let names = [line.account.issuer(), line.account.name()];
    line.notes.iter().cloned().chain(names.into_iter().filter_map(present::suspicious)).collect()
}

fn outcome(line: &ReceiptLine, app: &App) -> Text {
    let here = |id: &crate::account::AccountId| {
        app.entry(*id).map_or_else(|| text!("present-unnamed"), |entry| present::title(&entry.issuer, &entry.name))
    };
    // The line ends with the title already.
    let same = |id| here(id) == present::title(line.account.issuer(), line.account.name());
    match &line.outcome {
        Outcome::New => text!("receipt-new"),
        Outcome::SameName(_) => text!("receipt-same-name"),
        Outcome::Mends(_) => text!("receipt-mends"),
        Outcome::Here(id) if same(id) => text!("receipt-here-same"),
        Outcome::InTrash(id) if same(id) => text!("receipt-in-trash-same"),
        Outcome::Here(id) => text!("receipt-here", account = here(id)),
        Outcome::InTrash(id) => text!("receipt-in-trash", account = here(id)),
        Outcome::Twice => text!("receipt-twice"),
    }
}

/// The same as data.
pub(crate) fn json(receipt: &Receipt, failed: &[(String, Text)], app: &App, lang: Lang) -> Value {
    let failed = failed.iter().map(|(file, reason)| json!({ "file": file, "reason": reason.say(lang) }));
    let accounts: Vec<Value> = receipt.lines.iter().map(|line| account(line, app, lang)).collect();
    let skipped = receipt.skipped.iter().map(|skipped| {
        json!({
            "file": skipped.file,
            "place": skipped.place.text().say(lang),
            "account": skipped.label,
            "reason": skipped.reason.text().say(lang),
            "hint": skipped.reason.hint().map(|hint| hint.say(lang)),
        })
    });
    let missing = receipt.missing.iter().map(crate::cli::json::missing_parts);
    let remarks: Vec<String> = receipt.remarks.iter().chain(&receipt.asides).map(|remark| remark.say(lang)).collect();
    json!({
        "accounts": accounts,
        "skipped": skipped.collect::<Vec<_>>(),
        "failed": failed.collect::<Vec<_>>(),
        "missing_parts": missing.collect::<Vec<_>>(),
        "remarks": remarks,
    })
}

fn account(line: &ReceiptLine, app: &App, lang: Lang) -> Value {
    let (word, other) = match &line.outcome {
        Outcome::New => ("new", None),
        Outcome::SameName(id) => ("same-name", Some(id)),
        Outcome::Mends(id) => ("mends", Some(id)),
        Outcome::Here(id) => ("here", Some(id)),
        Outcome::InTrash(id) => ("in-trash", Some(id)),
        Outcome::Twice => ("twice", None),
    };
    json!({
        "outcome": word,
        "place": line.place.text().say(lang),
        "issuer": line.account.issuer(),
        "name": line.account.name(),
        "kind": line.account.kind().id(),
        "tags": line.extras.tags,
        "note": line.extras.note,
        "favorite": line.extras.favorite,
        "here": other.and_then(|id| app.entry(*id)).map(|entry| entry.id.to_string()),
        "notes": warnings(line).iter().map(|note| note.say(lang)).collect::<Vec<_>>(),
    })
}
