//! Helpers of the tests, which stand by subject.

mod issuers;
mod rules;
mod steam;
mod talk;
mod write;

use super::*;
use crate::account::Kind;
use crate::key;

/// An account in one line: kind, issuer, name, base32 of the secret, algorithm, digits, moving part.
fn line(account: &Account) -> String {
    let moving = match account.kind() {
        Kind::Totp { period } => format!("totp {period}"),
        Kind::Hotp { counter } => format!("hotp {counter}"),
        kind => kind.id().to_owned(),
    };
    let secret = key::write(account.secret());
    let (algorithm, digits) = (account.algorithm().id(), account.digits());
    format!(
        "{moving} | {} | {} | {} | {algorithm} {digits}",
        account.issuer(),
        account.name(),
        secret.expose_text().unwrap()
    )
}

#[track_caller]
fn reads(text: &str, expected: &str) {
    let parsed = parse(text).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(line(&parsed.account), expected);
}

#[track_caller]
fn fails(text: &str, expected: &UriError) {
    assert_eq!(&parse(text).unwrap_err(), expected);
}

/// A good secret.
const S: &str = "secret=JBSWY3DPEHPK3PXP";
