//! Codes from accounts, for a given time (RFC 4226, RFC 6238, Steam Guard, Mobile-OTP, Yandex).
//!
//! The HMAC is totp-rs'; the truncation is ours, because that crate has no HOTP and panics at ten
//! digits. Nothing here can fail: an [`Account`] is valid since it was made.

mod motp;
mod offset;
mod seen;
mod verify;
mod yandex;

use std::fmt;

use totp_rs::{Builder, Totp};

use crate::account::{Account, Algorithm, Kind};
use crate::clock::UnixTime;

pub use offset::{Measured, Offset, offsets};
pub use seen::Seen;
pub use verify::{LOOK_AHEAD, Verdict, WINDOW, verify};

/// A code and when it is valid.
#[derive(Clone, PartialEq, Eq)]
pub struct Code {
    /// The symbols to type: 1 to 10 decimal digits, Steam's five letters and digits, Mobile-OTP's
    /// six hexadecimal digits, or Yandex' eight letters.
    pub digits: String,
    /// When it is valid; `None` for HOTP, whose codes do not depend on the time.
    pub valid: Option<Validity>,
}

/// The time in which a code is valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Validity {
    /// The first second.
    pub from: UnixTime,
    /// The first second after it.
    pub until: UnixTime,
}

impl Code {
    /// Seconds for which the code stays valid after `now`, 0 if it no longer is; `None` for HOTP.
    pub fn seconds_left(&self, now: UnixTime) -> Option<u64> {
        self.valid.map(|valid| valid.until.since(now))
    }
}

impl fmt::Debug for Code {
    // A code in a log would still be good for some seconds.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Code").field("valid", &self.valid).finish_non_exhaustive()
    }
}

/// The code of `account` at `now`; for HOTP the one at its stored counter.
pub fn at(account: &Account, now: UnixTime) -> Code {
    of_step(account, step_at(account.kind(), now))
}

/// The code after [`at`]: of the next period, or at the next counter.
///
/// After the last counter, 2⁶⁴ − 1, comes 0.
pub fn next(account: &Account, now: UnixTime) -> Code {
    of_step(account, step_at(account.kind(), now).wrapping_add(1))
}

/// The code of `account` at a step: a whole period since 1970, or a counter.
pub(crate) fn of_step(account: &Account, step: u64) -> Code {
    let valid = account.kind().period().map(u64::from).map(|period| {
        let from = step.saturating_mul(period);
        Validity { from: UnixTime(from), until: UnixTime(from.saturating_add(period)) }
    });
    Code { digits: Generator::new(account).digits(step), valid }
}

/// The moving factor of the HMAC: whole periods since 1970, or the counter.
fn step_at(kind: Kind, now: UnixTime) -> u64 {
    match kind {
        Kind::Hotp { counter } => counter,
        Kind::Totp { period } => now.0 / u64::from(period.max(1)),
        Kind::Steam | Kind::Yandex => now.0 / 30,
        Kind::Motp => now.0 / 10,
    }
}

/// What makes many codes of one account.
enum Generator<'a> {
    Decimal(Totp, u8),
    Steam(Totp),
    Yandex(Totp),
    Motp(&'a Account),
}

impl<'a> Generator<'a> {
    fn new(account: &'a Account) -> Self {
        // EXPOSE: the HMAC takes the raw key; totp-rs wipes its copy.
        let totp = |key| signer(account.algorithm(), key);
        let raw = || totp(account.secret().expose());
        match account.kind() {
            Kind::Totp { .. } | Kind::Hotp { .. } => Self::Decimal(raw(), account.digits()),
            Kind::Steam => Self::Steam(raw()),
            Kind::Yandex => Self::Yandex(totp(&yandex::key(account))),
            Kind::Motp => Self::Motp(account),
        }
    }

    /// The symbols of one code.
    fn digits(&self, step: u64) -> String {
        match self {
            Self::Decimal(totp, digits) => decimal(truncate(totp.sign(step).as_ref()), *digits),
            Self::Steam(totp) => steam(truncate(totp.sign(step).as_ref())),
            Self::Yandex(totp) => yandex::letters(totp.sign(step).as_ref()),
            Self::Motp(account) => motp::code(account, step),
        }
    }
}

/// The HMAC of `algorithm` with `key`.
fn signer(algorithm: Algorithm, key: &[u8]) -> Totp {
    let algorithm = match algorithm {
        // Mobile-OTP, the only one with MD5, has no HMAC and never comes here.
        Algorithm::Sha1 | Algorithm::Md5 => totp_rs::Algorithm::SHA1,
        Algorithm::Sha256 => totp_rs::Algorithm::SHA256,
        Algorithm::Sha512 => totp_rs::Algorithm::SHA512,
    };
    // `build` refuses the 80-bit secrets that most sites hand out. A step of 1 makes the "time"
    // that is signed the moving factor itself. Only `sign` is used: other methods panic.
    Builder::new().with_algorithm(algorithm).with_step_duration(1).with_secret(key).build_noncompliant()
}

/// The 31-bit number of which a code is the last digits, for many keys in a row.
pub(crate) fn number(algorithm: Algorithm, key: &[u8], step: u64) -> u32 {
    truncate(signer(algorithm, key).sign(step).as_ref())
}

/// Where dynamic truncation begins in `hash` (RFC 4226 section 5.3).
fn offset(hash: &[u8]) -> usize {
    hash.last().map_or(0, |last| usize::from(last & 15))
}

/// Dynamic truncation to 31 bits (RFC 4226 section 5.3).
fn truncate(hash: &[u8]) -> u32 {
    // The shortest hash has 20 bytes, and the offset is at most 15.
    let word = hash.get(offset(hash)..).and_then(|rest| rest.first_chunk()).copied().unwrap_or_default();
    u32::from_be_bytes(word) & 0x7fff_ffff
}

/// The last `digits` decimal digits of `number`, with leading zeros.
fn decimal(number: u32, digits: u8) -> String {
    let shown = u64::from(number) % 10_u64.pow(u32::from(digits.min(10)));
    format!("{shown:0width$}", width = usize::from(digits))
}

/// Steam's five symbols, least significant first (`formats.md` 23.2).
fn steam(number: u32) -> String {
    const ALPHABET: &[u8; 26] = b"23456789BCDFGHJKMNPQRTVWXY";
    let mut rest = number as usize;
    let symbols = std::iter::repeat_with(|| {
        let symbol = ALPHABET[rest % 26];
        rest /= 26;
        char::from(symbol)
    });
    symbols.take(5).collect()
}

#[cfg(test)]
mod tests;
