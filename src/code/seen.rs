//! A code that somebody saw somewhere, and when.

use std::ops::RangeInclusive;

use crate::clock::UnixTime;
use crate::key;

/// How many seconds it takes to type a code.
const TYPING: i64 = 5;

/// A code that was seen at some moment between two.
#[derive(Clone, PartialEq, Eq)]
pub struct Seen {
    digits: String,
    pub(super) from: UnixTime,
    pub(super) until: UnixTime,
}

impl Seen {
    /// The code as `typed`, seen from `from` to `until`; spaces, dashes and width do not matter.
    pub fn new(typed: &str, from: UnixTime, until: UnixTime) -> Self {
        Self { digits: key::symbols(typed).to_string(), from, until: until.max(from) }
    }

    /// The code as it was `typed` by `now`: it may have changed while it was.
    pub fn typed(typed: &str, now: UnixTime) -> Self {
        Self::new(typed, now.plus(-TYPING), now)
    }

    /// The symbols of the code.
    pub fn digits(&self) -> &str {
        &self.digits
    }

    /// The steps of `period` seconds at which it may have been shown, if the clock is off by up to
    /// `tolerance` of them.
    pub fn steps(&self, period: u32, tolerance: u32) -> RangeInclusive<u64> {
        let (period, tolerance) = (u64::from(period.max(1)), u64::from(tolerance));
        (self.from.0 / period).saturating_sub(tolerance)..=(self.until.0 / period).saturating_add(tolerance)
    }
}

impl std::fmt::Debug for Seen {
    // A code in a log would still be good for some seconds.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Seen").field("from", &self.from).field("until", &self.until).finish_non_exhaustive()
    }
}
