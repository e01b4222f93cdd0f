//! The readiness of every account, and what to do next.

use crate::account::AccountId;
use crate::app::App;
use crate::clock::UnixTime;
use crate::recovery::readiness::{self, Level, Standing, Step};

/// How the accounts stand, all together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many have a way back that was tried.
    pub good: usize,
    /// How many have one that was not.
    pub watch: usize,
    /// How many have none.
    pub bad: usize,
}

impl App {
    /// The ways back into the account `id`.
    pub fn standing(&self, id: AccountId) -> Option<Standing<'_>> {
        let index = self.ledger.index()?;
        Some(Standing::of(index.entry(id)?, index))
    }

    /// How many accounts outside the trash stand how.
    pub fn tally(&self, now: UnixTime) -> Tally {
        let levels = self.accounts().into_iter().filter_map(|entry| self.standing(entry.id)).map(|it| it.level(now));
        levels.fold(Tally::default(), |tally, level| match level {
            Level::Good => Tally { good: tally.good + 1, ..tally },
            Level::Watch => Tally { watch: tally.watch + 1, ..tally },
            Level::Bad => Tally { bad: tally.bad + 1, ..tally },
        })
    }

    /// What is worth doing, the most valuable first.
    pub fn next_steps(&self, now: UnixTime) -> Vec<Step> {
        self.ledger.index().map(|index| readiness::steps(index, now)).unwrap_or_default()
    }
}
