//! 2FAuth (self-hosted): its JSON export.
//!
//! The icons lie in the export whole and are left out. Format: `formats.md` 21.

use serde_json::Value;

use crate::text;
use crate::text::Text;
use crate::uri::Field;

use super::draft::{Draft, Key, Stated};
use super::json::{list, number, text};
use super::{Batch, Format, ImportError, Opened, Place, Source};

const ID: &str = "2fauth";

pub(super) struct Importer;

impl Format for Importer {
    fn id(&self) -> &'static str {
        ID
    }

    fn app(&self) -> Text {
        text!("import-app-2fauth")
    }

    fn how_to_export(&self) -> Text {
        text!("import-export-2fauth")
    }

    fn recognizes(&self, source: &Source<'_>) -> bool {
        source.is_tree('{', &["data", "otp_type"], |tree| {
            list(tree, "data").iter().any(|item| item.get("otp_type").is_some())
        })
    }

    fn open(&self, source: &Source<'_>) -> Result<Opened, ImportError> {
        let items = list(source.json(ID)?, "data");
        let mut batch = Batch::default();
        for (item, place) in items.iter().zip((1..).map(Place::item)) {
            read_item(item, place, &mut batch)?;
        }
        let icons = items.iter().filter(|item| !text(item, "icon").is_empty()).count();
        batch.without_icons(icons);
        Ok(batch.into())
    }
}

fn read_item(item: &Value, place: Place, batch: &mut Batch) -> Result<(), ImportError> {
    let draft = Draft {
        issuer: text(item, "service"),
        name: text(item, "account"),
        kind: Stated::parse(text(item, "otp_type")),
        secret: Key::Base32(text(item, "secret")),
        algorithm: text(item, "algorithm"),
        digits: number(item, "digits", Field::Digits),
        period: number(item, "period", Field::Period),
        counter: number(item, "counter", Field::Counter),
        ..Draft::default()
    };
    draft.add(place, batch)
}
