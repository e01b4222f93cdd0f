//! The texts of an encrypted recovery sheet's QR codes, one a line, in any order.
//!
//! Pictures and PDF files of the sheet are read as such; this is what another reader of QR codes made
//! of them.

use crate::text;
use crate::text::Text;

use super::sheet_part::START;
use super::{Batch, Format, ImportError, Opened, Source, addresses};

pub(super) const ID: &str = "otp-sheet";

pub(super) struct Importer;

/// Whether a line of `text` is a part of a sheet.
pub(super) fn has(text: &str) -> bool {
    text.lines().any(|line| line.trim().starts_with(START))
}

impl Format for Importer {
    fn id(&self) -> &'static str {
        ID
    }

    fn app(&self) -> Text {
        text!("import-app-otp-sheet")
    }

    fn how_to_export(&self) -> Text {
        text!("import-export-otp-sheet")
    }

    fn recognizes(&self, source: &Source<'_>) -> bool {
        source.lines().is_some_and(has)
    }

    fn open(&self, source: &Source<'_>) -> Result<Opened, ImportError> {
        let mut batch = Batch::default();
        addresses::read_lines(source.lines().unwrap_or_default(), &mut batch)?;
        Ok(batch.into())
    }
}
