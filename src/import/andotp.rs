//! andOTP (Android) and apps that write the same list: plain JSON.
//!
//! Old backups have no issuer; it stands before the name in the label. Format: `formats.md` 13; the
//! encrypted backups are in `andotp_encrypted`.

use serde_json::Value;

use crate::secret::Secret;
use crate::text;
use crate::text::Text;
use crate::uri::{self, Field};

use super::draft::{Draft, Key, Stated};
use super::json::{list, number, text};
use super::{Batch, Extras, Format, ImportError, Opened, Place, Source};

const ID: &str = "andotp";

pub(super) struct Importer;

impl Format for Importer {
    fn id(&self) -> &'static str {
        ID
    }

    fn app(&self) -> Text {
        text!("import-app-andotp")
    }

    fn how_to_export(&self) -> Text {
        text!("import-export-andotp")
    }

    fn recognizes(&self, source: &Source<'_>) -> bool {
        source.is_list_with(&["secret", "label", "type", "algorithm"])
            || source.is_list_with(&["secret", "label", "type", "thumbnail"])
    }

    fn open(&self, source: &Source<'_>) -> Result<Opened, ImportError> {
        read(source.json(ID)?, ID).map(Opened::from)
    }
}

/// Reads the list of accounts in a source of format `format`.
pub(super) fn read(list: &Value, format: &'static str) -> Result<Batch, ImportError> {
    let items = list.as_array().ok_or(ImportError::damaged(format))?;
    let mut batch = Batch::default();
    for (item, place) in items.iter().zip((1..).map(Place::item)) {
        read_item(item, place, &mut batch)?;
    }
    Ok(batch)
}

fn read_item(item: &Value, place: Place, batch: &mut Batch) -> Result<(), ImportError> {
    let kind = Stated::parse(text(item, "type"));
    let secret = text(item, "secret");
    // Mobile-OTP: the base32 there spells the text that is hashed.
    let motp = match kind {
        Some(Stated::Motp) => uri::decode_secret(secret).ok(),
        _ => None,
    };
    let (issuer, name) = names(item);
    let draft = Draft {
        issuer,
        name,
        kind,
        secret: motp.as_ref().and_then(Secret::expose_text).map_or(Key::Base32(secret), Key::Text),
        algorithm: text(item, "algorithm"),
        digits: number(item, "digits", Field::Digits),
        period: number(item, "period", Field::Period),
        counter: number(item, "counter", Field::Counter),
        extras: Extras::tagged(list(item, "tags").iter().filter_map(Value::as_str)),
        ..Draft::default()
    };
    draft.add(place, batch)
}

fn names(item: &Value) -> (&str, &str) {
    let label = text(item, "label");
    match item.get("issuer") {
        Some(issuer) => (issuer.as_str().unwrap_or_default(), label),
        None => label.split_once(" - ").unwrap_or(("", label)),
    }
}
