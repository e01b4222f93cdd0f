//! What `openssl enc` wrote for a long time and `CryptoJS` still does: `Salted__`, eight bytes of salt,
//! and AES-256-CBC whose key comes from a single round of MD5. Only for reading what others wrote.

use md5::{Digest as _, Md5};
use zeroize::Zeroizing;

use super::{CryptoError, cipher, kdf};
use crate::secret::Secret;

/// How such content begins.
pub const MAGIC: &[u8] = b"Salted__";
const SALT: usize = 8;

/// Opens `sealed`.
///
/// # Errors
/// [`CryptoError::Damaged`] when it does not begin as it has to; [`CryptoError::WrongPassphrase`] when
/// the padding is wrong, which a wrong passphrase gives away in most cases; what comes out has to be
/// checked further.
pub fn open(passphrase: &Secret, sealed: &[u8]) -> Result<cipher::Plain, CryptoError> {
    let rest = sealed.strip_prefix(MAGIC).ok_or(CryptoError::Damaged)?;
    let (salt, content) = rest.split_at_checked(SALT).ok_or(CryptoError::Damaged)?;
    let (key, iv) = derive(passphrase, salt);
    cipher::open_cbc(&*key, &iv, content)
}

/// The key and the first block, as OpenSSL's `EVP_BytesToKey` makes them in one round.
pub fn derive(passphrase: &Secret, salt: &[u8]) -> (kdf::Key<32>, [u8; 16]) {
    // EXPOSE: the key is derived from the passphrase itself.
    let passphrase = passphrase.expose();
    let next = |before: &[u8]| -> kdf::Key<16> {
        Zeroizing::new(Md5::new().chain_update(before).chain_update(passphrase).chain_update(salt).finalize().into())
    };
    let first = next(b"");
    let second = next(&*first);
    let mut key = Zeroizing::new([0; 32]);
    for (to, from) in key.iter_mut().zip(first.iter().chain(second.iter())) {
        *to = *from;
    }
    (key, *next(&*second))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Made with `printf plain | openssl enc -aes-256-cbc -md md5 -S 0102030405060708 -k passphrase`.
    #[test]
    fn opens_what_the_reference_program_sealed() {
        let sealed = [MAGIC, &[1, 2, 3, 4, 5, 6, 7, 8], &REFERENCE].concat();
        let secret = Secret::from_text("passphrase".into());
        assert_eq!(**open(&secret, &sealed).unwrap(), *b"plain");
        assert_eq!(open(&secret, b"plain").unwrap_err(), CryptoError::Damaged);
        assert_eq!(open(&secret, &sealed[..20]).unwrap_err(), CryptoError::WrongPassphrase);
    }

    const REFERENCE: [u8; 16] =
        [0x83, 0xe5, 0xe1, 0xe1, 0x76, 0xb5, 0xfd, 0x12, 0x83, 0x37, 0xe5, 0x96, 0x9d, 0xc7, 0xc5, 0x5a];
}
