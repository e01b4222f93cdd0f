//! What each stage costs, on a page with one code.

use std::hint::black_box;
use std::io::Cursor;
use std::time::Duration;

use criterion::Criterion;
use image::ImageFormat;
use otp::qr;
use qrcode::EcLevel;

use crate::draw::{code, page};
use crate::seeded::Seeded;

pub(crate) fn run() {
    let criterion = Criterion::default().sample_size(10).warm_up_time(Duration::from_millis(200));
    let mut criterion = criterion.measurement_time(Duration::from_secs(1)).configure_from_args();
    let mut chance = Seeded::new("stages", 0);
    let small = code(&chance.address(), EcLevel::M, 4.0);
    let mut file = Cursor::new(Vec::new());
    page(1000, 800, &[small], &mut chance).write_to(&mut file, ImageFormat::Png).unwrap();
    let mut group = criterion.benchmark_group("a stage on 1000x800");
    for stage in qr::stages() {
        group.bench_function(stage, |bencher| {
            bencher.iter(|| black_box(qr::read_by(stage, file.get_ref()).is_ok()));
        });
    }
    group.finish();
    criterion.final_summary();
}
