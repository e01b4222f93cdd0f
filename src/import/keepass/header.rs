//! The part of a database that is not encrypted: how to get at the rest (`formats.md` 16.2).

use crate::crypto::CryptoError;
use crate::crypto::kdf::{Argon2Cost, MOST_AES_ROUNDS};

use super::{closed, damaged};
use crate::import::ImportError;

/// The cipher around everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cipher {
    Aes,
    ChaCha20,
    Twofish,
}

/// How the key comes from the passphrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kdf {
    Aes { seed: [u8; 32], rounds: u64 },
    Argon2 { is_id: bool, salt: Vec<u8>, cost: Argon2Cost },
}

/// The header of a database.
pub(super) struct Header<'a> {
    /// Whether it is version 4, and not 3.1.
    pub(super) is_four: bool,
    pub(super) cipher: Cipher,
    pub(super) is_packed: bool,
    pub(super) seed: &'a [u8],
    pub(super) iv: &'a [u8],
    pub(super) kdf: Kdf,
    /// 3.1: the key of the protected values.
    pub(super) stream_key: &'a [u8],
    /// 3.1: what the content has to begin with.
    pub(super) start: &'a [u8],
    /// 3.1: the cipher of the protected values.
    pub(super) stream_id: u32,
    /// The header itself, which version 4 authenticates.
    pub(super) bytes: &'a [u8],
    /// What follows it.
    pub(super) body: &'a [u8],
}

const AES: &[u8] = b"\x31\xc1\xf2\xe6\xbf\x71\x43\x50\xbe\x58\x05\x21\x6a\xfc\x5a\xff";
const CHACHA20: &[u8] = b"\xd6\x03\x8a\x2b\x8b\x6f\x4c\xb5\xa5\x24\x33\x9a\x31\xdb\xb5\x9a";
const TWOFISH: &[u8] = b"\xad\x68\xf2\x9f\x57\x6f\x4b\xb9\xa3\x6a\xd4\x7a\xf9\x65\x34\x6c";
const AES_KDF: [&[u8]; 2] = [
    b"\xc9\xd9\xf3\x9a\x62\x8a\x44\x60\xbf\x74\x0d\x08\xc1\x8a\x4f\xea",
    b"\x7c\x02\xbb\x82\x79\xa7\x4a\xc0\x92\x7d\x11\x4a\x00\x64\x82\x38",
];
const ARGON2D: &[u8] = b"\xef\x63\x6d\xdf\x8c\x29\x44\x4b\x91\xf7\xa9\xa4\x03\xe3\x0a\x0c";
const ARGON2ID: &[u8] = b"\x9e\x29\x8b\x19\x56\xdb\x47\x73\xb2\x3d\xfc\x3e\xc6\xf0\xa1\xe6";
/// The version of Argon2 that is in use since 2015.
const ARGON2_VERSION: u64 = 0x13;
/// Signature and version.
const START: usize = 12;
/// The most fields of a header, and of a dictionary in it.
const MOST_FIELDS: usize = 64;

/// The value of the first field `id`.
fn find<'a, K: PartialEq>(fields: &[(K, &'a [u8])], id: &K) -> Option<&'a [u8]> {
    fields.iter().find(|(found, _)| found == id).map(|(_, value)| *value)
}

impl<'a> Header<'a> {
    /// The header of the database `bytes`.
    pub(super) fn read(bytes: &'a [u8]) -> Result<Self, ImportError> {
        let major = bytes.get(10..START).and_then(number).ok_or_else(damaged)?;
        if !(3..=4).contains(&major) {
            return Err(closed("import-keepass-new", "import-hint-keepass-new"));
        }
        Self::read_fields(bytes, major == 4).ok_or_else(damaged)
    }

    fn read_fields(bytes: &'a [u8], is_four: bool) -> Option<Self> {
        let mut fields: Vec<(u8, &[u8])> = Vec::new();
        let mut rest = bytes.get(START..)?;
        loop {
            let (id, value) = field(&mut rest, if is_four { 4 } else { 2 })?;
            if id == 0 {
                break;
            }
            if fields.len() == MOST_FIELDS {
                return None;
            }
            fields.push((id, value));
        }
        let value = |id: u8| find(&fields, &id);
        Some(Self {
            is_four,
            cipher: match value(2)? {
                AES => Cipher::Aes,
                CHACHA20 => Cipher::ChaCha20,
                TWOFISH => Cipher::Twofish,
                _ => return None,
            },
            is_packed: match number(value(3)?)? {
                0 => false,
                1 => true,
                _ => return None,
            },
            seed: value(4)?,
            iv: value(7)?,
            kdf: if is_four {
                Kdf::of_dictionary(value(11)?)?
            } else {
                Kdf::Aes { seed: value(5)?.try_into().ok()?, rounds: number(value(6)?)? }
            },
            stream_key: value(8).unwrap_or_default(),
            start: value(9).unwrap_or_default(),
            stream_id: value(10).and_then(number).and_then(|id| u32::try_from(id).ok()).unwrap_or_default(),
            bytes: bytes.get(..bytes.len() - rest.len())?,
            body: rest,
        })
    }

    /// Whether deriving the key costs no more than is allowed (`security.md` R2.2).
    pub(super) fn check_cost(&self) -> Result<(), CryptoError> {
        match &self.kdf {
            Kdf::Aes { rounds, .. } if *rounds > MOST_AES_ROUNDS => Err(CryptoError::TooCostly),
            Kdf::Aes { .. } => Ok(()),
            Kdf::Argon2 { cost, .. } => cost.check(),
        }
    }
}

impl Kdf {
    /// From a dictionary of typed values.
    fn of_dictionary(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes.strip_prefix(b"\x00\x01")?;
        let mut fields: Vec<(&[u8], &[u8])> = Vec::new();
        while *rest.first()? != 0 && fields.len() < MOST_FIELDS {
            rest = rest.get(1..)?;
            let key = sized(&mut rest, 4)?;
            fields.push((key, sized(&mut rest, 4)?));
        }
        let value = |key: &str| find(&fields, &key.as_bytes());
        let narrow = |key| value(key).and_then(number).and_then(|number| u32::try_from(number).ok());
        let id = value("$UUID")?;
        if AES_KDF.contains(&id) {
            return Some(Self::Aes { seed: value("S")?.try_into().ok()?, rounds: number(value("R")?)? });
        }
        if ![ARGON2D, ARGON2ID].contains(&id) || number(value("V")?)? != ARGON2_VERSION {
            return None;
        }
        // A number that does not fit is beyond every ceiling.
        let memory = u32::try_from(number(value("M")?)? / 1024).unwrap_or(u32::MAX);
        let passes = u32::try_from(number(value("I")?)?).unwrap_or(u32::MAX);
        let cost = Argon2Cost { memory, passes, lanes: narrow("P")? };
        Some(Self::Argon2 { is_id: id == ARGON2ID, salt: value("S")?.to_vec(), cost })
    }
}

/// Takes a field off the front of `rest`: an id, a length of `width` bytes, a value.
pub(super) fn field<'a>(rest: &mut &'a [u8], width: usize) -> Option<(u8, &'a [u8])> {
    let (&id, after) = rest.split_first()?;
    *rest = after;
    Some((id, sized(rest, width)?))
}

/// Takes a value off the front of `rest` with its length before it.
fn sized<'a>(rest: &mut &'a [u8], width: usize) -> Option<&'a [u8]> {
    let (length, after) = rest.split_at_checked(width)?;
    let (value, after) = after.split_at_checked(usize::try_from(number(length)?).ok()?)?;
    *rest = after;
    Some(value)
}

/// A number of at most eight bytes, the lowest first.
pub(super) fn number(bytes: &[u8]) -> Option<u64> {
    let mut whole = [0; 8];
    whole.get_mut(..bytes.len())?.copy_from_slice(bytes);
    Some(u64::from_le_bytes(whole))
}
