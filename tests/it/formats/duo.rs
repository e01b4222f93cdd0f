//! Duo Mobile. It has one name, no settings, and mostly accounts without codes.

use serde_json::{Value, json};

use super::{Export, golden};
use crate::vectors::Vector;

pub(super) fn exports() -> Vec<Export> {
    let usual = |vector: &Vector| vector.algorithm == "SHA1" && vector.digits == 6 && vector.kind != "steam";
    let accounts = golden(usual);
    let mut items: Vec<Value> = accounts.iter().map(item).collect();
    items.insert(0, json!({ "accountType": "DuoAccount", "name": "Example Corp", "pkey": "p" }));
    let export = Export::new("duo", "duo.json", json!(items).to_string().into_bytes(), &accounts);
    vec![Export { skipped: vec!["Example Corp – it approves sign-ins in its own app and has no codes"], ..export }]
}

fn item(vector: &Vector) -> Value {
    let mut generator = json!({ "otpSecret": vector.secret });
    if vector.kind == "hotp" {
        generator["counter"] = vector.moving.into();
    }
    let name =
        if vector.issuer.is_empty() { vector.name.clone() } else { format!("{}:{}", vector.issuer, vector.name) };
    json!({ "accountType": "OtpAccount", "name": name, "otpGenerator": generator, "pkey": "p" })
}
