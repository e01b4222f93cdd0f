//! Codes of stored accounts.

use crate::account::{Account, AccountId, Kind};
use crate::app::App;
use crate::clock::{FURTHEST, UnixTime};
use crate::code::{self, Code, Measured, Seen, Verdict, offsets};
use crate::store::StoreError;
use crate::store::index::Event;

impl App {
    /// The code of the account `id`. For HOTP this uses the counter up: the next one is durable
    /// before the code is shown, so that no code is ever shown twice.
    ///
    /// # Errors
    /// When the secret cannot be read, or the counter cannot be written or go further.
    pub fn code(&mut self, id: AccountId, now: UnixTime) -> Result<Code, StoreError> {
        let account = self.ledger.account(id)?;
        if matches!(account.kind(), Kind::Hotp { .. }) {
            return self.use_counter(account, id, now);
        }
        Ok(code::at(&account, now))
    }

    /// The accounts `ids` with their secrets, in one go; see `Ledger::accounts`.
    ///
    /// # Errors
    /// When the place does not answer, or is not the one with the accounts.
    pub fn secrets(&mut self, ids: &[AccountId]) -> Result<Vec<Result<Account, StoreError>>, StoreError> {
        self.ledger.accounts(ids)
    }

    /// Takes the counter from the newest index, so that two processes never take the same.
    fn use_counter(&mut self, account: Account, id: AccountId, now: UnixTime) -> Result<Code, StoreError> {
        let broken = || StoreError::Broken { account: id.to_string() };
        let used = self.ledger.edit(now, |index| {
            let entry = index.entry_mut(id).ok_or_else(broken)?;
            let counter = entry.counter.unwrap_or(0);
            entry.counter = Some(counter.checked_add(1).ok_or(StoreError::CounterEnd)?);
            Ok::<u64, StoreError>(counter)
        })?;
        let mut parts = account.into_parts();
        parts.kind = Kind::Hotp { counter: used };
        let account = Account::new(parts).map_err(|_| broken())?;
        Ok(code::at(&account, now))
    }

    /// Whether `typed` is a code of the account `id`. A counter that the site is ahead of is
    /// brought forward.
    ///
    /// # Errors
    /// When the secret cannot be read, or the counter cannot be written.
    pub fn verify(&mut self, id: AccountId, typed: &str, now: UnixTime) -> Result<Verdict, StoreError> {
        let account = self.ledger.account(id)?;
        let verdict = code::verify(&account, typed, now);
        if let (Kind::Hotp { counter }, Verdict::Match | Verdict::Ahead { .. }) = (account.kind(), &verdict) {
            let steps = if let Verdict::Ahead { steps } = verdict { steps } else { 0 };
            let next = counter.saturating_add(steps).saturating_add(1);
            self.ledger.edit(now, |index| {
                if let Some(entry) = index.entry_mut(id) {
                    entry.counter = Some(entry.counter.unwrap_or(0).max(next));
                }
                index.record(Event::plain(now, id, "counter"));
                Ok::<(), StoreError>(())
            })?;
        }
        Ok(verdict)
    }

    /// How far this computer's clock is off, by codes of the account `id` that were `seen` in a row.
    ///
    /// # Errors
    /// When the secret cannot be read.
    pub fn measure(&mut self, id: AccountId, seen: &[Seen]) -> Result<Measured, StoreError> {
        Ok(offsets(&self.ledger.account(id)?, seen, FURTHEST))
    }

    /// What `typed` says about each of the accounts `ids`, in their order: tells several enrolments
    /// of one account apart. A secret that cannot be read is no match. No counter is changed.
    ///
    /// # Errors
    /// When the place does not answer, or is not the one with the accounts.
    pub fn whose(&mut self, ids: &[AccountId], typed: &str, now: UnixTime) -> Result<Vec<Verdict>, StoreError> {
        let answers = self.ledger.accounts(ids)?;
        let verdict = |answer: &Result<Account, StoreError>| match answer {
            Ok(account) => code::verify(account, typed, now),
            Err(_) => Verdict::NoMatch,
        };
        Ok(answers.iter().map(verdict).collect())
    }
}
