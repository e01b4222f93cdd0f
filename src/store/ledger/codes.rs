//! Recovery codes of sites: items of their own, in the order of `security.md` 3.2 like accounts.
//!
//! Accounts share a set when one took the other's place, so a set is deleted only when no account
//! names it any more.

use crate::account::AccountId;
use crate::clock::UnixTime;
use crate::key::codes::CodeSet;
use crate::secret::Secret;
use crate::store::index::{Entry, Event, Index, PendingCodes, RecoveryCodes};
use crate::store::item;
use crate::store::ledger::Ledger;
use crate::store::{Key, Line, StoreError};

/// A set of recovery codes as it is kept.
#[derive(Debug)]
pub struct KeptCodes {
    /// The account that they are for.
    pub account: AccountId,
    /// The id of the set.
    pub id: AccountId,
    /// The codes, or why they cannot be read.
    pub codes: Result<CodeSet, StoreError>,
}

impl Ledger {
    /// Keeps each set for its account. When this returns, they survive a crash and a power cut.
    ///
    /// # Errors
    /// When anything fails, or an account is gone; nothing is then kept of this call.
    pub fn add_codes(&mut self, sets: &[(AccountId, CodeSet)], now: UnixTime) -> Result<(), StoreError> {
        if sets.is_empty() {
            return Ok(());
        }
        let _guard = self.disk.lock()?;
        self.begin()?;
        self.ready(now)?;
        let Some(before) = self.index.clone() else { return Err(StoreError::EmptiedKeyring) };
        let written = sets.iter().map(|(account, set)| written(&before, *account, set, now));
        let (pending, items): (Vec<PendingCodes>, Vec<(Key, Line)>) =
            written.collect::<Result<Vec<_>, _>>()?.into_iter().unzip();
        let keys: Vec<Key> = items.iter().map(|(key, _)| key.clone()).collect();
        self.commit(Index { pending_codes: pending.clone(), ..before.clone() }, now)?;
        let kept = self.write_items(&items, &mut |_| {}).and_then(|()| self.adopt_codes(pending, now));
        if let Err(error) = kept {
            // What cannot be taken back now is settled by the next start.
            let _ = self.take_back(&keys, before, now);
            return Err(error);
        }
        Ok(())
    }

    /// One commit gives the sets to their accounts.
    fn adopt_codes(&mut self, sets: Vec<PendingCodes>, now: UnixTime) -> Result<(), StoreError> {
        let Some(mut index) = self.index.clone() else { return Err(StoreError::EmptiedKeyring) };
        index.pending_codes.clear();
        for PendingCodes { account, set } in sets {
            let Some(entry) = index.entry_mut(account) else { continue };
            entry.way_back.recovery_codes.push(set);
            index.record(Event::plain(now, account, "codes"));
        }
        self.commit(index, now)
    }

    /// The codes of the sets that the accounts `ids` have, in the order of the index. The outer
    /// error is about the whole place, the inner ones about single sets.
    ///
    /// # Errors
    /// When the place does not answer.
    pub fn codes(&mut self, ids: &[AccountId]) -> Result<Vec<KeptCodes>, StoreError> {
        let Some(index) = self.index.clone() else { return Ok(Vec::new()) };
        let entries = ids.iter().filter_map(|id| index.entry(*id));
        let sets: Vec<(&Entry, &RecoveryCodes)> = entries
            .flat_map(|entry| entry.way_back.recovery_codes.iter().map(move |set| (entry, set)))
            .filter(|(_, set)| set.removed.is_none())
            .collect();
        let keys: Vec<Key> = sets.iter().map(|(_, set)| Key::Codes(set.id)).collect();
        if keys.is_empty() {
            return Ok(Vec::new());
        }
        let lines = self.store()?.read(&keys)?;
        let read = |((entry, set), line): ((&Entry, &RecoveryCodes), Option<Secret>)| {
            let read = line.and_then(|line| item::decode_codes(&line, set.id));
            let broken = || StoreError::Broken { account: entry.shown() };
            let codes = read.map(|read| read.codes).ok_or_else(broken);
            let codes = codes.map(|codes| CodeSet { codes, spent: set.spent.clone(), added: set.added });
            KeptCodes { account: entry.id, id: set.id, codes }
        };
        Ok(sets.into_iter().zip(lines).map(read).collect())
    }

    /// Deletes sets for good that were removed long enough ago (see `Index::is_due`).
    ///
    /// # Errors
    /// When the place does not answer or is another one.
    pub fn clear_codes(&mut self, now: UnixTime) -> Result<(), StoreError> {
        let is_due = |index: &Index, set: &RecoveryCodes| set.removed.is_some_and(|since| index.is_due(since, now));
        let any = |index: &Index| sets(index).any(|set| is_due(index, set));
        if !self.index.as_ref().is_some_and(any) {
            return Ok(());
        }
        let _guard = self.disk.lock()?;
        self.begin()?;
        self.ready(now)?;
        let Some(index) = self.index.clone() else { return Ok(()) };
        let mut left = index.clone();
        for entry in &mut left.accounts {
            entry.way_back.recovery_codes.retain(|set| !is_due(&index, set));
        }
        let gone = orphaned(&index, &left);
        // The mark in the index says that they are to go, so this is taken up again after a crash.
        self.store()?.delete(&gone)?;
        self.make_durable()?;
        self.commit(left, now)
    }

    /// Ends an interrupted writing of codes: whole ones are adopted, the others dropped.
    pub(super) fn finish_pending_codes(&mut self, now: UnixTime) -> Result<(), StoreError> {
        let pending = self.index.as_ref().map(|index| index.pending_codes.clone()).unwrap_or_default();
        if pending.is_empty() {
            return Ok(());
        }
        let keys: Vec<Key> = pending.iter().map(|pending| Key::Codes(pending.set.id)).collect();
        let lines = self.store()?.read(&keys)?;
        let whole = |line: &Option<Secret>, set: &RecoveryCodes| {
            line.as_ref().is_some_and(|line| item::decode_codes(line, set.id).is_some())
        };
        let (kept, dropped): (Vec<_>, Vec<_>) =
            pending.into_iter().zip(&lines).partition(|(pending, line)| whole(line, &pending.set));
        let dropped: Vec<Key> = dropped.into_iter().map(|(pending, _)| Key::Codes(pending.set.id)).collect();
        self.make_durable()?;
        self.store()?.delete(&dropped)?;
        self.adopt_codes(kept.into_iter().map(|(pending, _)| pending).collect(), now)
    }

    /// Takes sets of this store that `index` does not know in: for the account that they were made
    /// for, where it is still there. The others stay where they are.
    pub(super) fn adopt_lost_codes(&mut self, index: &mut Index) -> Result<(), StoreError> {
        let known = |id: AccountId| {
            sets(index)
                .map(|set| set.id)
                .chain(index.pending_codes.iter().map(|pending| pending.set.id))
                .any(|own| own == id)
        };
        let lost: Vec<AccountId> = (self.store()?.list()?.into_iter())
            .filter_map(|key| if let Key::Codes(id) = key { Some(id) } else { None })
            .filter(|id| !known(*id))
            .collect();
        let keys: Vec<Key> = lost.iter().copied().map(Key::Codes).collect();
        let lines = self.store()?.read(&keys)?;
        for (id, line) in lost.into_iter().zip(lines) {
            let Some(read) = line.and_then(|line| item::decode_codes(&line, id)) else { continue };
            if read.vault != index.vault_id {
                continue;
            }
            let Some(entry) = index.entry_mut(read.account) else { continue };
            entry.way_back.recovery_codes.push(kept(id, read.codes.len(), Vec::new(), UnixTime::default()));
        }
        Ok(())
    }
}

/// What the index says of a set of `count` codes.
fn kept(id: AccountId, count: usize, spent: Vec<u16>, added: UnixTime) -> RecoveryCodes {
    RecoveryCodes { id, count: u16::try_from(count).unwrap_or(u16::MAX), spent, added, removed: None }
}

/// The mark and the item of `set`, which is for `account`.
fn written(
    index: &Index,
    account: AccountId,
    set: &CodeSet,
    now: UnixTime,
) -> Result<(PendingCodes, (Key, Line)), StoreError> {
    let entry = index.entry(account).ok_or(StoreError::Broken { account: account.to_string() })?;
    let id = AccountId::random().map_err(|_| StoreError::NoRandomness)?;
    let line = item::encode_codes(set, id, index.vault_id, account, &entry.shown())?;
    let added = if set.added == UnixTime::default() { now } else { set.added };
    let set = kept(id, set.codes.len(), set.spent.clone(), added);
    Ok((PendingCodes { account, set }, (Key::Codes(id), line)))
}

/// Every set that `index` names.
fn sets(index: &Index) -> impl Iterator<Item = &RecoveryCodes> {
    index.accounts.iter().flat_map(|entry| &entry.way_back.recovery_codes)
}

/// The ids of every set that `index` names, each once.
pub(super) fn ids(index: &Index) -> Vec<AccountId> {
    let mut ids: Vec<AccountId> = sets(index).map(|set| set.id).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// The items of sets that `before` names and `after` does not.
pub(super) fn orphaned(before: &Index, after: &Index) -> Vec<Key> {
    let left = ids(after);
    ids(before).into_iter().filter(|id| !left.contains(id)).map(Key::Codes).collect()
}
