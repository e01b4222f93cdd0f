//! Version 3 of `RNCryptor`, a format of its own for AES-CBC under a password.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use crate::crypto::CryptoError;
use crate::crypto::cipher::{self, Plain};
use crate::crypto::kdf::{self, Hash};
use crate::secret::Secret;

/// Version 3, with a password.
const HEAD: &[u8] = &[3, 1];
const ROUNDS: u32 = 10_000;

/// Opens `sealed`.
///
/// # Errors
/// [`CryptoError::WrongPassphrase`] when the passphrase does not fit, [`CryptoError::Damaged`] when
/// it is no such content at all.
pub(super) fn open(passphrase: &Secret, sealed: &[u8]) -> Result<Plain, CryptoError> {
    let (signed, signature) = sealed.split_last_chunk::<32>().ok_or(CryptoError::Damaged)?;
    let rest = signed.strip_prefix(HEAD).ok_or(CryptoError::Damaged)?;
    let (salt, rest) = rest.split_first_chunk::<8>().ok_or(CryptoError::Damaged)?;
    let (signature_salt, rest) = rest.split_first_chunk::<8>().ok_or(CryptoError::Damaged)?;
    let (iv, content) = rest.split_first_chunk::<16>().ok_or(CryptoError::Damaged)?;
    let key: kdf::Key<32> = kdf::pbkdf2(Hash::Sha1, passphrase, signature_salt, ROUNDS)?;
    let mut mac = Hmac::<Sha256>::new_from_slice(&*key).map_err(|_| CryptoError::Damaged)?;
    mac.update(signed);
    mac.verify_slice(signature).map_err(|_| CryptoError::WrongPassphrase)?;
    let key: kdf::Key<32> = kdf::pbkdf2(Hash::Sha1, passphrase, salt, ROUNDS)?;
    cipher::open_cbc(&*key, iv, content)
}
