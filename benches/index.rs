//! How long the list of accounts takes to read and to write: 10, 1,000 and 10,000 accounts.
#![allow(clippy::unwrap_used, reason = "a tool for developers")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use otp::account::{Account, AccountId, Algorithm, Kind, Parts};
use otp::clock::UnixTime;
use otp::secret::Secret;
use otp::store::index::{Entry, Index};
use otp::store::{Backend, BackendKind};

fn index(accounts: usize) -> Index {
    let backend = Backend { kind: BackendKind::Memory, service: String::new(), collection: String::new() };
    let mut index = Index::new(AccountId::random().unwrap(), backend);
    index.accounts = (0..accounts).map(entry).collect();
    index
}

fn entry(number: usize) -> Entry {
    let account = Account::new(Parts {
        issuer: format!("Exchange {number}"),
        name: format!("taro{number}@example.com"),
        kind: Kind::Totp { period: 30 },
        algorithm: Algorithm::Sha1,
        digits: 6,
        secret: Secret::new(b"12345678901234567890".to_vec()),
        pin: None,
    });
    Entry::new(AccountId::random().unwrap(), &account.unwrap(), format!("{number:032x}"), UnixTime(1_234_567_890))
}

fn indexes(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("index");
    for accounts in [10, 1_000, 10_000] {
        let index = index(accounts);
        let bytes = index.to_bytes();
        group.bench_function(format!("read {accounts}"), |bencher| bencher.iter(|| Index::parse(black_box(&bytes))));
        group.bench_function(format!("write {accounts}"), |bencher| bencher.iter(|| black_box(&index).to_bytes()));
    }
    group.finish();
}

criterion_group!(benches, indexes);
criterion_main!(benches);
