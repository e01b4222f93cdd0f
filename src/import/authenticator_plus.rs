//! Authenticator Plus (Android, iOS): a locked zip archive with a list of addresses, or with the
//! app's own database, which is sealed with the same password.
//!
//! Format: `formats.md` 21.

use crate::crypto::CryptoError;
use crate::secret::Secret;
use crate::text;
use crate::text::Text;
use crate::uri::Field;

use super::archive::{self, Archive};
use super::draft::{Draft, Key, Stated};
use super::sqlite::{Database, Row};
use super::{Batch, Extras, Format, ImportError, Opened, Place, Source, addresses, plain, sqlcipher};

const ID: &str = "authenticator-plus";
const LIST: &str = "Accounts.txt";
const DATABASE: &str = "authplus.db";
const TABLE: &str = "accounts";
const COLUMNS: &[&str] = &["email", "secret", "counter", "type", "issuer", "category"];

pub(super) struct Importer;

impl Format for Importer {
    fn id(&self) -> &'static str {
        ID
    }

    fn app(&self) -> Text {
        text!("import-app-authenticator-plus")
    }

    fn how_to_export(&self) -> Text {
        text!("import-export-authenticator-plus")
    }

    fn recognizes(&self, source: &Source<'_>) -> bool {
        source.has_member(&[LIST, DATABASE])
    }

    fn open(&self, source: &Source<'_>) -> Result<Opened, ImportError> {
        if source.has_member(&[LIST]) {
            return archive::unlock(source, ID, read_list);
        }
        // The database is sealed even where the archive is not.
        Ok(archive::locked(source, ID, |archive, passphrase| {
            let content = archive.read(DATABASE, passphrase).map_err(|error| error.of(ID))?;
            let wrong = ImportError::WrongPassphrase { format: ID };
            read_database(&content, passphrase.ok_or(wrong)?, ID).map(Opened::from)
        }))
    }
}

fn read_list(archive: &Archive<'_>, passphrase: Option<&Secret>) -> Result<Opened, ImportError> {
    let content = archive.read(LIST, passphrase).map_err(|error| error.of(ID))?;
    let text = plain::read(&content).ok_or(ImportError::Damaged { format: ID, line: 0 })?;
    let mut batch = Batch::default();
    addresses::read_lines(&text, &mut batch)?;
    Ok(batch.into())
}

/// Reads the app's own database for the format `id`.
pub(super) fn read_database(sealed: &[u8], passphrase: &Secret, id: &'static str) -> Result<Batch, ImportError> {
    let plain = sqlcipher::open(sealed, passphrase).map_err(|error| ImportError::sealed(id, error))?;
    let database = Database::open(&plain).filter(|database| database.has(TABLE, &["email", "secret", "type"]));
    let database = database.ok_or(ImportError::sealed(id, CryptoError::Damaged))?;
    let mut batch = Batch::default();
    database.each((TABLE, COLUMNS), id, &mut batch, read)?;
    Ok(batch)
}

fn read(row: &Row, place: Place, batch: &mut Batch) -> Result<(), ImportError> {
    let secret = row.text("secret");
    let draft = Draft {
        issuer: row.text("issuer"),
        name: row.text("email"),
        secret: Key::Base32(secret),
        extras: Extras::tagged([row.text("category")]),
        ..Draft::default()
    };
    let draft = match row.code("type") {
        Some(0) => draft,
        Some(1) => Draft { kind: Some(Stated::Hotp), counter: row.number("counter", Field::Counter), ..draft },
        // Battle.net.
        Some(2) => Draft { secret: Key::Hex(secret), digits: Ok(Some(8)), ..draft },
        _ => Draft { kind: None, ..draft },
    };
    draft.add(place, batch)
}
