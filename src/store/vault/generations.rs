//! `vault.age` and its generations: `vault.age.1` is a second copy of the file in force, `.2` to
//! `.9` are what it was before, newest first.
//!
//! Each is a file of its own, never a second name: a bad block or a slip of an editor hits one.

use super::content::Content;
use super::notice::{Notice, Notices};
use super::{VAULT, sealed_error};
use crate::crypto::age::{self, Identity};
use crate::store::StoreError;
use crate::store::files::{Files, GENERATIONS, generation};

/// What was found in the place of `vault.age`.
pub(super) enum Live {
    /// A file that opens.
    Good(Vec<u8>),
    /// Something that does not.
    Bad,
    /// Nothing.
    Missing,
}

/// Reads the vault, or the newest generation that can be read.
///
/// # Errors
/// When none can, or it was written by a newer program.
pub(super) fn load(files: &Files, identity: &Identity, notices: &Notices) -> Result<(Content, Live), StoreError> {
    let error = match open(files, identity, VAULT) {
        Ok((content, file)) => return Ok((content, Live::Good(file))),
        Err(StoreError::TooNew) => return Err(StoreError::TooNew),
        Err(error) => error,
    };
    let live = if files.exists(VAULT) { Live::Bad } else { Live::Missing };
    for number in 1..=GENERATIONS {
        let used = generation(VAULT, number);
        if let Ok((content, _)) = open(files, identity, &used) {
            notices.add(Notice::Older { file: VAULT.to_owned(), used });
            return Ok((content, live));
        }
    }
    Err(error)
}

/// Writes `content` in place of `live`. Everything that can fail for want of room happens before
/// anything is renamed.
///
/// # Errors
/// When the disk does not keep it; then the vault is as it was.
pub(super) fn write(
    files: &Files,
    identity: &Identity,
    content: &Content,
    live: &Live,
    notices: &Notices,
) -> Result<(), StoreError> {
    files.sweep();
    let plain = content.print();
    let sealed = age::seal_for(&[identity.recipient()], &plain).map_err(|error| sealed_error(error, VAULT))?;
    let (file, copy) = (files.stage(VAULT, &sealed)?, files.stage(&generation(VAULT, 1), &sealed)?);
    let kept = file.read()?;
    let opened = identity.open(&kept).map_err(|error| sealed_error(error, VAULT))?;
    if *opened != *plain || copy.read()? != kept {
        return Err(StoreError::NotKept);
    }
    keep(files, live, notices)?;
    files.rotate(VAULT)?;
    copy.place()?;
    file.place()?;
    files.sync()
}

/// Sees to it that what stands in the place of the vault is not lost when it is replaced.
fn keep(files: &Files, live: &Live, notices: &Notices) -> Result<(), StoreError> {
    match live {
        Live::Good(file) => {
            let copy = generation(VAULT, 1);
            // Differs when somebody put another file there, or a write was interrupted.
            if files.read(&copy).as_ref() != Ok(file) {
                let staged = files.stage(&copy, file)?;
                files.rotate(VAULT)?;
                staged.place()?;
            }
        }
        Live::Bad => {
            let kept = files.set_aside(VAULT)?;
            notices.add(Notice::Aside { file: VAULT.to_owned(), kept });
        }
        Live::Missing => {}
    }
    Ok(())
}

fn open(files: &Files, identity: &Identity, name: &str) -> Result<(Content, Vec<u8>), StoreError> {
    let file = files.read(name)?;
    let plain = identity.open(&file).map_err(|error| sealed_error(error, name))?;
    Ok((Content::parse(&plain)?, file))
}
