//! How much work a picture may cost.
//!
//! Work is counted and not timed, so that the same picture gives the same answer on every machine. One
//! unit is about what a pass over one pixel costs; everything that an attacker could multiply is
//! charged before it is done.

/// A million pixels.
const MEGA: u64 = 1_000_000;
/// The most work that one picture costs.
const BUDGET: u64 = 120 * MEGA;

/// How much work may be done.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Allowance {
    /// What is left, in pixels.
    pub(crate) pixels: u64,
    /// Whether something was left out because it would have been more.
    pub(crate) is_short: bool,
}

impl Allowance {
    /// As much as a picture by itself may take, or `most` if that is less.
    pub(crate) fn up_to(most: u64) -> Self {
        Self { pixels: most.min(BUDGET), is_short: false }
    }

    /// Takes `cost` off; where less is left nothing is taken, and the answer is no.
    #[must_use]
    pub(super) fn spend(&mut self, cost: u64) -> bool {
        let left = self.pixels.checked_sub(cost);
        self.is_short |= left.is_none();
        self.pixels = left.unwrap_or(self.pixels);
        left.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_is_spent_than_there_is() {
        let mut work = Allowance::up_to(u64::MAX);
        assert!(work.spend(BUDGET - 10) && !work.is_short);
        assert!(!work.spend(11) && work.is_short);
        assert!(work.spend(10) && !work.spend(1));
    }
}
