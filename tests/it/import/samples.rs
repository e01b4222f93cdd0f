//! Real exports of other apps, where the folder `../shared` has them.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::{Batch, ImportError, line, open};
use otp::account::{Account, Algorithm, Kind, Parts};
use otp::secret::Secret;

/// The samples and what is expected of each; `None`, said aloud, where there are none.
fn samples() -> Option<(PathBuf, Value)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/samples");
    let Ok(text) = std::fs::read_to_string(folder.join("expected.json")) else {
        println!("NOT CHECKED: no samples of other apps in {}", folder.display());
        return None;
    };
    Some((folder, serde_json::from_str(&text).unwrap()))
}

/// Every sample of the formats `key-uri` and `google-migration`, all fields.
#[test]
fn samples_of_other_apps_are_read_exactly() {
    let Some((folder, expected)) = samples() else { return };
    let mut files = 0;
    for (name, expected) in expected.as_object().unwrap() {
        if !["key-uri", "google-migration"].contains(&expected["format"].as_str().unwrap()) {
            continue;
        }
        files += 1;
        let found = open(&std::fs::read(folder.join(name)).unwrap());
        compare(name, found, expected["entries"].as_array().unwrap());
    }
    assert_eq!(files, 21);
}

fn compare(name: &str, found: Result<Batch, ImportError>, entries: &[Value]) {
    let (bad, good): (Vec<_>, Vec<_>) = entries.iter().partition(|entry| entry["type"] == "error");
    if name == "google-migration/bad-content.txt" {
        assert_eq!(found.unwrap_err(), ImportError::Unknown);
        return;
    }
    let batch = found.unwrap();
    let found: Vec<_> = batch.accounts.iter().map(|entry| line(&entry.account)).collect();
    let expected: Vec<_> = good.into_iter().map(|entry| line(&account(entry))).collect();
    assert_eq!(found, expected, "{name}");
    let labels: Vec<_> = batch.skipped.iter().map(|entry| entry.label.as_str()).collect();
    let expected: Vec<_> = match name {
        // Files of which nothing can be read: their one entry is reported, and has no name.
        "google-migration/bad-data.txt" | "key-uri/qr-not-otp.png" => vec![""],
        // A web address is named by what it is.
        _ => bad
            .iter()
            .map(|entry| entry["name"].as_str().unwrap())
            .map(|n| if n == "not-otp" { "" } else { n })
            .collect(),
    };
    assert_eq!(labels, expected, "{name}");
}

fn account(entry: &Value) -> Account {
    let text = |field: &str| entry[field].as_str().unwrap().to_owned();
    let kind = match &*text("type") {
        "hotp" => Kind::Hotp { counter: entry["counter"].as_u64().unwrap() },
        "steam" => Kind::Steam,
        _ => Kind::Totp { period: entry["period"].as_u64().unwrap().try_into().unwrap() },
    };
    let secret = Secret::new(super::super::vectors::base32(&text("secret")));
    let digits = entry["digits"].as_u64().unwrap().try_into().unwrap();
    let algorithm = Algorithm::parse(&text("algorithm")).unwrap();
    Account::new(Parts { issuer: text("issuer"), name: text("name"), kind, algorithm, digits, secret }).unwrap()
}
