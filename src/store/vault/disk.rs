//! Files of a vault on disk: whole or not at all, for their owner only, no links followed.
//!
//! Nothing here knows what the files hold. A file is written beside its place, brought to the disk
//! and renamed; whoever reads finds the old or the new one, whole.

use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::iter;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::store::StoreError;

/// The largest file read, in bytes: what the cipher takes at most.
const MOST: u64 = 64 * 1024 * 1024;
/// How many previous generations are kept.
pub(super) const GENERATIONS: u32 = 9;

const STAGED_PREFIX: &str = ".otp-vault-";
const STAGED_SUFFIX: &str = ".new";

/// The folder of a vault.
pub(super) struct Folder(PathBuf);

impl Folder {
    pub(super) fn at(path: &Path) -> Self {
        Self(path.to_owned())
    }

    /// Creates it and its parents, for the owner only whatever the umask says.
    pub(super) fn create(&self) -> Result<(), StoreError> {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&self.0).map_err(|error| self.blame(&error))
    }

    /// Takes from others what they can do to the folder and the files `names`; tells which of them
    /// that was news for.
    pub(super) fn tighten(&self, names: &[&str]) -> Vec<String> {
        let folder = (self.0.clone(), 0o700);
        let files = names.iter().map(|name| (self.0.join(name), 0o600));
        let loose = iter::once(folder).chain(files).filter(|(path, mode)| owner_only(path, *mode).unwrap_or(false));
        loose.map(|(path, _)| path.display().to_string()).collect()
    }

    pub(super) fn exists(&self, name: &str) -> bool {
        fs::symlink_metadata(self.0.join(name)).is_ok()
    }

    /// Reads the whole file `name`.
    pub(super) fn read(&self, name: &str) -> Result<Vec<u8>, StoreError> {
        let path = self.0.join(name);
        let content = open(&path).and_then(|file| {
            let mut content = Vec::new();
            file.take(MOST + 1).read_to_end(&mut content)?;
            Ok(content)
        });
        content.map_err(|error| blame(name, &error))
    }

    /// Writes `content` beside the place where it will stand, and brings it to the disk.
    pub(super) fn stage(&self, content: &[u8]) -> Result<Staged<'_>, StoreError> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(STAGED_PREFIX).suffix(STAGED_SUFFIX);
        let write = || {
            let mut file = builder.tempfile_in(&self.0)?;
            // Also where the umask took too much.
            #[cfg(unix)]
            file.as_file().set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
            file.write_all(content)?;
            file.as_file().sync_all()?;
            Ok(file)
        };
        let file = write().map_err(|error: io::Error| self.blame(&error))?;
        Ok(Staged { file, folder: self })
    }

    /// Renames `name.1` to `name.2` and so on; the oldest goes.
    pub(super) fn rotate(&self, name: &str) -> Result<(), StoreError> {
        for number in (1..GENERATIONS).rev() {
            let (from, to) = (generation(name, number), generation(name, number + 1));
            match fs::rename(self.0.join(&from), self.0.join(to)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(blame(&from, &error)),
                _ => {}
            }
        }
        Ok(())
    }

    /// Gives the file `name` a second name that nothing else uses, and returns that. The file
    /// itself stays where it is.
    pub(super) fn set_aside(&self, name: &str) -> Result<String, StoreError> {
        let path = self.0.join(name);
        for number in 1..1000 {
            let kept = format!("{name}.aside-{number}");
            match fs::hard_link(&path, self.0.join(&kept)).or_else(|_| copy_new(&path, &self.0.join(&kept))) {
                Ok(()) => return Ok(kept),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(blame(&kept, &error)),
            }
        }
        Err(blame(name, &io::ErrorKind::AlreadyExists.into()))
    }

    /// Removes what an interrupted write left behind. Only for whoever holds the store's lock.
    pub(super) fn sweep(&self) {
        let staged = |name: &OsStr| {
            let name = name.to_string_lossy();
            name.starts_with(STAGED_PREFIX) && name.ends_with(STAGED_SUFFIX)
        };
        for entry in fs::read_dir(&self.0).into_iter().flatten().flatten() {
            if staged(&entry.file_name()) {
                // A leftover is encrypted and harmless: staying is no failure.
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    /// Brings the names of this folder to the disk.
    pub(super) fn sync(&self) -> Result<(), StoreError> {
        if cfg!(unix) {
            File::open(&self.0).and_then(|folder| folder.sync_all()).map_err(|error| self.blame(&error))?;
        }
        Ok(())
    }

    fn blame(&self, error: &io::Error) -> StoreError {
        blame(&self.0.display().to_string(), error)
    }
}

/// A file that is written but does not stand in its place yet. Dropped, it is gone.
pub(super) struct Staged<'a> {
    file: NamedTempFile,
    folder: &'a Folder,
}

impl Staged<'_> {
    /// Reads it anew from the disk.
    pub(super) fn read(&self) -> Result<Vec<u8>, StoreError> {
        fs::read(self.file.path()).map_err(|error| self.folder.blame(&error))
    }

    /// Puts it in the place of `name`, replacing what stands there in one step.
    pub(super) fn place(self, name: &str) -> Result<(), StoreError> {
        self.file.persist(self.folder.0.join(name)).map(drop).map_err(|error| blame(name, &error.error))
    }
}

/// The name of the previous generation `number` of the file `name`.
pub(super) fn generation(name: &str, number: u32) -> String {
    format!("{name}.{number}")
}

fn blame(file: &str, error: &io::Error) -> StoreError {
    StoreError::Disk { file: file.to_owned(), kind: error.kind() }
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
        return Err(io::ErrorKind::IsADirectory.into());
    }
    if kind.is_file() { Ok(file) } else { Err(io::ErrorKind::InvalidInput.into()) }
}

/// For file systems without hard links. Fails if `to` exists.
fn copy_new(from: &Path, to: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut copy = options.open(to)?;
    io::copy(&mut open(from)?, &mut copy)?;
    copy.sync_all()
}

/// Sets the mode of `path` to `mode` if others can do anything with it; tells whether they could.
/// What belongs to somebody else or is shared by design, like `/tmp`, stays as it is.
#[cfg(unix)]
fn owner_only(path: &Path, mode: u32) -> io::Result<bool> {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    const OTHERS: u32 = 0o077;
    const STICKY: u32 = 0o1000;
    let metadata = fs::symlink_metadata(path)?;
    let own = metadata.uid() == rustix::process::geteuid().as_raw() && metadata.mode() & STICKY == 0;
    let loose = own && !metadata.is_symlink() && metadata.mode() & OTHERS != 0;
    if loose {
        fs::set_permissions(path, fs::Permissions::from_mode(mode))?;
    }
    Ok(loose)
}

/// On Windows, the folders of a user are closed to others from the start.
#[cfg(not(unix))]
fn owner_only(_: &Path, _: u32) -> io::Result<bool> {
    Ok(false)
}
