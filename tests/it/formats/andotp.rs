//! andOTP: the plain list. It carries everything.

use otp::account::{Account, Algorithm, Kind, Parts};
use otp::secret::Secret;
use serde_json::{Value, json};

use super::{Export, golden, line, plain};
use crate::vectors::Vector;

pub(super) fn exports() -> Vec<Export> {
    let export = Export::new("andotp", "andotp.json", list().to_string().into_bytes(), &[]);
    vec![Export { expected: expected(), ..export }]
}

/// The list, with an account of an old backup and a Mobile-OTP one at its end.
pub(super) fn list() -> Value {
    let mut items: Vec<Value> = golden(|_| true).iter().map(item).collect();
    let first = golden(|_| true).remove(0);
    let label = format!("{} - {}", first.issuer, first.name);
    items.push(json!({ "secret": first.secret, "label": label, "type": "TOTP", "algorithm": "SHA1", "tags": [] }));
    // The base32 of `e3152afee62599c8`.
    let secret = "MUZTCNJSMFTGKZJWGI2TSOLDHA======";
    items.push(json!({ "secret": secret, "issuer": "Old", "label": "bank", "type": "MOTP", "algorithm": "MD5" }));
    items.into()
}

pub(super) fn expected() -> Vec<String> {
    let accounts = golden(|_| true);
    let mut expected: Vec<String> = accounts.iter().map(|vector| line(&plain(vector))).collect();
    let mut first = plain(&accounts[0]);
    expected.push(line(&first));
    first.extras.tags = vec!["Money".into(), "Work".into()];
    expected[0] = line(&first);
    first.extras.tags = Vec::new();
    first.account = Account::new(Parts {
        issuer: "Old".into(),
        name: "bank".into(),
        kind: Kind::Motp,
        algorithm: Algorithm::Md5,
        digits: 6,
        secret: Secret::from_text("e3152afee62599c8".into()),
        pin: None,
    })
    .unwrap();
    expected.push(line(&first));
    expected
}

fn item(vector: &Vector) -> Value {
    let tags = if vector.issuer == "Binance.com" { json!(["Money", "Work"]) } else { json!([]) };
    let mut item = json!({
        "secret": format!("{}======", vector.secret), "issuer": vector.issuer, "label": vector.name,
        "digits": vector.digits, "type": vector.kind.to_uppercase(), "algorithm": vector.algorithm,
        "thumbnail": "Default", "last_used": 0, "used_frequency": 0, "tags": tags,
    });
    let moving = if vector.kind == "hotp" { "counter" } else { "period" };
    item[moving] = vector.moving.into();
    item
}
