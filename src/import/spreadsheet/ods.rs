//! The sheets of an ODS document: OpenDocument 1.3 part 3, chapter 9.
//!
//! Rows and cells carry a number of repetitions, which is a million for the blank rest of every
//! sheet: they move what follows, but no content is repeated.

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use zeroize::Zeroizing;

use crate::import::ImportError;
use crate::import::archive::Archive;
use crate::import::table::{MOST_COLUMNS, Table};

use super::{ID, closed, damaged, push_row};

const CONTENT: &str = "content.xml";
const MIME: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";
/// The most sheets that are looked at.
const MOST_SHEETS: usize = 64;

/// Whether `archive` is a spreadsheet of OpenDocument.
pub(super) fn is_one(archive: &Archive<'_>) -> bool {
    archive.has(CONTENT)
        && archive.has("mimetype")
        && archive.read("mimetype", None).is_ok_and(|mime| mime.starts_with(MIME))
}

/// The sheets of the document.
pub(super) fn read(archive: &Archive<'_>) -> Result<Vec<Table>, ImportError> {
    let manifest = archive.read("META-INF/manifest.xml", None).unwrap_or_default();
    if memchr::memmem::find(&manifest, b"encryption-data").is_some() {
        return Err(closed("import-spreadsheet-locked", "import-hint-spreadsheet-old"));
    }
    let content = archive.read(CONTENT, None).map_err(|error| error.of(ID))?;
    let content = std::str::from_utf8(&content).map_err(|_| damaged())?;
    let mut reader = Reader::from_str(content);
    let mut sheets = Sheets::default();
    loop {
        match reader.read_event().map_err(|_| damaged())? {
            Event::Eof | Event::DocType(_) => return Ok(sheets.tables),
            Event::Start(tag) => sheets.start(&tag),
            Event::Empty(tag) => {
                sheets.start(&tag);
                sheets.end(tag.name().as_ref())?;
            }
            Event::End(tag) => sheets.end(tag.name().as_ref())?,
            Event::Text(text) => sheets.write(&text.xml_content(XmlVersion::Implicit1_0)),
            Event::GeneralRef(name) => sheets.refer(&name),
            _ => {}
        }
    }
}

#[derive(Default)]
struct Sheets {
    tables: Vec<Table>,
    /// The row being read, counted from 1.
    row: usize,
    cells: Vec<Zeroizing<String>>,
    /// How often the row and the cell stand there.
    row_repeats: usize,
    cell_repeats: usize,
    /// The content of the cell being read, if one is.
    text: Option<Zeroizing<String>>,
    /// How many comments are open: they are no content.
    comments: usize,
}

impl Sheets {
    fn start(&mut self, tag: &BytesStart<'_>) {
        match tag.name().as_ref() {
            "table:table" if self.tables.len() < MOST_SHEETS => {
                self.tables.push(Table::default());
                self.row = 1;
            }
            "table:table-row" => self.row_repeats = repeats(tag, "table:number-rows-repeated"),
            "table:table-cell" | "table:covered-table-cell" => {
                self.cell_repeats = repeats(tag, "table:number-columns-repeated");
                self.text = Some(Zeroizing::default());
            }
            "office:annotation" => self.comments += 1,
            "text:s" | "text:tab" => self.write(" "),
            "text:p" if self.text.as_ref().is_some_and(|text| !text.is_empty()) => self.write("\n"),
            _ => {}
        }
    }

    fn end(&mut self, tag: &str) -> Result<(), ImportError> {
        match tag {
            "table:table-cell" | "table:covered-table-cell" => self.end_cell(),
            "table:table-row" => self.end_row()?,
            "office:annotation" => self.comments = self.comments.saturating_sub(1),
            _ => {}
        }
        Ok(())
    }

    /// The content counts once: repeating it would only cost memory.
    fn end_cell(&mut self) {
        let mut text = self.text.take().unwrap_or_default();
        let room = MOST_COLUMNS.saturating_sub(self.cells.len());
        for _ in 0..self.cell_repeats.min(room) {
            self.cells.push(std::mem::take(&mut text));
        }
    }

    /// A row with content counts once: two equal keys are one account.
    fn end_row(&mut self) -> Result<(), ImportError> {
        if let Some(table) = self.tables.last_mut() {
            push_row(table, self.row, &mut self.cells)?;
        }
        self.cells.clear();
        self.row = self.row.saturating_add(self.row_repeats);
        Ok(())
    }

    fn write(&mut self, content: &str) {
        if let Some(text) = self.text.as_mut().filter(|_| self.comments == 0) {
            text.push_str(content);
        }
    }

    /// One of the five signs that XML names, or one by its number. There are no others without a
    /// DTD, which is not read.
    fn refer(&mut self, name: &BytesRef<'_>) {
        let sign = match name.xml_content(XmlVersion::Implicit1_0).as_ref() {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => name.resolve_char_ref().ok().flatten(),
        };
        if let Some(sign) = sign {
            self.write(sign.encode_utf8(&mut [0; 4]));
        }
    }
}

fn repeats(tag: &BytesStart<'_>, name: &str) -> usize {
    let value = tag.try_get_attribute(name).ok().flatten();
    value.and_then(|value| value.normalized_value(XmlVersion::Implicit1_0).ok()?.parse().ok()).unwrap_or(1)
}
