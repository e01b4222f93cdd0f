//! Proving the paper: what was read from a printed sheet, or typed from it, compared with the store.

use crate::account::{Account, AccountId};
use crate::app::{App, drill};
use crate::clock::UnixTime;
use crate::import::{Batch, MissingParts, Skipped};
use crate::recovery::check_number;
use crate::recovery::digest::newer_than_sheets;
use crate::recovery::sheet::printed_key;
use crate::secret::Secret;
use crate::store::StoreError;
use crate::store::index::{Entry, Index, Sheet};
use crate::text::Text;
use crate::{key, present};

/// What paper and store say of one account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// The paper has the key that the store has.
    Matches,
    /// The paper has a key that lies in the trash: removed, or replaced by a newer one.
    Old,
    /// The store does not know the key.
    Unknown,
    /// Its page is on the pictures, and its code there cannot be read.
    Unreadable,
    /// The account is on the sheet, and its page is on no picture.
    NotFound,
    /// The account came in, or got another key, after the last sheet.
    Newer,
}

impl Proof {
    /// Every one, in the order in which they are told.
    pub const ALL: [Self; 6] = [Self::Matches, Self::Old, Self::Unknown, Self::Unreadable, Self::NotFound, Self::Newer];

    /// The name in JSON and at the end of message ids.
    pub fn id(self) -> &'static str {
        match self {
            Self::Matches => "matches",
            Self::Old => "old",
            Self::Unknown => "unknown",
            Self::Unreadable => "unreadable",
            Self::NotFound => "not-found",
            Self::Newer => "newer",
        }
    }
}

/// One account of the paper or the store.
#[derive(Debug, Clone, PartialEq)]
pub struct Compared {
    /// What was found.
    pub proof: Proof,
    /// The account in the store; `None` where it is unknown there.
    pub id: Option<AccountId>,
    /// Its name, by the store where it is known there.
    pub title: Text,
}

/// What became of a check.
#[derive(Debug)]
pub struct Checked {
    /// The accounts: first those that were read, in their order, then those that were not.
    pub accounts: Vec<Compared>,
    /// What was read and is no account.
    pub unreadable: Vec<Skipped>,
    /// The encrypted sheets that are not complete.
    pub missing: Vec<MissingParts>,
    /// The sheet that was probably read, if one with these accounts is remembered.
    pub sheet: Option<Sheet>,
    /// An older sheet that it may be as well; the digest on the paper tells.
    pub or_else: Option<Sheet>,
}

impl Checked {
    /// How many accounts have `proof`.
    pub fn count(&self, proof: Proof) -> usize {
        self.accounts.iter().filter(|account| account.proof == proof).count()
    }
}

impl App {
    /// Compares `batch`, read from pictures of a printed sheet, with the store, and notes the date
    /// for every account that matches.
    ///
    /// # Errors
    /// When the place of the secrets does not answer or is another one, or the index cannot be
    /// written.
    pub fn check_sheet(&mut self, batch: &Batch, now: UnixTime) -> Result<Checked, StoreError> {
        let accounts: Vec<&Account> = batch.accounts.iter().map(|imported| &imported.account).collect();
        let known = self.ledger.known(&accounts)?;
        let mut compared: Vec<Compared> = Vec::new();
        for (at, (account, id)) in accounts.iter().zip(known).enumerate() {
            // The same code on two pictures is one account.
            if !accounts.iter().take(at).any(|before| before.gives_same_codes(account)) {
                compared.push(self.compared(account, id));
            }
        }
        self.date_paper(&compared, now)?;
        let read: Vec<AccountId> = compared.iter().filter_map(|one| one.id).collect();
        let every_code = batch.skipped.is_empty();
        let (sheet, or_else) = self.ledger.index().map(|index| probable(index, &read, every_code)).unwrap_or_default();
        if let Some(index) = self.ledger.index() {
            compared.extend(unread(index, sheet.as_ref(), &read));
        }
        let missing = batch.missing_sheet_parts();
        Ok(Checked { accounts: compared, unreadable: batch.skipped.clone(), missing, sheet, or_else })
    }

    fn compared(&self, account: &Account, id: Option<AccountId>) -> Compared {
        let entry = id.and_then(|id| self.entry(id));
        let title = entry.map_or_else(|| present::title(account.issuer(), account.name()), title);
        let proof = match entry {
            None => Proof::Unknown,
            Some(entry) if entry.is_trashed() => Proof::Old,
            Some(_) => Proof::Matches,
        };
        Compared { proof, id: entry.map(|entry| entry.id), title }
    }

    /// Notes for every account that matches that its paper was proved.
    fn date_paper(&mut self, compared: &[Compared], now: UnixTime) -> Result<(), StoreError> {
        let ids: Vec<AccountId> =
            compared.iter().filter(|one| one.proof == Proof::Matches).filter_map(|one| one.id).collect();
        self.date(&ids, drill::Proof::Paper, now)
    }

    /// Compares a backup key that was typed from paper with every account, and notes the date if it
    /// is the key of one. `number` is the check number behind its last line.
    ///
    /// # Errors
    /// See [`App::check_sheet`].
    pub fn check_typed(&mut self, typed: &Secret, number: &str, now: UnixTime) -> Result<Typed, StoreError> {
        // EXPOSE: the letters are compared and hashed; both buffers are wiped.
        let letters = key::symbols(typed.expose_text().unwrap_or_default());
        let fits = check_number::of(letters.as_bytes()) == number.trim();
        let ids: Vec<AccountId> =
            self.ledger.index().iter().flat_map(|index| &index.accounts).map(|it| it.id).collect();
        let answers = self.ledger.accounts(&ids)?;
        let same = |account: &Account| {
            let key = printed_key(account);
            // EXPOSE: compared with what was typed, whatever its case.
            !letters.is_empty() && key.expose().eq_ignore_ascii_case(letters.as_bytes())
        };
        let mut found: Vec<Compared> = Vec::new();
        for (id, answer) in ids.into_iter().zip(answers) {
            if let Ok(account) = answer
                && same(&account)
            {
                found.push(self.compared(&account, Some(id)));
            }
        }
        // A key in use counts before the same key in the trash.
        found.sort_by_key(|one| one.proof != Proof::Matches);
        self.date_paper(&found, now)?;
        Ok(Typed { fits, found })
    }
}

/// What became of a typed key.
#[derive(Debug)]
pub struct Typed {
    /// Whether the check number is that of the key.
    pub fits: bool,
    /// The accounts that have the key; none where the store does not know it.
    pub found: Vec<Compared>,
}

/// The newest sheet that the accounts `read` may all be from, and the next one that may be it as
/// well; the newest with any of them if there is none such. Where `every_code` on the pictures was
/// read, a sheet with further accounts on those pages is another one, printed later.
fn probable(index: &Index, read: &[AccountId], every_code: bool) -> (Option<Sheet>, Option<Sheet>) {
    let has_any = |sheet: &&Sheet| sheet.ids.iter().any(|id| read.contains(id));
    let has_all = |sheet: &Sheet| read.iter().all(|id| sheet.ids.contains(id));
    let fits = |sheet: &&Sheet| has_all(sheet) && !(every_code && has_more(sheet, index, read));
    let mut fitting = index.sheets.iter().rev().filter(has_any).filter(fits);
    let newest = fitting.next().or_else(|| index.sheets.iter().rev().find(has_any));
    let other = fitting.find(|sheet| newest.is_some_and(|newest| newest.digest != sheet.digest));
    (newest.cloned(), other.cloned())
}

/// Whether `sheet` has accounts that were not `read`, although others of the same page were.
fn has_more(sheet: &Sheet, index: &Index, read: &[AccountId]) -> bool {
    let seen = seen_pages(sheet, read);
    let is_seen = |id: AccountId| sheet.page_of(id).is_none_or(|page| seen.contains(&page));
    // What was deleted for good cannot be recognised.
    let unread = sheet.ids.iter().filter(|id| !read.contains(id) && index.entry(**id).is_some());
    unread.into_iter().any(|id| is_seen(*id))
}

/// The pages of `sheet` that are on the pictures: another account of them was read.
fn seen_pages(sheet: &Sheet, read: &[AccountId]) -> Vec<u16> {
    read.iter().filter_map(|id| sheet.page_of(*id)).collect()
}

/// The accounts in use that were not among those `read`: on the sheet, or newer than it. Where no
/// sheet is remembered, everything is expected to be on it.
fn unread(index: &Index, sheet: Option<&Sheet>, read: &[AccountId]) -> Vec<Compared> {
    let newer = newer(index, sheet);
    let seen = sheet.map(|sheet| seen_pages(sheet, read)).unwrap_or_default();
    let proof = |entry: &Entry| match sheet {
        _ if newer.contains(&entry.id) => Some(Proof::Newer),
        Some(sheet) if !sheet.ids.contains(&entry.id) => None,
        Some(sheet) if sheet.page_of(entry.id).is_some_and(|page| seen.contains(&page)) => Some(Proof::Unreadable),
        _ => Some(Proof::NotFound),
    };
    let unread = index.active().filter(|entry| !read.contains(&entry.id));
    unread
        .filter_map(|entry| Some(Compared { proof: proof(entry)?, id: Some(entry.id), title: title(entry) }))
        .collect()
}

/// The accounts that are on no sheet yet, and those that a later sheet has besides all of `sheet`.
fn newer(index: &Index, sheet: Option<&Sheet>) -> Vec<AccountId> {
    let mut newer: Vec<AccountId> = newer_than_sheets(index).unwrap_or_default().iter().map(|entry| entry.id).collect();
    if let Some(sheet) = sheet {
        let in_use: Vec<&AccountId> =
            sheet.ids.iter().filter(|id| index.entry(**id).is_some_and(|entry| !entry.is_trashed())).collect();
        let later = index.sheets.iter().rev().take_while(|later| *later != sheet);
        let replaces = |later: &&Sheet| in_use.iter().all(|id| later.ids.contains(id));
        newer.extend(later.filter(replaces).flat_map(|later| &later.ids).filter(|id| !sheet.ids.contains(id)));
    }
    newer
}

fn title(entry: &Entry) -> Text {
    present::title(&entry.issuer, &entry.name)
}
