//! What is seen of a picture in black and white, and kept for every stage that looks at it in the same way.

use std::cell::OnceCell;

use super::bits::Bits;
use super::finders;
use super::grey::Grey;
use super::likeness::{self, LEAST};
use super::marks::{self, Mark};
use super::work::Allowance;

/// The most marks among which threes are looked for: fifty codes.
pub(super) const MARKS: usize = 150;

/// A picture in black and white, and the marks in it.
pub(super) struct Sight {
    pub(super) bits: Bits,
    /// Marks whose rows and columns are even, from the top.
    pub(super) marks: Vec<Mark>,
    /// Whether there are more than that, and no reader should be kept busy with them.
    pub(super) is_crowded: bool,
    /// How many pixels of the view are one here.
    pub(super) scale: f32,
    /// The marks that the finder of `ZXing` sees.
    patterns: OnceCell<Vec<Mark>>,
}

impl Sight {
    /// What is seen of `bits`, which show `picture`. Of too many marks only those are kept that are like one,
    /// as far as `work` allows to tell.
    pub(super) fn new(bits: Bits, picture: &Grey, scale: f32, work: &mut Allowance) -> Self {
        let marks =
            marks::find(&bits, MARKS, |mark| work.spend(likeness::COST) && likeness::is_mark(picture, mark, LEAST));
        let is_crowded = marks.len() > MARKS;
        Self { bits, marks, is_crowded, scale, patterns: OnceCell::new() }
    }

    /// The marks that the finder of `ZXing` in C++ sees, as far as `work` allows.
    pub(super) fn patterns(&self, work: &mut Allowance) -> &[Mark] {
        self.patterns.get_or_init(|| finders::patterns(&self.bits, MARKS, work))
    }
}
