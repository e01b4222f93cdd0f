//! Raivo OTP (iOS, withdrawn): the zip archive of its export, locked with the master password.
//!
//! What lies inside is the JSON export, read as if it came by itself. Format: `formats.md` 11.

use crate::text;
use crate::text::Text;

use super::{Format, ImportError, Opened, Source, archive};

const ID: &str = "raivo-zip";
const DATA: &str = "raivo-otp-export.json";

pub(super) struct Importer;

impl Format for Importer {
    fn id(&self) -> &'static str {
        ID
    }

    fn app(&self) -> Text {
        text!("import-app-raivo-zip")
    }

    fn how_to_export(&self) -> Text {
        text!("import-export-raivo-zip")
    }

    fn recognizes(&self, source: &Source<'_>) -> bool {
        source.has_member(&[DATA])
    }

    fn open(&self, source: &Source<'_>) -> Result<Opened, ImportError> {
        archive::unlock(source, ID, |archive, passphrase| {
            let content = archive.read(DATA, passphrase).map_err(|error| error.of(ID))?;
            super::open(&Source::new(&[]).inner(&content, DATA))
        })
    }
}
