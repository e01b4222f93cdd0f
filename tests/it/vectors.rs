//! The golden accounts of `fixtures/vectors.txt`.

use std::sync::atomic::{AtomicUsize, Ordering};

use otp::account::{Account, Algorithm, Kind, Parts};
use otp::clock::UnixTime;
use otp::secret::Secret;

/// The time of the codes in the file.
pub(crate) const TIME: u64 = 1_767_225_600;

/// One line of the file.
#[derive(Debug, Clone)]
pub(crate) struct Vector {
    pub(crate) kind: String,
    pub(crate) issuer: String,
    pub(crate) name: String,
    /// In base32.
    pub(crate) secret: String,
    pub(crate) algorithm: String,
    pub(crate) digits: u8,
    /// The period or the counter.
    pub(crate) moving: u32,
    pub(crate) code: String,
}

/// How often every account is there, each time with another name and key: measures take more than
/// tests do.
pub(crate) static TIMES: AtomicUsize = AtomicUsize::new(1);

/// Every account, in the order of the file.
pub(crate) fn all() -> Vec<Vector> {
    let text = include_str!("../../fixtures/vectors.txt");
    let once = || text.lines().filter(|line| !line.starts_with('#')).map(Vector::read);
    (0..TIMES.load(Ordering::Relaxed)).flat_map(|number| once().map(move |vector| vector.copy(number))).collect()
}

/// The account of `issuer`.
pub(crate) fn of(issuer: &str) -> Vector {
    all().into_iter().find(|vector| vector.issuer == issuer).unwrap()
}

impl Vector {
    fn read(line: &str) -> Self {
        let [kind, issuer, name, secret, algorithm, digits, moving, code] =
            line.split('|').map(|field| field.trim().to_owned()).collect::<Vec<_>>().try_into().unwrap();
        let (digits, moving) = (digits.parse().unwrap(), moving.parse().unwrap());
        Self { kind, issuer, name, secret, algorithm, digits, moving, code }
    }

    /// Copy `number` of it; 0 is itself.
    fn copy(mut self, number: usize) -> Self {
        const SYMBOLS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        if number > 0 {
            self.name += &number.to_string();
            let start = [number >> 10, number >> 5, number].map(|symbol| char::from(SYMBOLS[symbol & 31]));
            self.secret.replace_range(..3, &start.iter().collect::<String>());
        }
        self
    }

    /// The bytes of the secret.
    pub(crate) fn key(&self) -> Vec<u8> {
        base32(&self.secret)
    }

    pub(crate) fn account(&self) -> Account {
        let kind = match &*self.kind {
            "totp" => Kind::Totp { period: self.moving },
            "hotp" => Kind::Hotp { counter: self.moving.into() },
            _ => Kind::Steam,
        };
        Account::new(Parts {
            issuer: self.issuer.clone(),
            name: self.name.clone(),
            kind,
            algorithm: Algorithm::parse(&self.algorithm).unwrap(),
            digits: self.digits,
            secret: Secret::new(self.key()),
            pin: None,
        })
        .unwrap()
    }

    /// The address as a site writes it, put together without the library.
    pub(crate) fn uri(&self) -> String {
        let (issuer, name) = (escape(&self.issuer), escape(&self.name));
        let moving = if self.kind == "hotp" { "counter" } else { "period" };
        let (prefix, parameter) = match &*issuer {
            "" => (String::new(), String::new()),
            issuer => (format!("{issuer}:"), format!("&issuer={issuer}")),
        };
        format!(
            "otpauth://{}/{prefix}{name}?secret={}{parameter}&algorithm={}&digits={}&{moving}={}",
            self.kind, self.secret, self.algorithm, self.digits, self.moving
        )
    }
}

/// Whole bytes of base32 in capitals; bits left over are dropped.
pub(crate) fn base32(text: &str) -> Vec<u8> {
    const SYMBOLS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let bits = text.chars().flat_map(|symbol| {
        let value = SYMBOLS.find(symbol).unwrap();
        (0..5).rev().map(move |bit| u8::from(value >> bit & 1 == 1))
    });
    let bits: Vec<_> = bits.collect();
    bits.chunks_exact(8).map(|byte| byte.iter().fold(0, |byte, bit| byte << 1 | bit)).collect()
}

fn escape(text: &str) -> String {
    let keep = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes().map(|byte| if keep(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

#[test]
fn codes_are_those_of_oathtool() {
    for vector in all() {
        assert_eq!(otp::code::at(&vector.account(), UnixTime(TIME)).digits, vector.code, "{vector:?}");
    }
}
