//! Moving the secrets to another place: copied, read back, synced, then one commit. The old
//! copies stay for 30 days.
//!
//! What is deleted for good meanwhile still has a copy in the place that was left. A move back has
//! to delete it, or it would be found there and taken in again.

use std::collections::BTreeSet;

use crate::clock::UnixTime;
use crate::secret::Secret;
use crate::store::index::{Entry, Index, Left};
use crate::store::item;
use crate::store::ledger::Ledger;
use crate::store::ledger::codes;
use crate::store::ledger::start::is_no_vault;
use crate::store::{BackendKind, Key, Line, StoreError};

impl Ledger {
    /// Moves every secret to a place of the kind `to`. Until the last step the old place counts.
    ///
    /// # Errors
    /// When either place fails, or a secret of the old one is missing or damaged; nothing has
    /// then changed but copies in the new place, which the next try replaces.
    pub fn shift(&mut self, to: BackendKind, now: UnixTime, progress: &mut dyn FnMut(usize)) -> Result<(), StoreError> {
        let _guard = self.disk.lock()?;
        self.begin()?;
        self.ready(now)?;
        let Some(mut index) = self.index.clone() else { return Err(StoreError::EmptiedKeyring) };
        if index.backend.kind == to {
            return Ok(());
        }
        let items = self.every_item()?;
        // Older copies in a place that is come back to, those of accounts deleted since included.
        let mut stale: BTreeSet<Key> = items.iter().map(|(key, _)| key.clone()).collect();
        stale.extend(copies_in(&index, to));
        let stale: Vec<Key> = stale.into_iter().collect();
        let old = self.store.replace((self.connect)(to));
        let copied = self.copy_into(&items, &stale, progress);
        if let Err(error) = copied {
            self.store = old;
            return Err(error);
        }
        let backend = self.store()?.backend();
        let ids = index.accounts.iter().map(|entry| entry.id).collect();
        let codes = codes::ids(&index);
        let left = Left { backend: std::mem::replace(&mut index.backend, backend), since: now, ids, codes };
        index.left.retain(|left| left.backend.kind != to);
        index.left.push(left);
        self.commit(index, now).inspect_err(|_| self.store = old)
    }

    /// Copies `items` into the new place, where what is `stale` goes first, and proves that they
    /// are there.
    fn copy_into(
        &mut self,
        items: &[(Key, Line)],
        stale: &[Key],
        progress: &mut dyn FnMut(usize),
    ) -> Result<(), StoreError> {
        self.store()?.delete(stale)?;
        self.store()?.create(items, progress)?;
        self.read_back(items)?;
        self.make_durable()
    }

    /// Canary, accounts and recovery codes, the trash included, as they stand in the present place.
    fn every_item(&mut self) -> Result<Vec<(Key, Line)>, StoreError> {
        let Some(index) = self.index.clone() else { return Ok(Vec::new()) };
        let mut keys = vec![Key::Canary(index.vault_id)];
        keys.extend(index.accounts.iter().map(|entry| Key::Account(entry.id)));
        keys.extend(codes::ids(&index).into_iter().map(Key::Codes));
        let lines = self.store()?.read(&keys)?;
        let broken = |key: &Key| {
            let has = |entry: &&Entry| match key {
                Key::Codes(id) => entry.way_back.recovery_codes.iter().any(|set| set.id == *id),
                key => Key::Account(entry.id) == *key,
            };
            let entry = index.accounts.iter().find(has);
            StoreError::Broken { account: entry.map_or_else(|| key.to_string(), Entry::shown) }
        };
        let whole = |(key, line): (Key, Option<Secret>)| {
            let good = |line: &Secret| match &key {
                Key::Account(id) => item::decode(line, *id).is_some(),
                Key::Codes(id) => item::decode_codes(line, *id).is_some(),
                _ => true,
            };
            let line = line.filter(good).and_then(Line::new).ok_or_else(|| broken(&key))?;
            Ok((key, line))
        };
        keys.into_iter().zip(lines).map(whole).collect()
    }

    /// Deletes copies that were left behind more than 30 days ago (see `Index::is_due`), those of
    /// accounts deleted since included.
    ///
    /// # Errors
    /// When the old place does not answer, or a secret in the present one is missing or damaged:
    /// the copy may then be the last one.
    pub fn clear_left(&mut self, now: UnixTime) -> Result<(), StoreError> {
        let is_due = |index: &Index| index.left.iter().any(|left| index.is_due(left.since, now));
        if !self.index.as_ref().is_some_and(is_due) {
            return Ok(());
        }
        // Under the lock, or the place could become the present one again while it is emptied.
        let _guard = self.disk.lock()?;
        self.begin()?;
        self.ready(now)?;
        self.every_item()?;
        let Some(mut index) = self.index.clone() else { return Ok(()) };
        let due = |left: &Left| index.is_due(left.since, now);
        let kinds: Vec<BackendKind> =
            index.left.iter().filter(|left| due(left)).map(|left| left.backend.kind).collect();
        for &kind in &kinds {
            match (self.connect)(kind).delete(&copies_in(&index, kind)) {
                // A vault that its owner deleted has no copies any more.
                Err(error) if is_no_vault(&error) => {}
                outcome => outcome?,
            }
        }
        index.left.retain(|left| !kinds.contains(&left.backend.kind));
        self.commit(index, now)
    }
}

/// The keys of what was moved away from the place of the kind `kind`: nothing else of ours there
/// is ever touched.
fn copies_in(index: &Index, kind: BackendKind) -> Vec<Key> {
    let left = index.left.iter().filter(|left| left.backend.kind == kind);
    let marks = [Key::Canary(index.vault_id), Key::Seen(index.vault_id)];
    let moved = |left: &Left| {
        let codes: Vec<Key> = left.codes.iter().copied().map(Key::Codes).collect();
        left.ids.iter().copied().map(Key::Account).chain(codes).collect::<Vec<_>>()
    };
    left.flat_map(|left| moved(left).into_iter().chain(marks.clone())).collect()
}
