//! Authy: what tools save from its servers, as JSON.
//!
//! Authy itself exports nothing. The dump holds ordinary accounts, encrypted one by one with the
//! backup password, and Authy's own ones of ten seconds, which are in the clear; other tools write
//! a list with everything decrypted. Format: `formats.md` 20.

use serde_json::Value;
use zeroize::Zeroizing;

use crate::crypto::cipher::Plain;
use crate::crypto::{CryptoError, cipher, kdf};
use crate::key;
use crate::secret::Secret;
use crate::text;
use crate::text::Text;
use crate::uri::{self, Field};

use super::draft::{Draft, Key, add_loose, base64};
use super::json::{Json, list, number, text};
use super::{Batch, Extras, Format, ImportError, Locked, Opened, Place, SkipReason, Source, label};

const ID: &str = "authy-dump";
/// The rounds of PBKDF2 where the dump names none.
pub(super) const ROUNDS: u32 = 1_000;
/// The most rounds of all accounts together, because each has its own.
const MOST_ROUNDS: u64 = 100_000_000;
/// How long a code of Authy's own accounts is valid, in seconds, and its usual length.
const OWN: (u64, u64) = (10, 7);

pub(super) struct Importer;

impl Format for Importer {
    fn id(&self) -> &'static str {
        ID
    }

    fn app(&self) -> Text {
        text!("import-app-authy-dump")
    }

    fn how_to_export(&self) -> Text {
        text!("import-export-authy-dump")
    }

    fn recognizes(&self, source: &Source<'_>) -> bool {
        source.is_object_with(&["authenticator_tokens"]) || source.is_list_with(&["name", "secret", "uri"])
    }

    fn open(&self, source: &Source<'_>) -> Result<Opened, ImportError> {
        let tree = source.json(ID)?;
        if let Some(items) = tree.as_array() {
            return read_list(items).map(Opened::from);
        }
        if list(tree, "authenticator_tokens").is_empty() {
            return read(tree, None).map(Opened::from);
        }
        let text = Zeroizing::new(source.text().unwrap_or_default().to_owned());
        Ok(Locked::by(ID, move |passphrase| {
            let tree = Json::parse(text.trim_start()).map_err(|line| ImportError::Damaged { format: ID, line })?;
            read(tree.value(), Some(passphrase)).map(Opened::from)
        }))
    }
}

fn read_list(items: &[Value]) -> Result<Batch, ImportError> {
    let mut batch = Batch::default();
    for (item, place) in items.iter().zip((1..).map(Place::item)) {
        let uri = text(item, "uri");
        let account = if uri.is_empty() { text(item, "secret") } else { uri };
        add_loose(account, ("", text(item, "name")), Extras::default(), place, &mut batch)?;
    }
    Ok(batch)
}

/// Opens the secret of an account.
///
/// # Errors
/// When it costs too much, or the passphrase is wrong, which is not always noticed.
pub(super) fn open_seed(
    sealed: &[u8],
    (salt, rounds): (&str, u32),
    iv: &[u8; 16],
    passphrase: &Secret,
) -> Result<Plain, CryptoError> {
    let key: kdf::Key<32> = kdf::pbkdf2(kdf::Hash::Sha1, passphrase, salt.as_bytes(), rounds)?;
    cipher::open_cbc(&*key, iv, sealed)
}

fn read(tree: &Value, passphrase: Option<&Secret>) -> Result<Batch, ImportError> {
    let tokens = list(tree, "authenticator_tokens");
    let work: u64 = tokens.iter().map(|token| u64::from(rounds(token).unwrap_or(0))).sum();
    if work > MOST_ROUNDS {
        return Err(ImportError::Crypto(CryptoError::TooCostly));
    }
    let (mut batch, mut places) = (Batch::default(), (1..).map(Place::item));
    let mut opened = false;
    for (token, place) in tokens.iter().zip(&mut places) {
        let secret = passphrase.and_then(|passphrase| secret(token, passphrase));
        opened |= secret.is_some();
        read_token(token, secret.as_ref(), place, &mut batch)?;
    }
    if !tokens.is_empty() && !opened {
        return Err(ImportError::WrongPassphrase { format: ID });
    }
    for (app, place) in list(tree, "apps").iter().zip(&mut places) {
        let draft = Draft {
            issuer: text(app, "name"),
            secret: Key::Hex(text(app, "secret_seed")),
            digits: number(app, "digits", Field::Digits).map(|digits| digits.or(Some(OWN.1))),
            period: Ok(Some(OWN.0)),
            ..Draft::default()
        };
        draft.add(place, &mut batch)?;
    }
    Ok(batch)
}

fn rounds(token: &Value) -> Option<u32> {
    match &token["key_derivation_iterations"] {
        Value::Null => Some(ROUNDS),
        rounds => rounds.as_u64().and_then(|rounds| rounds.try_into().ok()),
    }
}

/// The secret in base32, if `passphrase` opens it.
fn secret(token: &Value, passphrase: &Secret) -> Option<Zeroizing<String>> {
    let iv = match text(token, "unique_iv") {
        "" => [0; 16],
        // EXPOSE: no secret, only hexadecimal digits that are read like one.
        iv => key::read_hex(iv).ok()?.expose().try_into().ok()?,
    };
    let sealed = base64(text(token, "encrypted_seed"))?;
    let plain = open_seed(&sealed, (text(token, "salt"), rounds(token)?), &iv, passphrase).ok()?;
    let secret = Zeroizing::new(std::str::from_utf8(&plain).ok()?.to_owned());
    (!secret.is_empty() && uri::decode_secret(&secret).is_ok()).then_some(secret)
}

fn read_token(
    token: &Value,
    secret: Option<&Zeroizing<String>>,
    place: Place,
    batch: &mut Batch,
) -> Result<(), ImportError> {
    let (issuer, name) = names(text(token, "issuer"), text(token, "original_name"), text(token, "name"));
    let Some(secret) = secret else {
        let (issuer, name) = uri::settle_names(Some(issuer), name);
        return batch.skip(place, label(&issuer, &name), SkipReason::Malformed);
    };
    let digits = number(token, "digits", Field::Digits);
    Draft { issuer, name, secret: Key::Base32(secret), digits, ..Draft::default() }.add(place, batch)
}

/// The issuer and the name of an account: the issuer stands in a field of its own, before a colon
/// in the original name, or before a dash or a colon in the one its owner gave.
fn names<'a>(issuer: &'a str, original: &'a str, name: &'a str) -> (&'a str, &'a str) {
    let label = if original.trim().is_empty() { name } else { original };
    if !issuer.trim().is_empty() || original.contains(':') {
        return (issuer, label);
    }
    name.split_once(" - ").or_else(|| name.split_once(": ")).unwrap_or(("", label))
}
