//! Lists of addresses: plain text with `otpauth://` and the like, one a line.
//!
//! Lines may also be Google transfers. JSON and HTML are left to formats that know their fields,
//! even where they have addresses inside. Format: `formats.md` 4.5.

use crate::text;
use crate::text::Text;

use super::{Batch, Format, ImportError, Source, addresses, plain};

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

    fn recognizes(&self, source: Source<'_>) -> bool {
        plain::read(source.bytes)
            .is_some_and(|text| is_list(&text) && addresses::any(&text) && !addresses::only_transfers(&text))
    }

    fn open(&self, source: Source<'_>) -> Result<Batch, ImportError> {
        let text = plain::read(source.bytes).ok_or(ImportError::Unknown)?;
        let mut batch = Batch::default();
        addresses::read_lines(&text, &mut batch)?;
        Ok(batch)
    }
}

/// Whether `text` is lines and not a tree.
pub(super) fn is_list(text: &str) -> bool {
    let text = text.trim_start();
    !text.starts_with(['{', '[']) && (!text.starts_with('<') || text.starts_with("<otpauth"))
}
