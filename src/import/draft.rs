//! The fields of an entry as an app spells them, and the account they make.
//!
//! Every format fills a [`Draft`]; what names, numbers, algorithms and secrets mean is settled here
//! once, by the rules of `formats.md` 2.

use base64::Engine as _;

use crate::account::{Account, Kind, Parts};
use crate::key;
use crate::secret::Secret;
use crate::text::Text;
use crate::uri::{self, DEFAULT_DIGITS, Note, UriError};

use super::{Batch, Extras, ImportError, Imported, Place, SkipReason, label};

/// A number of an entry, as far as it could be read.
pub(super) type Number = Result<Option<u64>, UriError>;

/// An entry before it is checked.
pub(super) struct Draft<'a> {
    /// The issuer; may be blank.
    pub(super) issuer: &'a str,
    /// The name, perhaps with the issuer in front.
    pub(super) name: &'a str,
    /// The kind; `None` for one that nobody knows.
    pub(super) kind: Option<Stated>,
    /// The secret, as it is spelt.
    pub(super) secret: Key<'a>,
    /// The algorithm's name; blank for the default.
    pub(super) algorithm: &'a str,
    /// The length of a code.
    pub(super) digits: Number,
    /// How long a code is valid, in seconds.
    pub(super) period: Number,
    /// HOTP: the counter of the next code.
    pub(super) counter: Number,
    /// The PIN of Mobile-OTP and Yandex; may be blank.
    pub(super) pin: &'a str,
    /// What else the app knows.
    pub(super) extras: Extras,
}

impl Default for Draft<'_> {
    fn default() -> Self {
        Self {
            issuer: "",
            name: "",
            kind: Some(Stated::Totp),
            secret: Key::Base32(""),
            algorithm: "",
            digits: Ok(None),
            period: Ok(None),
            counter: Ok(None),
            pin: "",
            extras: Extras::default(),
        }
    }
}

/// The kind that an app says an entry is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stated {
    /// [`Kind::Totp`].
    Totp,
    /// [`Kind::Hotp`].
    Hotp,
    /// [`Kind::Steam`].
    Steam,
    /// [`Kind::Motp`].
    Motp,
    /// [`Kind::Yandex`].
    Yandex,
}

impl Stated {
    /// Reads the usual names, in any case; blank means TOTP.
    pub(super) fn parse(name: &str) -> Option<Self> {
        match name.trim().to_ascii_lowercase().as_str() {
            "" | "totp" => Some(Self::Totp),
            "hotp" => Some(Self::Hotp),
            "steam" | "steamtotp" => Some(Self::Steam),
            "motp" => Some(Self::Motp),
            "yandex" | "yaotp" => Some(Self::Yandex),
            _ => None,
        }
    }
}

/// A secret as an app spells it.
pub(super) enum Key<'a> {
    /// In base32, leniently read.
    Base32(&'a str),
    /// In hexadecimal digits.
    Hex(&'a str),
    /// In base64, as Steam has it.
    Base64(&'a str),
    /// Mobile-OTP: the text itself.
    Text(&'a str),
    /// The bytes.
    Bytes(Secret),
    /// There is one, and it cannot be read.
    Unreadable,
}

impl Key<'_> {
    fn read(self) -> Result<Secret, SkipReason> {
        let secret = match self {
            Self::Base32(text) => return Ok(uri::decode_secret(text)?),
            Self::Text(text) => return Ok(uri::motp_secret(text)?),
            Self::Hex(text) => key::read_hex(text).map_err(|_| UriError::BadSecret)?,
            Self::Base64(text) => base64(text).map(Secret::new).ok_or(UriError::BadSecret)?,
            Self::Bytes(secret) => secret,
            Self::Unreadable => return Err(SkipReason::Malformed),
        };
        if secret.is_empty() { Err(UriError::NoSecret.into()) } else { Ok(secret) }
    }
}

/// The bytes of `text` in standard base64, padded or not.
pub(super) fn base64(text: &str) -> Option<Vec<u8>> {
    let text = text.trim().trim_end_matches('=');
    base64::engine::general_purpose::STANDARD_NO_PAD.decode(text).ok()
}

impl Draft<'_> {
    /// Adds the account to `batch`, or the reason why it makes none.
    pub(super) fn add(self, place: Place, batch: &mut Batch) -> Result<(), ImportError> {
        let (issuer, name) = uri::settle_names(Some(self.issuer), self.name);
        let known = label(&issuer, &name);
        match self.account(issuer, name) {
            Ok((account, notes, extras)) => batch.take(Imported { account, place, notes, extras }),
            Err(reason) => batch.skip(place, known, reason),
        }
    }

    fn account(self, issuer: String, name: String) -> Result<(Account, Vec<Text>, Extras), SkipReason> {
        let stated = self.kind.ok_or(UriError::UnknownKind)?;
        let mut notes = Vec::new();
        let kind = match stated {
            Stated::Totp => Kind::Totp { period: uri::settle_period(self.period?, &mut notes)? },
            Stated::Hotp => Kind::Hotp { counter: self.counter?.unwrap_or(0) },
            Stated::Steam => Kind::Steam,
            Stated::Motp => Kind::Motp,
            Stated::Yandex => Kind::Yandex,
        };
        let (algorithm, digits) = if let Some(fixed) = kind.fixed() {
            fixed
        } else {
            let digits = uri::settle_digits(self.digits?, DEFAULT_DIGITS, &mut notes)?;
            (uri::settle_algorithm(self.algorithm)?, digits)
        };
        let secret = self.secret.read()?;
        let secret = if kind == Kind::Yandex { uri::yandex_secret(secret) } else { secret };
        if kind.fixed().is_none() && secret.len() < key::SHORT {
            notes.push(Note::ShortSecret { bytes: secret.len() });
        }
        let takes_pin = matches!(kind, Kind::Motp | Kind::Yandex);
        let pin = (takes_pin && !self.pin.is_empty()).then(|| Secret::from_text(self.pin.to_owned()));
        if takes_pin && pin.is_none() {
            notes.push(Note::NoPin);
        }
        let account = Account::new(Parts { issuer, name, kind, algorithm, digits, secret, pin })?;
        Ok((account, notes.iter().map(Note::text).collect(), self.extras))
    }
}

/// Adds what password managers keep: an address, `steam://KEY` or a bare key. `issuer` and `name`
/// fill what it leaves open. Blank text is no entry.
pub(super) fn add_loose(
    text: &str,
    (issuer, name): (&str, &str),
    extras: Extras,
    place: Place,
    batch: &mut Batch,
) -> Result<(), ImportError> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(());
    }
    if !text.contains("://") {
        return Draft { issuer, name, secret: Key::Base32(text), extras, ..Draft::default() }.add(place, batch);
    }
    match uri::parse(text) {
        Ok(uri::Parsed { account, notes }) => {
            let mut parts = account.into_parts();
            if names_nobody(text) && !issuer.trim().is_empty() {
                parts.issuer.clear();
            }
            let filled = |own: String, other: &str| if own.is_empty() { other.trim().to_owned() } else { own };
            (parts.issuer, parts.name) = (filled(parts.issuer, issuer), filled(parts.name, name));
            add_parts(parts, &notes, extras, place, batch)
        }
        Err(error) => {
            let (found_issuer, found_name) = uri::names_in(text).unwrap_or_default();
            let known = label(&found_issuer, &found_name);
            batch.skip(place, if known.is_empty() { label(issuer, name) } else { known }, error)
        }
    }
}

/// Whether `address` is `steam://KEY`, which has no names: its issuer is only a default.
fn names_nobody(address: &str) -> bool {
    address.get(..8).is_some_and(|scheme| scheme.eq_ignore_ascii_case("steam://"))
}

/// Adds the account that `parts` make to `batch`, or the reason why they make none.
pub(super) fn add_parts(
    parts: Parts,
    notes: &[Note],
    extras: Extras,
    place: Place,
    batch: &mut Batch,
) -> Result<(), ImportError> {
    let known = label(&parts.issuer, &parts.name);
    match Account::new(parts) {
        Ok(account) => {
            let notes = notes.iter().map(Note::text).collect();
            batch.take(Imported { account, place, notes, extras })
        }
        Err(reason) => batch.skip(place, known, reason),
    }
}
