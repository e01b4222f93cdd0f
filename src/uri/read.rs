//! An address taken apart by hand: real ones have raw spaces, lone `%` signs and worse, which URL
//! libraries refuse (`formats.md` 4.2).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use zeroize::Zeroizing;

use crate::account::{Account, AccountError, Algorithm, Kind, Parts};
use crate::key;
use crate::secret::Secret;

use super::names::{other_issuer, settle_names};
use super::percent::{Plus, decode, decode_text};
use super::values::{
    DEFAULT_DIGITS, Field, decode_secret, read_number, settle_algorithm, settle_digits, settle_period,
};
use super::{Note, Parsed, UriError, motp_secret, yandex_secret};

/// The longest address, in bytes.
pub const MAX_LENGTH: usize = 8 * 1024;

/// Reads one address: `otpauth://`, `apple-otpauth://`, `motp://` or `steam://`.
///
/// # Errors
/// When anything in it cannot be taken as it is; nothing is guessed. See [`UriError`].
pub fn parse(text: &str) -> Result<Parsed, UriError> {
    if text.len() > MAX_LENGTH {
        return Err(UriError::TooLong { bytes: text.len() });
    }
    let (scheme, rest) = scheme(text)?;
    match scheme {
        Scheme::Otpauth => Address::take_apart(rest).read(),
        Scheme::Motp => Address::of_motp(rest).read(),
        Scheme::Steam => bare_steam(rest),
    }
}

/// The issuer and the name in an address, even where the rest of it cannot be read; for naming it
/// in a report.
pub fn names_in(text: &str) -> Option<(String, String)> {
    let address = match scheme(text.get(..MAX_LENGTH).unwrap_or(text)).ok()? {
        (Scheme::Otpauth, rest) => Address::take_apart(rest),
        (Scheme::Motp, rest) => Address::of_motp(rest),
        (Scheme::Steam, _) => return None,
    };
    Some(settle_names(address.text("issuer").as_deref(), &address.label))
}

/// The value of the parameter `name`, in lower case, of an address; `None` where it is absent or
/// blank. For what apps write into addresses besides the account.
pub fn parameter(address: &str, name: &str) -> Option<String> {
    let (_, rest) = scheme(address).ok()?;
    Address::take_apart(rest).text(name)
}

/// The part of `line` that starts with the scheme of an address, as lists have text before it
/// (`formats.md` 4.5).
pub fn find(line: &str) -> Option<&str> {
    const SCHEMES: &[&str] =
        &["otpauth://", "apple-otpauth://", "otpauth-migration://", "motp://", "steam://", "phonefactor://"];
    let starts = line.char_indices().map(|(start, _)| start);
    let found = |start: &usize| SCHEMES.iter().any(|scheme| starts_with(&line[*start..], scheme));
    starts.into_iter().find(found).map(|start| &line[start..])
}

fn starts_with(text: &str, start: &str) -> bool {
    text.get(..start.len()).is_some_and(|found| found.eq_ignore_ascii_case(start))
}

enum Scheme {
    Otpauth,
    Motp,
    Steam,
}

/// The scheme of `text` and what follows it, without quotes around.
fn scheme(text: &str) -> Result<(Scheme, &str), UriError> {
    const AROUND: &[char] = &['\u{feff}', '\0', '"', '\'', '`', '<', '>', '“', '”', '«', '»', '「', '」'];
    let text = text.trim_matches(|symbol: char| symbol.is_whitespace() || AROUND.contains(&symbol));
    let (scheme, rest) = text.split_once("://").ok_or(UriError::NoAddress)?;
    match scheme.to_ascii_lowercase().as_str() {
        "otpauth" | "apple-otpauth" => Ok((Scheme::Otpauth, rest)),
        "motp" => Ok((Scheme::Motp, rest)),
        "steam" => Ok((Scheme::Steam, rest)),
        "otpauth-migration" => Err(UriError::Transfer),
        "phonefactor" => Err(UriError::PhoneFactor),
        _ => Err(UriError::NoAddress),
    }
}

/// The pieces of an `otpauth://` address.
struct Address<'a> {
    kind: &'a str,
    label: String,
    /// Names in lower case, values as they stand.
    parameters: Vec<(String, &'a str)>,
    /// Whether the secret stands there as it is and not in base32.
    bare_secret: bool,
}

impl<'a> Address<'a> {
    fn take_apart(rest: &'a str) -> Self {
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (kind, label) = path.split_once('/').unwrap_or((path, ""));
        let query = query.split_once('#').map_or(query, |(query, _)| query);
        let parameters = query.split('&').map(|parameter| {
            let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
            let name = decode_text(name, Plus::Space).to_ascii_lowercase();
            // What is left of `&amp;` in addresses copied out of web pages.
            (name.strip_prefix("amp;").map(str::to_owned).unwrap_or(name), value)
        });
        let label = decode_text(label, Plus::Plus);
        Self { kind, label, parameters: parameters.collect(), bare_secret: false }
    }

    /// `motp://LABEL?secret=HEX`, as Stratum and Aegis write it.
    fn of_motp(rest: &'a str) -> Self {
        let path = rest.split_once('?').map_or(rest, |(path, _)| path);
        let label = decode_text(path, Plus::Plus);
        Self { kind: "motp", label, bare_secret: true, ..Self::take_apart(rest) }
    }

    /// The first value of `name` that is not blank.
    fn text(&self, name: &str) -> Option<String> {
        let values = self.parameters.iter().filter(|(found, _)| found == name);
        values.map(|(_, value)| decode_text(value, Plus::Space)).find(|value| !value.is_empty())
    }

    fn number(&self, name: &str, field: Field) -> Result<Option<u64>, UriError> {
        read_number(field, self.text(name).as_deref().unwrap_or_default())
    }

    fn secret(&self) -> Result<Secret, UriError> {
        let mut values = self.parameters.iter().filter(|(name, _)| name == "secret");
        let (_, value) = values.next().ok_or(UriError::NoSecret)?;
        if values.next().is_some() {
            return Err(UriError::TwoSecrets);
        }
        let value = decode(value, Plus::Space);
        let value = std::str::from_utf8(&value).map_err(|_| UriError::BadSecret)?;
        if self.bare_secret { motp_secret(value) } else { decode_secret(value) }
    }

    /// Steam's own secret, which WinAuth writes into `data` beside a `secret` that may be of no use
    /// (`formats.md` 19).
    fn shared_secret(&self) -> Option<Secret> {
        #[derive(serde::Deserialize)]
        struct Data {
            shared_secret: String,
        }
        let (_, value) = self.parameters.iter().find(|(name, _)| name == "data")?;
        let Data { shared_secret } = serde_json::from_slice(&decode(value, Plus::Space)).ok()?;
        from_base64(&Zeroizing::new(shared_secret))
    }

    /// The PIN; it stands there as it is.
    fn pin(&self) -> Option<Secret> {
        let (_, value) = self.parameters.iter().find(|(name, value)| name == "pin" && !value.is_empty())?;
        Some(Secret::new(decode(value, Plus::Plus).to_vec()))
    }

    fn read(&self) -> Result<Parsed, UriError> {
        let stated = self.stated_kind()?;
        let mut notes = Vec::new();
        if matches!(stated, Stated::Motp | Stated::Yandex) {
            return self.with_pin(stated, notes);
        }
        let shared = self.shared_secret();
        let marked = shared.is_some();
        let secret = shared.map_or_else(|| self.secret(), Ok)?;
        let algorithm = settle_algorithm(&self.text("algorithm").unwrap_or_default())?;
        let (mut issuer, name) = self.names(&mut notes);
        let (kind, digits) = if marked || self.is_steam(stated, &issuer, algorithm)? {
            if issuer.is_empty() {
                STEAM.clone_into(&mut issuer);
            }
            self.steam()?
        } else {
            self.ordinary(stated, &mut notes)?
        };
        note_length(&secret, &mut notes);
        let account = Account::new(Parts { issuer, name, kind, algorithm, digits, secret, pin: None })?;
        Ok(Parsed { account, notes })
    }

    fn stated_kind(&self) -> Result<Stated, UriError> {
        match decode_text(self.kind, Plus::Plus).to_ascii_lowercase().as_str() {
            "totp" => Ok(Stated::Totp),
            "hotp" => Ok(Stated::Hotp),
            "steam" => Ok(Stated::Steam),
            "yaotp" | "yandex" => Ok(Stated::Yandex),
            "motp" => Ok(Stated::Motp),
            _ => Err(UriError::UnknownKind),
        }
    }

    /// Mobile-OTP and Yandex: nothing but secret and PIN can be chosen.
    fn with_pin(&self, stated: Stated, mut notes: Vec<Note>) -> Result<Parsed, UriError> {
        let (kind, secret) = match stated {
            Stated::Motp => (Kind::Motp, self.secret()?),
            _ => (Kind::Yandex, yandex_secret(self.secret()?)),
        };
        let (issuer, name) = self.names(&mut notes);
        let pin = self.pin();
        if pin.is_none() {
            notes.push(Note::NoPin);
        }
        let (algorithm, digits) = kind.fixed().unwrap_or_default();
        Ok(Parsed { account: Account::new(Parts { issuer, name, kind, algorithm, digits, secret, pin })?, notes })
    }

    fn names(&self, notes: &mut Vec<Note>) -> (String, String) {
        let given = self.text("issuer");
        let (issuer, name) = settle_names(given.as_deref(), &self.label);
        if let Some(other) = other_issuer(given.as_deref().unwrap_or_default(), &self.label) {
            notes.push(Note::IssuerDiffers { label: other.to_owned(), issuer: issuer.clone() });
        }
        (issuer, name)
    }

    /// Whether the codes are Steam's, whatever the address says its kind is (`formats.md` 4.4).
    fn is_steam(&self, stated: Stated, issuer: &str, algorithm: Algorithm) -> Result<bool, UriError> {
        if stated != Stated::Totp {
            return Ok(stated == Stated::Steam);
        }
        let marked = self.parameters.iter().any(|(name, _)| name == "steam")
            || self.text("encoder").is_some_and(|encoder| encoder.eq_ignore_ascii_case(STEAM));
        // Steam has SHA-1 and 30 seconds: an address that says otherwise means ordinary codes.
        let usual = algorithm == Algorithm::Sha1
            && matches!(self.number("period", Field::Period)?, None | Some(0 | 30))
            && matches!(self.number("digits", Field::Digits)?, None | Some(0 | 5));
        Ok(marked || usual && issuer.eq_ignore_ascii_case(STEAM))
    }

    /// Steam has one period, so another is refused. A number of digits is ignored: apps that know
    /// none for Steam write the usual 6.
    fn steam(&self) -> Result<(Kind, u8), UriError> {
        let period = self.number("period", Field::Period)?;
        if !matches!(period, None | Some(0 | 30)) {
            return Err(UriError::Account(AccountError::Fixed));
        }
        Ok((Kind::Steam, 5))
    }

    fn ordinary(&self, stated: Stated, notes: &mut Vec<Note>) -> Result<(Kind, u8), UriError> {
        let digits = settle_digits(self.number("digits", Field::Digits)?, DEFAULT_DIGITS, notes)?;
        if stated == Stated::Totp {
            let period = settle_period(self.number("period", Field::Period)?, notes)?;
            return Ok((Kind::Totp { period }, digits));
        }
        let counter = self.number("counter", Field::Counter)?;
        if counter.is_none() {
            notes.push(Note::NoCounter);
        }
        Ok((Kind::Hotp { counter: counter.unwrap_or(0) }, digits))
    }
}

/// The kind that an address says it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stated {
    Totp,
    Hotp,
    Steam,
    Motp,
    Yandex,
}

const STEAM: &str = "Steam";

/// `steam://SECRET`, as Bitwarden writes it: base32, or base64 as Steam itself has it.
fn bare_steam(text: &str) -> Result<Parsed, UriError> {
    let text = decode(text, Plus::Plus);
    let text = std::str::from_utf8(&text).map_err(|_| UriError::BadSecret)?;
    let secret = decode_secret(text).or_else(|error| from_base64(text).ok_or(error))?;
    let mut notes = Vec::new();
    note_length(&secret, &mut notes);
    let parts = Parts {
        issuer: STEAM.to_owned(),
        name: String::new(),
        kind: Kind::Steam,
        algorithm: Algorithm::Sha1,
        digits: 5,
        secret,
        pin: None,
    };
    Ok(Parsed { account: Account::new(parts)?, notes })
}

/// The secret in base64, which Steam always makes 20 bytes; anything else is a mistyped base32.
fn from_base64(text: &str) -> Option<Secret> {
    const BYTES: usize = 20;
    // The decoder asks for room for whole groups of three.
    let mut bytes = Zeroizing::new(vec![0; text.len() / 4 * 3 + 3]);
    let length = BASE64.decode_slice(text.trim(), &mut bytes).ok()?;
    bytes.truncate(length);
    (length == BYTES).then(|| Secret::new(std::mem::take(&mut *bytes)))
}

fn note_length(secret: &Secret, notes: &mut Vec<Note>) {
    if secret.len() < key::SHORT {
        notes.push(Note::ShortSecret { bytes: secret.len() });
    }
}
