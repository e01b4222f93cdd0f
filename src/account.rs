//! An account: issuer, name, secret and how its codes are computed.
//!
//! An [`Account`] that exists is valid. Names are kept exactly as they came; `present` makes them
//! safe to show.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::error::{Exit, Explain};
use crate::secret::Secret;
use crate::text;
use crate::text::Text;

/// The random 128-bit number that names an account for good, written as 32 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountId([u8; 16]);

impl AccountId {
    /// A new random id.
    ///
    /// # Errors
    /// When the system has no randomness to give.
    pub fn random() -> Result<Self, AccountError> {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).map_err(|_| AccountError::NoRandomness)?;
        Ok(Self(bytes))
    }

    /// Reads 32 hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() != 32 || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        u128::from_str_radix(text, 16).ok().map(|number| Self(number.to_be_bytes()))
    }
}

impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", u128::from_be_bytes(self.0))
    }
}

impl fmt::Debug for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for AccountId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for AccountId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not an account id"))
    }
}

/// What the code is computed from, besides the secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "kind")]
pub enum Kind {
    /// From the time (RFC 6238).
    Totp {
        /// How long a code is valid, in seconds (1 to 86,400).
        period: u32,
    },
    /// From a counter (RFC 4226).
    Hotp {
        /// The counter of the next code.
        counter: u64,
    },
    /// Steam Guard: from the time in steps of 30 seconds, five letters or digits.
    Steam,
    /// Mobile-OTP: from the time in steps of 10 seconds and a PIN, with MD5.
    Motp,
    /// Yandex Key: from the time in steps of 30 seconds and a PIN, eight letters.
    Yandex,
}

impl Kind {
    /// The name used in Key URIs, the index and JSON.
    pub fn id(self) -> &'static str {
        match self {
            Self::Totp { .. } => "totp",
            Self::Hotp { .. } => "hotp",
            Self::Steam => "steam",
            Self::Motp => "motp",
            Self::Yandex => "yandex",
        }
    }

    /// The only algorithm and number of digits that codes of this kind have; `None` where there is
    /// a choice.
    pub fn fixed(self) -> Option<(Algorithm, u8)> {
        match self {
            Self::Totp { .. } | Self::Hotp { .. } => None,
            Self::Steam => Some((Algorithm::Sha1, 5)),
            Self::Motp => Some((Algorithm::Md5, 6)),
            Self::Yandex => Some((Algorithm::Sha256, 8)),
        }
    }

    /// How long a code is valid, in seconds; `None` when codes do not depend on the time.
    pub fn period(self) -> Option<u32> {
        match self {
            Self::Totp { period } => Some(period),
            Self::Steam | Self::Yandex => Some(30),
            Self::Motp => Some(10),
            Self::Hotp { .. } => None,
        }
    }
}

/// The hash inside the HMAC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Algorithm {
    /// SHA-1, the rule.
    #[default]
    Sha1,
    /// SHA-256.
    Sha256,
    /// SHA-512.
    Sha512,
    /// MD5, of Mobile-OTP alone.
    Md5,
}

impl Algorithm {
    /// The name used in Key URIs: `SHA1`, `SHA256`, `SHA512` or `MD5`.
    pub fn id(self) -> &'static str {
        match self {
            Self::Sha1 => "SHA1",
            Self::Sha256 => "SHA256",
            Self::Sha512 => "SHA512",
            Self::Md5 => "MD5",
        }
    }

    /// Reads the spellings found in the wild (`formats.md` 2.5): `sha-1`, `HmacSHA256`,
    /// `Algorithm.sha1` …; `None` for any other, MD5 too, which nothing but Mobile-OTP has.
    pub fn parse(name: &str) -> Option<Self> {
        let name = name.trim().to_ascii_uppercase();
        let name = name.strip_prefix("ALGORITHM.").unwrap_or(&name).replace("HMAC", "").replace(['-', '_'], "");
        [Self::Sha1, Self::Sha256, Self::Sha512].into_iter().find(|algorithm| algorithm.id() == name)
    }
}

/// The parts of an account before they are checked.
#[derive(Debug)]
pub struct Parts {
    /// Who issued the secret; may be empty.
    pub issuer: String,
    /// The account's name at the issuer, often an e-mail address; may be empty.
    pub name: String,
    /// What codes are computed from.
    pub kind: Kind,
    /// The hash inside the HMAC.
    pub algorithm: Algorithm,
    /// The length of a code: 1 to 10 (5 for Steam, 6 for Mobile-OTP, 8 for Yandex).
    pub digits: u8,
    /// The shared secret: 1 to 128 bytes. Of Mobile-OTP the text that is hashed, usually
    /// hexadecimal digits; of Yandex the 16 bytes of the key.
    pub secret: Secret,
    /// The PIN that Mobile-OTP and Yandex mix in, as text of at most 32 bytes.
    pub pin: Option<Secret>,
}

/// An account with its secret. Valid since it was made.
#[derive(Debug)]
pub struct Account(Parts);

impl Account {
    /// Checks `parts`.
    ///
    /// # Errors
    /// When a part is out of its range; see [`Parts`].
    pub fn new(parts: Parts) -> Result<Self, AccountError> {
        check_names(&parts.issuer, &parts.name)?;
        match parts.secret.len() {
            0 => return Err(AccountError::EmptySecret),
            1..=MAX_SECRET => {}
            bytes => return Err(AccountError::SecretTooLong { bytes }),
        }
        if !(1..=10).contains(&parts.digits) {
            return Err(AccountError::Digits { digits: parts.digits.into() });
        }
        match parts.kind {
            Kind::Totp { period } if !(1..=MAX_PERIOD).contains(&period) => {
                Err(AccountError::Period { seconds: period.into() })
            }
            Kind::Yandex if parts.secret.len() != YANDEX_KEY => Err(AccountError::YandexKey),
            kind if kind.fixed().is_some_and(|fixed| fixed != (parts.algorithm, parts.digits)) => {
                Err(AccountError::Fixed)
            }
            kind if kind.fixed().is_none() && parts.algorithm == Algorithm::Md5 => Err(AccountError::Fixed),
            kind => check_pin(kind, parts.pin.as_ref()).map(|()| Self(parts)),
        }
    }

    /// Who issued the secret; may be empty.
    pub fn issuer(&self) -> &str {
        &self.0.issuer
    }

    /// The account's name at the issuer; may be empty.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// What codes are computed from.
    pub fn kind(&self) -> Kind {
        self.0.kind
    }

    /// The hash inside the HMAC.
    pub fn algorithm(&self) -> Algorithm {
        self.0.algorithm
    }

    /// The length of a code.
    pub fn digits(&self) -> u8 {
        self.0.digits
    }

    /// The shared secret.
    pub fn secret(&self) -> &Secret {
        &self.0.secret
    }

    /// The PIN of Mobile-OTP and Yandex.
    pub fn pin(&self) -> Option<&Secret> {
        self.0.pin.as_ref()
    }

    /// Whether `other` gives the same codes: same secret, kind, algorithm, digits and period.
    /// Names and the place of a counter do not matter.
    pub fn gives_same_codes(&self, other: &Self) -> bool {
        let same_kind = match (self.kind(), other.kind()) {
            (Kind::Hotp { .. }, Kind::Hotp { .. }) => true,
            (one, two) => one == two,
        };
        same_kind
            && self.algorithm() == other.algorithm()
            && self.digits() == other.digits()
            && self.secret().matches(other.secret())
            && match (self.pin(), other.pin()) {
                (Some(one), Some(two)) => one.matches(two),
                (one, two) => one.is_none() && two.is_none(),
            }
    }

    /// Gives the parts back, to change some and check again.
    pub fn into_parts(self) -> Parts {
        self.0
    }

    /// A second copy, secret included, for the rare place that has to keep one.
    #[must_use]
    pub fn duplicate(&self) -> Self {
        Self(Parts {
            issuer: self.0.issuer.clone(),
            name: self.0.name.clone(),
            secret: self.0.secret.duplicate(),
            pin: self.0.pin.as_ref().map(Secret::duplicate),
            ..self.0
        })
    }
}

/// The longest secret, in bytes.
pub const MAX_SECRET: usize = 128;
/// The longest period, in seconds.
pub const MAX_PERIOD: u32 = 86_400;
/// The longest tag, in characters.
pub const MAX_TAG: usize = 64;
/// The longest note, in characters.
pub const MAX_NOTE: usize = 2_000;
/// The longest issuer or name, in characters.
pub const MAX_NAME: usize = 256;

/// The length of a Yandex key, in bytes.
pub const YANDEX_KEY: usize = 16;
/// The longest PIN, in bytes.
pub const MAX_PIN: usize = 32;

fn check_pin(kind: Kind, pin: Option<&Secret>) -> Result<(), AccountError> {
    let fits = |pin: &Secret| {
        let takes_one = matches!(kind, Kind::Motp | Kind::Yandex);
        takes_one && (1..=MAX_PIN).contains(&pin.len()) && pin.expose_text().is_some()
    };
    if pin.is_none_or(fits) { Ok(()) } else { Err(AccountError::Pin) }
}

/// Checks the lengths of an issuer and a name.
///
/// # Errors
/// When one has more than [`MAX_NAME`] characters.
pub fn check_names(issuer: &str, name: &str) -> Result<(), AccountError> {
    for text in [issuer, name] {
        let characters = text.chars().count();
        if characters > MAX_NAME {
            return Err(AccountError::NameTooLong { characters });
        }
    }
    Ok(())
}

/// Why parts do not make an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccountError {
    /// There is no secret.
    EmptySecret,
    /// The secret is longer than [`MAX_SECRET`].
    SecretTooLong {
        /// Its length.
        bytes: usize,
    },
    /// Issuer or name is longer than [`MAX_NAME`].
    NameTooLong {
        /// Its length.
        characters: usize,
    },
    /// Codes have 1 to 10 digits.
    Digits {
        /// The number asked for.
        digits: u64,
    },
    /// A period has 1 to 86,400 seconds.
    Period {
        /// The number asked for.
        seconds: u64,
    },
    /// Steam, Mobile-OTP and Yandex have one algorithm and length each; MD5 is Mobile-OTP's alone.
    Fixed,
    /// A Yandex key has 16 bytes.
    YandexKey,
    /// A PIN is a short text, and ordinary codes have none.
    Pin,
    /// The system gave no random numbers.
    NoRandomness,
}

impl Explain for AccountError {
    fn text(&self) -> Text {
        match self {
            Self::EmptySecret => text!("account-empty-secret"),
            Self::SecretTooLong { bytes } => text!("account-secret-too-long", bytes = *bytes, most = MAX_SECRET),
            Self::NameTooLong { characters } => {
                text!("account-name-too-long", characters = *characters, most = MAX_NAME)
            }
            Self::Digits { digits } => text!("account-digits", digits = *digits),
            Self::Period { seconds } => text!("account-period", seconds = *seconds, most = MAX_PERIOD),
            Self::Fixed => text!("account-fixed"),
            Self::YandexKey => text!("account-yandex-key"),
            Self::Pin => text!("account-pin", most = MAX_PIN),
            Self::NoRandomness => text!("account-no-randomness"),
        }
    }

    fn hint(&self) -> Option<Text> {
        Some(match self {
            Self::NameTooLong { .. } => text!("account-hint-shorten"),
            Self::NoRandomness => text!("account-hint-try-later"),
            _ => text!("account-hint-ask-the-site"),
        })
    }

    fn exit(&self) -> Exit {
        match self {
            Self::NoRandomness => Exit::Internal,
            _ => Exit::BadInput,
        }
    }
}

crate::explained!(AccountError);

#[cfg(test)]
mod tests {
    use super::*;

    fn parts() -> Parts {
        Parts {
            issuer: "Binance".into(),
            name: "taro@example.com".into(),
            kind: Kind::Totp { period: 30 },
            algorithm: Algorithm::Sha1,
            digits: 6,
            secret: Secret::new(vec![7; 10]),
            pin: None,
        }
    }

    #[test]
    fn parts_out_of_range_make_no_account() {
        #[track_caller]
        fn case(change: impl FnOnce(&mut Parts), expected: &AccountError) {
            let mut parts = parts();
            change(&mut parts);
            assert_eq!(&Account::new(parts).unwrap_err(), expected);
        }
        case(|p| p.secret = Secret::new(vec![]), &AccountError::EmptySecret);
        case(|p| p.secret = Secret::new(vec![1; 129]), &AccountError::SecretTooLong { bytes: 129 });
        case(|p| p.name = "あ".repeat(257), &AccountError::NameTooLong { characters: 257 });
        case(|p| p.digits = 11, &AccountError::Digits { digits: 11 });
        case(|p| p.digits = 0, &AccountError::Digits { digits: 0 });
        case(|p| p.kind = Kind::Totp { period: 0 }, &AccountError::Period { seconds: 0 });
        case(|p| p.kind = Kind::Totp { period: 86_401 }, &AccountError::Period { seconds: 86_401 });
        case(|p| p.kind = Kind::Steam, &AccountError::Fixed);
        case(|p| p.kind = Kind::Motp, &AccountError::Fixed);
        case(|p| p.algorithm = Algorithm::Md5, &AccountError::Fixed);
        case(|p| p.kind = Kind::Yandex, &AccountError::YandexKey);
        case(|p| p.pin = Some(Secret::from_text("1234".into())), &AccountError::Pin);
        assert!(Account::new(Parts { secret: Secret::new(vec![1; 128]), digits: 10, ..parts() }).is_ok());
    }

    #[test]
    fn algorithms_are_read_in_every_spelling_seen() {
        for (name, algorithm) in [
            ("SHA1", Some(Algorithm::Sha1)),
            ("sha-1", Some(Algorithm::Sha1)),
            ("HmacSHA256", Some(Algorithm::Sha256)),
            ("HMAC-SHA-512", Some(Algorithm::Sha512)),
            ("Algorithm.sha1", Some(Algorithm::Sha1)),
            ("MD5", None),
            ("SHA384", None),
            ("", None),
        ] {
            assert_eq!(Algorithm::parse(name), algorithm, "{name}");
        }
    }

    #[test]
    fn an_id_is_32_hexadecimal_digits() {
        let id = AccountId::random().unwrap();
        assert_eq!(AccountId::parse(&id.to_string()), Some(id));
        assert_eq!(AccountId::parse("+0000000000000000000000000000000"), None);
        assert_eq!(AccountId::parse("00"), None);
    }
}
