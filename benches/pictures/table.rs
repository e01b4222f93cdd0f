//! The rows of the table: our cost against theirs, beside what it may be and what it should be.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use otp::qr;
use qrcode::EcLevel;

use super::costs::{self, Cost};
use super::empty;
use crate::draw::{code, page};
use crate::kinds::KINDS;
use crate::seeded::Seeded;

/// How many pictures of each kind are measured.
const PICTURES: usize = 2;

/// Measures everything and prints the table.
pub(crate) fn print() {
    let folder = tempfile::tempdir().unwrap();
    println!("{:<44} {:>9} {:>9} {:>6} {:>6} {:>6}", "processor time, ms", "otp", "zbarimg", "bar", "goal", "ratio");
    let real = shared();
    if real.is_empty() {
        eprintln!("*** no `../shared/qr`: real pictures with a code were NOT measured ***");
    } else {
        row("real pictures with a code, sum", ["0.5", "0.3"], sum(&costs::of(&real)));
    }
    row("drawn pictures with a code, sum", ["0.5", "0.3"], sum(&costs::of(&drawn(folder.path(), false))));
    for (file, name) in drawn(folder.path(), true).into_iter().zip(["small", "tiny"]) {
        row(&format!("3840x2160 with one {name} code"), ["0.6", "0.2"], sum(&costs::of(&[file])));
    }
    row("modules of 1 to 2 pixels, sum", ["0.5", "0.3"], sum(&costs::of(&small(folder.path()))));
    without_a_code(folder.path());
    large(folder.path());
}

fn row(what: &str, [bar, goal]: [&str; 2], (ours, theirs): Cost) {
    println!("{what:<44} {ours:>9.1} {theirs:>9.1} {bar:>6} {goal:>6} {:>6.2}", ours / theirs);
}

fn sum(costs: &[Cost]) -> Cost {
    costs.iter().fold((0.0, 0.0), |sum, cost| (sum.0 + cost.0, sum.1 + cost.1))
}

/// 640 by 480 pixels of every kind: the middle ratio counts, and the worst should be known.
fn without_a_code(folder: &Path) {
    let mut ratios = Vec::new();
    for (name, make) in empty::KINDS {
        let files = (0..PICTURES).map(|number| {
            let file = folder.join(format!("empty-{number}-{name}"));
            fs::write(&file, empty::file(name, &make(640, 480, &mut Seeded::new(name, number)))).unwrap();
            file
        });
        let costs = costs::of(&files.collect::<Vec<_>>());
        row(&format!("  640x480, {name}"), ["", ""], sum(&costs));
        ratios.extend(costs.iter().map(|(ours, theirs)| ours / theirs));
    }
    let worst = ratios.iter().copied().fold(0.0, f64::max);
    row("640x480 without a code, median", ["2", "1"], (costs::median(ratios), 1.0));
    row("640x480 without a code, worst", ["", ""], (worst, 1.0));
}

/// Eight megapixels without a code. These are held to seconds, whatever others need.
fn large(folder: &Path) {
    let mut worst = 0.0_f64;
    for (name, make) in empty::KINDS {
        let file = folder.join(format!("large-{name}"));
        fs::write(&file, empty::file(name, &make(3264, 2448, &mut Seeded::new(name, 0)))).unwrap();
        let cost = costs::of(&[file])[0];
        row(&format!("  3264x2448, {name}"), ["", ""], cost);
        worst = worst.max(cost.0 / 1e3);
    }
    println!(
        "{:<44} {:>9} {:>9} {:>6} {:>6} {worst:>6.2}",
        "3264x2448 without a code, worst, seconds", "", "", "2", "0.5"
    );
}

/// The pictures with a code beside the repository that we can read, if they are there.
fn shared() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/qr");
    let index = fs::read_to_string(folder.join("INDEX.tsv")).unwrap_or_default();
    let rows = index.lines().skip(1).map(|line| line.split('\t').collect::<Vec<_>>());
    let files: BTreeSet<_> = rows.filter(|row| row[2] != "null").map(|row| folder.join(row[0])).collect();
    files.into_iter().filter(|file| qr::read(&fs::read(file).unwrap()).is_ok()).collect()
}

/// Pictures with a code as the tests draw them: all, or the large ones.
fn drawn(folder: &Path, large: bool) -> Vec<PathBuf> {
    let numbers = if large { 0..1 } else { 0..PICTURES };
    let kinds = KINDS.iter().filter(|kind| kind.is_large == large);
    let files = kinds.flat_map(|kind| numbers.clone().map(move |number| (kind, number))).map(|(kind, number)| {
        let file = folder.join(format!("{number}-{}", kind.name.replace(' ', "-")));
        fs::write(&file, (kind.make)(&mut Seeded::new(kind.name, number)).file).unwrap();
        file
    });
    files.collect()
}

/// Codes with hardly a pixel to a module.
fn small(folder: &Path) -> Vec<PathBuf> {
    let files = [1.0, 1.25, 1.5, 2.0].into_iter().flat_map(|scale| [false, true].map(|alone| (scale, alone)));
    let files = files.enumerate().map(|(number, (scale, alone))| {
        let mut chance = Seeded::new("small", number);
        let code = code(&chance.address(), EcLevel::M, scale);
        let picture = if alone { code } else { page(640, 480, &[code], &mut chance) };
        let file = folder.join(format!("small-{number}.png"));
        picture.save(&file).unwrap();
        file
    });
    files.collect()
}
