//! Whatever people still have, to accounts: pictures, transfer codes, lists of addresses.
//!
//! What a source is, its content decides and never its name, so a screenshot called `backup.txt`
//! is a screenshot. One bad entry stops no other; it is listed with its place and the reason.

use crate::account::Account;
use crate::text::Text;

mod addresses;
mod archive;
mod draft;
mod error;
mod json;
mod locked;
mod parts;
mod place;
mod plain;
mod protobuf;
mod source;
mod table;

mod aegis;
mod csv;
mod google_migration;
mod html;
mod notes;
mod picture;
mod spreadsheet;
mod uri_list;

pub use error::{ImportError, Other, SkipReason};
pub use locked::{Locked, Opened};
pub use parts::{MissingParts, Part, missing_parts};
pub use place::Place;
pub use source::{Beside, Source};

/// Every format we read, sorted by id. A new one: its file, its `mod` line, its entry here.
pub const FORMATS: &[&dyn Format] = &[
    &aegis::Importer,
    &csv::Importer,
    &google_migration::Importer,
    &html::Importer,
    &picture::Importer,
    &spreadsheet::Importer,
    &notes::Importer,
    &uri_list::Importer,
];

/// The largest source, in MiB (`formats.md` 2.7).
pub const MAX_MIB: usize = 64;
/// The most entries of one source, good and bad ones together.
pub const MAX_ENTRIES: usize = 10_000;

/// A format that can be read.
pub trait Format: Sync {
    /// The name used in options, such as `uri-list`.
    fn id(&self) -> &'static str;

    /// What people call it.
    fn app(&self) -> Text;

    /// How to get such a source.
    fn how_to_export(&self) -> Text;

    /// Whether `source` has the marks of this format, damaged or not. Of all formats at most one
    /// says yes that [is not general](Format::is_general), and of the general ones at most one.
    fn recognizes(&self, source: &Source<'_>) -> bool;

    /// Whether this is a shape that others build on, such as any zip archive or any table: asked
    /// only when no particular format recognizes the source.
    fn is_general(&self) -> bool {
        false
    }

    /// Reads `source`, which this format recognizes, or says that it takes a passphrase.
    ///
    /// # Errors
    /// When nothing in it can be read; single bad entries are in the batch.
    fn open(&self, source: &Source<'_>) -> Result<Opened, ImportError>;
}

/// What a source holds.
#[derive(Debug, Default)]
pub struct Batch {
    /// The accounts, in the order of the source.
    pub accounts: Vec<Imported>,
    /// The entries that make no account.
    pub skipped: Vec<Skipped>,
    /// The parts of Google transfers that were met.
    pub parts: Vec<Part>,
    /// What was left out of the source as a whole: icons, entries in its trash.
    pub remarks: Vec<Text>,
}

/// An account from a source.
#[derive(Debug)]
pub struct Imported {
    /// The account.
    pub account: Account,
    /// Where it stood.
    pub place: Place,
    /// What its owner should know about it; usually nothing.
    pub notes: Vec<Text>,
    /// What else the app knew about it.
    pub extras: Extras,
}

/// What apps know about an account besides its codes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Extras {
    /// Groups, folders, categories and tags, all of which become tags.
    pub tags: Vec<String>,
    /// The owner's note.
    pub note: String,
    /// Whether it is marked as a favourite or pinned to the top.
    pub favorite: bool,
}

impl Extras {
    /// Only tags, blank ones left out.
    fn tagged<'a>(tags: impl IntoIterator<Item = &'a str>) -> Self {
        let mut found: Vec<String> = Vec::new();
        for tag in tags.into_iter().map(str::trim).filter(|tag| !tag.is_empty()) {
            if !found.iter().any(|known| known == tag) {
                found.push(tag.to_owned());
            }
        }
        Self { tags: found, ..Self::default() }
    }
}

/// An entry that makes no account.
#[derive(Debug)]
pub struct Skipped {
    /// The file, when there is more than one.
    pub file: Option<String>,
    /// Where it stood.
    pub place: Place,
    /// Issuer and name as far as they are known; may be empty.
    pub label: String,
    /// Why.
    pub reason: SkipReason,
}

impl Batch {
    /// Adds an account.
    fn take(&mut self, imported: Imported) -> Result<(), ImportError> {
        self.accounts.push(imported);
        self.check_room()
    }

    /// Adds an entry that makes no account.
    fn skip(&mut self, place: Place, label: String, reason: impl Into<SkipReason>) -> Result<(), ImportError> {
        self.skipped.push(Skipped { file: None, place, label, reason: reason.into() });
        self.check_room()
    }

    /// Adds what another source, the file `name`, holds.
    pub fn append(&mut self, other: Self, name: &str) {
        self.accounts.extend(other.accounts);
        let named = |skipped| Skipped { file: Some(name.to_owned()), ..skipped };
        self.skipped.extend(other.skipped.into_iter().map(named));
        self.parts.extend(other.parts);
        self.remarks.extend(other.remarks);
    }

    /// Says once that `count` entries or things were left out; nothing where `count` is 0.
    fn remark(&mut self, count: usize, remark: impl FnOnce(usize) -> Text) {
        if count > 0 {
            self.remarks.push(remark(count));
        }
    }

    fn check_room(&self) -> Result<(), ImportError> {
        if self.entries() > MAX_ENTRIES { Err(ImportError::TooMany) } else { Ok(()) }
    }

    /// The number of entries, good and bad.
    fn entries(&self) -> usize {
        self.accounts.len() + self.skipped.len()
    }
}

/// The format of `source`; `None` if it is none we read.
pub fn recognize(source: &Source<'_>) -> Option<&'static dyn Format> {
    let of = |general| FORMATS.iter().filter(move |format| format.is_general() == general);
    of(false).chain(of(true)).copied().find(|format| format.recognizes(source))
}

/// What people call the format `id`.
fn app(id: &'static str) -> Text {
    let format = FORMATS.iter().find(|format| format.id() == id);
    format.map_or_else(|| crate::text!("import-app-unnamed", id = id), |format| format.app())
}

/// Reads `source`, whatever it is.
///
/// # Errors
/// When it is empty, too large, of no known format, or nothing in it can be read.
pub fn open(source: &Source<'_>) -> Result<Opened, ImportError> {
    if source.bytes().len() > MAX_MIB << 20 {
        return Err(ImportError::TooBig);
    }
    if source.bytes().iter().all(u8::is_ascii_whitespace) {
        return Err(ImportError::Empty);
    }
    recognize(source).ok_or(ImportError::Unknown)?.open(source)
}

/// Issuer and name in one, as far as there are any, cut to a length that a report can show.
fn label(issuer: &str, name: &str) -> String {
    let between = if issuer.is_empty() || name.is_empty() { "" } else { ":" };
    [issuer, between, name].concat().chars().take(crate::account::MAX_NAME).collect()
}

#[cfg(test)]
mod tests;
