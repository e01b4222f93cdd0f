//! Keeper: JSON exports of the password manager.
//!
//! Only the fields for one-time codes are read. Format: `formats.md` 21.

use serde_json::Value;

use crate::text;
use crate::text::Text;

use super::draft::add_loose;
use super::json::{list, text};
use super::{Batch, Extras, Format, ImportError, Opened, Place, Source};

const ID: &str = "keeper";
/// How the name of a field for codes begins; a label may follow.
const FIELD: &str = "$oneTimeCode";

pub(super) struct Importer;

impl Format for Importer {
    fn id(&self) -> &'static str {
        ID
    }

    fn app(&self) -> Text {
        text!("import-app-keeper")
    }

    fn how_to_export(&self) -> Text {
        text!("import-export-keeper")
    }

    fn holds_more(&self) -> bool {
        true
    }

    fn recognizes(&self, source: &Source<'_>) -> bool {
        source.is_tree('{', &["records", "custom_fields"], |tree| {
            list(tree, "records").iter().any(|record| record.get("custom_fields").is_some())
        })
    }

    fn open(&self, source: &Source<'_>) -> Result<Opened, ImportError> {
        let mut batch = Batch::default();
        for (record, place) in list(source.json(ID)?, "records").iter().zip((1..).map(Place::item)) {
            let names = (text(record, "title"), text(record, "login"));
            for code in codes(record) {
                add_loose(code, names, Extras::tagged(folders(record)), place, &mut batch)?;
            }
        }
        Ok(batch.into())
    }
}

fn codes(record: &Value) -> impl Iterator<Item = &str> {
    let fields = record["custom_fields"].as_object().into_iter().flatten();
    fields.filter(|(name, _)| name.starts_with(FIELD)).filter_map(|(_, value)| value.as_str())
}

fn folders(record: &Value) -> impl Iterator<Item = &str> {
    list(record, "folders").iter().flat_map(|folder| [text(folder, "shared_folder"), text(folder, "folder")])
}
