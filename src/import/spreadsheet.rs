//! Spreadsheets: XLSX (Excel, Numbers, Google Sheets) and ODS (LibreOffice), every sheet of them.
//!
//! Both are zip archives, and a few bytes of them can stand for gigabytes: in the compression, in
//! repeated cells, in a cell far away. So the sizes are counted before, and cells come one by one.
//! The old XLS is refused: its readers build the whole sheet first. Format: `formats.md` 22.

use memchr::memmem;

use crate::text;
use crate::text::Text;

use super::archive::Archive;
use super::table::{Plan, Table};
use super::{Batch, Format, ImportError, Opened, Source};

mod ods;
mod xlsx;

const ID: &str = "spreadsheet";
/// The most bytes that the parts of a workbook may have together, pictures left out.
const MOST_BYTES: usize = 32 << 20;
/// How all old Office files begin, and new ones with a password.
const OLD_OFFICE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

pub(super) struct Importer;

impl Format for Importer {
    fn id(&self) -> &'static str {
        ID
    }

    fn app(&self) -> Text {
        text!("import-app-spreadsheet")
    }

    fn how_to_export(&self) -> Text {
        text!("import-export-spreadsheet")
    }

    fn holds_more(&self) -> bool {
        true
    }

    fn recognizes(&self, source: &Source<'_>) -> bool {
        is_old(source.bytes()) || source.has_member(&[xlsx::MARK]) || source.archive().is_some_and(ods::is_one)
    }

    fn open(&self, source: &Source<'_>) -> Result<Opened, ImportError> {
        let Some(archive) = source.archive() else {
            return Err(closed("import-spreadsheet-old", "import-hint-spreadsheet-old"));
        };
        check_size(archive)?;
        let tables = if archive.has(xlsx::MARK) { xlsx::read(source.bytes())? } else { ods::read(archive)? };
        let mut batch = Batch::default();
        let mut found = false;
        for table in &tables {
            if let Some(plan) = Plan::of(table) {
                found = true;
                table.read(&plan, &mut batch)?;
            }
        }
        if found { Ok(batch.into()) } else { Err(closed("import-spreadsheet-no-keys", "import-hint-no-keys")) }
    }
}

fn closed(why: &'static str, hint: &'static str) -> ImportError {
    ImportError::Closed { format: ID, why, hint }
}

fn damaged() -> ImportError {
    ImportError::Damaged { format: ID, line: 0 }
}

/// Whether `bytes` are a workbook of old Excel, or of any Excel under a password. The names of its
/// parts stand there in UTF-16.
fn is_old(bytes: &[u8]) -> bool {
    let has = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memmem::find(bytes, &name).is_some()
    };
    bytes.starts_with(OLD_OFFICE) && (has("Workbook") || has("EncryptedPackage"))
}

/// Unpacks every part that a reader may look at, to see how large it is.
fn check_size(archive: &Archive<'_>) -> Result<(), ImportError> {
    let mut size = 0;
    for member in archive.members() {
        let name = member.name.to_ascii_lowercase();
        if [".xml", ".rels", ".vml", ".bin"].iter().any(|end| name.ends_with(end)) {
            size += archive.read(&member.name, None).map_err(|error| error.of(ID))?.len();
        }
        if size > MOST_BYTES {
            return Err(ImportError::TooBig);
        }
    }
    Ok(())
}

/// Adds the cells of a row, blank ones left out, to `table`.
fn push_row(table: &mut Table, number: usize, cells: &mut Vec<zeroize::Zeroizing<String>>) -> Result<(), ImportError> {
    let result = table.push(super::Place::row(number), cells.iter().map(|cell| cell.as_str()));
    cells.clear();
    result
}
