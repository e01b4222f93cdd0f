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
    let mut dark = vec![0_u8; grey.width()];
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
        set_row(&mut bits, y, grey.row(y), &thresholds, &mut dark);
    }
    Some(bits)
}

/// What is as dark as the mean of each square, or of the ones before it where it is of one colour.
fn levels(grey: &Grey, across: usize, down: usize) -> Vec<u8> {
    let mut levels = vec![0_u8; across * down];
    let mut columns = Columns::new(grey.width());
    for y in 0..down {
        // The last squares reach back, so that all are whole.
        columns.sum(grey, (y * SQUARE).min(grey.height() - SQUARE));
        for x in 0..across {
            let left = (x * SQUARE).min(grey.width() - SQUARE);
            let (sum, least, most) = columns.square(left);
            let mut level = (sum / (SQUARE * SQUARE) as u16) as u8;
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

/// What is known of each column of a row of squares: whole rows at a time are what processors are good at.
struct Columns {
    sums: Vec<u16>,
    least: Vec<u8>,
    most: Vec<u8>,
}

impl Columns {
    fn new(width: usize) -> Self {
        Self { sums: vec![0; width], least: vec![0; width], most: vec![0; width] }
    }

    /// Looks at the squares of `grey` whose upper edge is row `top`.
    fn sum(&mut self, grey: &Grey, top: usize) {
        self.sums.fill(0);
        self.least.fill(u8::MAX);
        self.most.fill(0);
        for row in (top..top + SQUARE).map(|y| grey.row(y)) {
            self.sums.iter_mut().zip(row).for_each(|(sum, shade)| *sum += u16::from(*shade));
            self.least.iter_mut().zip(row).for_each(|(least, shade)| *least = (*least).min(*shade));
            self.most.iter_mut().zip(row).for_each(|(most, shade)| *most = (*most).max(*shade));
        }
    }

    /// The sum of the square from column `left` on, and its least and its most.
    fn square(&self, left: usize) -> (u16, u8, u8) {
        let columns = left..left + SQUARE;
        let least = self.least[columns.clone()].iter().fold(u8::MAX, |least, shade| least.min(*shade));
        let most = self.most[columns.clone()].iter().fold(0, |most, shade| most.max(*shade));
        (self.sums[columns].iter().sum(), least, most)
    }
}

/// Black is what is darker than one threshold: screenshots, coloured codes, noise.
pub(super) fn global(grey: &Grey) -> Option<Bits> {
    let thresholds = vec![otsu(grey); grey.width()];
    let mut bits = empty(grey)?;
    let mut dark = vec![0_u8; grey.width()];
    for (y, row) in grey.rows().enumerate() {
        set_row(&mut bits, y, row, &thresholds, &mut dark);
    }
    Some(bits)
}

/// The threshold that parts the shades best (N. Otsu, 1979).
fn otsu(grey: &Grey) -> u8 {
    let counts = counts(grey);
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

/// How many pixels are of each shade.
fn counts(grey: &Grey) -> [u64; 256] {
    // Neighbours are often of one shade, and one number cannot be raised again before it was.
    let mut counts = [[0_u32; 256]; 4];
    let (fours, rest) = grey.shades().as_chunks::<4>();
    for four in fours {
        four.iter().zip(&mut counts).for_each(|(shade, counts)| counts[usize::from(*shade)] += 1);
    }
    for shade in rest {
        counts[0][usize::from(*shade)] += 1;
    }
    std::array::from_fn(|shade| counts.iter().map(|counts| u64::from(counts[shade])).sum())
}

/// Sets row `y` where `row` is as dark as the threshold of each column; `dark` is as long as these.
fn set_row(bits: &mut Bits, y: usize, row: &[u8], thresholds: &[u8], dark: &mut [u8]) {
    for ((dark, shade), threshold) in dark.iter_mut().zip(row).zip(thresholds) {
        *dark = u8::from(shade <= threshold);
    }
    let mut packed = BitArray::with_size(row.len());
    for (at, dark) in (0..).step_by(WORD).zip(dark.chunks(WORD)) {
        packed.setBulk(at, dark.chunks(8).rev().fold(0, |word, dark| word << 8 | gathered(dark)));
    }
    bits.setRow(y as u32, &packed);
}

/// Up to eight bytes that are 0 or 1 as bits, the first one lowest.
fn gathered(bytes: &[u8]) -> Word {
    let mut eight = [0; 8];
    eight[..bytes.len()].copy_from_slice(bytes);
    // Each byte is moved to where no other meets it in the uppermost eight bits.
    (u64::from_le_bytes(eight).wrapping_mul(0x0102_0408_1020_4080) >> 56) as Word
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(width: usize, height: usize, shade: impl Fn(usize, usize) -> u8) -> Grey {
        Grey::new(width, height, (0..width * height).map(|at| shade(at % width, at / width)).collect()).unwrap()
    }

    #[test]
    fn what_is_as_dark_as_the_threshold_is_black() {
        for width in [1, 7, 8, 63, 64, 65, 130] {
            let grey = picture(width, 6, |x, y| if (x * 7 + y * 3) % 5 < 2 { 20 } else { 200 });
            let bits = global(&grey).unwrap();
            for (x, y) in (0..width).flat_map(|x| (0..6).map(move |y| (x, y))) {
                assert_eq!(bits.get(x as u32, y as u32), grey.row(y)[x] == 20, "{width}: {x} {y}");
            }
        }
    }

    /// Shades that rise by more than what dark and light differ by.
    #[test]
    fn a_local_threshold_follows_light_and_shadow() {
        let is_dark = |x: usize, y: usize| (x / 3 + y / 3).is_multiple_of(2);
        let grey = picture(150, 45, |x, y| x as u8 + if is_dark(x, y) { 0 } else { 90 });
        let wrong = |bits: &Bits| {
            let places = (0..150).flat_map(|x| (0..45).map(move |y| (x, y)));
            places.filter(|(x, y)| bits.get(*x as u32, *y as u32) != is_dark(*x, *y)).count()
        };
        let (local, global) = (wrong(&local(&grey).unwrap()), wrong(&global(&grey).unwrap()));
        assert!(local < 150 * 45 / 20 && global > 150 * 45 / 10, "{local} {global}");
    }

    #[test]
    fn all_shades_are_counted() {
        let counts = counts(&picture(7, 3, |x, _| x as u8));
        assert_eq!((counts[0], counts[6], counts[7]), (3, 3, 0));
    }
}
