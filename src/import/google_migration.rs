//! Google Authenticator's “Transfer accounts”: `otpauth-migration://offline?data=…`.
//!
//! A QR code holds ten accounts at most, so a transfer has several parts, and no period, so all
//! come out with 30 seconds. Format: `formats.md` 5.

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use zeroize::Zeroizing;

use crate::account::{Account, Algorithm, Kind, Parts};
use crate::key;
use crate::secret::Secret;
use crate::text;
use crate::text::Text;
use crate::uri::{self, Field, UriError};

use super::protobuf::{Fields, Malformed, Value};
use super::{Batch, Extras, Format, ImportError, Imported, Opened, Part, Place, SkipReason, Source, addresses, label};

pub(super) struct Importer;

impl Format for Importer {
    fn id(&self) -> &'static str {
        "google-migration"
    }

    fn app(&self) -> Text {
        text!("import-app-google-migration")
    }

    fn how_to_export(&self) -> Text {
        text!("import-export-google-migration")
    }

    fn recognizes(&self, source: &Source<'_>) -> bool {
        source.lines().is_some_and(addresses::only_transfers)
    }

    fn open(&self, source: &Source<'_>) -> Result<Opened, ImportError> {
        let mut batch = Batch::default();
        addresses::read_lines(source.lines().unwrap_or_default(), &mut batch)?;
        Ok(batch.into())
    }
}

/// Reads the transfer code `address`, found at `place`, into `batch`.
pub(super) fn read(address: &str, place: Place, batch: &mut Batch) -> Result<(), ImportError> {
    let Some(payload) = data(address).and_then(decode) else {
        return batch.skip(place, String::new(), SkipReason::DamagedTransfer);
    };
    let (before, first) = (batch.entries(), batch.accounts.len());
    let mut part = PartFields::default();
    for field in Fields(&payload) {
        match field {
            Ok((1, Value::Bytes(entry))) => {
                let number = batch.entries() - before + 1;
                read_entry(entry, place.entry(number), batch)?;
            }
            Ok((number, Value::Number(value))) => part.set(number, value),
            Ok(_) => {}
            Err(Malformed) => batch.skip(place, String::new(), SkipReason::DamagedTransfer)?,
        }
    }
    if let Some(part) = part.part() {
        batch.part(part, &payload, first);
    }
    if batch.entries() == before {
        batch.skip(place, String::new(), SkipReason::EmptyTransfer)?;
    }
    Ok(())
}

/// The value of the parameter `data`, as it stands.
fn data(address: &str) -> Option<&str> {
    let (_, query) = address.split_once('?')?;
    let query = query.split_once('#').map_or(query, |(query, _)| query);
    let named = |parameter: &'_ str| parameter.get(..5).is_some_and(|name| name.eq_ignore_ascii_case("data="));
    query.split('&').find(|parameter| named(parameter)).map(|parameter| &parameter[5..])
}

/// Decodes base64 in every disguise that was seen (`formats.md` 5.2): percent escapes, blanks for
/// `+`, the URL alphabet, no padding.
fn decode(data: &str) -> Option<Zeroizing<Vec<u8>>> {
    const LENIENT: GeneralPurposeConfig = GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::RequireNone);
    let mut clean = Zeroizing::new(Vec::with_capacity(data.len()));
    let mut rest = data.as_bytes();
    while let Some((&symbol, after)) = rest.split_first() {
        let (symbol, after) = if symbol == b'%' { uri::escaped(after)? } else { (symbol, after) };
        rest = after;
        match symbol {
            b' ' | b'-' => clean.push(b'+'),
            b'_' => clean.push(b'/'),
            b'=' | b'\t' | b'\r' | b'\n' => {}
            other => clean.push(other),
        }
    }
    let mut bytes = Zeroizing::new(vec![0; clean.len() / 4 * 3 + 3]);
    let length = GeneralPurpose::new(&STANDARD, LENIENT).decode_slice(&*clean, &mut bytes).ok()?;
    bytes.truncate(length);
    Some(bytes)
}

/// Fields 3 to 5 of a payload.
#[derive(Default)]
struct PartFields {
    size: u64,
    index: u64,
    batch_id: u64,
}

impl PartFields {
    fn set(&mut self, number: u64, value: u64) {
        match number {
            3 => self.size = value,
            4 => self.index = value,
            5 => self.batch_id = value,
            _ => {}
        }
    }

    fn part(&self) -> Option<Part> {
        // An int32 is written as 64 bits, its sign spread over the upper half.
        #[allow(clippy::cast_possible_truncation, clippy::cast_possible_wrap)]
        Part::new(self.batch_id as i32, self.index, self.size)
    }
}

/// The fields of one entry.
#[derive(Default)]
struct Entry<'a> {
    secret: &'a [u8],
    name: &'a [u8],
    issuer: &'a [u8],
    algorithm: u64,
    digits: u64,
    kind: u64,
    counter: u64,
}

fn read_entry(bytes: &[u8], place: Place, batch: &mut Batch) -> Result<(), ImportError> {
    let Ok(entry) = Entry::read(bytes) else {
        return batch.skip(place, String::new(), SkipReason::DamagedTransfer);
    };
    let (issuer, name) = entry.names();
    let known = label(&issuer, &name);
    match entry.account(issuer, name) {
        Ok(account) => {
            let notes = notes(&account);
            batch.take(Imported { account, place, notes, extras: Extras::default() })
        }
        Err(reason) => batch.skip(place, known, reason),
    }
}

impl<'a> Entry<'a> {
    fn read(bytes: &'a [u8]) -> Result<Self, Malformed> {
        let mut entry = Self::default();
        for field in Fields(bytes) {
            match field? {
                (1, Value::Bytes(secret)) => entry.secret = secret,
                (2, Value::Bytes(name)) => entry.name = name,
                (3, Value::Bytes(issuer)) => entry.issuer = issuer,
                (4, Value::Number(algorithm)) => entry.algorithm = algorithm,
                (5, Value::Number(digits)) => entry.digits = digits,
                (6, Value::Number(kind)) => entry.kind = kind,
                (7, Value::Number(counter)) => entry.counter = counter,
                _ => {}
            }
        }
        Ok(entry)
    }

    fn names(&self) -> (String, String) {
        uri::settle_names(Some(&String::from_utf8_lossy(self.issuer)), &String::from_utf8_lossy(self.name))
    }

    fn account(&self, issuer: String, name: String) -> Result<Account, SkipReason> {
        if self.secret.is_empty() {
            return Err(UriError::NoSecret.into());
        }
        let secret = Secret::new(self.secret.to_vec());
        let (kind, algorithm, digits) = (self.kind()?, self.algorithm()?, self.digits()?);
        Ok(Account::new(Parts { issuer, name, kind, algorithm, digits, secret, pin: None })?)
    }

    fn kind(&self) -> Result<Kind, UriError> {
        match self.kind {
            0 | 2 => Ok(Kind::Totp { period: uri::DEFAULT_PERIOD }),
            // Google stores the counter last used. Everybody takes it as the next one, because
            // sites look ahead and never back (`formats.md` 2.6).
            1 if i64::try_from(self.counter).is_ok() => Ok(Kind::Hotp { counter: self.counter }),
            1 => Err(UriError::BadNumber { field: Field::Counter }),
            _ => Err(UriError::UnknownKind),
        }
    }

    fn algorithm(&self) -> Result<Algorithm, UriError> {
        match self.algorithm {
            0 | 1 => Ok(Algorithm::Sha1),
            2 => Ok(Algorithm::Sha256),
            3 => Ok(Algorithm::Sha512),
            4 => Err(UriError::Algorithm { known: Some("MD5") }),
            _ => Err(UriError::Algorithm { known: None }),
        }
    }

    fn digits(&self) -> Result<u8, SkipReason> {
        match self.digits {
            0 | 1 => Ok(6),
            2 => Ok(8),
            _ => Err(SkipReason::TransferDigits),
        }
    }
}

fn notes(account: &Account) -> Vec<Text> {
    let mut notes = Vec::new();
    if matches!(account.kind(), Kind::Hotp { .. }) {
        notes.push(text!("import-note-google-counter"));
    }
    if account.secret().len() < key::SHORT {
        notes.push(uri::Note::ShortSecret { bytes: account.secret().len() }.text());
    }
    notes
}

#[cfg(test)]
mod tests;
