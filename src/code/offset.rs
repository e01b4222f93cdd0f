//! How far a clock is off, by codes that another one showed.

use subtle::ConstantTimeEq;

use crate::account::{Account, Kind};

use super::{Generator, Seen, verify::spelled};

/// How far this computer's clock is behind another: at least and at most so many seconds, negative
/// when it is ahead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offset {
    /// The least that fits the codes.
    pub least: i64,
    /// The most.
    pub most: i64,
}

impl Offset {
    /// The middle, from which the truth is away by half the span at most.
    pub fn seconds(self) -> i64 {
        i64::midpoint(self.least, self.most)
    }

    /// Whether the clock may be right.
    pub fn allows_none(self) -> bool {
        (self.least..=self.most).contains(&0)
    }

    /// What both allow, if anything.
    fn and(self, other: Self) -> Option<Self> {
        let (least, most) = (self.least.max(other.least), self.most.min(other.most));
        (least <= most).then_some(Self { least, most })
    }
}

/// What codes tell of a clock.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    /// Every answer that fits all codes, the nearest to no offset first.
    pub fitting: Vec<Offset>,
    /// How many answers are to be expected by chance, if the codes were of no account at all. Far
    /// below 1 it is the chance that there is a wrong one.
    pub expected_false: f64,
}

/// A wrong offset may be found with this probability, and is still good enough to be kept.
const UNSURE: f64 = 0.001;

impl Measured {
    /// Whether one answer fits, and a wrong one would hardly have.
    pub fn is_sure(&self) -> bool {
        self.fitting.len() == 1 && self.expected_false <= UNSURE
    }
}

/// Looks for the offsets within `furthest` seconds at which `account` gives every code that was
/// `seen`; the times are this computer's. Nothing for kinds whose codes do not depend on the time.
///
/// Like [`super::verify`], it always computes and compares every code it looks at.
pub fn offsets(account: &Account, seen: &[Seen], furthest: i64) -> Measured {
    let Some(period) = account.kind().period().map(i64::from) else {
        return Measured { fitting: Vec::new(), expected_false: 0.0 };
    };
    let generator = Generator::new(account);
    let mut fitting = vec![Offset { least: -furthest, most: furthest }];
    let mut expected_false = 1.0;
    for seen in seen {
        let code = spelled(account, seen.digits());
        let mut looked_at = 0_u32;
        let [from, until] = [seen.from, seen.until].map(|time| i64::try_from(time.0).unwrap_or(i64::MAX / 2));
        let mut narrower: Vec<Offset> = Vec::new();
        for span in &fitting {
            for step in (from + span.least).div_euclid(period).max(0)..=(until + span.most).div_euclid(period) {
                let shown = generator.digits(step.unsigned_abs());
                let same: bool = shown.as_bytes().ct_eq(code.as_bytes()).into();
                // At one moment between `from` and `until` the other clock was within the step.
                let within = Offset { least: step * period - until, most: (step + 1) * period - 1 - from };
                narrower.extend(within.and(*span).filter(|_| same));
                looked_at += 1;
            }
        }
        // A code of no account fits each place with the same chance.
        let places = f64::from(looked_at) / f64::from(u32::try_from(fitting.len().max(1)).unwrap_or(u32::MAX));
        expected_false *= places.max(1.0) / variety(account);
        fitting = narrower;
    }
    fitting.sort_by_key(|offset| offset.seconds().abs());
    Measured { fitting, expected_false }
}

/// How many different codes the account can give.
fn variety(account: &Account) -> f64 {
    let digits = i32::from(account.digits());
    match account.kind() {
        Kind::Totp { .. } | Kind::Hotp { .. } => 10_f64.powi(digits),
        Kind::Steam | Kind::Yandex => 26_f64.powi(digits),
        Kind::Motp => 16_f64.powi(digits),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::UnixTime;
    use crate::code;
    use crate::uri::parse;

    fn account() -> Account {
        parse("otpauth://totp/x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ").unwrap().account
    }

    /// What the phone showed when this computer's clock said `now`, the phone being `ahead`.
    fn seen(now: u64, ahead: i64) -> Seen {
        let now = UnixTime(now);
        Seen::new(&code::at(&account(), now.plus(ahead)).digits, now, now)
    }

    const NOW: u64 = 1_795_584_925;

    #[test]
    fn the_offset_is_found_within_a_day() {
        for ahead in [0, 29, -31, 205, -7_200, 32_400, 86_300, -86_300] {
            // The second code is typed 38 s later.
            let measured = offsets(&account(), &[seen(NOW, ahead), seen(NOW + 38, ahead)], 86_400);
            let [offset] = measured.fitting[..] else { panic!("{ahead}: {measured:?}") };
            assert!((offset.least..=offset.most).contains(&ahead), "{ahead}: {offset:?}");
            assert!(offset.most - offset.least < 30, "{ahead}: {offset:?}");
            // 5761 and a few places for the first code, three or so for the second.
            assert!((5e-9..3e-8).contains(&measured.expected_false), "{measured:?}");
        }
    }

    #[test]
    fn a_second_code_narrows_it_down() {
        let one = offsets(&account(), &[seen(NOW, 95)], 3_600).fitting[0];
        assert_eq!(one.most - one.least, 29);
        // The phone shows a new code 8 s into ours: less is left in doubt.
        let both = offsets(&account(), &[seen(NOW, 95), seen(NOW + 8, 95), seen(NOW + 22, 95)], 3_600).fitting[0];
        assert!(both.most - both.least < 29 && (both.least..=both.most).contains(&95), "{both:?}");
    }

    #[test]
    fn codes_that_do_not_belong_together_fit_nothing() {
        let (first, second) = (seen(NOW, 0), seen(NOW + 30, 300));
        assert_eq!(offsets(&account(), &[first, second], 86_400).fitting, []);
        let hotp = parse("otpauth://hotp/x?secret=GEZDGNBVGY3TQOJQ&counter=0").unwrap().account;
        assert_eq!(offsets(&hotp, &[seen(NOW, 0)], 86_400).fitting, []);
    }
}
