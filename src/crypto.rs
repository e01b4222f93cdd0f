//! Bounded cryptography: what a file asks for is checked before any work is done.
//!
//! For vault, backups and the locked exports of other apps. Nothing here is our own invention; the
//! members only set limits around well-known crates.

pub mod age;

pub mod armor;

pub mod cipher;

pub mod kdf;

pub mod openssl;

pub mod passphrase;

pub mod stream;

pub mod words;

use crate::error::{Exit, Explain};
use crate::text;
use crate::text::Text;

/// Why something could not be encrypted or decrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CryptoError {
    /// The passphrase does not fit. A file damaged exactly where it keeps the wrapped key looks
    /// the same; no program can tell the two apart.
    WrongPassphrase,
    /// The file is encrypted for another key.
    WrongKey,
    /// What was given is no key of `age`.
    NoKey,
    /// It has the form of one, and its letters do not fit together.
    Slip,
    /// The file is encrypted for a key, not with a passphrase.
    NoPassphrase,
    /// A passphrase has to be text (UTF-8), because that is what `age` takes.
    NotText,
    /// The file is cut short or altered, or never was one.
    Damaged,
    /// The file asks for more scrypt work than allowed (`security.md` R2.2).
    TooMuchWork {
        /// The base-2 logarithm of the number of rounds asked for.
        required: u8,
        /// The largest accepted.
        most: u8,
    },
    /// The file asks for more memory or time than allowed to derive a key (`security.md` R2.2).
    TooCostly,
    /// The file is larger than any real one.
    TooLarge {
        /// The largest accepted, in MiB.
        most: u64,
    },
}

impl Explain for CryptoError {
    fn text(&self) -> Text {
        match self {
            Self::WrongPassphrase => text!("crypto-wrong-passphrase"),
            Self::WrongKey => text!("crypto-wrong-key"),
            Self::NoKey => text!("crypto-no-key"),
            Self::Slip => text!("crypto-slip"),
            Self::NoPassphrase => text!("crypto-no-passphrase"),
            Self::NotText => text!("crypto-not-text"),
            Self::Damaged => text!("crypto-damaged"),
            Self::TooMuchWork { required, most } => {
                text!("crypto-too-much-work", required = *required, most = *most)
            }
            Self::TooCostly => text!("crypto-too-costly"),
            Self::TooLarge { most } => text!("crypto-too-large", most = *most),
        }
    }

    fn hint(&self) -> Option<Text> {
        Some(match self {
            Self::WrongPassphrase => text!("crypto-hint-wrong-passphrase"),
            Self::WrongKey => text!("crypto-hint-wrong-key"),
            Self::NoPassphrase => text!("crypto-hint-key"),
            Self::NoKey => text!("crypto-hint-no-key"),
            Self::Slip => text!("crypto-hint-slip"),
            Self::NotText => text!("crypto-hint-not-text"),
            Self::Damaged | Self::TooLarge { .. } => text!("crypto-hint-damaged"),
            Self::TooMuchWork { .. } => text!("crypto-hint-too-much-work"),
            Self::TooCostly => text!("crypto-hint-too-costly"),
        })
    }

    fn exit(&self) -> Exit {
        match self {
            Self::WrongPassphrase | Self::WrongKey | Self::NoKey | Self::Slip | Self::NotText => Exit::WrongPassphrase,
            _ => Exit::BadInput,
        }
    }
}

crate::explained!(CryptoError);
