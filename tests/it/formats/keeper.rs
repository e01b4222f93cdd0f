//! Keeper: addresses in the fields of a password manager.

use serde_json::{Value, json};

use super::{Export, golden, line, plain};
use crate::vectors::Vector;

pub(super) fn exports() -> Vec<Export> {
    let accounts = golden(|_| true);
    let mut expected: Vec<String> = accounts.iter().map(|vector| line(&plain(vector))).collect();
    let mut first = plain(&accounts[0]);
    first.extras.tags = vec!["Money".into()];
    expected[0] = line(&first);
    let mut records: Vec<Value> = accounts.iter().map(record).collect();
    records.push(json!({ "title": "no codes", "custom_fields": { "$text": "never read" } }));
    let tree = json!({ "shared_folders": [], "records": records });
    let export = Export::new("keeper", "keeper.json", tree.to_string().into_bytes(), &[]);
    vec![Export { expected, ..export }]
}

fn record(vector: &Vector) -> Value {
    let first = vector.issuer == "Binance.com";
    json!({
        "title": vector.issuer, "login": vector.name, "password": "never read", "notes": "never read",
        "custom_fields": { "$oneTimeCode::1": vector.uri() },
        "folders": if first { json!([{ "folder": "Money" }]) } else { json!([]) },
    })
}
