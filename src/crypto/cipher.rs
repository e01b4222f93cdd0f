//! The ciphers of other apps' exports: AES in its GCM and CBC modes, and libsodium's stream.

use aes::{Aes128, Aes256};
use aes_gcm::aead::consts::{U12, U16};
use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes256Gcm, AesGcm, KeyInit as _, Nonce};
use cbc::cipher::block_padding::{NoPadding, Pkcs7};
use cbc::cipher::{BlockCipherDecrypt as _, BlockModeDecrypt as _, BlockModeEncrypt as _, KeyIvInit as _};
use crypto_secretstream::aead::OsRng;
use crypto_secretstream::{Header, PullStream, PushStream, Stream, Tag};
use hmac::{Hmac, Mac as _};
use sha2::Sha256;
use zeroize::Zeroizing;

use super::CryptoError;

/// Decrypted content, wiped when dropped.
pub type Plain = Zeroizing<Vec<u8>>;

/// Opens AES-256-GCM; `sealed` ends with the 16 bytes of the tag. The nonce has 12 or 16 bytes.
///
/// # Errors
/// [`CryptoError::WrongPassphrase`] when key, nonce or content do not fit together.
pub fn open_gcm(key: &[u8; 32], nonce: &[u8], bound: &[u8], sealed: &[u8]) -> Result<Plain, CryptoError> {
    let payload = Payload { msg: sealed, aad: bound };
    let plain = match nonce.len() {
        12 => {
            let nonce = Nonce::<U12>::try_from(nonce).map_err(|_| CryptoError::Damaged)?;
            Aes256Gcm::new(key.into()).decrypt(&nonce, payload)
        }
        16 => {
            let nonce = Nonce::<U16>::try_from(nonce).map_err(|_| CryptoError::Damaged)?;
            AesGcm::<Aes256, U16>::new(key.into()).decrypt(&nonce, payload)
        }
        _ => return Err(CryptoError::Damaged),
    };
    plain.map(Zeroizing::new).map_err(|_| CryptoError::WrongPassphrase)
}

/// Seals with AES-256-GCM; the result ends with the 16 bytes of the tag.
///
/// # Errors
/// [`CryptoError::TooLarge`] beyond the mode's own limit of 64 GiB.
pub fn seal_gcm(key: &[u8; 32], nonce: &[u8; 12], bound: &[u8], plain: &[u8]) -> Result<Vec<u8>, CryptoError> {
    let payload = Payload { msg: plain, aad: bound };
    Aes256Gcm::new(key.into()).encrypt(&(*nonce).into(), payload).map_err(|_| CryptoError::TooLarge { most: 65_536 })
}

/// Opens AES-CBC with PKCS#7 padding; the key has 16 or 32 bytes.
///
/// # Errors
/// [`CryptoError::WrongPassphrase`] when the padding is wrong, which a wrong key gives away in most
/// cases; what comes out has to be checked further.
pub fn open_cbc(key: &[u8], iv: &[u8; 16], sealed: &[u8]) -> Result<Plain, CryptoError> {
    let mut plain = Zeroizing::new(sealed.to_vec());
    let length = if key.len() == 16 {
        let cipher = cbc::Decryptor::<Aes128>::new_from_slices(key, iv).map_err(|_| CryptoError::Damaged)?;
        cipher.decrypt_padded::<Pkcs7>(&mut plain).map(<[u8]>::len)
    } else {
        let cipher = cbc::Decryptor::<Aes256>::new_from_slices(key, iv).map_err(|_| CryptoError::Damaged)?;
        cipher.decrypt_padded::<Pkcs7>(&mut plain).map(<[u8]>::len)
    };
    plain.truncate(length.map_err(|_| CryptoError::WrongPassphrase)?);
    Ok(plain)
}

/// Opens one block of AES-256 alone: the first of AES-CBC with zeros as initialization vector.
pub fn open_block(key: &[u8; 32], sealed: &[u8; 16]) -> Zeroizing<[u8; 16]> {
    let mut block = (*sealed).into();
    Aes256::new(key.into()).decrypt_block(&mut block);
    Zeroizing::new(block.into())
}

/// Checks the HMAC-SHA256 of `parts`, one after the other.
///
/// # Errors
/// [`CryptoError::WrongPassphrase`] when key, parts and `mac` do not fit together.
pub fn check_mac(key: &[u8; 32], parts: &[&[u8]], mac: &[u8]) -> Result<(), CryptoError> {
    hmac(key, parts)?.verify_slice(mac).map_err(|_| CryptoError::WrongPassphrase)
}

/// The HMAC-SHA256 of `parts`, one after the other.
///
/// # Errors
/// Never for a key of this length.
pub fn mac(key: &[u8; 32], parts: &[&[u8]]) -> Result<[u8; 32], CryptoError> {
    Ok(hmac(key, parts)?.finalize().into_bytes().into())
}

fn hmac(key: &[u8; 32], parts: &[&[u8]]) -> Result<Hmac<Sha256>, CryptoError> {
    let mut hmac = Hmac::<Sha256>::new_from_slice(key).map_err(|_| CryptoError::Damaged)?;
    for part in parts {
        hmac.update(part);
    }
    Ok(hmac)
}

/// Opens AES-256-CBC without padding: whole blocks of 16 bytes. A wrong key gives garbage.
///
/// # Errors
/// [`CryptoError::Damaged`] when the blocks are not whole.
pub fn open_cbc_blocks(key: &[u8; 32], iv: &[u8; 16], sealed: &[u8]) -> Result<Plain, CryptoError> {
    let mut plain = Zeroizing::new(sealed.to_vec());
    let cipher = cbc::Decryptor::<Aes256>::new(key.into(), iv.into());
    cipher.decrypt_padded::<NoPadding>(&mut plain).map_err(|_| CryptoError::Damaged)?;
    Ok(plain)
}

/// Seals with AES-256-CBC and PKCS#7 padding.
pub fn seal_cbc(key: &[u8; 32], iv: &[u8; 16], plain: &[u8]) -> Vec<u8> {
    cbc::Encryptor::<Aes256>::new(key.into(), iv.into()).encrypt_padded_vec::<Pkcs7>(plain)
}

/// Opens a libsodium secretstream (XChaCha20-Poly1305) of one message.
///
/// # Errors
/// [`CryptoError::WrongPassphrase`] when key, header and content do not fit together.
pub fn open_stream(key: &[u8; 32], header: &[u8; 24], sealed: &[u8]) -> Result<Plain, CryptoError> {
    let mut message = Zeroizing::new(sealed.to_vec());
    let mut stream = PullStream::init(Header::from(*header), &(*key).into());
    stream.pull(&mut *message, &[]).map_err(|_| CryptoError::WrongPassphrase)?;
    Ok(message)
}

/// Seals `plain` as a libsodium secretstream of one message: its header and the content.
///
/// # Errors
/// [`CryptoError::TooLarge`] beyond the stream's own limit of 256 GiB.
pub fn seal_stream(key: &[u8; 32], plain: &[u8]) -> Result<([u8; 24], Vec<u8>), CryptoError> {
    let (header, mut stream) = PushStream::init(OsRng, &(*key).into());
    // Room for tag and checksum from the start, so that no second copy of the plain text is left.
    let mut message = Vec::with_capacity(plain.len() + Stream::ABYTES);
    message.extend_from_slice(plain);
    stream.push(&mut message, &[], Tag::Final).map_err(|_| CryptoError::TooLarge { most: 262_144 })?;
    Ok((*header.as_ref(), message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_and_nothing_else_does() {
        let (key, nonce, iv) = ([7; 32], [9; 12], [3; 16]);
        let sealed = seal_gcm(&key, &nonce, b"bound", b"plain").unwrap();
        assert_eq!(**open_gcm(&key, &nonce, b"bound", &sealed).unwrap(), *b"plain");
        assert_eq!(open_gcm(&key, &nonce, b"other", &sealed).unwrap_err(), CryptoError::WrongPassphrase);
        assert_eq!(open_gcm(&key, &[9; 11], b"bound", &sealed).unwrap_err(), CryptoError::Damaged);
        assert_eq!(open_gcm(&key, &nonce, b"bound", &[]).unwrap_err(), CryptoError::WrongPassphrase);
        let sealed = seal_cbc(&key, &iv, b"plain");
        assert_eq!(**open_cbc(&key, &iv, &sealed).unwrap(), *b"plain");
        assert_eq!(open_cbc(&key, &iv, &sealed[1..]).unwrap_err(), CryptoError::WrongPassphrase);
        assert_eq!(open_cbc(&key, &iv, &[]).unwrap_err(), CryptoError::WrongPassphrase);
        let sealed = seal_cbc(&key, &[0; 16], b"a block, and more");
        assert_eq!(*open_block(&key, sealed.first_chunk().unwrap()), *b"a block, and mor");
        // Whole blocks are the first of what is sealed with padding.
        let sealed = seal_cbc(&key, &iv, &[4; 32]);
        assert_eq!(**open_cbc_blocks(&key, &iv, &sealed[..32]).unwrap(), [4; 32]);
        assert_eq!(open_cbc_blocks(&key, &iv, &sealed[1..]).unwrap_err(), CryptoError::Damaged);
        let (header, sealed) = seal_stream(&key, b"plain").unwrap();
        assert_eq!(**open_stream(&key, &header, &sealed).unwrap(), *b"plain");
        assert_eq!(open_stream(&key, &header, &sealed[1..]).unwrap_err(), CryptoError::WrongPassphrase);
        assert_eq!(open_stream(&key, &header, &[]).unwrap_err(), CryptoError::WrongPassphrase);
    }
}
