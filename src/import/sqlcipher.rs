//! Databases under SQLCipher 3: every page is sealed by itself (`formats.md` 21).
//!
//! A page ends with its initialisation vector and an HMAC, which is checked before anything is
//! decrypted. Design: <https://www.zetetic.net/sqlcipher/design/>.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha1::Sha1;
use zeroize::Zeroizing;

use crate::crypto::{CryptoError, cipher, kdf};
use crate::secret::Secret;

/// The size of a page.
pub(super) const PAGE: usize = 1024;
/// What a page keeps free at its end: 16 bytes of vector, 20 of HMAC, and 12 that mean nothing.
const RESERVED: usize = 48;
const VECTOR: usize = 16;
const CODE: usize = 20;
/// How much of the first page the salt takes, where the magic of SQLite was.
const SALT: usize = 16;
const MAGIC: &[u8; SALT] = b"SQLite format 3\0";
const ROUNDS: u32 = 64_000;
/// What the salt of the key for the HMACs differs by.
const MASK: u8 = 0x3a;
const MASK_ROUNDS: u32 = 2;

/// The database in `sealed`, as SQLite reads it.
///
/// # Errors
/// [`CryptoError::WrongPassphrase`] when its first page does not fit, [`CryptoError::Damaged`] when
/// another does not.
pub(super) fn open(sealed: &[u8], passphrase: &Secret) -> Result<Zeroizing<Vec<u8>>, CryptoError> {
    let (salt, _) = sealed.split_first_chunk::<SALT>().ok_or(CryptoError::Damaged)?;
    let key: kdf::Key<32> = kdf::pbkdf2(kdf::Hash::Sha1, passphrase, salt, ROUNDS)?;
    let codes: kdf::Key<32> =
        kdf::pbkdf2(kdf::Hash::Sha1, &Secret::new(key.to_vec()), &salt.map(|byte| byte ^ MASK), MASK_ROUNDS)?;
    let (pages, rest) = sealed.as_chunks::<PAGE>();
    if !rest.is_empty() {
        return Err(CryptoError::Damaged);
    }
    let mut plain = Zeroizing::new(Vec::with_capacity(sealed.len()));
    for (page, number) in pages.iter().zip(1_u32..) {
        let start = if number == 1 { SALT } else { 0 };
        let (content, end) = page
            .get(start..)
            .and_then(|page| page.split_at_checked(PAGE - RESERVED - start))
            .ok_or(CryptoError::Damaged)?;
        let (vector, code) = end.split_first_chunk::<VECTOR>().ok_or(CryptoError::Damaged)?;
        let fits =
            is_authentic(&codes, &[content, vector, &number.to_le_bytes()], code.get(..CODE).unwrap_or_default());
        if !fits {
            return Err(if number == 1 { CryptoError::WrongPassphrase } else { CryptoError::Damaged });
        }
        plain.extend_from_slice(&MAGIC[..start]);
        plain.extend_from_slice(&cipher::open_cbc_blocks(&key, vector, content)?);
        plain.extend_from_slice(&[0; RESERVED]);
    }
    Ok(plain)
}

fn is_authentic(key: &[u8; 32], parts: &[&[u8]], code: &[u8]) -> bool {
    let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(key) else { return false };
    for part in parts {
        mac.update(part);
    }
    mac.verify_slice(code).is_ok()
}
