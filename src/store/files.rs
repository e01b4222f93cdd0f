//! Files of one folder: whole or not at all, for their owner only, no links followed.
//!
//! For the index and the vault; nothing here knows what the files hold. A file is written beside
//! its place, brought to the disk and renamed (`security.md` F11); whoever reads finds the old or
//! the new one, whole.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::store::StoreError;

/// How many previous generations are kept.
pub const GENERATIONS: usize = 9;

/// The largest file read, in bytes; the rest of a larger one is left, and so it is damaged.
const MOST: u64 = 64 << 20;
/// How the name of a file begins and ends that does not stand in its place yet.
const STAGED: (&str, &str) = (".otp-", ".new");

/// The files of a folder.
#[derive(Debug)]
pub(crate) struct Files(PathBuf);

impl Files {
    pub(crate) fn at(folder: &Path) -> Self {
        Self(folder.to_owned())
    }

    /// Creates the folder and its parents, for the owner only.
    pub(crate) fn create(&self) -> Result<(), StoreError> {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&self.0).map_err(|error| StoreError::disk(&self.0, &error))
    }

    /// Takes from others what they can do to the folder and the files `names`; tells which of them
    /// that was news for.
    pub(crate) fn tighten(&self, names: &[&str]) -> Vec<String> {
        // The folder may well be a link to where its owner has more room; a file may not.
        let folder = fs::metadata(&self.0).map(|data| (self.0.clone(), data, 0o700));
        let files = names.iter().map(|name| self.path(name));
        let files = files.map(|path| fs::symlink_metadata(&path).map(|data| (path, data, 0o600)));
        let loose = std::iter::once(folder).chain(files).flatten();
        let loose = loose.filter(|(path, data, mode)| owner_only(path, data, *mode).unwrap_or(false));
        loose.map(|(path, ..)| path.display().to_string()).collect()
    }

    pub(crate) fn exists(&self, name: &str) -> bool {
        fs::symlink_metadata(self.path(name)).is_ok()
    }

    /// Reads the whole file `name`.
    pub(crate) fn read(&self, name: &str) -> Result<Vec<u8>, StoreError> {
        let path = self.path(name);
        let content = open(&path).and_then(|file| {
            let mut content = Vec::new();
            file.take(MOST).read_to_end(&mut content)?;
            Ok(content)
        });
        content.map_err(|error| StoreError::disk(&path, &error))
    }

    /// Writes `content` beside the place where it will stand, which is `name`, and brings it to
    /// the disk.
    pub(crate) fn stage(&self, name: &str, content: &[u8]) -> Result<Staged, StoreError> {
        let target = self.path(name);
        let mut builder = tempfile::Builder::new();
        builder.prefix(STAGED.0).suffix(STAGED.1);
        let write = || {
            // Created exclusively, under a random name; removed again if anything fails.
            let mut file = builder.tempfile_in(&self.0)?;
            for_owner(file.as_file());
            // Shows others that somebody lives who wants it; see `sweep_abandoned`.
            #[cfg(unix)]
            let _ = file.as_file().try_lock();
            file.write_all(content)?;
            file.as_file().sync_all()?;
            Ok(file)
        };
        match write() {
            Ok(file) => Ok(Staged { file, target }),
            Err(error) => Err(StoreError::disk(&target, &error)),
        }
    }

    /// Opens the file `name` for writing, for its owner only; never the end of a link. `options`
    /// say whether it may exist.
    pub(crate) fn open_private(&self, name: &str, options: &mut OpenOptions) -> io::Result<File> {
        options.write(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt;
            options.mode(0o600).custom_flags(rustix::fs::OFlags::NOFOLLOW.bits().cast_signed());
        }
        let file = options.open(self.path(name))?;
        for_owner(&file);
        Ok(file)
    }

    /// Renames `name.1` to `name.2` and so on; the oldest goes.
    pub(crate) fn rotate(&self, name: &str) -> Result<(), StoreError> {
        for number in (1..GENERATIONS).rev() {
            let from = self.path(&generation(name, number));
            match fs::rename(&from, self.path(&generation(name, number + 1))) {
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(StoreError::disk(&from, &error)),
                // Two names of one file: renaming one to the other does nothing, and succeeds.
                Ok(()) if from.exists() => drop(fs::remove_file(&from)),
                _ => {}
            }
        }
        Ok(())
    }

    /// Makes the file `name`, if there is one, its own newest previous generation. It is never
    /// moved away, so at no time is there none.
    pub(crate) fn keep(&self, name: &str) -> Result<(), StoreError> {
        let kept = generation(name, 1);
        // Kept already when a write failed after this step: the older ones are not pushed out.
        if !self.exists(name) || self.exists(&kept) && self.read(name) == self.read(&kept) {
            return Ok(());
        }
        self.rotate(name)?;
        self.duplicate(name, &kept).map_err(|error| StoreError::disk(&self.path(&kept), &error))
    }

    /// Gives the file `name` a second name that nothing else uses, and returns that. The file
    /// itself stays where it is.
    pub(crate) fn set_aside(&self, name: &str) -> Result<String, StoreError> {
        for number in 1..1000 {
            let kept = format!("{name}.aside-{number}");
            match self.duplicate(name, &kept) {
                Ok(()) => return Ok(kept),
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(StoreError::disk(&self.path(&kept), &error)),
            }
        }
        Err(StoreError::disk(&self.path(name), &ErrorKind::AlreadyExists.into()))
    }

    /// Takes the name `name` away; a file that has another one stays.
    pub(crate) fn remove(&self, name: &str) -> Result<(), StoreError> {
        let path = self.path(name);
        fs::remove_file(&path).map_err(|error| StoreError::disk(&path, &error))
    }

    /// Gives `from` the second name `to`; where the file system has no such thing, a copy. Fails
    /// if `to` exists.
    fn duplicate(&self, from: &str, to: &str) -> io::Result<()> {
        fs::hard_link(self.path(from), self.path(to)).or_else(|_| {
            let mut copy = self.open_private(to, OpenOptions::new().create_new(true))?;
            io::copy(&mut open(&self.path(from))?, &mut copy)?;
            copy.sync_all()
        })
    }

    /// Removes what an interrupted write left behind. Only for whoever holds the store's lock.
    pub(crate) fn sweep(&self) {
        // A leftover tells no more than the file it was meant for: staying is no failure.
        self.staged().for_each(|path| drop(fs::remove_file(path)));
    }

    /// Removes what processes that were killed have left of files for this folder, which anybody may
    /// write to: of this user, for nobody else, locked by nobody, and a minute older than `own`. So
    /// long it takes nobody to lock what he has made, and both ages are by the clock of the disk.
    #[cfg(unix)]
    pub(crate) fn sweep_abandoned(&self, own: &Staged) {
        use std::os::unix::fs::MetadataExt;
        const MINUTE: i64 = 60;
        let Ok(own) = own.file.as_file().metadata() else { return };
        for path in self.staged() {
            let alike = |file: &File| {
                let data = file.metadata().ok()?;
                let same = (data.uid(), data.mode(), data.nlink()) == (own.uid(), own.mode(), 1);
                (same && data.mtime() + MINUTE < own.mtime()).then_some(())
            };
            let abandoned = open(&path).is_ok_and(|file| alike(&file).is_some() && file.try_lock().is_ok());
            if abandoned {
                let _ = fs::remove_file(path);
            }
        }
    }

    /// Elsewhere whoever is killed may leave a file: there a lock would keep its owner from reading.
    #[cfg(not(unix))]
    #[allow(clippy::unused_self, reason = "elsewhere there is something to do")]
    pub(crate) fn sweep_abandoned(&self, _: &Staged) {}

    /// The files of this folder that do not stand in their places.
    fn staged(&self) -> impl Iterator<Item = PathBuf> {
        let entries = fs::read_dir(&self.0).into_iter().flatten().flatten();
        let ours = entries.filter(|entry| {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            name.starts_with(STAGED.0) && name.ends_with(STAGED.1)
        });
        ours.map(|entry| entry.path())
    }

    /// Brings the names of this folder to the disk; Windows has no such call and needs none.
    pub(crate) fn sync(&self) -> Result<(), StoreError> {
        if cfg!(unix) {
            let synced = File::open(&self.0).and_then(|folder| folder.sync_all());
            synced.map_err(|error| StoreError::disk(&self.0, &error))?;
        }
        Ok(())
    }

    /// Makes everything on the file system of this folder durable (`security.md` F1).
    pub(crate) fn sync_all(&self) -> Result<(), StoreError> {
        #[cfg(target_os = "linux")]
        {
            let synced = File::open(&self.0).and_then(|folder| Ok(rustix::fs::syncfs(folder)?));
            synced.map_err(|error| StoreError::disk(&self.0, &error))
        }
        #[cfg(not(target_os = "linux"))]
        self.sync()
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

/// A file that is written but does not stand in its place yet. Dropped, it is gone.
pub(crate) struct Staged {
    file: NamedTempFile,
    target: PathBuf,
}

impl Staged {
    /// Reads it anew from the disk.
    pub(crate) fn read(&self) -> Result<Vec<u8>, StoreError> {
        fs::read(self.file.path()).map_err(|error| StoreError::disk(&self.target, &error))
    }

    /// Puts it in its place, replacing what stands there in one step.
    pub(crate) fn place(self) -> Result<(), StoreError> {
        let placed = self.file.persist(&self.target);
        placed.map(drop).map_err(|error| StoreError::disk(&self.target, &error.error))
    }

    /// Puts it in its place, where nothing may stand, not even a link.
    pub(crate) fn place_new(self) -> Result<(), StoreError> {
        let placed = self.file.persist_noclobber(&self.target);
        placed.map(drop).map_err(|error| StoreError::disk(&self.target, &error.error))
    }
}

/// The name of the previous generation `number` of the file `name`; 0 is the file itself.
pub(crate) fn generation(name: &str, number: usize) -> String {
    if number == 0 { name.to_owned() } else { format!("{name}.{number}") }
}

/// Opens a regular file for reading; never the end of a symbolic link, and never waiting for the
/// writer of a named pipe.
fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt;
        let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
        options.custom_flags(flags.bits().cast_signed());
    }
    let file = options.open(path)?;
    let kind = file.metadata()?.file_type();
    if kind.is_dir() {
        return Err(ErrorKind::IsADirectory.into());
    }
    if kind.is_file() { Ok(file) } else { Err(ErrorKind::InvalidInput.into()) }
}

/// Gives the owner of a new file back what a strange umask took. A file system without modes, as
/// on many sticks, refuses, and that is no failure: nobody else was ever let in.
fn for_owner(file: &File) {
    #[cfg(unix)]
    let _ = file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600));
    #[cfg(not(unix))]
    let _ = file;
}

/// Sets the mode of `path` to `mode` if others can do anything with it; tells whether they could.
/// What belongs to somebody else or is shared by design, like `/tmp`, stays as it is.
#[cfg(unix)]
fn owner_only(path: &Path, data: &fs::Metadata, mode: u32) -> io::Result<bool> {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    const OTHERS: u32 = 0o077;
    const STICKY: u32 = 0o1000;
    let own = data.uid() == rustix::process::geteuid().as_raw() && data.mode() & STICKY == 0;
    let loose = own && !data.is_symlink() && data.mode() & OTHERS != 0;
    if loose {
        fs::set_permissions(path, fs::Permissions::from_mode(mode))?;
    }
    Ok(loose)
}

/// On Windows, the folders of a user are closed to others from the start.
#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
fn owner_only(_: &Path, _: &fs::Metadata, _: u32) -> io::Result<bool> {
    Ok(false)
}
