//! Zip archives in memory. Nothing is ever unpacked onto the disk, so a path inside one cannot
//! matter, and what comes out is counted after decompression (`security.md` R2.3).

use std::cell::{Cell, RefCell};
use std::io::{Cursor, Read};

use zeroize::Zeroizing;
use zip::ZipArchive;
use zip::result::ZipError;

use crate::secret::Secret;

use super::{ImportError, Locked, MAX_MIB, Opened, Source};

/// The most files of an archive.
const MOST_MEMBERS: usize = 2_000;
/// The most entries of its list, archives stored inside included: each costs memory before the
/// list can be counted.
const MOST_LISTED: usize = 20_000;
/// The most bytes that all files of an archive may have together (`formats.md` 2.7).
const MOST_BYTES: u64 = 256 << 20;

/// An archive.
pub(super) struct Archive<'a> {
    zip: RefCell<ZipArchive<Cursor<&'a [u8]>>>,
    members: Vec<Member>,
    /// How many bytes were read so far.
    spent: Cell<u64>,
}

/// A file in an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Member {
    /// Its path there.
    pub(super) name: String,
    /// Whether it takes a passphrase.
    pub(super) locked: bool,
}

/// Why a file in an archive could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ArchiveError {
    /// It takes a passphrase, or another one.
    WrongPassphrase,
    /// It is damaged, or packed in a way that nobody uses for exports.
    Damaged,
    /// It, or everything read so far, is larger than any real export.
    TooBig,
}

impl ArchiveError {
    /// The same as the error of an import of format `id`.
    pub(super) fn of(self, id: &'static str) -> ImportError {
        match self {
            Self::WrongPassphrase => ImportError::WrongPassphrase { format: id },
            Self::Damaged => ImportError::Damaged { format: id, line: 0 },
            Self::TooBig => ImportError::TooBig,
        }
    }
}

/// Whether `bytes` begin as an archive does, damaged or not.
pub(super) fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// What reads the files of an archive, with the passphrase where there is one.
type Reading = fn(&Archive<'_>, Option<&Secret>) -> Result<Opened, ImportError>;

/// Reads the archive `source` of format `id` with `read`, once its passphrase is known if any of
/// its files takes one.
pub(super) fn unlock(source: &Source<'_>, id: &'static str, read: Reading) -> Result<Opened, ImportError> {
    let damaged = ImportError::Damaged { format: id, line: 0 };
    let archive = source.archive().ok_or(damaged)?;
    if archive.is_locked() { Ok(locked(source, id, read)) } else { read(archive, None) }
}

/// The archive `source` of format `id`, which takes a passphrase.
pub(super) fn locked(source: &Source<'_>, id: &'static str, read: Reading) -> Opened {
    let bytes = Zeroizing::new(source.bytes().to_vec());
    Locked::by(id, move |passphrase| {
        let archive = Archive::open(&bytes).ok_or(ImportError::Damaged { format: id, line: 0 })?;
        read(&archive, Some(passphrase))
    })
}

impl<'a> Archive<'a> {
    /// The archive in `bytes`; `None` if it is none.
    pub(super) fn open(bytes: &'a [u8]) -> Option<Self> {
        let listed = memchr::memmem::find_iter(bytes, b"PK\x01\x02").take(MOST_LISTED).count();
        if !is_archive(bytes) || listed == MOST_LISTED {
            return None;
        }
        let mut zip = ZipArchive::new(Cursor::new(bytes)).ok()?;
        if zip.len() > MOST_MEMBERS {
            return None;
        }
        let mut members = Vec::with_capacity(zip.len());
        for index in 0..zip.len() {
            let file = zip.by_index_raw(index).ok()?;
            let name = String::from_utf8_lossy(file.name_raw()).into_owned();
            members.push(Member { name, locked: file.encrypted() });
        }
        Some(Self { zip: RefCell::new(zip), members, spent: Cell::new(0) })
    }

    /// Its files, folders left out, in the order of the archive.
    pub(super) fn members(&self) -> impl Iterator<Item = &Member> {
        self.members.iter().filter(|member| !member.name.ends_with('/'))
    }

    /// Whether there is a file of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.members().any(|member| member.name == name)
    }

    /// Whether any file takes a passphrase.
    pub(super) fn is_locked(&self) -> bool {
        self.members().any(|member| member.locked)
    }

    /// The content of the file `name`.
    ///
    /// # Errors
    /// See [`ArchiveError`]. A missing file counts as damage.
    pub(super) fn read(&self, name: &str, passphrase: Option<&Secret>) -> Result<Zeroizing<Vec<u8>>, ArchiveError> {
        let index = self.members.iter().position(|member| member.name == name).ok_or(ArchiveError::Damaged)?;
        let locked = self.members.get(index).is_some_and(|member| member.locked);
        let mut zip = self.zip.borrow_mut();
        let file = match passphrase.filter(|_| locked) {
            // EXPOSE: the cipher of the archive takes the passphrase itself.
            Some(passphrase) => zip.by_index_decrypt(index, passphrase.expose()),
            None => zip.by_index(index),
        };
        let file = file.map_err(|error| match error {
            ZipError::InvalidPassword | ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => {
                ArchiveError::WrongPassphrase
            }
            _ => ArchiveError::Damaged,
        })?;
        let most = ((MAX_MIB as u64) << 20).min(MOST_BYTES - self.spent.get());
        let mut content = Zeroizing::new(Vec::new());
        // The first check of a passphrase lets 1 wrong one in 256 through; its content is garbage.
        let garbage = if locked { ArchiveError::WrongPassphrase } else { ArchiveError::Damaged };
        let result = file.take(most + 1).read_to_end(&mut content);
        // Counted whether it was good or not: a thousand damaged files cost as much as good ones.
        let size = content.len() as u64;
        self.spent.set(self.spent.get().saturating_add(size).min(MOST_BYTES));
        match result {
            _ if size > most => Err(ArchiveError::TooBig),
            Ok(_) => Ok(content),
            Err(_) => Err(garbage),
        }
    }
}
