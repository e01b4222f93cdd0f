//! The decoders: three ways to find and read QR codes in one grey picture.

use rxing::common::cpp_essentials::DecoderResult;
use rxing::common::{BitMatrix, DetectorRXingResult, GlobalHistogramBinarizer, HybridBinarizer};
use rxing::multi::qrcode::detector::MultiFinderPatternFinder;
use rxing::qrcode::cpp_port::decoder::Decode;
use rxing::qrcode::cpp_port::detector::{FindFinderPatterns, FinderPatternSet, GenerateFinderPatternSets, SampleQR};
use rxing::qrcode::decoder::qrcode_decoder::decode_bitmatrix;
use rxing::qrcode::detector::Detector;
use rxing::{Binarizer, BinaryBitmap, DecodeHints, Luma8Source, Point};
use zeroize::Zeroizing;

use super::crowd::Bits;
use super::grey::Grey;
use super::{Found, Position};

/// A way to read codes.
pub(super) type Decoder = fn(&Grey) -> Vec<Found>;

/// Threshold from each pixel's surroundings: photos, uneven light.
pub(super) fn local_threshold(grey: &Grey) -> Vec<Found> {
    source(grey).map(|source| read_bitmap(HybridBinarizer::new(source))).unwrap_or_default()
}

/// One threshold for the whole picture: screenshots, coloured codes, noise.
pub(super) fn global_threshold(grey: &Grey) -> Vec<Found> {
    source(grey).map(|source| read_bitmap(GlobalHistogramBinarizer::new(source))).unwrap_or_default()
}

/// A decoder of another family, with its own finder. It copies the picture for each pair of marks
/// that it tries, so few marks are its limit.
pub(super) fn flood_fill(grey: &Grey) -> Vec<Found> {
    const MARKS: usize = 30;
    const BLACK: u8 = 1;
    let (Ok(width), Ok(height)) = (usize::try_from(grey.width()), usize::try_from(grey.height())) else {
        return Vec::new();
    };
    let shades = grey.shades();
    let mut picture = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| shades[y * width + x]);
    let black = |x, y| picture.get_pixel_at(x, y) == BLACK;
    if (Bits { width, height, black }).is_crowded(MARKS) {
        return Vec::new();
    }
    picture.detect_grids().into_iter().filter_map(|grid| read_grid(&grid)).collect()
}

fn read_grid<G: rqrr::BitGrid>(grid: &rqrr::Grid<G>) -> Option<Found> {
    let (_, text) = grid.decode().ok()?;
    let corners = grid.bounds.map(|corner| (f64::from(corner.x), f64::from(corner.y)));
    Some(Found { text: Zeroizing::new(text), position: middle(&corners)? })
}

fn source(grey: &Grey) -> Option<Luma8Source<'_>> {
    Luma8Source::new_with_slice(grey.shades(), grey.width(), grey.height()).ok()
}

/// The most marks of codes among which threes are looked for: fifty codes.
const MARKS: usize = 150;
/// The most threes of marks that are tried.
const TRIES: usize = 1000;

/// Both finders of `rxing` on one black-and-white picture: each finds codes the other misses.
fn read_bitmap<B: Binarizer>(binarizer: B) -> Vec<Found> {
    let bitmap = BinaryBitmap::new(binarizer);
    let matrix = bitmap.get_black_matrix();
    if is_crowded(matrix) {
        return Vec::new();
    }
    let mut found = read_classic(matrix);
    found.extend(read_concentric(matrix));
    found
}

fn is_crowded(matrix: &BitMatrix) -> bool {
    let (Ok(width), Ok(height)) = (usize::try_from(matrix.width()), usize::try_from(matrix.height())) else {
        return true;
    };
    // Both come from the 32 bits above.
    #[allow(clippy::cast_possible_truncation)]
    let black = |x: usize, y: usize| matrix.get(x as u32, y as u32);
    Bits { width, height, black }.is_crowded(MARKS)
}

/// The finder of `ZXing` in Java: marks of one size in a right angle.
fn read_classic(matrix: &BitMatrix) -> Vec<Found> {
    let hints = DecodeHints { TryHarder: Some(true), ..DecodeHints::default() };
    let threes = MultiFinderPatternFinder::new(matrix, None).findMulti(&hints).unwrap_or_default();
    let detector = Detector::new(matrix);
    let read = |three| {
        let grid = detector.processFinderPatternInfo(three).ok()?;
        found_at(decode_bitmatrix(grid.getBits()).ok()?.getText(), grid.getPoints())
    };
    threes.into_iter().take(TRIES).filter_map(read).collect()
}

/// The finder of `ZXing` in C++: marks as rings around one middle, the likeliest threes first.
fn read_concentric(matrix: &BitMatrix) -> Vec<Found> {
    let mut marks = FindFinderPatterns(matrix, true, 0);
    if marks.len() > MARKS {
        return Vec::new();
    }
    let mut used = Vec::new();
    let mut found = Vec::new();
    for three in GenerateFinderPatternSets(&mut marks).iter().take(TRIES) {
        let corners = [three.bl, three.tl, three.tr];
        if corners.iter().any(|corner| used.contains(corner)) {
            continue;
        }
        if let Some(code) = read_three(matrix, three) {
            used.extend(corners);
            found.push(code);
        }
    }
    found
}

fn read_three(matrix: &BitMatrix, three: &FinderPatternSet) -> Option<Found> {
    let grid = SampleQR(matrix, three).ok()?;
    let content = Decode(grid.getBits()).ok().filter(DecoderResult::isValid)?;
    found_at(&Zeroizing::new(content.text()), grid.getPoints())
}

fn found_at(text: &str, points: &[Point]) -> Option<Found> {
    let corners: Vec<_> = points.iter().map(|point| (f64::from(point.x), f64::from(point.y))).collect();
    Some(Found { text: Zeroizing::new(text.to_owned()), position: middle(&corners)? })
}

/// Centre and size of the smallest upright box around `corners`; `None` without corners.
fn middle(corners: &[(f64, f64)]) -> Option<Position> {
    let first = *corners.first()?;
    let (low, high) = corners.iter().fold((first, first), |(low, high), corner| {
        ((low.0.min(corner.0), low.1.min(corner.1)), (high.0.max(corner.0), high.1.max(corner.1)))
    });
    // Pixel positions lie far within the precision of the smaller type.
    #[allow(clippy::cast_possible_truncation)]
    let narrow = |number: f64| number as f32;
    Some(Position {
        x: narrow(f64::midpoint(low.0, high.0)),
        y: narrow(f64::midpoint(low.1, high.1)),
        size: narrow((high.0 - low.0).max(high.1 - low.1)),
    })
}
