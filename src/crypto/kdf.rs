//! Keys from passphrases, as other apps derive them, with a ceiling on what a file may ask for
//! (`security.md` R2.2). The ceiling is checked before any work is done.

use aes::Aes256;
use aes::cipher::{BlockCipherEncrypt as _, KeyInit as _};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use hkdf::Hkdf;
use sha1::Sha1;
use sha2::{Digest as _, Sha256, Sha512};
use zeroize::Zeroizing;

use super::CryptoError;
use crate::secret::Secret;

/// A key of `N` bytes, wiped when dropped.
pub type Key<const N: usize> = Zeroizing<[u8; N]>;

/// The most memory, in MiB.
pub const MOST_MEMORY: u64 = 1024;
/// The most passes of Argon2 over its memory, whatever its size. KeePass picks many over little:
/// 117 over 16 MiB were seen.
const MOST_PASSES: u32 = 1024;
/// The most memory times passes of Argon2, in MiB: some seconds of work.
const MOST_ARGON2_WORK: u64 = 8 * 1024;
/// The most rounds of PBKDF2.
pub const MOST_ROUNDS: u32 = 10_000_000;
/// The most rounds of KeePass' own derivation with AES: some seconds of work.
pub const MOST_AES_ROUNDS: u64 = 100_000_000;

/// The hash inside PBKDF2.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hash {
    /// SHA-1.
    Sha1,
    /// SHA-256.
    Sha256,
    /// SHA-512.
    Sha512,
}

/// PBKDF2 with HMAC (RFC 8018 section 5.2).
///
/// # Errors
/// When `rounds` is 0 or more than [`MOST_ROUNDS`].
pub fn pbkdf2<const N: usize>(
    hash: Hash,
    passphrase: &Secret,
    salt: &[u8],
    rounds: u32,
) -> Result<Key<N>, CryptoError> {
    if !(1..=MOST_ROUNDS).contains(&rounds) {
        return Err(CryptoError::TooCostly);
    }
    let mut key = Zeroizing::new([0; N]);
    // EXPOSE: the key is derived from the passphrase itself.
    let passphrase = passphrase.expose();
    match hash {
        Hash::Sha1 => pbkdf2::pbkdf2_hmac::<Sha1>(passphrase, salt, rounds, &mut *key),
        Hash::Sha256 => pbkdf2::pbkdf2_hmac::<Sha256>(passphrase, salt, rounds, &mut *key),
        Hash::Sha512 => pbkdf2::pbkdf2_hmac::<Sha512>(passphrase, salt, rounds, &mut *key),
    }
    Ok(key)
}

/// scrypt (RFC 7914) with cost `n`, block size `r` and parallelism `p`.
///
/// # Errors
/// When `n` is no power of two, the memory is more than [`MOST_MEMORY`], or `p` more than 16.
pub fn scrypt<const N: usize>(passphrase: &Secret, salt: &[u8], n: u64, r: u32, p: u32) -> Result<Key<N>, CryptoError> {
    let memory = n.checked_mul(u64::from(r)).and_then(|blocks| blocks.checked_mul(128));
    let fits = memory.is_some_and(|bytes| bytes <= MOST_MEMORY << 20) && (1..=16).contains(&p);
    if !n.is_power_of_two() || !fits {
        return Err(CryptoError::TooCostly);
    }
    let log_n = u8::try_from(n.ilog2()).map_err(|_| CryptoError::TooCostly)?;
    let params = scrypt::Params::new(log_n, r, p).map_err(|_| CryptoError::TooCostly)?;
    let mut key = Zeroizing::new([0; N]);
    // EXPOSE: the key is derived from the passphrase itself.
    scrypt::scrypt(passphrase.expose(), salt, &params, &mut *key).map_err(|_| CryptoError::TooCostly)?;
    Ok(key)
}

/// What Argon2 version 1.3 costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Argon2Cost {
    /// Memory, in KiB.
    pub memory: u32,
    /// Passes over the memory.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
}

impl Argon2Cost {
    /// Whether it is within the ceilings.
    ///
    /// # Errors
    /// [`CryptoError::TooCostly`] when it is not.
    pub fn check(self) -> Result<(), CryptoError> {
        let mebibytes = u64::from(self.memory) / 1024;
        let work = mebibytes.saturating_mul(u64::from(self.passes));
        let fits = mebibytes <= MOST_MEMORY && self.passes <= MOST_PASSES && work <= MOST_ARGON2_WORK;
        if fits { Ok(()) } else { Err(CryptoError::TooCostly) }
    }
}

/// Argon2id version 1.3 (RFC 9106).
///
/// # Errors
/// When `cost` is more than 1 GiB, 1,024 passes, or 8 passes over 1 GiB, or one that Argon2 has not.
pub fn argon2id<const N: usize>(passphrase: &Secret, salt: &[u8], cost: Argon2Cost) -> Result<Key<N>, CryptoError> {
    argon2(Algorithm::Argon2id, passphrase, salt, cost)
}

/// Argon2d version 1.3, as KeePass has it.
///
/// # Errors
/// As for [`argon2id`].
pub fn argon2d<const N: usize>(passphrase: &Secret, salt: &[u8], cost: Argon2Cost) -> Result<Key<N>, CryptoError> {
    argon2(Algorithm::Argon2d, passphrase, salt, cost)
}

/// KeePass' own derivation: both halves of `key` through AES-256 `rounds` times, then SHA-256.
///
/// # Errors
/// When `rounds` is more than [`MOST_AES_ROUNDS`].
pub fn aes_kdf(key: &Key<32>, seed: &[u8; 32], rounds: u64) -> Result<Key<32>, CryptoError> {
    if rounds > MOST_AES_ROUNDS {
        return Err(CryptoError::TooCostly);
    }
    let cipher = Aes256::new(seed.into());
    let (halves, _) = key.as_chunks::<16>();
    let mut blocks: Vec<aes::Block> = halves.iter().map(|half| (*half).into()).collect();
    for _ in 0..rounds {
        cipher.encrypt_blocks(&mut blocks);
    }
    let mut hash = Sha256::new();
    for block in &mut blocks {
        hash.update(*block);
        block.fill(0);
    }
    Ok(Zeroizing::new(hash.finalize().into()))
}

fn argon2<const N: usize>(
    algorithm: Algorithm,
    passphrase: &Secret,
    salt: &[u8],
    cost: Argon2Cost,
) -> Result<Key<N>, CryptoError> {
    cost.check()?;
    let params = Params::new(cost.memory, cost.passes, cost.lanes, Some(N)).map_err(|_| CryptoError::TooCostly)?;
    // Our own memory, because the crate would not wipe its own, and would abort where there is none.
    let mut memory: Vec<Block> = Vec::new();
    memory.try_reserve_exact(params.block_count()).map_err(|_| CryptoError::TooCostly)?;
    memory.resize(params.block_count(), Block::default());
    let mut key = Zeroizing::new([0; N]);
    let argon2 = Argon2::new(algorithm, Version::V0x13, params);
    // EXPOSE: the key is derived from the passphrase itself.
    argon2
        .hash_password_into_with_memory(passphrase.expose(), salt, &mut *key, &mut memory)
        .map_err(|_| CryptoError::TooCostly)?;
    Ok(key)
}

/// The bare SHA-256 of `passphrase`, which some old formats take as key. No work for whoever
/// guesses: only for reading.
pub fn sha256(passphrase: &Secret) -> Key<32> {
    // EXPOSE: the key is derived from the passphrase itself.
    Zeroizing::new(Sha256::digest(passphrase.expose()).into())
}

/// HKDF-Expand with SHA-256 (RFC 5869 section 2.3): another key from `key`, named by `info`.
///
/// # Errors
/// Never for a key of this length.
pub fn expand(key: &Key<32>, info: &[u8]) -> Result<Key<32>, CryptoError> {
    let mut expanded = Zeroizing::new([0; 32]);
    let hkdf = Hkdf::<Sha256>::from_prk(&**key).map_err(|_| CryptoError::Damaged)?;
    hkdf.expand(info, &mut *expanded).map_err(|_| CryptoError::Damaged)?;
    Ok(expanded)
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::secret::hex;

    fn secret(text: &str) -> Secret {
        Secret::from_text(text.to_owned())
    }

    /// RFC 6070 (SHA-1), RFC 7914 section 11 (SHA-256) and 12 (scrypt).
    #[test]
    fn keys_agree_with_published_vectors() {
        let key: Key<20> = pbkdf2(Hash::Sha1, &secret("password"), b"salt", 4096).unwrap();
        assert_eq!(hex(&*key), "4b007901b765489abead49d926f721d065a429c1");
        let key: Key<32> = pbkdf2(Hash::Sha256, &secret("passwd"), b"salt", 1).unwrap();
        assert_eq!(hex(&*key), "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc");
        let key: Key<32> = scrypt(&secret("password"), b"NaCl", 1024, 8, 16).unwrap();
        assert_eq!(hex(&*key), "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162");
    }

    /// Made with the reference program: `printf password | argon2 somesalt -id -t 2 -k 65536 -p 1`.
    #[test]
    fn argon2id_agrees_with_the_reference_program() {
        let cost = Argon2Cost { memory: 65_536, passes: 2, lanes: 1 };
        let key: Key<32> = argon2id(&secret("password"), b"somesalt", cost).unwrap();
        assert_eq!(hex(&*key), "09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7");
    }

    /// Made with the reference program: `printf password | argon2 somesalt -d -t 2 -k 65536 -p 1`.
    #[test]
    fn argon2d_agrees_with_the_reference_program() {
        let cost = Argon2Cost { memory: 65_536, passes: 2, lanes: 1 };
        let key: Key<32> = argon2d(&secret("password"), b"somesalt", cost).unwrap();
        assert_eq!(hex(&*key), "955e5d5b163a1b60bba35fc36d0496474fba4f6b59ad53628666f07fb2f93eaf");
    }

    #[test]
    fn what_costs_too_much_is_refused_at_once() {
        let s = &secret("x");
        assert_eq!(aes_kdf(&Key::default(), &[0; 32], 1 << 40).unwrap_err(), CryptoError::TooCostly);
        assert_eq!(pbkdf2::<32>(Hash::Sha1, s, b"", 1 << 31).unwrap_err(), CryptoError::TooCostly);
        assert_eq!(pbkdf2::<32>(Hash::Sha1, s, b"", 0).unwrap_err(), CryptoError::TooCostly);
        assert_eq!(scrypt::<32>(s, b"", 1 << 40, 8, 1).unwrap_err(), CryptoError::TooCostly);
        assert_eq!(scrypt::<32>(s, b"", 1000, 8, 1).unwrap_err(), CryptoError::TooCostly);
        assert_eq!(scrypt::<32>(s, b"", 1 << 14, 8, 1 << 20).unwrap_err(), CryptoError::TooCostly);
        for (memory, passes) in [(4 << 20, 1), (1 << 20, 9), (8, 1025)] {
            let cost = Argon2Cost { memory, passes, lanes: 1 };
            assert_eq!(argon2id::<32>(s, b"saltsalt", cost).unwrap_err(), CryptoError::TooCostly);
        }
    }
}
