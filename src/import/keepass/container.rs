//! From the encrypted part of a database to its XML (`formats.md` 16.2).

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256, Sha512};
use zeroize::Zeroizing;

use crate::crypto::stream::Stream;
use crate::crypto::{cipher, kdf};
use crate::import::{ImportError, MAX_MIB, gzip};
use crate::secret::Secret;

use super::header::{Cipher, Header, Kdf, field, number};
use super::{damaged, sealed, unpacked};

/// The ids of the ciphers for protected values.
const SALSA20: u32 = 2;
const CHACHA20: u32 = 3;
/// The nonce that all databases share.
const NONCE: &[u8; 8] = b"\xe8\x30\x09\x4b\x97\x20\x5d\x2a";
/// The length of a hash.
const HASH: usize = 32;

/// What a database holds.
pub(super) struct Content {
    plain: Zeroizing<Vec<u8>>,
    /// Where the XML starts.
    start: usize,
    /// Opens the protected values, in the order in which they stand.
    pub(super) stream: Stream,
}

impl Content {
    pub(super) fn xml(&self) -> &[u8] {
        self.plain.get(self.start..).unwrap_or_default()
    }
}

/// Opens the database of `header`.
pub(super) fn open(header: &Header<'_>, passphrase: &Secret) -> Result<Content, ImportError> {
    header.check_cost().map_err(ImportError::Crypto)?;
    let transformed = transform(&header.kdf, passphrase)?;
    let key = Zeroizing::new(<[u8; 32]>::from(hash::<Sha256>(&[header.seed, &*transformed])));
    let plain = if header.is_four {
        let body = authentic_body(header, &transformed)?;
        decrypt(header, &key, &body)?
    } else {
        checked_blocks(&decrypt(header, &key, header.body)?, header.start)?
    };
    let plain = if header.is_packed {
        let most = (MAX_MIB as u64) << 20;
        gzip::unpack(&plain, most).map_err(unpacked)?
    } else {
        plain
    };
    if header.is_four {
        return with_inner_header(plain);
    }
    let stream = stream(header.stream_id, header.stream_key).ok_or_else(damaged)?;
    Ok(Content { plain, start: 0, stream })
}

fn hash<D: sha2::Digest>(parts: &[&[u8]]) -> sha2::digest::Output<D> {
    let mut hash = D::new();
    for part in parts {
        hash.update(part);
    }
    hash.finalize()
}

fn transform(way: &Kdf, passphrase: &Secret) -> Result<kdf::Key<32>, ImportError> {
    // EXPOSE: only its hash is used; it is wiped.
    let inner = Zeroizing::new(<[u8; 32]>::from(Sha256::digest(passphrase.expose())));
    let composite = Zeroizing::new(<[u8; 32]>::from(Sha256::digest(*inner)));
    match way {
        Kdf::Aes { seed, rounds } => kdf::aes_kdf(&composite, seed, *rounds),
        Kdf::Argon2 { is_id: true, salt, cost } => kdf::argon2id(&Secret::new(composite.to_vec()), salt, *cost),
        Kdf::Argon2 { is_id: false, salt, cost } => kdf::argon2d(&Secret::new(composite.to_vec()), salt, *cost),
    }
    .map_err(sealed)
}

fn decrypt(header: &Header<'_>, key: &[u8; 32], body: &[u8]) -> Result<Zeroizing<Vec<u8>>, ImportError> {
    match header.cipher {
        Cipher::Aes => {
            let iv = header.iv.try_into().map_err(|_| damaged())?;
            cipher::open_cbc(key, iv, body).map_err(sealed)
        }
        Cipher::ChaCha20 => {
            let mut plain = Zeroizing::new(body.to_vec());
            Stream::chacha20(key, header.iv.try_into().map_err(|_| damaged())?).apply(&mut plain);
            Ok(plain)
        }
        Cipher::Twofish => Err(damaged()),
    }
}

/// Version 4: what the blocks hold, each checked with its own key.
fn authentic_body(header: &Header<'_>, transformed: &[u8; 32]) -> Result<Zeroizing<Vec<u8>>, ImportError> {
    let base = Zeroizing::new(<[u8; 64]>::from(hash::<Sha512>(&[header.seed, transformed, &[1]])));
    let (digest, rest) = header.body.split_at_checked(HASH).ok_or_else(damaged)?;
    let (code, mut rest) = rest.split_at_checked(HASH).ok_or_else(damaged)?;
    if hash::<Sha256>(&[header.bytes]).as_slice() != digest {
        return Err(damaged());
    }
    if !is_authentic(&base, u64::MAX, &[header.bytes], code) {
        return Err(ImportError::WrongPassphrase { format: super::ID });
    }
    let mut body = Zeroizing::new(Vec::with_capacity(rest.len()));
    for index in 0.. {
        let (code, block) = next_block(&mut rest).ok_or_else(damaged)?;
        let length = u32::try_from(block.len()).map_err(|_| damaged())?.to_le_bytes();
        if !is_authentic(&base, index, &[&u64::to_le_bytes(index), &length, block], code) {
            return Err(damaged());
        }
        if block.is_empty() {
            break;
        }
        body.extend_from_slice(block);
    }
    Ok(body)
}

/// A checksum and the block that it belongs to.
fn next_block<'a>(rest: &mut &'a [u8]) -> Option<(&'a [u8], &'a [u8])> {
    let (code, after) = rest.split_at_checked(HASH)?;
    let (length, after) = after.split_first_chunk::<4>()?;
    let (block, after) = after.split_at_checked(usize::try_from(u32::from_le_bytes(*length)).ok()?)?;
    *rest = after;
    Some((code, block))
}

fn is_authentic(base: &[u8; 64], index: u64, parts: &[&[u8]], code: &[u8]) -> bool {
    let key = Zeroizing::new(<[u8; 64]>::from(hash::<Sha512>(&[&index.to_le_bytes(), base])));
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&*key) else { return false };
    for part in parts {
        mac.update(part);
    }
    mac.verify_slice(code).is_ok()
}

/// Version 3.1: what the blocks hold, each with its hash, after the bytes that tell a right key.
fn checked_blocks(plain: &[u8], start: &[u8]) -> Result<Zeroizing<Vec<u8>>, ImportError> {
    if start.len() != HASH || !plain.starts_with(start) {
        return Err(ImportError::WrongPassphrase { format: super::ID });
    }
    let mut rest = plain.get(start.len()..).unwrap_or_default();
    let mut body = Zeroizing::new(Vec::with_capacity(rest.len()));
    loop {
        // Before each stands its number, which says nothing new.
        rest = rest.get(4..).ok_or_else(damaged)?;
        let (digest, block) = next_block(&mut rest).ok_or_else(damaged)?;
        if block.is_empty() {
            return Ok(body);
        }
        if hash::<Sha256>(&[block]).as_slice() != digest {
            return Err(damaged());
        }
        body.extend_from_slice(block);
    }
}

/// Version 4: cipher and key of the protected values stand before the XML, attachments too.
fn with_inner_header(plain: Zeroizing<Vec<u8>>) -> Result<Content, ImportError> {
    let mut rest = plain.as_slice();
    let (mut id, mut key) = (0, [].as_slice());
    loop {
        match field(&mut rest, 4).ok_or_else(damaged)? {
            (0, _) => break,
            (1, value) => id = number(value).and_then(|id| u32::try_from(id).ok()).unwrap_or_default(),
            (2, value) => key = value,
            _ => {}
        }
    }
    let stream = stream(id, key).ok_or_else(damaged)?;
    let start = plain.len() - rest.len();
    Ok(Content { plain, start, stream })
}

fn stream(id: u32, key: &[u8]) -> Option<Stream> {
    match id {
        SALSA20 => Some(Stream::salsa20(&Zeroizing::new(Sha256::digest(key).into()), NONCE)),
        CHACHA20 => {
            let digest = Zeroizing::new(<[u8; 64]>::from(Sha512::digest(key)));
            Some(Stream::chacha20(digest.first_chunk()?, digest.get(32..44)?.try_into().ok()?))
        }
        _ => None,
    }
}
