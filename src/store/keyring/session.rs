//! The key under which a secret travels over the bus, so that the bus and its logs never hold one in clear.
//!
//! Both sides agree on it by Diffie-Hellman (`dh-ietf1024-sha256-aes128-cbc-pkcs7` of the Secret
//! Service draft, "Transfer of Secrets"). It keeps out whoever records the bus, not whoever may ask
//! the keyring himself: that one is simply given the secrets.

use aes::Aes128;
use aes::cipher::block_padding::Pkcs7;
use aes::cipher::{BlockModeDecrypt, BlockModeEncrypt, KeyIvInit};
use hkdf::Hkdf;
use num_bigint::BigUint;
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::secret::Secret;

/// The name of the agreement.
pub(super) const ALGORITHM: &str = "dh-ietf1024-sha256-aes128-cbc-pkcs7";

/// The length of the prime, in bytes.
const SIZE: usize = 128;

/// The prime of the Second Oakley Group (RFC 2409, section 6.2).
const PRIME: [u32; SIZE / 4] = [
    0xffff_ffff,
    0xffff_ffff,
    0xc90f_daa2,
    0x2168_c234,
    0xc4c6_628b,
    0x80dc_1cd1,
    0x2902_4e08,
    0x8a67_cc74,
    0x020b_bea6,
    0x3b13_9b22,
    0x514a_0879,
    0x8e34_04dd,
    0xef95_19b3,
    0xcd3a_431b,
    0x302b_0a6d,
    0xf25f_1437,
    0x4fe1_356d,
    0x6d51_c245,
    0xe485_b576,
    0x625e_7ec6,
    0xf44c_42e9,
    0xa637_ed6b,
    0x0bff_5cb6,
    0xf406_b7ed,
    0xee38_6bfb,
    0x5a89_9fa5,
    0xae9f_2411,
    0x7c4b_1fe6,
    0x4928_6651,
    0xece6_5381,
    0xffff_ffff,
    0xffff_ffff,
];

/// Our half of the agreement, before the other side has answered.
///
/// 256 random bits: twice what the 128-bit key can hold, and four times faster than the full length.
pub(super) struct Offer(Zeroizing<[u8; 32]>);

impl Offer {
    /// A new one; `None` if the system has no randomness to give.
    pub(super) fn random() -> Option<Self> {
        let mut exponent = Zeroizing::new([0; 32]);
        getrandom::fill(&mut *exponent).ok()?;
        Some(Self(exponent))
    }

    /// What the other side gets to see.
    pub(super) fn public(&self) -> Vec<u8> {
        BigUint::from(2_u8).modpow(&self.exponent(), &prime()).to_bytes_be()
    }

    /// The key, from what the other side sent; `None` for the values that would make it guessable.
    pub(super) fn accept(&self, theirs: &[u8]) -> Option<SessionKey> {
        let theirs = BigUint::from_bytes_be(theirs);
        let one = BigUint::from(1_u8);
        if theirs <= one || theirs >= prime() - one {
            return None;
        }
        let shared = Zeroizing::new(theirs.modpow(&self.exponent(), &prime()).to_bytes_be());
        let mut padded = Zeroizing::new([0; SIZE]);
        padded.get_mut(SIZE.checked_sub(shared.len())?..)?.copy_from_slice(&shared);
        let mut key = Zeroizing::new([0; 16]);
        Hkdf::<Sha256>::new(None, &*padded).expand(&[], &mut *key).ok()?;
        Some(SessionKey(key))
    }

    /// A big number cannot be wiped. What stays behind opens one recorded connection, nothing stored.
    fn exponent(&self) -> BigUint {
        BigUint::from_bytes_be(&*self.0)
    }
}

fn prime() -> BigUint {
    BigUint::new(PRIME.iter().rev().copied().collect())
}

/// The key that both sides now have.
pub(super) struct SessionKey(Zeroizing<[u8; 16]>);

impl SessionKey {
    /// The start value and the cipher text of `line`; `None` if the system has no randomness to give.
    pub(super) fn seal(&self, line: &Secret) -> Option<([u8; 16], Vec<u8>)> {
        let mut start = [0; 16];
        getrandom::fill(&mut start).ok()?;
        let cbc = cbc::Encryptor::<Aes128>::new_from_slices(&*self.0, &start).ok()?;
        // EXPOSE: encrypted for the way over the bus.
        Some((start, cbc.encrypt_padded_vec::<Pkcs7>(line.expose())))
    }

    /// Opens `cipher`, which came with the start value `start`; `None` if it was not sealed under this key.
    pub(super) fn open(&self, start: &[u8], cipher: &[u8]) -> Option<Secret> {
        let cbc = cbc::Decryptor::<Aes128>::new_from_slices(&*self.0, start).ok()?;
        cbc.decrypt_padded_vec::<Pkcs7>(cipher).ok().map(Secret::new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sides_get_the_same_key() {
        let (ours, theirs) = (Offer::random().unwrap(), Offer::random().unwrap());
        let key = ours.accept(&theirs.public()).unwrap();
        let same = theirs.accept(&ours.public()).unwrap();
        let (start, sealed) = same.seal(&Secret::from_text("otpauth://totp/x?secret=GE".into())).unwrap();
        let opened = key.open(&start, &sealed).unwrap();
        // EXPOSE: compared with what went in.
        assert_eq!(opened.expose(), b"otpauth://totp/x?secret=GE");
        assert!(key.open(&start[1..], &sealed).is_none(), "a start value of the wrong length");
        assert!(key.open(&start, &sealed[1..]).is_none(), "half a block");
    }

    #[test]
    fn values_that_make_the_key_guessable_are_refused() {
        let offer = Offer::random().unwrap();
        let prime = prime();
        for theirs in [BigUint::from(0_u8), BigUint::from(1_u8), &prime - 1_u8, prime.clone(), prime + 1_u8] {
            assert!(offer.accept(&theirs.to_bytes_be()).is_none(), "{theirs}");
        }
    }
}
