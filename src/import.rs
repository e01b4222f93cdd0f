//! Whatever people still have, to accounts: pictures, transfer codes, lists of addresses.
//!
//! What a source is, its content decides and never its name, so a screenshot called `backup.txt`
//! is a screenshot. One bad entry stops no other; it is listed with its place and the reason.

use std::ops::Range;

use sha2::{Digest, Sha256};

use crate::account::{Account, MAX_NAME, MAX_NOTE, MAX_TAG};
use crate::clock::UnixTime;
use crate::key::codes::CodeSet;
use crate::text;
use crate::text::Text;

mod addresses;
mod archive;
mod draft;
mod error;
mod gzip;
mod json;
mod locked;
mod mask;
mod meta;
mod other;
mod parts;
mod place;
mod plain;
mod preferences;
mod protobuf;
mod screen;
mod sheet_part;
mod source;
mod sqlcipher;
mod sqlite;
mod table;
mod text_part;
mod work;

mod aegis;
mod age_file;
mod andotp;
mod andotp_encrypted;
mod authenticator_extension;
mod authenticator_plus;
mod authenticator_plus_database;
mod authy;
mod authy_dump;
mod battlenet;
mod bitwarden;
mod csv;
mod duo;
mod ente;
mod freeotp;
mod google_database;
mod google_migration;
mod html;
mod keepass;
mod keeper;
mod lastpass;
mod microsoft;
mod notes;
mod onepassword;
mod otp_auth_ios;
mod otp_json;
mod otp_sheet;
mod otpclient;
mod pdf;
mod picture;
mod proton;
mod proton_pass;
mod raivo;
mod raivo_zip;
mod rsc_2fa;
mod spreadsheet;
mod steam;
mod stratum;
mod stratum_database;
mod totp_authenticator;
mod two_fas;
mod two_fauth;
mod uri_list;
mod winauth;
mod zip;

pub(crate) use json::wipe;
pub(crate) use plain::read as plain_text;

pub use error::{ImportError, SkipReason};
pub use locked::{Locked, Opened};
pub use mask::masked;
pub use meta::About;
pub use other::{Other, bare_key, kind};
pub use parts::{MissingParts, Part, missing_parts};
pub use pdf::{draw_pages, is_pdf, pdf_texts};
pub use place::Place;
pub use screen::screen;
pub use sheet_part::{Sheet, SheetPart};
pub use source::{Beside, Source, Told};

/// Every format we read, sorted by id. A new one: its file, its `mod` line, its entry here.
pub const FORMATS: &[&dyn Format] = &[
    &onepassword::Importer,
    &two_fas::Importer,
    &two_fauth::Importer,
    &aegis::Importer,
    &age_file::Importer,
    &andotp::Importer,
    &andotp_encrypted::Importer,
    &authenticator_extension::Importer,
    &authenticator_plus::Importer,
    &authenticator_plus_database::Importer,
    &authy::Importer,
    &authy_dump::Importer,
    &battlenet::Importer,
    &bitwarden::Importer,
    &csv::Importer,
    &duo::Importer,
    &ente::Importer,
    &freeotp::Importer,
    &google_database::Importer,
    &google_migration::Importer,
    &html::Importer,
    &keepass::Importer,
    &keeper::Importer,
    &lastpass::Importer,
    &microsoft::Importer,
    &otp_auth_ios::Importer,
    &otp_json::Importer,
    &otp_sheet::Importer,
    &otpclient::Importer,
    &pdf::Importer,
    &picture::Importer,
    &proton::Importer,
    &proton_pass::Importer,
    &raivo::Importer,
    &raivo_zip::Importer,
    &rsc_2fa::Importer,
    &spreadsheet::Importer,
    &steam::Importer,
    &stratum::Importer,
    &stratum_database::Importer,
    &notes::Importer,
    &totp_authenticator::Importer,
    &uri_list::Importer,
    &winauth::Importer,
    &zip::Importer,
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

    /// Whether nothing but the right passphrase shows that a source is of this format, because it
    /// looks like any encrypted file.
    fn has_no_marks(&self) -> bool {
        false
    }

    /// Whether such a source usually holds more than accounts, such as passwords or a whole
    /// document, so that nobody should delete it because its accounts came in.
    fn holds_more(&self) -> bool {
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
    /// What was left out of the source as a whole, such as entries in its trash.
    pub remarks: Vec<Text>,
    /// The same of what nobody misses who has the accounts: icons.
    pub asides: Vec<Text>,
    /// When and where it was written, if it is a file of ours.
    pub about: Option<About>,
    /// The same parts with what was in them.
    contents: Vec<Content>,
    /// The parts of encrypted recovery sheets that were met and not opened.
    sheet_parts: Vec<SheetPart>,
    /// Which sheets had parts in which files, each file once.
    sheet_files: Vec<(String, String)>,
    /// The parts of split texts that were met and not put together.
    text_parts: Vec<text_part::TextPart>,
}

/// What was in one part of a Google transfer.
#[derive(Debug)]
struct Content {
    part: Part,
    /// The SHA-256 of the whole.
    hash: [u8; 32],
    /// Where its accounts stand in the batch.
    accounts: Range<usize>,
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
#[derive(Debug, PartialEq, Eq, Default)]
pub struct Extras {
    /// Groups, folders, categories and tags, all of which become tags.
    pub tags: Vec<String>,
    /// The owner's note.
    pub note: String,
    /// Whether it is marked as a favourite or pinned to the top.
    pub favorite: bool,
    /// The account's own official address; may be empty.
    pub url: String,
    /// What the owner logs in with; may be empty.
    pub login: String,
    /// The second ways in that the owner noted.
    pub second: Vec<String>,
    /// When it was put into the trash, if it is there.
    pub trashed: Option<UnixTime>,
    /// The site's recovery codes.
    pub codes: Vec<CodeSet>,
}

impl Extras {
    /// The same once more: whoever copies recovery codes says so.
    #[must_use]
    pub fn duplicate(&self) -> Self {
        let (tags, second) = (self.tags.clone(), self.second.clone());
        let (note, url, login) = (self.note.clone(), self.url.clone(), self.login.clone());
        let codes = self.codes.iter().map(CodeSet::duplicate).collect();
        Self { tags, note, favorite: self.favorite, url, login, second, trashed: self.trashed, codes }
    }

    /// Cuts what is longer than a store takes; tells whether anything was.
    fn fit(&mut self) -> bool {
        let short = self.tags.iter_mut().chain(&mut self.second).map(|tag| (tag, MAX_TAG));
        let texts = short.chain([(&mut self.note, MAX_NOTE), (&mut self.login, MAX_NAME)]);
        let mut cut = false;
        for (text, most) in texts {
            if let Some((end, _)) = text.char_indices().nth(most) {
                text.truncate(end);
                cut = true;
            }
        }
        cut
    }

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
#[derive(Debug, Clone)]
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

impl From<Imported> for Batch {
    fn from(imported: Imported) -> Self {
        Self { accounts: vec![imported], ..Self::default() }
    }
}

impl Batch {
    /// A single `account`, with what its owner should know about it.
    pub fn one(account: Account, notes: Vec<Text>) -> Self {
        Imported { account, place: Place::line(1), notes, extras: Extras::default() }.into()
    }

    /// Adds an account.
    fn take(&mut self, mut imported: Imported) -> Result<(), ImportError> {
        if imported.extras.fit() {
            imported.notes.push(text!("import-note-cut"));
        }
        self.accounts.push(imported);
        self.check_room()
    }

    /// Adds an entry that makes no account.
    fn skip(&mut self, place: Place, label: String, reason: impl Into<SkipReason>) -> Result<(), ImportError> {
        self.skipped.push(Skipped { file: None, place, label, reason: reason.into() });
        self.check_room()
    }

    /// Adds what another source, the file `name`, holds.
    pub fn append(&mut self, mut other: Self, name: &str) {
        for skipped in &mut other.skipped {
            skipped.file = Some(name.to_owned());
        }
        let of = |remark: Text| text!("import-remark-of", file = name, remark = remark);
        other.remarks = other.remarks.into_iter().map(of).collect();
        other.asides = other.asides.into_iter().map(of).collect();
        other.name_sheet_parts(name);
        self.join(other);
        // Where there are too many entries by now, they are in the way of no other.
        let _ = self.join_texts();
    }

    /// Adds what `other` holds.
    fn join(&mut self, other: Self) {
        let before = self.accounts.len();
        self.accounts.extend(other.accounts);
        self.skipped.extend(other.skipped);
        self.join_sheet_parts(other.sheet_parts, other.sheet_files);
        self.take_text_parts(other.text_parts);
        self.parts.extend(other.parts);
        for Content { part, hash, accounts } in other.contents {
            self.content(Content { part, hash, accounts: accounts.start + before..accounts.end + before });
        }
        self.remarks.extend(other.remarks);
        self.asides.extend(other.asides);
    }

    /// The parts of Google transfers, each with where its accounts stand in
    /// [`accounts`](Self::accounts).
    pub fn transfers(&self) -> impl Iterator<Item = (Part, Range<usize>)> {
        self.contents.iter().map(|content| (content.part, content.accounts.clone()))
    }

    /// Adds the part of a transfer whose content is `payload`, and whose accounts are all from
    /// number `first` on.
    fn part(&mut self, part: Part, payload: &[u8], first: usize) {
        self.parts.push(part);
        self.content(Content { part, hash: Sha256::digest(payload).into(), accounts: first..self.accounts.len() });
    }

    /// Newer versions of Google's app give their transfers no id, so the same part with another
    /// content tells that two of them came together (`formats.md` 5.3).
    fn content(&mut self, content: Content) {
        let part = content.part;
        let mixed = |known: &Content| known.part == part && known.hash != content.hash;
        if part.batch_id.is_none() && self.contents.iter().any(mixed) {
            self.remark(part.size as usize, |size| text!("import-remark-mixed", size = size));
        }
        self.contents.push(content);
    }

    /// Says once that `count` entries or things were left out; nothing where `count` is 0.
    fn remark(&mut self, count: usize, remark: impl FnOnce(usize) -> Text) {
        if count > 0 {
            self.remarks.push(remark(count));
        }
    }

    /// Says once that `count` icons were left out; nothing where `count` is 0.
    fn without_icons(&mut self, count: usize) {
        if count > 0 {
            self.asides.push(text!("import-remark-icons", count = count));
        }
    }

    fn check_room(&self) -> Result<(), ImportError> {
        if self.entries() > MAX_ENTRIES { Err(ImportError::TooMany) } else { Ok(()) }
    }

    /// The number of entries, good and bad.
    fn entries(&self) -> usize {
        self.accounts.len() + self.skipped.len() + self.sheet_parts.len()
    }
}

/// The format of `source`; `None` if it is none we read.
pub fn recognize(source: &Source<'_>) -> Option<&'static dyn Format> {
    let of = |general| FORMATS.iter().filter(move |format| format.is_general() == general);
    of(false).chain(of(true)).copied().find(|format| format.recognizes(source))
}

/// What people call the format `id`.
fn app(id: &'static str) -> Text {
    format(id).map_or_else(|| text!("import-app-unnamed", id = id), Format::app)
}

/// Whether sources of the format `id` are backups and copies of ours, of which there are others, and
/// which no app exports again.
fn is_copy(id: &'static str) -> bool {
    id == age_file::ID
}

/// Whether sources of the format `id` [have no marks](Format::has_no_marks).
fn has_no_marks(id: &'static str) -> bool {
    FORMATS.iter().any(|format| format.id() == id && format.has_no_marks())
}

/// Reads `source`, whatever it is.
///
/// # Errors
/// When it is empty, too large, of no known format, or nothing in it can be read.
pub fn open(source: &Source<'_>) -> Result<Opened, ImportError> {
    check(source)?;
    recognize(source).ok_or_else(|| ImportError::unknown(source))?.open(source).and_then(put_together)
}

/// Reads `source` as what its owner says it is.
///
/// # Errors
/// As [`open`], and when it is something else.
pub fn open_as(format: &dyn Format, source: &Source<'_>) -> Result<Opened, ImportError> {
    check(source)?;
    format.open(source).and_then(put_together)
}

/// The parts of a text are read once they are complete, and the pages of an encrypted sheet take its
/// passphrase, whatever they lay in.
fn put_together(opened: Opened) -> Result<Opened, ImportError> {
    match opened {
        Opened::Batch(mut batch) => {
            batch.join_texts()?;
            Ok(batch.sealed())
        }
        locked @ Opened::Locked(_) => Ok(locked),
    }
}

/// The format called `id`.
pub fn format(id: &str) -> Option<&'static dyn Format> {
    FORMATS.iter().copied().find(|format| format.id() == id)
}

fn check(source: &Source<'_>) -> Result<(), ImportError> {
    if source.bytes().len() > MAX_MIB << 20 {
        return Err(ImportError::TooBig);
    }
    if source.bytes().iter().all(u8::is_ascii_whitespace) {
        return Err(ImportError::Empty);
    }
    Ok(())
}

/// Issuer and name in one, as far as there are any, cut to a length that a report can show.
fn label(issuer: &str, name: &str) -> String {
    let between = if issuer.is_empty() || name.is_empty() { "" } else { ":" };
    [issuer, between, name].concat().chars().take(crate::account::MAX_NAME).collect()
}

#[cfg(test)]
mod tests;
