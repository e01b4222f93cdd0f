//! KeePass and its relatives: `.kdbx`, versions 3.1 and 4.
//!
//! An entry may have several one-time passwords, in fields that every program names otherwise. The
//! recycle bin and older states of entries are left out. Format: `formats.md` 16.

mod container;
mod header;
mod otp;
mod twofish;
mod xml;

use crate::crypto::CryptoError;
use crate::text;
use crate::text::Text;

use super::archive::ArchiveError;
use super::{Batch, Format, ImportError, Locked, Opened, Place, Source};
use container::Content;
use header::{Cipher, Header};

const ID: &str = "keepass";
/// How every database begins, and one of the oldest kind, `.kdb`.
const MAGIC: &[u8] = b"\x03\xd9\xa2\x9a\x67\xfb\x4b\xb5";
const OLD_MAGIC: &[u8] = b"\x03\xd9\xa2\x9a\x65\xfb\x4b\xb5";

pub(super) struct Importer;

impl Format for Importer {
    fn id(&self) -> &'static str {
        ID
    }

    fn app(&self) -> Text {
        text!("import-app-keepass")
    }

    fn how_to_export(&self) -> Text {
        text!("import-export-keepass")
    }

    fn holds_more(&self) -> bool {
        true
    }

    fn recognizes(&self, source: &Source<'_>) -> bool {
        source.bytes().starts_with(MAGIC) || source.bytes().starts_with(OLD_MAGIC)
    }

    fn open(&self, source: &Source<'_>) -> Result<Opened, ImportError> {
        if source.bytes().starts_with(OLD_MAGIC) {
            return Err(closed("import-keepass-old", "import-hint-keepass-old"));
        }
        let header = Header::read(source.bytes())?;
        header.check_cost().map_err(ImportError::Crypto)?;
        if header.cipher == Cipher::Twofish {
            twofish::check_size(&header)?;
        }
        let bytes = source.bytes().to_vec();
        Ok(Locked::by(ID, move |passphrase| {
            let header = Header::read(&bytes)?;
            if header.cipher == Cipher::Twofish {
                let bytes = twofish::rewrite(&header, &bytes, passphrase)?;
                return read(container::open(&Header::read(&bytes)?, passphrase)?);
            }
            read(container::open(&header, passphrase)?)
        }))
    }
}

fn closed(why: &'static str, hint: &'static str) -> ImportError {
    ImportError::Closed { format: ID, why, hint }
}

fn damaged() -> ImportError {
    ImportError::Damaged { format: ID, line: 0 }
}

fn sealed(error: CryptoError) -> ImportError {
    ImportError::sealed(ID, error)
}

fn unpacked(error: ArchiveError) -> ImportError {
    error.of(ID)
}

fn read(mut content: Content) -> Result<Opened, ImportError> {
    let (mut batch, mut number, mut trashed, mut notes) = (Batch::default(), 0, 0, 0);
    let text = std::str::from_utf8(content.xml()).map_err(|_| damaged())?.to_owned();
    xml::each_entry(&zeroize::Zeroizing::new(text), &mut content.stream, |entry| {
        number += 1;
        if entry.trashed {
            trashed += usize::from(otp::has_any(entry));
            return Ok(());
        }
        notes += usize::from(otp::has_any(entry) && !entry.field("Notes").trim().is_empty());
        otp::add(entry, Place::item(number), &mut batch)
    })?;
    batch.remark(notes, |count| text!("import-remark-login-notes", count = count));
    batch.remark(trashed, |count| text!("import-remark-trashed", count = count));
    Ok(batch.into())
}
