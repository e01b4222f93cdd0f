//! Duo Mobile: `accounts.json` of a rooted phone.
//!
//! Most accounts of Duo approve sign-ins and have no codes; they stand in the same list without a
//! generator. Format: `formats.md` 21.

use serde_json::Value;

use crate::text;
use crate::text::Text;
use crate::uri::{self, Field};

use super::draft::{Draft, Key, Stated};
use super::json::{number, text};
use super::{Batch, Format, ImportError, Opened, Place, SkipReason, Source, label};

const ID: &str = "duo";

pub(super) struct Importer;

impl Format for Importer {
    fn id(&self) -> &'static str {
        ID
    }

    fn app(&self) -> Text {
        text!("import-app-duo")
    }

    fn how_to_export(&self) -> Text {
        text!("import-export-duo")
    }

    fn recognizes(&self, source: &Source<'_>) -> bool {
        let is_ours = |item: &Value| {
            item.get("otpGenerator").is_some() || item.get("accountType").is_some() && item.get("pkey").is_some()
        };
        source.is_tree('[', &["otpGenerator"], |tree| tree.as_array().is_some_and(|items| items.iter().any(is_ours)))
    }

    fn open(&self, source: &Source<'_>) -> Result<Opened, ImportError> {
        let items = source.json(ID)?.as_array().ok_or(ImportError::damaged(ID))?;
        let mut batch = Batch::default();
        for (item, place) in items.iter().zip((1..).map(Place::item)) {
            read_item(item, place, &mut batch)?;
        }
        Ok(batch.into())
    }
}

fn read_item(item: &Value, place: Place, batch: &mut Batch) -> Result<(), ImportError> {
    let (name, generator) = (text(item, "name"), &item["otpGenerator"]);
    let secret = text(generator, "otpSecret");
    if secret.is_empty() {
        let (issuer, name) = uri::settle_names(None, name);
        return batch.skip(place, label(&issuer, &name), SkipReason::PushOnly);
    }
    let counter = number(generator, "counter", Field::Counter);
    let draft = Draft {
        name,
        kind: Some(if matches!(counter, Ok(None)) { Stated::Totp } else { Stated::Hotp }),
        secret: Key::Base32(secret),
        counter,
        ..Draft::default()
    };
    draft.add(place, batch)
}
