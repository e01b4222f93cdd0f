//! How long 1,000 accounts of each plain format take to read. The bar is 100 ms.
//!
//! The generator of the fixtures makes the files: of so many golden accounts that 1,000 are among
//! them that the format carries. That is why this bench (`cargo bench --bench import`) lies here.

#![allow(dead_code, unused_imports, reason = "the generator is shared with the tests, which need more of it")]
#![allow(clippy::format_collect, clippy::format_push_string, reason = "small files are put together as text")]
#![allow(clippy::panic, clippy::unwrap_used, clippy::print_stdout, reason = "a bench may fail as tests do")]

use std::collections::BTreeSet;
use std::hint::black_box;
use std::sync::atomic::Ordering;

use criterion::{Criterion, criterion_group, criterion_main};
use otp::clock::UnixTime;
use otp::export::{self, Item, Job};
use otp::import::{Extras, FORMATS, Opened, Source, open, recognize};

mod fixtures;
mod formats;
mod import;
mod loud;
mod vectors;

const ACCOUNTS: usize = 1_000;
/// Formats without such a file: those that are always locked, that hold one account, that are drawn,
/// and the archive of any others.
const WITHOUT: &[&str] = &[
    "age",
    "andotp-encrypted",
    "authenticator-plus",
    "authenticator-plus-database",
    "battlenet",
    "keepass",
    "otp-auth-ios",
    "otp-sheet",
    "pdf",
    "picture",
    "raivo-zip",
    "zip",
];

/// A file to read: its name, its format, and what is in it.
struct Input {
    file: String,
    format: &'static str,
    bytes: Vec<u8>,
    accounts: usize,
}

fn formats(criterion: &mut Criterion) {
    let inputs: Vec<Input> = generated().into_iter().chain(["uri", "google"].map(written)).collect();
    let measured: BTreeSet<&str> = inputs.iter().map(|input| input.format).collect();
    let known: BTreeSet<&str> = FORMATS.iter().map(|format| format.id()).collect();
    assert_eq!(known.difference(&measured).copied().collect::<Vec<_>>(), WITHOUT);
    let mut group = criterion.benchmark_group("read 1,000 accounts");
    group.sample_size(10);
    for Input { file, bytes, accounts, .. } in &inputs {
        assert_eq!(read(bytes), *accounts, "{file}");
        group.bench_function(file, |bencher| bencher.iter(|| read(black_box(bytes))));
    }
    group.finish();
}

/// The plain files of the generator, each with 1,000 accounts or a few more.
fn generated() -> Vec<Input> {
    let (once, twice) = (files(1), files(2));
    // A few accounts are there once, whatever is asked for.
    let more = |(one, two): (&Input, &Input)| (two.accounts - one.accounts, one.file.clone());
    let steps: BTreeSet<(usize, String)> = once.iter().zip(&twice).map(more).collect();
    let mut inputs = Vec::new();
    for step in steps.iter().map(|(step, _)| *step).collect::<BTreeSet<_>>().into_iter().filter(|step| *step > 0) {
        let large = files(ACCOUNTS.div_ceil(step));
        inputs.extend(large.into_iter().filter(|input| steps.contains(&(step, input.file.clone()))));
    }
    inputs.sort_by(|one, two| one.file.cmp(&two.file));
    inputs
}

/// The plain files of the generator, made of so many times the golden accounts.
fn files(times: usize) -> Vec<Input> {
    vectors::TIMES.store(times, Ordering::Relaxed);
    let plain = formats::all().into_iter().filter(|export| export.passphrase.is_none());
    let meant = plain.filter(|export| !WITHOUT.contains(&export.format));
    let input = |export: formats::Export| {
        let (file, accounts) = (export.file.to_owned(), export.expected.len());
        Input { file, format: export.format, bytes: export.bytes, accounts }
    };
    meant.map(input).collect()
}

/// What `otp export` writes for `target`.
fn written(target: &str) -> Input {
    vectors::TIMES.store(ACCOUNTS.div_ceil(9), Ordering::Relaxed);
    let item = |vector: &vectors::Vector| Item { account: vector.account(), extras: Extras::default() };
    let mut items: Vec<Item> = vectors::all().iter().map(item).collect();
    let target = export::target(target).expect("a target of this name");
    export::take_leftovers(target, &mut items);
    let bytes = target.write(&items, &Job { passphrase: None, at: UnixTime(vectors::TIME), per_page: 10 });
    let bytes = bytes.expect("what fits is written").to_vec();
    let format = recognize(&Source::new(&bytes)).expect("it is read").id();
    Input { file: format!("{format} (written)"), format, bytes, accounts: items.len() }
}

/// How many accounts are in `bytes`.
fn read(bytes: &[u8]) -> usize {
    match open(&Source::new(bytes)) {
        Ok(Opened::Batch(batch)) => batch.accounts.len(),
        _ => 0,
    }
}

criterion_group!(benches, formats);
criterion_main!(benches);
