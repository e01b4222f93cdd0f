//! Parts of an encrypted recovery sheet: what its QR codes say.
//!
//! `OTPSHEET1:SET:PART/PARTS:SUM:DATA`. DATA of all parts, in their order and put together, is the
//! base64 of an age file under a passphrase; inside is gzip, and in that the text of
//! [`crate::export::plain`]. SET and SUM are the first eight hexadecimal digits of the SHA-256 of the
//! whole base64 and of the part's DATA. PART counts from 1.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use base64::Engine as _;
use sha2::{Digest as _, Sha256};

use crate::crypto::age;
use crate::secret::{Secret, hex};

use super::parts::MissingParts;
use super::{Batch, ImportError, Locked, Opened, Place, SkipReason, Source, gzip, otp_sheet};

/// What every part begins with.
pub(super) const START: &str = "OTPSHEET1:";
/// The most characters of DATA: with what stands before it, they make a code of 105 modules at level
/// M, which cameras read.
const MOST_DATA: usize = 736;
/// The most parts of a sheet.
const MOST_PARTS: usize = 200;
/// The most bytes of a sheet's text.
const MOST_TEXT: u64 = 4 << 20;

/// One part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetPart {
    /// What all parts of one sheet share.
    pub set: String,
    /// The place of this part, from 0.
    pub index: usize,
    /// The number of parts.
    pub size: usize,
    data: String,
}

impl SheetPart {
    /// Cuts `base64` into parts; `None` if they were too many for paper.
    pub fn split(base64: &str) -> Option<Vec<Self>> {
        let set = sum(base64);
        let pieces: Vec<&str> =
            base64.as_bytes().chunks(MOST_DATA).filter_map(|it| std::str::from_utf8(it).ok()).collect();
        let size = pieces.len();
        let part = |(index, data): (usize, &str)| Self { set: set.clone(), index, size, data: data.to_owned() };
        (1..=MOST_PARTS).contains(&size).then(|| pieces.into_iter().enumerate().map(part).collect())
    }

    /// Reads what `Display` writes; `None` if it is damaged.
    fn parse(text: &str) -> Option<Self> {
        let mut fields = text.strip_prefix(START)?.split(':');
        let (set, place, check, data) = (fields.next()?, fields.next()?, fields.next()?, fields.next()?);
        let (part, size) = place.split_once('/')?;
        let (part, size): (usize, usize) = (part.parse().ok()?, size.parse().ok()?);
        let index = part.checked_sub(1).filter(|index| *index < size && size <= MOST_PARTS)?;
        let whole = fields.next().is_none() && sum(data) == check.to_ascii_lowercase();
        whole.then(|| Self { set: set.to_ascii_lowercase(), index, size, data: data.to_owned() })
    }
}

impl fmt::Display for SheetPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { set, index, size, data } = self;
        write!(f, "{START}{set}:{}/{size}:{}:{data}", index + 1, sum(data))
    }
}

/// An encrypted sheet whose parts came in several files.
#[derive(Debug)]
pub struct Sheet {
    /// The names of the files.
    pub files: Vec<String>,
    /// The sheet, which takes its passphrase.
    pub opened: Opened,
}

/// All parts of a sheet, put together.
struct Whole {
    set: String,
    base64: String,
}

impl Whole {
    fn open(&self, passphrase: &Secret) -> Result<Batch, ImportError> {
        let damaged = || ImportError::damaged(otp_sheet::ID);
        let sealed = base64::engine::general_purpose::STANDARD.decode(&self.base64).map_err(|_| damaged())?;
        let failed = |error| ImportError::sealed(otp_sheet::ID, error);
        let packed = age::open(passphrase, &sealed, age::MOST_WORK).map_err(failed)?;
        let plain = gzip::unpack(&packed, MOST_TEXT).map_err(|error| error.of(otp_sheet::ID))?;
        match super::open(&Source::new(&plain))? {
            Opened::Batch(found) => Ok(found),
            Opened::Locked(_) => Err(damaged()),
        }
    }
}

/// The first eight hexadecimal digits of the SHA-256 of `text`.
fn sum(text: &str) -> String {
    hex(Sha256::digest(text).get(..4).unwrap_or_default())
}

impl Batch {
    /// Adds the part that `text`, which begins like one, says.
    pub(super) fn sheet_part(&mut self, text: &str, place: Place) -> Result<(), ImportError> {
        let Some(part) = SheetPart::parse(text) else {
            return self.skip(place, String::new(), SkipReason::DamagedSheetPart);
        };
        let known = |known: &SheetPart| (&known.set, known.index, known.size) == (&part.set, part.index, part.size);
        if !self.sheet_parts.iter().any(known) {
            self.sheet_parts.push(part);
        }
        self.check_room()
    }

    /// Reads on in an encrypted sheet of which all parts are here, if there is one: what its passphrase
    /// gives is this batch and the accounts of the sheet.
    pub(super) fn sealed(mut self) -> Opened {
        let Some(whole) = self.take_whole() else { return self.into() };
        let rest = Mutex::new(Some(self));
        Locked::by(otp_sheet::ID, move |passphrase| {
            let found = whole.open(passphrase)?;
            let rest = rest.lock().unwrap_or_else(PoisonError::into_inner).take();
            let mut all = rest.unwrap_or_default();
            all.join(found);
            Ok(all.sealed())
        })
    }

    /// Takes out an encrypted sheet of which all parts are here: those of several files, each of which
    /// had some.
    pub fn take_sheet(&mut self) -> Option<Sheet> {
        let whole = self.take_whole()?;
        let files = self.sheet_files.iter().filter(|(set, _)| *set == whole.set).map(|(_, file)| file.clone());
        let files = files.collect();
        Some(Sheet { files, opened: Locked::by(otp_sheet::ID, move |passphrase| Ok(whole.open(passphrase)?.into())) })
    }

    /// Takes the parts of a sheet that are all here, put together.
    fn take_whole(&mut self) -> Option<Whole> {
        let whole = |part: &SheetPart| self.of_set(part).count() == part.size;
        let first = self.sheet_parts.iter().find(|part| whole(part))?.clone();
        let mut parts: Vec<SheetPart> = self.of_set(&first).cloned().collect();
        parts.sort_by_key(|part| part.index);
        self.sheet_parts.retain(|part| (&part.set, part.size) != (&first.set, first.size));
        Some(Whole { set: first.set, base64: parts.into_iter().map(|part| part.data).collect() })
    }

    /// Takes over the sheet parts of `other`, each once, and where they lay.
    pub(super) fn join_sheet_parts(&mut self, parts: Vec<SheetPart>, files: Vec<(String, String)>) {
        for part in parts {
            if !self.sheet_parts.contains(&part) {
                self.sheet_parts.push(part);
            }
        }
        self.sheet_files.extend(files);
    }

    /// Notes that the sheet parts so far lay in the file `name`.
    pub(super) fn name_sheet_parts(&mut self, name: &str) {
        let sets: BTreeSet<&String> = self.sheet_parts.iter().map(|part| &part.set).collect();
        let named = sets.into_iter().map(|set| (set.clone(), name.to_owned())).collect();
        self.sheet_files = named;
    }

    fn of_set<'a>(&'a self, one: &'a SheetPart) -> impl Iterator<Item = &'a SheetPart> {
        self.sheet_parts.iter().filter(|part| (&part.set, part.size) == (&one.set, one.size))
    }

    /// The encrypted sheets of which some parts were read and others were not.
    pub fn missing_sheet_parts(&self) -> Vec<MissingParts> {
        let mut sets: Vec<&SheetPart> = Vec::new();
        for part in &self.sheet_parts {
            if !sets.iter().any(|known| (&known.set, known.size) == (&part.set, part.size)) {
                sets.push(part);
            }
        }
        let number = |index: usize| u32::try_from(index + 1).unwrap_or(u32::MAX);
        let missing = |one: &SheetPart| {
            MissingParts::of(
                u32::try_from(one.size).unwrap_or(u32::MAX),
                self.of_set(one).map(|part| number(part.index)),
            )
        };
        sets.into_iter().filter_map(missing).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_read_as_they_are_written() {
        let base64 = "abcd".repeat(500);
        let parts = SheetPart::split(&base64).unwrap();
        assert_eq!(parts.len(), 3);
        for part in &parts {
            let text = part.to_string();
            assert!(text.len() <= 779, "{}", text.len());
            assert_eq!(SheetPart::parse(&text).as_ref(), Some(part));
            for (old, new) in [("a", "b"), ("1/3", "4/3"), ("2/3", "0/3"), ("OTPSHEET1", "OTPSHEET2")] {
                let damaged = text.replacen(old, new, 1);
                assert!(damaged == text || SheetPart::parse(&damaged).as_ref() != Some(part), "{damaged}");
            }
            assert_eq!(SheetPart::parse(&text[..text.len() - 1]), None);
        }
        assert_eq!(SheetPart::split(""), None);
        assert_eq!(SheetPart::split(&"a".repeat(MOST_DATA * MOST_PARTS + 1)), None);
    }

    #[test]
    fn missing_parts_are_named_in_any_order() {
        let mut batch = Batch::default();
        let parts = SheetPart::split(&"abcd".repeat(500)).unwrap();
        for part in [&parts[2], &parts[0], &parts[2]] {
            batch.sheet_part(&part.to_string(), Place::code(1)).unwrap();
        }
        let missing = batch.missing_sheet_parts();
        assert_eq!(missing, [MissingParts { size: 3, read: vec![1, 3], missing: vec![2] }]);
        assert!(matches!(batch.sealed(), Opened::Batch(_)));
    }
}
