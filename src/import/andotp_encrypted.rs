//! andOTP (Android): encrypted backups, of both schemes.
//!
//! Nothing marks such a file: it is random bytes from the first to the last. So any file that looks
//! like that, and that no other format takes, may be one; only the passphrase shows whether it is.
//! Format: `formats.md` 13.

use crate::crypto::cipher::Plain;
use crate::crypto::{CryptoError, cipher, kdf};
use crate::secret::Secret;
use crate::text;
use crate::text::Text;

use super::json::Json;
use super::{Format, ImportError, Locked, Opened, Source, andotp};

const ID: &str = "andotp-encrypted";
/// The nonce, an empty list and the tag of the old scheme.
const FEWEST: usize = 30;
/// More than ten thousand accounts take.
const MOST: usize = 4 << 20;
/// The rounds that a file of the newer scheme may ask for; andOTP took about 150,000.
const ROUNDS: std::ops::RangeInclusive<u32> = 1_000..=kdf::MOST_ROUNDS;
/// How files begin that look random because they are packed, or encrypted by another program.
const OTHERS: &[&[u8]] = &[
    b"PK",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ",
    b"7z\xbc\xaf",
    b"Rar!",
    b"\x28\xb5\x2f\xfd",
    b"\x04\x22\x4d\x18",
    b"\xff\xd8\xff",
    b"\x89PNG",
    b"GIF8",
    b"RIFF",
    b"%PDF",
    b"OggS",
    b"ID3",
    b"fLaC",
    b"\xff\xfb",
    b"\x1a\x45\xdf\xa3",
    b"\x03\xd9\xa2\x9a",
    b"age-encryption.org",
    b"Salted__",
];

pub(super) struct Importer;

impl Format for Importer {
    fn id(&self) -> &'static str {
        ID
    }

    fn app(&self) -> Text {
        text!("import-app-andotp-encrypted")
    }

    fn how_to_export(&self) -> Text {
        text!("import-export-andotp-encrypted")
    }

    fn recognizes(&self, source: &Source<'_>) -> bool {
        let bytes = source.bytes();
        let is_other = OTHERS.iter().any(|start| bytes.starts_with(start)) || bytes.get(4..8) == Some(b"ftyp");
        let is_other = is_other || source.is_called_picture();
        (FEWEST..=MOST).contains(&bytes.len()) && !is_other && looks_random(bytes) && source.text().is_none()
    }

    fn is_general(&self) -> bool {
        true
    }

    fn has_no_marks(&self) -> bool {
        true
    }

    fn open(&self, source: &Source<'_>) -> Result<Opened, ImportError> {
        let bytes = source.bytes().to_vec();
        Ok(Locked::by(ID, move |passphrase| {
            let plain = open(&bytes, passphrase).map_err(|error| ImportError::sealed(ID, error))?;
            andotp::read(Json::decrypted(&plain, ID)?.value(), ID).map(Opened::from)
        }))
    }
}

/// Opens the newer scheme where the file may be of it, and else, or where that fails, the old one.
fn open(bytes: &[u8], passphrase: &Secret) -> Result<Plain, CryptoError> {
    open_newer(bytes, passphrase).unwrap_or(Err(CryptoError::WrongPassphrase)).or_else(|_| open_old(bytes, passphrase))
}

/// `None` for a file that cannot be of the newer scheme.
fn open_newer(bytes: &[u8], passphrase: &Secret) -> Option<Result<Plain, CryptoError>> {
    let (rounds, rest) = bytes.split_first_chunk::<4>()?;
    let (salt, rest) = rest.split_at_checked(12)?;
    let (nonce, content) = rest.split_at_checked(12)?;
    let rounds = Some(u32::from_be_bytes(*rounds)).filter(|rounds| ROUNDS.contains(rounds))?;
    let key = kdf::pbkdf2(kdf::Hash::Sha1, passphrase, salt, rounds);
    Some(key.and_then(|key| cipher::open_gcm(&key, nonce, b"", content)))
}

fn open_old(bytes: &[u8], passphrase: &Secret) -> Result<Plain, CryptoError> {
    let (nonce, content) = bytes.split_at_checked(12).ok_or(CryptoError::Damaged)?;
    cipher::open_gcm(&kdf::sha256(passphrase), nonce, b"", content)
}

/// Whether the halves of the bytes are spread as evenly as those of a cipher: Pearson's test, with
/// a limit that random bytes pass but for one file in millions, and others hardly ever.
fn looks_random(bytes: &[u8]) -> bool {
    const LIMIT: u64 = 60;
    let total = bytes.len() as u64;
    let is_even = |half: fn(u8) -> u8| {
        let mut counts = [0_u64; 16];
        for byte in bytes {
            if let Some(count) = counts.get_mut(usize::from(half(*byte))) {
                *count += 1;
            }
        }
        // The sum of (count − total/16)² / (total/16), in whole numbers.
        let squares: u64 = counts.iter().map(|count| (count * 16).abs_diff(total).pow(2)).sum();
        squares <= LIMIT * total * 16
    };
    is_even(|byte| byte >> 4) && is_even(|byte| byte & 15)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bytes as even as a cipher's: the hash of each number.
    fn random(length: usize) -> Vec<u8> {
        use sha2::{Digest as _, Sha256};
        (0..length).step_by(32).flat_map(|number| Sha256::digest(number.to_le_bytes())).take(length).collect()
    }

    #[test]
    fn a_passphrase_that_does_not_open_it_is_not_blamed_alone() {
        let Ok(Opened::Locked(locked)) = Importer.open(&Source::new(&random(100))) else { panic!("it is locked") };
        let error = locked.unlock(&Secret::from_text("any".into())).unwrap_err();
        assert_eq!(error, ImportError::WrongPassphrase { format: ID });
        let text = "that passphrase does not open it, or it is no backup at all: it looks like any encrypted file \
                    (andOTP (encrypted))";
        assert_eq!(error.to_string(), text);
    }

    #[test]
    fn what_is_called_a_picture_is_taken_for_a_broken_one() {
        let bytes = random(500);
        let called = |name| crate::import::open(&Source::new(&bytes).named(name)).err();
        assert_eq!(called("shot.PNG"), Some(ImportError::Picture(crate::qr::QrError::Damaged)));
        assert_eq!(called("png"), None);
    }

    #[test]
    fn only_files_that_look_random_are_taken() {
        #[track_caller]
        fn case(bytes: &[u8], expected: bool) {
            assert_eq!(Importer.recognizes(&Source::new(bytes)), expected);
        }
        case(&random(34), true);
        case(&random(5_000), true);
        case(&[&1_000_u32.to_be_bytes()[..], &random(500)].concat(), true);
        case(&random(29), false);
        case(&random(MOST + 1), false);
        // Other programs' files that look random after their first bytes.
        case(&[b"\x1f\x8b\x08\0", &*random(500)].concat(), false);
        case(&[b"\0\0\0\x20ftypisom", &*random(500)].concat(), false);
        // Programs, databases, documents: much of one kind of byte.
        case(&[&[0; 300][..], &random(300)].concat(), false);
        case(&[b"\x7fELF\x02\x01\x01\0".repeat(10), random(40)].concat(), false);
        case(&b"\0\x01SQLite and much text, as in any database".repeat(9), false);
        case(b"text with an address, otpauth://totp/a\0\x01", false);
    }
}
