//! Whatever people still have, to accounts: pictures, transfer codes, lists of addresses.
//!
//! What a source is, its content decides and never its name, so a screenshot called `backup.txt`
//! is a screenshot. One bad entry stops no other; it is listed with its place and the reason.

use crate::account::Account;
use crate::text::Text;

mod addresses;
mod error;
mod google_migration;
mod parts;
mod picture;
mod place;
mod plain;
mod protobuf;
mod uri_list;

pub use error::{ImportError, Other, SkipReason};
pub use parts::{MissingParts, Part, missing_parts};
pub use place::Place;

/// Every format we read, sorted by id. A new one: its file, its `mod` line, its entry here.
pub const FORMATS: &[&dyn Format] = &[&google_migration::Importer, &picture::Importer, &uri_list::Importer];

/// The largest source, in MiB (`formats.md` 2.7).
pub const MAX_MIB: usize = 64;
/// The most entries of one source, good and bad ones together.
pub const MAX_ENTRIES: usize = 10_000;

/// Something to import.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// The content.
    pub bytes: &'a [u8],
    /// The name to show; it decides nothing.
    pub name: Option<&'a str>,
}

/// A format that can be read.
pub trait Format: Sync {
    /// The name used in options, such as `uri-list`.
    fn id(&self) -> &'static str;

    /// What people call it.
    fn app(&self) -> Text;

    /// How to get such a source.
    fn how_to_export(&self) -> Text;

    /// Whether `source` has the marks of this format, damaged or not. Of all formats at most one
    /// says yes.
    fn recognizes(&self, source: Source<'_>) -> bool;

    /// Reads `source`, which this format recognizes.
    ///
    /// # Errors
    /// When nothing in it can be read; single bad entries are in the batch.
    fn open(&self, source: Source<'_>) -> Result<Batch, ImportError>;
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
pub fn recognize(source: Source<'_>) -> Option<&'static dyn Format> {
    FORMATS.iter().copied().find(|format| format.recognizes(source))
}

/// Reads `source`, whatever it is.
///
/// # Errors
/// When it is empty, too large, of no known format, or nothing in it can be read.
pub fn open(source: Source<'_>) -> Result<Batch, ImportError> {
    if source.bytes.len() > MAX_MIB << 20 {
        return Err(ImportError::TooBig);
    }
    if source.bytes.iter().all(u8::is_ascii_whitespace) {
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
