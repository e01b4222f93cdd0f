//! A new key for an account that has one, because its site was asked for one.

use crate::account::{Account, AccountId, Parts};
use crate::app::App;
use crate::clock::UnixTime;
use crate::secret::Secret;
use crate::store::StoreError;
use crate::store::index::Entry;
use crate::store::ledger::{Added, Newcomer, Replaces};

impl App {
    /// What a new key of the account `id` goes into: everything but the secret, which may be gone.
    ///
    /// # Errors
    /// When the place does not answer, or the account is of a kind of a newer program.
    pub fn settings(&mut self, id: AccountId) -> Result<Parts, StoreError> {
        match self.ledger.account(id) {
            Ok(account) => Ok(account.into_parts()),
            // Its secret is gone, and that is why there is a new one: the index knows the rest.
            Err(error @ StoreError::Broken { .. }) => self.entry(id).and_then(remembered).ok_or(error),
            Err(error) => Err(error),
        }
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

/// The settings of an account whose secret cannot be read; `None` for kinds of newer programs.
pub fn remembered(entry: &Entry) -> Option<Parts> {
    Some(Parts {
        issuer: entry.issuer.clone(),
        name: entry.name.clone(),
        kind: entry.kind()?,
        algorithm: entry.algorithm,
        digits: entry.digits,
        secret: Secret::new(Vec::new()),
        pin: None,
    })
}
