//! TOTP Authenticator: its backup with and without an own password, and its preferences. It has
//! neither counters nor any algorithm but SHA-1.

use otp::crypto::cipher;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{Export, golden, line, plain, preferences};
use crate::vectors::Vector;

const PASSPHRASE: &str = "birch sunny ledge";

pub(super) fn exports() -> Vec<Export> {
    let accounts = golden(|vector| vector.kind == "totp" && vector.algorithm == "SHA1");
    let mut entries: Vec<Value> = accounts.iter().zip([16, 32, 64].into_iter().cycle()).map(entry).collect();
    entries.push(json!({ "name": "broken", "issuer": "Nobody", "key": "AA", "base": "85" }));
    let list = Value::from(entries).to_string();
    let mut first = plain(&accounts[0]);
    first.extras.favorite = true;
    let export = |file, bytes| {
        let mut export = Export::new("totp-authenticator", file, bytes, &accounts);
        export.expected[0] = line(&first);
        Export { skipped: vec!["Nobody:broken – the entry is damaged"], ..export }
    };
    vec![
        export("totp-authenticator.encrypt", backup(&list, "TotpAuthenticator")),
        export("totp-authenticator-locked.encrypt", backup(&list, PASSPHRASE)).locked(PASSPHRASE),
        export("totp-authenticator.xml", preferences::file(&[("STATIC_TOTP_CODES_LIST", list)])),
    ]
}

fn entry((vector, base): (&Vector, u32)) -> Value {
    let key = match base {
        16 => vector.key().iter().fold(String::new(), |digits, byte| digits + &format!("{byte:02X}")),
        32 => vector.secret.clone(),
        _ => super::base64(&vector.key()),
    };
    json!({
        "name": vector.name, "issuer": if vector.issuer.is_empty() { "Unknown" } else { &vector.issuer },
        "key": key, "base": base, "digits": vector.digits.to_string(),
        "period": if base == 64 { String::new() } else { vector.moving.to_string() },
        "isFavorite": vector.issuer == "Binance.com", "iconPath": "", "source": 0,
    })
}

fn backup(list: &str, passphrase: &str) -> Vec<u8> {
    let mut object = json!({});
    object[list] = "".into();
    let key = Sha256::digest(passphrase.as_bytes()).into();
    super::base64(&cipher::seal_cbc(&key, &[0; 16], object.to_string().as_bytes())).into_bytes()
}
