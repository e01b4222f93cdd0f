//! 2FAS: plain, and under a password. It carries everything, and a title that it shows instead of
//! the issuer.

use otp::crypto::{cipher, kdf};
use otp::secret::Secret;
use serde_json::{Value, json};

use super::{Export, base64, golden, line, plain};
use crate::vectors::Vector;

const PASSPHRASE: &str = "walnut harbour tin";

pub(super) fn exports() -> Vec<Export> {
    let accounts = golden(|_| true);
    let services: Vec<Value> = accounts.iter().map(service).collect();
    let mut expected: Vec<String> = accounts.iter().map(|vector| line(&plain(vector))).collect();
    let mut first = plain(&accounts[0]);
    first.extras.tags = vec!["Money".into()];
    expected[0] = line(&first);
    let remarks = vec!["1 title of the app's own is not carried over; the name of the issuer is"];
    let export = |file, tree: &Value| {
        let (expected, remarks) = (expected.clone(), remarks.clone());
        Export { expected, remarks, ..Export::new("2fas", file, tree.to_string().into_bytes(), &[]) }
    };
    let groups = json!([{ "id": "g1", "name": "Money", "isExpanded": true }]);
    let plain = json!({ "schemaVersion": 4, "services": services, "groups": groups, "appOrigin": "ios" });
    let sealed = locked(&json!(services).to_string());
    let locked = json!({ "schemaVersion": 4, "services": [], "groups": groups, "servicesEncrypted": sealed });
    vec![export("2fas-plain.2fas", &plain), export("2fas-locked.2fas", &locked).locked(PASSPHRASE)]
}

fn service(vector: &Vector) -> Value {
    let first = vector.issuer == "Binance.com";
    let mut otp = json!({
        "account": vector.name, "issuer": vector.issuer, "digits": vector.digits, "algorithm": vector.algorithm,
        "tokenType": vector.kind.to_uppercase(), "source": "Manual",
    });
    let moving = if vector.kind == "hotp" { "counter" } else { "period" };
    otp[moving] = vector.moving.into();
    if vector.issuer == "Kraken" {
        // After a scan on iOS: what the app did not change stands in the address alone.
        let link = vector.uri().replace(&vector.secret, "[hidden]");
        otp = json!({ "link": link, "issuer": vector.issuer, "account": null, "tokenType": "TOTP" });
    }
    json!({
        "name": if first { "My coins" } else { &vector.issuer }, "secret": vector.secret.to_lowercase(), "otp": otp,
        "groupId": if first { json!("g1") } else { Value::Null },
    })
}

fn locked(services: &str) -> String {
    let (salt, nonce) = ([7; 256], [8; 12]);
    let key = kdf::pbkdf2(kdf::Hash::Sha256, &Secret::from_text(PASSPHRASE.into()), &salt, 10_000).unwrap();
    let sealed = cipher::seal_gcm(&key, &nonce, b"", services.as_bytes()).unwrap();
    [base64(&sealed), base64(&salt), base64(&nonce)].join(":")
}
