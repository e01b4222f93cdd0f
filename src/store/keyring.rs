//! The keyring of the operating system: one item per account, service `otp`, user = the [`Key`].
//!
//! Items are written and deleted through `keyring-core` and its store for each system. On Linux they
//! are read past it, because many must come in one call and a lookup must cost little.
//!
//! Nothing here tells "another keyring" from "everything deleted": both give no items. That is
//! decided by the canary, in [`ledger`](super::ledger).

#[cfg(target_os = "linux")]
mod bus;
mod entries;
#[cfg(target_os = "linux")]
mod folder;
#[cfg(target_os = "linux")]
mod message;
#[cfg(not(target_os = "linux"))]
mod native;
#[cfg(target_os = "linux")]
mod secret_service;
#[cfg(target_os = "linux")]
mod session;
#[cfg(target_os = "linux")]
mod unlock;

#[cfg(not(target_os = "linux"))]
use native::Native as Service;
#[cfg(target_os = "linux")]
use secret_service::SecretService as Service;

use super::{Backend, BackendKind, Key, Line, Store, StoreError};
use crate::secret::Secret;

/// The name under which every item of ours is found.
const SERVICE: &str = "otp";

/// What the reading side of a system's keyring can do.
trait Reading: Sized {
    /// Connects.
    fn open() -> Result<Self, StoreError>;

    /// As [`Store::read`].
    fn read(&mut self, keys: &[Key]) -> Result<Vec<Option<Secret>>, StoreError>;

    /// As [`Store::list`].
    fn list(&mut self) -> Result<Vec<Key>, StoreError>;

    /// Sees to it that writing needs no question: there is a collection, and it is unlocked.
    fn prepare(&mut self) -> Result<(), StoreError>;

    /// The program behind the keyring and the collection that new items go to.
    fn origin(&mut self) -> Result<(String, String), StoreError>;
}

/// A failure known by a technical name.
fn refused(code: &str) -> StoreError {
    StoreError::Refused { code: code.to_owned() }
}

/// The keyring of the operating system. Connects at the first call.
#[derive(Default)]
pub struct Keyring {
    service: Option<Service>,
    hung: Option<u64>,
}

impl Keyring {
    /// The keyring of this user.
    pub fn new() -> Self {
        Self::default()
    }

    /// Has `work` done, once more over a new connection if the old one has gone stale meanwhile.
    ///
    /// After a time-out the answers to come would be those of the past; nothing is done any more.
    fn with<T>(&mut self, work: impl Fn(&mut Service) -> Result<T, StoreError>) -> Result<T, StoreError> {
        if let Some(seconds) = self.hung {
            return Err(StoreError::TimedOut { seconds });
        }
        let mut result = Err(StoreError::NoKeyring);
        if let Some(service) = &mut self.service {
            result = work(service);
        }
        if matches!(result, Err(StoreError::NoKeyring | StoreError::Refused { .. })) {
            self.service = None;
            let mut service = Service::open()?;
            result = work(&mut service);
            self.service = Some(service);
        }
        self.remember(result)
    }

    /// Notes a time-out.
    fn remember<T>(&mut self, result: Result<T, StoreError>) -> Result<T, StoreError> {
        if let Err(StoreError::TimedOut { seconds }) = &result {
            self.hung = Some(*seconds);
        }
        result
    }
}

impl Store for Keyring {
    fn backend(&self) -> Backend {
        let (service, collection) = Service::open().and_then(|mut service| service.origin()).unwrap_or_default();
        Backend { kind: BackendKind::Keyring, service, collection }
    }

    fn create(&mut self, items: &[(Key, Line)], progress: &mut dyn FnMut(usize)) -> Result<(), StoreError> {
        let keys: Vec<_> = items.iter().map(|(key, _)| key.clone()).collect();
        // The store crates would replace what exists.
        if self.read(&keys)?.iter().any(Option::is_some) {
            return Err(refused("already-exists"));
        }
        self.with(Service::prepare)?;
        let result = entries::create(items, progress);
        self.remember(result)
    }

    fn read(&mut self, keys: &[Key]) -> Result<Vec<Option<Secret>>, StoreError> {
        self.with(|service| service.read(keys))
    }

    fn list(&mut self) -> Result<Vec<Key>, StoreError> {
        self.with(Service::list)
    }

    fn delete(&mut self, keys: &[Key]) -> Result<(), StoreError> {
        self.with(Service::prepare)?;
        let result = entries::delete(keys);
        self.remember(result)
    }

    fn sync(&mut self) -> Result<(), StoreError> {
        #[cfg(target_os = "linux")]
        folder::sync()?;
        // Elsewhere the keyring is a service of its own, and reading back is what can be done.
        Ok(())
    }
}
