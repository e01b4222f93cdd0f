//! How long 1,000 accounts of each plain text format take to read. The bar is 100 ms.
//!
//! The fixtures of the formats are made larger: the longest list of entries in a JSON tree, or the
//! lines after the first of a text, are repeated until there are 1,000.

use std::fs;
use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, criterion_group, criterion_main};
use otp::import::{self, Opened, Source};
use serde_json::Value;

const ACCOUNTS: usize = 1_000;

fn formats(criterion: &mut Criterion) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let inside = |folder: &Path| fs::read_dir(folder).expect("the fixtures are there").flatten();
    let mut files: Vec<_> = inside(&folder.join("formats")).chain(inside(&folder)).map(|file| file.path()).collect();
    files.sort();
    let mut group = criterion.benchmark_group("read 1,000 accounts");
    group.sample_size(10);
    for file in files.iter().filter(|file| file.is_file()) {
        let Some(bytes) = fs::read_to_string(file).ok().and_then(|text| enlarged(&text)) else { continue };
        // Entries are repeated as they are, so a bad one may make fewer accounts of them.
        let found = accounts(&bytes);
        if found >= ACCOUNTS {
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            group.bench_function(name, |bencher| bencher.iter(|| black_box(accounts(black_box(&bytes)))));
        }
    }
    group.finish();
}

/// How many accounts are in `text`; 0 if it is locked or no export.
fn accounts(text: &str) -> usize {
    match import::open(&Source::new(text.as_bytes())) {
        Ok(Opened::Batch(batch)) => batch.accounts.len(),
        _ => 0,
    }
}

/// `text` with its entries repeated.
fn enlarged(text: &str) -> Option<String> {
    if text.trim_start().starts_with(['{', '[']) {
        let mut tree: Value = serde_json::from_str(text).ok()?;
        let list = longest(&mut tree)?;
        *list = list.iter().cycle().take(ACCOUNTS + list.len()).cloned().collect();
        return Some(tree.to_string());
    }
    let (first, rest) = text.split_once('\n')?;
    let rest: Vec<&str> = rest.lines().filter(|line| !line.is_empty()).collect();
    let many = rest.iter().cycle().take(ACCOUNTS + rest.len()).copied();
    Some([first].into_iter().chain(many).collect::<Vec<_>>().join("\n"))
}

/// The longest list of objects in `tree`.
fn longest(tree: &mut Value) -> Option<&mut Vec<Value>> {
    match tree {
        Value::Array(items) => {
            if items.iter().any(Value::is_object) {
                return Some(items);
            }
            items.iter_mut().filter_map(longest).max_by_key(|list| list.len())
        }
        Value::Object(fields) => fields.values_mut().filter_map(longest).max_by_key(|list| list.len()),
        _ => None,
    }
}

criterion_group!(benches, formats);
criterion_main!(benches);
