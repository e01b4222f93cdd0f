//! Values that every format has: secrets, numbers, algorithms (`formats.md` 2.2, 2.4, 2.5).

use zeroize::Zeroizing;

use crate::account::{AccountError, Algorithm, MAX_PERIOD, MAX_SECRET, YANDEX_KEY};
use crate::key;
use crate::secret::Secret;

use super::{Note, UriError};

/// Reads a secret as files and addresses hold it: base32 in any case, grouped, padded, of any
/// length; bits left over are dropped (`formats.md` 2.2). Keys that people type are read by
/// [`key::read`], which names mistakes.
///
/// # Errors
/// When there is none, one symbol is no base32, or there are more than 128 bytes.
pub fn decode_secret(text: &str) -> Result<Secret, UriError> {
    let mut symbols = Zeroizing::new(String::with_capacity(text.len()));
    for symbol in text.chars() {
        match symbol {
            '-' | '_' | '=' | '\0' => {}
            _ if symbol.is_whitespace() => {}
            _ if key::is_symbol(symbol) => symbols.push(symbol.to_ascii_uppercase()),
            _ => return Err(UriError::BadSecret),
        }
    }
    match key::bytes_in(symbols.len()) {
        0 => Err(UriError::NoSecret),
        1..=MAX_SECRET => key::decode(&symbols).ok_or(UriError::BadSecret),
        bytes => Err(UriError::Account(AccountError::SecretTooLong { bytes })),
    }
}

/// The secret of Mobile-OTP: the text that is hashed, usually hexadecimal digits.
///
/// # Errors
/// When there is none, it is too long, or has anything but visible ASCII.
pub fn motp_secret(text: &str) -> Result<Secret, UriError> {
    let text = super::names::trim(text);
    match text.len() {
        0 => Err(UriError::NoSecret),
        1..=MAX_SECRET if text.bytes().all(|byte| byte.is_ascii_graphic()) => Ok(Secret::new(text.into())),
        1..=MAX_SECRET => Err(UriError::BadSecret),
        bytes => Err(UriError::Account(AccountError::SecretTooLong { bytes })),
    }
}

/// The key in a secret of Yandex; what follows it there is a checksum (`formats.md` 23.4).
pub fn yandex_secret(secret: Secret) -> Secret {
    // EXPOSE: cut to its first part, which is a `Secret` again.
    match secret.expose().get(..YANDEX_KEY) {
        Some(key) => Secret::new(key.to_vec()),
        None => secret,
    }
}

/// Reads a whole number written as text; `None` where it is blank.
///
/// # Errors
/// [`UriError::BadNumber`] for `field` when it is negative, fractional or no number at all.
pub fn read_number(field: Field, text: &str) -> Result<Option<u64>, UriError> {
    let text = super::names::trim(text);
    if text.is_empty() {
        return Ok(None);
    }
    // `parse` alone would take `+6` too.
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let number = text.parse().ok().filter(|_| digits);
    number.map(Some).ok_or(UriError::BadNumber { field })
}

/// A number among the settings of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The length of a code.
    Digits,
    /// How long a code is valid.
    Period,
    /// The counter of the next code.
    Counter,
}

/// The number of digits: `default` where none or 0 is given, with a note about the 0.
///
/// # Errors
/// When it is not 1 to 10.
pub fn settle_digits(given: Option<u64>, default: u8, notes: &mut Vec<Note>) -> Result<u8, AccountError> {
    match given {
        None => Ok(default),
        Some(0) => {
            notes.push(Note::ZeroDigits { taken: default });
            Ok(default)
        }
        Some(digits) => u8::try_from(digits).ok().filter(|digits| *digits <= 10).ok_or(AccountError::Digits { digits }),
    }
}

/// The period in seconds: 30 where none or 0 is given, with a note about the 0.
///
/// # Errors
/// When it is not 1 to 86,400.
pub fn settle_period(given: Option<u64>, notes: &mut Vec<Note>) -> Result<u32, AccountError> {
    match given {
        None => Ok(DEFAULT_PERIOD),
        Some(0) => {
            notes.push(Note::ZeroPeriod { taken: DEFAULT_PERIOD });
            Ok(DEFAULT_PERIOD)
        }
        Some(seconds) => {
            let period = u32::try_from(seconds).ok().filter(|period| *period <= MAX_PERIOD);
            period.ok_or(AccountError::Period { seconds })
        }
    }
}

/// The period where none is given, in seconds.
pub const DEFAULT_PERIOD: u32 = 30;
/// The number of digits where none is given.
pub const DEFAULT_DIGITS: u8 = 6;

/// The algorithm named `name`: SHA-1 where it is blank, never a guess where it is unknown.
///
/// # Errors
/// When it is not supported; it is named if other apps are known to offer it.
pub fn settle_algorithm(name: &str) -> Result<Algorithm, UriError> {
    const UNSUPPORTED: &[&str] = &["MD5", "SHA224", "SHA384", "SHA3-256", "SHA3-512"];
    if super::names::trim(name).is_empty() {
        return Ok(Algorithm::default());
    }
    Algorithm::parse(name).ok_or_else(|| {
        let plain = |name: &str| name.to_ascii_uppercase().replace("HMAC", "").replace(['-', '_'], "");
        let known = UNSUPPORTED.iter().find(|known| plain(known) == plain(name));
        UriError::Algorithm { known: known.copied() }
    })
}
