//! Where the bits of a code stand, and the blocks that they are mended in.

use rxing::qrcode::common::{ErrorCorrectionLevel, Version};
use zeroize::Zeroizing;

use super::super::Level;
use super::format::Format;
use super::grid::Grid;
use super::mend;

/// The layout of a version.
pub(in super::super) struct Layout {
    version: &'static Version,
    number: u8,
    side: usize,
    /// Whether a module belongs to a fixed pattern, row by row.
    fixed: Vec<bool>,
}

/// A byte of a code, and how sure its least sure module is.
type Word = (u8, u8);

impl Layout {
    /// The layout of codes of `side` modules.
    pub(in super::super) fn new(side: usize) -> Option<Self> {
        let number = u8::try_from(side.checked_sub(17)? / 4).ok()?;
        let version = Version::getVersionForNumber(number.into()).ok()?;
        let mut layout = Self { version, number, side, fixed: Vec::new() };
        layout.fixed = layout.fixed();
        Some(layout)
    }

    /// From 1 to 40.
    pub(super) fn version(&self) -> u8 {
        self.number
    }

    /// The mended data of `grid`, and how much its error correction speaks for it, in bits.
    pub(super) fn data(&self, grid: &Grid, format: Format) -> Option<(Zeroizing<Vec<u8>>, i32)> {
        let words = self.words(grid, format.mask);
        let mut evidence = 0;
        let mut data = Zeroizing::new(Vec::with_capacity(words.len()));
        for mut block in self.blocks(&words, format.level) {
            evidence += mend::mend(&mut block)?;
            data.extend(block.data().map(|word| word.0));
        }
        Some((data, evidence))
    }

    /// How much timing and alignment patterns speak for `grid`, in bits. That is little at most: they
    /// may be whole where the data are past mending.
    pub(super) fn likeness(&self, grid: &Grid) -> i32 {
        const MOST: i32 = 12;
        let score = |(x, y, dark): (usize, usize, bool)| if (grid.at(x, y) > 0) == dark { 1 } else { -1 };
        self.timing().chain(self.rings()).map(score).sum::<i32>().clamp(-MOST, MOST)
    }

    /// The modules that are the same in all codes of this size: column, row, whether dark.
    pub(in super::super) fn known(&self) -> Vec<(usize, usize, bool)> {
        let far = self.side - 7;
        let marks = [(0, 0), (far, 0), (0, far)].into_iter().flat_map(|corner| self.mark(corner));
        marks.chain(self.timing()).chain(self.rings()).collect()
    }

    /// The finder pattern whose corner is at `corner`, and the light modules around it.
    fn mark(&self, corner: (usize, usize)) -> impl Iterator<Item = (usize, usize, bool)> {
        let side = self.side;
        (0..81).filter_map(move |at| {
            let (right, down) = (at % 9, at / 9);
            let edge = right.min(8 - right).min(down).min(8 - down);
            let (x, y) = ((corner.0 + right).checked_sub(1)?, (corner.1 + down).checked_sub(1)?);
            (x < side && y < side).then_some((x, y, edge == 1 || edge > 2))
        })
    }

    fn timing(&self) -> impl Iterator<Item = (usize, usize, bool)> {
        (8..self.side - 8).flat_map(|at| [(at, 6, at % 2 == 0), (6, at, at % 2 == 0)])
    }

    /// The modules of the alignment patterns.
    fn rings(&self) -> impl Iterator<Item = (usize, usize, bool)> {
        self.alignments().into_iter().flat_map(|(x, y)| {
            (0..25).map(move |at| {
                let (right, down) = (at % 5, at / 5);
                let edge = right.min(4 - right).min(down).min(4 - down);
                (x + right - 2, y + down - 2, edge != 1)
            })
        })
    }

    /// The middles of the alignment patterns along a side (annex E).
    pub(in super::super) fn centres(&self) -> impl Iterator<Item = usize> + Clone {
        self.version.getAlignmentPatternCenters().iter().filter_map(|centre| usize::try_from(*centre).ok())
    }

    /// The middles of the alignment patterns; the corners are taken by the finder patterns.
    fn alignments(&self) -> Vec<(usize, usize)> {
        let (first, last) = (6, self.side - 7);
        let corner = |place: &(usize, usize)| [(first, first), (first, last), (last, first)].contains(place);
        let all = self.centres().flat_map(|x| self.centres().map(move |y| (x, y)));
        all.filter(|place| !corner(place)).collect()
    }

    /// Whether each module belongs to a fixed pattern, or tells format or version.
    fn fixed(&self) -> Vec<bool> {
        let (side, far) = (self.side, self.side - 8);
        let mut fixed = vec![false; side * side];
        let mut fill = |x: usize, y: usize, width: usize, height: usize| {
            (y..y + height).for_each(|y| fixed[y * side + x..][..width].fill(true));
        };
        fill(0, 0, 9, 9);
        fill(far, 0, 8, 9);
        fill(0, far, 9, 8);
        fill(0, 6, side, 1);
        fill(6, 0, 1, side);
        if self.number >= 7 {
            fill(side - 11, 0, 3, 6);
            fill(0, side - 11, 6, 3);
        }
        self.alignments().into_iter().for_each(|(x, y)| fill(x - 2, y - 2, 5, 5));
        fixed
    }

    /// The words of `grid` in the order in which they stand (7.7.3), without the mask.
    fn words(&self, grid: &Grid, mask: u8) -> Zeroizing<Vec<Word>> {
        let mut words: Zeroizing<Vec<Word>> = Zeroizing::new(Vec::with_capacity(self.side * self.side / 8));
        let (mut word, mut bits) = ((0, u8::MAX), 0);
        for (x, y) in self.path().filter(|(x, y)| !self.fixed[y * self.side + x]) {
            let cell = grid.at(x, y);
            let bit = (cell > 0) != masked(mask, x, y);
            word = (word.0 << 1 | u8::from(bit), word.1.min(cell.unsigned_abs()));
            bits += 1;
            if bits % 8 == 0 {
                words.push(std::mem::replace(&mut word, (0, u8::MAX)));
            }
        }
        words
    }

    /// Every place in the order of placement: two columns at a time, from the right, up and down.
    fn path(&self) -> impl Iterator<Item = (usize, usize)> {
        let side = self.side;
        let pairs = (0..side / 2).map(move |pair| {
            let right = side - 1 - 2 * pair;
            // The column of the timing pattern is left out.
            (if right <= 6 { right - 1 } else { right }, pair % 2 == 0)
        });
        pairs.flat_map(move |(right, up)| {
            (0..2 * side).map(move |step| {
                let row = step / 2;
                (right - step % 2, if up { side - 1 - row } else { row })
            })
        })
    }

    /// The blocks of `words` (7.6), each with its data first.
    fn blocks(&self, words: &[Word], level: Level) -> Vec<mend::Block> {
        let blocks = self.version.getECBlocksForLevel(theirs(level));
        let extra = blocks.getECCodewordsPerBlock() as usize;
        let sizes: Vec<usize> = (blocks.getECBlocks().iter())
            .flat_map(|kind| std::iter::repeat_n(kind.getDataCodewords() as usize, kind.getCount() as usize))
            .collect();
        let mut made: Vec<_> = sizes.iter().map(|size| mend::Block::new(size + extra, *size)).collect();
        let longest = sizes.iter().copied().max().unwrap_or_default();
        // A word of each block in turn; the data of some blocks end one word before those of others.
        let data = (0..longest).flat_map(|at| sizes.iter().enumerate().filter(move |(_, size)| at < **size));
        let rest = (0..extra).flat_map(|_| sizes.iter().enumerate());
        for (word, (block, _)) in words.iter().zip(data.chain(rest)) {
            made[block].push(*word);
        }
        made
    }
}

/// Whether `mask` turns the module in column `x` and row `y` (table 10).
fn masked(mask: u8, x: usize, y: usize) -> bool {
    0 == match mask {
        0 => (x + y) % 2,
        1 => y % 2,
        2 => x % 3,
        3 => (x + y) % 3,
        4 => (y / 2 + x / 3) % 2,
        5 => x * y % 2 + x * y % 3,
        6 => (x * y % 2 + x * y % 3) % 2,
        _ => ((x + y) % 2 + x * y % 3) % 2,
    }
}

fn theirs(level: Level) -> ErrorCorrectionLevel {
    match level {
        Level::L => ErrorCorrectionLevel::L,
        Level::M => ErrorCorrectionLevel::M,
        Level::Q => ErrorCorrectionLevel::Q,
        Level::H => ErrorCorrectionLevel::H,
    }
}
