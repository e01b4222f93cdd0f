//! How long a query takes among 10,000 accounts: found, narrowed, nearly missed, Japanese.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use otp::find::{Named, filter, find};

struct Entry {
    issuer: String,
    name: String,
    tags: Vec<String>,
}

impl Named for Entry {
    fn issuer(&self) -> &str {
        &self.issuer
    }
    fn name(&self) -> &str {
        &self.name
    }
    fn tags(&self) -> &[String] {
        &self.tags
    }
}

fn accounts(issuer: &str, name: &str) -> Vec<Entry> {
    let entry = |number: usize| Entry {
        issuer: format!("{issuer} {number}"),
        name: format!("{name}{number}@example.com"),
        tags: vec!["取引".into()],
    };
    (0..10_000).map(entry).collect()
}

fn queries(criterion: &mut Criterion) {
    let latin = accounts("Exchange", "taro");
    let kana = accounts("ビットバンク", "太郎");
    let accents = accounts("Société Générale", "zoë");
    let mut group = criterion.benchmark_group("find among 10,000");
    for (id, all, query) in [
        ("exact", &latin, "Exchange 7777"),
        ("part", &latin, "change 7777"),
        ("near miss", &latin, "exchagne 7777"),
        ("kana", &kana, "びっとばんく 7777"),
        ("kana near miss", &kana, "びつとばんく 7777"),
        ("accents", &accents, "societe generale 7777"),
    ] {
        group.bench_function(id, |bencher| bencher.iter(|| black_box(find(black_box(query), all))));
    }
    group.bench_function("filter", |bencher| bencher.iter(|| black_box(filter(black_box("exch 77"), &latin))));
    group.finish();
}

criterion_group!(benches, queries);
criterion_main!(benches);
