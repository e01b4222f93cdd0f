//! Whether the time of a comparison tells how much of a code or a secret was right (`security.md`
//! G16): Welch's t-test between inputs that differ at once and inputs that differ at the end.
//! Beyond ±4.5 it does. A comparison that stops at the first difference is measured as well: where
//! that one is not found out, the machine is too busy for the figures to mean anything.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a tool for developers")]
#![allow(clippy::cast_precision_loss, reason = "nobody needs more digits")]

use std::hint::black_box;
use std::time::Instant;

use otp::account::{Account, Algorithm, Kind, Parts};
use otp::clock::UnixTime;
use otp::code::{self, Verdict};
use otp::secret::Secret;

/// How many times each comparison is measured.
const SAMPLES: usize = 1_000_000;
/// Beyond this the times differ.
const BAR: f64 = 4.5;

fn main() {
    println!("{:<58} {:>9} {:>9}", "what", "bar", "t");
    let (right, first, last) = (vec![7; 64], changed(0), changed(63));
    let naive = |other: &Vec<u8>| right.iter().zip(other).all(|(one, two)| black_box(one) == black_box(two));
    row(
        "control: stops at the first difference",
        "over",
        differ(SAMPLES, 16, |late| naive(if late { &last } else { &first })),
    );
    let [right, first, last] = [right.clone(), first.clone(), last.clone()].map(Secret::new);
    row("a secret of 64 bytes", "4.5", differ(SAMPLES, 16, |late| right.matches(if late { &last } else { &first })));
    let (account, now) = (account(), UnixTime(1_111_111_109));
    let digits = code::at(&account, now).digits;
    let wrong = |place: usize| {
        let mut wrong = digits.clone().into_bytes();
        wrong[place] = if wrong[place] == b'9' { b'0' } else { b'9' };
        String::from_utf8(wrong).unwrap()
    };
    let (first, last) = (wrong(0), wrong(digits.len() - 1));
    // One `verify` computes 241 codes; a hundredth of the samples takes long enough.
    let verify = |typed: &str| code::verify(&account, typed, now) != Verdict::NoMatch;
    row("`otp verify` of a code", "4.5", differ(SAMPLES / 100, 1, |late| verify(if late { &last } else { &first })));
}

fn changed(place: usize) -> Vec<u8> {
    let mut bytes = vec![7; 64];
    bytes[place] = 8;
    bytes
}

fn account() -> Account {
    let secret = Secret::new(b"12345678901234567890".to_vec());
    let kind = Kind::Totp { period: 30 };
    let (issuer, name) = ("Binance".to_owned(), "taro".to_owned());
    Account::new(Parts { issuer, name, kind, algorithm: Algorithm::Sha1, digits: 8, secret, pin: None }).unwrap()
}

fn row(what: &str, bar: &str, t: f64) {
    let verdict = if t.abs() < BAR { "alike" } else { "differ" };
    println!("{what:<58} {bar:>9} {t:>9.2}  {verdict}");
}

/// Welch's t between the times of `compare(false)` and `compare(true)`, each measured `samples`
/// times, `at_once` calls to a measurement. What comes next nobody can foresee; the slowest tenth,
/// in which the machine did something else, is left out.
fn differ(samples: usize, at_once: usize, compare: impl Fn(bool) -> bool) -> f64 {
    let mut times = [Vec::with_capacity(samples), Vec::with_capacity(samples)];
    let mut random = 0x9e37_79b9_7f4a_7c15_u64;
    while times[0].len() < samples || times[1].len() < samples {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        let late = random & 1 == 1;
        let started = Instant::now();
        for _ in 0..at_once {
            black_box(compare(black_box(late)));
        }
        times[usize::from(late)].push(started.elapsed().as_nanos() as f64);
    }
    let mut all: Vec<f64> = times.iter().flatten().copied().collect();
    all.sort_by(f64::total_cmp);
    let most = all[all.len() * 9 / 10];
    let [early, late] = times.map(|times| moments(times.into_iter().filter(|time| *time <= most)));
    (early.0 - late.0) / (early.1 + late.1).sqrt()
}

/// The mean, and the variance of the mean.
fn moments(times: impl Iterator<Item = f64>) -> (f64, f64) {
    let (mut count, mut mean, mut squares) = (0.0, 0.0, 0.0);
    for time in times {
        count += 1.0;
        let distance = time - mean;
        mean += distance / count;
        squares += distance * (time - mean);
    }
    (mean, squares / (count - 1.0) / count)
}
