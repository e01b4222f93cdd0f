//! Authy: a dump from its servers, and the list that other tools write. Authy has SHA-1 and 30
//! seconds for ordinary accounts, and ten seconds for its own.

use otp::account::{Account, Algorithm, Kind, Parts};
use otp::crypto::{cipher, kdf};
use otp::secret::Secret;
use serde_json::{Value, json};

use super::{Export, base64, golden, line, plain};
use crate::vectors::Vector;

const PASSPHRASE: &str = "cobalt ferry moss";

pub(super) fn exports() -> Vec<Export> {
    let usual = |vector: &Vector| vector.algorithm == "SHA1" && vector.kind == "totp";
    let accounts = golden(usual);
    let list: Vec<Value> = accounts.iter().map(listed).collect();
    let mut expected: Vec<String> = accounts.iter().map(|vector| line(&plain(vector))).collect();
    let mut own = plain(&accounts[0]);
    own.account = Account::new(Parts {
        issuer: "Twitch".into(),
        name: String::new(),
        kind: Kind::Totp { period: 10 },
        algorithm: Algorithm::Sha1,
        digits: 7,
        secret: Secret::new(vec![0xab; 16]),
        pin: None,
    })
    .unwrap();
    expected.push(line(&own));
    let tokens: Vec<Value> = accounts.iter().map(token).collect();
    let apps = json!([{ "name": "Twitch", "secret_seed": "ab".repeat(16), "digits": 7 }]);
    let dump = json!({ "authenticator_tokens": tokens, "apps": apps, "success": true });
    let locked = Export::new("authy-dump", "authy-dump.json", dump.to_string().into_bytes(), &[]).locked(PASSPHRASE);
    vec![
        Export { expected, ..locked },
        Export::new("authy-dump", "authy-list.json", json!(list).to_string().into_bytes(), &accounts),
    ]
}

fn listed(vector: &Vector) -> Value {
    json!({ "name": vector.name, "secret": vector.secret, "uri": vector.uri() })
}

/// Most accounts as old dumps have them; one as a newer one does, with rounds and first block.
fn token(vector: &Vector) -> Value {
    let is_newer = vector.issuer == "GitHub";
    let (rounds, iv) = if is_newer { (2_000, [0x1f; 16]) } else { (1_000, [0; 16]) };
    let secret = Secret::from_text(PASSPHRASE.into());
    let key = kdf::pbkdf2(kdf::Hash::Sha1, &secret, b"salt as text", rounds).unwrap();
    let (original, name) = match &*vector.issuer {
        "" => (String::new(), vector.name.clone()),
        "Coincheck" => (vector.name.clone(), format!("{} - {}", vector.issuer, vector.name)),
        issuer => (format!("{issuer}:{}", vector.name), "My own title".to_owned()),
    };
    json!({
        "name": name, "original_name": original, "account_type": "authenticator", "digits": vector.digits,
        "salt": "salt as text", "encrypted_seed": base64(&cipher::seal_cbc(&key, &iv, vector.secret.as_bytes())),
        "key_derivation_iterations": is_newer.then_some(rounds), "unique_iv": is_newer.then(|| "1f".repeat(16)),
    })
}
