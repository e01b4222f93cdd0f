//! The database of Google Authenticator, as phones with root access give it: `databases`.
//!
//! Newer versions seal the secrets with a key that never leaves the phone; such entries are named
//! and skipped. Format: `formats.md` 5.5.

use crate::text;
use crate::text::Text;
use crate::uri::Field;

use super::draft::{Draft, Key, Stated};
use super::sqlite::{self, Row};
use super::{Batch, Format, ImportError, Opened, Place, SkipReason, Source, label};

const ID: &str = "google-database";
const TABLE: &str = "accounts";
const COLUMNS: &[&str] = &["email", "secret", "counter", "type", "issuer", "isencrypted"];

pub(super) struct Importer;

impl Format for Importer {
    fn id(&self) -> &'static str {
        ID
    }

    fn app(&self) -> Text {
        text!("import-app-google-database")
    }

    fn how_to_export(&self) -> Text {
        text!("import-export-google-database")
    }

    fn recognizes(&self, source: &Source<'_>) -> bool {
        // Authenticator Plus has these columns as well, and a category besides.
        source.has_table(TABLE, &["email", "secret", "counter", "type"]) && !source.has_table(TABLE, &["category"])
    }

    fn open(&self, source: &Source<'_>) -> Result<Opened, ImportError> {
        sqlite::open_table(source, (TABLE, COLUMNS), ID, read)
    }
}

fn read(row: &Row, place: Place, batch: &mut Batch) -> Result<(), ImportError> {
    let (issuer, name) = (row.text("issuer"), row.text("email"));
    if row.code("isencrypted") != Some(0) {
        let (issuer, name) = crate::uri::settle_names(Some(issuer), name);
        return batch.skip(place, label(&issuer, &name), SkipReason::Withheld);
    }
    let kind = match row.code("type") {
        Some(0) => Some(Stated::Totp),
        Some(1) => Some(Stated::Hotp),
        _ => None,
    };
    let counter = row.number("counter", Field::Counter);
    Draft { issuer, name, kind, secret: Key::Base32(row.text("secret")), counter, ..Draft::default() }.add(place, batch)
}
