//! Stratum, once Authenticator Pro (Android): `.stratum` and `.authpro`, plain or locked in one of
//! two ways.
//!
//! Categories are linked to entries by the text of the secret. Format: `formats.md` 15.

use std::collections::HashMap;

use serde_json::Value;

use crate::crypto::kdf::{self, Argon2Cost, Hash};
use crate::crypto::{CryptoError, cipher};
use crate::secret::Secret;
use crate::text;
use crate::text::Text;
use crate::uri::Field;

use super::draft::{Draft, Key, Stated};
use super::json::{Json, list, number, text};
use super::{Batch, Extras, Format, ImportError, Locked, Opened, Place, Source};

const ID: &str = "stratum";

pub(super) struct Importer;

impl Format for Importer {
    fn id(&self) -> &'static str {
        ID
    }

    fn app(&self) -> Text {
        text!("import-app-stratum")
    }

    fn how_to_export(&self) -> Text {
        text!("import-export-stratum")
    }

    fn recognizes(&self, source: &Source<'_>) -> bool {
        Sealed::is_one(source.bytes()) || source.is_object_with(&["Authenticators"])
    }

    fn open(&self, source: &Source<'_>) -> Result<Opened, ImportError> {
        let damaged = || ImportError::Damaged { format: ID, line: 0 };
        if !Sealed::is_one(source.bytes()) {
            return read(source.json(ID)?).map(Opened::from);
        }
        let sealed = Sealed::read(source.bytes()).ok_or_else(damaged)?;
        Ok(Locked::by(ID, move |passphrase| {
            let plain = sealed.open(passphrase).map_err(|error| ImportError::sealed(ID, error))?;
            // The old way has no checksum: what a wrong passphrase gives is no JSON.
            let tree = std::str::from_utf8(&plain).ok().and_then(|text| Json::parse(text).ok());
            let tree = tree.ok_or(ImportError::WrongPassphrase { format: ID })?;
            read(tree.value()).map(Opened::from)
        }))
    }
}

/// A locked backup.
enum Sealed {
    /// Argon2id and AES-GCM.
    Strong { salt: [u8; 16], nonce: [u8; 12], content: Vec<u8> },
    /// PBKDF2 and AES-CBC, in files of older versions.
    Legacy { salt: [u8; 20], iv: [u8; 16], content: Vec<u8> },
}

impl Sealed {
    const STRONG: &[u8] = b"AUTHENTICATORPRO";
    const LEGACY: &[u8] = b"AuthenticatorPro";
    const STRONG_COST: Argon2Cost = Argon2Cost { memory: 65_536, passes: 3, lanes: 4 };
    const LEGACY_ROUNDS: u32 = 64_000;

    fn is_one(bytes: &[u8]) -> bool {
        bytes.starts_with(Self::STRONG) || bytes.starts_with(Self::LEGACY)
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        if let Some(rest) = bytes.strip_prefix(Self::STRONG) {
            let (salt, rest) = rest.split_first_chunk()?;
            let (nonce, content) = rest.split_first_chunk()?;
            return Some(Self::Strong { salt: *salt, nonce: *nonce, content: content.to_vec() });
        }
        let (salt, rest) = bytes.strip_prefix(Self::LEGACY)?.split_first_chunk()?;
        let (iv, content) = rest.split_first_chunk()?;
        Some(Self::Legacy { salt: *salt, iv: *iv, content: content.to_vec() })
    }

    fn open(&self, passphrase: &Secret) -> Result<cipher::Plain, CryptoError> {
        match self {
            Self::Strong { salt, nonce, content } => {
                let key = kdf::argon2id(passphrase, salt, Self::STRONG_COST)?;
                cipher::open_gcm(&key, nonce, b"", content)
            }
            Self::Legacy { salt, iv, content } => {
                let key: kdf::Key<32> = kdf::pbkdf2(Hash::Sha1, passphrase, salt, Self::LEGACY_ROUNDS)?;
                cipher::open_cbc(&*key, iv, content)
            }
        }
    }
}

/// The names of the categories of every secret.
type Categories<'a> = HashMap<&'a str, Vec<&'a str>>;

fn read(backup: &Value) -> Result<Batch, ImportError> {
    let Some(entries) = backup["Authenticators"].as_array() else {
        return Err(ImportError::Damaged { format: ID, line: 0 });
    };
    let names: HashMap<&str, &str> =
        list(backup, "Categories").iter().map(|category| (text(category, "Id"), text(category, "Name"))).collect();
    let mut categories = Categories::new();
    for link in list(backup, "AuthenticatorCategories") {
        if let Some(name) = names.get(text(link, "CategoryId")) {
            categories.entry(text(link, "AuthenticatorSecret")).or_default().push(name);
        }
    }
    let mut batch = Batch::default();
    for (entry, place) in entries.iter().zip((1..).map(Place::item)) {
        read_entry(entry, &categories, place, &mut batch)?;
    }
    batch.without_icons(list(backup, "CustomIcons").len());
    Ok(batch)
}

/// The kind that the app, here and in its database, calls `code`.
pub(super) fn kind(code: Option<i64>) -> Option<Stated> {
    match code {
        Some(1) => Some(Stated::Hotp),
        Some(2) => Some(Stated::Totp),
        Some(3) => Some(Stated::Motp),
        Some(4) => Some(Stated::Steam),
        Some(5) => Some(Stated::Yandex),
        _ => None,
    }
}

fn read_entry(entry: &Value, categories: &Categories<'_>, place: Place, batch: &mut Batch) -> Result<(), ImportError> {
    let kind = kind(entry["Type"].as_i64());
    let secret = text(entry, "Secret");
    let draft = Draft {
        issuer: text(entry, "Issuer"),
        name: text(entry, "Username"),
        kind,
        secret: if kind == Some(Stated::Motp) { Key::Text(secret) } else { Key::Base32(secret) },
        algorithm: match entry.get("Algorithm").map(Value::as_u64) {
            None | Some(Some(0)) => "SHA1",
            Some(Some(1)) => "SHA256",
            Some(Some(2)) => "SHA512",
            Some(_) => "unknown",
        },
        digits: number(entry, "Digits", Field::Digits),
        period: number(entry, "Period", Field::Period),
        counter: number(entry, "Counter", Field::Counter),
        pin: text(entry, "Pin"),
        extras: Extras::tagged(categories.get(secret).into_iter().flatten().copied()),
    };
    draft.add(place, batch)
}
