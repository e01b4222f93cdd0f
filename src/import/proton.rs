//! Proton Authenticator: JSON exports, plain or encrypted.
//!
//! Entries hold addresses, but the name beside an address is the one its owner sees and wins over
//! the label. Format: `formats.md` 10.1.

use serde_json::Value;

use crate::crypto::{cipher, kdf};
use crate::text;
use crate::text::Text;
use crate::uri;

use super::draft::{add_parts, base64};
use super::json::{Json, list, text};
use super::{Batch, Extras, Format, ImportError, Locked, Opened, Place, Source, label};

const ID: &str = "proton";
/// What the content is bound to, so that it opens as nothing else.
const BOUND: &[u8] = b"proton.authenticator.export.v1";
const COST: kdf::Argon2Cost = kdf::Argon2Cost { memory: 19_456, passes: 2, lanes: 1 };
const NONCE: usize = 12;

pub(super) struct Importer;

impl Format for Importer {
    fn id(&self) -> &'static str {
        ID
    }

    fn app(&self) -> Text {
        text!("import-app-proton")
    }

    fn how_to_export(&self) -> Text {
        text!("import-export-proton")
    }

    fn recognizes(&self, source: &Source<'_>) -> bool {
        source.is_object_with(&["version", "salt", "content"])
            || source.is_tree('{', &["entries", "entry_type"], |tree| {
                list(tree, "entries").iter().any(|entry| entry["content"]["entry_type"].is_string())
            })
    }

    fn open(&self, source: &Source<'_>) -> Result<Opened, ImportError> {
        let tree = source.json(ID)?;
        match text(tree, "content") {
            "" => read(tree).map(Opened::from),
            sealed => locked(tree, sealed),
        }
    }
}

fn locked(tree: &Value, sealed: &str) -> Result<Opened, ImportError> {
    let damaged = || ImportError::damaged(ID);
    let salt = base64(text(tree, "salt")).ok_or_else(damaged)?;
    let content = base64(sealed).filter(|content| content.len() > NONCE).ok_or_else(damaged)?;
    Ok(Locked::by(ID, move |passphrase| {
        let (nonce, content) = content.split_at_checked(NONCE).ok_or_else(damaged)?;
        let sealed = |error| ImportError::sealed(ID, error);
        let key = kdf::argon2id(passphrase, &salt, COST).map_err(sealed)?;
        let plain = cipher::open_gcm(&key, nonce, BOUND, content).map_err(sealed)?;
        read(Json::decrypted(&plain, ID)?.value()).map(Opened::from)
    }))
}

fn read(tree: &Value) -> Result<Batch, ImportError> {
    let entries = tree["entries"].as_array().ok_or(ImportError::damaged(ID))?;
    let mut batch = Batch::default();
    for (entry, place) in entries.iter().zip((1..).map(Place::item)) {
        read_entry(entry, place, &mut batch)?;
    }
    Ok(batch)
}

fn read_entry(entry: &Value, place: Place, batch: &mut Batch) -> Result<(), ImportError> {
    let (address, name) = (text(&entry["content"], "uri"), text(&entry["content"], "name").trim());
    let uri::Parsed { account, notes } = match uri::parse(address) {
        Ok(parsed) => parsed,
        Err(error) => {
            let (issuer, _) = uri::names_in(address).unwrap_or_default();
            return batch.skip(place, label(&issuer, name), error);
        }
    };
    let mut parts = account.into_parts();
    if !name.is_empty() {
        (parts.issuer, parts.name) = uri::settle_names(Some(&parts.issuer), name);
    }
    let extras = Extras { note: text(entry, "note").trim().to_owned(), ..Extras::default() };
    add_parts(parts, &notes, extras, place, batch)
}
