//! The index on disk: whole or not at all, with its nine previous generations and a lock.
//!
//! The lock is a file of its own: the index is replaced by a rename, so a lock on it would guard
//! a file that is no longer there.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::store::StoreError;

/// Where the index lives. A trait, because the model of crashes (`tests/it/crash.rs`) needs a disk
/// whose power it can cut.
pub trait Disk: Send {
    /// The bytes of a generation: 0 is the live one, 1 the one before, up to [`GENERATIONS`].
    ///
    /// # Errors
    /// When the file is there and cannot be read.
    fn read(&self, generation: usize) -> Result<Option<Vec<u8>>, StoreError>;

    /// Replaces the live generation. When this returns, a power cut does not undo it.
    ///
    /// # Errors
    /// When any step fails; the live generation is then the old one.
    fn commit(&mut self, bytes: &[u8]) -> Result<(), StoreError>;

    /// Keeps a copy of the live generation, which is damaged, under a name of its own.
    ///
    /// # Errors
    /// When the copy cannot be made.
    fn set_aside(&mut self) -> Result<(), StoreError>;

    /// Waits for the lock that every writer takes; dropping the guard gives it back.
    ///
    /// # Errors
    /// [`StoreError::Busy`] after 10 s.
    fn lock(&self) -> Result<Box<dyn Guard>, StoreError>;

    /// Makes everything on the file system durable, files of other programs included.
    ///
    /// # Errors
    /// When the system cannot promise it.
    fn sync(&self) -> Result<(), StoreError>;
}

/// Holds the lock while it lives.
pub trait Guard {}

/// How many previous generations are kept.
pub const GENERATIONS: usize = 9;
/// How long to wait for another writer.
const PATIENCE: Duration = Duration::from_secs(10);
/// The largest index that is read, in bytes.
const MOST: u64 = 64 << 20;

/// The index in a folder.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
}

impl Folder {
    /// The index in the folder `path`, which is made when the first index is written.
    pub fn new(path: &Path) -> Self {
        Self { path: path.to_owned() }
    }

    fn file(&self, generation: usize) -> PathBuf {
        match generation {
            0 => self.path.join("index.json"),
            _ => self.path.join(format!("index.json.{generation}")),
        }
    }

    /// Moves the generations up by one and links the live file as the newest of them. The live
    /// file itself is never moved away, so at no time is there none.
    fn keep_generation(&self) -> std::io::Result<()> {
        if !self.file(0).exists() {
            return Ok(());
        }
        for generation in (1..GENERATIONS).rev() {
            ignore_missing(fs::rename(self.file(generation), self.file(generation + 1)))?;
        }
        // Some file systems have no hard links.
        fs::hard_link(self.file(0), self.file(1)).or_else(|_| copy_private(&self.file(0), &self.file(1)))
    }
}

impl Disk for Folder {
    fn read(&self, generation: usize) -> Result<Option<Vec<u8>>, StoreError> {
        let path = self.file(generation);
        let read = || -> std::io::Result<Vec<u8>> {
            let mut bytes = Vec::new();
            File::open(&path)?.take(MOST).read_to_end(&mut bytes)?;
            Ok(bytes)
        };
        match read() {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(disk_error(&path, &error)),
        }
    }

    fn commit(&mut self, bytes: &[u8]) -> Result<(), StoreError> {
        private_folder(&self.path)?;
        let keep = self.keep_generation();
        keep.map_err(|error| disk_error(&self.file(1), &error))?;
        replace(&self.file(0), bytes)
    }

    fn set_aside(&mut self) -> Result<(), StoreError> {
        let free = (1..u32::MAX).map(|n| self.path.join(format!("index.damaged.{n}"))).find(|path| !path.exists());
        let target = free.unwrap_or_else(|| self.path.join("index.damaged"));
        copy_private(&self.file(0), &target).map_err(|error| disk_error(&target, &error))
    }

    fn lock(&self) -> Result<Box<dyn Guard>, StoreError> {
        private_folder(&self.path)?;
        let path = self.path.join("lock");
        let mut file = private_options().create(true).truncate(false).read(true).open(&path);
        let file = file.as_mut().map_err(|error| disk_error(&path, error))?;
        let end = Instant::now() + PATIENCE;
        loop {
            match file.try_lock() {
                Ok(()) => break,
                Err(fs::TryLockError::WouldBlock) if Instant::now() < end => {
                    std::thread::sleep(Duration::from_millis(20));
                }
                Err(fs::TryLockError::WouldBlock) => return Err(StoreError::Busy { pid: holder(file) }),
                Err(fs::TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => {
                    return lock_by_name(&self.path.join("lock.pid"), end);
                }
                Err(fs::TryLockError::Error(error)) => return Err(disk_error(&path, &error)),
            }
        }
        let file = file.try_clone().map_err(|error| disk_error(&path, &error))?;
        // For the message of whoever has to wait; the lock holds without it.
        let _ = file.set_len(0).and_then(|()| (&file).write_all(std::process::id().to_string().as_bytes()));
        Ok(Box::new(Held { _file: file }))
    }

    fn sync(&self) -> Result<(), StoreError> {
        sync_file_system(&self.path).map_err(|error| disk_error(&self.path, &error))
    }
}

struct Held {
    /// Open, and so locked, as long as the guard lives.
    _file: File,
}

impl Guard for Held {}

/// The process id in a lock file, 0 if there is none.
fn holder(file: &mut File) -> u32 {
    let mut text = String::new();
    let _ = file.take(20).read_to_string(&mut text);
    text.trim().parse().unwrap_or(0)
}

/// The lock where the file system has none (some network folders): a file that only one can
/// create. One left behind by a process that no longer runs since the last start is removed.
fn lock_by_name(path: &Path, end: Instant) -> Result<Box<dyn Guard>, StoreError> {
    struct Named(PathBuf);
    impl Guard for Named {}
    impl Drop for Named {
        fn drop(&mut self) {
            let _ = fs::remove_file(&self.0);
        }
    }
    let own = format!("{} {}", std::process::id(), boot_id());
    loop {
        match private_options().create_new(true).open(path) {
            Ok(mut file) => {
                let _ = file.write_all(own.as_bytes());
                return Ok(Box::new(Named(path.to_owned())));
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(disk_error(path, &error)),
        }
        let found = fs::read_to_string(path).unwrap_or_default();
        let (pid, boot) = found.split_once(' ').unwrap_or((&found, ""));
        let pid = pid.parse().unwrap_or(0);
        if !boot.is_empty() && (boot != boot_id() || !is_running(pid)) {
            let _ = fs::remove_file(path);
        } else if Instant::now() >= end {
            return Err(StoreError::Busy { pid });
        } else {
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

/// A number that changes with every start of the computer, where the system tells one.
fn boot_id() -> String {
    let id = fs::read_to_string("/proc/sys/kernel/random/boot_id").unwrap_or_default();
    if id.is_empty() { "unknown".to_owned() } else { id.trim().to_owned() }
}

/// Whether process `pid` runs; where the system does not tell, it is assumed to.
fn is_running(pid: u32) -> bool {
    !Path::new("/proc/self").exists() || Path::new(&format!("/proc/{pid}")).exists()
}

/// Options that create a file for its owner only and never follow a link that was put there.
pub fn private_options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
        let no_follow = rustix::fs::OFlags::NOFOLLOW.bits();
        options.custom_flags(i32::try_from(no_follow).unwrap_or(0));
    }
    options
}

/// Makes the folder `path` for its owner only, and tightens one that others may enter.
///
/// # Errors
/// When it cannot be made.
pub fn private_folder(path: &Path) -> Result<(), StoreError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(|error| disk_error(path, &error))?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(path).map_err(|error| disk_error(path, &error))?.permissions().mode();
        if mode & 0o077 != 0 {
            let tight = fs::Permissions::from_mode(0o700);
            fs::set_permissions(path, tight).map_err(|error| disk_error(path, &error))?;
        }
    }
    Ok(())
}

/// Replaces the file `target` by `bytes`, whole or not at all, and makes it durable: new file in
/// the same folder, file synced, renamed, folder synced (`security.md` F11).
///
/// # Errors
/// When any step fails; `target` is then unchanged and the new file gone.
pub fn replace(target: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let folder = target.parent().unwrap_or(Path::new("."));
    let write = || -> std::io::Result<()> {
        // Created exclusively, 0600, under a random name; removed again if anything fails.
        let mut file = tempfile::Builder::new().prefix(".new-").tempfile_in(folder)?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        file.persist(target).map_err(|error| error.error)?;
        sync_folder(folder)
    };
    write().map_err(|error| disk_error(target, &error))
}

/// Copies `from` to the new file `to`, for its owner only.
///
/// # Errors
/// When `to` exists or cannot be written.
pub fn copy_private(from: &Path, to: &Path) -> std::io::Result<()> {
    let mut source = File::open(from)?;
    let mut target = private_options().create_new(true).open(to)?;
    std::io::copy(&mut source, &mut target)?;
    target.sync_all()
}

/// Makes the entries of a folder durable; Windows has no such call and needs none.
fn sync_folder(folder: &Path) -> std::io::Result<()> {
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

/// Makes everything on the file system of `folder` durable (`security.md` F1).
///
/// # Errors
/// When the system reports one.
pub fn sync_file_system(folder: &Path) -> std::io::Result<()> {
    #[cfg(target_os = "linux")]
    rustix::fs::syncfs(File::open(folder)?)?;
    #[cfg(not(target_os = "linux"))]
    sync_folder(folder)?;
    Ok(())
}

fn ignore_missing(result: std::io::Result<()>) -> std::io::Result<()> {
    match result {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

/// The error for `path`, by its last part: whole paths belong to nobody else.
pub fn disk_error(path: &Path, error: &std::io::Error) -> StoreError {
    let file = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    StoreError::Disk { file, kind: error.kind() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nine_previous_generations_are_kept() {
        let folder = tempfile::tempdir().unwrap();
        let mut disk = Folder::new(&folder.path().join("data"));
        assert_eq!(disk.read(0), Ok(None));
        for number in 0..12_u8 {
            disk.commit(&[number]).unwrap();
        }
        let kept: Vec<u8> = (0..=GENERATIONS).map(|n| disk.read(n).unwrap().unwrap()[0]).collect();
        assert_eq!(kept, [11, 10, 9, 8, 7, 6, 5, 4, 3, 2]);
        assert_eq!(disk.read(10), Ok(None));
    }

    #[test]
    fn a_second_writer_waits_for_the_first() {
        let folder = tempfile::tempdir().unwrap();
        let disk = Folder::new(folder.path());
        let guard = disk.lock().unwrap();
        let file = OpenOptions::new().read(true).open(folder.path().join("lock")).unwrap();
        assert!(file.try_lock().is_err());
        drop(guard);
        assert!(file.try_lock().is_ok());
    }

    #[test]
    fn the_lock_by_name_is_taken_over_from_the_dead() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock.pid");
        fs::write(&path, "4194999 of-an-earlier-start").unwrap();
        let guard = lock_by_name(&path, Instant::now() + PATIENCE).unwrap();
        assert!(
            matches!(lock_by_name(&path, Instant::now()), Err(StoreError::Busy { pid }) if pid == std::process::id())
        );
        drop(guard);
        assert!(!path.exists());
    }

    #[cfg(unix)]
    #[test]
    fn everything_is_for_the_owner_only() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        fs::create_dir(&data).unwrap();
        fs::set_permissions(&data, fs::Permissions::from_mode(0o755)).unwrap();
        let mut disk = Folder::new(&data);
        disk.commit(b"one").unwrap();
        disk.commit(b"two").unwrap();
        disk.set_aside().unwrap();
        drop(disk.lock().unwrap());
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&data), 0o700);
        for file in fs::read_dir(&data).unwrap() {
            assert_eq!(mode(&file.unwrap().path()), 0o600);
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_in_place_of_the_lock_is_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("target");
        fs::write(&target, "precious").unwrap();
        std::os::unix::fs::symlink(&target, folder.path().join("lock")).unwrap();
        assert!(Folder::new(folder.path()).lock().is_err());
        assert_eq!(fs::read_to_string(&target).unwrap(), "precious");
    }
}
