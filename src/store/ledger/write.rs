//! Every change, in the order of `security.md` 3.2.

use std::collections::{HashMap, HashSet};

use crate::account::{Account, AccountId};
use crate::clock::UnixTime;
use crate::import::Extras;
use crate::store::index::{Entry, Event, Index};
use crate::store::item::{self, Canary};
use crate::store::ledger::Ledger;
use crate::store::{BackendKind, Key, Line, ReadOnly, StoreError};

/// An account that is to be kept, with what its owner says of it.
#[derive(Debug)]
pub struct Newcomer {
    /// The account.
    pub account: Account,
    /// What else is known of it. Its recovery codes are kept by [`Ledger::add_codes`].
    pub extras: Extras,
    /// The account whose place it takes; that one goes to the trash.
    pub replaces: Option<Replaces>,
}

/// Why a newcomer takes the place of an account: it inherits its tags, note, address and place in
/// the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Replaces {
    /// The site gave it a new secret.
    ReEnrolled(AccountId),
    /// Its secret is missing or damaged; the newcomer's may be the same one.
    Broken(AccountId),
}

impl Replaces {
    /// The account.
    fn old(self) -> AccountId {
        match self {
            Self::ReEnrolled(old) | Self::Broken(old) => old,
        }
    }
}

impl From<Account> for Newcomer {
    fn from(account: Account) -> Self {
        Self { account, extras: Extras::default(), replaces: None }
    }
}

/// What became of a newcomer, or would.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// Kept under this id.
    New(AccountId),
    /// This account gives the same codes; nothing was written.
    Already(AccountId),
}

/// An account that is being written: its entry and its line.
type Written = (Entry, (Key, Line));

impl Ledger {
    /// Which account, if any, gives the same codes as each of `accounts`. The place is asked for
    /// its canary only if there is an account to compare with.
    ///
    /// # Errors
    /// When the place does not answer, or is not the one with the accounts.
    pub fn known(&mut self, accounts: &[&Account]) -> Result<Vec<Option<AccountId>>, StoreError> {
        let Some(index) = self.index.clone().filter(|index| !index.accounts.is_empty()) else {
            return Ok(vec![None; accounts.len()]);
        };
        let Some(canary) = self.canary(index.vault_id)? else {
            self.check_canary()?;
            return self.known_without_canary(accounts);
        };
        let kept = by_fingerprint(&index);
        Ok(accounts.iter().map(|account| kept.get(&*canary.fingerprint(account)).copied()).collect())
    }

    /// The same when only the canary is missing: every secret is compared.
    fn known_without_canary(&mut self, accounts: &[&Account]) -> Result<Vec<Option<AccountId>>, StoreError> {
        let ids: Vec<AccountId> = self.index.iter().flat_map(|index| &index.accounts).map(|entry| entry.id).collect();
        let kept = self.accounts(&ids)?;
        let same = |account: &Account| {
            let found = kept.iter().position(|kept| kept.as_ref().is_ok_and(|kept| kept.gives_same_codes(account)));
            found.and_then(|position| ids.get(position).copied())
        };
        Ok(accounts.iter().map(|account| same(account)).collect())
    }

    /// Keeps `newcomers`; those that are here already are left out. When this returns, they
    /// survive a crash and a power cut. `progress` hears how many secrets are written.
    ///
    /// # Errors
    /// When anything fails; nothing is then kept of this call.
    pub fn add(
        &mut self,
        newcomers: Vec<Newcomer>,
        now: UnixTime,
        progress: &mut dyn FnMut(usize),
    ) -> Result<Vec<Added>, StoreError> {
        self.add_with(newcomers, &|_| {}, now, progress)
    }

    /// The same; `also` changes the index in the commit that makes the newcomers active.
    ///
    /// # Errors
    /// See [`Ledger::add`].
    pub fn add_with(
        &mut self,
        newcomers: Vec<Newcomer>,
        also: &dyn Fn(&mut Index),
        now: UnixTime,
        progress: &mut dyn FnMut(usize),
    ) -> Result<Vec<Added>, StoreError> {
        self.first_run(now)?;
        let _guard = self.disk.lock()?;
        self.begin()?;
        let canary = self.ready(now)?;
        let Some(index) = self.index.clone() else { return Err(StoreError::EmptiedKeyring) };
        let (outcome, written, replaced) = sort_out(newcomers, &index, &canary, now)?;
        if written.is_empty() {
            return Ok(outcome);
        }
        let (entries, items): (Vec<Entry>, Vec<(Key, Line)>) = written.into_iter().unzip();
        let keys: Vec<Key> = items.iter().map(|(key, _)| key.clone()).collect();
        let mut pending = index.clone();
        pending.pending.clone_from(&entries);
        self.commit(pending, now)?;
        let kept = self.write_items(&items, progress).and_then(|()| self.activate(entries, &replaced, also, now));
        if let Err(error) = kept {
            // What cannot be taken back now is settled by the next start.
            let _ = self.take_back(&keys, index, now);
            return Err(error);
        }
        Ok(outcome)
    }

    /// Steps 2 to 4: create, read back, make durable.
    pub(super) fn write_items(
        &mut self,
        items: &[(Key, Line)],
        progress: &mut dyn FnMut(usize),
    ) -> Result<(), StoreError> {
        self.store()?.create(items, progress)?;
        self.read_back(items)?;
        self.make_durable()
    }

    /// Compares what the place gives back with what it was given.
    pub(super) fn read_back(&mut self, items: &[(Key, Line)]) -> Result<(), StoreError> {
        let keys: Vec<Key> = items.iter().map(|(key, _)| key.clone()).collect();
        let lines = self.store()?.read(&keys)?;
        let same = items
            .iter()
            .zip(&lines)
            .all(|((_, line), read)| read.as_ref().is_some_and(|read| read.matches(line.secret())));
        if same && lines.len() == items.len() { Ok(()) } else { Err(StoreError::NotKept) }
    }

    /// Step 5: one commit makes them active and puts what they replace into the trash.
    fn activate(
        &mut self,
        entries: Vec<Entry>,
        replaced: &[(AccountId, AccountId)],
        also: &dyn Fn(&mut Index),
        now: UnixTime,
    ) -> Result<(), StoreError> {
        let Some(mut index) = self.index.clone() else { return Err(StoreError::EmptiedKeyring) };
        index.pending.clear();
        for entry in entries {
            index.record(Event::plain(now, entry.id, "added"));
            index.accounts.push(entry);
        }
        for &(old, new) in replaced {
            index.supersede(old, new, now);
            index.record(Event::plain(now, old, "replaced"));
        }
        also(&mut index);
        self.commit(index, now)
    }

    /// After a failure: deletes what was written and goes back to `before`. The failed step may
    /// have reached the disk, so the accounts are first made pending again: none that the index
    /// calls active is ever deleted.
    pub(super) fn take_back(&mut self, keys: &[Key], mut before: Index, now: UnixTime) -> Result<(), StoreError> {
        if let Some(pending) = self.index.clone() {
            self.commit(pending, now)?;
        }
        self.store()?.delete(keys)?;
        // Or a power cut could bring them back, as secrets that nobody knows.
        let _ = self.make_durable();
        before.generation = self.index.as_ref().map_or(before.generation, |index| index.generation);
        self.commit(before, now)
    }

    /// Makes the canary and the first index, unless there is one. Secrets of an index that was
    /// lost are taken in first.
    ///
    /// # Errors
    /// When the place does not answer or the index cannot be written.
    pub fn first_run(&mut self, now: UnixTime) -> Result<(), StoreError> {
        if self.index.is_some() {
            return Ok(());
        }
        let _guard = self.disk.lock()?;
        self.load_held()?;
        if self.index.is_some() {
            // Another process was first; its place counts.
            self.disconnect();
            return Ok(());
        }
        self.rebuild()?;
        if self.index.is_some() {
            return Ok(());
        }
        if self.disk.read(0)?.is_some() {
            // Damaged, and nothing is left to repair it with; its owner may know better one day.
            self.disk.set_aside()?;
        }
        let vault = AccountId::random().map_err(|_| StoreError::NoRandomness)?;
        let canary = [(Key::Canary(vault), Canary::new(vault, &self.place, now)?.encode()?)];
        self.store()?.create(&canary, &mut |_| {})?;
        self.read_back(&canary)?;
        self.make_durable()?;
        let backend = self.store()?.backend();
        self.commit(Index::new(vault, backend), now)
    }

    /// [`Ledger::recover`] for whoever only wants to read: where there is nothing to recover,
    /// nothing is written and no lock is taken.
    ///
    /// # Errors
    /// As there.
    pub fn search(&mut self) -> Result<bool, StoreError> {
        if self.index.is_some() || self.find_vault()?.is_none() {
            return Ok(false);
        }
        self.recover()
    }

    /// Where there is no index: makes it anew if the place has accounts of this profile; tells
    /// whether it had.
    ///
    /// # Errors
    /// When the place does not answer or the index cannot be written.
    pub fn recover(&mut self) -> Result<bool, StoreError> {
        let _guard = self.disk.lock()?;
        self.load_held()?;
        if self.index.is_none() {
            self.rebuild()?;
        }
        Ok(self.index.is_some())
    }

    /// Changes the index alone, in one commit.
    ///
    /// # Errors
    /// When another process holds the lock, nothing may be changed, or `change` says no.
    pub fn edit<T, E: From<StoreError>>(
        &mut self,
        now: UnixTime,
        change: impl FnOnce(&mut Index) -> Result<T, E>,
    ) -> Result<T, E> {
        let _guard = self.disk.lock()?;
        self.begin()?;
        // In another or an emptied keyring nothing is changed, not even a name. A vault cannot be
        // mistaken for another, and asking it would cost a passphrase.
        if self.index.as_ref().is_some_and(|index| index.backend.kind == BackendKind::Keyring) {
            self.own_or_new_canary(now)?;
            // Only now it is known which generation was seen.
            self.check_writable()?;
        }
        let Some(mut index) = self.index.clone() else { return Err(StoreError::EmptiedKeyring.into()) };
        let before = index.clone();
        let outcome = change(&mut index)?;
        if index != before {
            self.commit(index, now)?;
        }
        Ok(outcome)
    }

    /// Deletes `ids`, which are in the trash, for good.
    ///
    /// # Errors
    /// When the place does not answer or is another one; the next start finishes what was begun.
    pub fn purge(&mut self, ids: &[AccountId], now: UnixTime) -> Result<(), StoreError> {
        if ids.is_empty() {
            return Ok(());
        }
        let _guard = self.disk.lock()?;
        self.begin()?;
        self.ready(now)?;
        let Some(mut index) = self.index.clone() else { return Ok(()) };
        let doomed = |entry: &&Entry| entry.is_trashed() && ids.contains(&entry.id);
        index.purging = index.accounts.iter().filter(doomed).map(|entry| entry.id).collect();
        self.commit(index, now)?;
        self.finish_purging(now)
    }

    /// Settles unfinished work now, rather than with the next change.
    ///
    /// # Errors
    /// When the place does not answer or is another one.
    pub fn finish(&mut self, now: UnixTime) -> Result<(), StoreError> {
        if self.index.is_none() {
            return Ok(());
        }
        let _guard = self.disk.lock()?;
        self.begin()?;
        self.ready(now).map(|_| ())
    }

    /// Takes secrets of ours that the index does not know in; tells how many there were.
    ///
    /// # Errors
    /// When the place does not answer or is another one.
    pub fn adopt_orphans(&mut self, now: UnixTime) -> Result<usize, StoreError> {
        let _guard = self.disk.lock()?;
        self.begin()?;
        self.ready(now)?;
        let Some(mut index) = self.index.clone() else { return Ok(0) };
        let before = index.clone();
        let kept = self.orphans(&index)?;
        let accounts = kept.len();
        self.adopt(&mut index, kept);
        self.adopt_lost_codes(&mut index)?;
        if index != before {
            self.commit(index, now)?;
        }
        Ok(accounts)
    }

    /// Goes on in the keyring that answers, because the one with the secrets is gone for good. The
    /// accounts stay listed, as broken, until their backup keys come in again.
    ///
    /// # Errors
    /// When the place or the disk does not do its part.
    pub fn accept_keyring(&mut self, now: UnixTime) -> Result<(), StoreError> {
        let _guard = self.disk.lock()?;
        self.begin()?;
        let Some(vault) = self.index.as_ref().map(|index| index.vault_id) else { return Ok(()) };
        if self.canary(vault)?.is_some() {
            return Ok(());
        }
        self.new_canary(vault, now)?;
        let backend = self.store()?.backend();
        let Some(index) = self.index.clone() else { return Ok(()) };
        self.commit(Index { backend, ..index }, now)
    }

    /// Accepts an index that is older than one seen before, because its owner restored it.
    ///
    /// # Errors
    /// When the place or the disk does not do its part.
    pub fn accept_older(&mut self, now: UnixTime) -> Result<(), StoreError> {
        let _guard = self.disk.lock()?;
        self.load_held()?;
        let Some(mut index) = self.index.clone() else { return Ok(()) };
        if let Some(reason @ ReadOnly::Newer) = self.read_only() {
            return Err(StoreError::ReadOnly { reason });
        }
        let seen = self.seen(index.vault_id)?.map_or(0, |(generation, _)| generation);
        index.generation = index.generation.max(seen);
        self.commit(index, now)
    }

    /// The newest index, and leave to write it. The lock is held.
    pub(super) fn begin(&mut self) -> Result<(), StoreError> {
        self.load_held()?;
        self.check_writable()
    }

    fn check_writable(&self) -> Result<(), StoreError> {
        match self.read_only() {
            Some(reason) => Err(StoreError::ReadOnly { reason }),
            None => Ok(()),
        }
    }

    /// One durable step.
    pub(super) fn commit(&mut self, mut index: Index, now: UnixTime) -> Result<(), StoreError> {
        index.generation += 1;
        index.ran_on(now);
        let same = self.index.as_ref().is_some_and(|before| before.same_content(&index));
        if let Some(copies) = index.copies.as_mut().filter(|_| !same) {
            copies.changed = index.generation;
            self.changed = true;
        }
        self.disk.commit(&index.to_bytes())?;
        self.index = Some(index);
        Ok(())
    }
}

/// Fingerprints of the accounts, those outside the trash ruling.
fn by_fingerprint(index: &Index) -> HashMap<&str, AccountId> {
    let trash_first = index.accounts.iter().filter(|entry| entry.is_trashed()).chain(index.active());
    trash_first.filter(|entry| !entry.fingerprint.is_empty()).map(|entry| (&*entry.fingerprint, entry.id)).collect()
}

/// Tells new accounts from known ones and makes entries and lines for the new. Third: which old
/// account each replacing one replaces.
#[allow(clippy::type_complexity)]
fn sort_out(
    newcomers: Vec<Newcomer>,
    index: &Index,
    canary: &Canary,
    now: UnixTime,
) -> Result<(Vec<Added>, Vec<Written>, Vec<(AccountId, AccountId)>), StoreError> {
    let kept = by_fingerprint(index);
    let mut fresh: HashMap<String, AccountId> = HashMap::new();
    let (mut outcome, mut written, mut replaced) = (Vec::new(), Vec::new(), Vec::new());
    for newcomer in newcomers {
        let fingerprint = canary.fingerprint(&newcomer.account);
        let broken = |id: &&AccountId| newcomer.replaces == Some(Replaces::Broken(**id));
        let known = kept.get(&*fingerprint).filter(|id| !broken(id)).or_else(|| fresh.get(&fingerprint));
        if let Some(&id) = known {
            outcome.push(Added::Already(id));
            continue;
        }
        let id = AccountId::random().map_err(|_| StoreError::NoRandomness)?;
        let line = item::encode(&newcomer.account, id, index.vault_id)?;
        let mut entry = Entry::new(id, &newcomer.account, fingerprint.clone(), now);
        entry.describe(newcomer.extras);
        replaced.extend(newcomer.replaces.map(|replaces| (replaces.old(), id)));
        written.push((entry, (Key::Account(id), line)));
        fresh.insert(fingerprint, id);
        outcome.push(Added::New(id));
    }
    debug_assert_eq!(written.iter().map(|(entry, _)| entry.id).collect::<HashSet<_>>().len(), written.len());
    Ok((outcome, written, replaced))
}
