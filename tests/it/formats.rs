//! Every format we read, on exports of the golden accounts that a generator of ours makes: one file
//! a format in `formats/`, its files in `fixtures/formats/`.
//!
//! A format that loses something says what: `carries` tells which of the golden accounts it can
//! hold, and `as_carried` how an account looks after it passed through.

use std::fs;

use otp::import::{self, Batch, FORMATS, Imported, Opened, Source};
use otp::secret::Secret;
use otp::text::Lang;
use zeroize::Zeroizing;

use super::fixtures;
use super::vectors::{self, Vector};

mod aegis;
mod age_file;
mod andotp;
mod andotp_encrypted;
mod authenticator_extension;
mod authenticator_plus;
mod authy;
mod authy_dump;
mod battlenet;
mod bitwarden;
mod csv;
pub(crate) mod databases;
mod duo;
mod ente;
mod freeotp;
pub(crate) mod hostile;
mod html;
pub(crate) mod keepass;
mod keeper;
mod lastpass;
mod managers;
mod notes;
mod otp_auth_ios;
mod otp_json;
mod otp_sheet;
mod otpclient;
pub(crate) mod pdf;
mod preferences;
mod proton;
mod raivo;
mod rsc_2fa;
mod spreadsheet;
mod steam;
mod stratum;
mod totp_authenticator;
mod two_fas;
mod two_fauth;
mod winauth;
mod zip;
pub(crate) mod zips;

/// An export that the generator makes.
pub(crate) struct Export {
    /// The name under `fixtures/formats/`.
    pub(crate) file: &'static str,
    /// The id of its format.
    pub(crate) format: &'static str,
    /// What opens it.
    pub(crate) passphrase: Option<&'static str>,
    pub(crate) bytes: Vec<u8>,
    /// The accounts that have to come out, in order, as `line` spells them.
    pub(crate) expected: Vec<String>,
    /// Files that have to lie beside it.
    pub(crate) beside: Vec<(&'static str, Vec<u8>)>,
    /// Entries that cannot be imported and have to be named: `label – reason`.
    pub(crate) skipped: Vec<&'static str>,
    /// What has to be said about the whole source.
    pub(crate) remarks: Vec<&'static str>,
}

impl Export {
    /// An export of the `accounts` with nothing odd about it.
    pub(crate) fn new(format: &'static str, file: &'static str, bytes: Vec<u8>, accounts: &[Vector]) -> Self {
        let expected = accounts.iter().map(|vector| line(&plain(vector))).collect();
        let (beside, skipped, remarks) = (Vec::new(), Vec::new(), Vec::new());
        Self { file, format, passphrase: None, bytes, expected, beside, skipped, remarks }
    }

    /// The same, locked.
    pub(crate) fn locked(self, passphrase: &'static str) -> Self {
        Self { passphrase: Some(passphrase), ..self }
    }
}

/// Every export.
pub(crate) fn all() -> Vec<Export> {
    let exports = [
        aegis::exports(),
        age_file::exports(),
        andotp::exports(),
        andotp_encrypted::exports(),
        authenticator_extension::exports(),
        authenticator_plus::exports(),
        authy::exports(),
        authy_dump::exports(),
        battlenet::exports(),
        bitwarden::exports(),
        csv::exports(),
        databases::exports(),
        duo::exports(),
        ente::exports(),
        freeotp::exports(),
        html::exports(),
        keepass::exports(),
        keeper::exports(),
        lastpass::exports(),
        managers::exports(),
        notes::exports(),
        otp_auth_ios::exports(),
        otp_json::exports(),
        otp_sheet::exports(),
        otpclient::exports(),
        pdf::exports(),
        proton::exports(),
        raivo::exports(),
        rsc_2fa::exports(),
        spreadsheet::exports(),
        steam::exports(),
        stratum::exports(),
        totp_authenticator::exports(),
        two_fas::exports(),
        two_fauth::exports(),
        winauth::exports(),
        zip::exports(),
    ];
    exports.into_iter().flatten().collect()
}

/// The golden account of `vector` with nothing else known about it.
pub(crate) fn plain(vector: &Vector) -> Imported {
    Imported {
        account: vector.account(),
        place: import::Place::item(1),
        notes: Vec::new(),
        extras: import::Extras::default(),
    }
}

/// Everything that is known of an account, in one line.
pub(crate) fn line(entry: &Imported) -> String {
    let pin = entry.account.pin().and_then(Secret::expose_text).unwrap_or_default();
    let extras = &entry.extras;
    let account = super::import::line(&entry.account);
    format!("{account} pin={pin} tags={:?} note={:?} favorite={}", extras.tags, extras.note, extras.favorite)
}

fn open(export: &Export) -> Batch {
    let beside = |name: &str| {
        let found = export.beside.iter().find(|(file, _)| *file == name);
        found.map(|(_, bytes)| Zeroizing::new(bytes.clone()))
    };
    let source = Source::new(&export.bytes).with(&beside);
    let mut opened = import::open(&source).unwrap_or_else(|error| panic!("{}: {error:?}", export.file));
    loop {
        match opened {
            Opened::Batch(batch) => return batch,
            Opened::Locked(locked) => {
                let passphrase = export.passphrase.unwrap_or_else(|| panic!("{} is locked", export.file));
                let wrong = locked.unlock(&Secret::from_text("not this one".into())).unwrap_err();
                assert!(matches!(wrong, import::ImportError::WrongPassphrase { .. }), "{}: {wrong:?}", export.file);
                opened = locked.unlock(&Secret::from_text(passphrase.into())).unwrap();
            }
        }
    }
}

#[test]
fn every_format_gives_the_golden_accounts() {
    let exports = all();
    for export in &exports {
        let batch = open(export);
        let found: Vec<_> = batch.accounts.iter().map(line).collect();
        assert_eq!(found, export.expected, "{}", export.file);
        let say = |text: otp::text::Text| text.say(Lang::English);
        let skipped: Vec<_> =
            batch.skipped.iter().map(|entry| format!("{} – {}", entry.label, say(entry.reason.text()))).collect();
        assert_eq!(skipped, export.skipped, "{}", export.file);
        let remarks: Vec<_> = batch.remarks.into_iter().chain(batch.asides).map(say).collect();
        assert_eq!(remarks, export.remarks, "{}", export.file);
    }
    let elsewhere = ["google-migration", "picture", "uri-list"];
    for format in FORMATS.iter().map(|format| format.id()).filter(|id| !elsewhere.contains(id)) {
        assert!(exports.iter().any(|export| export.format == format), "{format} has no fixture");
    }
}

#[test]
fn every_export_has_exactly_one_taker() {
    for export in all() {
        let beside = |name: &str| {
            let found = export.beside.iter().find(|(file, _)| *file == name);
            found.map(|(_, bytes)| Zeroizing::new(bytes.clone()))
        };
        let source = Source::new(&export.bytes).with(&beside);
        let takers = |general: bool| {
            let takers = FORMATS.iter().filter(|format| format.is_general() == general && format.recognizes(&source));
            takers.map(|format| format.id()).collect::<Vec<_>>()
        };
        let (particular, general) = (takers(false), takers(true));
        let taken = if particular.is_empty() { &general } else { &particular };
        assert_eq!(taken, &[export.format], "{}", export.file);
        assert!(general.len() <= 1, "{}: {general:?}", export.file);
    }
}

/// Hands `export` to `take` cut off at about as many `places`, and with a bit changed there.
fn damage(export: &Export, places: usize, take: impl Fn(&[u8])) {
    let step = (export.bytes.len() / places).max(1);
    for place in (0..export.bytes.len()).step_by(step) {
        take(&export.bytes[..place]);
        let mut changed = export.bytes.clone();
        changed[place] ^= 1 << (place % 8);
        take(&changed);
    }
}

/// Whatever is left of an export, or changed in it, is read or refused and never ends in a panic.
#[test]
fn damaged_exports_never_panic() {
    for export in all() {
        // Every place of a small file, about two hundred of a large one; drawing pages takes a while.
        let places = if export.format == "pdf" { 10 } else { 200 };
        damage(&export, places, |bytes| drop(import::open(&Source::new(bytes))));
    }
}

/// The same behind the passphrase, at fewer places, because each try costs a derivation of the key.
#[test]
fn damaged_exports_never_panic_when_they_are_unlocked() {
    for export in all() {
        let Some(passphrase) = export.passphrase else { continue };
        let beside = |name: &str| {
            let found = export.beside.iter().find(|(file, _)| *file == name);
            found.map(|(_, bytes)| Zeroizing::new(bytes.clone()))
        };
        damage(&export, 8, |bytes| {
            if let Ok(Opened::Locked(locked)) = import::open(&Source::new(bytes).with(&beside)) {
                let _ = locked.unlock(&Secret::from_text(passphrase.into()));
            }
        });
    }
}

#[test]
fn the_exports_are_what_the_generator_makes() {
    let write = std::env::var_os("OTP_WRITE_FIXTURES").is_some_and(|value| value == "1");
    for export in all() {
        for (file, bytes) in
            [(export.file, &export.bytes)].into_iter().chain(export.beside.iter().map(|(f, b)| (*f, b)))
        {
            let path = fixtures::path(&format!("formats/{file}"));
            if write {
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(&path, bytes).unwrap();
            }
            let found = fs::read(&path).unwrap_or_default();
            assert!(&found == bytes, "{file} differs; OTP_WRITE_FIXTURES=1 writes it");
        }
    }
}

/// The fixture `file` as it is, or made with `make` where there is none: for what has random salts.
/// That its content is right, the accounts in it show.
pub(crate) fn kept(file: &str, make: impl FnOnce() -> Vec<u8>) -> Vec<u8> {
    fs::read(fixtures::path(&format!("formats/{file}"))).unwrap_or_else(|_| make())
}

/// The golden accounts that `carries` says a format can hold.
pub(crate) fn golden(carries: impl Fn(&Vector) -> bool) -> Vec<Vector> {
    vectors::all().into_iter().filter(carries).collect()
}

/// `bytes` in standard base64.
pub(crate) fn base64(bytes: &[u8]) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(bytes)
}
