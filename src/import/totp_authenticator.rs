//! TOTP Authenticator (Android): its backup, and the preferences that a rooted phone gives away.
//!
//! Every backup is encrypted, but those without a password of their own have one that is always
//! the same. Below it, the list of entries is the *name* of the only field of an object.
//! Format: `formats.md` 21.

use serde_json::Value;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::crypto::cipher;
use crate::secret::Secret;
use crate::text;
use crate::text::Text;
use crate::uri::Field;

use super::draft::{Draft, Key, base64};
use super::json::{Json, is_true, number, text};
use super::{Batch, Extras, Format, ImportError, Locked, Opened, Place, Source};

const ID: &str = "totp-authenticator";
/// The list of entries among the preferences.
const LIST: &str = "STATIC_TOTP_CODES_LIST";
/// The password of backups whose owner set none.
const DEFAULT_PASSWORD: &str = "TotpAuthenticator";
/// What no backup of an entry is shorter than, in bytes: its fields alone are longer.
const LEAST: usize = 128;

pub(super) struct Importer;

impl Format for Importer {
    fn id(&self) -> &'static str {
        ID
    }

    fn app(&self) -> Text {
        text!("import-app-totp-authenticator")
    }

    fn how_to_export(&self) -> Text {
        text!("import-export-totp-authenticator")
    }

    fn recognizes(&self, source: &Source<'_>) -> bool {
        sealed(source).is_some() || source.preferences().is_some_and(|found| found.text(LIST).is_some())
    }

    fn open(&self, source: &Source<'_>) -> Result<Opened, ImportError> {
        let damaged = || ImportError::Damaged { format: ID, line: 0 };
        if let Some(sealed) = sealed(source) {
            if let Some(list) = open(&sealed, &Secret::from_text(DEFAULT_PASSWORD.into())) {
                return read(list.value()).map(Opened::from);
            }
            return Ok(Locked::by(ID, move |passphrase| {
                let list = open(&sealed, passphrase).ok_or(ImportError::WrongPassphrase { format: ID })?;
                read(list.value()).map(Opened::from)
            }));
        }
        let found = source.preferences().ok_or_else(damaged)?;
        found.check(ID)?;
        let list = found.text(LIST).and_then(|list| Json::parse(list).ok()).ok_or_else(damaged)?;
        read(list.value()).map(Opened::from)
    }
}

/// The content of a backup: base64 in whole blocks of the cipher. Steam's own files look the same,
/// and have a list of them beside.
fn sealed(source: &Source<'_>) -> Option<Vec<u8>> {
    let text = source.lines()?.trim();
    if !text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/=\r\n".contains(&byte)) {
        return None;
    }
    let sealed = base64(&text.replace(['\r', '\n'], ""))?;
    let whole = sealed.len() >= LEAST && sealed.len().is_multiple_of(16);
    (whole && source.beside("manifest.json").is_none()).then_some(sealed)
}

/// The list in the backup `sealed`; `None` if `passphrase` is another one, or it is damaged: there
/// is no checksum.
fn open(sealed: &[u8], passphrase: &Secret) -> Option<Json> {
    // EXPOSE: the key is the hash of the passphrase itself.
    let key: Zeroizing<[u8; 32]> = Zeroizing::new(Sha256::digest(passphrase.expose()).into());
    let plain = cipher::open_cbc(&*key, &[0; 16], sealed).ok()?;
    let object = Json::parse(std::str::from_utf8(&plain).ok()?).ok()?;
    let list = object.value().as_object()?.keys().next()?;
    Json::parse(list).ok()
}

fn read(list: &Value) -> Result<Batch, ImportError> {
    let Some(entries) = list.as_array() else {
        return Err(ImportError::Damaged { format: ID, line: 0 });
    };
    let mut batch = Batch::default();
    for (entry, place) in entries.iter().zip((1..).map(Place::item)) {
        read_entry(entry).add(place, &mut batch)?;
    }
    let icons = entries.iter().filter(|entry| !text(entry, "iconPath").is_empty()).count();
    batch.without_icons(icons);
    Ok(batch)
}

fn read_entry(entry: &Value) -> Draft<'_> {
    let (issuer, key) = (text(entry, "issuer"), text(entry, "key"));
    Draft {
        issuer: if issuer == "Unknown" { "" } else { issuer },
        name: text(entry, "name"),
        secret: match number(entry, "base", Field::Digits) {
            Ok(Some(16)) => Key::Hex(key),
            Ok(None | Some(32)) => Key::Base32(key),
            Ok(Some(64)) => Key::Base64(key),
            _ => Key::Unreadable,
        },
        digits: number(entry, "digits", Field::Digits),
        period: number(entry, "period", Field::Period),
        extras: Extras { favorite: is_true(entry, "isFavorite"), ..Extras::default() },
        ..Draft::default()
    }
}
