//! `FreeOTP` and `FreeOTP+` (Android): the preferences of `FreeOTP` 1, the JSON of `FreeOTP+`, and the
//! locked backup of `FreeOTP` 2, which is called `externalBackup.xml` and is no XML.
//!
//! Issuer and name stand there as they came and as they were edited; the edited ones win.
//! Format: `formats.md` 14.

use serde_json::Value;

use crate::secret::Secret;
use crate::text;
use crate::text::Text;
use crate::uri::Field;

use super::draft::{Draft, Key, Stated};
use super::json::{Json, list, number, text};
use super::{Batch, Format, ImportError, Opened, Place, SkipReason, Source};

mod backup;
mod java;

const ID: &str = "freeotp";

pub(super) struct Importer;

impl Format for Importer {
    fn id(&self) -> &'static str {
        ID
    }

    fn app(&self) -> Text {
        text!("import-app-freeotp")
    }

    fn how_to_export(&self) -> Text {
        text!("import-export-freeotp")
    }

    fn recognizes(&self, source: &Source<'_>) -> bool {
        source.bytes().starts_with(java::START)
            || source.is_object_with(&["tokens", "tokenOrder"])
            || source.json(ID).is_ok_and(|tree| tree["tokens"][0]["secret"].is_array())
            || source.preferences().is_some_and(|found| found.text("tokenOrder").is_some())
    }

    fn open(&self, source: &Source<'_>) -> Result<Opened, ImportError> {
        if source.bytes().starts_with(java::START) {
            return backup::open(source.bytes());
        }
        let mut batch = Batch::default();
        if let Some(found) = source.preferences() {
            found.check(ID)?;
            let tokens = found.texts().filter(|(name, text)| !SETTINGS.contains(name) && text.starts_with('{'));
            for ((name, token), place) in tokens.zip((1..).map(Place::item)) {
                match Json::parse(token) {
                    Ok(token) => read(token.value(), own_secret(token.value()), "", place, &mut batch)?,
                    Err(_) => batch.skip(place, super::label("", name), SkipReason::Malformed)?,
                }
            }
            return Ok(batch.into());
        }
        let tokens = list(source.json(ID)?, "tokens");
        for (token, place) in tokens.iter().zip((1..).map(Place::item)) {
            read(token, own_secret(token), "", place, &mut batch)?;
        }
        Ok(batch.into())
    }
}

/// Texts among the tokens that are none.
const SETTINGS: &[&str] = &["tokenOrder", "tokenBackup"];

/// Adds `token`. Where it names no algorithm, it is `algorithm`.
fn read(token: &Value, secret: Key<'_>, algorithm: &str, place: Place, batch: &mut Batch) -> Result<(), ImportError> {
    let digits = number(token, "digits", Field::Digits);
    let issuer = first(token, &["issuerAlt", "issuerExt", "issuerInt"]);
    let kind = match Stated::parse(text(token, "type")) {
        Some(Stated::Totp) if issuer == "Steam" && matches!(digits, Ok(None | Some(5))) => Some(Stated::Steam),
        kind => kind,
    };
    let own = text(token, "algo");
    let draft = Draft {
        issuer,
        name: first(token, &["labelAlt", "label"]),
        kind,
        secret,
        algorithm: if own.is_empty() { algorithm } else { own },
        digits,
        period: number(token, "period", Field::Period),
        counter: number(token, "counter", Field::Counter),
        ..Draft::default()
    };
    draft.add(place, batch)
}

/// The secret that stands in the token itself.
fn own_secret(token: &Value) -> Key<'static> {
    signed(&token["secret"]).map_or(Key::Unreadable, |bytes| Key::Bytes(Secret::new(bytes)))
}

/// The first of the texts under `keys` that is not blank.
fn first<'a>(token: &'a Value, keys: &[&str]) -> &'a str {
    keys.iter().map(|key| text(token, key)).find(|text| !text.trim().is_empty()).unwrap_or_default()
}

/// The bytes of a list of numbers from -128 to 127, as Java counts.
fn signed(list: &Value) -> Option<Vec<u8>> {
    let byte = |number: &Value| number.as_i64().and_then(|number| i8::try_from(number).ok()).map(i8::cast_unsigned);
    list.as_array()?.iter().map(byte).collect()
}
