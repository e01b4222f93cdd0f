//! `OTPClient`: the plain list, and the database under a password. It carries everything.

use otp::crypto::kdf::{self, Argon2Cost};
use otp::secret::Secret;
use serde_json::{Value, json};

use super::{Export, golden, line, plain};
use crate::vectors::Vector;

const PASSPHRASE: &str = "saffron pebble loom";

pub(super) fn exports() -> Vec<Export> {
    let accounts = golden(|_| true);
    let mut expected: Vec<String> = accounts.iter().map(|vector| line(&plain(vector))).collect();
    let mut first = plain(&accounts[0]);
    first.extras.tags = vec!["Money".into()];
    expected[0] = line(&first);
    let list = json!(accounts.iter().map(item).collect::<Vec<Value>>()).to_string();
    let export = |file, bytes| Export { expected: expected.clone(), ..Export::new("otpclient", file, bytes, &[]) };
    let locked = export("otpclient.enc", locked(&list)).locked(PASSPHRASE);
    vec![export("otpclient.json", list.into_bytes()), locked]
}

fn item(vector: &Vector) -> Value {
    let kind = if vector.kind == "hotp" { "HOTP" } else { "TOTP" };
    let moving = if vector.kind == "hotp" { "counter" } else { "period" };
    let mut item = json!({
        "type": kind, "label": vector.name, "issuer": vector.issuer, "digits": vector.digits,
        "algo": vector.algorithm, "secret": vector.secret,
        "group": if vector.issuer == "Binance.com" { "Money" } else { "" },
    });
    item[moving] = vector.moving.into();
    item
}

fn locked(list: &str) -> Vec<u8> {
    use aes_gcm::aead::consts::U16;
    use aes_gcm::aead::{Aead as _, Payload};
    use aes_gcm::{AesGcm, KeyInit as _};
    let (nonce, salt) = ([7; 16], [9; 32]);
    let cost = Argon2Cost { memory: 64, passes: 1, lanes: 1 };
    let key = kdf::argon2id::<32>(&Secret::from_text(PASSPHRASE.into()), &salt, cost).unwrap();
    let [version, passes, memory, lanes] = [3, cost.passes, cost.memory, cost.lanes].map(u32::to_be_bytes);
    let header = [&b"OTPClient"[..], &version, &nonce, &salt, &passes, &memory, &lanes].concat();
    let cipher = AesGcm::<aes::Aes256, U16>::new((&*key).into());
    let sealed = cipher.encrypt(&nonce.into(), Payload { msg: list.as_bytes(), aad: &header }).unwrap();
    [header, sealed].concat()
}
