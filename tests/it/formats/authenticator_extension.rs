//! The browser extension: plain, and encrypted in each of its three ways. It carries everything.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use otp::crypto::kdf::{self, Argon2Cost};
use otp::crypto::{cipher, openssl};
use otp::secret::Secret;
use serde_json::{Map, Value, json};

use super::{Export, base64, golden, line, plain};
use crate::vectors::Vector;

const PASSPHRASE: &str = "meadow violin crate";

pub(super) fn exports() -> Vec<Export> {
    let accounts = golden(|_| true);
    let mut expected: Vec<String> = accounts.iter().map(|vector| line(&plain(vector))).collect();
    let mut first = plain(&accounts[0]);
    first.extras.favorite = true;
    expected[0] = line(&first);
    let export = |file, tree: Map<String, Value>| {
        let bytes = Value::Object(tree).to_string().into_bytes();
        Export { expected: expected.clone(), ..Export::new("authenticator-extension", file, bytes, &[]) }
    };
    // The names say nothing about the order.
    let tree = |make: &dyn Fn(Value) -> Value| -> Map<String, Value> {
        let items = accounts.iter().enumerate().map(|(index, vector)| make(item(vector, index)));
        let last = accounts.len().max(100) - 1;
        items.enumerate().map(|(index, item)| (format!("{:02}", last - index), item)).collect()
    };
    let sealed_secret = |passphrase: &'static str| {
        move |mut item: Value| {
            item["secret"] = seal(passphrase, item["secret"].as_str().unwrap().as_bytes()).into();
            item["encrypted"] = true.into();
            item
        }
    };
    let mut by_key = tree(&sealed_secret("0b0b0b0b"));
    by_key.insert("key".into(), json!({ "enc": seal(PASSPHRASE, &[11; 4]), "hash": "not read" }));
    let (salt, cost) = ("salt as it is", Argon2Cost { memory: 19_456, passes: 2, lanes: 1 });
    let hash: kdf::Key<32> = kdf::argon2id(&Secret::from_text(PASSPHRASE.into()), salt.as_bytes(), cost).unwrap();
    let hash = STANDARD_NO_PAD.encode(*hash);
    let mut whole = tree(&|item| {
        let data = seal(&hash, item.to_string().as_bytes());
        json!({ "dataType": "EncOTPStorage", "keyId": "k", "data": data, "index": item["index"] })
    });
    whole.insert("k".into(), json!({ "dataType": "Key", "id": "k", "salt": salt, "hash": "not read" }));
    vec![
        export("authenticator-extension.json", tree(&|item| item)),
        export("authenticator-extension-secrets.json", tree(&sealed_secret(PASSPHRASE))).locked(PASSPHRASE),
        export("authenticator-extension-key.json", by_key).locked(PASSPHRASE),
        export("authenticator-extension-whole.json", whole).locked(PASSPHRASE),
    ]
}

fn item(vector: &Vector, index: usize) -> Value {
    // What it can say in more than one way: hexadecimal, prefixes, the web site behind the issuer.
    let hex = || vector.key().iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let (kind, secret) = match &*vector.issuer {
        "GitHub" => (json!("hex"), hex()),
        "Red Hat" => (json!(6), hex()),
        "Steam" => (json!("totp"), format!("stm-{}", vector.secret)),
        _ => (json!(vector.kind), vector.secret.clone()),
    };
    let first = vector.issuer == "Binance.com";
    let issuer = if first { "Binance.com::www.binance.com" } else { &vector.issuer };
    let moving = if vector.kind == "hotp" { "counter" } else { "period" };
    let mut item = json!({
        "account": vector.name, "issuer": issuer, "secret": secret, "type": kind, "digits": vector.digits,
        "algorithm": vector.algorithm, "encrypted": false, "hash": "h", "index": index, "pinned": first,
    });
    item[moving] = vector.moving.into();
    item
}

fn seal(passphrase: &str, plain: &[u8]) -> String {
    let salt = [5; 8];
    let (key, iv) = openssl::derive(&Secret::from_text(passphrase.into()), &salt);
    base64(&[openssl::MAGIC, &salt, &cipher::seal_cbc(&key, &iv, plain)].concat())
}
