//! Authenticator, the browser extension: its JSON backups, plain or encrypted in any of three ways.
//!
//! First each secret was encrypted with the passphrase, then with a random key that the passphrase
//! encrypts, and now each entry as a whole with a key that Argon2id makes. Format: `formats.md` 21.

use std::collections::HashMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use serde_json::Value;
use zeroize::Zeroizing;

use crate::crypto::{CryptoError, kdf, openssl};
use crate::key;
use crate::secret::{Secret, hex};
use crate::text;
use crate::text::Text;
use crate::uri::Field;

use super::draft::{Draft, Key, Stated, base64};
use super::json::{Json, id, is_true, number, text};
use super::{Batch, Extras, Format, ImportError, Locked, Opened, Place, SkipReason, Source};

const ID: &str = "authenticator-extension";
/// The cost of Argon2id, which is not written down in the file.
const COST: kdf::Argon2Cost = kdf::Argon2Cost { memory: 19_456, passes: 2, lanes: 1 };
/// The most keys of a backup; one is usual.
const MOST_KEYS: usize = 4;

pub(super) struct Importer;

impl Format for Importer {
    fn id(&self) -> &'static str {
        ID
    }

    fn app(&self) -> Text {
        text!("import-app-authenticator-extension")
    }

    fn how_to_export(&self) -> Text {
        text!("import-export-authenticator-extension")
    }

    fn recognizes(&self, source: &Source<'_>) -> bool {
        source.is_tree('{', &["encrypted", "hash", "secret"], |tree| items(tree).iter().any(|item| is_entry(item)))
    }

    fn open(&self, source: &Source<'_>) -> Result<Opened, ImportError> {
        let tree = source.json(ID)?;
        if !items(tree).iter().any(|item| is_locked(item)) {
            return read(tree, &Keys::default()).map(Opened::from);
        }
        let text = Zeroizing::new(source.text().unwrap_or_default().to_owned());
        Ok(Locked::by(ID, move |passphrase| {
            let tree = Json::parse(text.trim_start()).map_err(|line| ImportError::Damaged { format: ID, line })?;
            let keys = Keys::derive(tree.value(), passphrase).map_err(|error| ImportError::sealed(ID, error))?;
            read(tree.value(), &keys).map(Opened::from)
        }))
    }
}

/// Everything under an id, in the order in which the extension shows it.
fn items(tree: &Value) -> Vec<&Value> {
    let mut items: Vec<&Value> = tree.as_object().into_iter().flat_map(|tree| tree.values()).collect();
    items.sort_by_key(|item| item["index"].as_u64());
    items
}

fn is_entry(item: &Value) -> bool {
    let has = |key| item.get(key).is_some();
    is_sealed(item) || has("secret") && has("type") && (has("hash") || has("dataType"))
}

/// Whether an entry is encrypted as a whole.
fn is_sealed(item: &Value) -> bool {
    text(item, "dataType") == "EncOTPStorage"
}

fn is_locked(item: &Value) -> bool {
    is_sealed(item) || is_entry(item) && is_true(item, "encrypted")
}

/// What opens entries.
#[derive(Default)]
struct Keys {
    /// For secrets.
    secrets: Option<Secret>,
    /// For entries as a whole, by id.
    whole: HashMap<String, Secret>,
}

impl Keys {
    fn derive(tree: &Value, passphrase: &Secret) -> Result<Self, CryptoError> {
        let mut whole = HashMap::new();
        for item in items(tree).iter().filter(|item| text(item, "dataType") == "Key").take(MOST_KEYS) {
            // The text of the salt is the salt, and the base64 of the hash the passphrase.
            let hash: kdf::Key<32> = kdf::argon2id(passphrase, text(item, "salt").as_bytes(), COST)?;
            whole.insert(id(item, "id"), Secret::from_text(STANDARD_NO_PAD.encode(*hash)));
        }
        let secrets = match text(&tree["key"], "enc") {
            "" => passphrase.duplicate(),
            sealed => {
                let key = openssl::open(passphrase, &base64(sealed).ok_or(CryptoError::Damaged)?)?;
                Secret::from_text(hex(&key))
            }
        };
        Ok(Self { secrets: Some(secrets), whole })
    }

    /// An entry that was encrypted as a whole.
    fn open_whole(&self, item: &Value) -> Option<Json> {
        let plain = openssl::open(self.whole.get(&id(item, "keyId"))?, &base64(text(item, "data"))?).ok()?;
        Json::decrypted(&plain, ID).ok().filter(|item| item.value().get("secret").is_some())
    }

    /// An encrypted secret, in the letters that the extension uses.
    fn open_secret(&self, item: &Value) -> Option<Zeroizing<String>> {
        let plain = openssl::open(self.secrets.as_ref()?, &base64(text(item, "secret"))?).ok()?;
        let secret = Zeroizing::new(std::str::from_utf8(&plain).ok()?.to_owned());
        let fits = |symbol: char| symbol.is_ascii_alphanumeric() || matches!(symbol, '-' | '=' | ' ');
        (!secret.is_empty() && secret.chars().all(fits)).then_some(secret)
    }
}

fn read(tree: &Value, keys: &Keys) -> Result<Batch, ImportError> {
    let mut batch = Batch::default();
    let (mut locked, mut opened) = (0_usize, 0_usize);
    for (item, place) in items(tree).into_iter().filter(|item| is_entry(item)).zip((1..).map(Place::item)) {
        if !is_locked(item) {
            read_item(item, text(item, "secret"), place, &mut batch)?;
            continue;
        }
        locked += 1;
        if is_sealed(item)
            && let Some(item) = keys.open_whole(item)
        {
            opened += 1;
            read_item(item.value(), text(item.value(), "secret"), place, &mut batch)?;
        } else if !is_sealed(item)
            && let Some(secret) = keys.open_secret(item)
        {
            opened += 1;
            read_item(item, &secret, place, &mut batch)?;
        } else {
            batch.skip(place, super::label(issuer(item), text(item, "account")), SkipReason::Malformed)?;
        }
    }
    if locked > 0 && opened == 0 { Err(ImportError::WrongPassphrase { format: ID }) } else { Ok(batch) }
}

/// The issuer; behind `::` stands the web site it is offered at.
fn issuer(item: &Value) -> &str {
    let issuer = text(item, "issuer");
    issuer.split_once("::").map_or(issuer, |(issuer, _)| issuer)
}

fn read_item(item: &Value, secret: &str, place: Place, batch: &mut Batch) -> Result<(), ImportError> {
    let (kind, secret) = match secret.split_once('-') {
        Some(("blz" | "bliz", secret)) => ("battle".to_owned(), secret),
        Some(("stm", secret)) => ("steam".to_owned(), secret),
        _ => (id(item, "type").to_ascii_lowercase(), secret),
    };
    let is_battle = matches!(&*kind, "battle" | "3");
    let draft = Draft {
        issuer: issuer(item),
        name: text(item, "account"),
        kind: match &*kind {
            "totp" | "1" | "battle" | "3" | "hex" | "5" => Some(Stated::Totp),
            "hotp" | "2" | "hhex" | "6" => Some(Stated::Hotp),
            "steam" | "4" => Some(Stated::Steam),
            _ => None,
        },
        secret: if is_hex(&kind, secret) { Key::Hex(secret) } else { Key::Base32(secret) },
        algorithm: text(item, "algorithm"),
        digits: if is_battle { Ok(Some(8)) } else { number(item, "digits", Field::Digits) },
        period: number(item, "period", Field::Period),
        counter: number(item, "counter", Field::Counter),
        extras: Extras { favorite: is_true(item, "pinned"), ..Extras::default() },
        ..Draft::default()
    };
    draft.add(place, batch)
}

/// Whether a secret is in hexadecimal: where its kind says so, or it can be nothing else.
fn is_hex(kind: &str, secret: &str) -> bool {
    let letters = secret.trim().trim_end_matches('=');
    matches!(kind, "hex" | "hhex" | "5" | "6")
        || letters.bytes().all(|letter| letter.is_ascii_hexdigit()) && !letters.chars().all(key::is_symbol)
}
