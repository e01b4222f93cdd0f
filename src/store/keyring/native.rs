//! Reading on macOS and Windows: through `keyring-core` as well, one item after the other.

use super::Reading;
use super::entries;
use crate::secret::Secret;
use crate::store::{Key, StoreError};

/// The keychain of macOS or the Credential Manager of Windows. Needs no connection.
pub(super) struct Native;

impl Reading for Native {
    fn open() -> Result<Self, StoreError> {
        Ok(Self)
    }

    fn read(&mut self, keys: &[Key]) -> Result<Vec<Option<Secret>>, StoreError> {
        entries::read(keys)
    }

    fn list(&mut self) -> Result<Vec<Key>, StoreError> {
        entries::list()
    }

    fn prepare(&mut self) -> Result<(), StoreError> {
        Ok(())
    }

    fn origin(&mut self) -> Result<(String, String), StoreError> {
        let program = if cfg!(windows) { "Windows Credential Manager" } else { "macOS Keychain" };
        Ok((program.to_owned(), String::new()))
    }
}
