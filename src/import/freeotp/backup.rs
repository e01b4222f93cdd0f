//! The backup of `FreeOTP` 2: every token's secret under a master key, that key under a password.
//!
//! A token stands in two entries, `ID` with its sealed secret and `ID-token` with the rest. Lists
//! of bytes are lists of signed numbers. Format: `formats.md` 14.3.

use std::collections::HashMap;

use serde_json::Value;
use zeroize::Zeroizing;

use crate::crypto::cipher::Plain;
use crate::crypto::kdf::{self, Hash};
use crate::crypto::{CryptoError, cipher};
use crate::secret::Secret;

use super::super::draft::Key;
use super::super::json::{Json, text};
use super::super::{Batch, ImportError, Locked, Opened, Place, SkipReason};
use super::{ID, java, read, signed};

pub(super) fn open(bytes: &[u8]) -> Result<Opened, ImportError> {
    let damaged = || ImportError::Damaged { format: ID, line: 0 };
    let pairs = java::read(bytes).ok_or_else(damaged)?;
    let master = pairs.iter().find(|(key, _)| key == MASTER).and_then(|(_, text)| Master::read(text));
    let master = master.ok_or_else(damaged)?;
    let tokens = tokens(pairs);
    Ok(Locked::by(ID, move |passphrase| {
        let key = master.open(passphrase).map_err(|error| ImportError::sealed(ID, error))?;
        let mut batch = Batch::default();
        for (token, place) in tokens.iter().zip((1..).map(Place::item)) {
            token.add(&key, place, &mut batch)?;
        }
        Ok(batch.into())
    }))
}

/// The entry of the key of all secrets.
const MASTER: &str = "masterKey";

/// A key in AES-GCM, bound to the name of its algorithm.
struct Sealed {
    nonce: [u8; 12],
    content: Vec<u8>,
    algorithm: String,
}

impl Sealed {
    fn read(key: &Value) -> Option<Self> {
        let nonce = match signed(&key["mParameters"])?.as_slice() {
            // DER: the nonce with the length of the tag, or, on Android 6, the nonce alone.
            [0x30, _, 0x04, 12, nonce @ ..] | [0x04, 12, nonce @ ..] => *nonce.first_chunk()?,
            _ => return None,
        };
        Some(Self { nonce, content: signed(&key["mCipherText"])?, algorithm: text(key, "mToken").to_owned() })
    }

    fn open(&self, key: &[u8; 32]) -> Result<Plain, CryptoError> {
        cipher::open_gcm(key, &self.nonce, self.algorithm.as_bytes(), &self.content)
    }
}

/// The key of all secrets.
struct Master {
    hash: Hash,
    rounds: u32,
    salt: Vec<u8>,
    sealed: Sealed,
}

impl Master {
    fn read(master: &str) -> Option<Self> {
        let master = Json::parse(master).ok()?;
        let master = master.value();
        Some(Self {
            hash: match text(master, "mAlgorithm") {
                "PBKDF2withHmacSHA1" => Hash::Sha1,
                "PBKDF2withHmacSHA512" => Hash::Sha512,
                _ => return None,
            },
            rounds: master["mIterations"].as_u64().and_then(|rounds| u32::try_from(rounds).ok())?,
            salt: signed(&master["mSalt"])?,
            sealed: Sealed::read(&master["mEncryptedKey"])?,
        })
    }

    fn open(&self, passphrase: &Secret) -> Result<kdf::Key<32>, CryptoError> {
        let wrap = kdf::pbkdf2(self.hash, passphrase, &self.salt, self.rounds)?;
        let key = self.sealed.open(&wrap)?;
        <[u8; 32]>::try_from(&**key).map(Zeroizing::new).map_err(|_| CryptoError::Damaged)
    }
}

/// A token as far as its two entries are there. They are read one by one: all of their trees at
/// once would be many times as large as the file.
#[derive(Default)]
struct Token {
    rest: Option<Zeroizing<String>>,
    secret: Option<Sealed>,
}

/// The tokens in `pairs`, in their order. Entries that are no tokens are the app's settings.
fn tokens(pairs: Vec<java::Pair>) -> Vec<Token> {
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut tokens: Vec<Token> = Vec::new();
    for (key, text) in pairs.into_iter().filter(|(key, _)| key != MASTER) {
        let id = key.strip_suffix("-token");
        let tree = if id.is_none() { Json::parse(&text).ok() } else { None };
        let sealed = tree.as_ref().and_then(|tree| tree.value()["key"].as_str());
        if id.is_none() && sealed.is_none() {
            continue;
        }
        let place = *places.entry(id.unwrap_or(&key).to_owned()).or_insert(tokens.len());
        if place == tokens.len() {
            tokens.push(Token::default());
        }
        let Some(token) = tokens.get_mut(place) else { continue };
        match sealed {
            Some(sealed) => token.secret = Json::parse(sealed).ok().and_then(|key| Sealed::read(key.value())),
            None => token.rest = Some(text),
        }
    }
    tokens
}

impl Token {
    fn add(&self, key: &[u8; 32], place: Place, batch: &mut Batch) -> Result<(), ImportError> {
        let Some(rest) = self.rest.as_ref().and_then(|rest| Json::parse(rest).ok()) else {
            return batch.skip(place, String::new(), SkipReason::Malformed);
        };
        let secret = self.secret.as_ref().and_then(|sealed| sealed.open(key).ok());
        let secret = secret.map_or(Key::Unreadable, |plain| Key::Bytes(Secret::new(plain.to_vec())));
        let algorithm = self.secret.as_ref().map(|sealed| sealed.algorithm.as_str());
        read(rest.value(), secret, algorithm.unwrap_or_default(), place, batch)
    }
}
