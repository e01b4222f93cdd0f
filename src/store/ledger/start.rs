//! What every start decides (`security.md` 3.3): which index to trust, whether this is the right
//! keyring, and how unfinished work ends.

use std::collections::BTreeMap;

use crate::account::{Account, AccountId};
use crate::clock::UnixTime;
use crate::secret::Secret;
use crate::store::disk::GENERATIONS;
use crate::store::index::{Entry, Event, Index};
use crate::store::item::{self, Canary};
use crate::store::ledger::{Ledger, Notice, codes};
use crate::store::{BackendKind, Key, ReadOnly, StoreError};

/// What a missing canary means.
pub(super) enum Absent {
    /// Secrets of ours are there: somebody removed the canary alone.
    CanaryOnly,
    /// The index has no account, so nothing is missing.
    NothingExpected,
    /// Nothing of ours is there: another keyring, or an emptied one.
    Everything(StoreError),
}

/// A secret found in the place, with its account.
type Kept = (AccountId, Account);

impl Ledger {
    /// Reads the newest good index. A damaged live one is kept under another name, and what the
    /// older generation does not know is taken in from the secrets.
    pub(super) fn load(&mut self) -> Result<(), StoreError> {
        if self.load_live()? {
            return Ok(());
        }
        let _guard = self.disk.lock()?;
        match self.repair() {
            // Without the keyring the older generation still shows what it knows.
            Err(_) if self.index.is_some() => Ok(()),
            outcome => outcome,
        }
    }

    /// The same for whoever holds the lock and is going to write: on top of an index that could
    /// not be repaired nothing is written.
    pub(super) fn load_held(&mut self) -> Result<(), StoreError> {
        if self.load_live()? { Ok(()) } else { self.repair() }
    }

    /// Reads the live index; `false` if it is damaged, or gone and there was one.
    fn load_live(&mut self) -> Result<bool, StoreError> {
        if let Some(bytes) = self.disk.read(0)? {
            let Some(index) = Index::parse(&bytes)? else { return Ok(false) };
            let place = |index: &Index| index.backend.kind;
            if self.index.as_ref().is_some_and(|before| place(before) != place(&index)) {
                // Another process moved the secrets: the place that was open is not theirs any more.
                self.disconnect();
            }
            self.index = Some(index);
            return Ok(true);
        }
        let mut nothing = self.index.is_none();
        for steps in 1..=GENERATIONS {
            nothing &= self.disk.read(steps)?.is_none();
        }
        Ok(nothing)
    }

    /// Goes on with the newest good generation, or with the secrets alone. The lock is held.
    fn repair(&mut self) -> Result<(), StoreError> {
        // Another process may have repaired it while we waited.
        if self.load_live()? {
            return Ok(());
        }
        for steps in 1..=GENERATIONS {
            let index = self.disk.read(steps)?.map(|bytes| Index::parse(&bytes)).transpose()?.flatten();
            if let Some(index) = index {
                return self.fall_back(index, steps);
            }
        }
        self.rebuild()
    }

    /// Goes on with the generation `steps` back.
    fn fall_back(&mut self, mut index: Index, steps: usize) -> Result<(), StoreError> {
        let lost = steps as u64;
        // Above every generation that was lost, or the index would look rolled back.
        index.generation += lost + 1;
        // Each lost change may have used a counter: one may be skipped, none may be shown twice.
        for counter in index.accounts.iter_mut().filter_map(|entry| entry.counter.as_mut()) {
            *counter = counter.saturating_add(lost);
        }
        self.notices.push(Notice::OlderIndex { steps });
        self.index = Some(index.clone());
        // Of an import, the generation before its last step knows the accounts as pending only.
        let (whole, broken) = self.sort_pending(std::mem::take(&mut index.pending))?;
        index.pending = broken;
        if !whole.is_empty() {
            // What an index calls stored has to survive a power cut.
            self.make_durable()?;
        }
        for entry in whole {
            index.record(Event::plain(entry.added, entry.id, "added"));
            index.accounts.push(entry);
        }
        let kept = self.orphans(&index)?;
        self.adopt(&mut index, kept);
        self.adopt_lost_codes(&mut index)?;
        self.put_in_place(index)
    }

    /// Makes the index anew from the secrets alone, when every generation of it is gone. The lock
    /// is held.
    pub(super) fn rebuild(&mut self) -> Result<(), StoreError> {
        self.index = None;
        let Some(vault) = self.find_vault()? else { return Ok(()) };
        let backend = self.store()?.backend();
        let mut index = Index::new(vault, backend);
        let kept = self.orphans(&index)?;
        let accounts = kept.len();
        self.adopt(&mut index, kept);
        self.adopt_lost_codes(&mut index)?;
        index.generation = self.seen(index.vault_id)?.map_or(1, |(generation, _)| generation + 1);
        self.put_in_place(index)?;
        self.notices.push(Notice::Rebuilt { accounts });
        Ok(())
    }

    /// Writes a repaired index; what stands in its place is kept under another name.
    fn put_in_place(&mut self, mut index: Index) -> Result<(), StoreError> {
        if let Some(copies) = &mut index.copies {
            copies.changed = index.generation;
            self.changed = true;
        }
        if self.disk.read(0)?.is_some() {
            self.disk.set_aside()?;
        }
        self.disk.commit(&index.to_bytes())?;
        self.index = Some(index);
        Ok(())
    }

    /// The store of this profile: the one of its canary, or one whose canary is gone.
    pub(super) fn find_vault(&mut self) -> Result<Option<AccountId>, StoreError> {
        match self.find_canary()? {
            Some(canary) => Ok(Some(canary.vault)),
            None => self.without_owner(),
        }
    }

    /// The store whose canary is gone and that so belongs to no profile any more: that of most of
    /// the secrets which no canary in the place speaks for.
    fn without_owner(&mut self) -> Result<Option<AccountId>, StoreError> {
        let (mut owned, mut ids) = (Vec::new(), Vec::new());
        for key in self.store()?.list()? {
            match key {
                Key::Canary(vault) => owned.push(vault),
                Key::Account(id) => ids.push(id),
                _ => {}
            }
        }
        let keys: Vec<Key> = ids.iter().copied().map(Key::Account).collect();
        let lines = if keys.is_empty() { Vec::new() } else { self.store()?.read(&keys)? };
        let mut counts = BTreeMap::<AccountId, usize>::new();
        for (id, line) in ids.iter().zip(lines) {
            let vault = line.and_then(|line| item::decode(&line, *id)).map(|(_, vault)| vault);
            if let Some(vault) = vault.filter(|vault| !owned.contains(vault)) {
                *counts.entry(vault).or_default() += 1;
            }
        }
        Ok(counts.into_iter().max_by_key(|(_, count)| *count).map(|(vault, _)| vault))
    }

    /// The canary of this profile, in the place in use or else in the vault, which is then in use.
    pub(super) fn find_canary(&mut self) -> Result<Option<Canary>, StoreError> {
        match self.own_canary() {
            Ok(None) | Err(StoreError::NoKeyring) => {}
            outcome => return outcome,
        }
        if self.store()?.backend().kind == BackendKind::Vault {
            return Ok(None);
        }
        let place = self.store.replace((self.connect)(BackendKind::Vault));
        match self.own_canary() {
            Ok(Some(canary)) => Ok(Some(canary)),
            outcome => {
                self.store = place;
                if outcome.as_ref().is_err_and(is_no_vault) { Ok(None) } else { outcome }
            }
        }
    }

    /// The canary of this profile, found without an index.
    fn own_canary(&mut self) -> Result<Option<Canary>, StoreError> {
        let keys = self.store()?.list()?;
        let canaries: Vec<(Key, AccountId)> = keys
            .into_iter()
            .filter_map(|key| if let Key::Canary(vault) = key { Some((key, vault)) } else { None })
            .collect();
        let keys: Vec<Key> = canaries.iter().map(|(key, _)| key.clone()).collect();
        let lines = self.store()?.read(&keys)?;
        let mut own: Vec<Canary> = canaries
            .iter()
            .zip(lines)
            .filter_map(|((_, vault), line)| Canary::decode(&line?, *vault))
            .filter(|canary| canary.place == self.place)
            .collect();
        // The newest, should there ever be two.
        own.sort_by_key(|canary| canary.created);
        Ok(own.pop())
    }

    /// Secrets of this store that `index` does not know.
    pub(super) fn orphans(&mut self, index: &Index) -> Result<Vec<Kept>, StoreError> {
        let unknown: Vec<AccountId> = (self.store()?.list()?.into_iter())
            .filter_map(|key| if let Key::Account(id) = key { Some(id) } else { None })
            .filter(|id| index.entry(*id).is_none() && !index.purging.contains(id))
            .filter(|id| index.pending.iter().all(|entry| entry.id != *id))
            .collect();
        let keys: Vec<Key> = unknown.iter().copied().map(Key::Account).collect();
        let lines = self.store()?.read(&keys)?;
        let ours = |(id, line): (AccountId, Option<Secret>)| {
            let (account, vault) = item::decode(&line?, id)?;
            (vault == index.vault_id).then_some((id, account))
        };
        Ok(unknown.into_iter().zip(lines).filter_map(ours).collect())
    }

    /// Takes `kept` into `index`, tagged `found`.
    pub(super) fn adopt(&mut self, index: &mut Index, kept: Vec<Kept>) {
        let canary = self.canary(index.vault_id).ok().flatten();
        for (id, account) in kept {
            let fingerprint = canary.as_ref().map(|canary| canary.fingerprint(&account)).unwrap_or_default();
            let mut entry = Entry::new(id, &account, fingerprint, UnixTime::default());
            entry.tags.push("found".to_owned());
            index.accounts.push(entry);
        }
    }

    /// The canary of the store `vault`, if it is there and whole.
    pub(super) fn canary(&mut self, vault: AccountId) -> Result<Option<Canary>, StoreError> {
        let mut lines = self.store()?.read(&[Key::Canary(vault), Key::Seen(vault)])?.into_iter();
        let (canary, seen) = (lines.next().flatten(), lines.next().flatten());
        if let Some((generation, _)) = seen.as_ref().and_then(item::decode_seen) {
            self.seen = self.seen.max(generation);
        }
        Ok(canary.and_then(|line| Canary::decode(&line, vault)))
    }

    /// Generation and day of the `seen` item.
    pub(super) fn seen(&mut self, vault: AccountId) -> Result<Option<(u64, u64)>, StoreError> {
        let line = self.store()?.read(&[Key::Seen(vault)])?.pop().flatten();
        Ok(line.and_then(|line| item::decode_seen(&line)))
    }

    /// What it means that the canary is not there.
    pub(super) fn without_canary(&mut self) -> Result<Absent, StoreError> {
        let Some(index) = self.index.clone() else { return Ok(Absent::NothingExpected) };
        if index.accounts.is_empty() {
            return Ok(Absent::NothingExpected);
        }
        let ids: Vec<AccountId> = index.accounts.iter().map(|entry| entry.id).collect();
        let keys: Vec<Key> = ids.iter().copied().map(Key::Account).collect();
        let lines = self.store()?.read(&keys)?;
        let kept =
            |(id, line): (&AccountId, Option<Secret>)| line.is_some_and(|line| item::decode(&line, *id).is_some());
        if ids.iter().zip(lines).any(kept) {
            return Ok(Absent::CanaryOnly);
        }
        let found = self.store()?.backend();
        // Our own is there, too, when its secret is empty or damaged.
        let strange = |key: &Key| matches!(key, Key::Canary(vault) if *vault != index.vault_id);
        let strange = self.store()?.list()?.iter().any(strange);
        let expected = index.backend;
        Ok(Absent::Everything(if strange || found != expected {
            StoreError::WrongKeyring { expected: shown(&expected), found: shown(&found) }
        } else {
            StoreError::EmptiedKeyring
        }))
    }

    /// Before secrets are written or deleted: the canary, with everything settled that an earlier
    /// run left unfinished. The lock is held.
    pub(super) fn ready(&mut self, now: UnixTime) -> Result<Canary, StoreError> {
        let canary = self.own_or_new_canary(now)?;
        let Some(index) = self.index.clone() else { return Err(StoreError::EmptiedKeyring) };
        self.check_generation(&index, now)?;
        self.finish_pending(now)?;
        self.finish_pending_codes(now)?;
        self.finish_purging(now)?;
        Ok(canary)
    }

    /// The canary of the index; a new one if it alone is gone. The lock is held.
    pub(super) fn own_or_new_canary(&mut self, now: UnixTime) -> Result<Canary, StoreError> {
        let Some(vault) = self.index.as_ref().map(|index| index.vault_id) else {
            return Err(StoreError::EmptiedKeyring);
        };
        if let Some(canary) = self.canary(vault)? {
            return Ok(canary);
        }
        match self.without_canary()? {
            Absent::Everything(error) => Err(error),
            Absent::CanaryOnly | Absent::NothingExpected => self.new_canary(vault, now),
        }
    }

    /// Refuses to write on top of an index older than one that was seen, and remembers this one.
    fn check_generation(&mut self, index: &Index, now: UnixTime) -> Result<(), StoreError> {
        let key = Key::Seen(index.vault_id);
        let seen = self.seen(index.vault_id)?;
        match seen {
            Some((generation, _)) if generation > index.generation => {
                return Err(StoreError::ReadOnly { reason: ReadOnly::RolledBack });
            }
            Some((_, day)) if day == now.day() => return Ok(()),
            _ => {}
        }
        // A hint only: that it may be lost half-way does not matter.
        if let Some(line) = item::encode_seen(index.generation, now.day()) {
            let store = self.store()?;
            store.delete(std::slice::from_ref(&key))?;
            store.create(&[(key, line)], &mut |_| {})?;
        }
        Ok(())
    }

    /// Puts a new canary in place and makes the fingerprints anew, which depend on it.
    pub(super) fn new_canary(&mut self, vault: AccountId, now: UnixTime) -> Result<Canary, StoreError> {
        let canary = Canary::new(vault, &self.place, now)?;
        let key = Key::Canary(vault);
        let line = canary.encode()?;
        self.store()?.delete(std::slice::from_ref(&key))?;
        self.store()?.create(&[(key, line)], &mut |_| {})?;
        self.make_durable()?;
        let Some(mut index) = self.index.clone() else { return Ok(canary) };
        let ids: Vec<AccountId> = index.accounts.iter().map(|entry| entry.id).collect();
        let keys: Vec<Key> = ids.iter().copied().map(Key::Account).collect();
        let lines = self.store()?.read(&keys)?;
        for (entry, line) in index.accounts.iter_mut().zip(lines) {
            if let Some((account, _)) = line.and_then(|line| item::decode(&line, entry.id)) {
                entry.fingerprint = canary.fingerprint(&account);
            }
        }
        self.commit(index, now)?;
        self.notices.push(Notice::NewCanary);
        Ok(canary)
    }

    /// Ends an interrupted import: whole secrets are adopted, the others dropped.
    pub(super) fn finish_pending(&mut self, now: UnixTime) -> Result<(), StoreError> {
        let Some(mut index) = self.index.clone() else { return Ok(()) };
        let pending = std::mem::take(&mut index.pending);
        if pending.is_empty() {
            return Ok(());
        }
        let of = pending.len();
        let (whole, broken) = self.sort_pending(pending)?;
        let saved = whole.len();
        for entry in whole {
            index.record(Event::plain(now, entry.id, "added"));
            index.accounts.push(entry);
        }
        let broken: Vec<Key> = broken.iter().map(|entry| Key::Account(entry.id)).collect();
        self.make_durable()?;
        self.store()?.delete(&broken)?;
        self.commit(index, now)?;
        self.notices.push(Notice::Interrupted { saved, of });
        Ok(())
    }

    /// Those of `pending` whose secrets are whole in the place, and the others.
    fn sort_pending(&mut self, pending: Vec<Entry>) -> Result<(Vec<Entry>, Vec<Entry>), StoreError> {
        if pending.is_empty() {
            return Ok((Vec::new(), Vec::new()));
        }
        let keys: Vec<Key> = pending.iter().map(|entry| Key::Account(entry.id)).collect();
        let lines = self.store()?.read(&keys)?;
        let (mut whole, mut broken) = (Vec::new(), Vec::new());
        for (entry, line) in pending.into_iter().zip(lines) {
            let is_whole = line.is_some_and(|line| item::decode(&line, entry.id).is_some());
            if is_whole { whole.push(entry) } else { broken.push(entry) }
        }
        Ok((whole, broken))
    }

    /// Ends an interrupted deletion for good.
    pub(super) fn finish_purging(&mut self, now: UnixTime) -> Result<(), StoreError> {
        let Some(mut index) = self.index.clone() else { return Ok(()) };
        if index.purging.is_empty() {
            return Ok(());
        }
        let gone = std::mem::take(&mut index.purging);
        let before = index.clone();
        index.accounts.retain(|entry| !gone.contains(&entry.id));
        let mut keys: Vec<Key> = gone.iter().copied().map(Key::Account).collect();
        keys.extend(codes::orphaned(&before, &index));
        self.store()?.delete(&keys)?;
        self.make_durable()?;
        index.events.retain(|event| !gone.contains(&event.id));
        self.commit(index, now)
    }

    /// Waits until secrets and index survive a power cut.
    pub(super) fn make_durable(&mut self) -> Result<(), StoreError> {
        self.store()?.sync()?;
        self.disk.sync()
    }
}

/// Whether the failure only means that there is no vault.
pub(super) fn is_no_vault(error: &StoreError) -> bool {
    matches!(error, StoreError::NoVault | StoreError::Disk { kind: std::io::ErrorKind::NotFound, .. })
}

/// A place as people can compare it.
fn shown(backend: &crate::store::Backend) -> String {
    let parts: Vec<&str> =
        [&*backend.service, &*backend.collection].into_iter().filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { "?".to_owned() } else { parts.join(", ") }
}
