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

/// How many parts of transfers are remembered.
const MAX_PARTS: usize = 1_000;

/// A part of a transfer that was just read.
#[derive(Debug, Clone, Copy)]
struct ReadPart {
    part: Part,
    /// Whether one of its accounts will be kept.
    brings_new: bool,
}

/// What an import would do.
#[derive(Debug)]
pub struct Receipt {
    /// The accounts, in the order of the source.
    pub lines: Vec<ReceiptLine>,
    /// The entries that make no account.
    pub skipped: Vec<Skipped>,
    /// The transfers that are not complete, earlier calls counted in.
    pub missing: Vec<MissingParts>,
    /// Whether an encrypted sheet is among them: without all of its parts it gives no account.
    pub unopened: bool,
    /// What was left out of the sources as a whole.
    pub remarks: Vec<Text>,
    /// The same of what nobody misses who has the accounts.
    pub asides: Vec<Text>,
    parts: Vec<ReadPart>,
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

    /// The same once more, without those of its lines that `wanted` says no to.
    #[must_use]
    pub fn of_wanted(&self, wanted: &[bool]) -> Self {
        let lines = self.lines.iter().zip(wanted).filter(|(_, wanted)| **wanted);
        Self {
            lines: lines.map(|(line, _)| line.duplicate()).collect(),
            skipped: self.skipped.clone(),
            missing: self.missing.clone(),
            unopened: self.unopened,
            remarks: self.remarks.clone(),
            asides: self.asides.clone(),
            parts: self.parts.clone(),
        }
    }

    /// Whether everything in the sources that were read is kept once this is accepted. What lies in our
    /// trash is deleted one day, and what was left out is nowhere else.
    pub fn is_whole(&self) -> bool {
        let trashed = self.lines.iter().any(|line| matches!(line.outcome, Outcome::InTrash(_)));
        !trashed && !self.unopened && self.skipped.is_empty() && self.remarks.is_empty()
    }
}

impl ReceiptLine {
    /// The account in the trash that this is, where the source has it in use.
    pub fn missed(&self) -> Option<AccountId> {
        match self.outcome {
            Outcome::InTrash(id) if self.extras.trashed.is_none() => Some(id),
            _ => None,
        }
    }

    fn duplicate(&self) -> Self {
        let Self { place, account, outcome, notes, extras } = self;
        let (outcome, notes) = (outcome.clone(), notes.clone());
        Self { place: *place, account: account.duplicate(), outcome, notes, extras: extras.duplicate() }
    }
}

impl App {
    /// Compares `batch` with what is here, and takes over what is in it. Writes nothing.
    ///
    /// # Errors
    /// When the place of the secrets does not answer, or is not the one with the accounts; `batch` is
    /// then as it was.
    pub fn compare(&mut self, batch: &mut Batch) -> Result<Receipt, StoreError> {
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
        let batch = std::mem::take(batch);
        let brings_new =
            |accounts| outcomes.get(accounts).is_some_and(|all: &[Outcome]| all.iter().any(Outcome::is_kept));
        let parts: Vec<ReadPart> =
            batch.transfers().map(|(part, accounts)| ReadPart { part, brings_new: brings_new(accounts) }).collect();
        let sheets = batch.missing_sheet_parts();
        let lines = (batch.accounts.into_iter().zip(outcomes))
            .map(|(imported, outcome)| ReceiptLine {
                place: imported.place,
                account: imported.account,
                outcome,
                notes: imported.notes,
                extras: imported.extras,
            })
            .collect();
        let asked: Vec<Part> = parts.iter().map(|read| read.part).collect();
        let unopened = !sheets.is_empty();
        let missing = missing_parts(&self.with_remembered(&parts), &asked).into_iter().chain(sheets).collect();
        let (remarks, asides) = (batch.remarks, batch.asides);
        Ok(Receipt { lines, skipped: batch.skipped, missing, unopened, remarks, asides, parts })
    }

    /// The parts remembered so far together with `parts`.
    fn with_remembered(&self, parts: &[ReadPart]) -> Vec<Part> {
        let mut all = self.ledger.index().map(|index| index.parts.clone()).unwrap_or_default();
        remember(&mut all, parts);
        all
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
        let remember = |index: &mut Index| remember(&mut index.parts, &receipt.parts);
        if newcomers.is_empty() {
            let known = self.ledger.index().map(|index| &index.parts);
            if known.is_some_and(|known| *known != self.with_remembered(&receipt.parts)) {
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

/// Remembers the parts that were read, those of complete transfers, too: whoever imports such a part
/// again lacks nothing. A part that was read before and now brings new accounts is one of another
/// transfer, which starts anew.
fn remember(known: &mut Vec<Part>, parts: &[ReadPart]) {
    for ReadPart { part, brings_new } in parts {
        if *brings_new && known.contains(part) {
            known.retain(|other| !other.is_of_the_transfer_of(part));
        }
        if !known.contains(part) {
            known.push(*part);
        }
    }
    let surplus = known.len().saturating_sub(MAX_PARTS);
    known.drain(..surplus);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_transfer_is_complete_once_each_part_was_read_whatever_it_brought() {
        let part = |index| Part { batch_id: None, index, size: 2 };
        let missing = |known: &[Part]| missing_parts(known, &[part(0)]).len();
        let mut known = Vec::new();
        remember(&mut known, &[ReadPart { part: part(1), brings_new: true }]);
        assert_eq!(missing(&known), 1);
        remember(&mut known, &[ReadPart { part: part(0), brings_new: false }]);
        assert_eq!(missing(&known), 0);
        // The same again changes nothing; new accounts in it make it another transfer.
        remember(&mut known, &[ReadPart { part: part(0), brings_new: false }]);
        assert_eq!(known, [part(1), part(0)]);
        remember(&mut known, &[ReadPart { part: part(0), brings_new: true }]);
        assert_eq!((known.as_slice(), missing(&known)), ([part(0)].as_slice(), 1));
    }
}
