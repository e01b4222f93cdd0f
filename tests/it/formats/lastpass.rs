//! `LastPass` Authenticator. It has TOTP only, and accounts that only approve sign-ins.

use serde_json::{Value, json};

use super::{Export, golden, line, plain};
use crate::vectors::Vector;

pub(super) fn exports() -> Vec<Export> {
    let accounts = golden(|vector| vector.kind == "totp");
    let mut expected: Vec<String> = accounts.iter().map(|vector| line(&plain(vector))).collect();
    let mut first = plain(&accounts[0]);
    first.extras.tags = vec!["Money".into()];
    first.extras.favorite = true;
    expected[0] = line(&first);
    let mut items: Vec<Value> = accounts.iter().map(item).collect();
    items.push(json!({ "issuerName": "LastPass", "userName": "taro", "pushNotification": true, "secret": "" }));
    let folders = [(0, "Other accounts"), (1, "Favorites"), (2, "Money")];
    let folders: Vec<Value> = folders.iter().map(|(id, name)| json!({ "id": id, "name": name })).collect();
    let tree = json!({ "version": 3, "deviceId": "", "accounts": items, "folders": folders });
    let export = Export::new("lastpass", "lastpass.json", tree.to_string().into_bytes(), &[]);
    let skipped = vec!["LastPass:taro – it approves sign-ins in its own app and has no codes"];
    vec![Export { expected, skipped, ..export }]
}

fn item(vector: &Vector) -> Value {
    let first = vector.issuer == "Binance.com";
    json!({
        "issuerName": vector.issuer, "originalIssuerName": "before", "userName": vector.name,
        "originalUserName": "before", "secret": vector.secret, "timeStep": vector.moving, "digits": vector.digits,
        "algorithm": vector.algorithm, "isFavorite": first, "pushNotification": false,
        "folderData": { "folderId": if first { 2 } else { 0 }, "position": 0 },
    })
}
