//! `LastPass` Authenticator: the JSON file it exports, never encrypted.
//!
//! The names that the owner edited stand beside the original ones and win, even where they are
//! empty. Format: `formats.md` 12.

use std::collections::HashMap;

use serde_json::Value;

use crate::text;
use crate::text::Text;
use crate::uri::{self, Field};

use super::draft::{Draft, Key};
use super::json::{id, is_true, list, names, number, text};
use super::{Batch, Extras, Format, ImportError, Opened, Place, SkipReason, Source, label};

const ID: &str = "lastpass";
/// The folders of every list: the rest, and the favourites.
const BUILT_IN: &[&str] = &["0", "1"];

pub(super) struct Importer;

impl Format for Importer {
    fn id(&self) -> &'static str {
        ID
    }

    fn app(&self) -> Text {
        text!("import-app-lastpass")
    }

    fn how_to_export(&self) -> Text {
        text!("import-export-lastpass")
    }

    fn recognizes(&self, source: &Source<'_>) -> bool {
        source.is_tree('{', &["accounts", "issuerName", "timeStep"], |tree| {
            list(tree, "accounts").iter().any(|item| item.get("issuerName").is_some() && item.get("timeStep").is_some())
        })
    }

    fn open(&self, source: &Source<'_>) -> Result<Opened, ImportError> {
        let tree = source.json(ID)?;
        let mut folders = names(tree, "folders", "id");
        folders.retain(|id, _| !BUILT_IN.contains(&id.as_str()));
        let mut batch = Batch::default();
        for (item, place) in list(tree, "accounts").iter().zip((1..).map(Place::item)) {
            read_item(item, &folders, place, &mut batch)?;
        }
        Ok(batch.into())
    }
}

fn read_item(
    item: &Value,
    folders: &HashMap<String, String>,
    place: Place,
    batch: &mut Batch,
) -> Result<(), ImportError> {
    let edited = |key, original| item[key].as_str().unwrap_or_else(|| text(item, original));
    let (issuer, name) = (edited("issuerName", "originalIssuerName"), edited("userName", "originalUserName"));
    if is_true(item, "pushNotification") && text(item, "secret").is_empty() {
        let (issuer, name) = uri::settle_names(Some(issuer), name);
        return batch.skip(place, label(&issuer, &name), SkipReason::PushOnly);
    }
    let folder = folders.get(&id(&item["folderData"], "folderId"));
    let draft = Draft {
        issuer,
        name,
        secret: Key::Base32(text(item, "secret")),
        algorithm: text(item, "algorithm"),
        digits: number(item, "digits", Field::Digits),
        period: number(item, "timeStep", Field::Period),
        extras: Extras { favorite: is_true(item, "isFavorite"), ..Extras::tagged(folder.map(String::as_str)) },
        ..Draft::default()
    };
    draft.add(place, batch)
}
