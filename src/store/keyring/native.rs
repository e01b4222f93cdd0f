//! The keychain of macOS and the Credential Manager of Windows, through `keyring-core`.
//!
//! Those crates wait without limit, so the work runs on a thread of its own, which is left behind
//! when the keyring hangs.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

use keyring_core::{CredentialStore, Entry, Error};

use super::{Place, SERVICE, refused};
use crate::secret::Secret;
use crate::store::{Key, Line, StoreError};

/// How long one item may take, in seconds. macOS may be asking the user for permission meanwhile.
const PATIENCE: u64 = if cfg!(target_os = "macos") { 120 } else { 5 };

/// The keyring of this user. Needs no connection.
pub(super) struct Native;

impl Place for Native {
    fn open() -> Result<Self, StoreError> {
        Ok(Self)
    }

    fn create(&mut self, items: &[(Key, Line)], progress: &mut dyn FnMut(usize)) -> Result<(), StoreError> {
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

    fn read(&mut self, keys: &[Key]) -> Result<Vec<Option<Secret>>, StoreError> {
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

    fn list(&mut self) -> Result<Vec<Key>, StoreError> {
        // Windows searches target names, which its store makes of user, dot and service.
        let wanted = if cfg!(windows) { ("pattern", r"\.otp$") } else { ("service", SERVICE) };
        let search = |entries: &Entries, (name, value)| entries.0.search(&HashMap::from([(name, value)]));
        let mut keys = Vec::new();
        each(vec![wanted], search, |found| {
            let users = found.iter().filter_map(Entry::get_specifiers).filter(|(service, _)| service == SERVICE);
            keys.extend(users.filter_map(|(_, user)| Key::parse(&user)));
        })?;
        Ok(keys)
    }

    fn delete(&mut self, keys: &[Key]) -> Result<(), StoreError> {
        let users = keys.iter().map(Key::to_string).collect();
        let remove = |entries: &Entries, user: String| match entries.entry(&user)?.delete_credential() {
            Err(Error::NoEntry) => Ok(()),
            other => other,
        };
        each(users, remove, |()| {})
    }

    fn origin(&mut self) -> Result<(String, String), StoreError> {
        let program = if cfg!(windows) { "Windows Credential Manager" } else { "macOS Keychain" };
        Ok((program.to_owned(), String::new()))
    }
}

/// The items of the system's keyring.
struct Entries(Arc<CredentialStore>);

impl Entries {
    fn open() -> Result<Self, Error> {
        #[cfg(target_os = "macos")]
        let store = apple_native_keyring_store::keychain::Store::new()?;
        #[cfg(windows)]
        let store = windows_native_keyring_store::Store::new()?;
        Ok(Self(store))
    }

    /// The item of `user`, made as our items are made.
    fn entry(&self, user: &str) -> Result<Entry, Error> {
        // The default would carry items along to the other computers of a company account.
        let local = HashMap::from([("persistence", "Local")]);
        self.0.build(SERVICE, user, cfg!(windows).then_some(&local))
    }
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

/// What an error of `keyring-core` means to us. It may hold a secret, so it is never shown itself.
fn meaning(error: &Error) -> StoreError {
    match error {
        Error::NoStorageAccess(_) => StoreError::Locked,
        // The system's own words for an error number.
        Error::PlatformFailure(cause) => refused(&cause.to_string()),
        Error::BadEncoding(_) | Error::BadDataFormat(..) => refused("keyring-core.BadData"),
        Error::BadStoreFormat(_) => refused("keyring-core.BadStoreFormat"),
        Error::TooLong(..) => refused("keyring-core.TooLong"),
        Error::Ambiguous(_) => refused("keyring-core.Ambiguous"),
        _ => refused("keyring-core.Unsupported"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_that_holds_a_secret_keeps_it() {
        let error = Error::BadDataFormat(b"JBSWY3DPEHPK3PXP".to_vec(), "JBSWY3DPEHPK3PXP".into());
        assert_eq!(meaning(&error), refused("keyring-core.BadData"));
    }
}
