//! Steam Guard: `.maFile` of Steam Desktop Authenticator and steamguard-cli, and the files of the
//! official app on rooted phones.
//!
//! Only the shared secret is taken; sessions and tokens in the files are never read. An encrypted
//! file says nothing about itself: salt and scheme stand in the `manifest.json` beside it. Format:
//! `formats.md` 18.

use serde_json::Value;

use crate::crypto::{CryptoError, cipher, kdf};
use crate::secret::Secret;
use crate::text;
use crate::text::Text;

use super::draft::{Draft, Key, Stated, base64};
use super::json::{Json, list, text};
use super::{Batch, Format, ImportError, Locked, Opened, Place, Source};

const ID: &str = "steam";
const MANIFEST: &str = "manifest.json";
/// The most entries of a manifest that are tried where the name of the file does not tell which.
const MOST_TRIED: usize = 32;
/// The rounds of PBKDF2 in Steam Desktop Authenticator.
const ROUNDS: u32 = 50_000;
/// What Argon2id costs in steamguard-cli, in its versions.
const COSTS: [kdf::Argon2Cost; 2] = [
    kdf::Argon2Cost { memory: 12 * 1024, passes: 3, lanes: 12 },
    kdf::Argon2Cost { memory: 62_500, passes: 3, lanes: 4 },
];

pub(super) struct Importer;

impl Format for Importer {
    fn id(&self) -> &'static str {
        ID
    }

    fn app(&self) -> Text {
        text!("import-app-steam")
    }

    fn how_to_export(&self) -> Text {
        text!("import-export-steam")
    }

    fn recognizes(&self, source: &Source<'_>) -> bool {
        source.is_tree('{', &["shared_secret"], |tree| entries(tree).iter().any(|item| has_secret(item)))
            || is_manifest(source)
            || is_sealed(source)
    }

    fn open(&self, source: &Source<'_>) -> Result<Opened, ImportError> {
        if is_manifest(source) {
            return Err(ImportError::Closed {
                format: ID,
                why: "import-steam-manifest",
                hint: "import-hint-steam-manifest",
            });
        }
        match source.lines() {
            Some(text) => locked(text, source),
            None => read(source.json(ID)?).map(Opened::from),
        }
    }
}

fn is_manifest(source: &Source<'_>) -> bool {
    source.is_tree('{', &["entries", "filename"], lists_files)
}

/// Whether `tree` is a manifest.
fn lists_files(tree: &Value) -> bool {
    let names_file = |entry: &Value| {
        entry.get("filename").is_some() && (entry.get("steamid").is_some() || entry.get("steam_id").is_some())
    };
    list(tree, "entries").iter().any(names_file)
}

/// Whether `source` is an encrypted file with its manifest beside it. Other apps write such a blob
/// too, but none with a manifest.
pub(super) fn is_sealed(source: &Source<'_>) -> bool {
    let is_blob = |text: &str| base64(text).is_some_and(|blob| !blob.is_empty() && blob.len().is_multiple_of(16));
    source.lines().is_some_and(is_blob) && manifest(source).is_some_and(|tree| lists_files(tree.value()))
}

fn manifest(source: &Source<'_>) -> Option<Json> {
    Json::decrypted(&source.beside(MANIFEST)?, ID).ok()
}

/// How a file is encrypted, as the manifest says.
struct Entry {
    is_argon2: bool,
    salt: Vec<u8>,
    iv: [u8; 16],
}

impl Entry {
    fn read(entry: &Value) -> Option<Self> {
        let newer = &entry["encryption"];
        let (salt, iv) = if newer.is_object() {
            (text(newer, "salt"), text(newer, "iv"))
        } else {
            (text(entry, "encryption_salt"), text(entry, "encryption_iv"))
        };
        let is_argon2 = match text(newer, "scheme") {
            "" | "LegacySdaCompatible" => false,
            "Argon2idAes256" => true,
            _ => return None,
        };
        Some(Self { is_argon2, salt: base64(salt)?, iv: base64(iv)?.try_into().ok()? })
    }

    /// The content, if `passphrase` is the one of this entry.
    fn open(&self, sealed: &[u8], passphrase: &Secret) -> Result<Option<Json>, CryptoError> {
        if !self.is_argon2 {
            let key = kdf::pbkdf2(kdf::Hash::Sha1, passphrase, &self.salt, ROUNDS)?;
            return Ok(self.open_with(&key, sealed));
        }
        for cost in COSTS {
            let opened = self.open_with(&*kdf::argon2id(passphrase, &self.salt, cost)?, sealed);
            if opened.is_some() {
                return Ok(opened);
            }
        }
        Ok(None)
    }

    fn open_with(&self, key: &[u8; 32], sealed: &[u8]) -> Option<Json> {
        let plain = cipher::open_cbc(key, &self.iv, sealed).ok()?;
        // A wrong key may pass the padding, and gives garbage then.
        Json::decrypted(&plain, ID).ok().filter(|tree| has_secret(tree.value()))
    }
}

fn locked(text: &str, source: &Source<'_>) -> Result<Opened, ImportError> {
    let damaged = || ImportError::damaged(ID);
    let sealed = base64(text).ok_or_else(damaged)?;
    let manifest = manifest(source).ok_or_else(damaged)?;
    let files = list(manifest.value(), "entries");
    let name = source.name().and_then(|path| path.rsplit(['/', '\\']).next());
    let own = files.iter().filter(|file| Some(self::text(file, "filename")) == name);
    let mut entries: Vec<Entry> = own.filter_map(Entry::read).collect();
    if entries.is_empty() {
        entries = files.iter().take(MOST_TRIED).filter_map(Entry::read).collect();
    }
    if entries.is_empty() {
        return Err(damaged());
    }
    Ok(Locked::by(ID, move |passphrase| {
        for entry in &entries {
            if let Some(tree) = entry.open(&sealed, passphrase).map_err(|error| ImportError::sealed(ID, error))? {
                return read(tree.value()).map(Opened::from);
            }
        }
        Err(ImportError::WrongPassphrase { format: ID })
    }))
}

/// The accounts of a file: one, or those under `accounts` by their number.
fn entries(tree: &Value) -> Vec<&Value> {
    match tree["accounts"].as_object() {
        Some(accounts) => accounts.values().collect(),
        None => vec![tree],
    }
}

fn has_secret(item: &Value) -> bool {
    item.get("shared_secret").is_some()
}

fn read(tree: &Value) -> Result<Batch, ImportError> {
    let entries = entries(tree);
    let mut batch = Batch::default();
    for (item, place) in entries.iter().zip((1..).map(Place::item)) {
        let draft = Draft {
            issuer: "Steam",
            name: text(item, "account_name"),
            kind: Some(Stated::Steam),
            secret: Key::Base64(text(item, "shared_secret")),
            ..Draft::default()
        };
        draft.add(place, &mut batch)?;
    }
    let revocable = entries.iter().filter(|item| !text(item, "revocation_code").is_empty()).count();
    batch.remark(revocable, |count| text!("import-remark-revocation", count = count));
    Ok(batch)
}
