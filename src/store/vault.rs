//! The vault: where secrets live when there is no OS keyring. Two files that stock `age` opens
//! (`age -d -i identity.age vault.age`), so nobody depends on this program to get at them.
//!
//! `identity.age` is a key under the passphrase, `vault.age` is encrypted for that key: the slow
//! step that protects a passphrase happens once an unlock and never for a write. The vault is used
//! only when the user chose it (`security.md` 3.8). What is deleted stays in previous generations
//! until nine more changes have been made.

mod content;
mod generations;
mod identity;
mod kernel;
mod notice;

use std::path::Path;

pub use notice::{Notice, Notices};

use self::content::Content;
use self::generations::Live;
use super::files::{Files, generation};
use super::{Backend, BackendKind, Key, Line, Store, StoreError};
use crate::crypto::CryptoError;
use crate::crypto::age::{self, Identity};
use crate::secret::Secret;

const IDENTITY: &str = "identity.age";
const VAULT: &str = "vault.age";

/// Gets the passphrase from the user or a file, when it is needed. Called once an attempt.
pub type Unlocker = Box<dyn FnMut() -> Result<Secret, StoreError> + Send>;

/// A vault in a folder.
///
/// Whoever changes it holds the lock of the whole store; reading takes no lock.
pub struct Vault {
    files: Files,
    unlocker: Unlocker,
    identity: Option<Identity>,
    notices: Notices,
}

impl Vault {
    /// Makes an empty vault in `folder`, which is created if need be, and leaves it opened.
    /// Whether `passphrase` is any good is for [`crate::crypto::passphrase::judge`] to say, before.
    ///
    /// # Errors
    /// When there is a vault already, or the disk does not keep it.
    pub fn create(folder: &Path, passphrase: &Secret) -> Result<Self, StoreError> {
        Self::create_at(age::WORK, folder, passphrase)
    }

    /// [`Vault::create`] with another work factor, so that tests need not wait.
    fn create_at(work: u8, path: &Path, passphrase: &Secret) -> Result<Self, StoreError> {
        let mut vault = Self::open(path, Box::new(|| Err(StoreError::Locked)));
        if Self::exists(path) {
            return Err(StoreError::Disk { file: IDENTITY.to_owned(), kind: std::io::ErrorKind::AlreadyExists });
        }
        vault.files.create()?;
        vault.tighten();
        let identity = Identity::generate();
        // Last, because it makes the vault exist: a `vault.age` without it is kept aside, unopened.
        let live = if vault.files.exists(VAULT) { Live::Bad } else { Live::Missing };
        generations::write(&vault.files, &identity, &Content::default(), &live, &vault.notices)?;
        identity::write(&vault.files, &identity, passphrase, work)?;
        vault.identity = Some(identity);
        Ok(vault)
    }

    /// The vault in `folder`. Reads nothing yet; `unlocker` is asked when the first item is.
    pub fn open(folder: &Path, unlocker: Unlocker) -> Self {
        Self { files: Files::at(folder), unlocker, identity: None, notices: Notices::default() }
    }

    /// The same vault, leaving what the user should know in `notices` from now on, together with
    /// what it has left so far.
    #[must_use]
    pub fn telling(mut self, notices: &Notices) -> Self {
        for notice in self.notices.take() {
            notices.add(notice);
        }
        self.notices = notices.clone();
        self
    }

    /// Whether there is a vault in `folder`, opened or not, damaged or not.
    pub fn exists(folder: &Path) -> bool {
        let files = Files::at(folder);
        files.exists(IDENTITY) || files.exists(&generation(IDENTITY, 1))
    }

    /// Where the vault leaves what the user should know; ask after each command.
    pub fn notices(&self) -> Notices {
        self.notices.clone()
    }

    /// Puts the vault under the passphrase `new`; `old` opens it no more, and what
    /// [`Vault::unlock_for`] held is forgotten. Whoever has an old copy of `identity.age` can
    /// still open it with `old`.
    ///
    /// # Errors
    /// When `old` does not fit, or the disk does not keep the change; then `old` still fits.
    pub fn change_passphrase(&mut self, old: &Secret, new: &Secret) -> Result<(), StoreError> {
        self.change_passphrase_at(age::WORK, old, new)
    }

    fn change_passphrase_at(&mut self, work: u8, old: &Secret, new: &Secret) -> Result<(), StoreError> {
        self.tighten();
        let identity = identity::open(&self.files, old, &self.notices)?;
        self.lock();
        self.files.sweep();
        identity::write(&self.files, &identity, new, work)?;
        self.identity = Some(identity);
        Ok(())
    }

    /// Opens the vault and keeps it open for every command of this login during the next
    /// `seconds` (0 counts as 1). Linux only.
    ///
    /// # Errors
    /// When it does not open, or the system has no place to keep it open.
    pub fn unlock_for(&mut self, seconds: u32) -> Result<(), StoreError> {
        let line = self.identity()?.line();
        match identity::fingerprint(&self.files) {
            Some(name) if kernel::hold(&name, &line, seconds) => Ok(()),
            _ => Err(StoreError::NoUnlocking),
        }
    }

    /// Ends what [`Vault::unlock_for`] began; tells whether it was open to other commands.
    pub fn lock(&mut self) -> bool {
        self.identity = None;
        identity::fingerprint(&self.files).is_some_and(|name| kernel::forget(&name))
    }

    /// The identity: the one at hand, the one held by the kernel, or the one that the passphrase
    /// opens.
    fn identity(&mut self) -> Result<&Identity, StoreError> {
        let identity = match self.identity.take() {
            Some(identity) => identity,
            None => self.open_identity()?,
        };
        Ok(self.identity.insert(identity))
    }

    fn open_identity(&mut self) -> Result<Identity, StoreError> {
        if !self.files.exists(IDENTITY) && !self.files.exists(&generation(IDENTITY, 1)) {
            if self.files.exists(VAULT) {
                return Err(StoreError::LostIdentity);
            }
            return Err(StoreError::Disk { file: IDENTITY.to_owned(), kind: std::io::ErrorKind::NotFound });
        }
        self.tighten();
        let held = identity::fingerprint(&self.files).and_then(|name| kernel::held(&name));
        if let Some(identity) = held.and_then(|line| Identity::parse(&line)) {
            return Ok(identity);
        }
        let passphrase = (self.unlocker)()?;
        identity::open(&self.files, &passphrase, &self.notices)
    }

    fn load(&mut self) -> Result<(Content, Live), StoreError> {
        self.identity()?;
        match &self.identity {
            Some(identity) => generations::load(&self.files, identity, &self.notices),
            None => Err(StoreError::Locked),
        }
    }

    fn save(&self, content: &Content, live: &Live) -> Result<(), StoreError> {
        match &self.identity {
            Some(identity) => generations::write(&self.files, identity, content, live, &self.notices),
            None => Err(StoreError::Locked),
        }
    }

    fn tighten(&self) {
        for path in self.files.tighten(&[IDENTITY, VAULT]) {
            self.notices.add(Notice::Tightened { path });
        }
    }
}

impl Store for Vault {
    fn backend(&self) -> Backend {
        Backend { kind: BackendKind::Vault, service: String::new(), collection: String::new() }
    }

    fn create(&mut self, items: &[(Key, Line)], progress: &mut dyn FnMut(usize)) -> Result<(), StoreError> {
        let (mut content, live) = self.load()?;
        content.add(items)?;
        self.save(&content, &live)?;
        (1..=items.len()).for_each(progress);
        Ok(())
    }

    fn read(&mut self, keys: &[Key]) -> Result<Vec<Option<Secret>>, StoreError> {
        let (content, _) = self.load()?;
        Ok(keys.iter().map(|key| content.get(key)).collect())
    }

    fn list(&mut self) -> Result<Vec<Key>, StoreError> {
        Ok(self.load()?.0.keys())
    }

    fn delete(&mut self, keys: &[Key]) -> Result<(), StoreError> {
        let (mut content, live) = self.load()?;
        if content.remove(keys) {
            self.save(&content, &live)?;
        }
        Ok(())
    }

    /// Every write has been brought to the disk already.
    fn sync(&mut self) -> Result<(), StoreError> {
        Ok(())
    }
}

/// What went wrong with the encrypted file `name`.
fn sealed_error(error: CryptoError, name: &str) -> StoreError {
    match error {
        CryptoError::WrongPassphrase | CryptoError::NotText => StoreError::WrongPassphrase,
        _ => StoreError::Damaged { file: name.to_owned() },
    }
}

#[cfg(test)]
mod tests;
