//! Addresses that other apps read (`formats.md` 4.7).

use std::fmt::Write as _;

use crate::account::{Account, Kind};
use crate::key;
use crate::secret::Secret;

use super::percent;

/// `account` as an `otpauth://` address, secret included.
///
/// Every parameter is written, defaults too, because readers disagree about them. Spaces become
/// `%20`: some readers keep a `+` as it is.
pub fn write(account: &Account) -> Secret {
    let key = key::write(account.secret());
    // Large enough from the start, so that no half-written copy of the secret stays behind.
    let names = account.issuer().len() * 2 + account.name().len();
    let mut address = String::with_capacity(names * 3 + key.len() + 160);
    label(account, &mut address);
    address.push_str("?secret=");
    // EXPOSE: an address holds the key as text; it becomes a `Secret` again.
    address.push_str(key.expose_text().unwrap_or_default());
    if !account.issuer().is_empty() {
        address.push_str("&issuer=");
        percent::encode(account.issuer(), &mut address);
    }
    settings(account, &mut address);
    if let Some(pin) = account.pin().and_then(Secret::expose_text) {
        address.push_str("&pin=");
        // EXPOSE: without its PIN the account gives other codes.
        percent::encode(pin, &mut address);
    }
    Secret::from_text(address)
}

fn label(account: &Account, address: &mut String) {
    address.push_str("otpauth://");
    // Yandex' own word for its kind.
    address.push_str(if account.kind() == Kind::Yandex { "yaotp" } else { account.kind().id() });
    address.push('/');
    if !account.issuer().is_empty() {
        percent::encode(account.issuer(), address);
        address.push(':');
    }
    percent::encode(account.name(), address);
}

fn settings(account: &Account, address: &mut String) {
    // Writing to a string cannot fail.
    let _ = write!(address, "&algorithm={}&digits={}", account.algorithm().id(), account.digits());
    let _ = match (account.kind(), account.kind().period()) {
        (Kind::Hotp { counter }, _) => write!(address, "&counter={counter}"),
        (_, period) => write!(address, "&period={}", period.unwrap_or_default()),
    };
}
