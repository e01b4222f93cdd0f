//! Where secrets live: the [`Store`] that every place implements, and its failures.
//!
//! A store keeps short lines under keys, nothing more. What the lines say is in [`item`]; the
//! order in which lines and index are written, so that nothing is ever lost, is in [`ledger`].
//! Every store passes one contract, `tests/it/contract.rs`.

pub mod disk;
pub(crate) mod files;
pub mod index;
pub mod item;
pub mod keyring;
pub mod ledger;
mod lock;
pub mod memory;
pub mod vault;

use std::fmt;
use std::path::Path;

use crate::account::AccountId;
use crate::error::{Exit, Explain};
use crate::secret::Secret;
use crate::text;
use crate::text::Text;

/// A place that keeps one line under each key: the OS keyring, the vault, or memory in tests.
///
/// Calls may block, but never longer than their deadline (5 s; 120 s while the system asks the
/// user to unlock). They change nothing when they fail, except that `create` and `delete` may have
/// done a part, which the caller finds by reading.
pub trait Store: Send {
    /// What this place is, to recognise it again.
    fn backend(&self) -> Backend;

    /// Creates `items`, none of which exist, telling `progress` the number done after each. An
    /// item that does exist is never replaced: its old line stays.
    ///
    /// # Errors
    /// When the place refuses or does not answer; some items may then exist.
    fn create(&mut self, items: &[(Key, Line)], progress: &mut dyn FnMut(usize)) -> Result<(), StoreError>;

    /// Reads the lines under `keys`, in their order, in as few calls as the place allows; `None`
    /// where there is none. The bytes come as they are stored, damaged ones too.
    ///
    /// # Errors
    /// When the place is locked or does not answer.
    fn read(&mut self, keys: &[Key]) -> Result<Vec<Option<Secret>>, StoreError>;

    /// Every key of ours in this place, in no order.
    ///
    /// # Errors
    /// When the place does not answer.
    fn list(&mut self) -> Result<Vec<Key>, StoreError>;

    /// Deletes what is under `keys`; a key with nothing under it is no failure.
    ///
    /// # Errors
    /// When the place refuses or does not answer; some items may then be gone.
    fn delete(&mut self, keys: &[Key]) -> Result<(), StoreError>;

    /// Returns when everything written survives a power cut (`security.md` F1).
    ///
    /// # Errors
    /// When the system cannot promise it.
    fn sync(&mut self) -> Result<(), StoreError>;
}

/// The name of an item in a store: random, and telling nobody which site it is for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// The secret of an account.
    Account(AccountId),
    /// The canary of the vault with this id: tells "another keyring" from "one item is missing".
    Canary(AccountId),
    /// The highest generation seen of the index with this vault id; a hint against roll-back.
    Seen(AccountId),
    /// A set of recovery codes.
    Codes(AccountId),
}

impl Key {
    /// Reads what `Display` writes; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(id) = text.strip_prefix("vault:") {
            AccountId::parse(id).map(Self::Canary)
        } else if let Some(id) = text.strip_prefix("seen:") {
            AccountId::parse(id).map(Self::Seen)
        } else if let Some(id) = text.strip_prefix("codes:") {
            AccountId::parse(id).map(Self::Codes)
        } else {
            AccountId::parse(text).map(Self::Account)
        }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Account(id) => write!(f, "{id}"),
            Self::Canary(id) => write!(f, "vault:{id}"),
            Self::Seen(id) => write!(f, "seen:{id}"),
            Self::Codes(id) => write!(f, "codes:{id}"),
        }
    }
}

/// One line of printable ASCII of at most [`Line::MOST`] bytes: the only thing a store ever gets.
///
/// A line feed in one secret can make a whole keyring file unreadable for every program
/// (`security.md` F3), so the type does not allow one.
#[derive(Debug)]
pub struct Line(Secret);

impl Line {
    /// The longest line, in bytes; Windows allows 2,560.
    pub const MOST: usize = 2_400;

    /// Checks `line`; `None` if it is empty, too long or holds anything but printable ASCII.
    pub fn new(line: Secret) -> Option<Self> {
        // EXPOSE: looks at each byte, keeps none.
        let fits = (1..=Self::MOST).contains(&line.len()) && line.expose().iter().all(|b| (b' '..=b'~').contains(b));
        fits.then_some(Self(line))
    }

    /// The line itself.
    pub fn secret(&self) -> &Secret {
        &self.0
    }
}

/// What a place is: recorded in the index, and compared with what answers later.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Backend {
    /// `keyring`, `vault` or `memory`.
    pub kind: BackendKind,
    /// The program behind it, such as `gnome-keyring-daemon`; empty when unknown.
    #[serde(default)]
    pub service: String,
    /// The collection inside it, such as `login`; empty when unknown.
    #[serde(default)]
    pub collection: String,
}

/// The kinds of places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BackendKind {
    /// The keyring of the operating system.
    Keyring,
    /// The age-encrypted file.
    Vault,
    /// Memory, for tests and drills.
    Memory,
}

/// Why a place did not do what was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoreError {
    /// No keyring answers on this computer.
    NoKeyring,
    /// The same, and the secrets of accounts that are known are in one.
    KeyringGone,
    /// The keyring is locked and was not unlocked.
    Locked,
    /// The vault is locked, and nobody gave its passphrase.
    VaultLocked,
    /// No answer within the deadline.
    TimedOut {
        /// How long was waited, in seconds.
        seconds: u64,
    },
    /// The place that answers is not the one with the accounts.
    WrongKeyring {
        /// What is recorded.
        expected: String,
        /// What answered.
        found: String,
    },
    /// The right place answers, and everything of ours is gone from it.
    EmptiedKeyring,
    /// The place took a line and does not give it back unchanged.
    NotKept,
    /// The place failed in some other way; `code` names it and holds no content.
    Refused {
        /// A short technical name, such as `org.freedesktop.DBus.Error.NoReply`.
        code: String,
    },
    /// The vault's passphrase does not fit.
    WrongPassphrase,
    /// A vault file is damaged.
    Damaged {
        /// The file's name.
        file: String,
    },
    /// A file could not be read or written.
    Disk {
        /// The file's name.
        file: String,
        /// What the system said.
        kind: std::io::ErrorKind,
    },
    /// There is no vault in this profile.
    NoVault,
    /// The vault is there, and the key that opens it is not.
    LostIdentity,
    /// Another process holds the store.
    Busy {
        /// Its process id, 0 when unknown.
        pid: u32,
    },
    /// Nothing may be changed now.
    ReadOnly {
        /// Why.
        reason: ReadOnly,
    },
    /// The index was written by a newer program and cannot be read by this one.
    TooNew,
    /// The secret of one account is missing or damaged.
    Broken {
        /// The account, as people know it.
        account: String,
    },
    /// The account's counter cannot go further: 2⁶⁴ − 1.
    CounterEnd,
    /// This system has no place that keeps a vault unlocked between commands.
    NoUnlocking,
    /// The system has no random numbers to give.
    NoRandomness,
}

/// Why the store is read-only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadOnly {
    /// The index was written by a newer program.
    Newer,
    /// The index is older than one seen before.
    RolledBack,
}

impl StoreError {
    /// The refusal to create what exists: a place never replaces a line.
    pub(crate) fn exists() -> Self {
        Self::Refused { code: "already-exists".to_owned() }
    }

    /// What the system said of `path`, which is named by its last part: where it lies is nobody
    /// else's business.
    pub fn disk(path: &Path, error: &std::io::Error) -> Self {
        let file = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        Self::Disk { file, kind: error.kind() }
    }
}

impl Explain for StoreError {
    fn text(&self) -> Text {
        match self {
            Self::NoKeyring | Self::KeyringGone => text!("store-no-keyring"),
            Self::Locked => text!("store-locked"),
            Self::VaultLocked => text!("store-vault-locked"),
            Self::TimedOut { seconds } => text!("store-timed-out", seconds = *seconds),
            Self::WrongKeyring { expected, found } => {
                text!("store-wrong-keyring", expected = expected.as_str(), found = found.as_str())
            }
            Self::EmptiedKeyring => text!("store-emptied-keyring"),
            Self::NotKept => text!("store-not-kept"),
            Self::Refused { code } => text!("store-refused", code = code.as_str()),
            Self::WrongPassphrase => text!("store-wrong-passphrase"),
            Self::Damaged { file } => text!("store-damaged", file = file.as_str()),
            Self::Disk { file, kind } => text!("store-disk", file = file.as_str(), reason = disk_reason(*kind)),
            Self::Busy { pid } => text!("store-busy", pid = pid.to_string()),
            Self::ReadOnly { reason: ReadOnly::Newer } => text!("store-read-only-newer"),
            Self::ReadOnly { reason: ReadOnly::RolledBack } => text!("store-read-only-rolled-back"),
            Self::TooNew => text!("store-too-new"),
            Self::Broken { account } => text!("store-broken", account = account.as_str()),
            Self::CounterEnd => text!("store-counter-end"),
            Self::NoUnlocking => text!("store-no-unlocking"),
            Self::NoVault => text!("store-no-vault"),
            Self::LostIdentity => text!("store-lost-identity"),
            Self::NoRandomness => text!("account-no-randomness"),
        }
    }

    fn hint(&self) -> Option<Text> {
        Some(match self {
            Self::NoKeyring => text!("store-hint-no-keyring"),
            Self::KeyringGone => text!("store-hint-keyring-gone"),
            Self::Locked => text!("store-hint-locked"),
            Self::VaultLocked => text!("store-hint-vault-locked"),
            Self::TimedOut { .. } => text!("store-hint-timed-out"),
            Self::WrongKeyring { .. } => text!("store-hint-wrong-keyring"),
            Self::EmptiedKeyring => text!("store-hint-emptied-keyring"),
            Self::NotKept | Self::Refused { .. } => text!("store-hint-refused"),
            Self::WrongPassphrase => text!("store-hint-wrong-passphrase"),
            Self::Damaged { .. } => text!("store-hint-damaged"),
            Self::Disk { kind, .. } => disk_hint(*kind),
            Self::Busy { .. } => text!("store-hint-busy"),
            Self::ReadOnly { reason: ReadOnly::RolledBack } => text!("store-hint-rolled-back"),
            Self::ReadOnly { reason: ReadOnly::Newer } | Self::TooNew => text!("store-hint-too-new"),
            Self::Broken { .. } => text!("store-hint-broken"),
            Self::CounterEnd => text!("import-hint-new-code"),
            Self::NoUnlocking => text!("store-hint-no-unlocking"),
            Self::NoVault => text!("store-hint-no-vault"),
            Self::LostIdentity => text!("store-hint-lost-identity"),
            Self::NoRandomness => text!("account-hint-try-later"),
        })
    }

    fn exit(&self) -> Exit {
        match self {
            Self::NoKeyring | Self::KeyringGone | Self::NoVault => Exit::NoKeyring,
            Self::Locked | Self::VaultLocked | Self::NoUnlocking => Exit::Locked,
            Self::TimedOut { .. } => Exit::TimedOut,
            Self::WrongKeyring { .. } => Exit::WrongKeyring,
            Self::EmptiedKeyring => Exit::EmptiedKeyring,
            Self::NotKept | Self::Refused { .. } => Exit::Refused,
            Self::NoRandomness => Exit::Internal,
            Self::CounterEnd => Exit::BadInput,
            Self::WrongPassphrase => Exit::WrongPassphrase,
            Self::Damaged { .. } | Self::Broken { .. } | Self::LostIdentity => Exit::Broken,
            Self::Disk { .. } => Exit::Disk,
            Self::Busy { .. } => Exit::Busy,
            Self::ReadOnly { .. } | Self::TooNew => Exit::ReadOnly,
        }
    }
}

crate::explained!(StoreError);

/// What to do about a failure of this kind.
fn disk_hint(kind: std::io::ErrorKind) -> Text {
    use std::io::ErrorKind as Kind;
    match kind {
        Kind::StorageFull | Kind::QuotaExceeded => text!("store-hint-disk-full"),
        Kind::PermissionDenied | Kind::ReadOnlyFilesystem => text!("store-hint-disk-denied"),
        _ => text!("store-hint-disk"),
    }
}

/// What the system said of a file, in words.
fn disk_reason(kind: std::io::ErrorKind) -> Text {
    use std::io::ErrorKind as Kind;
    match kind {
        Kind::NotFound => text!("store-disk-not-found"),
        Kind::PermissionDenied => text!("store-disk-denied"),
        Kind::StorageFull | Kind::QuotaExceeded => text!("store-disk-full"),
        Kind::ReadOnlyFilesystem => text!("store-disk-read-only"),
        Kind::IsADirectory => text!("store-disk-folder"),
        Kind::AlreadyExists => text!("store-disk-exists"),
        _ => text!("store-disk-other"),
    }
}
