//! A store in memory, for tests and drills: nothing of it outlives the process.
//!
//! It keeps the contract of the real places, so what works on it works on them.

use std::collections::BTreeMap;

use super::{Backend, BackendKind, Key, Line, Store, StoreError};
use crate::secret::Secret;

/// Lines under keys, in memory.
#[derive(Debug, Default)]
pub struct Memory(BTreeMap<Key, Secret>);

impl Memory {
    /// An empty store.
    pub fn new() -> Self {
        Self::default()
    }
}

impl Store for Memory {
    fn backend(&self) -> Backend {
        Backend { kind: BackendKind::Memory, service: String::new(), collection: String::new() }
    }

    fn create(&mut self, items: &[(Key, Line)], progress: &mut dyn FnMut(usize)) -> Result<(), StoreError> {
        if items.iter().any(|(key, _)| self.0.contains_key(key)) {
            return Err(StoreError::exists());
        }
        for (done, (key, line)) in (1..).zip(items) {
            self.0.insert(key.clone(), line.secret().duplicate());
            progress(done);
        }
        Ok(())
    }

    fn read(&mut self, keys: &[Key]) -> Result<Vec<Option<Secret>>, StoreError> {
        Ok(keys.iter().map(|key| self.0.get(key).map(Secret::duplicate)).collect())
    }

    fn list(&mut self) -> Result<Vec<Key>, StoreError> {
        Ok(self.0.keys().cloned().collect())
    }

    fn delete(&mut self, keys: &[Key]) -> Result<(), StoreError> {
        for key in keys {
            self.0.remove(key);
        }
        Ok(())
    }

    fn sync(&mut self) -> Result<(), StoreError> {
        Ok(())
    }
}
