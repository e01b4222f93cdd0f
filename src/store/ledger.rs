//! Index and store together: the order of writing in which nothing is ever lost.
//!
//! `security.md` 3.2 and 3.3 are the rules; each step of them is a step here. Reading takes no
//! lock. Every change takes the lock, reads the newest index, and ends with one durable commit,
//! so a window left open for days cannot overwrite what a command did meanwhile.

mod codes;
mod place;
mod shift;
mod start;
mod write;

use crate::account::{Account, AccountId, Kind, Parts};
use crate::clock::UnixTime;
use crate::secret::Secret;
use crate::store::disk::{Disk, Guard};
use crate::store::index::{Entry, Event, Index};
use crate::store::item;
use crate::store::{Backend, BackendKind, Key, ReadOnly, Store, StoreError};
use crate::text;
use crate::text::Text;

pub use codes::KeptCodes;
pub use write::{Added, Newcomer, Replaces};

/// Opens the place of a given kind. It connects only when it is used.
pub type Connect = Box<dyn Fn(BackendKind) -> Box<dyn Store> + Send>;

/// The accounts of one profile: what is known of them, and where their secrets are.
pub struct Ledger {
    disk: Box<dyn Disk>,
    connect: Connect,
    place: String,
    store: Option<Box<dyn Store>>,
    index: Option<Index>,
    /// Whether the place has given a secret away, so that asking it once more needs no unlocking.
    answered: bool,
    /// The highest generation that the place remembers, as far as it was read.
    seen: u64,
    /// Whether something was committed that copies have to have.
    changed: bool,
    notices: Vec<Notice>,
}

/// Something that was found and dealt with on the way, worth a line to the owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// The index was damaged; the generation this many steps back was taken.
    OlderIndex {
        /// How many steps back.
        steps: usize,
    },
    /// The index was missing or beyond repair and was made anew from the secrets.
    Rebuilt {
        /// How many accounts it has.
        accounts: usize,
    },
    /// An earlier import was interrupted.
    Interrupted {
        /// How many of its accounts are safe.
        saved: usize,
        /// How many it had.
        of: usize,
    },
    /// Somebody had removed the canary; there is a new one.
    NewCanary,
}

impl Notice {
    /// One sentence.
    pub fn text(&self) -> Text {
        match self {
            Self::OlderIndex { steps } => text!("notice-older-index", steps = *steps),
            Self::Rebuilt { accounts } => text!("notice-rebuilt", accounts = *accounts),
            Self::Interrupted { saved, of } if saved == of => text!("notice-interrupted-whole", of = *of),
            Self::Interrupted { saved, of } => text!("notice-interrupted", saved = *saved, of = *of),
            Self::NewCanary => text!("notice-new-canary"),
        }
    }
}

/// What a place answers when it is asked for one account.
type Answer = Result<Account, StoreError>;

impl Ledger {
    /// The ledger on `disk`, for the profile called `place` (`default`, or a digest of its path).
    /// Reads the index; the place of the secrets is not touched unless the index is damaged.
    ///
    /// # Errors
    /// When the index cannot be read, or only by a newer program.
    pub fn open(disk: Box<dyn Disk>, connect: Connect, place: &str) -> Result<Self, StoreError> {
        let place = place.to_owned();
        let (store, index, notices) = (None, None, Vec::new());
        let mut ledger = Self { disk, connect, place, store, index, answered: false, seen: 0, changed: false, notices };
        ledger.load()?;
        Ok(ledger)
    }

    /// The index; `None` before the first account.
    pub fn index(&self) -> Option<&Index> {
        self.index.as_ref()
    }

    /// The accounts that are not in the trash.
    pub fn active(&self) -> Vec<&Entry> {
        self.index.iter().flat_map(Index::active).collect()
    }

    /// The accounts in the trash.
    pub fn trash(&self) -> Vec<&Entry> {
        self.index.iter().flat_map(Index::trash).collect()
    }

    /// Waits for the lock of the whole store, for what is changed beside the index. No other method
    /// may change anything while the guard lives: it would wait for itself.
    ///
    /// # Errors
    /// When another process holds it for long.
    pub fn lock(&self) -> Result<Box<dyn Guard>, StoreError> {
        self.disk.lock()
    }

    /// Takes what was found on the way so far.
    pub fn take_notices(&mut self) -> Vec<Notice> {
        std::mem::take(&mut self.notices)
    }

    /// Whether something was committed since the last call that recovery copies have to have.
    pub fn take_changed(&mut self) -> bool {
        std::mem::take(&mut self.changed)
    }

    /// Reads the index again if another process changed it; tells whether it had.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn refresh(&mut self) -> Result<bool, StoreError> {
        let before = self.index.as_ref().map(|index| index.generation);
        self.load()?;
        Ok(self.index.as_ref().map(|index| index.generation) != before)
    }

    /// The account `id` with its secret.
    ///
    /// # Errors
    /// When the place does not answer or is another one, or this one secret is missing or damaged.
    pub fn account(&mut self, id: AccountId) -> Answer {
        self.accounts(&[id])?.pop().unwrap_or(Err(StoreError::EmptiedKeyring))
    }

    /// The accounts `ids` with their secrets, in one go. The outer error is about the whole place,
    /// the inner ones about single accounts.
    ///
    /// # Errors
    /// When the place does not answer, or is not the one with the accounts.
    pub fn accounts(&mut self, ids: &[AccountId]) -> Result<Vec<Answer>, StoreError> {
        let mut keys: Vec<Key> = ids.iter().copied().map(Key::Account).collect();
        keys.extend(self.index.as_ref().map(|index| Key::Seen(index.vault_id)));
        let lines = self.store()?.read(&keys)?;
        if let Some((generation, _)) = lines.get(ids.len()).and_then(Option::as_ref).and_then(item::decode_seen) {
            self.seen = self.seen.max(generation);
        }
        let answers: Vec<Answer> = ids.iter().zip(lines).map(|(&id, line)| self.settle(id, line.as_ref())).collect();
        self.answered |= answers.iter().any(Result::is_ok);
        if answers.iter().any(Result::is_err) {
            self.check_canary()?;
        }
        Ok(answers)
    }

    /// Puts a line and what the index says together. The counter in the index rules.
    fn settle(&self, id: AccountId, line: Option<&Secret>) -> Answer {
        let entry = self.index.as_ref().and_then(|index| index.entry(id));
        let decoded = line.and_then(|line| item::decode(line, id));
        let broken = || StoreError::Broken { account: entry.map_or_else(|| id.to_string(), Entry::shown) };
        let (account, _) = decoded.ok_or_else(broken)?;
        let Some(entry) = entry else { return Ok(account) };
        let kind = match (account.kind(), entry.counter) {
            (Kind::Hotp { .. }, Some(counter)) => Kind::Hotp { counter },
            (kind, _) => kind,
        };
        let (issuer, name) = (entry.issuer.clone(), entry.name.clone());
        Account::new(Parts { issuer, name, kind, ..account.into_parts() }).map_err(|_| broken())
    }

    /// Whether the place answers and is the one with the accounts.
    ///
    /// # Errors
    /// When it is not.
    pub fn check_canary(&mut self) -> Result<(), StoreError> {
        let Some(vault) = self.index.as_ref().map(|index| index.vault_id) else { return Ok(()) };
        if self.canary(vault)?.is_some() {
            return Ok(());
        }
        match self.without_canary()? {
            start::Absent::CanaryOnly | start::Absent::NothingExpected => Ok(()),
            start::Absent::Everything(error) => Err(error),
        }
    }

    /// Whether the place has given a secret away before: it will not ask to be unlocked again.
    pub fn has_answered(&self) -> bool {
        self.answered
    }

    /// The place that the index names, or the keyring before there is one.
    pub fn store(&mut self) -> Result<&mut dyn Store, StoreError> {
        let kind = self.index.as_ref().map_or(BackendKind::Keyring, |index| index.backend.kind);
        let known = self.index.as_ref().is_some_and(|index| !index.accounts.is_empty());
        let connect = || {
            let place = (self.connect)(kind);
            if known { Box::new(place::Known(place)) } else { place }
        };
        Ok(self.store.get_or_insert_with(connect).as_mut())
    }

    /// Uses a place of this kind when the first account comes in.
    pub fn choose(&mut self, kind: BackendKind) {
        if self.index.is_none() {
            self.store = Some((self.connect)(kind));
        }
    }

    /// Opens places through `connect` from now on.
    pub fn reconnect(&mut self, connect: Connect) {
        self.connect = connect;
        self.disconnect();
    }

    /// Leaves the place; it is opened again when it is needed.
    pub fn disconnect(&mut self) {
        self.store = None;
        self.answered = false;
    }

    /// What the place is, as it answers now.
    ///
    /// # Errors
    /// Never by itself; the type leaves room for places that have to be asked.
    pub fn backend(&mut self) -> Result<Backend, StoreError> {
        Ok(self.store()?.backend())
    }

    /// Why nothing may be changed, if so: the index is from a newer program, or older than one
    /// that was seen. The latter is known once a secret was read.
    pub fn read_only(&self) -> Option<ReadOnly> {
        let index = self.index.as_ref()?;
        let newer = (index.version > super::index::VERSION).then_some(ReadOnly::Newer);
        newer.or_else(|| (self.seen > index.generation).then_some(ReadOnly::RolledBack))
    }
}

impl Entry {
    /// The account in one line: issuer and name, or its id when it has neither.
    pub fn shown(&self) -> String {
        match (self.issuer.is_empty(), self.name.is_empty()) {
            (false, false) => format!("{} ({})", self.issuer, self.name),
            (false, true) => self.issuer.clone(),
            (true, false) => self.name.clone(),
            (true, true) => self.id.to_string(),
        }
    }
}

impl Event {
    /// Something without a before and after.
    pub fn plain(at: UnixTime, id: AccountId, what: &str) -> Self {
        Self { at, id, what: what.to_owned(), before: String::new(), after: String::new() }
    }
}
