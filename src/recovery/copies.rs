//! Recovery copies in a folder: how they are called, which is the newest, and which ones go.
//!
//! `otp-copy-2026-11-25T22-24-31Z-g42-3f9a.age`: when it was written, of which generation of the
//! index, and for which recovery key, of which four digits say nothing else. No name tells how many
//! accounts there are, or which.

use std::cmp::Ordering;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use sha2::{Digest as _, Sha256};

use crate::clock::UnixTime;
use crate::secret::hex;
use crate::store::StoreError;
use crate::store::files::Files;

/// How many copies for one key a folder keeps.
pub const KEPT: usize = 20;

const START: &str = "otp-copy-";
const END: &str = ".age";
const MOMENT: &str = "%Y-%m-%dT%H-%M-%SZ";

/// A copy in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copy {
    /// The file.
    pub path: PathBuf,
    /// When it was written, by the clock of the computer that wrote it.
    pub at: UnixTime,
    /// The generation of the index that it has.
    pub generation: u64,
    /// For which recovery key; see [`mark`].
    pub mark: String,
}

impl Copy {
    fn parse(path: PathBuf) -> Option<Self> {
        let name = path.file_name()?.to_str()?.strip_prefix(START)?.strip_suffix(END)?;
        let (rest, mark) = name.rsplit_once('-')?;
        let (moment, generation) = rest.rsplit_once("-g")?;
        let moment = DateTime::strptime(MOMENT, moment).ok()?.to_zoned(TimeZone::UTC).ok()?;
        let at = UnixTime(u64::try_from(moment.timestamp().as_second()).ok()?);
        let (generation, mark) = (generation.parse().ok()?, mark.to_owned());
        Some(Self { path, at, generation, mark })
    }

    /// Which of two copies for one key is older. The generation tells it, because clocks are set back.
    fn age(&self, other: &Self) -> Ordering {
        (self.generation, self.at).cmp(&(other.generation, other.at))
    }
}

/// Four digits that tell one recovery key from the next, of its public half.
pub fn mark(recipient: &str) -> String {
    hex(&Sha256::digest(recipient)[..2])
}

/// The copies in `folder`, for whatever recovery key.
fn list(folder: &Path) -> impl Iterator<Item = Copy> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter_map(|entry| Copy::parse(entry.path()))
}

/// Whether there is no copy in `folder`.
pub fn is_empty(folder: &Path) -> bool {
    list(folder).next().is_none()
}

/// The newest copy in `folder` for the recovery key with this mark.
pub fn newest(folder: &Path, mark: &str) -> Option<Copy> {
    list(folder).filter(|copy| copy.mark == mark).max_by(Copy::age)
}

/// Writes `file`, the copy of `generation` for the key with this `mark`, into `folder`: whole, read
/// back and brought to the disk, or not at all.
///
/// # Errors
/// When the disk says no.
pub fn write(folder: &Path, file: &[u8], at: UnixTime, generation: u64, mark: &str) -> Result<Copy, StoreError> {
    let second = i64::try_from(at.0).ok().and_then(|second| Timestamp::from_second(second).ok()).unwrap_or_default();
    let name = format!("{START}{}-g{generation}-{mark}{END}", second.strftime(MOMENT));
    let files = Files::at(folder);
    let staged = files.stage(&name, file)?;
    files.sweep_abandoned(&staged);
    if staged.read()? != file {
        return Err(StoreError::Disk { file: name, kind: std::io::ErrorKind::InvalidData });
    }
    // The same change, written by another process in the same second.
    staged.place()?;
    files.sync()?;
    Ok(Copy { path: folder.join(name), at, generation, mark: mark.to_owned() })
}

/// Deletes the oldest copies in `folder` for the key of `newest` until [`KEPT`] are left, itself among
/// them. Those for other keys stay: another computer may put its copies there. One that cannot be
/// deleted is no failure.
pub fn prune(folder: &Path, newest: &Copy) {
    let mut others: Vec<Copy> = list(folder).filter(|it| it.mark == newest.mark && it.path != newest.path).collect();
    others.sort_by(Copy::age);
    let surplus = (others.len() + 1).saturating_sub(KEPT);
    for copy in others.iter().take(surplus) {
        let _ = std::fs::remove_file(&copy.path);
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// The copies in `folder`, the oldest first.
    fn sorted(folder: &Path) -> Vec<Copy> {
        let mut copies: Vec<Copy> = list(folder).collect();
        copies.sort_by(Copy::age);
        copies
    }

    #[test]
    fn names_say_when_and_which() {
        let folder = tempfile::tempdir().unwrap();
        let copy = write(folder.path(), b"sealed", UnixTime(1_764_109_471), 42, "3f9a").unwrap();
        assert_eq!(copy.path.file_name().unwrap(), "otp-copy-2025-11-25T22-24-31Z-g42-3f9a.age");
        assert!(!is_empty(folder.path()));
        assert_eq!(sorted(folder.path()), std::slice::from_ref(&copy));
        assert_eq!(fs::read(&copy.path).unwrap(), b"sealed");
        for name in ["otp-copy-.age", "otp-copy-2025-11-25T22-24-31Z-g-3f9a.age", "notes.age", "otp-copy-x-g1-aa.age"] {
            fs::write(folder.path().join(name), "").unwrap();
        }
        assert_eq!(sorted(folder.path()), [copy]);
    }

    #[test]
    fn the_last_twenty_stay_and_nothing_of_others_goes() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("otp-copy-of-mine.age"), "").unwrap();
        let mut last = None;
        for generation in 0..25 {
            let copy = write(folder.path(), b"x", UnixTime(1_764_109_471 + generation), generation, "3f9a").unwrap();
            prune(folder.path(), &copy);
            last = Some(copy);
        }
        let generations = || sorted(folder.path()).iter().map(|copy| copy.generation).collect::<Vec<_>>();
        assert_eq!(generations(), (5..25).collect::<Vec<_>>());
        // A clock that was set back.
        for generation in [25, 26] {
            let copy = write(folder.path(), b"x", UnixTime(1_000_000_000), generation, "3f9a").unwrap();
            prune(folder.path(), &copy);
        }
        assert_eq!(newest(folder.path(), "3f9a").map(|copy| copy.generation), Some(26));
        assert_eq!(generations(), (7..27).collect::<Vec<_>>());
        assert!(last.unwrap().path.exists());
        assert!(folder.path().join("otp-copy-of-mine.age").exists());
    }

    #[test]
    fn copies_for_another_key_stay() {
        let folder = tempfile::tempdir().unwrap();
        let other = write(folder.path(), b"x", UnixTime(1), 1, "aaaa").unwrap();
        for generation in 0..25 {
            let copy = write(folder.path(), b"x", UnixTime(2), generation, "3f9a").unwrap();
            prune(folder.path(), &copy);
        }
        assert!(other.path.exists());
        assert_eq!(list(folder.path()).count(), KEPT + 1);
    }

    #[test]
    fn each_key_has_its_own_newest() {
        let folder = tempfile::tempdir().unwrap();
        for (at, mark) in [(1, "aaaa"), (2, "bbbb"), (3, "aaaa")] {
            write(folder.path(), b"x", UnixTime(at), at, mark).unwrap();
        }
        let generation = |mark| newest(folder.path(), mark).map(|copy| copy.generation);
        assert_eq!([generation("aaaa"), generation("bbbb"), generation("cccc")], [Some(3), Some(2), None]);
        assert_eq!(mark("age1x").len(), 4);
    }
}
