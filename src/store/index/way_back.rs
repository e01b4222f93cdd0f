//! What is known of the ways back into an account, should the phone or this computer be lost; and of
//! what was made for all of them: sheets and recovery copies. No secret among it.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::account::AccountId;
use crate::clock::UnixTime;

/// The ways back into one account.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct WayBack {
    /// The e-mail address or user name with which the owner logs in; empty where it is not noted.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub login: String,
    /// The second ways in that the owner noted: `sms`, `passkey`, `device`, or words of their own.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub second: Vec<String>,
    /// When the backup key was last put on a sheet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub printed: Option<UnixTime>,
    /// When a printed sheet was last read back and had the right key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paper_proved: Option<UnixTime>,
    /// When a copy was last opened and had the right key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub copy_proved: Option<UnixTime>,
    /// The site's own one-time codes, kept as items of their own.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub recovery_codes: Vec<RecoveryCodes>,
    /// Fields of newer programs.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// One set of recovery codes. The codes are in the item; which of them are spent is here, because
/// items are never changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RecoveryCodes {
    /// The id of the item.
    pub id: AccountId,
    /// How many codes it has.
    pub count: u16,
    /// The positions of the spent ones, counted from 0.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub spent: Vec<u16>,
    /// When they came in.
    pub added: UnixTime,
    /// When they were removed; they can be taken back for 30 days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub removed: Option<UnixTime>,
}

/// Recovery codes whose item is being written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PendingCodes {
    /// The account that they are for.
    pub account: AccountId,
    /// What the account will say of them.
    pub set: RecoveryCodes,
}

/// A recovery sheet that was made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sheet {
    /// When.
    pub made: UnixTime,
    /// The digest that stands on it.
    pub digest: String,
    /// The accounts on it.
    pub ids: Vec<AccountId>,
    /// On which page each of them is, from 1; empty where a page has no accounts of its own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pages: Vec<u16>,
}

impl Sheet {
    /// The page of the account `id`, from 1; `None` where that is not known.
    pub fn page_of(&self, id: AccountId) -> Option<u16> {
        let place = self.ids.iter().position(|other| *other == id)?;
        self.pages.get(place).copied()
    }
}

/// The recovery copies that are written after every change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Copies {
    /// The public half of the recovery key, `age1…`. Whoever knows it can forge a copy, so it is
    /// shown to nobody else.
    pub recipient: String,
    /// When the recovery key was made.
    pub since: UnixTime,
    /// The generation of the last change that a copy has to have; see `Index::same_content`.
    #[serde(default)]
    pub changed: u64,
    /// Folders and sticks that get a copy besides the profile's own folder.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub folders: Vec<PathBuf>,
    /// Fields of newer programs.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// A recovery key that was shown and that its owner has not given back yet: until then nothing is
/// encrypted for it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NewKey {
    /// Its public half, `age1…`.
    pub recipient: String,
    /// When it was made.
    pub made: UnixTime,
}

impl RecoveryCodes {
    /// How many codes are left; none of a set that was removed.
    pub fn left(&self) -> usize {
        if self.removed.is_some() { 0 } else { usize::from(self.count).saturating_sub(self.spent.len()) }
    }

    /// The position of the next code that is not spent.
    pub fn next(&self) -> Option<u16> {
        (self.removed.is_none()).then(|| (0..self.count).find(|position| !self.spent.contains(position))).flatten()
    }
}

impl WayBack {
    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// How many recovery codes are left; `None` where none were ever kept.
    pub fn codes_left(&self) -> Option<usize> {
        let mut kept = self.recovery_codes.iter().filter(|set| set.removed.is_none()).peekable();
        kept.peek().is_some().then(|| kept.map(RecoveryCodes::left).sum())
    }

    /// Takes over from `old`, whose secret another one replaced, what does not depend on the secret.
    pub(super) fn inherit(&mut self, old: &Self) {
        self.login.clone_from(&old.login);
        self.second.clone_from(&old.second);
        self.recovery_codes.splice(0..0, old.recovery_codes.iter().cloned());
        self.extra.clone_from(&old.extra);
    }
}
