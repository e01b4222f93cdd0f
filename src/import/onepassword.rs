//! 1Password: `.1pux`, an unlocked zip archive.
//!
//! An item may have several one-time passwords, each an address or a bare key. Passwords are not
//! looked at. Format: `formats.md` 17.

use serde_json::Value;

use crate::text;
use crate::text::Text;

use super::archive::{self, Archive};
use super::draft::add_loose;
use super::json::{list, text};
use super::{Batch, Extras, Format, ImportError, Opened, Place, Source};

const ID: &str = "1password";
const DATA: &str = "export.data";

pub(super) struct Importer;

impl Format for Importer {
    fn id(&self) -> &'static str {
        ID
    }

    fn app(&self) -> Text {
        text!("import-app-1password")
    }

    fn how_to_export(&self) -> Text {
        text!("import-export-1password")
    }

    fn holds_more(&self) -> bool {
        true
    }

    fn recognizes(&self, source: &Source<'_>) -> bool {
        source.has_member(&[DATA])
    }

    fn open(&self, source: &Source<'_>) -> Result<Opened, ImportError> {
        archive::unlock(source, ID, |archive, passphrase| {
            let content = archive.read(DATA, passphrase).map_err(|error| error.of(ID))?;
            let mut batch = read(Source::new(&content).json(ID)?)?;
            remark_files(archive, &mut batch);
            Ok(batch.into())
        })
    }
}

fn read(tree: &Value) -> Result<Batch, ImportError> {
    let accounts = tree["accounts"].as_array().ok_or(ImportError::Damaged { format: ID, line: 0 })?;
    let vaults = accounts.iter().flat_map(|account| list(account, "vaults"));
    let items = vaults.flat_map(|vault| list(vault, "items"));
    let (mut batch, mut archived, mut notes, mut tags) = (Batch::default(), 0, 0, 0);
    for (item, place) in items.zip((1..).map(Place::item)) {
        // The oldest exports wrap it once more.
        let item = item.get("item").unwrap_or(item);
        if text(item, "state") == "archived" || item["trashed"] == true {
            archived += usize::from(keys(item).next().is_some());
        } else if keys(item).next().is_some() {
            notes += usize::from(!text(&item["details"], "notesPlain").trim().is_empty());
            tags += usize::from(!list(&item["overview"], "tags").is_empty());
            read_item(item, place, &mut batch)?;
        }
    }
    batch.remark(notes, |count| text!("import-remark-login-notes", count = count));
    batch.remark(tags, |count| text!("import-remark-login-tags", count = count));
    batch.remark(archived, |count| text!("import-remark-trashed", count = count));
    Ok(batch)
}

/// The one-time passwords of `item`.
fn keys(item: &Value) -> impl Iterator<Item = &str> {
    let fields = list(&item["details"], "sections").iter().flat_map(|section| list(section, "fields"));
    fields.map(|field| text(&field["value"], "totp")).filter(|key| !key.trim().is_empty())
}

fn read_item(item: &Value, place: Place, batch: &mut Batch) -> Result<(), ImportError> {
    let mut logins = list(&item["details"], "loginFields").iter();
    let name = logins.find(|field| text(field, "designation") == "username");
    let name = name.map(|field| text(field, "value")).unwrap_or_default();
    for (key, number) in keys(item).zip(1..) {
        let place = if number == 1 { place } else { place.entry(number) };
        add_loose(key, (text(&item["overview"], "title"), name), Extras::default(), place, batch)?;
    }
    Ok(())
}

fn remark_files(archive: &Archive<'_>, batch: &mut Batch) {
    let files = archive.members().filter(|member| member.name.starts_with("files/")).count();
    batch.remark(files, |count| text!("import-remark-attachments", count = count));
}
