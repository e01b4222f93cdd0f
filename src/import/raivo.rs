//! Raivo OTP (iOS): the JSON list that lies in its zip.
//!
//! Every value is text, numbers and truth values too. Format: `formats.md` 11.

use serde_json::Value;

use crate::text;
use crate::text::Text;
use crate::uri::Field;

use super::draft::{Draft, Key, Stated};
use super::json::{is_true, number, text};
use super::{Batch, Extras, Format, ImportError, Opened, Place, Source};

const ID: &str = "raivo";

pub(super) struct Importer;

impl Format for Importer {
    fn id(&self) -> &'static str {
        ID
    }

    fn app(&self) -> Text {
        text!("import-app-raivo")
    }

    fn how_to_export(&self) -> Text {
        text!("import-export-raivo")
    }

    fn recognizes(&self, source: &Source<'_>) -> bool {
        source.is_list_with(&["kind", "timer", "secret"])
    }

    fn open(&self, source: &Source<'_>) -> Result<Opened, ImportError> {
        read(source.json(ID)?).map(Opened::from)
    }
}

/// Reads the list of accounts.
pub(super) fn read(list: &Value) -> Result<Batch, ImportError> {
    let items = list.as_array().ok_or(ImportError::damaged(ID))?;
    let mut batch = Batch::default();
    for (item, place) in items.iter().zip((1..).map(Place::item)) {
        let draft = Draft {
            issuer: text(item, "issuer"),
            name: text(item, "account"),
            kind: Stated::parse(text(item, "kind")),
            secret: Key::Base32(text(item, "secret")),
            algorithm: text(item, "algorithm"),
            digits: number(item, "digits", Field::Digits),
            period: number(item, "timer", Field::Period),
            counter: number(item, "counter", Field::Counter),
            extras: Extras { favorite: is_true(item, "pinned"), ..Extras::default() },
            ..Draft::default()
        };
        draft.add(place, &mut batch)?;
    }
    let icons = items.iter().filter(|item| !text(item, "iconValue").is_empty()).count();
    batch.without_icons(icons);
    Ok(batch)
}
