//! KeePass: version 4, written by a crate, and version 3.1, put together here. Both carry everything.
//!
//! What the crate writes has random salts, so its file is made once and kept.

use aes::Aes256;
use aes::cipher::{BlockCipherEncrypt as _, KeyInit as _};
use keepass::config::{InnerCipherConfig, KdfConfig, OuterCipherConfig};
use keepass::db::{EntryMut, GroupId, fields};
use keepass::{Database, DatabaseKey};
use otp::crypto::cipher;
use sha2::{Digest as _, Sha256};

use super::{Export, golden, kept, line, plain};
use crate::vectors::Vector;

pub(crate) const PASSPHRASE: &str = "coral unruly plow";

pub(super) fn exports() -> Vec<Export> {
    let accounts = golden(|_| true);
    let expected = |tags: &[&str]| {
        let entry = |vector: &Vector| {
            let mut entry = plain(vector);
            entry.extras.tags = tags.iter().map(|tag| (*tag).to_owned()).collect();
            line(&entry)
        };
        accounts.iter().map(entry).collect()
    };
    let four = |file, cipher: fn() -> OuterCipherConfig| {
        let bytes = kept(file, || version_4(&accounts, cipher()));
        let remarks = vec!["1 entry in the app's own trash is left out"];
        let expected = expected(&["Money", "株"]);
        Export { expected, remarks, ..Export::new("keepass", file, bytes, &[]) }.locked(PASSPHRASE)
    };
    let three = version_3(&xml(&accounts), 10);
    let three = Export::new("keepass", "keepass-3.kdbx", three, &accounts).locked(PASSPHRASE);
    vec![
        four("keepass-4-aes.kdbx", || OuterCipherConfig::AES256),
        four("keepass-4-chacha20.kdbx", || OuterCipherConfig::ChaCha20),
        four("keepass-4-twofish.kdbx", || OuterCipherConfig::Twofish),
        three,
    ]
}

/// A database with every account in a group within a group, each field in another way, an older
/// state of the first and one account in the recycle bin.
fn version_4(accounts: &[Vector], cipher: OuterCipherConfig) -> Vec<u8> {
    let mut database = Database::new();
    database.config.outer_cipher_config = cipher;
    database.config.inner_cipher_config = InnerCipherConfig::ChaCha20;
    // At a low cost, to keep tests quick.
    if let KdfConfig::Argon2 { iterations, memory, parallelism, .. } = &mut database.config.kdf_config {
        (*iterations, *memory, *parallelism) = (1, 64 * 1024, 1);
    }
    let mut root = database.root_mut();
    let mut money = root.add_group();
    money.name = "Money".into();
    let mut stocks = money.add_group();
    stocks.name = "株".into();
    for vector in accounts {
        fill(&mut stocks.add_entry(), vector);
    }
    let mut first = stocks.add_entry();
    first.set_unprotected(fields::TITLE, "no codes");
    first.set_protected(fields::PASSWORD, "hunter2");
    let mut root = database.root_mut();
    let mut bin = root.add_group();
    bin.name = "Recycle Bin".into();
    let id: GroupId = bin.id();
    fill(&mut bin.add_entry(), &accounts[0]);
    database.meta.recyclebin_enabled = Some(true);
    database.meta.recyclebin_uuid = Some(id.uuid());
    let mut bytes = Vec::new();
    database.save(&mut bytes, DatabaseKey::new().with_password(PASSPHRASE)).unwrap();
    bytes
}

/// The fields of KeePass itself where they can say it, KeeOtp's, and an address.
fn fill(entry: &mut EntryMut<'_>, vector: &Vector) {
    entry.set_unprotected(fields::TITLE, vector.issuer.as_str());
    entry.set_unprotected(fields::USERNAME, vector.name.as_str());
    for (name, value) in own_fields(vector) {
        entry.set_protected(name, value);
    }
}

fn own_fields(vector: &Vector) -> Vec<(&'static str, String)> {
    let secret = vector.secret.clone();
    match (&*vector.kind, &*vector.issuer) {
        ("hotp", _) => vec![("HmacOtp-Secret-Base32", secret), ("HmacOtp-Counter", vector.moving.to_string())],
        ("steam", _) => vec![("TOTP Seed", secret), ("TOTP Settings", "30;S".into())],
        (_, "Kraken") => vec![
            ("TimeOtp-Secret-Base64", super::base64(&vector.key())),
            ("TimeOtp-Algorithm", format!("HMAC-{}", vector.algorithm.replace("SHA", "SHA-"))),
            ("TimeOtp-Length", vector.digits.to_string()),
            ("TimeOtp-Period", vector.moving.to_string()),
        ],
        (_, "Coincheck") => vec![("otp", format!("key={secret}&size=6&step=30"))],
        (_, "bitFlyer") => vec![("TOTP Seed", secret), ("TOTP Settings", "30;6".into())],
        (_, "GitHub") => vec![("TimeOtp-Secret-Base32", secret)],
        _ => vec![("otp", vector.uri())],
    }
}

/// A database of version 3.1 with the content `xml`, not packed, no value protected. It states
/// `rounds`; at most ten are done.
pub(crate) fn version_3(xml: &str, rounds: u64) -> Vec<u8> {
    let (seed, iv, start) = ([1; 32], [2; 16], [3; 32]);
    let mut bytes = b"\x03\xd9\xa2\x9a\x67\xfb\x4b\xb5\x01\0\x03\0".to_vec();
    let aes = b"\x31\xc1\xf2\xe6\xbf\x71\x43\x50\xbe\x58\x05\x21\x6a\xfc\x5a\xff";
    let fields: [(u8, &[u8]); 10] = [
        (2, aes),
        (3, &[0; 4]),
        (4, &seed),
        (5, &[4; 32]),
        (6, &rounds.to_le_bytes()),
        (7, &iv),
        (8, &[5; 32]),
        (9, &start),
        (10, &[2, 0, 0, 0]),
        (0, b"\r\n\r\n"),
    ];
    for (id, value) in fields {
        bytes.push(id);
        bytes.extend(u16::try_from(value.len()).unwrap().to_le_bytes());
        bytes.extend(value);
    }
    let block = |index: u32, data: &[u8]| {
        let digest: [u8; 32] = if data.is_empty() { [0; 32] } else { Sha256::digest(data).into() };
        let length = u32::try_from(data.len()).unwrap().to_le_bytes();
        [&index.to_le_bytes(), digest.as_slice(), &length, data].concat()
    };
    let content = [start.as_slice(), &block(0, xml.as_bytes()), &block(1, b"")].concat();
    let key: [u8; 32] = Sha256::digest([seed.as_slice(), &transformed(rounds.min(10))].concat()).into();
    bytes.extend(cipher::seal_cbc(&key, &iv, &content));
    bytes
}

fn transformed(rounds: u64) -> [u8; 32] {
    let mut key: [u8; 32] = Sha256::digest(Sha256::digest(PASSPHRASE)).into();
    let cipher = Aes256::new(&[4; 32].into());
    for _ in 0..rounds {
        let (halves, _) = key.as_chunks_mut::<16>();
        for half in halves {
            cipher.encrypt_block(half.into());
        }
    }
    Sha256::digest(key).into()
}

fn xml(accounts: &[Vector]) -> String {
    let escape = |text: &str| text.replace('&', "&amp;").replace('+', "&#x2B;");
    let string = |key: &str, value: &str| format!("<String><Key>{key}</Key><Value>{}</Value></String>", escape(value));
    let entry = |vector: &Vector| {
        let uri = string("otp", &vector.uri());
        let history =
            format!("<History><Entry>{}</Entry></History>", string("otp", "otpauth://totp/older?secret=AAAA"));
        format!("<Entry><UUID>AA==</UUID>{}{uri}{history}</Entry>", string("Title", &vector.issuer))
    };
    let entries: String = accounts.iter().map(entry).collect();
    let head = "<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>\r\n<KeePassFile><Meta>\
        <RecycleBinEnabled>True</RecycleBinEnabled><RecycleBinUUID>AAAA</RecycleBinUUID></Meta><Root><Group>\
        <UUID>BB==</UUID><Name>Root</Name>";
    format!("{head}{entries}</Group></Root></KeePassFile>")
}
