//! `otp sheet check`: does the paper have the keys that are here?

use std::path::PathBuf;

use crate::app::sheet_check::{Checked, Compared, Proof, Typed};
use crate::clock::UnixTime;
use crate::error::Exit;
use crate::key::{self, KeyError};
use crate::present;
use crate::secret::Secret;
use crate::store::index::Sheet;
use crate::text;
use crate::text::{Lang, Text};
use serde_json::{Value, json};

use crate::cli::ask;
use crate::cli::failure::Failure;
use crate::cli::gather::{Gathered, Keys};
use crate::cli::json;
use crate::cli::output::Output;
use crate::cli::session::Session;

#[derive(Debug, clap::Args)]
pub(crate) struct Check {
    #[arg(required_unless_present = "typed")]
    photos: Vec<PathBuf>,
    #[arg(long, conflicts_with_all = ["photos", "passphrase_file"])]
    typed: bool,
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
    #[arg(long)]
    json: bool,
}

impl Check {
    pub(crate) fn run(self, session: &Session, out: &mut Output) -> Result<Exit, Failure> {
        if self.typed {
            return self.typed(session, out);
        }
        let photos: Vec<&PathBuf> = self.photos.iter().collect();
        let read = Keys::new(self.passphrase_file.as_deref(), None)?.read_all(&photos, out)?;
        let Gathered { batch, failed, .. } = read;
        let mut app = session.open(out)?;
        let now = UnixTime::now();
        let checked = app.check_sheet(&batch, now)?;
        app.tidy(now);
        if self.json {
            out.data(&json::answer("sheet_check", &answer(&checked, &failed, out.lang)))?;
        } else {
            show(&checked, out)?;
        }
        Ok(end(&checked, failed.is_empty()))
    }

    /// A key typed from the paper, asked for without showing it.
    fn typed(&self, session: &Session, out: &mut Output) -> Result<Exit, Failure> {
        let mut app = session.open(out)?;
        let typed = ask::hidden(&text!("sheet-ask-key"), out.lang).ok_or_else(ask::nobody)?;
        let number = ask::hidden(&text!("sheet-ask-number"), out.lang).ok_or_else(ask::nobody)?;
        let now = UnixTime::now();
        // EXPOSE: four digits that are compared.
        let Typed { fits, found } = app.check_typed(&typed, number.expose_text().unwrap_or_default(), now)?;
        app.tidy(now);
        if found.is_empty() {
            return Err(slip(&typed, fits));
        }
        if self.json {
            let accounts: Vec<Value> = found.iter().map(|one| account(one, out.lang)).collect();
            out.data(&json::answer("sheet_check", &json!({ "check_number_fits": fits, "accounts": accounts })))?;
        } else {
            lines(&found, out)?;
        }
        if !fits {
            out.say(&text!("sheet-number-differs"));
        }
        let proved = found.iter().any(|one| one.proof == Proof::Matches);
        Ok(if proved { Exit::Done } else { Exit::NoMatch })
    }
}

/// Why no account has the key that was typed.
fn slip(typed: &Secret, fits: bool) -> Failure {
    if fits {
        return Failure::new(Exit::NoMatch, text!("sheet-typed-unknown")).hint(text!("sheet-hint-typed-unknown"));
    }
    // EXPOSE: looked at for letters that no key has; they are named by their places alone.
    match key::read(typed.expose_text().unwrap_or_default()) {
        Err(error @ (KeyError::WrongSymbols { .. } | KeyError::Empty | KeyError::TooShort)) => error.into(),
        _ => Failure::new(Exit::NoMatch, text!("sheet-typed-slip")).hint(text!("sheet-hint-typed-slip")),
    }
}

fn lines(accounts: &[Compared], out: &mut Output) -> Result<(), Failure> {
    let lang = out.lang;
    let word = |proof: Proof| Text::new(format!("sheet-proof-{}", proof.id())).say(lang);
    let width = accounts.iter().map(|one| present::columns(&word(one.proof))).max().unwrap_or_default();
    for one in accounts {
        out.data(&format!("{}  {}", present::pad(&word(one.proof), width), one.title.say(lang)))?;
    }
    Ok(())
}

fn show(checked: &Checked, out: &mut Output) -> Result<(), Failure> {
    lines(&checked.accounts, out)?;
    for skipped in &checked.unreadable {
        out.say(&text!("receipt-skipped", place = skipped.place.text(), reason = skipped.reason.text()));
    }
    for missing in &checked.missing {
        out.say(&missing.text());
    }
    out.note(&text!("sheet-proved", count = checked.count(Proof::Matches)));
    if let Some(sheet) = &checked.sheet {
        out.note(&text!("sheet-is", date = present::day(sheet.made), digest = sheet.digest.as_str()));
    }
    if let Some(other) = checked.or_else.as_ref().filter(|_| checked.count(Proof::NotFound) > 0) {
        out.note(&text!("sheet-or-else", date = present::day(other.made), digest = other.digest.as_str()));
    }
    let newer = checked.count(Proof::Newer);
    if newer > 0 {
        out.say(&text!("sheet-newer", count = newer));
    }
    if checked.count(Proof::Old) + checked.count(Proof::Unknown) + newer > 0 {
        out.hint(&text!("sheet-hint-print-again"));
    } else if checked.count(Proof::Unreadable) + checked.count(Proof::NotFound) > 0 {
        out.hint(&text!("sheet-hint-every-page"));
    }
    out.note(&text!("sheet-delete-pictures"));
    Ok(())
}

/// How a check ends: all is proved, some of it, or nothing.
fn end(checked: &Checked, all_read: bool) -> Exit {
    let matching = checked.count(Proof::Matches);
    if matching == 0 {
        return Exit::NoMatch;
    }
    let whole = matching == checked.accounts.len() && checked.unreadable.is_empty() && checked.missing.is_empty();
    if whole && all_read { Exit::Done } else { Exit::Partial }
}

fn answer(checked: &Checked, failed: &[(String, Text)], lang: Lang) -> Value {
    let unreadable = checked.unreadable.iter().map(|skipped| {
        json!({
            "file": skipped.file,
            "place": skipped.place.text().say(lang),
            "reason": skipped.reason.text().say(lang),
        })
    });
    let failed = failed.iter().map(|(file, reason)| json!({ "file": file, "reason": reason.say(lang) }));
    let missing = checked.missing.iter().map(json::missing_parts);
    let sheet =
        |sheet: &Option<Sheet>| sheet.as_ref().map(|sheet| json!({ "made": sheet.made.0, "digest": sheet.digest }));
    json!({
        "sheet": sheet(&checked.sheet),
        "or_else": sheet(&checked.or_else),
        "accounts": checked.accounts.iter().map(|one| account(one, lang)).collect::<Vec<_>>(),
        "unreadable": unreadable.collect::<Vec<_>>(),
        "failed": failed.collect::<Vec<_>>(),
        "missing_parts": missing.collect::<Vec<_>>(),
    })
}

fn account(one: &Compared, lang: Lang) -> Value {
    json!({
        "result": one.proof.id(),
        "id": one.id.map(|id| id.to_string()),
        "title": one.title.say(lang),
    })
}
