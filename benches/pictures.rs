//! What reading QR codes from pictures costs: against `zbarimg`, and stage by stage.
//!
//! Run it by `scripts/bench --all`. The processor time is that of whole processes, which start, load
//! the picture and read it; both programs take turns on the same files.
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "nobody needs more digits, and shades are below 256"
)]
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr, reason = "a tool for developers")]

#[cfg(not(target_os = "linux"))]
fn main() {
    println!("only on Linux is there a `zbarimg` to measure against; nothing was measured");
}

#[cfg(target_os = "linux")]
#[allow(dead_code, reason = "drawing that only the tests need")]
#[path = "../tests/it/pictures/draw.rs"]
mod draw;
#[cfg(target_os = "linux")]
#[allow(dead_code, reason = "texts that only the tests need")]
#[path = "../tests/it/pictures/seeded.rs"]
mod seeded;

#[cfg(target_os = "linux")]
fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.as_slice() {
        [command, file] if command == "read" => linux::read(file),
        _ => {
            linux::against_zbarimg();
            linux::stages();
        }
    }
}

#[cfg(target_os = "linux")]
mod linux {
    use std::fs;
    use std::hint::black_box;
    use std::path::{Path, PathBuf};
    use std::process::{Command, Stdio};

    use criterion::Criterion;
    use image::{GrayImage, Luma};
    use nix::sys::resource::{UsageWho, getrusage};
    use nix::sys::time::TimeValLike;
    use otp::qr;
    use qrcode::EcLevel;

    use super::draw::{code, page};
    use super::seeded::Seeded;

    /// Rounds of which the median counts.
    const ROUNDS: usize = 5;

    pub(crate) fn read(file: &str) {
        for found in qr::read(&fs::read(file).unwrap()).unwrap_or_default() {
            println!("{}", found.text.as_str());
        }
    }

    pub(crate) fn against_zbarimg() {
        let folder = tempfile::tempdir().unwrap();
        let drawn = draw(folder.path());
        let codes = shared();
        println!("{:44} {:>9} {:>9} {:>6}", "processor time in milliseconds", "otp", "zbarimg", "ratio");
        if codes.is_empty() {
            eprintln!("*** no `../shared/qr`: real pictures with a code were NOT measured ***");
        }
        row("pictures with a code, sum", &codes, |costs| costs.iter().sum());
        for (name, files) in &drawn {
            row(name, files, median);
        }
    }

    fn row(name: &str, files: &[PathBuf], whole: fn(&mut [f64]) -> f64) {
        let costs: Vec<_> = files.iter().map(|file| cost(file)).collect();
        let (ours, theirs): (Vec<f64>, Vec<f64>) = costs.into_iter().unzip();
        let (ours, theirs) = [ours, theirs].map(|mut costs| whole(&mut costs)).into();
        println!("{name:44} {ours:9.1} {theirs:9.1} {:6.2}", ours / theirs);
    }

    /// What reading `file` costs us, and them.
    fn cost(file: &Path) -> (f64, f64) {
        let itself = std::env::current_exe().unwrap();
        let rounds = (0..ROUNDS).map(|_| {
            let ours = spent(Command::new(&itself).arg("read").arg(file));
            (ours, spent(Command::new("zbarimg").args(["-q", "-Sdisable", "-Sqrcode.enable"]).arg(file)))
        });
        let (mut ours, mut theirs): (Vec<_>, Vec<_>) = rounds.unzip();
        (median(&mut ours), median(&mut theirs))
    }

    fn spent(command: &mut Command) -> f64 {
        let before = children();
        command.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
        children() - before
    }

    fn children() -> f64 {
        let usage = getrusage(UsageWho::RUSAGE_CHILDREN).unwrap();
        (usage.user_time().num_microseconds() + usage.system_time().num_microseconds()) as f64 / 1e3
    }

    fn median(numbers: &mut [f64]) -> f64 {
        numbers.sort_by(f64::total_cmp);
        numbers.get(numbers.len() / 2).copied().unwrap_or(f64::NAN)
    }

    /// The pictures with a code beside the repository, if they are there.
    fn shared() -> Vec<PathBuf> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/qr");
        let index = fs::read_to_string(folder.join("INDEX.tsv")).unwrap_or_default();
        let rows = index.lines().skip(1).map(|line| line.split('\t').collect::<Vec<_>>());
        let mut files: Vec<_> = rows.filter(|row| row[2] != "null").map(|row| folder.join(row[0])).collect();
        files.dedup();
        files.retain(|file| qr::read(&fs::read(file).unwrap()).is_ok());
        files
    }

    /// Pictures of our own, by kind.
    fn draw(folder: &Path) -> Vec<(&'static str, Vec<PathBuf>)> {
        let mut chance = Seeded::new("bench", 0);
        let save = |name: &str, picture: &GrayImage| {
            let file = folder.join(name);
            picture.save(&file).unwrap();
            file
        };
        let small = code(&chance.address(), EcLevel::M, 3.0);
        let desktop = save("desktop.png", &page(3840, 2160, &[small], &mut chance));
        let vga = (0..5).map(|n| {
            let kind = if n % 2 == 0 { page(640, 480, &[], &mut chance) } else { grains(640, 480, &mut chance) };
            save(&format!("{n}.png"), &kind)
        });
        let vga = vga.collect();
        let large = vec![
            save("page.png", &page(3264, 2448, &[], &mut chance)),
            save("grains.jpg", &grains(3264, 2448, &mut chance)),
        ];
        vec![
            ("3840x2160 with one small code", vec![desktop]),
            ("640x480 without a code, median", vga),
            ("3264x2448 without a code, the dearer", large),
        ]
    }

    /// A wall in poor light.
    fn grains(width: u32, height: u32, chance: &mut Seeded) -> GrayImage {
        GrayImage::from_fn(width, height, |x, y| {
            Luma([(90 + (x + y) * 60 / (width + height)) as u8 + chance.below(30) as u8])
        })
    }

    pub(crate) fn stages() {
        let mut criterion = Criterion::default().sample_size(10).configure_from_args();
        let mut chance = Seeded::new("stages", 0);
        let small = code(&chance.address(), EcLevel::M, 4.0);
        let page = image::DynamicImage::from(page(1000, 800, &[small], &mut chance));
        let mut file = std::io::Cursor::new(Vec::new());
        page.write_to(&mut file, image::ImageFormat::Png).unwrap();
        let mut group = criterion.benchmark_group("a stage on 1000x800");
        for stage in qr::stages() {
            group.bench_function(stage, |bencher| {
                bencher.iter(|| black_box(qr::read_by(stage, file.get_ref()).is_ok()));
            });
        }
        group.finish();
        criterion.final_summary();
    }
}
