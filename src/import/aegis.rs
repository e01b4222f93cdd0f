//! Aegis (Android): `aegis-export-*.json`, plain or encrypted.
//!
//! Each password slot wraps the same key, so all are tried. Format: `formats.md` 6.

use std::collections::HashMap;

use serde_json::Value;
use zeroize::Zeroizing;

use crate::crypto::{CryptoError, cipher, kdf};
use crate::secret::{Secret, hex};
use crate::text;
use crate::text::Text;
use crate::uri::Field;

use super::draft::{Draft, Key, Stated, base64};
use super::json::{Json, is_true, list, number, text};
use super::{Batch, Extras, Format, ImportError, Locked, Opened, Place, Source};

const ID: &str = "aegis";
/// The slot of a password; 0 is a raw key, 2 a fingerprint.
const PASSWORD_SLOT: u64 = 1;

pub(super) struct Importer;

impl Format for Importer {
    fn id(&self) -> &'static str {
        ID
    }

    fn app(&self) -> Text {
        text!("import-app-aegis")
    }

    fn how_to_export(&self) -> Text {
        text!("import-export-aegis")
    }

    fn recognizes(&self, source: &Source<'_>) -> bool {
        source.is_object_with(&["header", "db"])
    }

    fn open(&self, source: &Source<'_>) -> Result<Opened, ImportError> {
        let tree = source.json(ID)?;
        match &tree["db"] {
            Value::String(sealed) => locked(&tree["header"], sealed),
            db => read(db).map(Opened::from),
        }
    }
}

/// One password's copy of the key.
struct Slot {
    salt: Vec<u8>,
    n: u64,
    r: u32,
    p: u32,
    nonce: Vec<u8>,
    sealed: Vec<u8>,
}

impl Slot {
    fn read(slot: &Value) -> Option<Self> {
        let cost = |key| slot[key].as_u64().and_then(|cost| u32::try_from(cost).ok());
        let mut sealed = unhex(text(slot, "key"))?;
        sealed.extend(unhex(text(&slot["key_params"], "tag"))?);
        Some(Self {
            salt: unhex(text(slot, "salt"))?,
            n: slot["n"].as_u64()?,
            r: cost("r")?,
            p: cost("p")?,
            nonce: unhex(text(&slot["key_params"], "nonce"))?,
            sealed,
        })
    }

    /// The key of the content, if `passphrase` is this slot's.
    fn open(&self, passphrase: &Secret) -> Result<kdf::Key<32>, CryptoError> {
        let wrap = kdf::scrypt(passphrase, &self.salt, self.n, self.r, self.p)?;
        let key = cipher::open_gcm(&wrap, &self.nonce, b"", &self.sealed)?;
        <[u8; 32]>::try_from(&**key).map(Zeroizing::new).map_err(|_| CryptoError::Damaged)
    }
}

fn locked(header: &Value, sealed: &str) -> Result<Opened, ImportError> {
    let damaged = || ImportError::Damaged { format: ID, line: 0 };
    let slots = list(header, "slots").iter().filter(|slot| slot["type"].as_u64() == Some(PASSWORD_SLOT));
    let slots: Vec<Slot> = slots.map(|slot| Slot::read(slot).ok_or_else(damaged)).collect::<Result<_, _>>()?;
    if slots.is_empty() {
        return Err(ImportError::Closed {
            format: ID,
            why: "import-aegis-no-password",
            hint: "import-hint-aegis-no-password",
        });
    }
    let nonce = unhex(text(&header["params"], "nonce")).ok_or_else(damaged)?;
    let mut content = base64(sealed).ok_or_else(damaged)?;
    content.extend(unhex(text(&header["params"], "tag")).ok_or_else(damaged)?);
    Ok(Locked::by(ID, move |passphrase| {
        let key = first_key(&slots, passphrase).map_err(|error| ImportError::sealed(ID, error))?;
        let plain = cipher::open_gcm(&key, &nonce, b"", &content).map_err(|_| damaged())?;
        let plain = std::str::from_utf8(&plain).map_err(|_| damaged())?;
        let db = Json::parse(plain).map_err(|line| ImportError::Damaged { format: ID, line })?;
        read(db.value()).map(Opened::from)
    }))
}

/// The key from the first slot that `passphrase` opens.
fn first_key(slots: &[Slot], passphrase: &Secret) -> Result<kdf::Key<32>, CryptoError> {
    let mut result = Err(CryptoError::Damaged);
    for slot in slots {
        result = slot.open(passphrase);
        if !matches!(result, Err(CryptoError::WrongPassphrase)) {
            break;
        }
    }
    result
}

fn read(db: &Value) -> Result<Batch, ImportError> {
    let Some(entries) = db["entries"].as_array() else {
        return Err(ImportError::Damaged { format: ID, line: 0 });
    };
    let groups: HashMap<&str, &str> =
        list(db, "groups").iter().map(|group| (text(group, "uuid"), text(group, "name"))).collect();
    let mut batch = Batch::default();
    for (entry, place) in entries.iter().zip((1..).map(Place::item)) {
        read_entry(entry, &groups, place, &mut batch)?;
    }
    let icons = entries.iter().filter(|entry| !text(entry, "icon").is_empty()).count();
    batch.without_icons(icons);
    Ok(batch)
}

fn read_entry(entry: &Value, groups: &HashMap<&str, &str>, place: Place, batch: &mut Batch) -> Result<(), ImportError> {
    let info = &entry["info"];
    let kind = Stated::parse(text(entry, "type"));
    let secret = text(info, "secret");
    // The bytes stand there in base32, but Mobile-OTP hashes their hexadecimal digits.
    let motp = match kind {
        // EXPOSE: spelt in another way; the text is wiped.
        Some(Stated::Motp) => crate::uri::decode_secret(secret).ok().map(|secret| Zeroizing::new(hex(secret.expose()))),
        _ => None,
    };
    let named = list(entry, "groups").iter().filter_map(Value::as_str).filter_map(|uuid| groups.get(uuid).copied());
    let draft = Draft {
        issuer: text(entry, "issuer"),
        name: text(entry, "name"),
        kind,
        secret: motp.as_ref().map_or(Key::Base32(secret), |text| Key::Text(text)),
        algorithm: text(info, "algo"),
        digits: number(info, "digits", Field::Digits),
        period: number(info, "period", Field::Period),
        counter: number(info, "counter", Field::Counter),
        pin: text(info, "pin"),
        extras: Extras {
            note: text(entry, "note").trim().to_owned(),
            favorite: is_true(entry, "favorite"),
            ..Extras::tagged(named.chain([text(entry, "group")]))
        },
    };
    draft.add(place, batch)
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    let byte = |pair: &[u8; 2]| {
        let digits = std::str::from_utf8(pair).ok().filter(|pair| pair.bytes().all(|digit| digit.is_ascii_hexdigit()));
        u8::from_str_radix(digits?, 16).ok()
    };
    rest.is_empty().then(|| pairs.iter().map(byte).collect()).flatten()
}
