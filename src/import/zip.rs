//! Any other zip archive: its files are read one by one, whatever each of them is.
//!
//! One passphrase opens the archive and the exports in it. Archives in the archive stay closed, so
//! that nobody can nest them without end (`security.md` R2.3).
//!
//! Bytes, files, entries and the pixels of pictures are counted. What drawing a page or searching a
//! damaged file costs nobody can count, so files that give nothing share a clock.

use std::time::Instant;

use crate::secret::Secret;
use crate::text;
use crate::text::Text;

use super::archive::{self, Archive, ArchiveError, Member};
use super::source::PATIENCE;
use super::{Batch, Format, ImportError, Opened, Place, SkipReason, Source};

const ID: &str = "zip";
/// The most files that are read; more of them are better unpacked.
const MOST_FILES: usize = 200;
/// The most exports in an archive that a passphrase is tried on: each may take seconds.
const MOST_LOCKED: usize = 8;

pub(super) struct Importer;

impl Format for Importer {
    fn id(&self) -> &'static str {
        ID
    }

    fn app(&self) -> Text {
        text!("import-app-zip")
    }

    fn how_to_export(&self) -> Text {
        text!("import-export-zip")
    }

    fn holds_more(&self) -> bool {
        true
    }

    fn recognizes(&self, source: &Source<'_>) -> bool {
        archive::is_archive(source.bytes())
    }

    fn is_general(&self) -> bool {
        true
    }

    fn open(&self, source: &Source<'_>) -> Result<Opened, ImportError> {
        let archive = source.archive().ok_or(ImportError::Damaged { format: ID, line: 0 })?;
        match archive.members().filter(|member| !is_litter(member)).count() {
            0 => return Err(ImportError::Empty),
            1..=MOST_FILES => {}
            _ => {
                let (why, hint) = ("import-zip-too-many", "import-hint-zip-too-many");
                return Err(ImportError::Closed { format: ID, why, hint });
            }
        }
        let found = Found::in_archive(source, archive, None)?;
        if found.closed == 0 { found.batch().map(Opened::from) } else { Ok(archive::locked(source, ID, unlock)) }
    }
}

fn unlock(archive: &Archive<'_>, passphrase: Option<&Secret>) -> Result<Opened, ImportError> {
    let found = Found::in_archive(&Source::new(&[]), archive, passphrase)?;
    if found.unlocked == 0 {
        return Err(ImportError::WrongPassphrase { format: ID });
    }
    found.batch().map(Batch::sealed)
}

/// What macOS and Windows put into every archive.
fn is_litter(member: &Member) -> bool {
    let name = member.name.rsplit('/').next().unwrap_or_default();
    member.name.starts_with("__MACOSX/") || matches!(name, ".DS_Store" | "Thumbs.db" | "desktop.ini")
}

/// What the files of an archive gave.
#[derive(Default)]
struct Found {
    batch: Batch,
    /// How many files gave accounts or parts of a sheet, or had a passphrase tried on them, whose cost is bounded by itself.
    worthwhile: usize,
    /// How many files were of a format that is read.
    known: usize,
    /// How many were not.
    unknown: usize,
    /// How many archives stayed closed.
    nested: usize,
    /// How many files and exports a passphrase opened.
    unlocked: usize,
    /// How many it did not.
    closed: usize,
}

impl Found {
    fn in_archive(
        source: &Source<'_>,
        archive: &Archive<'_>,
        passphrase: Option<&Secret>,
    ) -> Result<Self, ImportError> {
        let (mut found, mut left) = (Self::default(), PATIENCE);
        let members = archive.members().filter(|member| !is_litter(member));
        for (member, place) in members.zip((1..).map(Place::item)) {
            if left.is_zero() {
                let (why, hint) = ("import-zip-too-costly", "import-hint-zip-too-many");
                found.refuse(&member.name, place, ImportError::Closed { format: ID, why, hint })?;
                continue;
            }
            let (begun, before) = (Instant::now(), found.worthwhile);
            match archive.read(&member.name, passphrase) {
                Ok(content) => {
                    found.unlocked += usize::from(member.locked);
                    found.read(&source.inner(&content, &member.name).within(left), place, passphrase)?;
                }
                Err(ArchiveError::TooBig) => return Err(ImportError::TooBig),
                Err(error) => {
                    found.closed += usize::from(error == ArchiveError::WrongPassphrase);
                    found.refuse(&member.name, place, error.of(ID))?;
                }
            }
            if found.worthwhile == before {
                left = left.saturating_sub(begun.elapsed());
            }
        }
        Ok(found)
    }

    fn read(&mut self, file: &Source<'_>, place: Place, passphrase: Option<&Secret>) -> Result<(), ImportError> {
        let name = file.name().unwrap_or_default();
        if archive::is_archive(file.bytes()) {
            self.nested += 1;
            return Ok(());
        }
        match super::open(file) {
            Ok(Opened::Batch(batch)) => self.take(batch, name),
            Ok(Opened::Locked(locked)) => {
                let tried = passphrase.filter(|_| self.closed < MOST_LOCKED);
                self.worthwhile += usize::from(tried.is_some());
                match tried.map(|passphrase| locked.unlock(passphrase)) {
                    Some(Ok(Opened::Batch(batch))) => {
                        self.unlocked += 1;
                        self.take(batch, name)
                    }
                    Some(Err(error)) if !matches!(error, ImportError::WrongPassphrase { .. }) => {
                        self.unlocked += 1;
                        self.refuse(name, place, error)
                    }
                    _ => {
                        self.closed += 1;
                        self.refuse(name, place, ImportError::WrongPassphrase { format: ID })
                    }
                }
            }
            Err(ImportError::Unknown | ImportError::Empty) => {
                self.unknown += 1;
                Ok(())
            }
            Err(error) => self.refuse(name, place, error),
        }
    }

    fn take(&mut self, batch: Batch, name: &str) -> Result<(), ImportError> {
        self.known += 1;
        self.worthwhile += usize::from(!batch.accounts.is_empty() || !batch.sheet_parts.is_empty());
        self.batch.append(batch, name);
        self.batch.check_room()
    }

    /// Says that the file `name` gives nothing, and why.
    fn refuse(&mut self, name: &str, place: Place, error: ImportError) -> Result<(), ImportError> {
        self.known += 1;
        let mut batch = Batch::default();
        batch.skip(place, String::new(), SkipReason::File(error))?;
        self.batch.append(batch, name);
        self.batch.check_room()
    }

    /// Everything, with what was left out.
    fn batch(self) -> Result<Batch, ImportError> {
        if self.known == 0 {
            return Err(if self.nested == 0 { ImportError::Unknown } else { nested() });
        }
        let mut batch = self.batch;
        batch.remark(self.unknown, |count| text!("import-remark-unknown-files", count = count));
        batch.remark(self.nested, |count| text!("import-remark-nested", count = count));
        Ok(batch)
    }
}

fn nested() -> ImportError {
    ImportError::Closed { format: ID, why: "import-zip-nested", hint: "import-hint-zip-nested" }
}
