//! Proton Authenticator: plain, and under a password. It has no HOTP.

use otp::crypto::cipher;
use otp::crypto::kdf::{self, Argon2Cost};
use otp::secret::Secret;
use serde_json::{Value, json};

use super::{Export, base64, golden, line, plain};
use crate::vectors::Vector;

const PASSPHRASE: &str = "pepper anchor dune";

pub(super) fn exports() -> Vec<Export> {
    let accounts = golden(|vector| vector.kind != "hotp");
    let mut expected: Vec<String> = accounts.iter().map(|vector| line(&plain(vector))).collect();
    let mut first = plain(&accounts[0]);
    first.extras.note = "joint account".into();
    expected[0] = line(&first);
    let mut entries: Vec<Value> = accounts.iter().map(entry).collect();
    entries.push(json!({ "content": { "uri": "otpauth://totp/Shop:x?secret=1", "entry_type": "Totp", "name": "y" } }));
    let tree = json!({ "version": 1, "entries": entries }).to_string();
    let export = |file, bytes| Export {
        expected: expected.clone(),
        skipped: vec!["Shop:y – the key in it has a symbol that no key has"],
        ..Export::new("proton", file, bytes, &[])
    };
    let locked = export("proton-locked.json", locked(&tree)).locked(PASSPHRASE);
    vec![export("proton-plain.json", tree.into_bytes()), locked]
}

fn entry(vector: &Vector) -> Value {
    let (uri, kind) = match &*vector.kind {
        "steam" => (format!("steam://{}", vector.secret), "Steam"),
        // The name beside the address is newer than the one in its label.
        _ => (vector.uri().replace("hanako%40example.jp", "old"), "Totp"),
    };
    let note = (vector.issuer == "Binance.com").then_some("joint account");
    json!({ "id": "", "content": { "uri": uri, "entry_type": kind, "name": vector.name }, "note": note })
}

fn locked(tree: &str) -> Vec<u8> {
    let (salt, nonce) = ([2; 16], [3; 12]);
    let cost = Argon2Cost { memory: 19_456, passes: 2, lanes: 1 };
    let key = kdf::argon2id(&Secret::from_text(PASSPHRASE.into()), &salt, cost).unwrap();
    let bound = b"proton.authenticator.export.v1";
    let content = [&nonce[..], &cipher::seal_gcm(&key, &nonce, bound, tree.as_bytes()).unwrap()].concat();
    json!({ "version": 1, "salt": base64(&salt), "content": base64(&content) }).to_string().into_bytes()
}
