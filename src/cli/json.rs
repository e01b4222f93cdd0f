//! The JSON answers. Each is an object with `"version": 1` and one field of data.

use std::fmt::Write as _;

use crate::account::{Account, Kind};
use crate::clock::{Clock, UnixTime};
use crate::code::Code;
use crate::import::{Extras, MissingParts};
use crate::repair::Search;
use crate::store::index::Entry;
use crate::text::Lang;
use serde_json::{Value, json};

use crate::cli::failure::Failure;

/// The version of every JSON answer. It grows when a field changes its meaning or goes away.
const VERSION: u32 = 1;

/// An answer with the data field `name`. Names keep their exact characters; those that would act
/// on a terminal are written as `\u` escapes.
pub(crate) fn answer(name: &str, data: &Value) -> String {
    let text = json!({ "version": VERSION, name: data });
    let text = serde_json::to_string_pretty(&text).unwrap_or_default();
    let mut safe = String::with_capacity(text.len());
    for symbol in text.chars() {
        if symbol != '\n' && crate::text::is_hidden(symbol) {
            for unit in symbol.encode_utf16(&mut [0; 2]) {
                // Writing to a string does not fail.
                let _ = write!(safe, "\\u{unit:04x}");
            }
        } else {
            safe.push(symbol);
        }
    }
    safe
}

/// An account without its secret.
pub(crate) fn account(entry: &Entry) -> Value {
    json!({
        "id": entry.id.to_string(),
        "issuer": entry.issuer,
        "name": entry.name,
        "kind": entry.kind,
        "algorithm": entry.algorithm.id(),
        "digits": entry.digits,
        "period": entry.period,
        "counter": entry.counter,
        "tags": entry.tags,
        "note": entry.note,
        "url": entry.url,
        "added": entry.added.0,
        "trashed": entry.trashed.map(|time| time.0),
    })
}

/// An account that is nowhere but in a picture, with the same fields.
pub(crate) fn unkept(account: &Account, extras: &Extras) -> Value {
    let (period, counter) = match account.kind() {
        Kind::Totp { period } => (Some(period), None),
        Kind::Hotp { counter } => (None, Some(counter)),
        _ => (None, None),
    };
    json!({
        "id": null,
        "issuer": account.issuer(),
        "name": account.name(),
        "kind": account.kind().id(),
        "algorithm": account.algorithm().id(),
        "digits": account.digits(),
        "period": period,
        "counter": counter,
        "tags": extras.tags,
        "note": extras.note,
        "url": null,
        "added": null,
        "trashed": null,
    })
}

/// What a search for a key came to; no letter of it is told.
pub(crate) fn repair(search: &Search) -> Value {
    let found = search.found().first();
    let slips = found.map(|found| found.slips);
    json!({
        "keys": search.found().len(),
        "tried": u64::try_from(search.tried()).unwrap_or(u64::MAX),
        "codes": search.codes(),
        "expected_false": search.expected_false(),
        "swapped": slips.map(|slips| slips.swapped),
        "extra": slips.map(|slips| slips.extra),
        "missing": slips.map(|slips| slips.missing),
        "places": found.map(|found| &found.places),
        "stored": [],
    })
}

/// What is missing of something that came in parts.
pub(crate) fn missing_parts(missing: &MissingParts) -> Value {
    json!({ "size": missing.size, "read": missing.read, "missing": missing.missing })
}

/// A failure: the sentence, the hint and the exit code, as a person is told.
pub(crate) fn failure(failure: &Failure, lang: Lang) -> String {
    let hint = failure.hint.as_ref().map(|hint| hint.say(lang));
    answer("error", &json!({ "text": failure.text.say(lang), "hint": hint, "exit": failure.exit.code() }))
}

/// A code and when it is valid; times are Unix time, in seconds.
pub(crate) fn code(code: Option<&Code>) -> Value {
    let valid = code.and_then(|code| code.valid.as_ref());
    json!({
        "code": code.map(|code| &code.digits),
        "valid_from": valid.map(|valid| valid.from.0),
        "valid_until": valid.map(|valid| valid.until.0),
    })
}

/// Adds to `account` its code, if there is one to show, how many seconds that is good after `now`, and
/// by how many the clock is corrected.
pub(crate) fn with_code(mut account: Value, code: Option<&Code>, now: UnixTime, clock: Clock) -> Value {
    if let (Some(account), Value::Object(fields)) = (account.as_object_mut(), self::code(code)) {
        account.extend(fields);
    }
    account["seconds_left"] = code.and_then(|code| code.seconds_left(now)).into();
    account["clock_correction"] = clock.seconds().into();
    account
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_exact_in_json_and_harmless_on_a_terminal() {
        let name = "a\u{1b}]52\u{9b}\u{7f}\u{202e}\u{e0041}é";
        let text = answer("name", &json!(name));
        assert!(!text.contains(['\u{1b}', '\u{9b}', '\u{7f}', '\u{202e}', '\u{e0041}']));
        let back: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(back["name"], name);
        assert_eq!(back["version"], 1);
    }
}
