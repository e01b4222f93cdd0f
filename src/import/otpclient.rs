//! `OTPClient` (Linux): the plain list it exports, and its encrypted database.
//!
//! It has no kind for Steam: an account whose issuer is Steam is one. Format: `formats.md` 21.

use serde_json::Value;

use crate::crypto::{cipher, kdf};
use crate::text;
use crate::text::Text;
use crate::uri::Field;

use super::draft::{Draft, Key, Stated};
use super::json::{Json, number, text};
use super::{Batch, Extras, Format, ImportError, Locked, Opened, Place, Source};

const ID: &str = "otpclient";
/// How a database begins.
const MAGIC: &[u8] = b"OTPClient";
/// The only version that is known.
const VERSION: u32 = 3;

pub(super) struct Importer;

impl Format for Importer {
    fn id(&self) -> &'static str {
        ID
    }

    fn app(&self) -> Text {
        text!("import-app-otpclient")
    }

    fn how_to_export(&self) -> Text {
        text!("import-export-otpclient")
    }

    fn recognizes(&self, source: &Source<'_>) -> bool {
        source.bytes().starts_with(MAGIC) && source.lines().is_none()
            || source.is_list_with(&["type", "label", "algo", "secret"])
    }

    fn open(&self, source: &Source<'_>) -> Result<Opened, ImportError> {
        match source.bytes().strip_prefix(MAGIC) {
            Some(rest) => locked(source.bytes(), rest),
            None => read(source.json(ID)?).map(Opened::from),
        }
    }
}

/// The parts of a database after its magic.
struct Parts<'a> {
    version: u32,
    nonce: &'a [u8],
    salt: &'a [u8],
    cost: kdf::Argon2Cost,
    content: &'a [u8],
}

impl<'a> Parts<'a> {
    fn read(rest: &'a [u8]) -> Option<Self> {
        let (version, rest) = rest.split_first_chunk::<4>()?;
        let (nonce, rest) = rest.split_at_checked(16)?;
        let (salt, rest) = rest.split_at_checked(32)?;
        let (passes, rest) = rest.split_first_chunk::<4>()?;
        let (memory, rest) = rest.split_first_chunk::<4>()?;
        let (lanes, content) = rest.split_first_chunk::<4>()?;
        let cost = kdf::Argon2Cost {
            memory: u32::from_be_bytes(*memory),
            passes: u32::from_be_bytes(*passes),
            lanes: u32::from_be_bytes(*lanes),
        };
        Some(Self { version: u32::from_be_bytes(*version), nonce, salt, cost, content })
    }
}

fn locked(bytes: &[u8], rest: &[u8]) -> Result<Opened, ImportError> {
    let Parts { version, nonce, salt, cost, content } = Parts::read(rest).ok_or(ImportError::damaged(ID))?;
    if version != VERSION {
        return Err(ImportError::Closed {
            format: ID,
            why: "import-otpclient-version",
            hint: "import-hint-otpclient-version",
        });
    }
    let (nonce, salt, content) = (nonce.to_vec(), salt.to_vec(), content.to_vec());
    // Everything before the content is bound to it.
    let bound = bytes.strip_suffix(content.as_slice()).unwrap_or_default().to_vec();
    Ok(Locked::by(ID, move |passphrase| {
        let sealed = |error| ImportError::sealed(ID, error);
        let key = kdf::argon2id(passphrase, &salt, cost).map_err(sealed)?;
        let plain = cipher::open_gcm(&key, &nonce, &bound, &content).map_err(sealed)?;
        read(Json::decrypted(&plain, ID)?.value()).map(Opened::from)
    }))
}

fn read(list: &Value) -> Result<Batch, ImportError> {
    let items = list.as_array().ok_or(ImportError::damaged(ID))?;
    let mut batch = Batch::default();
    for (item, place) in items.iter().zip((1..).map(Place::item)) {
        let draft = Draft {
            issuer: text(item, "issuer"),
            name: text(item, "label"),
            kind: kind(item),
            secret: Key::Base32(text(item, "secret")),
            algorithm: text(item, "algo"),
            digits: number(item, "digits", Field::Digits),
            period: number(item, "period", Field::Period),
            counter: number(item, "counter", Field::Counter),
            extras: Extras::tagged([text(item, "group")]),
            ..Draft::default()
        };
        draft.add(place, &mut batch)?;
    }
    Ok(batch)
}

fn kind(item: &Value) -> Option<Stated> {
    let is_steam =
        text(item, "issuer").trim().eq_ignore_ascii_case("steam") && !matches!(item["digits"].as_u64(), Some(6..));
    match Stated::parse(text(item, "type")) {
        Some(Stated::Totp) if is_steam => Some(Stated::Steam),
        kind => kind,
    }
}
