//! The decoders: three ways to find and read QR codes in one grey picture.

use rxing::common::{BitMatrix, DetectorRXingResult, GlobalHistogramBinarizer, HybridBinarizer};
use rxing::multi::MultipleBarcodeReader;
use rxing::multi::qrcode::detector::MultiDetector;
use rxing::qrcode::cpp_port::QrReader;
use rxing::qrcode::decoder::qrcode_decoder::decode_bitmatrix;
use rxing::{BarcodeFormat, Binarizer, BinaryBitmap, DecodeHints, Luma8Source, Point};
use zeroize::Zeroizing;

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

/// A decoder of another family, with its own finder.
pub(super) fn flood_fill(grey: &Grey) -> Vec<Found> {
    let (Ok(width), Ok(height)) = (usize::try_from(grey.width()), usize::try_from(grey.height())) else {
        return Vec::new();
    };
    let shades = grey.shades();
    let mut picture = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| shades[y * width + x]);
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

fn hints() -> DecodeHints {
    DecodeHints {
        TryHarder: Some(true),
        PossibleFormats: Some([BarcodeFormat::QR_CODE].into()),
        ..DecodeHints::default()
    }
}

/// Both finders of `rxing` on one black-and-white picture: each finds codes the other misses.
fn read_bitmap<B: Binarizer>(binarizer: B) -> Vec<Found> {
    let mut bitmap = BinaryBitmap::new(binarizer);
    let mut found = read_classic(bitmap.get_black_matrix());
    let more = QrReader.decode_multiple_with_hints(&mut bitmap, &hints()).unwrap_or_default();
    found.extend(more.iter().filter_map(|result| found_at(result.getText(), result.getPoints())));
    found
}

fn read_classic(matrix: &BitMatrix) -> Vec<Found> {
    let grids = MultiDetector::new(matrix).detectMulti(&hints()).unwrap_or_default();
    let read = |grid: &rxing::qrcode::detector::QRCodeDetectorResult| {
        found_at(decode_bitmatrix(grid.getBits()).ok()?.getText(), grid.getPoints())
    };
    grids.iter().filter_map(read).collect()
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
