//! Ente Auth: text, and the same under a password. It carries everything; an entry in its trash is
//! left out.

use crypto_secretstream::aead::rand_core::{self, CryptoRng, RngCore};
use crypto_secretstream::{PushStream, Tag};
use otp::crypto::kdf::{self, Argon2Cost};
use otp::secret::Secret;
use serde_json::json;

use super::{Export, base64, golden, line, plain};
use crate::vectors::Vector;

const PASSPHRASE: &str = "lantern copper vine";

pub(super) fn exports() -> Vec<Export> {
    let accounts = golden(|_| true);
    let mut expected: Vec<String> = accounts.iter().map(|vector| line(&plain(vector))).collect();
    let mut first = plain(&accounts[0]);
    first.extras.tags = vec!["Money".into(), "日本".into()];
    first.extras.note = "joint account".into();
    first.extras.favorite = true;
    expected[0] = line(&first);
    let trashed = accounts[1].uri() + "&codeDisplay=%7B%22trashed%22%3Atrue%7D";
    let damaged = accounts[2].uri() + "&codeDisplay=%7B%22trashed";
    let mut lines: Vec<String> = accounts.iter().map(address).collect();
    lines[2] = damaged;
    lines.insert(1, trashed);
    let text = lines.join("\n");
    let remarks = vec!["1 entry in the app's own trash is left out", "1 icon is not carried over"];
    let export = |file, bytes| {
        let (expected, remarks) = (expected.clone(), remarks.clone());
        Export { expected, remarks, ..Export::new("ente", file, bytes, &[]) }
    };
    let locked = export("ente-locked.txt", locked(&text)).locked(PASSPHRASE);
    vec![export("ente-plain.txt", text.into_bytes()), locked]
}

/// The address as Ente writes it, `+` for blanks in what it knows of the first account.
fn address(vector: &Vector) -> String {
    let display = match &*vector.issuer {
        "Binance.com" => {
            "%7B%22pinned%22%3Atrue%2C%22trashed%22%3Afalse%2C%22tags%22%3A%5B%22Money%22%2C%22%E6%97%A5%E6%9C%AC%22\
             %5D%2C%22note%22%3A%22joint+account%22%2C%22iconID%22%3A%22binance%22%7D"
        }
        _ => "%7B%22pinned%22%3Afalse%2C%22trashed%22%3Afalse%2C%22tags%22%3A%5B%5D%2C%22note%22%3A%22%22%7D",
    };
    format!("{}&codeDisplay={display}", vector.uri())
}

fn locked(text: &str) -> Vec<u8> {
    let salt = [3; 16];
    let cost = Argon2Cost { memory: 64, passes: 1, lanes: 1 };
    let key = kdf::argon2id(&Secret::from_text(PASSPHRASE.into()), &salt, cost).unwrap();
    let (header, mut stream) = PushStream::init(Fixed, &(*key).into());
    let mut content = text.as_bytes().to_vec();
    stream.push(&mut content, &[], Tag::Final).unwrap();
    let tree = json!({
        "version": 1, "kdfParams": { "memLimit": 64 * 1024, "opsLimit": 1, "salt": base64(&salt) },
        "encryptedData": base64(&content), "encryptionNonce": base64(header.as_ref()),
    });
    tree.to_string().into_bytes()
}

/// The same numbers each time, because a fixture must not change.
struct Fixed;

impl RngCore for Fixed {
    fn next_u32(&mut self) -> u32 {
        9
    }

    fn next_u64(&mut self) -> u64 {
        9
    }

    fn fill_bytes(&mut self, bytes: &mut [u8]) {
        bytes.fill(9);
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), rand_core::Error> {
        bytes.fill(9);
        Ok(())
    }
}

impl CryptoRng for Fixed {}
