//! The fire drill, and proving one copy, backup or sheet: what it gives is compared in memory with
//! what is kept. Nothing is left of it but the date.

use crate::account::AccountId;
use crate::app::App;
use crate::clock::UnixTime;
use crate::import::Imported;
use crate::recovery::drill::{self, Kept, Line, Verdict};
use crate::store::StoreError;

/// What was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// A file: a recovery copy or a backup.
    Copy,
    /// A picture of a printed sheet.
    Paper,
}

impl App {
    /// Compares `found`, which was read from a copy or from paper, with every account that is kept,
    /// and dates those that it proves.
    ///
    /// # Errors
    /// When the place does not answer, or is not the one with the accounts.
    pub fn prove(&mut self, found: &[Imported], proof: Proof, now: UnixTime) -> Result<Vec<Line>, StoreError> {
        let entries = self.ledger.index().map(|index| index.accounts.clone()).unwrap_or_default();
        let ids: Vec<AccountId> = entries.iter().map(|entry| entry.id).collect();
        let accounts = if ids.is_empty() { Vec::new() } else { self.ledger.accounts(&ids)? };
        let kept: Vec<Kept> =
            entries.into_iter().zip(accounts).map(|(entry, account)| Kept { entry, account }).collect();
        let mut lines = drill::compare(&kept, found, now);
        // What is in the trash may be missing anywhere.
        lines.retain(|line| !(line.trashed && line.verdict == Verdict::Missing));
        let proved: Vec<AccountId> =
            lines.iter().filter(|line| line.verdict == Verdict::Same).filter_map(|line| line.id).collect();
        self.date(&proved, proof, now)?;
        Ok(lines)
    }

    /// Remembers that the accounts `ids` were proved.
    pub(super) fn date(&mut self, ids: &[AccountId], proof: Proof, now: UnixTime) -> Result<(), StoreError> {
        if ids.is_empty() {
            return Ok(());
        }
        self.ledger.edit(now, |index| {
            for entry in index.accounts.iter_mut().filter(|entry| ids.contains(&entry.id)) {
                match proof {
                    Proof::Copy => entry.way_back.copy_proved = Some(now),
                    Proof::Paper => entry.way_back.paper_proved = Some(now),
                }
            }
            Ok(())
        })
    }
}
