//! Stratum: plain, and under a password in the new and in the old way. It carries everything,
//! Mobile-OTP and Yandex too.

use otp::account::{Account, Algorithm, Kind, Parts};
use otp::crypto::kdf::{Argon2Cost, Hash};
use otp::crypto::{cipher, kdf};
use otp::import::Imported;
use otp::secret::Secret;
use serde_json::{Value, json};

use super::{Export, golden, line, plain};
use crate::vectors::{self, Vector};

const PASSPHRASE: &str = "velvet crane inlet";

pub(super) fn exports() -> Vec<Export> {
    let accounts = golden(|_| true);
    let mut entries: Vec<Value> = accounts.iter().map(entry).collect();
    entries.extend(with_pin());
    let backup = json!({
        "Authenticators": entries,
        "Categories": [{ "Id": "c1", "Name": "Money", "Ranking": 0 }, { "Id": "c2", "Name": "Empty", "Ranking": 1 }],
        "AuthenticatorCategories": [
            { "CategoryId": "c1", "AuthenticatorSecret": accounts[0].secret, "Ranking": 0 },
            { "CategoryId": "c9", "AuthenticatorSecret": accounts[1].secret, "Ranking": 0 },
        ],
        "CustomIcons": [{ "Id": "5aec08af", "Data": "AAAA" }],
    });
    let backup = backup.to_string().into_bytes();
    let export = |file, bytes| Export {
        expected: expected(&accounts),
        skipped: vec!["Company VPN:nobody – the address asks for a kind of code that nobody knows"],
        remarks: vec!["1 icon is not carried over"],
        ..Export::new("stratum", file, bytes, &[])
    };
    vec![
        export("stratum-plain.stratum", backup.clone()),
        export("stratum-strong.stratum", strong(&backup)).locked(PASSPHRASE),
        export("stratum-legacy.authpro", legacy(&backup)).locked(PASSPHRASE),
    ]
}

fn entry(vector: &Vector) -> Value {
    let kind = match &*vector.kind {
        "hotp" => 1,
        "steam" => 4,
        _ => 2,
    };
    let algorithm = ["SHA1", "SHA256", "SHA512"].iter().position(|name| *name == vector.algorithm);
    let mut entry = json!({
        "Type": kind, "Icon": "@5aec08af", "Issuer": vector.issuer, "Username": vector.name, "Pin": null,
        "Secret": vector.secret, "Algorithm": algorithm, "Digits": vector.digits, "Period": 30, "Counter": 0,
        "Ranking": 0, "CopyCount": 0,
    });
    entry[if kind == 1 { "Counter" } else { "Period" }] = vector.moving.into();
    entry
}

const MOTP: &str = "e3152afee62599c8";
/// 16 bytes, as Stratum keeps of a Yandex key.
const YANDEX: &str = "LA2V6KMCGYMWWVEW64RNP3JA3I";

/// The kinds that take a PIN, and one that nobody knows.
fn with_pin() -> [Value; 3] {
    let entry = |kind, issuer, name, secret, pin| {
        json!({
            "Type": kind, "Issuer": issuer, "Username": name, "Secret": secret, "Pin": pin,
            "Algorithm": 0, "Digits": 6, "Period": 10, "Counter": 0,
        })
    };
    [
        entry(3, "Company VPN", "taro", MOTP, "1234"),
        entry(5, "Yandex", "taro", YANDEX, "7586"),
        entry(9, "Company VPN", "nobody", MOTP, ""),
    ]
}

fn expected(accounts: &[Vector]) -> Vec<String> {
    let mut first = plain(&accounts[0]);
    first.extras.tags = vec!["Money".into()];
    let golden = accounts.iter().skip(1).map(plain);
    let motp = (Kind::Motp, Algorithm::Md5, 6, MOTP.as_bytes().to_vec(), "1234");
    let yandex = (Kind::Yandex, Algorithm::Sha256, 8, vectors::base32(YANDEX), "7586");
    let with_pin = [("Company VPN", motp), ("Yandex", yandex)].map(|(issuer, parts)| {
        let (kind, algorithm, digits, secret, pin) = parts;
        let (issuer, name, secret) = (issuer.into(), "taro".into(), Secret::new(secret));
        let pin = Some(Secret::from_text(pin.into()));
        let account = Account::new(Parts { issuer, name, kind, algorithm, digits, secret, pin }).unwrap();
        Imported { account, ..plain(&accounts[0]) }
    });
    [first].into_iter().chain(golden).chain(with_pin).map(|entry| line(&entry)).collect()
}

fn strong(backup: &[u8]) -> Vec<u8> {
    let (salt, nonce) = ([3; 16], [4; 12]);
    // The format leaves no choice of its cost.
    let cost = Argon2Cost { memory: 65_536, passes: 3, lanes: 4 };
    let key = kdf::argon2id(&Secret::from_text(PASSPHRASE.into()), &salt, cost).unwrap();
    let sealed = cipher::seal_gcm(&key, &nonce, b"", backup).unwrap();
    [b"AUTHENTICATORPRO", &salt[..], &nonce, &sealed].concat()
}

fn legacy(backup: &[u8]) -> Vec<u8> {
    let (salt, iv) = ([5; 20], [6; 16]);
    let key = kdf::pbkdf2(Hash::Sha1, &Secret::from_text(PASSPHRASE.into()), &salt, 64_000).unwrap();
    [b"AuthenticatorPro", &salt[..], &iv, &cipher::seal_cbc(&key, &iv, backup)].concat()
}
