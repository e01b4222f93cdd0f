//! A keyring in memory that outlives the connections to it, as the system's does.

use std::path::Path;
use std::sync::{Arc, Mutex};

use otp::app::config::Config;
use otp::app::profile::Profile;
use otp::app::{App, AskPassphrase};
use otp::clock::UnixTime;
use otp::secret::Secret;
use otp::store::ledger::Connect;
use otp::store::memory::Memory;
use otp::store::{Backend, BackendKind, Key, Line, Store, StoreError};
use otp::text::Lang;

use super::stage::{Play, accounts, stage};
use crate::worker::Worker;

/// The keyring, and why new connections do not answer.
#[derive(Clone, Default)]
pub(super) struct Keyring {
    kept: Arc<Mutex<Memory>>,
    trouble: Arc<Mutex<Option<StoreError>>>,
}

impl Keyring {
    /// From now on new connections fail so, or answer.
    pub(super) fn fails(&self, error: Option<StoreError>) {
        *self.trouble.lock().unwrap() = error;
    }

    fn connect(&self) -> Connect {
        let keyring = self.clone();
        Box::new(move |_| Box::new(Connection { keyring: keyring.clone(), failed: None }))
    }
}

/// A connection to the keyring. As with the real one, what failed once fails for good.
struct Connection {
    keyring: Keyring,
    failed: Option<StoreError>,
}

impl Connection {
    fn with<T>(&mut self, work: impl FnOnce(&mut Memory) -> Result<T, StoreError>) -> Result<T, StoreError> {
        if self.failed.is_none() {
            self.failed.clone_from(&self.keyring.trouble.lock().unwrap());
        }
        match &self.failed {
            Some(error) => Err(error.clone()),
            None => work(&mut self.keyring.kept.lock().unwrap()),
        }
    }
}

impl Store for Connection {
    fn backend(&self) -> Backend {
        self.keyring.kept.lock().unwrap().backend()
    }

    fn create(&mut self, items: &[(Key, Line)], progress: &mut dyn FnMut(usize)) -> Result<(), StoreError> {
        self.with(|kept| kept.create(items, progress))
    }

    fn read(&mut self, keys: &[Key]) -> Result<Vec<Option<Secret>>, StoreError> {
        self.with(|kept| kept.read(keys))
    }

    fn list(&mut self) -> Result<Vec<Key>, StoreError> {
        self.with(Memory::list)
    }

    fn delete(&mut self, keys: &[Key]) -> Result<(), StoreError> {
        self.with(|kept| kept.delete(keys))
    }

    fn sync(&mut self) -> Result<(), StoreError> {
        self.with(Memory::sync)
    }
}

/// Opens the profile in `folder`, whose keyring is `keyring`, as the window does.
fn open(folder: &Path, keyring: &Keyring, ask: AskPassphrase) -> Result<App, StoreError> {
    let mut app = App::open(Profile::at(folder), ask)?;
    app.ledger().reconnect(keyring.connect());
    app.search()?;
    Ok(app)
}

/// A window on a profile with accounts in such a keyring, which fails so; and the keyring.
pub(super) fn play(lang: Lang, config: Config, error: Option<StoreError>) -> (Play, Keyring) {
    let (folder, keyring) = (tempfile::tempdir().unwrap(), Keyring::default());
    let mut app = open(folder.path(), &keyring, Arc::new(|| Err(StoreError::VaultLocked))).unwrap();
    app.ledger().choose(BackendKind::Memory);
    let newcomers = accounts().into_iter().map(Into::into).collect();
    app.ledger().add(newcomers, UnixTime(30), &mut |_| {}).unwrap();
    drop(app);
    keyring.fails(error);
    on(folder, lang, config, keyring)
}

/// The same on a profile in which nothing has happened yet.
pub(super) fn play_first(lang: Lang, error: StoreError) -> (Play, Keyring) {
    let keyring = Keyring::default();
    keyring.fails(Some(error));
    on(tempfile::tempdir().unwrap(), lang, Config::default(), keyring)
}

fn on(folder: tempfile::TempDir, lang: Lang, config: Config, keyring: Keyring) -> (Play, Keyring) {
    let (path, there) = (folder.path().to_owned(), keyring.clone());
    let worker = Worker::start(move |ask| open(&path, &there, ask), || ());
    (stage(lang, config, worker, folder), keyring)
}
