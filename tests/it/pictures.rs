//! Pictures as people have them, made here: every kind is read at least as often as it was before.
//!
//! All are drawn from a seed, so a failure comes again. Real pictures, which are not ours, stand beside
//! the repository and are read where they are present.

#![allow(clippy::similar_names, reason = "what is drawn and read has few names")]
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "shades are below 256, work below 2^53"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

#[cfg(target_os = "linux")]
use image::{GrayImage, Luma};
use otp::qr;
use serde_json::Value;

#[cfg(target_os = "linux")]
use crate::fixtures::draw::png;
use crate::loud::loudly;
use kinds::{KINDS, Kind};
use seeded::Seeded;

mod camera;
#[cfg(target_os = "linux")]
pub(crate) mod crowds;
mod draw;
mod kinds;
mod seeded;

/// How many pictures of a kind are made; of screens in full, which are large, one.
const PICTURES: usize = 3;

#[test]
fn every_kind_of_picture_is_read_as_often_as_it_was() {
    let mut faults = Vec::new();
    for kind in KINDS {
        let (read, all) = rate(kind, if kind.is_large { 1 } else { PICTURES });
        println!("{:20} {read} of {all}", kind.name);
        if read * 100 < all * kind.percent {
            faults.push(format!("{}: {read} of {all}, at least {} percent expected", kind.name, kind.percent));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// How many codes of `count` pictures are read, and how many there are. A wrong text fails at once.
fn rate(kind: &Kind, count: usize) -> (usize, usize) {
    let (mut read, mut all) = (0, 0);
    for number in 0..count {
        let made = (kind.make)(&mut Seeded::new(kind.name, number));
        let found: Vec<String> = texts(&made.file);
        for text in &found {
            assert!(made.texts.contains(text), "{} {number}: a wrong text", kind.name);
        }
        all += made.texts.len();
        read += made.texts.iter().filter(|text| found.contains(text)).count();
    }
    (read, all)
}

/// Work is counted and not timed: a picture without a code costs about six looks at each pixel, noise much
/// more, and what is drawn to keep a reader busy no more than it did.
#[cfg(target_os = "linux")]
#[test]
fn no_picture_costs_more_work_than_it_did() {
    let mut faults = Vec::new();
    let mut case = |name: &str, picture: &GrayImage, most: u64| {
        let (_, work) = qr::read_counted(&png(picture));
        println!("{name:24} {:6.1} of {most} million", work as f64 / 1e6);
        if work > most * 1_000_000 {
            faults.push(format!("{name}: {work}, at most {most} million expected"));
        }
    };
    let mut chance = Seeded::new("work", 0);
    case("page", &draw::page(640, 480, &[], &mut chance), 2);
    case("noise", &GrayImage::from_fn(640, 480, |_, _| Luma([chance.below(256) as u8])), 30);
    for crowd in crowds::CROWDS {
        case(crowd.name, &(crowd.draw)(crowds::SMALL), crowd.most);
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn texts(picture: &[u8]) -> Vec<String> {
    qr::read(picture).map(|found| found.iter().map(|code| code.text.to_string()).collect()).unwrap_or_default()
}

/// Codes of real pictures that are read, of 77.
const REAL: usize = 77;
/// Codes of drawn pictures that are read, of 57, of which four are in formats that are not read.
const DRAWN: usize = 52;

/// A row of the index: a file, a text it shows if any, and whether that text may be missing.
type Row = (String, Option<String>, bool);

#[test]
fn pictures_beside_the_repository_are_read_as_often_as_they_were() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/qr");
    let Ok(index) = fs::read_to_string(folder.join("INDEX.tsv")) else {
        loudly("real pictures were NOT read: no `../shared/qr/INDEX.tsv`");
        return;
    };
    let rows: Vec<Row> = index.lines().skip(1).map(row).collect();
    let (mut real, mut drawn) = (0, 0);
    for file in rows.iter().map(|row| &row.0).collect::<BTreeSet<_>>() {
        let expected: Vec<_> = rows.iter().filter(|row| row.0 == *file).collect();
        // The index ends all lines in one way.
        let found: Vec<_> =
            texts(&fs::read(folder.join(file)).unwrap()).iter().map(|text| text.replace("\r\n", "\n")).collect();
        for text in &found {
            assert!(expected.iter().any(|row| row.1.as_ref() == Some(text)), "{file}: a wrong text");
        }
        let hits = expected.iter().filter(|row| !row.2 && row.1.as_ref().is_some_and(|text| found.contains(text)));
        *if file.starts_with("real/") { &mut real } else { &mut drawn } += hits.count();
    }
    println!("real {real}, drawn {drawn}");
    assert!(real >= REAL && drawn >= DRAWN, "real {real}, {REAL} expected; drawn {drawn}, {DRAWN} expected");
}

fn row(line: &str) -> Row {
    let columns: Vec<&str> = line.split('\t').collect();
    let text: Value = serde_json::from_str(columns[2]).unwrap();
    (columns[0].to_owned(), text.as_str().map(str::to_owned), columns[3] == "optional")
}
