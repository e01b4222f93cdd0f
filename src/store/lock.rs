//! The lock that every writer of a profile takes: index and vault alike.
//!
//! It is a file of its own: the index is replaced by a rename, so a lock on it would guard a file
//! that is no longer there.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::store::StoreError;
use crate::store::files::Files;

/// How long to wait for another writer.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long to wait between two attempts.
const PAUSE: Duration = Duration::from_millis(20);
/// The lock, with the process id of its holder in it.
const NAME: &str = "lock";
/// The lock where the file system has none.
const BY_NAME: &str = "lock.pid";

/// Holds the lock while it lives.
pub trait Guard {}

/// A locked file: open, and so locked, as long as the guard lives.
struct Held {
    _file: File,
}

impl Guard for Held {}

/// Waits for the lock in the folder of `files`.
///
/// # Errors
/// [`StoreError::Busy`] after 10 s.
pub(super) fn wait(files: &Files) -> Result<Box<dyn Guard>, StoreError> {
    let end = Instant::now() + PATIENCE;
    let blame = |error: &std::io::Error| StoreError::disk(&files.path(NAME), error);
    let options = &mut OpenOptions::new();
    let file = files.open_private(NAME, options.create(true).truncate(false).read(true));
    let mut file = file.map_err(|error| blame(&error))?;
    loop {
        match file.try_lock() {
            Ok(()) => break,
            Err(TryLockError::WouldBlock) if Instant::now() < end => std::thread::sleep(PAUSE),
            Err(TryLockError::WouldBlock) => return Err(StoreError::Busy { pid: holder(&mut file) }),
            Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => return by_name(files, end),
            Err(TryLockError::Error(error)) => return Err(blame(&error)),
        }
    }
    // For the message of whoever has to wait; the lock holds without it.
    let _ = file.set_len(0).and_then(|()| file.write_all(std::process::id().to_string().as_bytes()));
    Ok(Box::new(Held { _file: file }))
}

/// The process id in a lock file, 0 if there is none.
fn holder(file: &mut File) -> u32 {
    let mut text = String::new();
    let _ = file.take(20).read_to_string(&mut text);
    text.trim().parse().unwrap_or(0)
}

/// A file that only one can create, removed when the guard goes.
struct Named(PathBuf);

impl Guard for Named {}

impl Drop for Named {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

/// The lock where the file system has none (some network folders). One left behind on this computer
/// by a process that no longer runs is removed; whether one on another computer runs nobody knows.
fn by_name(files: &Files, end: Instant) -> Result<Box<dyn Guard>, StoreError> {
    let path = files.path(BY_NAME);
    let own = format!("{} {} {}", std::process::id(), boot_id(), host());
    loop {
        match files.open_private(BY_NAME, OpenOptions::new().create_new(true)) {
            Ok(mut file) => {
                let _ = file.write_all(own.as_bytes());
                return Ok(Box::new(Named(path)));
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(StoreError::disk(&path, &error)),
        }
        let found = fs::read_to_string(&path).unwrap_or_default();
        if is_left_behind(&found) {
            remove(files, &found);
            continue;
        }
        let pid = found.split(' ').next().and_then(|pid| pid.parse().ok()).unwrap_or(0);
        if Instant::now() >= end {
            return Err(StoreError::Busy { pid });
        }
        std::thread::sleep(PAUSE);
    }
}

/// Whether the process that wrote `found` into its lock ran on this computer and does no more.
fn is_left_behind(found: &str) -> bool {
    let mut words = found.splitn(3, ' ');
    let (Some(pid), Some(boot), Some(on)) = (words.next(), words.next(), words.next()) else { return false };
    on == host() && (boot != boot_id() || !is_running(pid.parse().unwrap_or(0)))
}

/// Removes the lock in which `found` stood. Another process that waits may have done so, too, and hold
/// the lock by now: what is taken away and turns out to be another lock is given back.
fn remove(files: &Files, found: &str) {
    let taken = files.path(&format!("{BY_NAME}.{}", std::process::id()));
    if fs::rename(files.path(BY_NAME), &taken).is_err() {
        return;
    }
    if fs::read_to_string(&taken).is_ok_and(|text| text == found) {
        let _ = fs::remove_file(&taken);
    } else {
        let _ = fs::rename(&taken, files.path(BY_NAME));
    }
}

/// The name of this computer, where the system tells one.
fn host() -> String {
    fs::read_to_string("/proc/sys/kernel/hostname").map(|name| name.trim().to_owned()).unwrap_or_default()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_writer_waits_for_the_first() {
        let folder = tempfile::tempdir().unwrap();
        let guard = wait(&Files::at(folder.path())).unwrap();
        let mut file = OpenOptions::new().read(true).open(folder.path().join("lock")).unwrap();
        assert!(file.try_lock().is_err());
        assert_eq!(holder(&mut file), std::process::id());
        drop(guard);
        assert!(file.try_lock().is_ok());
    }

    #[test]
    fn the_lock_by_name_is_taken_over_from_the_dead() {
        let folder = tempfile::tempdir().unwrap();
        let files = Files::at(folder.path());
        fs::write(files.path(BY_NAME), format!("4194999 of-an-earlier-start {}", host())).unwrap();
        let guard = by_name(&files, Instant::now() + PATIENCE).unwrap();
        let busy = by_name(&files, Instant::now()).err();
        assert_eq!(busy, Some(StoreError::Busy { pid: std::process::id() }));
        drop(guard);
        assert!(!files.exists(BY_NAME));
        // One on another computer may be at work.
        fs::write(files.path(BY_NAME), format!("1 {} not-{}", boot_id(), host())).unwrap();
        assert_eq!(by_name(&files, Instant::now()).err(), Some(StoreError::Busy { pid: 1 }));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_in_place_of_the_lock_is_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("target");
        fs::write(&target, "precious").unwrap();
        std::os::unix::fs::symlink(&target, folder.path().join(NAME)).unwrap();
        assert!(wait(&Files::at(folder.path())).is_err());
        assert_eq!(fs::read_to_string(&target).unwrap(), "precious");
    }
}
