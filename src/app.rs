//! What a command and the window both do, one use case a file.

pub mod clipboard;
pub mod codes;
pub mod config;
pub mod doctor;
pub mod export;
pub mod organise;
pub mod places;
pub mod process;
pub mod profile;
pub mod receive;
pub mod vault;

use std::sync::Arc;

use crate::account::AccountId;
use crate::clock::UnixTime;
use crate::secret::Secret;
use crate::store::disk::Folder;
use crate::store::index::{Entry, Event};
use crate::store::keyring::Keyring;
use crate::store::ledger::{Connect, Ledger, Notice};
use crate::store::memory::Memory;
use crate::store::vault::{Notice as VaultNotice, Notices, Vault};
use crate::store::{BackendKind, StoreError};
use crate::text::Text;

use profile::Profile;

/// Asks the user for the vault's passphrase; called only when it is needed.
pub type AskPassphrase = Arc<dyn Fn() -> Result<Secret, StoreError> + Send + Sync>;

/// One profile, opened: the accounts and everything that can be done with them.
pub struct App {
    profile: Profile,
    ledger: Ledger,
    ask: AskPassphrase,
    vault_notices: Notices,
}

impl App {
    /// Opens `profile`. Neither keyring nor vault is touched before a secret is needed.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn open(profile: Profile, ask: AskPassphrase) -> Result<Self, StoreError> {
        let disk = Box::new(Folder::new(profile.data()));
        let vault_notices = Notices::default();
        let connect = connect(&profile, Arc::clone(&ask), vault_notices.clone());
        let ledger = Ledger::open(disk, connect, profile.place())?;
        Ok(Self { profile, ledger, ask, vault_notices })
    }

    /// The accounts that are not in the trash, in the owner's order.
    pub fn accounts(&self) -> Vec<&Entry> {
        self.ledger.active()
    }

    /// The accounts in the trash.
    pub fn trash(&self) -> Vec<&Entry> {
        self.ledger.trash()
    }

    /// The account `id`, in the trash or not.
    pub fn entry(&self, id: AccountId) -> Option<&Entry> {
        self.ledger.index().and_then(|index| index.entry(id))
    }

    /// What happened to the accounts, the latest first.
    pub fn events(&self) -> Vec<Event> {
        self.ledger.index().map(|index| index.events.iter().rev().cloned().collect()).unwrap_or_default()
    }

    /// Takes what was found and dealt with on the way so far.
    pub fn take_notices(&mut self) -> Vec<Text> {
        let ledger = self.ledger.take_notices();
        let vault = self.vault_notices.take();
        ledger.iter().map(Notice::text).chain(vault.iter().map(VaultNotice::text)).collect()
    }

    /// Where the vault leaves its notices; stays valid when the profile is closed.
    pub fn vault_notices(&self) -> Notices {
        self.vault_notices.clone()
    }

    /// Where everything but the secrets lives.
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    /// Index and secrets, for what has no use case of its own.
    pub fn ledger(&mut self) -> &mut Ledger {
        &mut self.ledger
    }

    /// Reads the index again if another process changed it; tells whether it had.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn refresh(&mut self) -> Result<bool, StoreError> {
        self.ledger.refresh()
    }

    /// Once a day: counts the day towards the trash's 30, and deletes what is due for good. Does
    /// nothing while there is nothing in the trash, and never complains: the next day will do.
    pub fn tidy(&mut self, now: UnixTime) {
        let Some(index) = self.ledger.index() else { return };
        let waiting = index.left.len() + index.accounts.iter().filter(|entry| entry.is_trashed()).count();
        if waiting == 0 || index.days.contains(&now.day()) {
            return;
        }
        let counted = self.ledger.edit(now, |index| {
            index.ran_on(now);
            Ok::<(), StoreError>(())
        });
        if counted.is_ok() {
            let _ = self.purge_due(now);
        }
    }
}

/// How each kind of place is opened for `profile`.
fn connect(profile: &Profile, ask: AskPassphrase, notices: Notices) -> Connect {
    let folder = profile.data().to_owned();
    Box::new(move |kind| match kind {
        BackendKind::Keyring => Box::new(Keyring::new()),
        BackendKind::Vault => {
            let ask = Arc::clone(&ask);
            Box::new(Vault::open(&folder, Box::new(move || ask())).telling(&notices))
        }
        BackendKind::Memory => Box::new(Memory::default()),
    })
}
