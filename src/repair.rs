//! The true backup key, found from one with slips in it and codes that were seen.
//!
//! The search goes outwards from the key as written: letters that look alike first, then any other
//! letter, neighbours swapped, one too many, one left out, and what can be made of these. It goes as
//! far as the codes can tell keys apart, and says how likely a wrong key is among those that fit.
//!
//! A [`Search`] belongs on a thread of its own; through its [`Watch`] another sees how far it is, and
//! can end it.

mod error;
mod lanes;
mod sieve;
mod stage;
mod watch;
mod written;

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::account::{Account, Algorithm, Kind, Parts};
use crate::code::{self, Seen};
use crate::key;
use crate::secret::Secret;

pub use error::RepairError;
pub use stage::Stage;
pub use watch::Watch;

use sieve::Sieve;
use written::Pattern;

/// How the codes are made, which no slip changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    /// How many digits a code has: 1 to 10.
    pub digits: u8,
    /// For how many seconds it is valid: 1 to 86,400.
    pub period: u32,
    /// The hash.
    pub algorithm: Algorithm,
}

impl Default for Shape {
    fn default() -> Self {
        Self { digits: 6, period: 30, algorithm: Algorithm::Sha1 }
    }
}

impl Shape {
    /// The account with the key `secret` whose codes have this shape.
    ///
    /// # Errors
    /// When key, digits or period are out of range.
    pub fn account(self, issuer: String, name: String, secret: Secret) -> Result<Account, RepairError> {
        let Self { digits, period, algorithm } = self;
        let kind = Kind::Totp { period };
        Account::new(Parts { issuer, name, kind, algorithm, digits, secret, pin: None }).map_err(RepairError::Shape)
    }
}

/// A key that gives every code.
#[derive(Debug)]
pub struct Found {
    /// The key.
    pub secret: Secret,
    /// The slips that lead from it to the key as written.
    pub slips: Stage,
    /// Where it differs from the key as written, counted from 1; empty if letters were too many or too few.
    pub places: Vec<usize>,
}

/// How a run of the search ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// At least one key fits. There may be more further out, but they are less likely.
    Found,
    /// Nothing fits, and more than this cannot be searched.
    Exhausted,
    /// Nothing fits, and so few codes cannot tell more keys apart.
    TooFewCodes,
    /// It was told to end. It can be run again.
    Stopped,
}

/// The largest stage, in keys: about an hour on two cores.
const LARGEST: u128 = 20_000_000_000;
/// How many wrong keys may fit by chance at the end of a search.
const MOST_FALSE: f64 = 1.0;

/// The search for one key.
pub struct Search {
    written: Pattern,
    shape: Shape,
    tolerance: u32,
    seen: Vec<Seen>,
    /// The stages that were not gone through, in their order, and how many keys each tries.
    ahead: Vec<(Stage, u128)>,
    tried: u128,
    found: Vec<Found>,
    threads: usize,
}

impl Search {
    /// For a key written as `typed`, in which `?` stands for a letter that cannot be read. The clock
    /// by which codes were seen may be off by `tolerance` periods, either way.
    ///
    /// # Errors
    /// When that is no key, or the shape is out of range.
    pub fn new(typed: &str, shape: Shape, tolerance: u32) -> Result<Self, RepairError> {
        let written = written::read(typed)?;
        // Whatever is wrong with the shape is known before anybody waits.
        shape.account(String::new(), String::new(), Secret::new(vec![0]))?;
        let ahead = stages(&written);
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        Ok(Self { written, shape, tolerance, seen: Vec::new(), ahead, tried: 0, found: Vec::new(), threads })
    }

    /// The same on `threads` threads instead of one for each core.
    #[must_use]
    pub fn on_threads(mut self, threads: usize) -> Self {
        self.threads = threads.max(1);
        self
    }

    /// Adds a code that was seen. Keys found before stay only if they give it, too.
    ///
    /// # Errors
    /// When it has another number of digits, or was seen over too long a time.
    pub fn add(&mut self, seen: Seen) -> Result<(), RepairError> {
        if seen.digits().len() != usize::from(self.shape.digits) || !seen.digits().bytes().all(|b| b.is_ascii_digit()) {
            return Err(RepairError::NotACode { digits: self.shape.digits });
        }
        let steps = seen.steps(self.shape.period, self.tolerance);
        if steps.end() - steps.start() >= MOST_STEPS {
            return Err(RepairError::TooVague);
        }
        self.seen.push(seen);
        let found = std::mem::take(&mut self.found);
        self.found = found.into_iter().filter(|found| self.gives_all(&found.secret)).collect();
        Ok(())
    }

    /// Searches on, stage by stage, until a key fits or there is nothing left to do.
    ///
    /// # Errors
    /// When no code was added.
    pub fn run(&mut self, watch: &Watch) -> Result<End, RepairError> {
        if self.seen.is_empty() {
            return Err(RepairError::NoCode);
        }
        if !self.found.is_empty() {
            return Ok(End::Found);
        }
        watch.begin(self.tried, self.planned());
        while let Some(at) = self.ahead.iter().position(|(_, size)| self.can_tell_apart(*size)) {
            let (stage, size) = self.ahead[at];
            let patterns = stage.patterns(&self.written);
            let hits = self.search(stage, &patterns, watch);
            if watch.is_stopped() {
                return Ok(End::Stopped);
            }
            self.ahead.remove(at);
            self.tried = self.tried.saturating_add(size);
            watch.reached(self.tried);
            for secret in hits {
                self.keep(secret, stage);
            }
            if !self.found.is_empty() {
                return Ok(End::Found);
            }
        }
        let too_many = self.ahead.iter().any(|(_, size)| *size <= LARGEST);
        Ok(if too_many { End::TooFewCodes } else { End::Exhausted })
    }

    /// The keys that give every code.
    pub fn found(&self) -> &[Found] {
        &self.found
    }

    /// The keys that give every code, taken out.
    pub fn into_found(self) -> Vec<Found> {
        self.found
    }

    /// How the codes are made.
    pub fn shape(&self) -> Shape {
        self.shape
    }

    /// How many keys were tried so far.
    pub fn tried(&self) -> u128 {
        self.tried
    }

    /// How many codes there are to tell keys apart.
    pub fn codes(&self) -> usize {
        self.seen.len()
    }

    /// How many wrong keys are to be expected among those tried that give every code by chance:
    /// keys × steps ÷ 10^digits, for each code. Far below 1 it is the chance that there is one.
    pub fn expected_false(&self) -> f64 {
        self.expected(self.tried)
    }

    fn expected(&self, keys: u128) -> f64 {
        #[allow(clippy::cast_precision_loss, reason = "a chance needs no more than 53 bits")]
        let (keys, steps) = (keys as f64, |seen: &Seen| self.steps(seen).count() as f64);
        let codes = 10_f64.powi(i32::from(self.shape.digits));
        self.seen.iter().fold(keys, |expected, seen| expected * steps(seen) / codes)
    }

    fn can_tell_apart(&self, size: u128) -> bool {
        size <= LARGEST && self.expected(self.tried.saturating_add(size)) <= MOST_FALSE
    }

    /// How many keys will have been tried when all is done that the codes allow.
    fn planned(&self) -> u128 {
        self.ahead.iter().fold(self.tried, |sum, (_, size)| {
            let sum_with = sum.saturating_add(*size);
            if *size <= LARGEST && self.expected(sum_with) <= MOST_FALSE { sum_with } else { sum }
        })
    }

    fn steps(&self, seen: &Seen) -> std::ops::RangeInclusive<u64> {
        seen.steps(self.shape.period, self.tolerance)
    }

    /// Goes through one stage on all threads; gives back the keys that give every code.
    fn search(&self, stage: Stage, patterns: &[Pattern], watch: &Watch) -> Vec<Secret> {
        let fewest = self.seen.iter().min_by_key(|seen| self.steps(seen).count());
        let (Some(first), Some(length)) = (fewest, patterns.first().map(|pattern| pattern.len())) else {
            return Vec::new();
        };
        let Some(wanted) = number(first.digits()) else { return Vec::new() };
        let sieve = Sieve::new(length, self.shape.algorithm, self.steps(first).collect(), wanted);
        let (next, hits) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
        std::thread::scope(|scope| {
            for _ in 0..self.threads {
                scope.spawn(|| self.take_units(stage, patterns, &sieve, &next, &hits, watch));
            }
        });
        hits.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    /// One thread: walks past all units, and tries those that no other thread has taken.
    fn take_units(
        &self,
        stage: Stage,
        patterns: &[Pattern],
        sieve: &Sieve,
        next: &AtomicUsize,
        hits: &Mutex<Vec<Secret>>,
        watch: &Watch,
    ) {
        let mut worker = sieve.worker(watch);
        let (mut at, mut mine) = (0, next.fetch_add(1, Ordering::Relaxed));
        let _ = stage.units(patterns, &mut |unit| {
            if watch.is_stopped() {
                return ControlFlow::Break(());
            }
            if at == mine {
                worker.search(unit, &mut |letters| {
                    let secret = key::decode(&written::spell(letters)).filter(|secret| self.gives_all(secret));
                    hits.lock().unwrap_or_else(PoisonError::into_inner).extend(secret);
                });
                mine = next.fetch_add(1, Ordering::Relaxed);
            }
            at += 1;
            ControlFlow::Continue(())
        });
    }

    /// Whether the key gives every code that was seen; asked of `code`, not of the sieve.
    fn gives_all(&self, secret: &Secret) -> bool {
        let account = self.shape.account(String::new(), String::new(), secret.duplicate());
        account.is_ok_and(|account| {
            self.seen
                .iter()
                .all(|seen| self.steps(seen).any(|step| code::of_step(&account, step).digits == seen.digits()))
        })
    }

    /// Keeps a key once: several ways of reading may spell the same bytes.
    fn keep(&mut self, secret: Secret, slips: Stage) {
        if self.found.iter().all(|found| !found.secret.matches(&secret)) {
            // With letters too many or too few, nobody can say which letter is which.
            let as_long = slips.extra + slips.missing == 0;
            let places = if as_long { written::differences(&self.written, &secret) } else { Vec::new() };
            self.found.push(Found { secret, slips, places });
        }
    }
}

/// The most steps at which one code may have been shown.
const MOST_STEPS: u64 = 2_000;

/// All stages of a key, and how many keys each tries; those that try none left out.
fn stages(written: &Pattern) -> Vec<(Stage, u128)> {
    let mut made: Vec<(Stage, Vec<Pattern>)> = Vec::new();
    let sized = Stage::all(written.len()).into_iter().map(|stage| {
        let at = made.iter().position(|(other, _)| other.moves_like(stage)).unwrap_or_else(|| {
            made.push((stage, stage.patterns(written)));
            made.len() - 1
        });
        (stage, stage.size(&made[at].1))
    });
    sized.filter(|(_, size)| *size > 0).collect()
}

/// A code as the remainder that its number leaves, and the divisor. The number has 31 bits, so
/// that ten digits are the number itself.
fn number(digits: &str) -> Option<(u32, u32)> {
    let divisor = if digits.len() < 10 { 10_u32.pow(u32::try_from(digits.len()).ok()?) } else { 1 << 31 };
    digits.parse().ok().map(|remainder| (remainder, divisor))
}

#[cfg(test)]
mod tests;
