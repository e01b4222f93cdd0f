//! The index: everything about the accounts except their secrets.
//!
//! One JSON file. What a newer program wrote into it and this one does not know is kept and written
//! back. Its first member, `sum`, is a checksum of every byte behind it, so that no flipped bit goes
//! unnoticed; a newer program keeps that member where it is. The rest is in `security.md` 3.1.

mod content;
mod way_back;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::account::{Account, AccountId, Algorithm, Kind};
use crate::clock::{DAY, UnixTime};
use crate::import::{Extras, Part};
use crate::store::{Backend, StoreError};

pub use way_back::{Copies, NewKey, PendingCodes, RecoveryCodes, Sheet, WayBack};

/// The version this program writes.
pub const VERSION: u32 = 1;
/// What stands around the checksum, at the start of the file.
const SUM: (&str, &str) = ("{\"sum\":\"", "\",");
/// How many hexadecimal digits it has.
const SUM_DIGITS: usize = 32;
/// How many events are remembered.
const EVENTS: usize = 200;
/// How many days of use are remembered.
const DAYS: usize = 40;

/// Names, order, tags, trash and the journal of unfinished work.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Index {
    /// What wrote it.
    pub version: u32,
    /// The oldest version that may read it.
    pub min_reader: u32,
    /// Grows by one with every change.
    pub generation: u64,
    /// The id of the store, the same in the canary.
    pub vault_id: AccountId,
    /// Where the secrets are.
    pub backend: Backend,
    /// The accounts, in the owner's order, those in the trash included.
    pub accounts: Vec<Entry>,
    /// Accounts whose secrets are being written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pending: Vec<Entry>,
    /// Accounts whose secrets are being deleted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub purging: Vec<AccountId>,
    /// Recovery codes whose items are being written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pending_codes: Vec<PendingCodes>,
    /// Places that the secrets were moved away from; their copies are deleted after 30 days.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left: Vec<Left>,
    /// Parts seen of Google transfers that are not complete yet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
    /// Days (since 1970) on which the program ran, the latest last; see [`Index::is_due`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub days: Vec<u64>,
    /// What happened, the latest last.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<Event>,
    /// The sheets that were made, the latest last.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sheets: Vec<Sheet>,
    /// The recovery copies, once the owner has a recovery key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copies: Option<Copies>,
    /// A recovery key that is not confirmed yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new_key: Option<NewKey>,
    /// Fields of newer programs.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// One account as the index knows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Its id, also the key of its secret.
    pub id: AccountId,
    /// Who issued the secret; may be empty.
    pub issuer: String,
    /// The name at the issuer; may be empty.
    pub name: String,
    /// `totp`, `hotp`, `steam`, `motp` or `yandex`.
    pub kind: String,
    /// The hash inside the HMAC.
    pub algorithm: Algorithm,
    /// The length of a code.
    pub digits: u8,
    /// TOTP: how long a code is valid, in seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<u32>,
    /// HOTP: the counter of the next code. The number here rules, not the one in the item.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counter: Option<u64>,
    /// Same for accounts that give the same codes; see `item::Canary::fingerprint`.
    pub fingerprint: String,
    /// When it came in.
    pub added: UnixTime,
    /// The owner's tags.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// The owner's note.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Whether it is one of the owner's favourites.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub favorite: bool,
    /// The account's own official address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The ways back into it.
    #[serde(default, skip_serializing_if = "WayBack::is_empty")]
    pub way_back: WayBack,
    /// When it was put into the trash.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trashed: Option<UnixTime>,
    /// The account whose newer secret replaced this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub superseded_by: Option<AccountId>,
    /// Fields of newer programs.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// A place that secrets were moved away from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Left {
    /// The place.
    pub backend: Backend,
    /// When they were moved.
    pub since: UnixTime,
    /// The accounts whose secrets were moved, those deleted for good since included: only these
    /// may be deleted there.
    #[serde(default)]
    pub ids: Vec<AccountId>,
    /// The sets of recovery codes that were moved.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<AccountId>,
}

/// Something that happened to an account.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// When.
    pub at: UnixTime,
    /// To which account.
    pub id: AccountId,
    /// What: the end of a message id of `history.ftl`.
    pub what: String,
    /// A name or value before the change; never a secret.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub before: String,
    /// The same after the change.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub after: String,
}

impl Entry {
    /// The entry for `account`.
    pub fn new(id: AccountId, account: &Account, fingerprint: String, added: UnixTime) -> Self {
        let (period, counter) = match account.kind() {
            Kind::Totp { period } => (Some(period), None),
            Kind::Hotp { counter } => (None, Some(counter)),
            Kind::Steam | Kind::Motp | Kind::Yandex => (None, None),
        };
        Self {
            id,
            issuer: account.issuer().to_owned(),
            name: account.name().to_owned(),
            kind: account.kind().id().to_owned(),
            algorithm: account.algorithm(),
            digits: account.digits(),
            period,
            counter,
            fingerprint,
            added,
            tags: Vec::new(),
            note: String::new(),
            favorite: false,
            url: None,
            way_back: WayBack::default(),
            trashed: None,
            superseded_by: None,
            extra: Map::new(),
        }
    }

    /// What its codes are computed from; `None` for a kind of a newer program.
    pub fn kind(&self) -> Option<Kind> {
        match self.kind.as_str() {
            "totp" => Some(Kind::Totp { period: self.period? }),
            "hotp" => Some(Kind::Hotp { counter: self.counter? }),
            "steam" => Some(Kind::Steam),
            "motp" => Some(Kind::Motp),
            "yandex" => Some(Kind::Yandex),
            _ => None,
        }
    }

    /// Takes over what another program, or this one before, knew of it.
    pub fn describe(&mut self, extras: Extras) {
        self.tags = extras.tags;
        self.note = extras.note;
        self.favorite = extras.favorite;
        self.url = Some(extras.url).filter(|url| !url.is_empty());
        self.way_back.login = extras.login;
        self.way_back.second = extras.second;
        self.trashed = extras.trashed;
    }

    /// Takes over what the owner of `old` said of it.
    fn inherit(&mut self, old: &Self) {
        let mut tags = old.tags.clone();
        tags.extend(self.tags.drain(..).filter(|tag| !old.tags.contains(tag)));
        self.tags = tags;
        if self.note.is_empty() {
            self.note.clone_from(&old.note);
        }
        self.favorite |= old.favorite;
        self.url.clone_from(&old.url);
        self.way_back.inherit(&old.way_back);
        self.extra.clone_from(&old.extra);
        if self.fingerprint == old.fingerprint {
            // The same account, under the names that its owner gave it, goes on counting.
            (self.issuer, self.name) = (old.issuer.clone(), old.name.clone());
            self.counter = self.counter.max(old.counter);
        }
    }

    /// Whether it is in the trash.
    pub fn is_trashed(&self) -> bool {
        self.trashed.is_some()
    }
}

impl Index {
    /// An index without accounts.
    pub fn new(vault_id: AccountId, backend: Backend) -> Self {
        Self {
            version: VERSION,
            min_reader: 1,
            generation: 0,
            vault_id,
            backend,
            accounts: Vec::new(),
            pending: Vec::new(),
            purging: Vec::new(),
            pending_codes: Vec::new(),
            left: Vec::new(),
            parts: Vec::new(),
            days: Vec::new(),
            events: Vec::new(),
            sheets: Vec::new(),
            copies: None,
            new_key: None,
            extra: Map::new(),
        }
    }

    /// Puts `new` into the place of `old`, which goes to the trash.
    pub fn supersede(&mut self, old: AccountId, new: AccountId, now: UnixTime) {
        let place = |accounts: &[Entry], id| accounts.iter().position(|entry| entry.id == id);
        let Some(from) = place(&self.accounts, new) else { return };
        let mut entry = self.accounts.remove(from);
        let to = place(&self.accounts, old);
        if let Some(old) = to.and_then(|to| self.accounts.get_mut(to)) {
            entry.inherit(old);
            old.trashed.get_or_insert(now);
            old.superseded_by = Some(new);
        }
        self.accounts.insert(to.unwrap_or(from), entry);
    }

    /// Reads an index file; `None` if it is damaged, be it by a single bit.
    ///
    /// # Errors
    /// [`StoreError::TooNew`] if only a newer program can read it.
    pub fn parse(bytes: &[u8]) -> Result<Option<Self>, StoreError> {
        #[derive(Deserialize)]
        struct Head {
            min_reader: u32,
        }
        // Checking the text once costs less than checking each string in it.
        let Some(text) = std::str::from_utf8(bytes).ok().filter(|_| is_whole(bytes)) else { return Ok(None) };
        match serde_json::from_str::<Self>(text) {
            Ok(mut index) if index.min_reader <= VERSION => {
                index.extra.remove("sum");
                Ok(Some(index))
            }
            Ok(_) => Err(StoreError::TooNew),
            // A newer shape that this program cannot follow is not damage.
            Err(_) => match serde_json::from_str::<Head>(text) {
                Ok(head) if head.min_reader > VERSION => Err(StoreError::TooNew),
                _ => Ok(None),
            },
        }
    }

    /// The file for this index.
    pub fn to_bytes(&self) -> Vec<u8> {
        let object = serde_json::to_vec(self).unwrap_or_default();
        let mut rest = object.get(1..).unwrap_or_default().to_vec();
        rest.push(b'\n');
        [SUM.0.as_bytes(), sum(&rest).as_bytes(), SUM.1.as_bytes(), &rest].concat()
    }

    /// The account `id`, in the trash or not.
    pub fn entry(&self, id: AccountId) -> Option<&Entry> {
        self.accounts.iter().find(|entry| entry.id == id)
    }

    /// The account `id`, to change it; `None` also for one that is being deleted for good, whose
    /// secret may be gone already.
    pub fn entry_mut(&mut self, id: AccountId) -> Option<&mut Entry> {
        if self.purging.contains(&id) {
            return None;
        }
        self.accounts.iter_mut().find(|entry| entry.id == id)
    }

    /// The accounts that are not in the trash.
    pub fn active(&self) -> impl Iterator<Item = &Entry> {
        self.accounts.iter().filter(|entry| !entry.is_trashed())
    }

    /// The accounts in the trash, without those that are being deleted for good.
    pub fn trash(&self) -> impl Iterator<Item = &Entry> {
        self.accounts.iter().filter(|entry| entry.is_trashed() && !self.purging.contains(&entry.id))
    }

    /// Remembers that something happened.
    pub fn record(&mut self, event: Event) {
        self.events.push(event);
        let surplus = self.events.len().saturating_sub(EVENTS);
        self.events.drain(..surplus);
    }

    /// Remembers that the program ran on this day; tells whether that was new.
    pub fn ran_on(&mut self, now: UnixTime) -> bool {
        if self.days.contains(&now.day()) {
            return false;
        }
        self.days.push(now.day());
        let surplus = self.days.len().saturating_sub(DAYS);
        self.days.drain(..surplus);
        true
    }

    /// Whether something put away at `since` may be deleted for good: 30 days have passed by the
    /// clock, and the program ran on 10 different days since, so that a clock set to next year
    /// does not empty the trash.
    pub fn is_due(&self, since: UnixTime, now: UnixTime) -> bool {
        now.since(since) >= 30 * DAY && self.days.iter().filter(|&&day| day > since.day()).count() >= 10
    }
}

/// Whether the checksum of an index file is there and right.
fn is_whole(bytes: &[u8]) -> bool {
    let inner = bytes.strip_prefix(SUM.0.as_bytes());
    let parts = inner.and_then(|inner| inner.split_at_checked(SUM_DIGITS));
    let parts = parts.and_then(|(found, rest)| Some((found, rest.strip_prefix(SUM.1.as_bytes())?)));
    parts.is_some_and(|(found, rest)| sum(rest).as_bytes() == found)
}

/// The first 128 bits of the SHA-256 of `bytes`, in hexadecimal.
fn sum(bytes: &[u8]) -> String {
    crate::secret::hex(&Sha256::digest(bytes)[..SUM_DIGITS / 2])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::BackendKind;

    fn index() -> Index {
        let backend = Backend { kind: BackendKind::Memory, service: String::new(), collection: String::new() };
        Index::new(AccountId::random().unwrap(), backend)
    }

    /// The index file for `object`, as a newer program would write it.
    fn file(object: &str) -> Vec<u8> {
        let rest = object.strip_prefix('{').unwrap();
        format!("{{\"sum\":\"{}\",{rest}", sum(rest.as_bytes())).into_bytes()
    }

    #[test]
    fn fields_of_newer_programs_survive() {
        let mut value = serde_json::to_value(index()).unwrap();
        value["later"] = serde_json::json!({"deep": [1, 2]});
        let read = Index::parse(&file(&value.to_string())).unwrap().unwrap();
        let again: Value = serde_json::from_slice(&read.to_bytes()).unwrap();
        assert_eq!(again["later"], value["later"]);
    }

    #[test]
    fn a_newer_index_is_told_from_a_damaged_one() {
        let mut value = serde_json::to_value(index()).unwrap();
        value["min_reader"] = 2.into();
        assert_eq!(Index::parse(&file(&value.to_string())), Err(StoreError::TooNew));
        assert_eq!(Index::parse(&file(r#"{"min_reader": 9, "accounts": {}}"#)), Err(StoreError::TooNew));
        assert_eq!(Index::parse(&file(r#"{"min_reader": 1"#)), Ok(None));
        assert_eq!(Index::parse(value.to_string().as_bytes()), Ok(None), "nobody vouches for the number");
        assert_eq!(Index::parse(b""), Ok(None));
    }

    /// As `sha256sum` says it.
    #[test]
    fn the_checksum_is_of_every_byte_behind_it() {
        assert_eq!(sum(b"\"version\":1}\n"), "ecd1cbf1dc0388938bd2fd158336866e");
        let index = index();
        let bytes = index.to_bytes();
        let text = std::str::from_utf8(&bytes).unwrap();
        let (head, rest) = text.split_at(SUM.0.len() + SUM_DIGITS + SUM.1.len());
        assert_eq!(head, format!("{{\"sum\":\"{}\",", sum(rest.as_bytes())));
        assert!(rest.starts_with("\"version\":1,") && rest.ends_with("}\n"));
        assert_eq!(Index::parse(&bytes), Ok(Some(index)));
    }

    #[test]
    fn no_flipped_bit_and_no_missing_byte_goes_unnoticed() {
        let bytes = index().to_bytes();
        for length in 0..bytes.len() {
            assert_eq!(Index::parse(&bytes[..length]), Ok(None), "cut at {length}");
        }
        for (at, bit) in (0..bytes.len()).flat_map(|at| (0..8).map(move |bit| (at, bit))) {
            let mut damaged = bytes.clone();
            damaged[at] ^= 1 << bit;
            assert_eq!(Index::parse(&damaged), Ok(None), "bit {bit} of byte {at}");
        }
    }

    #[test]
    fn a_clock_set_ahead_does_not_make_trash_due() {
        let mut index = index();
        let since = UnixTime(1_000 * DAY);
        let later = UnixTime(since.0 + 365 * DAY);
        index.ran_on(later);
        assert!(!index.is_due(since, later));
        for day in 1..=10 {
            index.ran_on(UnixTime(since.0 + day * 3 * DAY));
        }
        assert!(index.is_due(since, UnixTime(since.0 + 30 * DAY)));
        assert!(!index.is_due(since, UnixTime(since.0 + 29 * DAY)));
    }
}
