//! Recovery copies: the key that opens them, the folders they go to, and the copy after every change.
//!
//! The copy is written when the profile is closed, or by the window after each piece of work, so that
//! no command can forget it. It never holds a change up: what went wrong is said in a line, and the
//! next change tries again.

use std::path::{Path, PathBuf};

use crate::app::App;
use crate::clock::UnixTime;
use crate::crypto::CryptoError;
use crate::crypto::age::{self, Identity, Recipient};
use crate::error::{Exit, Explain};
use crate::export::{self, ExportError, Item};
use crate::present;
use crate::recovery::copies::{self, Copy};
use crate::secret::Secret;
use crate::store::StoreError;
use crate::store::files::Files;
use crate::store::index::{Copies, Index, NewKey};
use crate::text;
use crate::text::Text;

/// The folder in the profile that always gets a copy.
const FOLDER: &str = "copies";

/// A place that gets copies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopyPlace {
    /// The folder.
    pub folder: PathBuf,
    /// Its newest copy for the recovery key in use.
    pub newest: Option<Copy>,
    /// How it is.
    pub state: PlaceState,
}

impl CopyPlace {
    /// How it is, in words.
    pub fn text(&self) -> Text {
        let folder = self.folder.display().to_string();
        let newest = self.newest.as_ref().map(|copy| present::moment(copy.at));
        match (self.state, newest) {
            (PlaceState::Current, Some(at)) => text!("backup-place-current", folder = folder, at = at),
            (PlaceState::Absent, _) => text!("backup-place-absent", folder = folder),
            (_, Some(at)) => text!("backup-place-behind", folder = folder, at = at),
            (_, None) => text!("backup-place-empty", folder = folder),
        }
    }
}

/// How a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlaceState {
    /// It has a copy of everything as it is now.
    Current,
    /// Its newest copy lacks the latest changes.
    Behind,
    /// It is not there: a stick that is not plugged in, or a folder that is gone.
    Absent,
}

/// The recovery copies as they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopiesStatus {
    /// When the recovery key in use was made; `None` where there is none, so that no copies are
    /// written.
    pub since: Option<UnixTime>,
    /// When a key was made that its owner has not given back yet.
    pub unconfirmed: Option<UnixTime>,
    /// The places, the profile's own first.
    pub places: Vec<CopyPlace>,
}

/// Why recovery copies could not be set up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CopiesError {
    /// The store said no.
    Store(StoreError),
    /// What was given back is no recovery key, or there is a slip in it.
    NotAKey(CryptoError),
    /// It is a recovery key, and not the one that was made last.
    OtherKey,
    /// There is no key to confirm.
    NothingToConfirm,
    /// There are no recovery copies yet.
    Off,
    /// A folder is not among those that get copies.
    UnknownFolder,
}

impl From<StoreError> for CopiesError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl Explain for CopiesError {
    fn text(&self) -> Text {
        match self {
            Self::Store(error) => error.text(),
            Self::NotAKey(error) => error.text(),
            Self::OtherKey => text!("backup-other-key"),
            Self::NothingToConfirm => text!("backup-nothing-to-confirm"),
            Self::Off => text!("backup-off"),
            Self::UnknownFolder => text!("backup-unknown-folder"),
        }
    }

    fn hint(&self) -> Option<Text> {
        match self {
            Self::Store(error) => error.hint(),
            Self::NotAKey(error) => error.hint(),
            Self::OtherKey => Some(text!("backup-hint-other-key")),
            Self::NothingToConfirm | Self::Off => Some(text!("backup-hint-auto")),
            Self::UnknownFolder => Some(text!("backup-hint-unknown-folder")),
        }
    }

    fn exit(&self) -> Exit {
        match self {
            Self::Store(error) => error.exit(),
            Self::NotAKey(_) | Self::OtherKey => Exit::WrongPassphrase,
            Self::NothingToConfirm | Self::Off | Self::UnknownFolder => Exit::NotFound,
        }
    }
}

crate::explained!(CopiesError);

impl App {
    /// Makes a recovery key. It is shown once and never kept; copies are written for it once
    /// [`App::confirm_recovery_key`] has seen it again. A key in use stays in use until then.
    ///
    /// # Errors
    /// When the index cannot be written.
    pub fn new_recovery_key(&mut self, now: UnixTime) -> Result<Identity, CopiesError> {
        self.ledger.first_run(now)?;
        let identity = Identity::generate();
        let new_key = NewKey { recipient: identity.recipient().to_string(), made: now };
        self.edit_copies(now, |index| {
            index.new_key = Some(new_key);
            Ok(())
        })?;
        Ok(identity)
    }

    /// Takes the recovery key that its owner gives back, and forgets it: from now on copies are
    /// written for its public half.
    ///
    /// # Errors
    /// When it is not the key that was made last, or the index cannot be written.
    pub fn confirm_recovery_key(&mut self, key: &Secret, now: UnixTime) -> Result<(), CopiesError> {
        let given = Identity::typed(key).map_err(CopiesError::NotAKey)?.recipient().to_string();
        self.edit_copies(now, |index| {
            let NewKey { recipient, made } = index.new_key.take().ok_or(CopiesError::NothingToConfirm)?;
            if recipient != given {
                return Err(CopiesError::OtherKey);
            }
            let old = index.copies.take();
            let (folders, extra) = old.map(|old| (old.folders, old.extra)).unwrap_or_default();
            index.copies = Some(Copies { recipient, since: made, changed: 0, folders, extra });
            Ok(())
        })
    }

    /// Has `folder` get copies, too. The first one is written at once, which also tells this folder
    /// from an empty one in its place on another day.
    ///
    /// # Errors
    /// When there is no recovery key, or the folder takes no copy.
    pub fn add_copy_folder(&mut self, folder: &Path, now: UnixTime) -> Result<(), CopiesError> {
        let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
        let copies = self.copies_config().ok_or(CopiesError::Off)?.clone();
        if !folder.is_dir() {
            return Err(StoreError::disk(&folder, &std::io::ErrorKind::NotFound.into()).into());
        }
        let (file, whole) = self.sealed(&copies, now)?;
        put(&folder, &file, &copies, now, whole)?;
        self.edit_copies(now, |index| {
            let copies = index.copies.as_mut().ok_or(CopiesError::Off)?;
            if !copies.folders.contains(&folder) {
                copies.folders.push(folder);
            }
            Ok(())
        })
    }

    /// Has `folder` get no more copies; those that are there stay.
    ///
    /// # Errors
    /// When it gets none, or the index cannot be written.
    pub fn remove_copy_folder(&mut self, folder: &Path, now: UnixTime) -> Result<(), CopiesError> {
        let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
        self.edit_copies(now, |index| {
            let copies = index.copies.as_mut().ok_or(CopiesError::Off)?;
            let before = copies.folders.len();
            copies.folders.retain(|known| *known != folder);
            if copies.folders.len() == before { Err(CopiesError::UnknownFolder) } else { Ok(()) }
        })
    }

    /// Writes no more copies; those that are there stay, and their key still opens them.
    ///
    /// # Errors
    /// When there are none, or the index cannot be written.
    pub fn stop_copies(&mut self, now: UnixTime) -> Result<(), CopiesError> {
        self.edit_copies(now, |index| {
            let had = index.copies.take().is_some() | index.new_key.take().is_some();
            if had { Ok(()) } else { Err(CopiesError::Off) }
        })
    }

    fn edit_copies(
        &mut self,
        now: UnixTime,
        change: impl FnOnce(&mut Index) -> Result<(), CopiesError>,
    ) -> Result<(), CopiesError> {
        self.ledger.edit(now, change)
    }

    fn copies_config(&self) -> Option<&Copies> {
        self.ledger.index().and_then(|index| index.copies.as_ref())
    }

    /// The recovery copies as they are. Looks at the folders, opens nothing.
    pub fn copies_status(&self) -> CopiesStatus {
        let index = self.ledger.index();
        let copies = self.copies_config();
        CopiesStatus {
            since: copies.map(|copies| copies.since),
            unconfirmed: index.and_then(|index| index.new_key.as_ref()).map(|key| key.made),
            places: copies.map(|copies| self.copy_places(copies)).unwrap_or_default(),
        }
    }

    fn copy_places(&self, copies: &Copies) -> Vec<CopyPlace> {
        let own = self.profile.data().join(FOLDER);
        let mark = copies::mark(&copies.recipient);
        let place = |folder: &PathBuf| {
            let newest = copies::newest(folder, &mark);
            let current = newest.as_ref().is_some_and(|newest| newest.generation >= copies.changed);
            // Where a stick is not plugged in there may be an empty folder of the same name.
            let absent = *folder != own && copies::is_empty(folder);
            let state = match (absent, current) {
                (true, _) => PlaceState::Absent,
                (_, true) => PlaceState::Current,
                (_, false) => PlaceState::Behind,
            };
            CopyPlace { folder: folder.clone(), newest, state }
        };
        std::iter::once(&own).chain(&copies.folders).map(place).collect()
    }

    /// After a change: writes a copy to every place that lacks it. Gives back what its owner should
    /// know, which is usually nothing. Does nothing where nothing has changed.
    pub fn keep_copies(&mut self, now: UnixTime) -> Vec<Text> {
        if self.ledger.take_changed() { self.write_copies(now) } else { Vec::new() }
    }

    /// Writes a copy to every place that lacks the latest changes.
    pub fn write_copies(&mut self, now: UnixTime) -> Vec<Text> {
        let Some(copies) = self.copies_config().cloned() else { return Vec::new() };
        let places = self.copy_places(&copies);
        if self.ledger.index().is_none_or(|index| index.accounts.is_empty())
            || places.iter().all(|place| place.state == PlaceState::Current)
        {
            return Vec::new();
        }
        let (file, whole) = match self.sealed(&copies, now) {
            Ok(sealed) => sealed,
            Err(error) => return vec![text!("backup-copy-behind", reason = error.text())],
        };
        let mut said = Vec::new();
        if let Err(broken) = whole {
            said.push(text!("backup-copy-without", count = broken));
        }
        if let Err(error) = Files::at(&self.profile.data().join(FOLDER)).create() {
            said.push(text!("backup-copy-behind", reason = error.text()));
        }
        for place in places {
            let folder = place.folder.display().to_string();
            match place.state {
                PlaceState::Current => {}
                PlaceState::Absent => said.push(text!("backup-place-absent", folder = folder)),
                PlaceState::Behind => {
                    if let Err(error) = put(&place.folder, &file, &copies, now, whole) {
                        said.push(text!("backup-place-failed", folder = folder, reason = error.text()));
                    }
                }
            }
        }
        said
    }

    /// Everything there is, encrypted for the recovery key; and how many secrets could not be read.
    #[allow(clippy::type_complexity, reason = "the file, and whether it is whole")]
    fn sealed(&mut self, copies: &Copies, now: UnixTime) -> Result<(Vec<u8>, Result<(), usize>), StoreError> {
        // Nobody is asked anything because of a copy.
        let gathered = if self.unattended { self.gather_all() } else { self.quietly(Self::gather_all) }?;
        let whole = if gathered.broken.is_empty() { Ok(()) } else { Err(gathered.broken.len()) };
        let file = seal(&gathered.items, &copies.recipient, now);
        let refused = |_| StoreError::Refused { code: "copy-not-made".to_owned() };
        Ok((file.map_err(refused)?, whole))
    }
}

fn seal(items: &[Item], recipient: &str, now: UnixTime) -> Result<Vec<u8>, ExportError> {
    let recipient = Recipient::parse(recipient).ok_or(ExportError::NotMade)?;
    Ok(age::seal_for(&[recipient], &export::plain(items, now, &super::process::device())?)?)
}

/// Puts the copy `file` into `folder`. Older ones go only if this one is whole: what cannot be read
/// any more may be in them.
fn put(folder: &Path, file: &[u8], copies: &Copies, now: UnixTime, whole: Result<(), usize>) -> Result<(), StoreError> {
    let copy = copies::write(folder, file, now, copies.changed, &copies::mark(&copies.recipient))?;
    if whole.is_ok() {
        copies::prune(folder, &copy);
    }
    Ok(())
}
