//! Authy's preferences, plain and under a backup password. Authy has SHA-1 and 30 seconds only, and
//! 10 seconds for its own tokens.

use otp::account::{Account, Algorithm, Kind, Parts};
use otp::crypto::kdf::Hash;
use otp::crypto::{cipher, kdf};
use otp::import::Imported;
use otp::secret::Secret;
use serde_json::{Value, json};

use super::{Export, golden, line, plain, preferences};
use crate::vectors::Vector;

const PASSPHRASE: &str = "hazel tidy spoon";

pub(super) fn exports() -> Vec<Export> {
    let accounts = golden(|vector| vector.kind == "totp" && vector.algorithm == "SHA1" && vector.moving == 30);
    let own = json!([{ "name": "Example Corp", "secretSeed": "000102030405060708090a0b0c0d0e0f", "digits": 7 }]);
    let export = |file, tokens: Vec<Value>| {
        let ordinary = ("com.authy.storage.tokens.authenticator.key", json!(tokens).to_string());
        let texts = [ordinary, ("com.authy.storage.tokens.authy.key", own.to_string())];
        let mut export = Export::new("authy", file, preferences::file(&texts), &accounts);
        export.expected.push(line(&Imported { account: own_account(), ..plain(&accounts[0]) }));
        export
    };
    let mut locked: Vec<Value> = accounts.iter().map(|vector| token(vector, true)).collect();
    locked.push(json!({ "originalName": "Nobody:broken", "encryptedSecret": "AAAA", "salt": "s" }));
    let locked = Export {
        skipped: vec!["Nobody:broken – the entry is damaged"],
        ..export("authy-locked.xml", locked).locked(PASSPHRASE)
    };
    vec![export("authy-plain.xml", accounts.iter().map(|vector| token(vector, false)).collect()), locked]
}

fn token(vector: &Vector, locked: bool) -> Value {
    let mut token = json!({
        "accountType": "authenticator", "digits": vector.digits, "originalIssuer": vector.issuer,
        "originalName": format!("{}:{}", vector.issuer, vector.name), "name": "as shown", "hidden": false,
    });
    if locked {
        let salt = format!("salt of {}", vector.name);
        let passphrase = Secret::from_text(PASSPHRASE.into());
        let key = kdf::pbkdf2(Hash::Sha1, &passphrase, salt.as_bytes(), 1000).unwrap();
        let sealed = cipher::seal_cbc(&key, &[0; 16], vector.secret.as_bytes());
        token["salt"] = salt.into();
        token["encryptedSecret"] = super::base64(&sealed).into();
    } else {
        token["decryptedSecret"] = vector.secret.to_lowercase().into();
    }
    token
}

fn own_account() -> Account {
    Account::new(Parts {
        issuer: String::new(),
        name: "Example Corp".into(),
        kind: Kind::Totp { period: 10 },
        algorithm: Algorithm::Sha1,
        digits: 7,
        secret: Secret::new((0..16).collect()),
        pin: None,
    })
    .unwrap()
}
