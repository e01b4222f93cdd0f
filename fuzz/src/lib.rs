//! What is tried on every parser, for the fuzzer and for the tests (`tests/it/parsers.rs`) alike:
//! that it comes to an end without a panic, and that whatever it takes can be kept and read again.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use otp::account::{Account, AccountId};
use otp::crypto;
use otp::import::{self, Opened, Source};
use otp::secret::Secret;
use otp::store::index::Index;
use otp::store::{StoreError, item};
use otp::{qr, uri};

/// The formats of imports by what they look like. PDF files are drawn by a program of its own.
pub const GROUPS: [(&str, &[&str]); 6] = [
    ("text", &["battlenet", "csv", "google-migration", "html", "otp-sheet", "rsc-2fa", "text", "uri-list"]),
    (
        "json",
        &[
            "2fas",
            "2fauth",
            "aegis",
            "andotp",
            "authenticator-extension",
            "authy-dump",
            "bitwarden",
            "duo",
            "ente",
            "keeper",
            "lastpass",
            "otp-json",
            "otpclient",
            "proton",
            "raivo",
            "steam",
        ],
    ),
    ("preferences", &["authy", "freeotp", "otp-auth-ios", "totp-authenticator"]),
    ("database", &["authenticator-plus-database", "google-database", "microsoft", "stratum-database"]),
    ("archive", &["1password", "authenticator-plus", "proton-pass", "raivo-zip", "spreadsheet", "winauth", "zip"]),
    ("binary", &["age", "andotp-encrypted", "keepass", "pdf", "picture", "stratum"]),
];

/// An `otpauth://` address.
pub fn address(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let _ = uri::find(text);
    let _ = uri::names_in(text);
    if let Ok(parsed) = uri::parse(text) {
        can_be_kept(&parsed.account);
    }
}

/// The payload of a Google transfer.
pub fn transfer(data: &[u8]) {
    let payload = STANDARD.encode(data).replace('+', "%2B").replace('/', "%2F").replace('=', "%3D");
    import_as("google-migration", format!("otpauth-migration://offline?data={payload}").as_bytes());
}

/// A source that is said to be each of the formats in `group`, and one that is not said to be anything.
pub fn import(group: &str, data: &[u8]) {
    let formats = GROUPS.iter().filter(|(name, _)| *name == group).flat_map(|(_, formats)| *formats);
    for format in formats.filter(|format| **format != "pdf") {
        import_as(format, data);
    }
    if import::recognize(&Source::new(data)).is_some_and(|format| format.id() != "pdf") {
        taken(import::open(&Source::new(data)));
    }
}

fn import_as(format: &str, data: &[u8]) {
    if let Some(format) = import::format(format) {
        taken(import::open_as(format, &Source::new(data)));
    }
}

fn taken(opened: Result<Opened, import::ImportError>) {
    if let Ok(Opened::Batch(batch)) = opened {
        batch.accounts.iter().for_each(|entry| can_be_kept(&entry.account));
    }
}

/// A picture with QR codes.
pub fn picture(data: &[u8]) {
    let _ = qr::read(data);
}

/// The list of accounts.
pub fn index(data: &[u8]) {
    if let Ok(Some(index)) = Index::parse(data) {
        assert_eq!(Index::parse(&index.to_bytes()), Ok(Some(index)), "an index changes when it is written");
    }
}

/// An encrypted file, and the keys of one.
pub fn age(data: &[u8]) {
    let passphrase = Secret::from_text("velvet acorn stair".to_owned());
    // Next to no work, or the fuzzer would only ever find files that take long.
    let _ = crypto::age::open(&passphrase, data, 1);
    let _ = crypto::age::Identity::parse(&Secret::new(data.to_vec()));
    let _ = std::str::from_utf8(data).map(crypto::age::Recipient::parse);
}

/// Whatever comes in, the store takes and gives back (`security.md` R1.6).
fn can_be_kept(account: &Account) {
    let (Some(id), Some(vault)) = (AccountId::parse(&"07".repeat(16)), AccountId::parse(&"1f".repeat(16))) else {
        return;
    };
    let line = item::encode(account, id, vault);
    let back = line.and_then(|line| item::decode(line.secret(), id).ok_or(StoreError::NotKept));
    let same = back.map(|(back, _)| back.gives_same_codes(account));
    assert_eq!(same, Ok(true), "{} {} {} cannot be kept", account.kind().id(), account.issuer(), account.name());
}
