//! A table for a spreadsheet: `title,username,otpauth,tags,notes,favorite`, UTF-8, every cell quoted.
//!
//! This is the flavour for people: a cell that a spreadsheet would compute gets an apostrophe in
//! front (`security.md` R18.2). The address in `otpauth` is whole and exact, and it is all that an
//! import looks at; programs that want every name exactly take `json`.

use zeroize::Zeroizing;

use crate::account::Account;
use crate::text;
use crate::text::Text;

use super::fields::uri;
use super::{Bytes, Carries, Encryption, ExportError, Item, Job, Reason, Target};

pub(super) struct Writer;

impl Target for Writer {
    fn id(&self) -> &'static str {
        "csv"
    }

    fn app(&self) -> Text {
        text!("export-app-csv")
    }

    fn extension(&self) -> &'static str {
        "csv"
    }

    fn encryption(&self) -> Encryption {
        Encryption::Never
    }

    fn carries(&self) -> Carries {
        Carries::USUAL
    }

    fn leftover(&self, _: &Account) -> Option<Reason> {
        None
    }

    fn write(&self, items: &[Item], _: &Job<'_>) -> Result<Bytes, ExportError> {
        let rows: Vec<Zeroizing<String>> = items.iter().map(row).collect();
        let size = HEAD.len() + rows.iter().map(|row| row.len()).sum::<usize>();
        let mut table = Zeroizing::new(Vec::with_capacity(size));
        table.extend_from_slice(HEAD.as_bytes());
        for row in rows {
            table.extend_from_slice(row.as_bytes());
        }
        Ok(table)
    }
}

/// With the mark by which spreadsheets know UTF-8.
const HEAD: &str = "\u{feff}title,username,otpauth,tags,notes,favorite\r\n";

fn row(item: &Item) -> Zeroizing<String> {
    let address = Zeroizing::new(uri(&item.account));
    let (tags, favorite) = (item.extras.tags.join(", "), if item.extras.favorite { "true" } else { "" });
    let cells = [item.account.issuer(), item.account.name(), &address, &tags, &item.extras.note, favorite];
    let size = cells.iter().map(|cell| cell.len() * 2 + 4).sum::<usize>() + 2;
    let mut row = Zeroizing::new(String::with_capacity(size));
    for (at, cell) in cells.into_iter().enumerate() {
        row.push_str(if at == 0 { "\"" } else { ",\"" });
        push_cell(cell, &mut row);
        row.push('"');
    }
    row.push_str("\r\n");
    row
}

/// `cell` with its quotes doubled, and never one that a spreadsheet computes.
fn push_cell(cell: &str, row: &mut String) {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        row.push('\'');
    }
    for symbol in cell.chars() {
        match symbol {
            '"' => row.push_str("\"\""),
            '\n' => row.push('\n'),
            // Other controls would be acted on by whatever shows the table.
            symbol if symbol.is_control() => row.push(' '),
            symbol => row.push(symbol),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_quoted_and_never_computed() {
        #[track_caller]
        fn case(cell: &str, expected: &str) {
            let mut row = String::new();
            push_cell(cell, &mut row);
            assert_eq!(row, expected);
        }
        case("Binance", "Binance");
        case("=HYPERLINK(\"x\")", "'=HYPERLINK(\"\"x\"\")");
        case("@a\u{1b}b", "'@a b");
        case("-1\r\n", "'-1 \n");
    }
}
