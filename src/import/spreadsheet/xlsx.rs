//! The sheets of an XLSX workbook, cell by cell: two cells in opposite corners are two cells.

use std::io::Cursor;

use calamine::{DataRef, Reader, Xlsx};
use zeroize::Zeroizing;

use crate::import::ImportError;
use crate::import::table::{MOST_COLUMNS, Table};
use crate::qr;

use super::{damaged, push_row};

/// The part that every workbook has.
pub(super) const MARK: &str = "xl/workbook.xml";
/// The most sheets that are looked at.
const MOST_SHEETS: usize = 64;

/// The sheets of the workbook in `bytes`, whose size was checked. A panic in the reader is damage.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Table>, ImportError> {
    qr::contained(|| sheets(bytes)).unwrap_or_else(|| Err(damaged()))
}

fn sheets(bytes: &[u8]) -> Result<Vec<Table>, ImportError> {
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|_| damaged())?;
    let names = book.sheet_names();
    let mut tables = Vec::new();
    for name in names.iter().take(MOST_SHEETS) {
        // Sheets of charts have no cells.
        if let Ok(mut cells) = book.worksheet_cells_reader(name) {
            tables.push(sheet(|| {
                cells
                    .next_cell()
                    .map(|cell| {
                        cell.map(|cell| {
                            let (row, column) = cell.get_position();
                            (row, column, text(cell.get_value()))
                        })
                    })
                    .map_err(|_| damaged())
            })?);
        }
    }
    Ok(tables)
}

/// A row and a column, counted from 0, and what stands there.
type Cell = (u32, u32, Zeroizing<String>);

fn sheet(mut next: impl FnMut() -> Result<Option<Cell>, ImportError>) -> Result<Table, ImportError> {
    let (mut table, mut cells, mut current) = (Table::default(), Vec::new(), 0);
    while let Some((row, column, text)) = next()? {
        let (row, column) = (index(row), index(column));
        if row != current {
            push_row(&mut table, current + 1, &mut cells)?;
            current = row;
        }
        if column < MOST_COLUMNS && !text.is_empty() {
            cells.resize_with(cells.len().max(column + 1), Zeroizing::default);
            if let Some(cell) = cells.get_mut(column) {
                *cell = text;
            }
        }
    }
    push_row(&mut table, current + 1, &mut cells)?;
    Ok(table)
}

fn index(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX - 1)
}

fn text(value: &DataRef<'_>) -> Zeroizing<String> {
    Zeroizing::new(match value {
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(value) => value.to_string(),
        _ => String::new(),
    })
}
