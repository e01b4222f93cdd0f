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
        source.lines().is_some_and(|text| separator(text).is_some())
    }

    fn is_general(&self) -> bool {
        true
    }

    fn open(&self, source: &Source<'_>) -> Result<Opened, ImportError> {
        let text = source.lines().unwrap_or_default();
        let damaged = || ImportError::Damaged { format: "csv", line: 0 };
        let table = table(text, separator(text).ok_or_else(damaged)?)?;
        let mut batch = Batch::default();
        table.read(&Plan::of(&table).ok_or_else(damaged)?, &mut batch)?;
        Ok(batch.into())
    }
}

/// Whether `text` is a table with headings, one of which announces keys.
pub(super) fn has_headings(text: &str) -> bool {
    plan(text).is_some_and(|(_, plan)| plan.is_announced())
}

/// Whether `text` is a table with keys.
pub(super) fn is_table(text: &str) -> bool {
    separator(text).is_some()
}

fn separator(text: &str) -> Option<u8> {
    plan(text).map(|(separator, _)| separator)
}

fn plan(text: &str) -> Option<(u8, Plan)> {
    // Cut between lines, so that no cell is looked at in half.
    let end = text.get(..SAMPLE).or_else(|| text.get(..SAMPLE - 3)).and_then(|start| start.rfind('\n'));
    let sample = if text.len() > SAMPLE { text.get(..end?)? } else { text };
    let plans = SEPARATORS.iter().filter_map(|separator| {
        let table = table(sample, *separator).ok().filter(Table::is_regular)?;
        Some((*separator, Plan::of(&table)?))
    });
    // Headings say more than a guess.
    let mut plans: Vec<_> = plans.collect();
    plans.sort_by_key(|(_, plan)| !plan.is_announced());
    plans.into_iter().next()
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
