//! `identity.age`: the key of the vault, under the passphrase.
//!
//! Without it the vault is lost, so `identity.age.1` is a second copy of the same file. It is no
//! previous generation: after a change of the passphrase neither opens with the old one.

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::notice::{Notice, Notices};
use super::{IDENTITY, sealed_error};
use crate::crypto::CryptoError;
use crate::crypto::age::{self, Identity};
use crate::secret::Secret;
use crate::store::StoreError;
use crate::store::files::{Files, generation};

/// Opens the identity with `passphrase`, from the spare if the file itself does not open.
///
/// # Errors
/// When neither opens.
pub(super) fn open(files: &Files, passphrase: &Secret, notices: &Notices) -> Result<Identity, StoreError> {
    let spare = generation(IDENTITY, 1);
    let file = files.read(IDENTITY);
    let error = match file.as_ref().map_err(Clone::clone).and_then(|file| decrypt(file, passphrase)) {
        Ok(identity) => return Ok(identity),
        Err(error) => error,
    };
    match files.read(&spare) {
        // The same file takes the same two seconds to fail the same way.
        Ok(second) if file.as_ref() == Ok(&second) => Err(error),
        Ok(second) => {
            let identity = decrypt(&second, passphrase)?;
            notices.add(Notice::Spare { file: IDENTITY.to_owned(), used: spare });
            Ok(identity)
        }
        Err(_) => Err(error),
    }
}

/// Writes `identity` under `passphrase`, spare first, and reads both back before either is in
/// force. `work` is [`age::WORK`] except in tests.
///
/// # Errors
/// When the disk does not keep it.
pub(super) fn write(files: &Files, identity: &Identity, passphrase: &Secret, work: u8) -> Result<(), StoreError> {
    let line = identity.line();
    // EXPOSE: the text that is encrypted; wiped when it goes.
    let text = Zeroizing::new([line.expose(), b"\n"].concat());
    let sealed = age::seal(work, passphrase, &text).map_err(|error| sealed_error(error, IDENTITY))?;
    let (file, spare) = (files.stage(IDENTITY, &sealed)?, files.stage(&generation(IDENTITY, 1), &sealed)?);
    let kept = file.read()?;
    if kept != spare.read()? || !decrypt(&kept, passphrase)?.line().matches(&line) {
        return Err(StoreError::NotKept);
    }
    spare.place()?;
    file.place()?;
    files.sync()
}

/// The name under which the opened identity may be held elsewhere: changes with the passphrase and
/// tells nothing. `None` when there is no file.
pub(super) fn fingerprint(files: &Files) -> Option<String> {
    let digest = Sha256::digest(files.read(IDENTITY).ok()?);
    let half = digest.first_chunk().map(|half| u128::from_be_bytes(*half))?;
    Some(format!("otp-vault-{half:032x}"))
}

fn decrypt(file: &[u8], passphrase: &Secret) -> Result<Identity, StoreError> {
    let text = age::open(passphrase, file, age::MOST_WORK).map_err(|error| sealed_error(error, IDENTITY))?;
    let text = Secret::new(text.to_vec());
    Identity::parse(&text).ok_or_else(|| sealed_error(CryptoError::Damaged, IDENTITY))
}
