//! Files of the `age` format, under a passphrase or for a key: our own, and whatever else somebody
//! has put into one. What is inside is read like any other source.

use zeroize::Zeroizing;

use crate::crypto::age::{self, Identity};
use crate::crypto::{CryptoError, armor};
use crate::secret::Secret;
use crate::text;
use crate::text::Text;

use super::{Format, ImportError, Locked, Opened, Source};

pub(super) const ID: &str = "age";
const MAGIC: &[u8] = b"age-encryption.org/v1\n";
/// The line that says that a passphrase opens the file.
const STANZA: &[u8] = b"-> scrypt ";

pub(super) struct Importer;

impl Format for Importer {
    fn id(&self) -> &'static str {
        ID
    }

    fn app(&self) -> Text {
        text!("import-app-age")
    }

    fn how_to_export(&self) -> Text {
        text!("import-export-age")
    }

    fn recognizes(&self, source: &Source<'_>) -> bool {
        source.bytes().starts_with(MAGIC) || armor::is_armored(source.bytes())
    }

    fn open(&self, source: &Source<'_>) -> Result<Opened, ImportError> {
        let file = if armor::is_armored(source.bytes()) {
            armor::unwrap(source.bytes()).ok_or(ImportError::Crypto(CryptoError::Damaged))?
        } else {
            source.bytes().to_vec()
        };
        let rest = file.strip_prefix(MAGIC).ok_or(ImportError::Crypto(CryptoError::Damaged))?;
        if rest.starts_with(STANZA) {
            return Ok(Locked::by(ID, move |passphrase| inside(age::open(passphrase, &file, age::MOST_WORK))));
        }
        Ok(Locked::for_key(ID, move |key| inside(open_with(key, &file))))
    }
}

/// Opens a file that is encrypted for a key with what somebody typed or scanned.
fn open_with(key: &Secret, file: &[u8]) -> Result<Zeroizing<Vec<u8>>, CryptoError> {
    Identity::typed(key)?.open(file)
}

fn inside(plain: Result<Zeroizing<Vec<u8>>, CryptoError>) -> Result<Opened, ImportError> {
    let plain = plain.map_err(|error| ImportError::sealed(ID, error))?;
    super::open(&Source::new(&plain))
}
