//! SQLite databases of other apps, of which nothing is believed (`security.md` R2.4).
//!
//! A copy in memory is opened, and only columns that are stored in real tables are read, so that no
//! view, trigger or computed column of a hostile file ever runs. Steps and sizes are limited too.

use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, MAIN_DB, OpenFlags};
use zeroize::{Zeroize, Zeroizing};

use crate::text;
use crate::uri::{self, Field, UriError};

use super::draft::Number;
use super::{Batch, ImportError, MAX_ENTRIES, Opened, Place, SkipReason, Source};

/// How every database begins.
const MAGIC: &[u8] = b"SQLite format 3\0";
/// The two places in the header that ask for a write-ahead log, and what they hold without one.
const LOG_MARKS: std::ops::Range<usize> = 18..20;
const NO_LOG: [u8; 2] = [1, 1];
/// The largest value or row that is read, in bytes.
const MOST_BYTES: i32 = 1 << 20;
/// The most columns of a table.
const MOST_COLUMNS: i32 = 200;
/// The most steps of SQLite's machine in a question, in thousands: a second of work.
const MOST_STEPS: u32 = 20_000;

/// A database.
pub(super) struct Database(Connection);

impl Database {
    /// The database in `bytes`; `None` if it is none, or too damaged to tell its tables.
    pub(super) fn open(bytes: &[u8]) -> Option<Self> {
        if !is_database(bytes) {
            return None;
        }
        let mut copy = Zeroizing::new(bytes.to_vec());
        // What a log beside the file has is not here, and SQLite would refuse to read without it.
        copy.get_mut(LOG_MARKS)?.copy_from_slice(&NO_LOG);
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_in_memory_with_flags(flags).ok()?;
        restrict(&mut connection).ok()?;
        connection.deserialize_read_exact(MAIN_DB, &**copy, copy.len(), true).ok()?;
        let database = Self(connection);
        database.tables().ok()?;
        Some(database)
    }

    fn tables(&self) -> rusqlite::Result<i64> {
        self.0.query_row("SELECT count(*) FROM main.sqlite_schema", [], |row| row.get(0))
    }

    /// Whether there is a table `table` that stores all of `columns`.
    pub(super) fn has(&self, table: &str, columns: &[&str]) -> bool {
        let stored = self.columns(table).unwrap_or_default();
        columns.iter().all(|column| stored.iter().any(|name| name.eq_ignore_ascii_case(column)))
    }

    /// The columns that `table` stores; none where it is no table of its own but a view.
    fn columns(&self, table: &str) -> rusqlite::Result<Vec<String>> {
        let real = "SELECT count(*) FROM main.sqlite_schema WHERE type = 'table' AND name = ?1 AND rootpage > 0";
        if self.0.query_row(real, [table], |row| row.get::<_, i64>(0))? == 0 {
            return Ok(Vec::new());
        }
        let mut statement = self.0.prepare("SELECT name FROM pragma_table_xinfo(?1, 'main') WHERE hidden = 0")?;
        statement.query_map([table], |row| row.get(0))?.collect()
    }

    /// Hands every row of `table`, in the order they are stored, to `read`, which adds it to
    /// `batch`. A column that the table has not is empty. Rows that damage hides are one entry
    /// that could not be read.
    ///
    /// # Errors
    /// When nothing of the table can be read (`format`), and those of `read`.
    pub(super) fn each(
        &self,
        (table, columns): (&str, &'static [&'static str]),
        format: &'static str,
        batch: &mut Batch,
        mut read: impl FnMut(&Row, Place, &mut Batch) -> Result<(), ImportError>,
    ) -> Result<(), ImportError> {
        let (rows, whole) = self.rows((table, columns), format)?;
        for (row, place) in rows.iter().zip((1..).map(Place::row)) {
            read(row, place, batch)?;
        }
        if whole { Ok(()) } else { batch.skip(Place::row(rows.len() + 1), String::new(), SkipReason::Malformed) }
    }

    /// The rows of `table`, and whether these are all of them.
    ///
    /// # Errors
    /// As for [`each`](Self::each), and when there are more than [`MAX_ENTRIES`].
    pub(super) fn rows(
        &self,
        (table, columns): (&str, &'static [&'static str]),
        format: &'static str,
    ) -> Result<(Vec<Row>, bool), ImportError> {
        let mut rows = Vec::new();
        let whole = self.read(table, columns, &mut rows).is_ok();
        match rows.len() {
            0 if !whole => Err(ImportError::Damaged { format, line: 0 }),
            0..=MAX_ENTRIES => Ok((rows, whole)),
            _ => Err(ImportError::TooMany),
        }
    }

    fn read(&self, table: &str, columns: &'static [&'static str], rows: &mut Vec<Row>) -> rusqlite::Result<()> {
        let stored = self.columns(table)?;
        let column = |name: &&str| {
            let found = stored.iter().any(|stored| stored.eq_ignore_ascii_case(name));
            if found { format!("\"{name}\"") } else { "NULL".to_owned() }
        };
        let list = columns.iter().map(column).collect::<Vec<_>>().join(", ");
        let question = format!("SELECT {list} FROM main.\"{table}\" NOT INDEXED LIMIT {}", MAX_ENTRIES + 1);
        let mut statement = self.0.prepare(&question)?;
        let mut found = statement.query([])?;
        while let Some(row) = found.next()? {
            let mut values = Row { columns, values: Vec::with_capacity(columns.len()) };
            for index in 0..columns.len() {
                values.values.push(value(row.get_ref(index)?));
            }
            rows.push(values);
        }
        Ok(())
    }
}

/// A copy of `value`; bytes that are no UTF-8 are replaced.
fn value(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Integer(number),
        ValueRef::Real(number) => Value::Real(number),
        ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => Value::Blob(bytes.to_vec()),
    }
}

/// Whether `bytes` begin as every database does, damaged or not.
pub(super) fn is_database(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC)
}

/// Takes from the connection whatever a hostile schema could use.
fn restrict(connection: &mut Connection) -> rusqlite::Result<()> {
    for (option, value) in [
        (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
        (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, false),
    ] {
        connection.set_db_config(option, value)?;
    }
    for (limit, value) in [
        (Limit::SQLITE_LIMIT_LENGTH, MOST_BYTES),
        (Limit::SQLITE_LIMIT_COLUMN, MOST_COLUMNS),
        (Limit::SQLITE_LIMIT_ATTACHED, 0),
        (Limit::SQLITE_LIMIT_EXPR_DEPTH, 100),
        (Limit::SQLITE_LIMIT_TRIGGER_DEPTH, 1),
        (Limit::SQLITE_LIMIT_WORKER_THREADS, 0),
    ] {
        connection.set_limit(limit, value)?;
    }
    let mut left = MOST_STEPS;
    connection.progress_handler(
        1000,
        Some(move || {
            left = left.saturating_sub(1);
            left == 0
        }),
    )
}

/// Reads the rows of a table, in the database `source` of the format `id`.
pub(super) fn open_table(
    source: &Source<'_>,
    table: (&str, &'static [&'static str]),
    id: &'static str,
    read: impl FnMut(&Row, Place, &mut Batch) -> Result<(), ImportError>,
) -> Result<Opened, ImportError> {
    let mut batch = Batch::default();
    source.database(id)?.each(table, id, &mut batch, read)?;
    remark_log(source, &mut batch);
    Ok(batch.into())
}

/// Says that the newest changes of a database are missing where a log beside it may hold them.
pub(super) fn remark_log(source: &Source<'_>, batch: &mut Batch) {
    let log = source.name().and_then(|name| source.beside(&format!("{name}-wal")));
    let unread = log.is_some_and(|log| !log.is_empty());
    batch.remark(usize::from(unread), |_| text!("import-remark-log"));
}

/// A row of a table. Its texts are wiped when it is dropped.
pub(super) struct Row {
    columns: &'static [&'static str],
    values: Vec<Value>,
}

impl Row {
    fn value(&self, column: &str) -> Option<&Value> {
        let index = self.columns.iter().position(|name| *name == column)?;
        self.values.get(index)
    }

    /// The text in `column`; empty where there is none.
    pub(super) fn text(&self, column: &str) -> &str {
        match self.value(column) {
            Some(Value::Text(text)) => text,
            _ => "",
        }
    }

    /// The whole number in `column`; `None` where there is none.
    ///
    /// # Errors
    /// When it is negative or no number.
    pub(super) fn number(&self, column: &str, field: Field) -> Number {
        match self.value(column) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Integer(number)) => u64::try_from(*number).map(Some).map_err(|_| UriError::BadNumber { field }),
            Some(Value::Text(text)) => uri::read_number(field, text),
            Some(Value::Real(_) | Value::Blob(_)) => Err(UriError::BadNumber { field }),
        }
    }

    /// The number in `column` that stands for something; 0 where there is none.
    pub(super) fn code(&self, column: &str) -> Option<i64> {
        match self.value(column) {
            None | Some(Value::Null) => Some(0),
            Some(Value::Integer(number)) => Some(*number),
            Some(Value::Text(text)) => text.trim().parse().ok(),
            Some(Value::Real(_) | Value::Blob(_)) => None,
        }
    }
}

impl Drop for Row {
    fn drop(&mut self) {
        for value in &mut self.values {
            match value {
                Value::Text(text) => text.zeroize(),
                Value::Blob(bytes) => bytes.zeroize(),
                Value::Null | Value::Integer(_) | Value::Real(_) => {}
            }
        }
    }
}
