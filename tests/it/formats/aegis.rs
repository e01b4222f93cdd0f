//! Aegis: plain, and under a password. It carries everything.

use otp::crypto::{cipher, kdf};
use otp::secret::Secret;
use serde_json::{Value, json};

use super::{Export, golden, line, plain};
use crate::vectors::Vector;

const PASSPHRASE: &str = "coral unruly plow";

pub(super) fn exports() -> Vec<Export> {
    let accounts = golden(|_| true);
    let entries: Vec<Value> = accounts.iter().map(entry).collect();
    let db = json!({ "version": 3, "entries": entries, "groups": [{ "uuid": "g1", "name": "Money" }] });
    let header = json!({ "slots": null, "params": null });
    let plain_file = json!({ "version": 1, "header": header, "db": db });
    let mut expected: Vec<String> = accounts.iter().map(|vector| line(&plain(vector))).collect();
    let mut first = plain(&accounts[0]);
    first.extras.tags = vec!["Money".into()];
    first.extras.note = "joint account".into();
    first.extras.favorite = true;
    expected[0] = line(&first);
    let remarks = vec!["1 icon is not carried over"];
    let export = |file, bytes| {
        let expected = expected.clone();
        Export { expected, remarks: remarks.clone(), ..Export::new("aegis", file, bytes, &[]) }
    };
    vec![
        export("aegis-plain.json", plain_file.to_string().into_bytes()),
        export("aegis-locked.json", locked(&db.to_string())).locked(PASSPHRASE),
    ]
}

fn entry(vector: &Vector) -> Value {
    let mut info = json!({ "secret": vector.secret, "algo": vector.algorithm, "digits": vector.digits });
    let moving = if vector.kind == "hotp" { "counter" } else { "period" };
    info[moving] = vector.moving.into();
    let first = vector.issuer == "Binance.com";
    json!({
        "type": vector.kind, "uuid": "", "name": vector.name, "issuer": vector.issuer, "info": info,
        "note": if first { "joint account" } else { "" }, "favorite": first,
        "icon": if first { Value::from("PHN2Zy8+") } else { Value::Null },
        "groups": if first { json!(["g1", "nobody"]) } else { json!([]) },
    })
}

/// The content under a slot of another password and one of ours, at a low cost to keep tests quick.
fn locked(db: &str) -> Vec<u8> {
    let (master, nonce) = ([5; 32], [6; 12]);
    let slot = |passphrase: &str, salt: [u8; 32]| {
        let key = kdf::scrypt(&Secret::from_text(passphrase.into()), &salt, 1 << 10, 8, 1).unwrap();
        let sealed = cipher::seal_gcm(&key, &nonce, b"", &master).unwrap();
        let (key, tag) = sealed.split_at(32);
        json!({
            "type": 1, "salt": hex(&salt), "n": 1 << 10, "r": 8, "p": 1,
            "key": hex(key), "key_params": { "nonce": hex(&nonce), "tag": hex(tag) },
        })
    };
    let sealed = cipher::seal_gcm(&master, &nonce, b"", db.as_bytes()).unwrap();
    let (content, tag) = sealed.split_at(sealed.len() - 16);
    let slots = json!([slot("another one", [1; 32]), { "type": 2 }, slot(PASSPHRASE, [2; 32])]);
    let header = json!({ "slots": slots, "params": { "nonce": hex(&nonce), "tag": hex(tag) } });
    json!({ "version": 1, "header": header, "db": super::base64(content) }).to_string().into_bytes()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
