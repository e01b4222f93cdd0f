//! What came in, compared with what is here, shown before it is kept.
//!
//! Nothing that is here is ever changed by an import: the same secret is left alone, and another
//! secret under the same name becomes a second account (`security.md` R1.1).

use std::collections::{HashMap, HashSet};

use crate::account::{Account, AccountId};
use crate::app::App;
use crate::app::organise::is_address;
use crate::clock::UnixTime;
use crate::import::{Batch, Extras, MissingParts, Part, Place, Skipped, missing_parts};
use crate::key::codes::CodeSet;
use crate::store::StoreError;
use crate::store::index::{Entry, Index};
use crate::store::item::Canary;
use crate::store::ledger::{Added, Newcomer, Replaces};
use crate::text::Text;

/// How many parts of unfinished transfers are remembered.
const MAX_PARTS: usize = 1_000;

/// What an import would do.
#[derive(Debug)]
pub struct Receipt {
    /// The accounts, in the order of the source.
    pub lines: Vec<ReceiptLine>,
    /// The entries that make no account.
    pub skipped: Vec<Skipped>,
    /// The transfers that are not complete, earlier calls counted in.
    pub missing: Vec<MissingParts>,
    /// What was left out of the sources as a whole.
    pub remarks: Vec<Text>,
    /// The same of what nobody misses who has the accounts.
    pub asides: Vec<Text>,
    parts: Vec<Part>,
}

/// One account of a receipt.
#[derive(Debug)]
pub struct ReceiptLine {
    /// Where it stood.
    pub place: Place,
    /// The account.
    pub account: Account,
    /// What becomes of it.
    pub outcome: Outcome,
    /// What its owner should know.
    pub notes: Vec<Text>,
    /// What the app it comes from knew about it.
    pub extras: Extras,
}

/// What becomes of an account that came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is new.
    New,
    /// It is new, and an account of the same name with another secret is here; both are kept.
    SameName(AccountId),
    /// It takes the place of this account of the same name or secret, whose secret is missing or
    /// damaged here.
    Mends(AccountId),
    /// This account gives the same codes; nothing is written.
    Here(AccountId),
    /// The same, and that account is in the trash.
    InTrash(AccountId),
    /// It stands more than once in the source.
    Twice,
}

impl Outcome {
    /// Whether the account will be kept.
    pub fn is_kept(&self) -> bool {
        matches!(self, Self::New | Self::SameName(_) | Self::Mends(_))
    }
}

impl Receipt {
    /// How many accounts will be kept.
    pub fn kept(&self) -> usize {
        self.lines.iter().filter(|line| line.outcome.is_kept()).count()
    }
}

impl App {
    /// Compares `batch` with what is here. Writes nothing.
    ///
    /// # Errors
    /// When the place of the secrets does not answer, or is not the one with the accounts.
    pub fn compare(&mut self, batch: Batch) -> Result<Receipt, StoreError> {
        let accounts: Vec<&Account> = batch.accounts.iter().map(|imported| &imported.account).collect();
        let known = self.ledger.known(&accounts)?;
        let first = first_of_each(&accounts)?;
        let mut outcomes: Vec<Outcome> = (accounts.iter().zip(known).enumerate())
            .map(|(at, (account, known))| match known {
                None if first.get(at) != Some(&at) => Outcome::Twice,
                known => self.outcome(account, known),
            })
            .collect();
        self.find_broken(&mut outcomes)?;
        let (parts, sheets) = (self.unfinished(&batch, &outcomes), batch.missing_sheet_parts());
        let lines = (batch.accounts.into_iter().zip(outcomes))
            .map(|(imported, outcome)| ReceiptLine {
                place: imported.place,
                account: imported.account,
                outcome,
                notes: imported.notes,
                extras: imported.extras,
            })
            .collect();
        let all: Vec<Part> = self.ledger.index().iter().flat_map(|index| &index.parts).chain(&parts).copied().collect();
        let transfers = missing_parts(&all).into_iter().filter(|missing| concerns(missing, &parts));
        let missing = transfers.chain(sheets).collect();
        let (remarks, asides) = (batch.remarks, batch.asides);
        Ok(Receipt { lines, skipped: batch.skipped, missing, remarks, asides, parts })
    }

    /// The parts that belong to transfers not yet complete. One whose accounts are all here, and
    /// that nobody waits for, belongs to a transfer that was completed and forgotten.
    fn unfinished(&self, batch: &Batch, outcomes: &[Outcome]) -> Vec<Part> {
        let waited_for = |part: &Part| self.ledger.index().is_some_and(|index| index.parts.contains(part));
        let here = |outcome: &Outcome| !outcome.is_kept();
        let of = |accounts| outcomes.get(accounts).unwrap_or_default();
        let old = |(part, accounts): &(Part, std::ops::Range<usize>)| {
            !waited_for(part) && !accounts.is_empty() && of(accounts.clone()).iter().all(here)
        };
        batch.transfers().filter(|transfer| !old(transfer)).map(|(part, _)| part).collect()
    }

    /// Finds the accounts whose secret is missing or damaged: what gives the same codes, or has the
    /// same name, mends them.
    fn find_broken(&mut self, outcomes: &mut [Outcome]) -> Result<(), StoreError> {
        let same = |outcome: &Outcome| match outcome {
            Outcome::SameName(id) | Outcome::Here(id) | Outcome::InTrash(id) => Some(*id),
            Outcome::New | Outcome::Mends(_) | Outcome::Twice => None,
        };
        let mut ids: Vec<AccountId> = outcomes.iter().filter_map(same).collect();
        ids.sort();
        ids.dedup();
        if ids.is_empty() {
            return Ok(());
        }
        let answers = self.ledger.accounts(&ids)?;
        let mut broken: HashSet<AccountId> =
            ids.into_iter().zip(answers).filter(|(_, answer)| answer.is_err()).map(|(id, _)| id).collect();
        for outcome in outcomes {
            // The first one mends it, a second one is an account of its own.
            if let Some(id) = same(outcome).filter(|id| broken.remove(id)) {
                *outcome = Outcome::Mends(id);
            }
        }
        Ok(())
    }

    fn outcome(&self, account: &Account, known: Option<AccountId>) -> Outcome {
        let same_name = |entry: &&&Entry| entry.issuer == account.issuer() && entry.name == account.name();
        match known {
            Some(id) if self.entry(id).is_some_and(Entry::is_trashed) => Outcome::InTrash(id),
            Some(id) => Outcome::Here(id),
            None => self.accounts().iter().find(same_name).map_or(Outcome::New, |entry| Outcome::SameName(entry.id)),
        }
    }

    /// Keeps the accounts of `receipt` that are new. When this returns they survive a crash and a
    /// power cut; only then may anybody say "saved". Gives back their ids.
    ///
    /// # Errors
    /// When anything fails; nothing is then kept of this call.
    pub fn accept(
        &mut self,
        receipt: Receipt,
        tags: &[String],
        now: UnixTime,
        progress: &mut dyn FnMut(usize),
    ) -> Result<Vec<AccountId>, StoreError> {
        let kept = receipt.lines.into_iter().filter(|line| line.outcome.is_kept());
        let mut newcomers: Vec<Newcomer> = kept
            .map(|line| {
                let replaces = if let Outcome::Mends(id) = line.outcome { Some(Replaces::Broken(id)) } else { None };
                let mut extras = line.extras;
                let more: Vec<String> = tags.iter().filter(|tag| !extras.tags.contains(tag)).cloned().collect();
                extras.tags.extend(more);
                // What was in the trash stays there, for 30 days from now.
                extras.trashed = extras.trashed.filter(|_| replaces.is_none()).map(|_| now);
                if !is_address(&extras.url) {
                    extras.url.clear();
                }
                Newcomer { extras, replaces, account: line.account }
            })
            .collect();
        let remember = |index: &mut Index| remember(index, &receipt.parts);
        if newcomers.is_empty() {
            if !receipt.parts.is_empty() && self.ledger.index().is_some() {
                self.ledger.edit(now, |index| {
                    remember(index);
                    Ok::<(), StoreError>(())
                })?;
            }
            return Ok(Vec::new());
        }
        let codes: Vec<Vec<CodeSet>> =
            newcomers.iter_mut().map(|newcomer| std::mem::take(&mut newcomer.extras.codes)).collect();
        let added = self.ledger.add_with(newcomers, &remember, now, progress)?;
        let id = |added: &Added| match added {
            Added::New(id) | Added::Already(id) => *id,
        };
        let plan = self.plan_codes(added.iter().map(id).zip(codes))?;
        self.carry_out(&plan, now)?;
        Ok(added.into_iter().filter_map(|added| if let Added::New(id) = added { Some(id) } else { None }).collect())
    }

    /// Gives the account `old` the secret of `account`. The old secret goes to the trash.
    ///
    /// # Errors
    /// When anything fails; nothing has then changed.
    pub fn replace(&mut self, old: AccountId, account: Account, now: UnixTime) -> Result<Added, StoreError> {
        let replaces = match self.ledger.account(old) {
            Err(StoreError::Broken { .. }) => Replaces::Broken(old),
            _ => Replaces::ReEnrolled(old),
        };
        let newcomer = Newcomer { replaces: Some(replaces), ..account.into() };
        let added = self.ledger.add(vec![newcomer], now, &mut |_| {})?;
        added.first().copied().ok_or(StoreError::NotKept)
    }
}

/// For each account the position of the first one that gives the same codes.
fn first_of_each(accounts: &[&Account]) -> Result<Vec<usize>, StoreError> {
    let id = AccountId::random().map_err(|_| StoreError::NoRandomness)?;
    // A canary of the moment: its fingerprints compare many accounts at once.
    let canary = Canary::new(id, "", UnixTime::default())?;
    let mut seen = HashMap::new();
    Ok(accounts
        .iter()
        .enumerate()
        .map(|(at, account)| *seen.entry(canary.fingerprint(account)).or_insert(at))
        .collect())
}

/// Whether an incomplete transfer is one of those just read.
fn concerns(missing: &MissingParts, parts: &[Part]) -> bool {
    parts.iter().any(|part| part.size == missing.size && missing.read.contains(&(part.index + 1)))
}

/// Remembers `parts` until their transfer is complete.
fn remember(index: &mut Index, parts: &[Part]) {
    for part in parts {
        if !index.parts.contains(part) {
            index.parts.push(*part);
        }
    }
    let all = index.parts.clone();
    let same = |one: &Part, two: &Part| (one.batch_id, one.size) == (two.batch_id, two.size);
    index.parts.retain(|part| all.iter().filter(|other| same(part, other)).count() < part.size as usize);
    let surplus = index.parts.len().saturating_sub(MAX_PARTS);
    index.parts.drain(..surplus);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Backend, BackendKind};

    #[test]
    fn parts_are_forgotten_when_their_transfer_is_complete() {
        let backend = Backend { kind: BackendKind::Memory, service: String::new(), collection: String::new() };
        let mut index = Index::new(AccountId::random().unwrap(), backend);
        let part = |batch_id, index, size| Part { batch_id, index, size };
        remember(&mut index, &[part(Some(1), 0, 2), part(None, 2, 3), part(Some(1), 0, 2)]);
        assert_eq!(index.parts, [part(Some(1), 0, 2), part(None, 2, 3)]);
        remember(&mut index, &[part(Some(1), 1, 2)]);
        assert_eq!(index.parts, [part(None, 2, 3)]);
    }
}
