//! Fields that several targets spell alike. A text with a secret in it goes into a [`Tree`] or is
//! wiped by whoever takes it.
//!
//! [`Tree`]: super::tree::Tree

use base64::Engine as _;
use serde_json::Value;

use crate::account::{Account, Kind};
use crate::key;
use crate::secret::{Secret, hex};

use super::ExportError;

/// The secret of `account` in base32, upper case, no padding.
pub(super) fn base32(account: &Account) -> String {
    // EXPOSE: files of other apps hold the key as text; the tree around it is wiped.
    key::write(account.secret()).expose_text().unwrap_or_default().to_owned()
}

/// `account` as an `otpauth://` address.
pub(super) fn uri(account: &Account) -> String {
    // EXPOSE: files of other apps hold the address as text; the tree around it is wiped.
    crate::uri::write(account).expose_text().unwrap_or_default().to_owned()
}

/// The address of apps that know Steam only as `steam://SECRET`.
pub(super) fn uri_or_steam(account: &Account) -> String {
    if account.kind() == Kind::Steam { format!("steam://{}", base32(account)) } else { uri(account) }
}

/// The PIN of `account`, or nothing.
pub(super) fn pin(account: &Account) -> Option<String> {
    // EXPOSE: without its PIN the account gives other codes; the tree around it is wiped.
    account.pin().and_then(Secret::expose_text).map(str::to_owned)
}

/// The secret of a Mobile-OTP `account`, which is text.
pub(super) fn motp(account: &Account) -> String {
    // EXPOSE: files of other apps hold the key as text; the tree around it is wiped.
    account.secret().expose_text().unwrap_or_default().to_owned()
}

/// The counter of the next code; 0 where there is none.
pub(super) fn counter(account: &Account) -> u64 {
    if let Kind::Hotp { counter } = account.kind() { counter } else { 0 }
}

/// How long a code is valid, in seconds; 30 where that has no meaning.
pub(super) fn period(account: &Account) -> u32 {
    account.kind().period().unwrap_or(crate::uri::DEFAULT_PERIOD)
}

/// `text`, or null where it is empty.
pub(super) fn or_null(text: &str) -> Value {
    if text.is_empty() { Value::Null } else { text.into() }
}

/// `N` random bytes.
pub(super) fn random<const N: usize>() -> Result<[u8; N], ExportError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| ExportError::NoRandomness)?;
    Ok(bytes)
}

/// A random UUID (RFC 9562, version 4).
pub(super) fn uuid() -> Result<String, ExportError> {
    let mut bytes: [u8; 16] = random()?;
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex = hex(&bytes);
    let part = |range| hex.get(range).unwrap_or_default();
    Ok([part(0..8), part(8..12), part(12..16), part(16..20), part(20..32)].join("-"))
}

/// `bytes` in standard base64, padded.
pub(super) fn base64(bytes: &[u8]) -> String {
    base64::engine::general_purpose::STANDARD.encode(bytes)
}
