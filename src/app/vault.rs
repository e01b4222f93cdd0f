//! Choosing, opening and closing the vault.

use crate::app::App;
use crate::clock::UnixTime;
use crate::secret::Secret;
use crate::store::vault::Vault;
use crate::store::{BackendKind, StoreError};

impl App {
    /// Whether the secrets are in the vault.
    pub fn uses_vault(&self) -> bool {
        self.ledger.index().is_some_and(|index| index.backend.kind == BackendKind::Vault)
    }

    /// Whether there is a vault, in use or left behind.
    pub fn has_vault(&self) -> bool {
        Vault::exists(self.profile.data())
    }

    /// Makes the vault and, when there is no account yet, has the first one kept there. A profile
    /// that has accounts in the keyring keeps them there until it is moved.
    ///
    /// # Errors
    /// When there is a vault already, or there was one whose key is lost, or the disk does not keep
    /// it.
    pub fn create_vault(&mut self, passphrase: &Secret, now: UnixTime) -> Result<(), StoreError> {
        if self.uses_vault() && !self.has_vault() {
            // Another vault would hide the one with the accounts.
            return Err(StoreError::LostIdentity);
        }
        let guard = self.ledger.lock()?;
        drop(Vault::create(self.profile.data(), passphrase)?.telling(&self.vault_notices));
        drop(guard);
        if self.ledger.index().is_none() {
            self.keep_in_vault(passphrase);
            self.ledger.first_run(now)?;
        }
        Ok(())
    }

    /// Moves every secret to the vault or back to the keyring. The old copies stay for 30 days.
    ///
    /// # Errors
    /// When either place fails; the old one then still counts.
    pub fn shift(&mut self, to: BackendKind, now: UnixTime, progress: &mut dyn FnMut(usize)) -> Result<(), StoreError> {
        self.ledger.shift(to, now, progress)
    }

    /// Opens the vault for the commands of the next `seconds`.
    ///
    /// # Errors
    /// When the passphrase does not fit, or this system has no place to keep it open.
    pub fn unlock_vault(&mut self, seconds: u32) -> Result<(), StoreError> {
        self.vault().unlock_for(seconds)
    }

    /// Closes the vault again; tells whether it was open to other commands.
    pub fn lock_vault(&mut self) -> bool {
        self.vault().lock()
    }

    /// Puts the vault under another passphrase.
    ///
    /// # Errors
    /// When `old` does not fit, another process holds the lock or the disk does not keep the change; then `old` still fits.
    pub fn change_passphrase(&mut self, old: &Secret, new: &Secret) -> Result<(), StoreError> {
        let _guard = self.ledger.lock()?;
        self.vault().change_passphrase(old, new)
    }

    fn vault(&self) -> Vault {
        let ask = std::sync::Arc::clone(&self.ask);
        Vault::open(self.profile.data(), Box::new(move || ask())).telling(&self.vault_notices)
    }

    /// Uses the vault with the passphrase that was just set, without asking for it again.
    fn keep_in_vault(&mut self, passphrase: &Secret) {
        let passphrase = std::sync::Mutex::new(passphrase.duplicate());
        let ask: super::AskPassphrase = std::sync::Arc::new(move || {
            passphrase.lock().map(|secret| secret.duplicate()).map_err(|_| StoreError::VaultLocked)
        });
        let silent = std::sync::Arc::clone(&self.silent);
        self.ledger.reconnect(super::connect(&self.profile, ask, self.vault_notices(), silent));
        self.ledger.choose(BackendKind::Vault);
    }
}
