//! Bitwarden and Bitwarden Authenticator: JSON exports, plain or under a password.
//!
//! An export that is encrypted without a password belongs to the Bitwarden account and opens
//! nowhere else. Passwords in the export are never read, nor notes, which belong to the login and may
//! have passwords in them. Format: `formats.md` 8.1 and 8.2.

use std::collections::HashMap;

use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::crypto::cipher::Plain;
use crate::crypto::{CryptoError, cipher, kdf};
use crate::secret::Secret;
use crate::text;
use crate::text::Text;

use super::draft::{add_loose, base64};
use super::json::{Json, id, is_true, list, names, text};
use super::{Batch, Extras, Format, ImportError, Locked, Opened, Place, Source};

const ID: &str = "bitwarden";

pub(super) struct Importer;

impl Format for Importer {
    fn id(&self) -> &'static str {
        ID
    }

    fn app(&self) -> Text {
        text!("import-app-bitwarden")
    }

    fn how_to_export(&self) -> Text {
        text!("import-export-bitwarden")
    }

    fn holds_more(&self) -> bool {
        true
    }

    fn recognizes(&self, source: &Source<'_>) -> bool {
        source.is_object_with(&["encrypted", "items"]) || source.is_object_with(&["encrypted", "data"])
    }

    fn open(&self, source: &Source<'_>) -> Result<Opened, ImportError> {
        let tree = source.json(ID)?;
        if !is_true(tree, "encrypted") {
            return read(tree).map(Opened::from);
        }
        if !is_true(tree, "passwordProtected") {
            return Err(ImportError::Closed {
                format: ID,
                why: "import-bitwarden-account",
                hint: "import-hint-bitwarden-account",
            });
        }
        let sealed = Sealed::read(tree).ok_or(ImportError::damaged(ID))?;
        Ok(Locked::by(ID, move |passphrase| {
            let plain = sealed.open(passphrase).map_err(|error| ImportError::sealed(ID, error))?;
            read(Json::decrypted(&plain, ID)?.value()).map(Opened::from)
        }))
    }
}

/// An export under a password.
struct Sealed {
    salt: String,
    cost: Cost,
    iv: [u8; 16],
    content: Vec<u8>,
    mac: Vec<u8>,
}

/// How the key is made.
enum Cost {
    /// With PBKDF2, in so many rounds.
    Pbkdf2(u32),
    /// With Argon2id.
    Argon2(kdf::Argon2Cost),
}

impl Sealed {
    fn read(tree: &Value) -> Option<Self> {
        let number = |key| tree[key].as_u64().and_then(|number| u32::try_from(number).ok());
        let cost = match number("kdfType")? {
            0 => Cost::Pbkdf2(number("kdfIterations")?),
            1 => Cost::Argon2(kdf::Argon2Cost {
                memory: number("kdfMemory")?.checked_mul(1024)?,
                passes: number("kdfIterations")?,
                lanes: number("kdfParallelism")?,
            }),
            _ => return None,
        };
        let mut parts = text(tree, "data").strip_prefix("2.")?.split('|').map(base64);
        let (iv, content, mac) = (parts.next()??, parts.next()??, parts.next()??);
        Some(Self { salt: text(tree, "salt").to_owned(), cost, iv: iv.try_into().ok()?, content, mac })
    }

    fn open(&self, passphrase: &Secret) -> Result<Plain, CryptoError> {
        // The characters of the salt are the salt, although they look like base64.
        let salt = self.salt.as_bytes();
        let key: kdf::Key<32> = match self.cost {
            Cost::Pbkdf2(rounds) => kdf::pbkdf2(kdf::Hash::Sha256, passphrase, salt, rounds)?,
            Cost::Argon2(cost) => kdf::argon2id(passphrase, &Sha256::digest(salt), cost)?,
        };
        cipher::check_mac(&*kdf::expand(&key, b"mac")?, &[&self.iv, &self.content], &self.mac)?;
        cipher::open_cbc(&*kdf::expand(&key, b"enc")?, &self.iv, &self.content)
    }
}

fn read(tree: &Value) -> Result<Batch, ImportError> {
    let items = tree["items"].as_array().ok_or(ImportError::damaged(ID))?;
    let mut folders = names(tree, "folders", "id");
    folders.extend(names(tree, "collections", "id"));
    let mut batch = Batch::default();
    for (item, place) in items.iter().zip((1..).map(Place::item)) {
        let names = (text(item, "name"), text(&item["login"], "username"));
        // Items without codes, cards and notes among them, are no business of ours.
        add_loose(text(&item["login"], "totp"), names, extras(item, &folders), place, &mut batch)?;
    }
    let notes = items.iter().filter(|item| !text(&item["login"], "totp").is_empty() && !text(item, "notes").is_empty());
    batch.remark(notes.count(), |count| text!("import-remark-login-notes", count = count));
    Ok(batch)
}

fn extras(item: &Value, folders: &HashMap<String, String>) -> Extras {
    let folder = folders.get(&id(item, "folderId"));
    let collections = list(item, "collectionIds").iter().filter_map(Value::as_str).filter_map(|id| folders.get(id));
    Extras {
        favorite: is_true(item, "favorite"),
        ..Extras::tagged(folder.into_iter().chain(collections).map(String::as_str))
    }
}
