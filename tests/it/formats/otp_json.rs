//! Our own JSON. It carries everything, exactly.

use serde_json::{Value, json};

use super::{Export, golden, line, plain};
use crate::vectors::Vector;

pub(super) fn exports() -> Vec<Export> {
    let accounts = golden(|_| true);
    let mut entries: Vec<Value> = accounts.iter().map(entry).collect();
    entries[0]["tags"] = json!(["money"]);
    entries[0]["note"] = "joint account".into();
    entries[0]["favorite"] = true.into();
    entries.push(json!({ "kind": "push", "issuer": "Newer", "name": "x", "secret": "AA" }));
    let file = json!({ "otp-export": 1, "accounts": entries, "of a newer version": true });
    let mut first = plain(&accounts[0]);
    first.extras.tags = vec!["money".into()];
    first.extras.note = "joint account".into();
    first.extras.favorite = true;
    let mut export = Export::new("otp-json", "otp.json", file.to_string().into_bytes(), &accounts);
    export.expected[0] = line(&first);
    export.skipped = vec!["Newer:x – the address asks for a kind of code that nobody knows"];
    vec![export]
}

fn entry(vector: &Vector) -> Value {
    let moving = if vector.kind == "hotp" { "counter" } else { "period" };
    let mut entry = json!({
        "issuer": vector.issuer, "name": vector.name, "kind": vector.kind, "secret": vector.secret,
        "algorithm": vector.algorithm, "digits": vector.digits,
    });
    entry[moving] = vector.moving.into();
    entry
}
