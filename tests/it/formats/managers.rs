//! Password managers whose exports are archives: 1Password and Proton Pass. Both keep addresses, so
//! they carry everything.

use serde_json::{Value, json};

use super::zips::zip;
use super::{Export, golden};
use crate::vectors::Vector;

pub(super) fn exports() -> Vec<Export> {
    vec![onepassword(), proton_pass()]
}

/// The address as managers keep it; for the usual settings a bare key, whose names are elsewhere.
fn key(vector: &Vector) -> String {
    let usual = vector.kind == "totp" && vector.algorithm == "SHA1" && vector.moving == 30;
    if usual && !vector.issuer.is_empty() { vector.secret.to_lowercase() } else { vector.uri() }
}

fn onepassword() -> Export {
    let accounts = golden(|_| true);
    let item = |title: &str, name: &str, state: &str, key: &str| {
        json!({
            "uuid": "x", "favIndex": 0, "state": state,
            "overview": { "title": title },
            "details": {
                "loginFields": [
                    { "value": "hunter2", "designation": "password" },
                    { "value": name, "designation": "username" },
                ],
                "sections": [{ "fields": [
                    { "title": "phone", "value": { "phone": "1" } },
                    { "title": "one-time password", "value": { "totp": key } },
                ]}],
            },
        })
    };
    let mut items: Vec<Value> =
        accounts.iter().map(|vector| item(&vector.issuer, &vector.name, "active", &key(vector))).collect();
    items.push(item("Old", "taro", "archived", &accounts[0].secret));
    items.push(item("Bad", "taro", "active", "JBSWY3DP1"));
    let data =
        json!({ "accounts": [{ "attrs": {}, "vaults": [{ "attrs": { "name": "Personal" }, "items": items }] }] });
    let attributes = json!({ "version": 3, "description": "1Password Unencrypted Export" });
    let bytes = zip(
        &[
            ("export.attributes", attributes.to_string().as_bytes()),
            ("export.data", data.to_string().as_bytes()),
            ("files/a__photo.png", b"\x89PNG\r\n\x1a\n"),
        ],
        None,
    );
    Export {
        skipped: vec!["Bad:taro – the key in it has a symbol that no key has"],
        remarks: vec!["1 entry in the app's own trash is left out", "1 attached file is not carried over"],
        ..Export::new("1password", "1password.1pux", bytes, &accounts)
    }
}

fn proton_pass() -> Export {
    let accounts = golden(|_| true);
    let item = |title: &str, name: &str, state: u8, main: &str, extra: &str| {
        json!({
            "state": state,
            "data": {
                "metadata": { "name": title, "note": "" },
                "extraFields": [{ "fieldName": "TOTP", "type": "totp", "data": { "totpUri": extra } }],
                "content": { "itemUsername": "", "itemEmail": name, "password": "hunter2", "totpUri": main },
            },
        })
    };
    let mut items: Vec<Value> = accounts
        .iter()
        .zip([true, false].into_iter().cycle())
        .map(|(vector, main)| {
            let key = key(vector);
            let (main, extra) = if main { (key.as_str(), "") } else { ("", key.as_str()) };
            item(&vector.issuer, &vector.name, 1, main, extra)
        })
        .collect();
    items.push(item("Old", "taro", 2, &accounts[0].secret, ""));
    items.push(item("Both", "taro", 1, "", "otpauth://totp/Nothing"));
    let data = json!({ "version": "1.31.0", "vaults": { "v==": { "name": "Personal", "items": items } } });
    let bytes = zip(&[("Proton Pass/data.json", data.to_string().as_bytes())], None);
    Export {
        skipped: vec!["Nothing – there is no key in it"],
        remarks: vec!["1 entry in the app's own trash is left out"],
        ..Export::new("proton-pass", "proton-pass.zip", bytes, &accounts)
    }
}
