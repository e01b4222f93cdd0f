//! Bitwarden's JSON: plain, and under a password with either way to make the key. It has no HOTP,
//! and keeps addresses, bare keys and `steam://` keys side by side.

use otp::crypto::cipher;
use otp::crypto::kdf::{self, Argon2Cost, Hash};
use otp::secret::Secret;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::{Export, base64, golden, line, plain};
use crate::vectors::Vector;

const PASSPHRASE: &str = "orbit maple quill";
const SALT: &str = "c2FsdCBhcyB0ZXh0";

pub(super) fn exports() -> Vec<Export> {
    let accounts = golden(|vector| vector.kind != "hotp");
    let mut expected: Vec<String> = accounts.iter().map(|vector| line(&plain(vector))).collect();
    let mut first = plain(&accounts[0]);
    first.extras.tags = vec!["Money".into(), "Family".into()];
    first.extras.favorite = true;
    expected[0] = line(&first);
    let mut items: Vec<Value> = accounts.iter().map(item).collect();
    items.push(json!({ "type": 2, "name": "no login", "notes": "nothing with codes" }));
    let tree = json!({
        "encrypted": false, "folders": [{ "id": "f1", "name": "Money" }],
        "collections": [{ "id": "c1", "name": "Family" }], "items": items,
    });
    let export = |file, tree: &Value| Export {
        expected: expected.clone(),
        remarks: vec!["1 note about a login is not carried over"],
        ..Export::new("bitwarden", file, tree.to_string().into_bytes(), &[])
    };
    let secret = Secret::from_text(PASSPHRASE.into());
    let pbkdf2 = kdf::pbkdf2(Hash::Sha256, &secret, SALT.as_bytes(), 1_000).unwrap();
    let cost = Argon2Cost { memory: 1024, passes: 1, lanes: 1 };
    let argon2 = kdf::argon2id(&secret, &Sha256::digest(SALT), cost).unwrap();
    let rounds = json!({ "kdfType": 0, "kdfIterations": 1_000, "kdfMemory": null, "kdfParallelism": null });
    let passes = json!({ "kdfType": 1, "kdfIterations": 1, "kdfMemory": 1, "kdfParallelism": 1 });
    vec![
        export("bitwarden-plain.json", &tree),
        export("bitwarden-pbkdf2.json", &locked(&tree, &pbkdf2, rounds)).locked(PASSPHRASE),
        export("bitwarden-argon2.json", &locked(&tree, &argon2, passes)).locked(PASSPHRASE),
    ]
}

fn item(vector: &Vector) -> Value {
    let first = vector.issuer == "Binance.com";
    let totp = match &*vector.issuer {
        "Steam" => format!("steam://{}", vector.secret),
        "GitHub" | "" => vector.secret.clone(),
        _ => vector.uri(),
    };
    json!({
        "type": 1, "name": vector.issuer, "notes": first.then_some("joint account"), "favorite": first,
        "folderId": first.then_some("f1"), "collectionIds": first.then_some(["c1"]),
        "login": { "username": vector.name, "password": "never read", "totp": totp },
    })
}

fn locked(tree: &Value, key: &kdf::Key<32>, mut cost: Value) -> Value {
    let iv = [4; 16];
    let content = cipher::seal_cbc(&kdf::expand(key, b"enc").unwrap(), &iv, tree.to_string().as_bytes());
    let mac = cipher::mac(&kdf::expand(key, b"mac").unwrap(), &[&iv, &content]).unwrap();
    cost["encrypted"] = true.into();
    cost["passwordProtected"] = true.into();
    cost["salt"] = SALT.into();
    cost["data"] = format!("2.{}|{}|{}", base64(&iv), base64(&content), base64(&mac)).into();
    cost
}
