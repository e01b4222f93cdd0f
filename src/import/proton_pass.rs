//! Proton Pass: the zip archive of its export, not encrypted.
//!
//! A login has one main code and any number of extra fields that are codes. Format: `formats.md`
//! 10.2.

use serde_json::Value;

use crate::text;
use crate::text::Text;

use super::archive;
use super::draft::add_loose;
use super::json::{list, text};
use super::{Batch, Extras, Format, ImportError, Opened, Place, Source};

const ID: &str = "proton-pass";
const DATA: &str = "Proton Pass/data.json";
/// The same under PGP, which nothing here opens.
const SEALED: &str = "Proton Pass/data.pgp";
/// The state of an item in the trash.
const TRASHED: u64 = 2;

pub(super) struct Importer;

impl Format for Importer {
    fn id(&self) -> &'static str {
        ID
    }

    fn app(&self) -> Text {
        text!("import-app-proton-pass")
    }

    fn how_to_export(&self) -> Text {
        text!("import-export-proton-pass")
    }

    fn holds_more(&self) -> bool {
        true
    }

    fn recognizes(&self, source: &Source<'_>) -> bool {
        source.has_member(&[DATA, SEALED])
    }

    fn open(&self, source: &Source<'_>) -> Result<Opened, ImportError> {
        if !source.has_member(&[DATA]) {
            let (why, hint) = ("import-proton-pass-sealed", "import-hint-proton-pass-sealed");
            return Err(ImportError::Closed { format: ID, why, hint });
        }
        archive::unlock(source, ID, |archive, passphrase| {
            let content = archive.read(DATA, passphrase).map_err(|error| error.of(ID))?;
            read(Source::new(&content).json(ID)?).map(Opened::from)
        })
    }
}

fn read(tree: &Value) -> Result<Batch, ImportError> {
    let vaults = tree["vaults"].as_object().ok_or(ImportError::Damaged { format: ID, line: 0 })?;
    let items = vaults.values().flat_map(|vault| list(vault, "items"));
    let (mut batch, mut trashed, mut notes) = (Batch::default(), 0, 0);
    for (item, place) in items.zip((1..).map(Place::item)) {
        if item["state"].as_u64() == Some(TRASHED) {
            trashed += usize::from(keys(&item["data"]).next().is_some());
        } else if keys(&item["data"]).next().is_some() {
            notes += usize::from(!text(&item["data"]["metadata"], "note").trim().is_empty());
            read_item(&item["data"], place, &mut batch)?;
        }
    }
    batch.remark(notes, |count| text!("import-remark-login-notes", count = count));
    batch.remark(trashed, |count| text!("import-remark-trashed", count = count));
    Ok(batch)
}

/// The addresses and bare keys of an item, its own first.
fn keys(item: &Value) -> impl Iterator<Item = &str> {
    let sections = list(&item["content"], "sections").iter().flat_map(|section| list(section, "sectionFields"));
    let extra = list(item, "extraFields").iter().chain(sections).map(|field| text(&field["data"], "totpUri"));
    [text(&item["content"], "totpUri")].into_iter().chain(extra).filter(|key| !key.trim().is_empty())
}

fn read_item(item: &Value, place: Place, batch: &mut Batch) -> Result<(), ImportError> {
    let names = ["itemUsername", "itemEmail"].map(|field| text(&item["content"], field));
    let name = names.into_iter().find(|name| !name.trim().is_empty()).unwrap_or_default();
    for (key, number) in keys(item).zip(1..) {
        let place = if number == 1 { place } else { place.entry(number) };
        add_loose(key, (text(&item["metadata"], "name"), name), Extras::default(), place, batch)?;
    }
    Ok(())
}
