//! Why a target cannot carry an account.

use crate::account::{Account, Kind};
use crate::text;
use crate::text::Text;

/// Why a target cannot carry an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// It has no codes of this kind.
    Kind(Kind),
    /// It has no codes that are valid this long.
    Period {
        /// In seconds.
        seconds: u32,
    },
    /// It has no codes of this length.
    Digits {
        /// The length.
        digits: u8,
    },
    /// It needs an issuer.
    NoIssuer,
    /// Its entries of Steam are all called Steam.
    SteamIssuer,
    /// The names are longer than it has room for.
    LongName,
    /// It keeps the secrets of Mobile-OTP as bytes, and this one is no hexadecimal number.
    MotpKey,
    /// It does not keep PINs.
    Pin,
}

impl Reason {
    /// One sentence: why.
    pub fn text(&self) -> Text {
        match self {
            Self::Kind(Kind::Totp { .. }) => text!("export-reason-totp"),
            Self::Kind(Kind::Hotp { .. }) => text!("export-reason-hotp"),
            Self::Kind(Kind::Steam) => text!("export-reason-steam"),
            Self::Kind(Kind::Motp) => text!("export-reason-motp"),
            Self::Kind(Kind::Yandex) => text!("export-reason-yandex"),
            Self::Period { seconds } => text!("export-reason-period", seconds = *seconds),
            Self::Digits { digits } => text!("export-reason-digits", digits = *digits),
            Self::NoIssuer => text!("export-reason-no-issuer"),
            Self::SteamIssuer => text!("export-reason-steam-issuer"),
            Self::LongName => text!("export-reason-long-name"),
            Self::MotpKey => text!("export-reason-motp-key"),
            Self::Pin => text!("export-reason-pin"),
        }
    }
}

/// The kinds that a target has.
#[derive(Clone, Copy)]
pub(super) struct Kinds(pub(super) &'static [&'static str]);

impl Kinds {
    /// The reason if `account` is of none of these kinds.
    pub(super) fn refuse(self, account: &Account) -> Option<Reason> {
        (!self.0.contains(&account.kind().id())).then_some(Reason::Kind(account.kind()))
    }
}

/// The reason if `account` has codes of a length outside of `lengths`; Steam's has its own.
pub(super) fn refuse_digits(account: &Account, lengths: std::ops::RangeInclusive<u8>) -> Option<Reason> {
    let free = account.kind().fixed().is_none();
    (free && !lengths.contains(&account.digits())).then_some(Reason::Digits { digits: account.digits() })
}

/// The reason if `account` is of Steam and called otherwise.
pub(super) fn refuse_steam_issuer(account: &Account) -> Option<Reason> {
    (account.kind() == Kind::Steam && account.issuer() != "Steam").then_some(Reason::SteamIssuer)
}
