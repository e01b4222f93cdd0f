//! Every parser on damaged input: what the fuzzer tries (`fuzz/`), tried a little here, on our own
//! files with some of their bytes changed, cut out or doubled.

use std::collections::BTreeSet;

use otp::account::AccountId;
use otp::clock::UnixTime;
use otp::import::FORMATS;
use otp::store::index::{Entry, Index};
use otp::store::{Backend, BackendKind};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::fixtures;
use crate::formats;
use crate::vectors;

#[path = "../../fuzz/src/lib.rs"]
#[allow(unreachable_pub, reason = "a library of its own for the fuzzer")]
mod entries;

/// A place in a file, from its beginning to its end, and what is done there.
type Edit = (f64, u8, Deed);

#[derive(Debug, Clone, Copy)]
enum Deed {
    Replace,
    Insert,
    Remove,
    Double,
    Cut,
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let deed = prop::sample::select(&[Deed::Replace, Deed::Insert, Deed::Remove, Deed::Double, Deed::Cut][..]);
    vec((0.0..1.0, any::<u8>(), deed), 1..6)
}

#[allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "any place will do"
)]
fn edited(seed: &[u8], edits: &[Edit]) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for (place, byte, deed) in edits.iter().filter(|_| !seed.is_empty()) {
        let at = (*place * bytes.len() as f64) as usize;
        let end = (at + usize::from(*byte)).min(bytes.len());
        match deed {
            Deed::Replace => bytes[at] = *byte,
            Deed::Insert => bytes.insert(at, *byte),
            Deed::Remove => drop(bytes.drain(at..end)),
            Deed::Double => drop(bytes.splice(at..at, bytes[at..end].to_vec())),
            Deed::Cut => bytes.truncate(at),
        }
        if bytes.is_empty() {
            break;
        }
    }
    bytes
}

/// Tries `parse` on what becomes of `seeds`, and on bytes that nobody chose.
fn try_on(seeds: &[Vec<u8>], cases: u32, parse: impl Fn(&[u8])) {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new(config.clone());
    for seed in seeds {
        parse(seed);
    }
    let damaged = (prop::sample::select(seeds.to_vec()), edits()).prop_map(|(seed, edits)| edited(&seed, &edits));
    let any = vec(any::<u8>(), 0..512);
    let tried = runner.run(&prop_oneof![4 => damaged, 1 => any], |bytes| {
        parse(&bytes);
        Ok(())
    });
    if let Err(error) = tried {
        panic!("{error}");
    }
}

#[test]
fn every_format_is_in_one_group() {
    let grouped: Vec<&str> = entries::GROUPS.iter().flat_map(|(_, formats)| *formats).copied().collect();
    let known: BTreeSet<&str> = FORMATS.iter().map(|format| format.id()).collect();
    assert_eq!(grouped.iter().copied().collect::<BTreeSet<_>>(), known);
    assert_eq!(grouped.len(), known.len(), "one of them is in two");
}

#[test]
fn every_parser_has_a_target_of_the_fuzzer() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    let manifest = std::fs::read_to_string(folder.join("Cargo.toml")).unwrap();
    let groups = entries::GROUPS.iter().map(|(name, _)| *name);
    for name in groups.chain(["address", "age", "index", "picture", "transfer"]) {
        assert!(folder.join(format!("fuzz_targets/{name}.rs")).is_file(), "{name} has no target");
        assert!(manifest.contains(&format!("path = \"fuzz_targets/{name}.rs\"")), "{name} is not in the manifest");
    }
}

#[test]
fn damaged_imports_come_to_an_end() {
    let exports = formats::all();
    for (group, ids) in entries::GROUPS {
        let seeds: Vec<_> = exports.iter().filter(|export| ids.contains(&export.format)).collect();
        let seeds: Vec<Vec<u8>> = seeds.into_iter().map(|export| export.bytes.clone()).collect();
        try_on(&seeds, 128, |bytes| entries::import(group, bytes));
    }
}

#[test]
fn damaged_addresses_and_transfers_come_to_an_end() {
    let addresses: Vec<Vec<u8>> = vectors::all().iter().map(|vector| vector.uri().into_bytes()).collect();
    try_on(&addresses, 2_000, entries::address);
    let payloads: Vec<Vec<u8>> = fixtures::transfer::payloads();
    try_on(&payloads, 1_000, entries::transfer);
}

#[test]
fn damaged_pictures_come_to_an_end() {
    let pictures = fixtures::all().into_iter().filter(|fixture| fixture.path.starts_with("qr/"));
    try_on(&pictures.map(|picture| picture.bytes).collect::<Vec<_>>(), 24, entries::picture);
}

#[test]
fn damaged_lists_and_sealed_files_come_to_an_end() {
    let backend =
        Backend { kind: BackendKind::Keyring, service: "gnome-keyring-daemon".into(), collection: "login".into() };
    let mut index = Index::new(AccountId::random().unwrap(), backend);
    for vector in vectors::all() {
        let id = AccountId::random().unwrap();
        index.accounts.push(Entry::new(id, &vector.account(), "07".repeat(16), UnixTime(1_800_000_000)));
    }
    index.ran_on(UnixTime(1_800_000_000));
    try_on(&[index.to_bytes()], 1_000, entries::index);
    let sealed = std::fs::read(fixtures::path("formats/otp.age")).unwrap();
    let key = otp::crypto::age::Identity::generate();
    let lines = [key.line().expose().to_vec(), key.recipient().to_string().into_bytes()];
    try_on(&[&[sealed][..], &lines].concat(), 500, entries::age);
}
