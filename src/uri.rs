//! `otpauth://` addresses (Key URIs), both ways, and the rules for names, secrets and numbers that
//! the other formats share.
//!
//! What real sites emit breaks every rule there is, so reading is lenient in spelling and strict in
//! meaning: an unknown algorithm or kind is refused, because a guess gives wrong codes.
//! Format: `formats.md` 2 and 4; limits: `security.md` R1.2 and R1.3.

mod names;
mod percent;
mod read;
mod values;
mod write;

use crate::account::{Account, AccountError};
use crate::error::{Exit, Explain};
use crate::text;
use crate::text::Text;

pub use names::settle_names;
pub(crate) use percent::{encoded, escaped};
pub use read::{MAX_LENGTH, find, names_in, parameter, parse};
pub use values::{
    DEFAULT_DIGITS, DEFAULT_PERIOD, Field, decode_secret, motp_secret, read_number, settle_algorithm, settle_digits,
    settle_period, yandex_secret,
};
pub use write::write;

/// An account that was read, and what its owner should know about it.
#[derive(Debug)]
pub struct Parsed {
    /// The account.
    pub account: Account,
    /// What is odd about it; usually nothing.
    pub notes: Vec<Note>,
}

/// Something odd about an account that could be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// The label names another issuer than the `issuer` parameter. The parameter was taken, and
    /// the whole label kept as name.
    IssuerDiffers {
        /// The one in the label.
        label: String,
        /// The one in the parameter.
        issuer: String,
    },
    /// 0 digits are given; the default was taken.
    ZeroDigits {
        /// The default.
        taken: u8,
    },
    /// A period of 0 is given; the default was taken.
    ZeroPeriod {
        /// The default, in seconds.
        taken: u32,
    },
    /// A HOTP account without its counter; it starts at 0.
    NoCounter,
    /// Mobile-OTP or Yandex without the PIN that its codes may need.
    NoPin,
    /// The secret has fewer than 10 bytes.
    ShortSecret {
        /// Its length.
        bytes: usize,
    },
}

impl Note {
    /// One sentence for the owner of the account.
    pub fn text(&self) -> Text {
        match self {
            Self::IssuerDiffers { label, issuer } => {
                text!("uri-note-issuer-differs", label = label.as_str(), issuer = issuer.as_str())
            }
            Self::ZeroDigits { taken } => text!("uri-note-zero-digits", taken = *taken),
            Self::ZeroPeriod { taken } => text!("uri-note-zero-period", taken = *taken),
            Self::NoCounter => text!("uri-note-no-counter"),
            Self::NoPin => text!("uri-note-no-pin"),
            Self::ShortSecret { bytes } => text!("uri-note-short-secret", bytes = *bytes),
        }
    }
}

/// Why an address makes no account. Never holds anything of the address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UriError {
    /// No address of an account at all.
    NoAddress,
    /// An `otpauth-migration://` address, which holds several accounts.
    Transfer,
    /// A `phonefactor://` address: Microsoft's push messages, no codes.
    PhoneFactor,
    /// Longer than [`MAX_LENGTH`].
    TooLong {
        /// Its length.
        bytes: usize,
    },
    /// A kind of code that nobody knows.
    UnknownKind,
    /// There is no secret.
    NoSecret,
    /// The secret is given twice; one of them is somebody else's.
    TwoSecrets,
    /// The secret is not base32.
    BadSecret,
    /// An algorithm that is not supported.
    Algorithm {
        /// Its name, if it is one that other apps offer.
        known: Option<&'static str>,
    },
    /// A setting that has to be a whole number is none.
    BadNumber {
        /// Which one.
        field: Field,
    },
    /// The parts do not make an account.
    Account(AccountError),
}

impl From<AccountError> for UriError {
    fn from(error: AccountError) -> Self {
        Self::Account(error)
    }
}

impl Explain for UriError {
    fn text(&self) -> Text {
        match self {
            Self::NoAddress => text!("uri-no-address"),
            Self::Transfer => text!("uri-transfer"),
            Self::PhoneFactor => text!("uri-phonefactor"),
            Self::TooLong { bytes } => text!("uri-too-long", bytes = *bytes, most = MAX_LENGTH),
            Self::UnknownKind => text!("uri-unknown-kind"),
            Self::NoSecret => text!("uri-no-secret"),
            Self::TwoSecrets => text!("uri-two-secrets"),
            Self::BadSecret => text!("uri-bad-secret"),
            Self::Algorithm { known: Some(name) } => text!("uri-algorithm-not-supported", name = *name),
            Self::Algorithm { known: None } => text!("uri-unknown-algorithm"),
            Self::BadNumber { field: Field::Digits } => text!("uri-bad-digits"),
            Self::BadNumber { field: Field::Period } => text!("uri-bad-period"),
            Self::BadNumber { field: Field::Counter } => text!("uri-bad-counter"),
            Self::Account(error) => error.text(),
        }
    }

    fn hint(&self) -> Option<Text> {
        Some(match self {
            Self::NoAddress => text!("uri-hint-address"),
            Self::Transfer => text!("uri-hint-transfer"),
            Self::PhoneFactor => text!("uri-hint-phonefactor"),
            Self::Algorithm { known: Some(_) } => text!("uri-hint-keep-other-app"),
            Self::TwoSecrets => text!("uri-hint-two-secrets"),
            Self::Account(error) => return error.hint(),
            _ => text!("uri-hint-ask-the-site"),
        })
    }

    fn exit(&self) -> Exit {
        match self {
            Self::Account(error) => error.exit(),
            _ => Exit::BadInput,
        }
    }
}

crate::explained!(UriError);

#[cfg(test)]
mod tests;
