//! The marks in the corners of QR codes, counted in a time that grows with the picture only.
//!
//! They tell whether it is worth while to try harder, where, and what to say when that fails. A
//! picture crowded with marks is drawn to keep a reader busy: finders try them three by three.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "places in pictures are far within the precision of all types"
)]

use super::bits::Bits;
use super::finders::Place;

/// A mark.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Mark {
    /// The middle.
    pub(super) x: f32,
    pub(super) y: f32,
    /// The length of its side, roughly.
    pub(super) size: f32,
}

impl Mark {
    /// The same mark where each pixel is `scale` pixels.
    pub(super) fn times(&self, scale: f32) -> Self {
        Self { x: self.x * scale, y: self.y * scale, size: self.size * scale }
    }

    /// Whether `other` is the same mark, measured again.
    pub(super) fn is_near(&self, other: &Mark) -> bool {
        (self.x - other.x).abs().max((self.y - other.y).abs()) <= other.size / 4.0
    }
}

/// The marks of `bits`, from the top. Of more than `most` only the `likely` ones are kept, and where these
/// are more than half of that the search ends, with more than `most`.
pub(super) fn find(bits: &Bits, most: usize, mut likely: impl FnMut(&Mark) -> bool) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    // How many of the first are known to be likely.
    let mut judged = 0;
    for y in 0..bits.height() as usize {
        for (x, length) in in_row(bits, y) {
            let Some(mark) = around(bits, x, y, length) else { continue };
            if !marks.iter().rev().any(|known| known.is_near(&mark)) {
                marks.push(mark);
            }
        }
        if marks.len() > most {
            let kept: Vec<Mark> = marks[judged..].iter().copied().filter(&mut likely).collect();
            if 2 * (judged + kept.len()) > most {
                break;
            }
            marks.truncate(judged);
            marks.extend(kept);
            judged = marks.len();
        }
    }
    marks
}

/// Where row `y` may cut marks: the middle, and the length of the cut.
fn in_row(bits: &Bits, y: usize) -> Vec<(usize, usize)> {
    let edges = edges(bits, y);
    let mut found = Vec::new();
    // Edges turn dark and light in turns, dark first.
    for six in edges.windows(6).step_by(2) {
        let runs = std::array::from_fn(|n| six[n + 1] - six[n]);
        if is_mark(runs) {
            found.push((usize::midpoint(six[2], six[3]), six[5] - six[0]));
        }
    }
    found
}

/// The columns where row `y` changes colour: to dark, to light, to dark and so on, to light last.
pub(super) fn edges(bits: &Bits, y: usize) -> Vec<usize> {
    let row = bits.getRow(y as u32);
    let width = bits.width() as usize;
    let mut edges = Vec::new();
    let mut before = 0;
    for (n, word) in row.getBitArray().iter().enumerate() {
        // A bit is set where it differs from the one before it.
        let mut changes = word ^ (word << 1 | before);
        before = word >> (usize::BITS - 1);
        while changes != 0 {
            edges.push(n * usize::BITS as usize + changes.trailing_zeros() as usize);
            changes &= changes - 1;
        }
    }
    if edges.len() % 2 == 1 {
        edges.push(width);
    }
    edges
}

/// The mark around `x`, `y`, if column and row say so; `length` is what a row cuts of it.
fn around(bits: &Bits, x: usize, y: usize, length: usize) -> Option<Mark> {
    let (down, tall) = across(bits, (x, y), (0, 1), length)?;
    if 2 * tall < length || 2 * length < tall {
        return None;
    }
    let middle = (y as i64 + down) as usize;
    let (right, wide) = across(bits, (x, middle), (1, 0), length)?;
    let place: Place = ((x as i64 + right) as f32 + 0.5, middle as f32 + 0.5);
    Some(Mark { x: place.0, y: place.1, size: (tall + wide) as f32 / 2.0 })
}

/// How far off the middle of the mark is in the direction `step`, and its length.
fn across(bits: &Bits, from: (usize, usize), step: (i64, i64), most: usize) -> Option<(i64, usize)> {
    let forth = half(bits, from, step, most)?;
    let back = half(bits, from, (-step.0, -step.1), most)?;
    let runs = [back[2], back[1], back[0] + forth[0] - 1, forth[1], forth[2]];
    is_mark(runs).then(|| ((forth[0] as i64 - back[0] as i64) / 2, runs.iter().sum()))
}

/// The lengths of the dark, light and dark runs from `from` on in the direction `step`; `None` if
/// one is longer than `most`, so that stripes cost no more than marks.
fn half(bits: &Bits, from: (usize, usize), step: (i64, i64), most: usize) -> Option<[usize; 3]> {
    let (width, height) = (i64::from(bits.width()), i64::from(bits.height()));
    let (mut x, mut y) = (from.0 as i64, from.1 as i64);
    let (mut runs, mut part) = ([0; 3], 0);
    while (0..width).contains(&x) && (0..height).contains(&y) {
        if bits.get(x as u32, y as u32) == (part == 1) {
            part += 1;
        }
        let Some(run) = runs.get_mut(part) else { break };
        *run += 1;
        if *run > most {
            return None;
        }
        (x, y) = (x + step.0, y + step.1);
    }
    Some(runs)
}

/// Whether the lengths of five runs are as 1 : 1 : 3 : 1 : 1, each half as much off at most.
fn is_mark(runs: [usize; 5]) -> bool {
    let total: usize = runs.iter().sum();
    // In fourteenths of the whole, so that halves need no fractions; a pixel more or less is
    // nobody's fault.
    let off = |run: usize, parts: usize| (14 * run).abs_diff(2 * parts * total) <= (parts * total).max(14);
    runs.iter().all(|run| *run > 0) && runs.into_iter().zip([1, 1, 3, 1, 1]).all(|(run, parts)| off(run, parts))
}

#[cfg(test)]
mod tests {
    use super::super::bits;
    use super::super::grey::Grey;
    use super::*;

    /// A mark of a QR code with its white border, one pixel to a module.
    const MARK: [&str; 9] = [
        "         ",
        " ####### ",
        " #     # ",
        " # ### # ",
        " # ### # ",
        " # ### # ",
        " #     # ",
        " ####### ",
        "         ",
    ];

    fn drawn(width: usize, height: usize, dark: impl Fn(usize, usize) -> bool) -> Bits {
        let shades = (0..width * height).map(|at| if dark(at % width, at / width) { 0 } else { 255 }).collect();
        bits::global(&Grey::new(width, height, shades).unwrap()).unwrap()
    }

    fn marks(columns: usize, rows: usize, scale: usize) -> Bits {
        let dark = |x: usize, y: usize| MARK[y / scale % 9].as_bytes()[x / scale % 9] == b'#';
        drawn(columns * 9 * scale, rows * 9 * scale, dark)
    }

    #[test]
    fn marks_are_counted_once_each() {
        for scale in [1, 2, 3, 10] {
            let found = find(&marks(4, 3, scale), 100, |_| true);
            assert_eq!(found.len(), 12, "{scale}");
            let middle = 4.5 * scale as f32;
            for mark in &found {
                assert!(
                    (mark.x % (2.0 * middle) - middle).abs() <= 1.0 && (mark.y % (2.0 * middle) - middle).abs() <= 1.0
                );
                assert!((mark.size - 7.0 * scale as f32).abs() < 1.0, "{mark:?}");
            }
            assert_eq!(find(&marks(40, 30, scale), 12, |_| true).len().min(13), 13, "{scale}");
            assert!(find(&marks(40, 30, scale), 12, |_| false).len() <= 12, "{scale}");
        }
    }

    #[test]
    fn stripes_and_even_pictures_have_no_marks() {
        for dark in [
            |x: usize, _: usize| x.is_multiple_of(2),
            |_, y: usize| y.is_multiple_of(2),
            |_, _| true,
            |x, y| (x / 3 + y / 3) % 2 == 0,
        ] {
            assert_eq!(find(&drawn(300, 300, dark), 0, |_| true), []);
        }
    }
}
