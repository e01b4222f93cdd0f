//! `FreeOTP` 1, `FreeOTP+` and `FreeOTP` 2. They carry everything.

use otp::crypto::{cipher, kdf};
use otp::secret::Secret;
use serde_json::{Value, json};

use super::{Export, golden, preferences};
use crate::vectors::Vector;

const PASSPHRASE: &str = "amber quiet loom";

pub(super) fn exports() -> Vec<Export> {
    let accounts = golden(|_| true);
    let names = accounts.iter().map(|vector| format!("{}:{}", vector.issuer, vector.name));
    let tokens = || accounts.iter().map(|vector| token(vector, Some(&vector.key())));
    let plus = json!({ "tokenOrder": names.clone().collect::<Vec<_>>(), "tokens": tokens().collect::<Vec<_>>() });
    let mut texts: Vec<_> = names.clone().zip(tokens().map(|token| token.to_string())).collect();
    texts.insert(1, ("tokenOrder".into(), json!(names.collect::<Vec<_>>()).to_string()));
    texts.insert(2, ("Nobody:broken".into(), "{\"algo\":".into()));
    let texts: Vec<_> = texts.iter().map(|(name, text)| (name.as_str(), text.clone())).collect();
    let backup = |file, android6| Export {
        skipped: vec![" – the entry is damaged", "Lost:key – the entry is damaged"],
        ..Export::new("freeotp", file, backup(&accounts, android6), &accounts).locked(PASSPHRASE)
    };
    vec![
        Export::new("freeotp", "freeotp-plus.json", plus.to_string().into_bytes(), &accounts),
        Export {
            skipped: vec!["Nobody:broken – the entry is damaged"],
            ..Export::new("freeotp", "freeotp-1.xml", preferences::file(&texts), &accounts)
        },
        backup("freeotp-2.xml", false),
        backup("freeotp-2-android-6.xml", true),
    ]
}

/// A token, with its secret in it or not.
fn token(vector: &Vector, secret: Option<&[u8]>) -> Value {
    let kind = if vector.kind == "hotp" { "HOTP" } else { "TOTP" };
    let mut token = json!({
        "algo": vector.algorithm, "digits": vector.digits, "issuerExt": vector.issuer,
        "issuerInt": vector.issuer, "label": vector.name, "type": kind,
    });
    token[if vector.kind == "hotp" { "counter" } else { "period" }] = vector.moving.into();
    if let Some(secret) = secret {
        token["secret"] = signed(secret);
    }
    // The names as they came are kept beside the edited ones.
    if vector.issuer == "GitHub" {
        token["labelAlt"] = vector.name.as_str().into();
        token["label"] = "octo".into();
    }
    token
}

/// Bytes as Java counts them.
fn signed(bytes: &[u8]) -> Value {
    bytes.iter().map(|byte| Value::from(byte.cast_signed())).collect()
}

/// A backup, with the hash and the form of parameters of Android 6 or of later versions, and few
/// rounds to keep tests quick.
fn backup(accounts: &[Vector], android6: bool) -> Vec<u8> {
    let (salt, master, rounds) = ([7; 32], [5; 32], 10);
    let (hash, name) =
        if android6 { (kdf::Hash::Sha1, "PBKDF2withHmacSHA1") } else { (kdf::Hash::Sha512, "PBKDF2withHmacSHA512") };
    let wrap = kdf::pbkdf2(hash, &Secret::from_text(PASSPHRASE.into()), &salt, rounds).unwrap();
    let master_key = json!({
        "mAlgorithm": name, "mIterations": rounds, "mSalt": signed(&salt),
        "mEncryptedKey": sealed(&wrap, &master, "AES", android6),
    });
    let mut pairs = vec![("masterKey".to_owned(), master_key.to_string())];
    for (vector, number) in accounts.iter().zip(1..) {
        let algorithm = format!("Hmac{}", vector.algorithm);
        let key = sealed(&master, &vector.key(), &algorithm, android6).to_string();
        let mut rest = token(vector, None);
        if android6 {
            // Some versions leave it to the key.
            rest.as_object_mut().unwrap().remove("algo");
        }
        pairs.push((format!("id-{number}"), json!({ "key": key }).to_string()));
        pairs.push((format!("id-{number}-token"), rest.to_string()));
    }
    let key = sealed(&master, b"nobody's", "HmacSHA1", android6).to_string();
    pairs.push(("id-no-token".into(), json!({ "key": key }).to_string()));
    pairs.push(("id-no-key-token".into(), json!({ "issuerExt": "Lost", "label": "key", "type": "TOTP" }).to_string()));
    pairs.push(("tokenOrder".into(), "[]".into()));
    java(&pairs, android6)
}

fn sealed(key: &[u8; 32], plain: &[u8], algorithm: &str, android6: bool) -> Value {
    let nonce = [9; 12];
    let content = cipher::seal_gcm(key, &nonce, algorithm.as_bytes(), plain).unwrap();
    let octets = [&[4, 12][..], &nonce].concat();
    let sequence = [&[0x30, 17][..], &octets, &[2, 1, 16]].concat();
    json!({
        "mCipher": "AES/GCM/NoPadding", "mCipherText": signed(&content), "mToken": algorithm,
        "mParameters": signed(if android6 { &octets } else { &sequence }),
    })
}

/// A serialised `java.util.HashMap` of texts.
fn java(pairs: &[(String, String)], android6: bool) -> Vec<u8> {
    let mut bytes = b"\xac\xed\0\x05sr\0\x11java.util.HashMap\x05\x07\xda\xc1\xc3\x16\x60\xd1\x03".to_vec();
    bytes.extend(if android6 { &b"\0\x01F\0\x0aloadFactor"[..] } else { b"\0\x02F\0\x0aloadFactorI\0\x09threshold" });
    bytes.extend(b"xp\x3f\x40\0\0");
    if !android6 {
        bytes.extend(48_u32.to_be_bytes());
    }
    bytes.extend(b"w\x08\0\0\0\x40");
    bytes.extend(u32::try_from(pairs.len()).unwrap().to_be_bytes());
    for text in pairs.iter().flat_map(|(key, text)| [key, text]) {
        // No text of ours has anything beyond 16 bits, where Java's UTF-8 would be another one.
        bytes.push(b't');
        bytes.extend(u16::try_from(text.len()).unwrap().to_be_bytes());
        bytes.extend(text.as_bytes());
    }
    bytes.push(b'x');
    bytes
}
