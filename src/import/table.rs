//! Tables in which people keep “service, e-mail, backup key”, whatever file they are in.
//!
//! Columns are found by their headings, and where there are none by what their cells hold. What
//! was taken for what is said, so the receipt can be compared with the table. Columns of passwords
//! are not even looked at. Format: `formats.md` 8.3 and 22.

use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use crate::key::{self, KeyNote};
use crate::text;
use crate::uri::{self, Field};

use super::draft::{Draft, Key, Number, Stated, add_loose};
use super::{Batch, Extras, ImportError, Place};

pub(super) mod cell;
mod plan;
pub(super) mod role;

pub(super) use plan::Plan;
use role::Role;

/// The most rows of a table, blank ones left out.
const MOST_ROWS: usize = 50_000;
/// The most columns; what stands further right is not looked at.
pub(super) const MOST_COLUMNS: usize = 64;
/// The most bytes of a cell; addresses and notes are shorter.
const MOST_BYTES: usize = 16 << 10;

/// Rows of cells.
#[derive(Default)]
pub(super) struct Table {
    rows: Vec<Row>,
}

/// A row with content.
struct Row {
    place: Place,
    cells: Vec<Zeroizing<String>>,
}

impl Row {
    fn cells(&self) -> impl Iterator<Item = &str> {
        self.cells.iter().map(|cell| cell.as_str())
    }

    /// The cell in column `index`; empty where the row is shorter.
    fn cell(&self, index: usize) -> &str {
        self.cells.get(index).map_or("", |cell| cell.as_str())
    }

    fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| cell.is_empty())
    }
}

impl Table {
    /// Adds a row. Blanks around cells do not count; a blank row is left out.
    ///
    /// # Errors
    /// When there are more rows than anybody has accounts.
    pub(super) fn push<'a>(&mut self, place: Place, cells: impl Iterator<Item = &'a str>) -> Result<(), ImportError> {
        let short = |cell: &str| if cell.len() > MOST_BYTES { String::new() } else { cell.trim().to_owned() };
        let cells: Vec<_> = cells.take(MOST_COLUMNS).map(|cell| Zeroizing::new(short(cell))).collect();
        let row = Row { place, cells };
        if row.is_blank() {
            return Ok(());
        }
        if self.rows.len() == MOST_ROWS {
            return Err(ImportError::TooMany);
        }
        self.rows.push(row);
        Ok(())
    }

    /// Whether it is wide enough to be a table, and most rows agree how wide.
    pub(super) fn is_regular(&self) -> bool {
        let mut widths = [0_usize; MOST_COLUMNS + 1];
        for row in &self.rows {
            if let Some(count) = widths.get_mut(row.cells.len()) {
                *count += 1;
            }
        }
        widths.iter().skip(2).max().is_some_and(|most| most * 2 >= self.rows.len())
    }

    /// Reads every row by `plan` into `batch`.
    pub(super) fn read(&self, plan: &Plan, batch: &mut Batch) -> Result<(), ImportError> {
        let (mut without, mut archived) = (0, 0);
        for row in plan.rows(self) {
            let entry = Entry { row, plan };
            if cell::is_nothing(entry.get(Role::Key)) {
                without += 1;
            } else if is_yes(entry.get(Role::Archived)) {
                archived += 1;
            } else {
                read_row(&entry, batch)?;
            }
        }
        batch.remarks.push(plan.text());
        batch.remark(plan.hidden(), |count| text!("import-table-passwords", count = count));
        batch.remark(without, |count| text!("import-table-no-key", count = count));
        batch.remark(archived, |count| text!("import-remark-trashed", count = count));
        Ok(())
    }
}

/// A row and what its columns are.
struct Entry<'a> {
    row: &'a Row,
    plan: &'a Plan,
}

impl<'a> Entry<'a> {
    /// The first cell with content of this role.
    fn get(&self, role: Role) -> &'a str {
        self.all(role).next().unwrap_or_default()
    }

    fn all(&self, role: Role) -> impl Iterator<Item = &'a str> {
        let columns = self.plan.columns.iter().filter(move |column| column.role == role);
        columns.map(|column| self.row.cell(column.index)).filter(|cell| !cell.is_empty())
    }

    fn extras(&self) -> Extras {
        let (between, root): (&[char], _) = if self.plan.has_paths { (&['/'], 1) } else { (&[',', ';', '、'], 0) };
        let tags = self.all(Role::Tags).flat_map(|tags| tags.split(between).skip(root));
        let favorite = is_yes(self.get(Role::Favorite));
        let note = self.all(Role::Note).filter(|note| !cell::is_address(note)).collect::<Vec<_>>().join("\n");
        Extras { note, favorite, ..Extras::tagged(tags) }
    }

    /// A number, perhaps with its unit.
    fn number(&self, role: Role, field: Field) -> Number {
        let text: String = self.get(role).nfkc().collect();
        let units = ["桁", "秒間", "秒", "digits", "seconds", "sec", "s"];
        let bare = units.iter().find_map(|unit| text.strip_suffix(unit)).unwrap_or(&text);
        uri::read_number(field, bare)
    }

    /// The kind; a table's “type” may also be that of a password manager's item.
    fn kind(&self) -> Option<Stated> {
        let name = self.get(Role::Kind);
        let meant = Stated::parse(name);
        if meant.is_some() || name.to_ascii_lowercase().contains("otp") { meant } else { Some(Stated::Totp) }
    }
}

/// Whether `text` says yes.
fn is_yes(text: &str) -> bool {
    matches!(text, "1" | "true" | "True" | "TRUE" | "yes" | "★" | "○")
}

/// Reads a row that has a key.
fn read_row(entry: &Entry<'_>, batch: &mut Batch) -> Result<(), ImportError> {
    let secret = entry.get(Role::Key);
    // Headings may stand there again, above each group of rows.
    if Role::of(secret).is_some() {
        return Ok(());
    }
    let page = host(entry.get(Role::Page));
    let issuer = entry.all(Role::Issuer).next().unwrap_or(page);
    let (name, place, extras) = (entry.get(Role::Name), entry.row.place, entry.extras());
    // Alone it names no site; the table does.
    let steam =
        secret.split_once("://").filter(|(scheme, _)| scheme.eq_ignore_ascii_case("steam") && !issuer.is_empty());
    if let Some((_, secret)) = steam {
        let draft = Draft { kind: Some(Stated::Steam), issuer, name, extras, ..Draft::default() };
        return add_key(draft, secret, place, batch);
    }
    if cell::is_address(secret) {
        return add_loose(secret, (issuer, name), extras, place, batch);
    }
    let draft = Draft {
        kind: entry.kind(),
        algorithm: entry.get(Role::Algorithm),
        digits: entry.number(Role::Digits, Field::Digits),
        period: entry.number(Role::Period, Field::Period),
        counter: entry.number(Role::Counter, Field::Counter),
        issuer,
        name,
        extras,
        ..Draft::default()
    };
    add_key(draft, secret, place, batch)
}

/// Adds `draft` with the key that stands written as `text`, and says what is odd about the key.
pub(super) fn add_key(draft: Draft<'_>, text: &str, place: Place, batch: &mut Batch) -> Result<(), ImportError> {
    let (secret, notes) = match key::read(text) {
        Ok(key) => (Key::Bytes(key.secret), key.notes),
        // Read once more for its reason; hexadecimal is none that a file may decide.
        Err(_) => (Key::Base32(text), Vec::new()),
    };
    let before = batch.accounts.len();
    Draft { secret, ..draft }.add(place, batch)?;
    let added = batch.accounts.get_mut(before);
    // A short key is remarked by the draft.
    let odd = notes.into_iter().filter(|note| !matches!(note, KeyNote::Short { .. })).map(KeyNote::text);
    if let Some(added) = added {
        added.notes.extend(odd);
    }
    Ok(())
}

/// The name of the site in the address of one of its pages.
fn host(page: &str) -> &str {
    let rest = page.split_once("://").map_or(page, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host)
}
