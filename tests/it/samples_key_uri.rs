//! Address lists that real apps exported, compared with what is expected of them.
//!
//! The samples stand beside the repository, because their licences are not ours.

#![allow(clippy::unwrap_used, reason = "a test's helper fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

use otp::account::{Account, Kind};
use otp::{key, uri};
use serde_json::Value;

use crate::loud::loudly;

#[test]
fn sample_lists_give_the_expected_accounts() {
    let samples = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/samples");
    let Ok(expected) = fs::read_to_string(samples.join("expected.json")) else {
        loudly("address lists were NOT compared: no `../shared/samples/expected.json`");
        return;
    };
    let expected: Value = serde_json::from_str(&expected).unwrap();
    let files = expected.as_object().unwrap().iter();
    let lists = files.filter(|(file, _)| file.starts_with("key-uri/") && is_text(file));
    let mut compared = 0;
    for (file, expected) in lists {
        let entries = expected["entries"].as_array().unwrap();
        let lines = fs::read_to_string(samples.join(file)).unwrap();
        let found = lines.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).map(read);
        let expected = entries.iter().map(expectation).collect::<Vec<_>>();
        assert_eq!(found.collect::<Vec<_>>(), expected, "{file}");
        compared += expected.len();
    }
    assert!(compared > 60, "only {compared} addresses were compared");
}

fn is_text(file: &str) -> bool {
    Path::new(file).extension().is_some_and(|extension| extension == "txt")
}

/// One line of a list, as [`expectation`] spells it.
fn read(line: &str) -> String {
    match uri::parse(uri::find(line).unwrap_or(line)) {
        Ok(parsed) => spell(&parsed.account),
        Err(_) => "error".to_owned(),
    }
}

fn spell(account: &Account) -> String {
    let (issuer, name, algorithm, digits) =
        (account.issuer(), account.name(), account.algorithm().id(), account.digits());
    let moving = match account.kind() {
        Kind::Hotp { counter } => counter,
        kind => kind.period().unwrap_or_default().into(),
    };
    let secret = key::write(account.secret());
    let secret = secret.expose_text().unwrap();
    format!("{} | {issuer} | {name} | {secret} | {algorithm} {digits} {moving}", account.kind().id())
}

fn expectation(entry: &Value) -> String {
    let text = |field: &str| entry[field].as_str().unwrap_or_default();
    if text("type") == "error" {
        return "error".to_owned();
    }
    let moving = entry["period"].as_u64().or(entry["counter"].as_u64()).unwrap();
    let (issuer, name, secret) = (text("issuer"), text("name"), text("secret"));
    // Compared as bytes: the list spells some secrets with bits that are left over.
    let secret = key::write(&uri::decode_secret(secret).unwrap());
    let secret = secret.expose_text().unwrap();
    let kind = text("type");
    format!("{kind} | {issuer} | {name} | {secret} | {} {} {moving}", text("algorithm"), entry["digits"])
}
