//! Where nothing tells: a look once a second whether the screen was locked, or the computer slept.

use std::thread;
use std::time::Duration;

use super::{Signals, screen};
use crate::worker::Wake;

/// The time from one look to the next.
const ROUND: Duration = Duration::from_secs(1);
/// The seconds without a look from which on the computer must have slept; a busy one, or one that
/// saves power, may be late by a few.
const ASLEEP: u64 = 20;

/// Looks from now on, on a thread of its own.
pub(super) fn listen(signals: &Signals, wake: &Wake) {
    let (signals, wake) = (signals.clone(), wake.clone());
    let thread = thread::Builder::new().name("lock".to_owned());
    let _ = thread.spawn(move || {
        let mut seen = Seen { at: passed(), locked: screen::is_locked() };
        loop {
            thread::sleep(ROUND);
            if seen.changes(passed(), screen::is_locked()) {
                signals.tell();
                wake();
            }
        }
    });
}

/// The seconds on a clock that goes on while the computer sleeps, and that nobody sets.
#[cfg(unix)]
fn passed() -> u64 {
    use rustix::time::{ClockId, clock_gettime};
    // The monotonic clock of Linux stands still meanwhile; that of macOS does not.
    #[cfg(target_os = "linux")]
    let clock = ClockId::Boottime;
    #[cfg(not(target_os = "linux"))]
    let clock = ClockId::Monotonic;
    u64::try_from(clock_gettime(clock).tv_sec).unwrap_or(0)
}

/// The seconds on the clock of the wall: Windows promises of no other that it counts sleep. Setting
/// it forward looks like sleep, which does no harm.
#[cfg(not(unix))]
fn passed() -> u64 {
    otp::clock::UnixTime::now().0
}

/// What the last look found.
struct Seen {
    at: u64,
    locked: bool,
}

impl Seen {
    /// Whether the screen was locked, or the computer slept, since the last look.
    fn changes(&mut self, at: u64, locked: bool) -> bool {
        let before = std::mem::replace(self, Self { at, locked });
        (locked && !before.locked) || at.saturating_sub(before.at) >= ASLEEP
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_screen_that_locks_is_seen_once() {
        let mut seen = Seen { at: 100, locked: false };
        let looks =
            [(101, false, false), (102, true, true), (103, true, false), (104, false, false), (105, true, true)];
        for (at, locked, changes) in looks {
            assert_eq!(seen.changes(at, locked), changes, "{at}");
        }
    }

    #[test]
    fn a_gap_in_time_is_sleep() {
        let mut seen = Seen { at: 100, locked: false };
        let looks = [(101, false), (120, false), (140, true), (141, false), (40_000, true), (40_001, false)];
        for (at, slept) in looks {
            assert_eq!(seen.changes(at, false), slept, "{at}");
        }
        // A clock that is set back is no sleep.
        assert!(!seen.changes(100, false));
    }
}
