//! The way out: accounts with their secrets gathered at once, and files that are new, whole and
//! checked, or not there at all (`security.md` R3.2 and R16.1).

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use crate::account::AccountId;
use crate::app::App;
use crate::error::{Exit, Explain};
use crate::export::{Bytes, ExportError, Item};
use crate::import::Extras;
use crate::key::codes::CodeSet;
use crate::store::StoreError;
use crate::store::files::{Files, Staged};
use crate::text::Text;

/// Accounts on their way out.
#[derive(Debug, Default)]
pub struct Gathered {
    /// Those whose secrets could be read, in the order asked for.
    pub items: Vec<Item>,
    /// Why the others could not.
    pub broken: Vec<StoreError>,
}

/// Why a file was not written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SaveError {
    /// The disk said no.
    Disk(StoreError),
    /// What was written is not what was meant.
    Content(ExportError),
}

impl From<StoreError> for SaveError {
    fn from(error: StoreError) -> Self {
        Self::Disk(error)
    }
}

impl From<ExportError> for SaveError {
    fn from(error: ExportError) -> Self {
        Self::Content(error)
    }
}

impl Explain for SaveError {
    fn text(&self) -> Text {
        match self {
            Self::Disk(error) => error.text(),
            Self::Content(error) => error.text(),
        }
    }

    fn hint(&self) -> Option<Text> {
        match self {
            Self::Disk(error) => error.hint(),
            Self::Content(error) => error.hint(),
        }
    }

    fn exit(&self) -> Exit {
        match self {
            Self::Disk(error) => error.exit(),
            Self::Content(error) => error.exit(),
        }
    }
}

crate::explained!(SaveError);

impl App {
    /// The accounts `ids` with their secrets, their recovery codes and what else is known of them, in
    /// one go.
    ///
    /// # Errors
    /// When the place does not answer, or is not the one with the accounts.
    pub fn gather(&mut self, ids: &[AccountId]) -> Result<Gathered, StoreError> {
        let mut gathered = Gathered::default();
        if ids.is_empty() {
            return Ok(gathered);
        }
        let answers = self.ledger.accounts(ids)?;
        let mut sets: HashMap<AccountId, Vec<CodeSet>> = HashMap::new();
        for kept in self.ledger.codes(ids)? {
            match kept.codes {
                Ok(set) => sets.entry(kept.account).or_default().push(set),
                Err(error) => gathered.broken.push(error),
            }
        }
        for (id, answer) in ids.iter().zip(answers) {
            let codes = sets.remove(id).unwrap_or_default();
            match answer {
                Ok(account) => gathered.items.push(Item { account, extras: Extras { codes, ..self.extras(*id) } }),
                Err(error) => gathered.broken.push(error),
            }
        }
        Ok(gathered)
    }

    /// The same of everything there is, the trash included, in the order of the index.
    ///
    /// # Errors
    /// When the place does not answer, or is not the one with the accounts.
    pub fn gather_all(&mut self) -> Result<Gathered, StoreError> {
        let ids: Vec<AccountId> =
            self.ledger.index().iter().flat_map(|index| &index.accounts).map(|entry| entry.id).collect();
        self.gather(&ids)
    }

    pub(super) fn extras(&self, id: AccountId) -> Extras {
        self.entry(id).map_or_else(Extras::default, |entry| Extras {
            tags: entry.tags.clone(),
            note: entry.note.clone(),
            favorite: entry.favorite,
            url: entry.url.clone().unwrap_or_default(),
            login: entry.way_back.login.clone(),
            second: entry.way_back.second.clone(),
            trashed: entry.trashed,
            codes: Vec::new(),
        })
    }
}

/// A file to write.
pub struct Piece {
    /// Where.
    pub path: PathBuf,
    /// What.
    pub bytes: Bytes,
}

/// Looks at file number `usize` as it was read from the disk.
pub type Check<'a> = dyn Fn(usize, &[u8]) -> Result<(), ExportError> + 'a;

/// Writes `pieces`, for their owner only. Each is read again from the disk and shown to `check`
/// before it gets its name; nothing is left behind unless all of them are right. What exists under
/// one of the names is replaced only if `force`, and never followed if it is a link.
///
/// # Errors
/// When the disk, or `check`, says no; then no new file is there.
pub fn save(pieces: &[Piece], force: bool, check: &Check<'_>) -> Result<(), SaveError> {
    let staged = pieces.iter().enumerate().map(|(at, piece)| stage(at, piece, check));
    let staged = staged.collect::<Result<Vec<_>, _>>()?;
    let mut placed = Vec::new();
    for (staged, piece) in staged.into_iter().zip(pieces) {
        if let Err(error) = place(staged, &piece.path, force) {
            // A file that replaced another is whole, and all that is left of its name.
            let new = placed.iter().filter(|_| !force);
            new.for_each(|path: &&Path| drop(std::fs::remove_file(path)));
            return Err(error.into());
        }
        placed.push(piece.path.as_path());
    }
    Ok(())
}

fn stage(at: usize, piece: &Piece, check: &Check<'_>) -> Result<Staged, SaveError> {
    let (files, name) = place_of(&piece.path);
    let staged = files.stage(&name, &piece.bytes)?;
    files.sweep_abandoned(&staged);
    let written = Bytes::new(staged.read()?);
    if *written != *piece.bytes {
        return Err(ExportError::ReadBack.into());
    }
    check(at, &written)?;
    Ok(staged)
}

fn place(staged: Staged, path: &Path, force: bool) -> Result<(), StoreError> {
    let placed = if force { staged.place() } else { staged.place_new() };
    placed?;
    place_of(path).0.sync()
}

/// The folder of `path` and its name there.
fn place_of(path: &Path) -> (Files, String) {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    (Files::at(folder), name)
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    fn piece(path: &Path, content: &str) -> Piece {
        Piece { path: path.to_owned(), bytes: Bytes::new(content.as_bytes().to_vec()) }
    }

    #[test]
    fn a_file_is_new_and_for_its_owner() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        save(&[piece(&path, "one")], false, &|_, _| Ok(())).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"one");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert!(save(&[piece(&path, "two")], false, &|_, _| Ok(())).is_err());
        assert_eq!(fs::read(&path).unwrap(), b"one");
        save(&[piece(&path, "two")], true, &|_, _| Ok(())).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
    }

    #[test]
    fn what_was_to_be_replaced_stays_where_the_new_file_fails() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        fs::write(&path, "old").unwrap();
        save(&[piece(&path, "new")], true, &|_, _| Err(ExportError::ReadBack)).unwrap_err();
        assert_eq!(fs::read(&path).unwrap(), b"old");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_link_is_replaced_and_never_followed() {
        let folder = tempfile::tempdir().unwrap();
        let (target, link) = (folder.path().join("target"), folder.path().join("link"));
        fs::write(&target, "theirs").unwrap();
        symlink(&target, &link).unwrap();
        assert!(save(&[piece(&link, "ours")], false, &|_, _| Ok(())).is_err());
        save(&[piece(&link, "ours")], true, &|_, _| Ok(())).unwrap();
        assert_eq!((fs::read(&target).unwrap(), fs::read(&link).unwrap()), (b"theirs".to_vec(), b"ours".to_vec()));
        assert!(!fs::symlink_metadata(&link).unwrap().is_symlink());
    }

    #[test]
    fn what_a_killed_one_left_goes_and_nothing_else() {
        use std::fs::{File, FileTimes, Permissions};
        use std::time::{Duration, SystemTime};
        let folder = tempfile::tempdir().unwrap();
        let hour_ago = SystemTime::now() - Duration::from_hours(1);
        let leave = |name: &str, mode: u32, modified: SystemTime| {
            let file = File::create(folder.path().join(name)).unwrap();
            file.set_permissions(Permissions::from_mode(mode)).unwrap();
            file.set_times(FileTimes::new().set_modified(modified)).unwrap();
            file
        };
        drop(leave(".otp-killed.new", 0o600, hour_ago));
        let living = leave(".otp-living.new", 0o600, hour_ago);
        living.try_lock().unwrap();
        for (name, mode, modified) in [
            (".otp-shared.new", 0o644, hour_ago),
            (".otp-fresh.new", 0o600, SystemTime::now()),
            (".otp-other", 0o600, hour_ago),
            ("other.new", 0o600, hour_ago),
        ] {
            drop(leave(name, mode, modified));
        }
        save(&[piece(&folder.path().join("a.txt"), "one")], false, &|_, _| Ok(())).unwrap();
        let mut left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        left.sort();
        assert_eq!(left, [".otp-fresh.new", ".otp-living.new", ".otp-other", ".otp-shared.new", "a.txt", "other.new"]);
    }

    #[test]
    fn nothing_stays_of_what_fails() {
        let folder = tempfile::tempdir().unwrap();
        let (one, two) = (folder.path().join("1"), folder.path().join("2"));
        let pieces = [piece(&one, "1"), piece(&two, "2")];
        let bad = |at: usize, _: &[u8]| if at == 1 { Err(ExportError::ReadBack) } else { Ok(()) };
        assert_eq!(save(&pieces, false, &bad).unwrap_err(), SaveError::Content(ExportError::ReadBack));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
        fs::write(&two, "there").unwrap();
        assert!(save(&pieces, false, &|_, _| Ok(())).is_err());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
