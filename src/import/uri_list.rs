//! Lists of addresses: plain text with `otpauth://` and the like, one a line.
//!
//! Lines may also be Google transfers. JSON and HTML are left to formats that know their fields,
//! even where they have addresses inside. Format: `formats.md` 4.5.

use crate::text;
use crate::text::Text;

use super::{Batch, Format, ImportError, Opened, Source, addresses, ente, meta, otp_sheet};

pub(super) struct Importer;

impl Format for Importer {
    fn id(&self) -> &'static str {
        "uri-list"
    }

    fn app(&self) -> Text {
        text!("import-app-uri-list")
    }

    fn how_to_export(&self) -> Text {
        text!("import-export-uri-list")
    }

    fn recognizes(&self, source: &Source<'_>) -> bool {
        let transfer = |text| !addresses::any(text) || addresses::only_transfers(text);
        // Where headings say that the addresses stand in a column, it is a table.
        let is_table = || source.table().is_some_and(|table| table.has_headings);
        let others = |text| transfer(text) || ente::has_marks(text) || is_table() || otp_sheet::has(text);
        source.lines().is_some_and(|text| !others(text))
    }

    fn open(&self, source: &Source<'_>) -> Result<Opened, ImportError> {
        let mut batch = Batch::default();
        let text = source.lines().unwrap_or_default();
        addresses::read_lines(text, &mut batch)?;
        meta::apply(text, &mut batch);
        Ok(batch.into())
    }
}
