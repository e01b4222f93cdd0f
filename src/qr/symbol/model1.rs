//! Codes of model 1, the first kind of QR codes, which few readers know. `rxing` does.

use rxing::common::BitMatrix;
use rxing::qrcode::cpp_port::decoder::Decode;
use zeroize::Zeroizing;

use super::super::Level;
use super::Symbol;
use super::grid::Grid;

/// The largest that exist, in modules: version 14.
const LARGEST: usize = 73;
/// How the symbology identifier ends for codes of model 1 (ISO/IEC 15424).
const MODEL_1: u8 = b'0';
/// What valid error correction and segments are worth at least, in bits: how much was wrong is not told.
const EVIDENCE: i32 = 24;

/// Reads `grid` as a code of model 1. `likeness` is how much its fixed patterns speak for it.
pub(super) fn read(grid: &Grid, likeness: i32) -> Option<Symbol> {
    let side = u32::try_from(grid.side()).ok()?;
    if grid.side() > LARGEST {
        return None;
    }
    let mut bits = BitMatrix::with_single_dimension(side).ok()?;
    for (x, y) in (0..side).flat_map(|y| (0..side).map(move |x| (x, y))) {
        bits.set_bool(x, y, grid.at(x as usize, y as usize) > 0);
    }
    let content =
        Decode(&bits).ok().filter(|content| content.isValid() && content.content().symbology.modifier == MODEL_1)?;
    let text = Zeroizing::new(content.text());
    let level = match content.ecLevel() {
        "L" => Level::L,
        "M" => Level::M,
        "Q" => Level::Q,
        _ => Level::H,
    };
    let version = u8::try_from((grid.side() - 17) / 4).ok()?;
    (!text.is_empty()).then_some(Symbol { text, version, level, evidence: EVIDENCE + likeness, part: None })
}
