//! Pictures of QR codes: screenshots, photos, scans.
//!
//! Every text that is found goes through the same reading as a line of a file. Pictures in an archive
//! share what work there is.

use crate::qr;
use crate::text;
use crate::text::Text;

use super::{Batch, Format, ImportError, Opened, Place, Source};

pub(super) struct Importer;

impl Format for Importer {
    fn id(&self) -> &'static str {
        "picture"
    }

    fn app(&self) -> Text {
        text!("import-app-picture")
    }

    fn how_to_export(&self) -> Text {
        text!("import-export-picture")
    }

    fn recognizes(&self, source: &Source<'_>) -> bool {
        qr::is_picture(source.bytes())
    }

    fn open(&self, source: &Source<'_>) -> Result<Opened, ImportError> {
        let mut batch = Batch::default();
        let bytes = source.bytes();
        let found = if source.is_inside() { source.work().read(bytes)? } else { qr::read(bytes)? };
        for (code, number) in found.iter().zip(1..) {
            batch.code(&code.text, code.part, Place::code(number))?;
        }
        Ok(batch.into())
    }
}
