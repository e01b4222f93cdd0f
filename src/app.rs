//! What a command and the window both do, one use case a file.

pub mod backup;
pub mod browser;
pub mod clipboard;
pub mod clock;
pub mod codes;
pub mod config;
pub mod copies;
pub mod doctor;
pub mod drill;
pub mod enrolment;
pub mod export;
pub mod folder;
pub mod history;
pub mod organise;
pub mod places;
pub mod preview;
pub mod printer;
pub mod process;
pub mod profile;
pub mod readiness;
pub mod receive;
pub mod recovery_codes;
pub mod recovery_key;
pub mod rescue;
pub mod sheet;
pub mod sheet_check;
pub mod site;
pub mod transfer;
pub mod twins;
pub mod vault;
pub mod when;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use crate::account::AccountId;
use crate::clock::UnixTime;
use crate::error::Explain;
use crate::secret::Secret;
use crate::store::disk::Folder;
use crate::store::index::{Entry, Event};
use crate::store::keyring::Keyring;
use crate::store::ledger::{Connect, Ledger, Notice};
use crate::store::memory::Memory;
use crate::store::vault::{Notice as VaultNotice, Notices, Vault};
use crate::store::{BackendKind, StoreError};
use crate::text;
use crate::text::Text;

use profile::Profile;

/// Asks the user for the vault's passphrase; called only when it is needed.
pub type AskPassphrase = Arc<dyn Fn() -> Result<Secret, StoreError> + Send + Sync>;

/// One profile, opened: the accounts and everything that can be done with them.
pub struct App {
    profile: Profile,
    ledger: Ledger,
    ask: AskPassphrase,
    /// Whether nobody may be asked anything right now.
    silent: Arc<AtomicBool>,
    vault_notices: Notices,
    notices: Vec<Text>,
    /// Whether a secret can be had without asking anybody, so that a copy may ask for it.
    unattended: bool,
    /// Whether the last search for accounts met no keyring at all.
    without_keyring: bool,
    farewell: Farewell,
}

/// What is left to say when a profile is closed; outlives it.
#[derive(Debug, Clone, Default)]
pub struct Farewell(Arc<Mutex<Vec<Text>>>);

impl Farewell {
    /// Takes what was left so far.
    pub fn take(&self) -> Vec<Text> {
        self.0.lock().map(|mut said| std::mem::take(&mut *said)).unwrap_or_default()
    }
}

impl App {
    /// Opens `profile`. Neither keyring nor vault is touched before a secret is needed.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn open(profile: Profile, ask: AskPassphrase) -> Result<Self, StoreError> {
        let vault_notices = Notices::default();
        let disk = Box::new(Folder::new(profile.data()).telling(&vault_notices));
        let silent = Arc::default();
        let connect = connect(&profile, Arc::clone(&ask), vault_notices.clone(), Arc::clone(&silent));
        let ledger = Ledger::open(disk, connect, profile.place())?;
        Ok(Self {
            profile,
            ledger,
            ask,
            silent,
            vault_notices,
            notices: Vec::new(),
            unattended: false,
            without_keyring: false,
            farewell: Farewell::default(),
        })
    }

    /// Where there is no list of accounts at all: looks once whether the keyring or a vault has
    /// accounts of this profile, and makes the list anew from them.
    ///
    /// Whoever has nothing yet is not troubled: nobody is asked to unlock a keyring for this, one
    /// that is missing is no failure (see [`Self::lacks_keyring`]), and one that does not answer only
    /// a notice.
    ///
    /// # Errors
    /// When there is a vault, so that there were accounts, and it does not open; or when the list
    /// cannot be written.
    pub fn search(&mut self) -> Result<(), StoreError> {
        if self.ledger.index().is_some() {
            return Ok(());
        }
        if self.has_vault() {
            return self.ledger.search().map(drop);
        }
        let found = self.quietly(|app| app.ledger.search());
        // It was opened so as not to ask; what comes next may.
        self.ledger.disconnect();
        self.without_keyring = matches!(found, Err(StoreError::NoKeyring));
        match found {
            Ok(_) | Err(StoreError::NoKeyring) => {}
            Err(error @ StoreError::Disk { .. }) => return Err(error),
            Err(error) => self.notices.push(text!("notice-not-searched", reason = error.text())),
        }
        Ok(())
    }

    /// Whether there is nowhere to keep a first account: no keyring answered when it was searched
    /// last, and no vault was made since.
    pub fn lacks_keyring(&self) -> bool {
        self.without_keyring && self.ledger.index().is_none()
    }

    /// Has `work` done without asking the user anything: what needs an answer fails instead.
    fn quietly<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> T {
        self.silent.store(true, Ordering::Relaxed);
        let outcome = work(self);
        self.silent.store(false, Ordering::Relaxed);
        outcome
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
        let own = std::mem::take(&mut self.notices);
        own.into_iter().chain(ledger.iter().map(Notice::text)).chain(vault.iter().map(VaultNotice::text)).collect()
    }

    /// Where the vault leaves its notices; stays valid when the profile is closed.
    pub fn vault_notices(&self) -> Notices {
        self.vault_notices.clone()
    }

    /// From now on the passphrase of the vault comes from a file, so that asking for it disturbs
    /// nobody.
    pub fn is_unattended(&mut self) {
        self.unattended = true;
    }

    /// Where the profile leaves what is to be said once it is closed.
    pub fn farewell(&self) -> Farewell {
        self.farewell.clone()
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
    /// nothing while there is nothing in the trash, asks nobody anything, and never complains: the
    /// next day will do. So it is for the end of a command that has had a secret from the place.
    pub fn tidy(&mut self, now: UnixTime) {
        let Some(index) = self.ledger.index() else { return };
        let removed = |entry: &Entry| entry.way_back.recovery_codes.iter().any(|set| set.removed.is_some());
        let waiting = index.accounts.iter().filter(|entry| entry.is_trashed() || removed(entry)).count();
        if waiting + index.left.len() == 0 || index.days.contains(&now.day()) || !self.ledger.has_answered() {
            return;
        }
        let counted = self.ledger.edit(now, |index| {
            index.ran_on(now);
            Ok::<(), StoreError>(())
        });
        if counted.is_ok() {
            let _ = self.quietly(|app| app.purge_due(now));
        }
    }
}

/// Whoever changed something leaves a recovery copy of it behind, whatever command it was.
impl Drop for App {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            let said = self.keep_copies(UnixTime::now());
            if let Ok(mut farewell) = self.farewell.0.lock() {
                farewell.extend(said);
            }
        }
    }
}

/// How each kind of place is opened for `profile`; while `silent` holds, so that it asks nothing.
fn connect(profile: &Profile, ask: AskPassphrase, notices: Notices, silent: Arc<AtomicBool>) -> Connect {
    let folder = profile.data().to_owned();
    Box::new(move |kind| match kind {
        BackendKind::Keyring if silent.load(Ordering::Relaxed) => Box::new(Keyring::quiet()),
        BackendKind::Keyring => Box::new(Keyring::new()),
        BackendKind::Vault => {
            let (ask, silent) = (Arc::clone(&ask), Arc::clone(&silent));
            let ask = move || if silent.load(Ordering::Relaxed) { Err(StoreError::VaultLocked) } else { ask() };
            Box::new(Vault::open(&folder, Box::new(ask)).telling(&notices))
        }
        BackendKind::Memory => Box::new(Memory::default()),
    })
}
