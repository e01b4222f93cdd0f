//! The one-time passwords of an entry, in the fields of every program (`formats.md` 16.1).

use crate::import::draft::{Draft, Key, Number, Stated, add_loose};
use crate::import::{Batch, Extras, ImportError, Place};
use crate::secret::Secret;
use crate::uri::{self, Field};

use super::xml::Entry;

/// Whether `entry` has any.
pub(super) fn has_any(entry: &Entry) -> bool {
    entry.fields().any(|(name, value)| is_otp(name) && !value.trim().is_empty())
}

fn is_otp(name: &str) -> bool {
    is_address(name) || name == "TOTP Seed" || name.starts_with("TimeOtp-Secret") || name.starts_with("HmacOtp-Secret")
}

/// `otp`, and `otp_1`, `otp_2` … for further ones.
fn is_address(name: &str) -> bool {
    let number = name.strip_prefix("otp_").filter(|number| !number.is_empty());
    name == "otp" || number.is_some_and(|number| number.bytes().all(|digit| digit.is_ascii_digit()))
}

/// Adds all of them to `batch`.
pub(super) fn add(entry: &Entry, place: Place, batch: &mut Batch) -> Result<(), ImportError> {
    let mut number = 0;
    let mut next = || {
        number += 1;
        if number == 1 { place } else { place.entry(number) }
    };
    let mut has_address = false;
    for (name, value) in entry.fields() {
        if value.trim().is_empty() {
            continue;
        }
        if is_address(name) {
            has_address = true;
            add_address(entry, value, next(), batch)?;
        } else if let Some(draft) = own(entry, name, value) {
            draft.add(next(), batch)?;
        }
    }
    let seed = entry.field("TOTP Seed");
    // Some programs write both ways of the same one.
    if !has_address && !seed.trim().is_empty() { seeded(entry, seed).add(next(), batch) } else { Ok(()) }
}

fn extras(entry: &Entry) -> Extras {
    Extras::tagged(entry.groups.iter().chain(&entry.tags).map(String::as_str))
}

/// A draft with what the entry itself says.
fn draft(entry: &Entry) -> Draft<'_> {
    Draft { issuer: entry.field("Title"), name: entry.field("UserName"), extras: extras(entry), ..Draft::default() }
}

fn read_number(field: Field, text: &str) -> Number {
    uri::read_number(field, text)
}

/// An address, or `key=…&size=…` as KeeOtp has it, or a bare key.
fn add_address(entry: &Entry, value: &str, place: Place, batch: &mut Batch) -> Result<(), ImportError> {
    let names = (entry.field("Title"), entry.field("UserName"));
    let is_pairs = !value.contains("://") && value.split('&').any(|pair| pair.trim().starts_with("key="));
    if is_pairs { pairs(entry, value).add(place, batch) } else { add_loose(value, names, extras(entry), place, batch) }
}

fn pairs<'a>(entry: &'a Entry, value: &'a str) -> Draft<'a> {
    let get = |name: &str| {
        let mut pairs = value.split('&').filter_map(|pair| pair.trim().split_once('='));
        pairs.find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value).unwrap_or_default()
    };
    // Padding is the only thing in a key that may be escaped.
    let key = get("key");
    let key = key.find('%').and_then(|end| key.get(..end)).unwrap_or(key);
    Draft {
        kind: Stated::parse(get("type")),
        secret: Key::Base32(key),
        algorithm: get("otpHashMode"),
        digits: read_number(Field::Digits, get("size")),
        period: read_number(Field::Period, get("step")),
        counter: read_number(Field::Counter, get("counter")),
        ..draft(entry)
    }
}

/// `TOTP Seed` with `TOTP Settings`: `30;6`, or `30;S` for Steam.
fn seeded<'a>(entry: &'a Entry, seed: &'a str) -> Draft<'a> {
    let mut settings = entry.field("TOTP Settings").split(';');
    let (period, digits) = (settings.next().unwrap_or_default(), settings.next().unwrap_or_default());
    let is_steam = digits.trim().eq_ignore_ascii_case("s");
    Draft {
        kind: Some(if is_steam { Stated::Steam } else { Stated::Totp }),
        secret: Key::Base32(seed),
        digits: read_number(Field::Digits, if is_steam { "" } else { digits }),
        period: read_number(Field::Period, period),
        ..draft(entry)
    }
}

/// KeePass' own fields, the secret in one of four spellings.
fn own<'a>(entry: &'a Entry, name: &str, value: &'a str) -> Option<Draft<'a>> {
    let (stated, spelling) = match name.strip_prefix("TimeOtp-Secret") {
        Some(spelling) => (Stated::Totp, spelling),
        None => (Stated::Hotp, name.strip_prefix("HmacOtp-Secret")?),
    };
    let secret = match spelling {
        "-Base32" => Key::Base32(value),
        "-Hex" => Key::Hex(value),
        "-Base64" => Key::Base64(value),
        "" => Key::Bytes(Secret::from_text(value.to_owned())),
        _ => return None,
    };
    let draft = Draft { kind: Some(stated), secret, ..draft(entry) };
    Some(if stated == Stated::Hotp {
        Draft { counter: read_number(Field::Counter, entry.field("HmacOtp-Counter")), ..draft }
    } else {
        Draft {
            algorithm: entry.field("TimeOtp-Algorithm"),
            digits: read_number(Field::Digits, entry.field("TimeOtp-Length")),
            period: read_number(Field::Period, entry.field("TimeOtp-Period")),
            ..draft
        }
    })
}
