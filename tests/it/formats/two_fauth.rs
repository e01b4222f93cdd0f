//! 2FAuth. It carries everything but icons.

use serde_json::{Value, json};

use super::{Export, golden};
use crate::vectors::Vector;

pub(super) fn exports() -> Vec<Export> {
    let accounts = golden(|_| true);
    let data: Vec<Value> = accounts.iter().map(item).collect();
    let tree = json!({ "app": "2fauth_v5.0.0", "schema": 1, "datetime": "", "data": data });
    let export = Export::new("2fauth", "2fauth.json", tree.to_string().into_bytes(), &accounts);
    vec![Export { remarks: vec!["1 icon is not carried over"], ..export }]
}

fn item(vector: &Vector) -> Value {
    let kind = if vector.kind == "steam" { "steamtotp" } else { &vector.kind };
    let (period, counter) = match &*vector.kind {
        "hotp" => (Value::Null, json!(vector.moving)),
        _ => (json!(vector.moving), Value::Null),
    };
    json!({
        "otp_type": kind, "account": vector.name, "service": vector.issuer, "secret": vector.secret,
        "icon": if vector.issuer == "Binance.com" { json!("binance.png") } else { Value::Null },
        "digits": vector.digits, "algorithm": vector.algorithm.to_lowercase(), "period": period, "counter": counter,
        "legacy_uri": vector.uri(),
    })
}
