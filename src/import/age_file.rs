//! Files of the `age` format under a passphrase: our own, and whatever else somebody has put into
//! one. What is inside is read like any other source.

use zeroize::Zeroizing;

use crate::crypto::age;
use crate::text;
use crate::text::Text;

use super::{Format, ImportError, Locked, Opened, Source};

const ID: &str = "age";
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
        source.bytes().starts_with(MAGIC)
    }

    fn open(&self, source: &Source<'_>) -> Result<Opened, ImportError> {
        let rest = source.bytes().strip_prefix(MAGIC).unwrap_or_default();
        if rest.starts_with(b"-> ") && !rest.starts_with(STANZA) {
            return Err(ImportError::Crypto(crate::crypto::CryptoError::NoPassphrase));
        }
        let file = Zeroizing::new(source.bytes().to_vec());
        Ok(Locked::by(ID, move |passphrase| {
            let plain = age::open(passphrase, &file, age::MOST_WORK).map_err(|error| ImportError::sealed(ID, error))?;
            super::open(&Source::new(&plain))
        }))
    }
}
