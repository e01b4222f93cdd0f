//! A computer: a real folder, and places in memory that outlive the process.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use otp::account::{Account, AccountId, Algorithm, Kind, Parts};
use otp::clock::UnixTime;
use otp::secret::Secret;
use otp::store::disk::Folder;
use otp::store::index::Index;
use otp::store::ledger::{Added, Ledger};
use otp::store::memory::Memory;
use otp::store::{Backend, BackendKind, Key, Line, Store, StoreError};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

pub(crate) const NOW: UnixTime = UnixTime(1_800_000_000);

/// A profile: a folder, and the places that a process would find again.
pub(crate) struct Computer {
    folder: TempDir,
    places: Arc<Mutex<BTreeMap<&'static str, Memory>>>,
}

/// A place of a [`Computer`] that does not go with the process.
pub(super) struct Lasting {
    pub(super) name: &'static str,
    pub(super) kind: BackendKind,
    pub(super) places: Arc<Mutex<BTreeMap<&'static str, Memory>>>,
}

impl Lasting {
    pub(super) fn with<T>(&self, act: impl FnOnce(&mut Memory) -> T) -> T {
        act(self.places.lock().unwrap().entry(self.name).or_default())
    }
}

impl Store for Lasting {
    fn backend(&self) -> Backend {
        Backend { kind: self.kind, service: self.name.to_owned(), collection: String::new() }
    }

    fn create(&mut self, items: &[(Key, Line)], progress: &mut dyn FnMut(usize)) -> Result<(), StoreError> {
        self.with(|memory| memory.create(items, progress))
    }

    fn read(&mut self, keys: &[Key]) -> Result<Vec<Option<Secret>>, StoreError> {
        self.with(|memory| memory.read(keys))
    }

    fn list(&mut self) -> Result<Vec<Key>, StoreError> {
        self.with(Memory::list)
    }

    fn delete(&mut self, keys: &[Key]) -> Result<(), StoreError> {
        self.with(|memory| memory.delete(keys))
    }

    fn sync(&mut self) -> Result<(), StoreError> {
        Ok(())
    }
}

impl Computer {
    /// One without accounts.
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), places: Arc::default() }
    }

    /// One with the accounts number 1 to 3, the last of them counter-based.
    pub(crate) fn in_use() -> Self {
        Self::new().with_accounts()
    }

    /// The same below `folder`, if there is such a folder.
    pub(crate) fn in_use_in(folder: &Path) -> Self {
        let folder = tempfile::tempdir_in(folder).or_else(|_| tempfile::tempdir()).unwrap();
        Self { folder, places: Arc::default() }.with_accounts()
    }

    fn with_accounts(self) -> Self {
        for number in 1..=3 {
            add(&mut self.open(), number).unwrap();
        }
        self
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn index_file(&self) -> PathBuf {
        self.folder().join("index.json")
    }

    pub(crate) fn try_open(&self) -> Result<Ledger, StoreError> {
        self.open_with("keyring")
    }

    pub(super) fn open(&self) -> Ledger {
        self.try_open().unwrap()
    }

    /// Opens it with another keyring answering.
    pub(super) fn open_with(&self, keyring: &'static str) -> Result<Ledger, StoreError> {
        let places = Arc::clone(&self.places);
        let connect = move |kind| -> Box<dyn Store> {
            let name = if kind == BackendKind::Vault { "vault" } else { keyring };
            Box::new(Lasting { name, kind, places: Arc::clone(&places) })
        };
        Ledger::open(Box::new(Folder::new(self.folder())), Box::new(connect), "default")
    }

    pub(super) fn keyring(&self) -> Lasting {
        Lasting { name: "keyring", kind: BackendKind::Keyring, places: Arc::clone(&self.places) }
    }

    /// The keyring becomes what `change` makes of it.
    pub(super) fn delete(&self, fits: impl Fn(&Key) -> bool) {
        let keys: Vec<Key> = self.keyring().list().unwrap().into_iter().filter(fits).collect();
        self.keyring().delete(&keys).unwrap();
    }

    pub(super) fn edit_index(&self, change: impl FnOnce(&mut serde_json::Value)) {
        let mut value = serde_json::from_slice(&fs::read(self.index_file()).unwrap()).unwrap();
        change(&mut value);
        fs::write(self.index_file(), index_file(value)).unwrap();
    }

    pub(super) fn index(&self) -> Index {
        Index::parse(&fs::read(self.index_file()).unwrap()).unwrap().unwrap()
    }

    /// How many damaged indexes were kept.
    pub(crate) fn kept_aside(&self) -> usize {
        let names = fs::read_dir(self.folder()).unwrap().map(|entry| entry.unwrap().file_name());
        names.filter(|name| name.to_string_lossy().contains(".aside-")).count()
    }
}

/// The index file for `index`: one object, its first member the start of the SHA-256 of all that
/// stands behind it.
pub(crate) fn index_file(mut index: serde_json::Value) -> String {
    index.as_object_mut().unwrap().remove("sum");
    let rest = format!("{}\n", index.to_string().strip_prefix('{').unwrap());
    let sum = Sha256::digest(&rest)[..16].iter().fold(0_u128, |sum, byte| sum << 8 | u128::from(*byte));
    format!("{{\"sum\":\"{sum:032x}\",{rest}")
}

/// The account number `number`: its secret is this number, ten times. Every third counts.
pub(super) fn account(number: u8) -> Account {
    let kind = if number.is_multiple_of(3) { Kind::Hotp { counter: 0 } } else { Kind::Totp { period: 30 } };
    let (issuer, secret) = (format!("site {number}"), Secret::new(vec![number; 10]));
    Account::new(Parts { issuer, name: "taro".into(), kind, algorithm: Algorithm::Sha1, digits: 6, secret, pin: None })
        .unwrap()
}

pub(crate) fn add(ledger: &mut Ledger, number: u8) -> Result<AccountId, StoreError> {
    let added = ledger.add(vec![account(number).into()], NOW, &mut |_| {})?;
    let [Added::New(id) | Added::Already(id)] = added[..] else { panic!("{added:?}") };
    Ok(id)
}

/// The numbers of all accounts whose secrets can be read, sorted.
pub(crate) fn numbers(ledger: &mut Ledger) -> Vec<u8> {
    let ids: Vec<_> = ledger.index().into_iter().flat_map(|index| &index.accounts).map(|entry| entry.id).collect();
    let kept = ledger.accounts(&ids).unwrap();
    let mut numbers: Vec<u8> = kept.iter().flatten().map(|account| account.secret().expose()[0]).collect();
    numbers.sort_unstable();
    numbers
}
