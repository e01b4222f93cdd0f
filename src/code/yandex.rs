//! Yandex Key: eight letters from the time, the secret and a PIN (`formats.md` 23.4).

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::account::Account;
use crate::secret::Secret;

/// The key of the HMAC: PIN and secret hashed together, without one leading zero byte.
pub(super) fn key(account: &Account) -> Zeroizing<Vec<u8>> {
    let mut hash = Sha256::new();
    // EXPOSE: PIN and secret go into the hash.
    hash.update(account.pin().map(Secret::expose).unwrap_or_default());
    hash.update(account.secret().expose());
    let mut key = Zeroizing::new(hash.finalize().to_vec());
    if key.first() == Some(&0) {
        key.remove(0);
    }
    key
}

/// The last eight digits, to base 26, of the 63 bits that truncation picks.
pub(super) fn letters(hash: &[u8]) -> String {
    const LENGTH: u32 = 8;
    // A SHA-256 has 32 bytes, and the offset is at most 15.
    let word = hash.get(super::offset(hash)..).and_then(|rest| rest.first_chunk()).copied().unwrap_or_default();
    let number = u64::from_be_bytes(word) & (u64::MAX >> 1);
    let letter = |place: u32| char::from(b'a' + u8::try_from(number / 26_u64.pow(place) % 26).unwrap_or(0));
    (0..LENGTH).rev().map(letter).collect()
}
