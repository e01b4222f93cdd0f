//! The finders: three ways to find codes in a picture and to read off their modules.
//!
//! They are foreign code, each behind the barrier, and only hand over modules: what these say is
//! read in one place for all.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "places in pictures are far within the precision of all types"
)]

use rxing::common::cpp_essentials::ConcentricPattern;
use rxing::common::{BitMatrix, DetectorRXingResult};
use rxing::multi::qrcode::detector::MultiFinderPatternFinder;
use rxing::qrcode::cpp_port::detector::{FindFinderPatterns, GenerateFinderPatternSets, SampleQR};
use rxing::qrcode::detector::Detector;
use rxing::{DecodeHints, Point, point};

use super::barrier;
use super::bits::Bits;
use super::fit::Three;
use super::grey::Grey;
use super::marks::{self, Mark};
use super::symbol::Grid;

/// A point of a picture, in pixels from the left and from the top.
pub(super) type Place = (f32, f32);

/// Takes the modules of what may be a code and its corners, and says whether it could be read.
pub(super) type Sink<'a> = &'a mut dyn FnMut(&Grid, &[Place]) -> bool;

/// The most marks of codes among which threes are looked for: fifty codes.
const MARKS: usize = 150;
/// The most threes of marks that are tried.
const TRIES: usize = 1000;

/// The finder of `ZXing` in C++: marks as rings around one middle, the likeliest threes first.
pub(super) fn concentric(bits: &Bits, sink: Sink<'_>) {
    let Some(mut marks) = barrier::run(|| FindFinderPatterns(bits, true, 0)).filter(|marks| marks.len() <= MARKS)
    else {
        return;
    };
    let mut used = Vec::new();
    for three in barrier::run(|| GenerateFinderPatternSets(&mut marks)).unwrap_or_default().iter().take(TRIES) {
        let corners = [three.bl, three.tl, three.tr];
        if corners.iter().any(|corner| used.contains(corner)) {
            continue;
        }
        let found = barrier::run(|| SampleQR(bits, three).ok()).flatten();
        if found.is_some_and(|found| hand_over(found.getBits(), found.getPoints(), sink)) {
            used.extend(corners);
        }
    }
}

/// `marks`, and those of `bits` that only the finder above sees, in threes that may be corners of one
/// code, the likeliest first.
pub(super) fn threes(bits: &Bits, mut marks: Vec<Mark>) -> Vec<Three> {
    for mark in barrier::run(|| FindFinderPatterns(bits, true, 0)).unwrap_or_default().into_iter().map(ours) {
        if !marks.iter().any(|known| known.is_near(&mark)) {
            marks.push(mark);
        }
    }
    marks.truncate(MARKS);
    let theirs = |mark: &Mark| ConcentricPattern { p: point(mark.x, mark.y), size: mark.size.round() as i32 };
    let mut patterns = marks.iter().map(theirs).collect();
    let sets = barrier::run(|| GenerateFinderPatternSets(&mut patterns)).unwrap_or_default();
    sets.iter().map(|three| [three.tl, three.tr, three.bl].map(ours)).collect()
}

fn ours(mark: ConcentricPattern) -> Mark {
    Mark { x: mark.p.x, y: mark.p.y, size: mark.size as f32 }
}

/// The finder of `ZXing` in Java: marks of one size in a right angle.
pub(super) fn classic(bits: &Bits, sink: Sink<'_>) {
    let hints = DecodeHints { TryHarder: Some(true), ..DecodeHints::default() };
    let threes = barrier::run(|| MultiFinderPatternFinder::new(bits, None).findMulti(&hints).unwrap_or_default());
    let detector = Detector::new(bits);
    for three in threes.unwrap_or_default().into_iter().take(TRIES) {
        if let Some(found) = barrier::run(|| detector.processFinderPatternInfo(three).ok()).flatten() {
            hand_over(found.getBits(), found.getPoints(), sink);
        }
    }
}

fn hand_over(modules: &BitMatrix, points: &[Point], sink: Sink<'_>) -> bool {
    let corners: Vec<_> = points.iter().map(|point| (point.x, point.y)).collect();
    let grid = Grid::new(modules.height() as usize, |x, y| modules.get(x as u32, y as u32));
    grid.is_some_and(|grid| sink(&grid, &corners))
}

/// Marks as blobs within blobs, a threshold that follows each row. It copies the picture for each
/// pair of marks that it tries, so few marks are its limit.
pub(super) fn flood(grey: &Grey, sink: Sink<'_>) {
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
                sink(&grid, &corners);
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
    marks::find(&bits, MARKS).len() <= MARKS
}
