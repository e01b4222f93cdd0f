//! Items through `keyring-core` and the store crate of the operating system.
//!
//! Those crates wait without limit, so the work runs on a thread of its own, which is left behind
//! when the keyring hangs.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

use keyring_core::error::PlatformError;
use keyring_core::{CredentialStore, Entry, Error};

use super::{SERVICE, refused};
use crate::secret::Secret;
use crate::store::{Key, Line, StoreError};

/// How long one item may take, in seconds. macOS may be asking the user for permission meanwhile.
pub(super) const PATIENCE: u64 = if cfg!(target_os = "macos") { 120 } else { 5 };

/// The items of this operating system's keyring.
pub(super) struct Entries(Arc<CredentialStore>);

impl Entries {
    fn open() -> Result<Self, Error> {
        #[cfg(target_os = "linux")]
        let store = zbus_secret_service_keyring_store::Store::new()?;
        #[cfg(target_os = "macos")]
        let store = apple_native_keyring_store::keychain::Store::new()?;
        #[cfg(windows)]
        let store = windows_native_keyring_store::Store::new()?;
        Ok(Self(store))
    }

    /// The item of `user`, made as our items are made.
    fn entry(&self, user: &str) -> Result<Entry, Error> {
        let label = label(user);
        let modifiers = if cfg!(target_os = "linux") {
            HashMap::from([("label", label.as_str())])
        } else if cfg!(windows) {
            // The default would carry items along to the other computers of a company account.
            HashMap::from([("persistence", "Local")])
        } else {
            HashMap::new()
        };
        self.0.build(SERVICE, user, Some(&modifiers))
    }
}

/// Creates `items`, telling `progress` the number done after each.
///
/// # Errors
/// What the system said, or `TimedOut` when one item takes longer than [`PATIENCE`].
pub(super) fn create(items: &[(Key, Line)], progress: &mut dyn FnMut(usize)) -> Result<(), StoreError> {
    let items = items.iter().map(|(key, line)| (key.to_string(), line.secret().duplicate())).collect();
    let write = |entries: &Entries, (user, line): (String, Secret)| {
        // EXPOSE: the keyring is where the line is kept.
        entries.entry(&user)?.set_secret(line.expose())
    };
    let mut done = 0;
    each(items, write, |()| {
        done += 1;
        progress(done);
    })
}

/// Deletes what is under `keys`.
///
/// # Errors
/// As for [`create`]; nothing there is no error.
pub(super) fn delete(keys: &[Key]) -> Result<(), StoreError> {
    let users = keys.iter().map(Key::to_string).collect();
    let remove = |entries: &Entries, user: String| match entries.entry(&user)?.delete_credential() {
        Err(Error::NoEntry) => Ok(()),
        other => other,
    };
    each(users, remove, |()| {})
}

/// As [`Store::read`](crate::store::Store::read).
#[cfg(not(target_os = "linux"))]
pub(super) fn read(keys: &[Key]) -> Result<Vec<Option<Secret>>, StoreError> {
    let users = keys.iter().map(Key::to_string).collect();
    let fetch = |entries: &Entries, user: String| match entries.entry(&user)?.get_secret() {
        Ok(line) => Ok(Some(Secret::new(line))),
        Err(Error::NoEntry) => Ok(None),
        Err(error) => Err(error),
    };
    let mut lines = Vec::with_capacity(keys.len());
    each(users, fetch, |line| lines.push(line))?;
    Ok(lines)
}

/// As [`Store::list`](crate::store::Store::list).
#[cfg(not(target_os = "linux"))]
pub(super) fn list() -> Result<Vec<Key>, StoreError> {
    // Windows searches target names, which its store makes of user, dot and service.
    let wanted = if cfg!(windows) { ("pattern", r"\.otp$") } else { ("service", SERVICE) };
    let mut keys = Vec::new();
    let search = |entries: &Entries, (name, value)| entries.0.search(&HashMap::from([(name, value)]));
    each(vec![wanted], search, |found| {
        let users = found.iter().filter_map(Entry::get_specifiers).filter(|(service, _)| service == SERVICE);
        keys.extend(users.filter_map(|(_, user)| Key::parse(&user)));
    })?;
    Ok(keys)
}

/// Does `work` with each of `things` on a thread that may be left behind; `got` takes what comes of it.
fn each<T: Send + 'static, R: Send + 'static>(
    things: Vec<T>,
    work: impl Fn(&Entries, T) -> Result<R, Error> + Send + 'static,
    mut got: impl FnMut(R),
) -> Result<(), StoreError> {
    let (tell, told) = mpsc::channel();
    let run = move |tell: &Sender<R>| {
        let entries = Entries::open()?;
        for thing in things {
            // After a time-out nobody listens any more, and nothing more must be done.
            if tell.send(work(&entries, thing)?).is_err() {
                break;
            }
        }
        Ok(())
    };
    let worker = thread::spawn(move || run(&tell).map_err(|error: Error| meaning(&error)));
    loop {
        match told.recv_timeout(Duration::from_secs(PATIENCE)) {
            Ok(result) => got(result),
            Err(RecvTimeoutError::Timeout) => return Err(StoreError::TimedOut { seconds: PATIENCE }),
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    worker.join().unwrap_or_else(|_| Err(refused("keyring-core.Panic")))
}

/// What an error of `keyring-core` means to us. Only its name is taken: it may hold a secret.
fn meaning(error: &Error) -> StoreError {
    match error {
        Error::NoStorageAccess(_) => StoreError::Locked,
        Error::PlatformFailure(cause) => platform(cause),
        Error::BadEncoding(_) | Error::BadDataFormat(..) => refused("keyring-core.BadData"),
        Error::BadStoreFormat(_) => refused("keyring-core.BadStoreFormat"),
        Error::TooLong(..) => refused("keyring-core.TooLong"),
        Error::Ambiguous(_) => refused("keyring-core.Ambiguous"),
        _ => refused("keyring-core.Unsupported"),
    }
}

/// What the system itself said.
#[cfg(target_os = "linux")]
fn platform(cause: &PlatformError) -> StoreError {
    match cause.downcast_ref() {
        Some(secret_service::Error::Zbus(zbus::Error::MethodError(name, ..))) => super::bus::named(name),
        _ => refused("keyring-core.PlatformFailure"),
    }
}

/// What the system itself said: its own words for an error number.
#[cfg(not(target_os = "linux"))]
fn platform(cause: &PlatformError) -> StoreError {
    refused(&cause.to_string())
}

/// What a person sees in the system's keyring program: that this must stay, and nothing of whose it is.
fn label(user: &str) -> String {
    let id = user.rsplit(':').next().unwrap_or_default();
    format!("2FA secret – do not delete – otp {}", id.get(..4).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_label_tells_nothing_but_that_it_must_stay() {
        #[track_caller]
        fn case(user: &str, text: &str) {
            assert_eq!(label(user), text);
        }
        case("0123456789abcdef0123456789abcdef", "2FA secret – do not delete – otp 0123");
        case("vault:fedcba9876543210fedcba9876543210", "2FA secret – do not delete – otp fedc");
    }

    #[test]
    fn an_error_that_holds_a_secret_keeps_it() {
        let error = Error::BadDataFormat(b"JBSWY3DPEHPK3PXP".to_vec(), "JBSWY3DPEHPK3PXP".into());
        assert_eq!(meaning(&error), refused("keyring-core.BadData"));
    }
}
