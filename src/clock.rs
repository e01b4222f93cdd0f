//! Time is a value: nothing below the two faces asks the system what time it is.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

/// A point in time: whole seconds since 1970-01-01 UTC (Unix time).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UnixTime(pub u64);

impl UnixTime {
    /// What the computer's clock says. A clock before 1970 counts as 1970.
    pub fn now() -> Self {
        Self(SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs()))
    }

    /// This time moved by `seconds`, held within the representable range.
    #[must_use]
    pub fn plus(self, seconds: i64) -> Self {
        Self(self.0.saturating_add_signed(seconds))
    }

    /// The day number since 1970-01-01 UTC.
    pub fn day(self) -> u64 {
        self.0 / DAY
    }

    /// Seconds from `earlier` to this time, 0 if it is later.
    pub fn since(self, earlier: Self) -> u64 {
        self.0.saturating_sub(earlier.0)
    }
}

/// Seconds in a day.
pub const DAY: u64 = 86_400;

/// How far this computer's clock is off, as its owner found out with codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// The seconds to be added to what the clock says: negative for a clock that is fast.
    pub seconds: i64,
    /// When that was found, by the clock as it is.
    pub found: UnixTime,
}

/// The furthest correction, in seconds either way: a day, so that no wrong time zone is too far.
pub const FURTHEST: i64 = 86_400;

/// The clock by which codes are made: the computer's, corrected where its owner said so.
///
/// Only codes are made by it. What is noted in the list of accounts has the computer's time, so that
/// its order stays when a correction comes or goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Clock(Option<Correction>);

impl Clock {
    /// The computer's clock with `correction`, which counts only within [`FURTHEST`].
    pub fn corrected(correction: Option<Correction>) -> Self {
        Self(correction.filter(|correction| (1..=FURTHEST).contains(&correction.seconds.saturating_abs())))
    }

    /// The time by which a code is made now.
    pub fn now(self) -> UnixTime {
        self.at(UnixTime::now())
    }

    /// The time by which a code is made when the computer's clock says `time`.
    pub fn at(self, time: UnixTime) -> UnixTime {
        time.plus(self.seconds())
    }

    /// What is added to the computer's time, in seconds; 0 without a correction.
    pub fn seconds(self) -> i64 {
        self.0.map_or(0, |correction| correction.seconds)
    }

    /// The correction in force.
    pub fn correction(self) -> Option<Correction> {
        self.0
    }
}

/// Watches whether the computer's clock goes on like every clock, or is set to another time.
#[derive(Debug)]
pub struct Steady {
    began: Instant,
    before: UnixTime,
}

impl Steady {
    /// Begins to watch.
    pub fn start() -> Self {
        Self { began: Instant::now(), before: UnixTime::now() }
    }

    /// Whether the clock was set back since it was looked at last.
    ///
    /// One that jumps ahead looks like a computer that slept, which is no fault of the clock.
    pub fn has_jumped(&mut self) -> bool {
        let (passed, last) = (self.began.elapsed(), self.before);
        *self = Self::start();
        is_back(last, passed, self.before)
    }
}

/// Whether a clock that said `last` and `passed` later says `now` was set back in between. A second or
/// two come from rounding, and from the small corrections that every time server makes.
fn is_back(last: UnixTime, passed: Duration, now: UnixTime) -> bool {
    last.0.saturating_add(passed.as_secs()) > now.0.saturating_add(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_is_set_back_is_noticed() {
        let is_back = |passed, now| super::is_back(UnixTime(1_000), Duration::from_secs(passed), UnixTime(now));
        assert!(is_back(10, 1_007) && is_back(0, 900));
        assert!(!is_back(10, 1_010) && !is_back(10, 1_009) && !is_back(1, 90_000));
        assert!(!Steady::start().has_jumped());
    }

    #[test]
    fn a_correction_counts_within_a_day() {
        let clock = |seconds| Clock::corrected(Some(Correction { seconds, found: UnixTime(0) }));
        let now = UnixTime(1_000_000);
        for (seconds, then) in [(90, 1_000_090), (-90, 999_910), (86_400, 1_086_400), (86_401, 1_000_000)] {
            assert_eq!(clock(seconds).at(now).0, then);
        }
        assert_eq!(clock(i64::MIN + 1).correction(), None);
        assert_eq!(clock(0).correction(), None);
        assert_eq!(Clock::default().at(now), now);
    }
}
