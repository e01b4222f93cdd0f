//! Tables as text: what password managers and spreadsheets write, with commas, semicolons or tabs.
//!
//! A list of addresses is `uri-list`, but not if headings say that the addresses stand in a column:
//! then their names stand in others. Format: `formats.md` 8.3 and 22.

use csv::{ReaderBuilder, StringRecord};

use crate::text;
use crate::text::Text;

use super::table::{Plan, Table};
use super::{Batch, Format, ImportError, Opened, Place, Source};

/// What may stand between cells.
const SEPARATORS: &[u8] = b"\t,;";
/// How much of a text is looked at to see whether it is a table, in bytes.
const SAMPLE: usize = 256 << 10;

pub(super) struct Importer;

impl Format for Importer {
    fn id(&self) -> &'static str {
        "csv"
    }

    fn app(&self) -> Text {
        text!("import-app-csv")
    }

    fn how_to_export(&self) -> Text {
        text!("import-export-csv")
    }

    fn holds_more(&self) -> bool {
        true
    }

    fn recognizes(&self, source: &Source<'_>) -> bool {
        source.table().is_some()
    }

    fn is_general(&self) -> bool {
        true
    }

    fn open(&self, source: &Source<'_>) -> Result<Opened, ImportError> {
        let damaged = || ImportError::Damaged { format: "csv", line: 0 };
        let sketch = source.table().ok_or_else(damaged)?;
        let table = table(source.lines().unwrap_or_default(), sketch.separator)?;
        let mut batch = Batch::default();
        table.read(&Plan::of(&table).ok_or_else(damaged)?, &mut batch)?;
        Ok(batch.into())
    }
}

/// What kind of table a text is.
#[derive(Clone, Copy)]
pub(super) struct Sketch {
    /// What stands between cells.
    separator: u8,
    /// Whether there are headings, one of which announces keys.
    pub(super) has_headings: bool,
}

/// The kind of table that `text` is; `None` if it is none with keys.
pub(super) fn sketch(text: &str) -> Option<Sketch> {
    // Cut between lines, so that no cell is looked at in half.
    let start = text.get(..text.floor_char_boundary(SAMPLE))?;
    let sample = if text.len() > SAMPLE { text.get(..start.rfind('\n')?)? } else { text };
    let used = SEPARATORS.iter().filter(|separator| memchr::memchr(**separator, sample.as_bytes()).is_some());
    let sketches = used.filter_map(|separator| {
        let table = table(sample, *separator).ok().filter(Table::is_regular)?;
        let has_headings = Plan::of(&table)?.is_announced();
        Some(Sketch { separator: *separator, has_headings })
    });
    // Headings say more than a guess.
    let sketches: Vec<Sketch> = sketches.collect();
    sketches.iter().find(|sketch| sketch.has_headings).or(sketches.first()).copied()
}

fn table(text: &str, separator: u8) -> Result<Table, ImportError> {
    let mut reader = ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .buffer_capacity(64 << 10)
        .from_reader(text.as_bytes());
    let (mut table, mut record) = (Table::default(), StringRecord::new());
    while reader.read_record(&mut record).unwrap_or(false) {
        let line = record.position().and_then(|position| usize::try_from(position.line()).ok());
        table.push(Place::line(line.unwrap_or_default()), record.iter())?;
    }
    Ok(table)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_table_is_known_wherever_its_sample_ends() {
        for blanks in 0..3 {
            let row = "ビットフライヤー,W25FHWSU56FVKU7A\n";
            let text = format!("{}サービス,キー\n{}", " ".repeat(blanks), row.repeat(SAMPLE / row.len() + 1));
            assert!(sketch(&text).is_some_and(|sketch| sketch.separator == b',' && sketch.has_headings));
        }
    }
}
