//! Moving the secrets to another place: copied, read back, synced, then one commit. The old
//! copies stay for 30 days.

use crate::clock::UnixTime;
use crate::secret::Secret;
use crate::store::index::Left;
use crate::store::ledger::Ledger;
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
        let keys: Vec<Key> = items.iter().map(|(key, _)| key.clone()).collect();
        let old = self.store.replace((self.connect)(to));
        let copied = self.copy_into(&items, &keys, progress);
        if let Err(error) = copied {
            self.store = old;
            return Err(error);
        }
        let backend = self.store()?.backend();
        let left = Left { backend: std::mem::replace(&mut index.backend, backend), since: now };
        index.left.retain(|left| left.backend.kind != to);
        index.left.push(left);
        self.commit(index, now).inspect_err(|_| self.store = old)
    }

    /// Copies `items` into the new place and proves that they are there.
    fn copy_into(
        &mut self,
        items: &[(Key, Line)],
        keys: &[Key],
        progress: &mut dyn FnMut(usize),
    ) -> Result<(), StoreError> {
        self.store()?.delete(keys)?;
        self.store()?.create(items, progress)?;
        self.read_back(items)?;
        self.make_durable()
    }

    /// Canary and accounts, the trash included, as they stand in the present place.
    fn every_item(&mut self) -> Result<Vec<(Key, Line)>, StoreError> {
        let Some(index) = self.index.clone() else { return Ok(Vec::new()) };
        let mut keys = vec![Key::Canary(index.vault_id)];
        keys.extend(index.accounts.iter().map(|entry| Key::Account(entry.id)));
        let lines = self.store()?.read(&keys)?;
        let broken = |key: &Key| {
            let entry = index.accounts.iter().find(|entry| Key::Account(entry.id) == *key);
            StoreError::Broken { account: entry.map_or_else(|| key.to_string(), super::Entry::shown) }
        };
        let whole = |(key, line): (Key, Option<Secret>)| match line.and_then(Line::new) {
            Some(line) => Ok((key, line)),
            None => Err(broken(&key)),
        };
        keys.into_iter().zip(lines).map(whole).collect()
    }

    /// Deletes copies that were left behind more than 30 days ago (see `Index::is_due`).
    ///
    /// # Errors
    /// When the old place does not answer.
    pub fn clear_left(&mut self, now: UnixTime) -> Result<(), StoreError> {
        let Some(index) = self.index.clone() else { return Ok(()) };
        for left in index.left.iter().filter(|left| index.is_due(left.since, now)) {
            let mut old = (self.connect)(left.backend.kind);
            let mut keys = vec![Key::Canary(index.vault_id), Key::Seen(index.vault_id)];
            keys.extend(index.accounts.iter().map(|entry| Key::Account(entry.id)));
            old.delete(&keys)?;
            let kind = left.backend.kind;
            self.edit(now, |index| {
                index.left.retain(|left| left.backend.kind != kind);
                Ok::<(), StoreError>(())
            })?;
        }
        Ok(())
    }
}
