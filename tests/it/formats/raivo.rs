//! Raivo OTP: its list, and the zip archive in which the app locked it. It has TOTP and HOTP.

use serde_json::{Value, json};

use super::zips::zip;
use super::{Export, golden, line, plain};
use crate::vectors::Vector;

const PASSPHRASE: &str = "coral unruly plow";

pub(super) fn exports() -> Vec<Export> {
    let accounts = golden(|vector| vector.kind != "steam");
    let mut expected: Vec<String> = accounts.iter().map(|vector| line(&plain(vector))).collect();
    let mut first = plain(&accounts[0]);
    first.extras.favorite = true;
    expected[0] = line(&first);
    let list: Vec<Value> = accounts.iter().map(item).collect();
    let list = json!(list).to_string();
    let archive = zip(
        &[("raivo-otp-export.html", b"<html></html>"), ("raivo-otp-export.json", list.as_bytes())],
        Some(PASSPHRASE),
    );
    let remarks = vec!["1 icon is not carried over"];
    let export = |format, file, bytes| {
        let (expected, remarks) = (expected.clone(), remarks.clone());
        Export { expected, remarks, ..Export::new(format, file, bytes, &[]) }
    };
    vec![
        export("raivo", "raivo-otp-export.json", list.into_bytes()),
        export("raivo-zip", "raivo.zip", archive).locked(PASSPHRASE),
    ]
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
