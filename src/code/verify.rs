//! Whether a typed code belongs to an account, and how far the clock must be off for it to.

use subtle::{ConditionallySelectable, ConstantTimeEq};
use zeroize::Zeroizing;

use crate::account::{Account, Kind};
use crate::clock::UnixTime;
use crate::key;
use crate::text;
use crate::text::Text;

use super::{Generator, step_at};

/// What a typed code says about an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is the code of now, or the one at the stored counter.
    Match,
    /// It is the code of another time within [`WINDOW`].
    ClockOff {
        /// From now to that time, in whole periods: negative when the code is an old one, that is
        /// when this computer's clock is fast (or typing took long).
        seconds: i64,
    },
    /// HOTP: it is the code some counters ahead, at most [`LOOK_AHEAD`].
    Ahead {
        /// How many.
        steps: u64,
    },
    /// It is none of these.
    NoMatch,
}

impl Verdict {
    /// One sentence for the person who typed the code.
    pub fn text(self) -> Text {
        match self {
            Self::Match => text!("code-match"),
            Self::ClockOff { seconds } if seconds < 0 => text!("code-clock-fast", seconds = seconds.unsigned_abs()),
            Self::ClockOff { seconds } => text!("code-clock-slow", seconds = seconds.unsigned_abs()),
            Self::Ahead { steps } => text!("code-ahead", steps = steps),
            Self::NoMatch => text!("code-no-match"),
        }
    }
}

/// How far the clock may be off, in seconds, either way; at least one period is looked at.
pub const WINDOW: u32 = 3_600;
/// How many counters ahead of the stored one are looked at.
pub const LOOK_AHEAD: u32 = 100;

/// Compares `typed` with the codes of `account` around `now`, the nearest match winning.
///
/// Spaces, dashes and width do not matter. Every code of the window is always computed and compared
/// in constant time. With 6 digits and 30 s the window holds 241 codes, so any six digits match by
/// chance once in 4,150 tries (1 in 9,900 for HOTP); shorter codes or periods match more often.
pub fn verify(account: &Account, typed: &str, now: UnixTime) -> Verdict {
    let typed = spelled(account, typed);
    let period = account.kind().period();
    let (before, after) = match period {
        Some(period) => ((WINDOW / period).max(1), (WINDOW / period).max(1)),
        None => (0, LOOK_AHEAD),
    };
    let start = step_at(account.kind(), now);
    match (nearest(account, &typed, start, i64::from(before), i64::from(after)), period) {
        (None, _) => Verdict::NoMatch,
        (Some(0), _) => Verdict::Match,
        (Some(steps), Some(period)) => Verdict::ClockOff { seconds: steps * i64::from(period) },
        (Some(steps), None) => Verdict::Ahead { steps: steps.unsigned_abs() },
    }
}

/// `typed` as the account spells its codes.
pub(super) fn spelled(account: &Account, typed: &str) -> Zeroizing<String> {
    let mut typed = key::symbols(typed);
    match account.kind() {
        Kind::Steam => typed.make_ascii_uppercase(),
        Kind::Motp | Kind::Yandex => typed.make_ascii_lowercase(),
        Kind::Totp { .. } | Kind::Hotp { .. } => {}
    }
    typed
}

/// The distance in steps from `start` to the nearest code that equals `typed`.
fn nearest(account: &Account, typed: &str, start: u64, before: i64, after: i64) -> Option<i64> {
    let generator = Generator::new(account);
    let mut best = i64::MAX;
    // From far to near, so that the last match kept is the nearest one.
    for distance in (0..=before.max(after)).rev() {
        for steps in [distance, -distance] {
            let Some(step) = start.checked_add_signed(steps).filter(|_| (-before..=after).contains(&steps)) else {
                continue;
            };
            let same = generator.digits(step).as_bytes().ct_eq(typed.as_bytes());
            best.conditional_assign(&steps, same);
        }
    }
    (best != i64::MAX).then_some(best)
}
