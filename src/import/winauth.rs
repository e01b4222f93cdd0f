//! WinAuth (Windows): a zip archive with a list of addresses, with or without a password. The bare
//! list is read as any other list.
//!
//! Format: `formats.md` 19.

use crate::text;
use crate::text::Text;

use super::archive::{self, Archive};
use super::{Format, ImportError, Opened, Source, addresses, plain};

const ID: &str = "winauth";

pub(super) struct Importer;

impl Format for Importer {
    fn id(&self) -> &'static str {
        ID
    }

    fn app(&self) -> Text {
        text!("import-app-winauth")
    }

    fn how_to_export(&self) -> Text {
        text!("import-export-winauth")
    }

    fn recognizes(&self, source: &Source<'_>) -> bool {
        source.archive().is_some_and(|archive| list(archive).is_some())
    }

    fn open(&self, source: &Source<'_>) -> Result<Opened, ImportError> {
        archive::unlock(source, ID, |archive, passphrase| {
            let damaged = ImportError::Damaged { format: ID, line: 0 };
            let name = list(archive).ok_or_else(|| damaged.clone())?;
            let content = archive.read(name, passphrase).map_err(|error| error.of(ID))?;
            let text = plain::read(&content).ok_or(damaged)?;
            let mut batch = super::Batch::default();
            addresses::read_lines(&text, &mut batch)?;
            Ok(batch.into())
        })
    }
}

/// The name of the list, such as `winauth-2023-03-24.txt`, if it is all that `archive` holds.
fn list<'a>(archive: &'a Archive<'_>) -> Option<&'a str> {
    let mut members = archive.members();
    let name = members.next()?.name.as_str();
    let lower = name.to_ascii_lowercase();
    let is_list = lower.starts_with("winauth") && lower.rsplit('.').next() == Some("txt");
    (members.next().is_none() && is_list).then_some(name)
}
