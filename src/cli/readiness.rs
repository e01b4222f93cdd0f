//! The readiness of accounts, as `otp list` tells it.

use crate::account::AccountId;
use crate::app::App;
use crate::clock::UnixTime;
use crate::present;
use crate::recovery::readiness::{Level, Standing, Step, Way};
use crate::store::index::Entry;
use crate::text;
use crate::text::{Lang, Text};
use serde_json::{Value, json};

use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::cli::pick;

/// Three lines for one account: its name, what is there and what is missing.
pub(crate) fn print(entry: &Entry, app: &App, now: UnixTime, out: &mut Output) -> Result<(), Failure> {
    let Some(standing) = app.standing(entry.id) else { return Ok(()) };
    let mark = match standing.level(now) {
        Level::Good => text!("doctor-mark-good"),
        Level::Watch => text!("doctor-mark-notice"),
        Level::Bad => text!("doctor-mark-bad"),
    };
    let (lang, ways) = (out.lang, standing.ways(&present::day));
    out.data(&format!("{} {}", mark.say(lang), pick::title(entry, lang)))?;
    let (there, missing): (Vec<&Way>, Vec<&Way>) = ways.iter().partition(|way| way.there);
    let lines = [
        list(&there, lang).map(|ways| text!("readiness-there", ways = ways)),
        list(&missing, lang).map(|ways| text!("readiness-missing", ways = ways)),
    ];
    for line in lines.iter().flatten() {
        out.data(&format!("     {}", line.say(lang)))?;
    }
    Ok(())
}

fn list(ways: &[&Way], lang: Lang) -> Option<String> {
    let words = ways.iter().map(|way| way.text.clone());
    words.reduce(|list, way| text!("readiness-and", first = list, second = way)).map(|list| list.say(lang))
}

/// One quiet line with the most valuable step (`security.md` R17.2): of all if readiness was `asked`
/// for, else only a pressing one.
pub(crate) fn note(app: &App, now: UnixTime, asked: bool, out: &mut Output) {
    let step = app.next_steps(now).into_iter().find(|step| asked || step.is_pressing());
    if let Some(step) = step {
        out.note(&line(step));
    }
}

fn line(step: Step) -> Text {
    text!("readiness-line", text = step.text(), next = step.next())
}

/// Adds to `account` how it stands.
pub(crate) fn with(mut account: Value, id: AccountId, app: &App, now: UnixTime) -> Value {
    if let (Some(standing), Some(entry)) = (app.standing(id), app.entry(id)) {
        account["readiness"] = data(&standing, entry, now);
    }
    account
}

fn data(standing: &Standing<'_>, entry: &Entry, now: UnixTime) -> Value {
    let way = &entry.way_back;
    json!({
        "level": standing.level(now).id(),
        "printed": way.printed,
        "paper_proved": way.paper_proved,
        "copied": standing.is_copied(),
        "copy_proved": way.copy_proved,
        "recovery_codes": way.codes_left(),
        "second": way.second,
        "login": way.login,
        "address": entry.url,
    })
}
