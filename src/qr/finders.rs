//! The finders: three ways to find codes in a picture and to read off their modules.
//!
//! They are foreign code, each behind the barrier, and only hand over modules: what these say is
//! read in one place for all.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "places in pictures are far within the precision of all types"
)]

use rxing::common::cpp_essentials::{ConcentricPattern, LocateConcentricPattern};
use rxing::common::{BitMatrix, DetectorRXingResult};
use rxing::qrcode::cpp_port::detector::{FinderPatternSet, GenerateFinderPatternSets, SampleQR};
use rxing::qrcode::detector::{Detector, FinderPattern, FinderPatternInfo};
use rxing::{Point, point};

use super::barrier;
use super::bits::Bits;
use super::fit::Three;
use super::grey::Grey;
use super::likeness::{self, LEAST, TRIED};
use super::marks::{self, Mark};
use super::reading::Reading;
use super::sight::Sight;
use super::symbol::Grid;
use super::threes;
use super::work::Allowance;

/// A point of a picture, in pixels from the left and from the top.
pub(super) type Place = (f32, f32);

/// Takes the modules of what may be a code and its corners, and says whether it could be read.
pub(super) type Sink<'a> = &'a mut dyn FnMut(&Grid, &[Place]) -> bool;

/// The most threes of marks that are tried.
const TRIES: usize = 1000;
/// What it costs to try three marks.
const TRY: u64 = 3000;

/// Samples codes as `ZXing` in C++ does, the likeliest threes of marks first.
pub(super) fn concentric(sight: &Sight, view: &Grey, reading: &mut Reading) {
    let mut used = Vec::new();
    for three in sets(&tried(sight.patterns(reading.work()), sight.scale, view, reading.work())) {
        let corners = [three.bl, three.tl, three.tr];
        if corners.iter().any(|corner| used.contains(corner)) {
            continue;
        }
        if !reading.work().spend(TRY) {
            return;
        }
        let found = barrier::run(|| SampleQR(&sight.bits, &three).ok()).flatten();
        if found.is_some_and(|found| hand_over(found.getBits(), found.getPoints(), reading)) {
            used.extend(corners);
        }
    }
}

/// The marks of `sight`, and those that only `ZXing` sees, in threes that may be corners of one code, the
/// likeliest first.
pub(super) fn threes(sight: &Sight, view: &Grey, reading: &mut Reading) -> Vec<Three> {
    let mut marks = sight.marks.clone();
    for mark in sight.patterns(reading.work()) {
        if !marks.iter().any(|known| known.is_near(mark)) {
            marks.push(*mark);
        }
    }
    sets(&tried(&marks, sight.scale, view, reading.work()))
        .into_iter()
        .map(|three| [three.tl, three.tr, three.bl].map(ours))
        .collect()
}

/// `marks` without those that `work` allows to tell are not worth a try: each pixel of them is `scale` of `view`.
fn tried(marks: &[Mark], scale: f32, view: &Grey, work: &mut Allowance) -> Vec<Mark> {
    let likely = |mark: &&Mark| !work.spend(likeness::COST) || likeness::is_mark(view, &mark.times(scale), TRIED);
    marks.iter().filter(likely).copied().collect()
}

/// Some threes of `marks`.
fn sets(marks: &[Mark]) -> Vec<FinderPatternSet> {
    let theirs = |mark: &Mark| ConcentricPattern { p: point(mark.x, mark.y), size: mark.size.round() as i32 };
    let mut patterns = marks.iter().map(theirs).collect();
    let mut sets = barrier::run(|| GenerateFinderPatternSets(&mut patterns)).unwrap_or_default();
    let tilted = threes::tilted(marks).into_iter();
    sets.extend(tilted.map(|three| three.map(|mark| theirs(&mark))).map(|[tl, tr, bl]| FinderPatternSet {
        bl,
        tl,
        tr,
    }));
    sets.truncate(TRIES);
    sets
}

fn ours(mark: ConcentricPattern) -> Mark {
    Mark { x: mark.p.x, y: mark.p.y, size: mark.size as f32 }
}

/// Samples codes as `ZXing` in Java does, where marks look like marks in `view`.
pub(super) fn classic(sight: &Sight, view: &Grey, reading: &mut Reading) {
    let detector = Detector::new(&sight.bits);
    for three in threes(sight, view, reading) {
        if likeness::of_three(view, &three.map(|mark| mark.times(sight.scale))) <= LEAST {
            continue;
        }
        if !reading.work().spend(TRY) {
            return;
        }
        let [corner, right, below] = three.map(|mark| FinderPattern::new(mark.x, mark.y, mark.size / 7.0));
        let info = FinderPatternInfo::new([below, corner, right]);
        if let Some(found) = barrier::run(|| detector.processFinderPatternInfo(info).ok()).flatten() {
            hand_over(found.getBits(), found.getPoints(), reading);
        }
    }
}

fn hand_over(modules: &BitMatrix, points: &[Point], reading: &mut Reading) -> bool {
    let corners: Vec<_> = points.iter().map(|point| (point.x, point.y)).collect();
    let grid = Grid::new(modules.height() as usize, |x, y| modules.get(x as u32, y as u32));
    grid.is_some_and(|grid| reading.take(&grid, &corners))
}

/// The marks of `bits` as `ZXing` in C++ sees them, rings around one middle, however far they are pulled
/// apart; `most` at most, and as many as `work` allows. After its `FindFinderPatterns`, which has no end in a
/// crowd.
pub(super) fn patterns(bits: &Bits, most: usize, work: &mut Allowance) -> Vec<Mark> {
    /// Every third row cuts the middle of each mark that can be read.
    const ROWS: usize = 3;
    /// Lines through a mark and walks around it, in its length along a row.
    const LOOK: u64 = 20;
    let mut found: Vec<Mark> = Vec::new();
    for y in (ROWS - 1..bits.height() as usize).step_by(ROWS) {
        let edges = marks::edges(bits, y);
        let mut at = 0;
        while let Some(six) = edges.get(at..at + 6) {
            let light = at.checked_sub(1).map(|before| edges[at] - edges[before]);
            let runs = std::array::from_fn(|n| six[n + 1] - six[n]);
            at += 2;
            if !is_pattern(runs, light) {
                continue;
            }
            at += 2;
            let (x, length) = (f32::midpoint(six[2] as f32, six[3] as f32), six[5] - six[0]);
            let middle = point(x, y as f32 + 0.5);
            let inside = |known: &Mark| (known.x - middle.x).hypot(known.y - middle.y) < known.size / 2.0;
            if found.iter().any(inside) {
                continue;
            }
            if found.len() == most || !work.spend(LOOK * length as u64) {
                return found;
            }
            // For marks that are pulled apart.
            let range = i32::try_from(3 * length).unwrap_or(i32::MAX);
            let look = || LocateConcentricPattern::<true, 5, 7>(bits, &[1, 1, 3, 1, 1], middle, range);
            found.extend(barrier::run(look).flatten().map(ours));
        }
    }
    found
}

/// Whether the lengths of five runs are as 1 : 1 : 3 : 1 : 1, those of dark and of light each in their own
/// measure, with enough `light` before them; `None` is the edge of the picture.
fn is_pattern(runs: [usize; 5], light: Option<usize>) -> bool {
    let [one, two, three, four, five] = runs;
    if three < 3 || three < 2 * one.max(five) || three < two.max(four) {
        return false;
    }
    let (dark, bright) = ((one + three + five) as f32 / 5.0, (two + four) as f32 / 2.0);
    let off = |run: usize, modules: f32, module: f32| (run as f32 - modules * module).abs();
    dark.max(bright) <= 4.0 * dark.min(bright)
        && light.is_none_or(|light| light as f32 >= 0.1 * bright)
        && [(one, 1.0), (three, 3.0), (five, 1.0)].iter().all(|run| off(run.0, run.1, dark) <= dark * 0.75 + 0.5)
        && [two, four].iter().all(|run| off(*run, 1.0, bright) <= bright / 3.0 + 0.5)
}

/// Marks as blobs within blobs, a threshold that follows each row. It copies the picture for each
/// pair of marks that it tries, so few marks are its limit.
pub(super) fn flood(grey: &Grey, reading: &mut Reading) {
    const BLACK: u8 = 1;
    barrier::run(|| {
        let (width, shades) = (grey.width(), grey.shades());
        let mut picture =
            rqrr::PreparedImage::prepare_from_greyscale(width, grey.height(), |x, y| shades[y * width + x]);
        if !is_calm(width, grey.height(), |x, y| picture.get_pixel_at(x, y) == BLACK) {
            return;
        }
        for found in picture.detect_grids() {
            let corners = found.bounds.map(|corner| (corner.x as f32, corner.y as f32));
            let modules = &found.grid;
            if let Some(grid) = Grid::new(rqrr::BitGrid::size(modules), |x, y| rqrr::BitGrid::bit(modules, y, x)) {
                reading.take(&grid, &corners);
            }
        }
    });
}

/// Whether there are few marks in a picture of this size, `black` or not by column and row.
fn is_calm(width: usize, height: usize, black: impl Fn(usize, usize) -> bool) -> bool {
    const MARKS: usize = 30;
    let Ok(mut bits) = BitMatrix::new(width as u32, height as u32) else { return false };
    for (x, y) in (0..height).flat_map(|y| (0..width).map(move |x| (x, y))) {
        if black(x, y) {
            bits.set(x as u32, y as u32);
        }
    }
    marks::find(&bits, MARKS, |_| true).len() <= MARKS
}
