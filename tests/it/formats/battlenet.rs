//! Battle.net: one account, with 8 digits and SHA-1.

use otp::account::{Account, Algorithm, Kind, Parts};
use otp::import::Imported;
use otp::secret::Secret;

use super::{Export, line, plain, preferences};
use crate::vectors;

/// From `formats.md` 21.
const MASK: &str = "398e27fc50276a656065b0e525f4c06c04c61075286b8e7aeda59da9813b5dd6c80d2fb38068773fa59ba47c17ca6c6479015c1d\
                    5b8b8f6b9a";

pub(super) fn exports() -> Vec<Export> {
    let (serial, secret) = ("EU-1234-5678-9012", (40..60).collect::<Vec<u8>>());
    let digits = hex(&secret);
    let name = |field| format!("com.blizzard.messenger.AUTHENTICATOR_{field}");
    let (secret_name, serial_name) = (name("DEVICE_SECRET"), name("SERIAL"));
    let texts = [(&*secret_name, masked(&digits)), (&*serial_name, masked(serial))];
    let account = Account::new(Parts {
        issuer: "Battle.net".into(),
        name: serial.into(),
        kind: Kind::Totp { period: 30 },
        algorithm: Algorithm::Sha1,
        digits: 8,
        secret: Secret::new(secret),
        pin: None,
    });
    let entry = Imported { account: account.unwrap(), ..plain(&vectors::of("GitHub")) };
    let export = Export::new("battlenet", "battlenet.xml", preferences::file(&texts), &[]);
    vec![Export { expected: vec![line(&entry)], ..export }]
}

fn masked(text: &str) -> String {
    let mask = (0..MASK.len()).step_by(2).map(|at| u8::from_str_radix(&MASK[at..at + 2], 16).unwrap());
    hex(&text.bytes().zip(mask).map(|(byte, mask)| byte ^ mask).collect::<Vec<_>>())
}

fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .map(|digit| char::from(b"0123456789abcdef"[usize::from(digit)]))
        .collect()
}
