//! The list of Raivo OTP, and its archive under the master password. It has TOTP and HOTP.

use serde_json::{Value, json};

use super::zips::zip;
use super::{Export, golden, line, plain};
use crate::vectors::Vector;

pub(super) fn exports() -> Vec<Export> {
    let accounts = golden(|vector| vector.kind != "steam");
    let mut expected: Vec<String> = accounts.iter().map(|vector| line(&plain(vector))).collect();
    let mut first = plain(&accounts[0]);
    first.extras.favorite = true;
    expected[0] = line(&first);
    let list: Vec<Value> = accounts.iter().map(item).collect();
    let list = json!(list).to_string().into_bytes();
    let sealed = zip(&[("raivo-otp-export.json", &list)], Some("master password"));
    let exports = [
        Export::new("raivo", "raivo-otp-export.json", list, &[]),
        Export::new("raivo-zip", "raivo-otp-export.zip", sealed, &[]).locked("master password"),
    ];
    let whole = |export| Export { expected: expected.clone(), remarks: vec!["1 icon is not carried over"], ..export };
    exports.map(whole).into()
}

fn item(vector: &Vector) -> Value {
    let first = vector.issuer == "Binance.com";
    let is_hotp = vector.kind == "hotp";
    json!({
        "issuer": vector.issuer, "account": vector.name, "secret": vector.secret, "algorithm": vector.algorithm,
        "digits": vector.digits.to_string(), "kind": vector.kind.to_uppercase(), "pinned": first.to_string(),
        "timer": if is_hotp { "30".to_owned() } else { vector.moving.to_string() },
        "counter": if is_hotp { vector.moving.to_string() } else { "0".to_owned() },
        "iconType": "", "iconValue": if first { "binance.png" } else { "" },
    })
}
