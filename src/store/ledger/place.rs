//! The place of accounts that are known: where no keyring answers, theirs is gone.

use crate::secret::Secret;
use crate::store::{Backend, Key, Line, Store, StoreError};

/// A place, and accounts that are in it.
pub(super) struct Known(pub(super) Box<dyn Store>);

/// What it means that no keyring answers.
fn gone(error: StoreError) -> StoreError {
    if error == StoreError::NoKeyring { StoreError::KeyringGone } else { error }
}

impl Store for Known {
    fn backend(&self) -> Backend {
        self.0.backend()
    }

    fn create(&mut self, items: &[(Key, Line)], progress: &mut dyn FnMut(usize)) -> Result<(), StoreError> {
        self.0.create(items, progress).map_err(gone)
    }

    fn read(&mut self, keys: &[Key]) -> Result<Vec<Option<Secret>>, StoreError> {
        self.0.read(keys).map_err(gone)
    }

    fn list(&mut self) -> Result<Vec<Key>, StoreError> {
        self.0.list().map_err(gone)
    }

    fn delete(&mut self, keys: &[Key]) -> Result<(), StoreError> {
        self.0.delete(keys).map_err(gone)
    }

    fn sync(&mut self) -> Result<(), StoreError> {
        self.0.sync().map_err(gone)
    }
}
