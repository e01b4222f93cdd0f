//! The keyring of the operating system: one item per account, service `otp`, user = the [`Key`].
//!
//! macOS and Windows are reached through `keyring-core` and its stores. On Linux the Secret Service
//! is spoken to directly: the store crate opens each connection with `OpenSession`, and that first
//! call can make GNOME Keyring abort, which locks the keyring for every program (see
//! `secret_service`). It also replaces items, and cannot fetch many at once.
//!
//! Nothing here tells "another keyring" from "everything deleted": both give no items. That is
//! decided by the canary, in [`ledger`](super::ledger).

#[cfg(target_os = "linux")]
mod folder;
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
#[cfg(target_os = "linux")]
use crate::bus::BusError;
use crate::secret::Secret;

/// The name under which every item of ours is found.
const SERVICE: &str = "otp";

/// What a system's keyring can do; as in [`Store`], where nothing else is said.
trait Place: Sized {
    /// Connects.
    fn open() -> Result<Self, StoreError>;

    /// Creates items none of which exist: that has been looked up.
    fn create(&mut self, items: &[(Key, Line)], progress: &mut dyn FnMut(usize)) -> Result<(), StoreError>;

    fn read(&mut self, keys: &[Key]) -> Result<Vec<Option<Secret>>, StoreError>;

    fn list(&mut self) -> Result<Vec<Key>, StoreError>;

    fn delete(&mut self, keys: &[Key]) -> Result<(), StoreError>;

    /// From now on fails where the user would have to be asked to unlock something.
    #[cfg(target_os = "linux")]
    fn stay_quiet(&mut self);

    /// The program behind the keyring and the collection that new items go to.
    fn origin(&mut self) -> Result<(String, String), StoreError>;
}

/// A failure known by a technical name.
fn refused(code: &str) -> StoreError {
    StoreError::Refused { code: code.to_owned() }
}

/// What a failure of the bus means where it leads to the keyring.
#[cfg(target_os = "linux")]
impl From<BusError> for StoreError {
    fn from(error: BusError) -> Self {
        match error {
            BusError::Absent => Self::NoKeyring,
            BusError::TimedOut { seconds } => Self::TimedOut { seconds },
            BusError::Refused { name } if name == "org.freedesktop.Secret.Error.IsLocked" => Self::Locked,
            BusError::Refused { name } => Self::Refused { code: name },
        }
    }
}

/// What a person sees in the system's keyring program: that this must stay, and nothing of whose it is.
#[cfg(target_os = "linux")]
fn label(user: &str) -> String {
    let id = user.rsplit(':').next().unwrap_or_default();
    format!("2FA secret – do not delete – otp {}", id.get(..4).unwrap_or_default())
}

/// The keyring of the operating system. Connects at the first call.
#[derive(Default)]
pub struct Keyring {
    service: Option<Service>,
    hung: Option<u64>,
    #[cfg_attr(not(target_os = "linux"), allow(dead_code, reason = "only Linux has something to set"))]
    quiet: bool,
}

impl Keyring {
    /// The keyring of this user.
    pub fn new() -> Self {
        Self::default()
    }

    /// The same, never asking the user to unlock it: a locked one is [`StoreError::Locked`]. On
    /// macOS and Windows the system decides whether it asks.
    pub fn quiet() -> Self {
        Self { quiet: true, ..Self::default() }
    }

    #[cfg_attr(not(target_os = "linux"), allow(clippy::unused_self, reason = "only Linux has something to set"))]
    fn open(&self) -> Result<Service, StoreError> {
        #[allow(unused_mut, reason = "only Linux has something to set")]
        let mut service = Service::open()?;
        #[cfg(target_os = "linux")]
        if self.quiet {
            service.stay_quiet();
        }
        Ok(service)
    }

    /// Has `work` done, which may be done twice: once more over a new connection if the old one has
    /// gone stale meanwhile.
    fn with<T>(&mut self, work: impl Fn(&mut Service) -> Result<T, StoreError>) -> Result<T, StoreError> {
        if self.service.is_some() {
            let result = self.once(&work);
            if !matches!(result, Err(StoreError::NoKeyring | StoreError::Refused { .. })) {
                return result;
            }
            self.service = None;
        }
        self.once(work)
    }

    /// Has `work` done. After a time-out the answers to come would be those to past questions, so
    /// nothing is done any more.
    fn once<T>(&mut self, work: impl FnOnce(&mut Service) -> Result<T, StoreError>) -> Result<T, StoreError> {
        if let Some(seconds) = self.hung {
            return Err(StoreError::TimedOut { seconds });
        }
        let result = match &mut self.service {
            Some(service) => work(service),
            None => self.open().and_then(|service| work(self.service.insert(service))),
        };
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
        if self.read(&keys)?.iter().any(Option::is_some) {
            return Err(refused("already-exists"));
        }
        self.once(|service| service.create(items, progress))
    }

    fn read(&mut self, keys: &[Key]) -> Result<Vec<Option<Secret>>, StoreError> {
        self.with(|service| service.read(keys))
    }

    fn list(&mut self) -> Result<Vec<Key>, StoreError> {
        self.with(Service::list)
    }

    fn delete(&mut self, keys: &[Key]) -> Result<(), StoreError> {
        self.with(|service| service.delete(keys))
    }

    fn sync(&mut self) -> Result<(), StoreError> {
        #[cfg(target_os = "linux")]
        folder::sync()?;
        // Elsewhere the keyring is a service of its own, and reading back is what can be done.
        Ok(())
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_failure_of_the_bus_is_one_of_the_keyring() {
        #[track_caller]
        fn case(name: &str, error: &StoreError) {
            assert_eq!(&StoreError::from(BusError::Refused { name: name.to_owned() }), error);
        }
        case("org.freedesktop.Secret.Error.IsLocked", &StoreError::Locked);
        case("org.freedesktop.DBus.Error.NoReply", &refused("org.freedesktop.DBus.Error.NoReply"));
        assert_eq!(StoreError::from(BusError::Absent), StoreError::NoKeyring);
    }

    #[test]
    fn the_label_tells_nothing_but_that_it_must_stay() {
        #[track_caller]
        fn case(user: &str, text: &str) {
            assert_eq!(label(user), text);
        }
        case("0123456789abcdef0123456789abcdef", "2FA secret – do not delete – otp 0123");
        case("vault:fedcba9876543210fedcba9876543210", "2FA secret – do not delete – otp fedc");
    }
}
