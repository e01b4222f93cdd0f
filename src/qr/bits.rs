//! Black and white: where a grey picture is dark.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "means of shades are below 256, places below 2^32, sums of shades below 2^53"
)]

use rxing::common::{BitArray, BitMatrix};

use super::grey::Grey;

/// A picture in black and white.
pub(super) type Bits = BitMatrix;

/// Words of a row of `Bits`.
type Word = usize;
const WORD: usize = Word::BITS as usize;

/// The side of the squares that get one threshold, in pixels.
const SQUARE: usize = 8;
/// What is less apart than this in a square is of one colour.
const APART: u8 = 24;

/// Black is what is darker than its surroundings: photos, uneven light. After `ZXing`'s hybrid
/// binarizer.
pub(super) fn local(grey: &Grey) -> Option<Bits> {
    let (across, down) = (grey.width().div_ceil(SQUARE), grey.height().div_ceil(SQUARE));
    if across < 5 || down < 5 {
        return global(grey);
    }
    let levels = levels(grey, across, down);
    let mut thresholds = vec![0_u8; grey.width()];
    let mut bits = empty(grey)?;
    for y in 0..grey.height() {
        if y % SQUARE == 0 {
            let middle = (y / SQUARE).clamp(2, down - 3);
            for (x, square) in thresholds.chunks_mut(SQUARE).enumerate() {
                let left = x.clamp(2, across - 3) - 2;
                let rows = (middle - 2..=middle + 2).map(|row| &levels[row * across + left..][..5]);
                let sum: usize = rows.flatten().map(|level| usize::from(*level)).sum();
                square.fill((sum / 25) as u8);
            }
        }
        set_row(&mut bits, y, grey.row(y), &thresholds);
    }
    Some(bits)
}

/// What is as dark as the mean of each square, or of the ones before it where it is of one colour.
fn levels(grey: &Grey, across: usize, down: usize) -> Vec<u8> {
    let mut levels = vec![0_u8; across * down];
    for y in 0..down {
        // The last squares reach back, so that all are whole.
        let top = (y * SQUARE).min(grey.height() - SQUARE);
        for x in 0..across {
            let left = (x * SQUARE).min(grey.width() - SQUARE);
            let (mut sum, mut least, mut most) = (0_usize, u8::MAX, 0);
            for row in top..top + SQUARE {
                for shade in &grey.row(row)[left..left + SQUARE] {
                    sum += usize::from(*shade);
                    least = least.min(*shade);
                    most = most.max(*shade);
                }
            }
            let mut level = (sum / (SQUARE * SQUARE)) as u8;
            if most - least <= APART {
                level = least / 2;
                if x > 0 && y > 0 {
                    let around = usize::from(levels[(y - 1) * across + x])
                        + 2 * usize::from(levels[y * across + x - 1])
                        + usize::from(levels[(y - 1) * across + x - 1]);
                    let around = (around / 4) as u8;
                    if least < around {
                        level = around;
                    }
                }
            }
            levels[y * across + x] = level;
        }
    }
    levels
}

/// Black is what is darker than one threshold: screenshots, coloured codes, noise.
pub(super) fn global(grey: &Grey) -> Option<Bits> {
    let thresholds = vec![otsu(grey); grey.width()];
    let mut bits = empty(grey)?;
    for (y, row) in grey.rows().enumerate() {
        set_row(&mut bits, y, row, &thresholds);
    }
    Some(bits)
}

/// The threshold that parts the shades best (N. Otsu, 1979).
fn otsu(grey: &Grey) -> u8 {
    let mut counts = [0_u64; 256];
    for shade in grey.shades() {
        counts[usize::from(*shade)] += 1;
    }
    let all: u64 = grey.area();
    let sum: u64 = counts.iter().zip(0..).map(|(count, shade)| count * shade).sum();
    let (mut below, mut sum_below, mut best) = (0_u64, 0_u64, (0.0, 0, 0));
    for (shade, count) in (0..=u8::MAX).zip(counts) {
        below += count;
        sum_below += count * u64::from(shade);
        let above = all - below;
        if below == 0 || above == 0 {
            continue;
        }
        let apart = sum_below as f64 / below as f64 - (sum - sum_below) as f64 / above as f64;
        let variance = apart * apart * below as f64 * above as f64;
        if variance > best.0 {
            best = (variance, shade, shade);
        } else if variance >= best.0 {
            best.2 = shade;
        }
    }
    u8::midpoint(best.1, best.2)
}

fn empty(grey: &Grey) -> Option<Bits> {
    BitMatrix::new(u32::try_from(grey.width()).ok()?, u32::try_from(grey.height()).ok()?).ok()
}

/// Sets row `y` where `row` is as dark as the threshold of each column.
fn set_row(bits: &mut Bits, y: usize, row: &[u8], thresholds: &[u8]) {
    let mut packed = BitArray::with_size(row.len());
    for ((at, shades), thresholds) in (0..).step_by(WORD).zip(row.chunks(WORD)).zip(thresholds.chunks(WORD)) {
        let dark = shades.iter().zip(thresholds).map(|(shade, threshold)| Word::from(shade <= threshold));
        packed.setBulk(at, dark.enumerate().fold(0, |word, (bit, dark)| word | (dark << bit)));
    }
    bits.setRow(y as u32, &packed);
}
