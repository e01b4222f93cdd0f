//! How long one code takes: each kind and algorithm, from an account at hand.
#![allow(clippy::unwrap_used, reason = "a tool for developers")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use otp::account::{Account, Algorithm, Kind, Parts};
use otp::clock::UnixTime;
use otp::code;
use otp::secret::Secret;

/// An account as sites hand them out: 20 bytes of secret, six digits.
fn account(kind: Kind, algorithm: Algorithm) -> Account {
    let secret = Secret::new(b"12345678901234567890".to_vec());
    let digits = if kind == Kind::Steam { 5 } else { 6 };
    let names = ("Binance".to_owned(), "taro@example.com".to_owned());
    Account::new(Parts { issuer: names.0, name: names.1, kind, algorithm, digits, secret, pin: None }).unwrap()
}

fn codes(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("one code");
    let totp = Kind::Totp { period: 30 };
    for (id, kind, algorithm) in [
        ("TOTP SHA-1", totp, Algorithm::Sha1),
        ("TOTP SHA-256", totp, Algorithm::Sha256),
        ("TOTP SHA-512", totp, Algorithm::Sha512),
        ("HOTP", Kind::Hotp { counter: 7 }, Algorithm::Sha1),
        ("Steam", Kind::Steam, Algorithm::Sha1),
    ] {
        let account = account(kind, algorithm);
        let now = UnixTime(1_234_567_890);
        group.bench_function(id, |bencher| bencher.iter(|| black_box(code::at(black_box(&account), now))));
    }
    group.finish();
}

criterion_group!(benches, codes);
criterion_main!(benches);
