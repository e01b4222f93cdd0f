//! The format of a code: how much it can mend, and the mask that was laid over its modules.

use super::super::Level;
use super::grid::Grid;

/// A level and the number of a mask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Format {
    pub(super) level: Level,
    /// From 0 to 7 (table 10).
    pub(super) mask: u8,
}

/// Fifteen modules that tell the format.
type Copied = [i8; 15];

/// The likeliest formats of `grid`, best first: by both copies together, then by each alone, as one
/// may be hidden.
pub(super) fn candidates(grid: &Grid) -> Vec<Format> {
    let (one, two) = copies(grid);
    let mut found = Vec::with_capacity(3);
    for copies in [&[one, two][..], &[one], &[two]] {
        if let Some(format) = best(copies).filter(|format| !found.contains(format)) {
            found.push(format);
        }
    }
    found
}

/// Both copies, the lowest bit first (figure 25).
fn copies(grid: &Grid) -> (Copied, Copied) {
    let side = grid.side();
    let one = std::array::from_fn(|bit| match bit {
        0..6 => grid.at(8, bit),
        6 | 7 => grid.at(8, bit + 1),
        8 => grid.at(7, 8),
        _ => grid.at(14 - bit, 8),
    });
    let two = std::array::from_fn(|bit| match bit {
        0..8 => grid.at(side - 1 - bit, 8),
        _ => grid.at(8, side - 15 + bit),
    });
    (one, two)
}

/// The format most like `copies`; `None` if more than three modules of each would be wrong.
fn best(copies: &[Copied]) -> Option<Format> {
    let likeness = |word: u16| -> i32 {
        let cells = copies.iter().flat_map(|copy| copy.iter().enumerate());
        cells.map(|(bit, cell)| if word >> bit & 1 == 1 { i32::from(*cell) } else { -i32::from(*cell) }).sum()
    };
    let wrong = |word: u16, copy: &Copied| (0..15).filter(|bit| (word >> bit & 1 == 1) != (copy[*bit] > 0)).count();
    let data = (0..32).max_by_key(|data| likeness(word(*data)))?;
    let near = copies.iter().any(|copy| wrong(word(data), copy) <= 3);
    let mask = u8::try_from(data & 7).ok()?;
    near.then(|| Format { level: level(data >> 3), mask })
}

/// The fifteen bits that stand for `data` (8.9).
fn word(data: u16) -> u16 {
    const GENERATOR: u16 = 0x537;
    const MASK: u16 = 0x5412;
    let rest = (0..10).fold(data, |rest, _| (rest << 1) ^ ((rest >> 9 & 1) * GENERATOR));
    (data << 10 | rest) ^ MASK
}

/// Two bits to a level (table 12).
fn level(bits: u16) -> Level {
    match bits {
        0 => Level::M,
        1 => Level::L,
        2 => Level::H,
        _ => Level::Q,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_of_the_standard() {
        // Annex C: level M, mask 5.
        assert_eq!(word(0b00_101), 0b100_0000_1100_1110);
        assert_eq!(word(0), 0x5412);
    }
}
