//! The database of Microsoft Authenticator, as phones with root access give it: `PhoneFactor`.
//!
//! Microsoft's own accounts have eight digits and a key in base64; the others are ordinary. Accounts
//! of companies that only approve sign-ins have no key. Format: `formats.md` 21.

use crate::text;
use crate::text::Text;

use super::draft::{Draft, Key};
use super::sqlite::{self, Row};
use super::{Batch, Format, ImportError, Opened, Place, SkipReason, Source, label};

const ID: &str = "microsoft";
const TABLE: &str = "accounts";
const COLUMNS: &[&str] = &["name", "username", "oath_secret_key", "encrypted_oath_secret_key", "account_type"];

pub(super) struct Importer;

impl Format for Importer {
    fn id(&self) -> &'static str {
        ID
    }

    fn app(&self) -> Text {
        text!("import-app-microsoft")
    }

    fn how_to_export(&self) -> Text {
        text!("import-export-microsoft")
    }

    fn recognizes(&self, source: &Source<'_>) -> bool {
        source.has_table(TABLE, &["oath_secret_key"])
    }

    fn open(&self, source: &Source<'_>) -> Result<Opened, ImportError> {
        sqlite::open_table(source, (TABLE, COLUMNS), ID, read)
    }
}

fn read(row: &Row, place: Place, batch: &mut Batch) -> Result<(), ImportError> {
    let (issuer, name, key) = (row.text("name"), row.text("username"), row.text("oath_secret_key"));
    if key.trim().is_empty() {
        let sealed = !row.text("encrypted_oath_secret_key").trim().is_empty();
        let reason = if sealed { SkipReason::Withheld } else { SkipReason::PushOnly };
        let (issuer, name) = crate::uri::settle_names(Some(issuer), name);
        return batch.skip(place, label(&issuer, &name), reason);
    }
    let draft = Draft { issuer, name, ..Draft::default() };
    let draft = match row.code("account_type") {
        Some(0) => Draft { secret: Key::Base32(key), ..draft },
        Some(1) => Draft { secret: Key::Base64(key), digits: Ok(Some(8)), ..draft },
        _ => Draft { kind: None, ..draft },
    };
    draft.add(place, batch)
}
