//! The own database of Authenticator Plus by itself: `authplus.db`, under SQLCipher.
//!
//! It has no mark at all, so whatever is made of whole pages and looks random is taken for one.
//! Format: `formats.md` 21.

use crate::text;
use crate::text::Text;

use super::{Format, ImportError, Locked, Opened, Source, authenticator_plus, sqlcipher};

const ID: &str = "authenticator-plus-database";
/// The fewest pages: the schema and a table.
const LEAST_PAGES: usize = 2;
/// How many different bytes a page has that looks random; by chance 251 of 256, in text under 100.
const LEAST_DIFFERENT: usize = 220;

pub(super) struct Importer;

impl Format for Importer {
    fn id(&self) -> &'static str {
        ID
    }

    fn app(&self) -> Text {
        text!("import-app-authenticator-plus-database")
    }

    fn how_to_export(&self) -> Text {
        text!("import-export-authenticator-plus-database")
    }

    fn recognizes(&self, source: &Source<'_>) -> bool {
        let (pages, rest) = source.bytes().as_chunks::<{ sqlcipher::PAGE }>();
        pages.len() >= LEAST_PAGES && rest.is_empty() && pages.iter().take(LEAST_PAGES).all(|page| looks_random(page))
    }

    fn is_general(&self) -> bool {
        true
    }

    fn open(&self, source: &Source<'_>) -> Result<Opened, ImportError> {
        let bytes = source.bytes().to_vec();
        Ok(Locked::by(ID, move |passphrase| {
            authenticator_plus::read_database(&bytes, passphrase, ID).map(Opened::from)
        }))
    }
}

fn looks_random(page: &[u8]) -> bool {
    let mut seen = [false; 256];
    for byte in page {
        seen[usize::from(*byte)] = true;
    }
    seen.iter().filter(|seen| **seen).count() >= LEAST_DIFFERENT
}
