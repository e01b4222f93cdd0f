//! The index on disk: whole or not at all, with its nine previous generations and the lock.

use std::io::ErrorKind;
use std::path::Path;

use crate::store::StoreError;
use crate::store::files::{Files, generation};
use crate::store::lock;
use crate::store::vault::{Notice, Notices};

pub use crate::store::files::GENERATIONS;
pub use crate::store::lock::Guard;

/// Where the index lives. A trait, because the model of crashes (`tests/it/crash.rs`) needs a disk
/// whose power it can cut.
pub trait Disk: Send {
    /// The bytes of a generation: 0 is the live one, 1 the one before, up to [`GENERATIONS`].
    ///
    /// # Errors
    /// When the file is there and cannot be read.
    fn read(&self, generation: usize) -> Result<Option<Vec<u8>>, StoreError>;

    /// Replaces the live generation. When this returns, a power cut does not undo it. Only for
    /// whoever holds the lock.
    ///
    /// # Errors
    /// When any step fails; the live generation is then the old one.
    fn commit(&mut self, bytes: &[u8]) -> Result<(), StoreError>;

    /// Keeps the live generation, which is damaged, under a name of its own instead of its place,
    /// so that the next commit does not count it as a previous one.
    ///
    /// # Errors
    /// When it cannot be kept.
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

const INDEX: &str = "index.json";

/// The index in a folder.
#[derive(Debug)]
pub struct Folder {
    files: Files,
    notices: Notices,
}

impl Folder {
    /// The index in the folder `path`, which is made when the first index is written.
    pub fn new(path: &Path) -> Self {
        Self { files: Files::at(path), notices: Notices::default() }
    }

    /// The same, leaving what its owner should know in `notices`.
    #[must_use]
    pub fn telling(self, notices: &Notices) -> Self {
        Self { notices: notices.clone(), ..self }
    }

    /// Makes the folder, and closes it to others if they could enter.
    fn prepare(&self) -> Result<(), StoreError> {
        self.files.create()?;
        for path in self.files.tighten(&[INDEX]) {
            self.notices.add(Notice::Tightened { path });
        }
        Ok(())
    }
}

impl Disk for Folder {
    fn read(&self, number: usize) -> Result<Option<Vec<u8>>, StoreError> {
        match self.files.read(&generation(INDEX, number)) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(StoreError::Disk { kind: ErrorKind::NotFound, .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn commit(&mut self, bytes: &[u8]) -> Result<(), StoreError> {
        self.prepare()?;
        self.files.sweep();
        // What can fail for want of room happens before anything is renamed.
        let new = self.files.stage(INDEX, bytes)?;
        // A disk that took less than it said is found out while the old index still stands.
        if new.read()? != bytes {
            return Err(StoreError::Disk { file: INDEX.to_owned(), kind: ErrorKind::InvalidData });
        }
        self.files.keep(INDEX)?;
        new.place()?;
        self.files.sync()
    }

    fn set_aside(&mut self) -> Result<(), StoreError> {
        self.files.set_aside(INDEX)?;
        // Its second name has to last before the first one goes.
        self.files.sync()?;
        self.files.remove(INDEX)
    }

    fn lock(&self) -> Result<Box<dyn Guard>, StoreError> {
        self.prepare()?;
        lock::wait(&self.files)
    }

    fn sync(&self) -> Result<(), StoreError> {
        self.files.sync_all()
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

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
    fn commits_that_fail_after_keeping_push_nothing_out() {
        let folder = tempfile::tempdir().unwrap();
        let mut disk = Folder::new(folder.path());
        for content in ["one", "two", "three"] {
            disk.commit(content.as_bytes()).unwrap();
        }
        for _ in 0..GENERATIONS {
            // As far as a commit gets whose last rename fails.
            disk.files.keep(INDEX).unwrap();
        }
        let read = |number| disk.read(number).unwrap().map(|bytes| String::from_utf8(bytes).unwrap());
        assert_eq!([0, 1, 2, 3, 4].map(read), [Some("three"), Some("three"), Some("two"), Some("one"), None].map(own));
        // Two generations under one file, as an older failure may have left them.
        fs::hard_link(folder.path().join("index.json.1"), folder.path().join("index.json.4")).unwrap();
        fs::rename(folder.path().join("index.json.4"), folder.path().join("index.json.2")).unwrap();
        disk.commit(b"four").unwrap();
        disk.commit(b"five").unwrap();
        assert_eq!(disk.read(1).unwrap().unwrap(), b"four");
    }

    fn own(text: Option<&str>) -> Option<String> {
        text.map(str::to_owned)
    }

    #[test]
    fn what_an_interrupted_commit_left_behind_goes() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(".otp-x1y2z3.new"), "half an index").unwrap();
        fs::write(folder.path().join("notes.new"), "not ours").unwrap();
        Folder::new(folder.path()).commit(b"one").unwrap();
        let names = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<_> = names.collect();
        names.sort();
        assert_eq!(names, ["index.json", "notes.new"]);
    }

    #[test]
    fn a_damaged_index_is_kept_under_a_free_name() {
        let folder = tempfile::tempdir().unwrap();
        let mut disk = Folder::new(folder.path());
        for (number, bytes) in [(1, "one"), (2, "two")] {
            disk.commit(bytes.as_bytes()).unwrap();
            disk.set_aside().unwrap();
            assert_eq!(disk.read(0), Ok(None));
            disk.commit(b"good").unwrap();
            // Its own name is enough: the generations before it are not pushed out.
            let previous = disk.read(1).unwrap().unwrap_or_default();
            assert_ne!(previous, bytes.as_bytes());
            let kept = fs::read_to_string(folder.path().join(format!("index.json.aside-{number}")));
            assert_eq!(kept.unwrap(), bytes);
        }
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
    fn a_link_in_place_of_the_index_is_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("target");
        fs::write(&target, "precious").unwrap();
        std::os::unix::fs::symlink(&target, folder.path().join(INDEX)).unwrap();
        let mut disk = Folder::new(folder.path());
        assert!(disk.read(0).is_err());
        disk.commit(b"new").unwrap();
        assert_eq!(fs::read_to_string(&target).unwrap(), "precious");
        assert_eq!(disk.read(0), Ok(Some(b"new".to_vec())));
    }
}
