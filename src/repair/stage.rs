//! The search goes outwards: each stage is one combination of slips, the likeliest first.

use std::ops::ControlFlow;

use zeroize::Zeroizing;

use super::written::{Letters, Pattern, Symbol, idle};

/// The most wrong letters of one sort in a stage.
const MOST_WRONG: usize = 4;
/// The most letters that are swapped, superfluous or missing in a stage.
const MOST_MOVED: usize = 2;
/// Keys longer than this are searched for one such letter only; there would be too many ways.
const LONG: usize = 64;
/// The least likely stage that is still searched; four letters wrong in any way.
const LAST: usize = 12;
/// Units larger than this are split, so that every core has something to do.
const UNIT: u128 = 1 << 18;

/// How many slips of each kind are assumed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stage {
    /// Neighbours written in the wrong order.
    pub swapped: usize,
    /// Letters too many, such as one written twice.
    pub extra: usize,
    /// Letters left out.
    pub missing: usize,
    /// Letters that look like the right ones.
    pub alike: usize,
    /// Letters that do not.
    pub other: usize,
}

impl Stage {
    /// How unlikely the stage is for a key written with `length` letters. An unlike letter weighs
    /// more than one that looks alike, and lengths that sites hand out come before others.
    fn weight(self, length: usize) -> usize {
        let length = length + self.missing - self.extra.min(length);
        let usual = length.is_multiple_of(8) || matches!(length, 26 | 52 | 103);
        let slips = 2 * (self.swapped + self.extra + self.alike) + 3 * (self.missing + self.other);
        slips + if usual { 0 } else { 2 }
    }

    /// Whether both move letters alike, so that [`Stage::patterns`] is the same for them.
    pub(super) fn moves_like(self, other: Self) -> bool {
        (self.swapped, self.extra, self.missing) == (other.swapped, other.extra, other.missing)
    }

    fn moved(self) -> usize {
        self.swapped + self.extra + self.missing
    }

    /// Every stage for a key written with `length` letters, the likeliest first.
    pub(super) fn all(length: usize) -> Vec<Self> {
        let moves = if length > LONG { 1 } else { MOST_MOVED };
        let (few, some) = (0..=moves, 0..=MOST_WRONG);
        let mut all = Vec::new();
        for (swapped, extra, missing) in triples(&few) {
            for alike in some.clone() {
                let stages = some.clone().map(|other| Self { swapped, extra, missing, alike, other });
                let likely = stages.filter(|stage| stage.moved() <= moves && stage.weight(length) <= LAST);
                all.extend(likely.filter(|stage| stage.extra < length));
            }
        }
        all.sort_by_key(|stage| stage.weight(length));
        all
    }

    /// `written` with the letters moved in every way that the stage assumes.
    pub(super) fn patterns(self, written: &Pattern) -> Vec<Pattern> {
        let mut patterns = vec![written.clone()];
        let moves =
            [(self.swapped, swapped as fn(&Pattern) -> Vec<Pattern>), (self.extra, without), (self.missing, with)];
        for (times, step) in moves {
            for _ in 0..times {
                patterns = patterns.iter().flat_map(step).collect();
                patterns.sort_unstable_by(|one, other| one[..].cmp(&other[..]));
                patterns.dedup();
            }
        }
        // What a letter that completes no byte may have been makes no difference.
        for pattern in &mut patterns {
            let end = pattern.len() - idle(pattern.len());
            pattern.truncate(end);
        }
        patterns
    }

    /// How many keys the stage tries, with the letters moved as in `patterns`.
    pub(super) fn size(self, patterns: &[Pattern]) -> u128 {
        patterns.iter().fold(0, |sum, pattern| sum.saturating_add(ways(pattern)[self.alike][self.other]))
    }

    /// Goes through the units of work, in the same order each time: for each place of a key, the
    /// letters to be tried there.
    pub(super) fn units(
        self,
        patterns: &[Pattern],
        take: &mut dyn FnMut(&[Letters]) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        patterns.iter().try_for_each(|pattern| {
            let unit = Zeroizing::new(Vec::with_capacity(pattern.len()));
            Walk { pattern, unit, take }.go(self.alike, self.other)
        })
    }
}

fn triples(few: &std::ops::RangeInclusive<usize>) -> impl Iterator<Item = (usize, usize, usize)> {
    let pairs = few.clone().flat_map(|one| few.clone().map(move |two| (one, two)));
    pairs.flat_map(|(one, two)| few.clone().map(move |three| (one, two, three)))
}

fn swapped(pattern: &Pattern) -> Vec<Pattern> {
    let swap = |at| {
        let mut pattern = pattern.clone();
        pattern.swap(at, at + 1);
        pattern
    };
    (0..pattern.len() - 1).filter(|at| pattern[*at] != pattern[at + 1]).map(swap).collect()
}

fn without(pattern: &Pattern) -> Vec<Pattern> {
    let leave_out = |at| {
        let mut pattern = pattern.clone();
        pattern.remove(at);
        pattern
    };
    (0..pattern.len()).map(leave_out).collect()
}

fn with(pattern: &Pattern) -> Vec<Pattern> {
    let put_in = |at| {
        // With room from the start, no copy of the letters is left behind.
        let mut longer: Pattern = Zeroizing::new(Vec::with_capacity(pattern.len() + 1));
        longer.extend_from_slice(&pattern[..at]);
        longer.push(Symbol::OPEN);
        longer.extend_from_slice(&pattern[at..]);
        longer
    };
    (0..=pattern.len()).map(put_in).collect()
}

/// In how many ways `pattern` can be read with so many alike and so many other letters.
fn ways(pattern: &Pattern) -> [[u128; MOST_WRONG + 1]; MOST_WRONG + 1] {
    let mut ways = [[0_u128; MOST_WRONG + 1]; MOST_WRONG + 1];
    ways[0][0] = 1;
    for symbol in pattern.iter() {
        let [says, alike, other] = [symbol.says, symbol.alike, symbol.other].map(|set| u128::from(set.count_ones()));
        for a in (0..=MOST_WRONG).rev() {
            for o in (0..=MOST_WRONG).rev() {
                let fewer_alike = if a > 0 { ways[a - 1][o].saturating_mul(alike) } else { 0 };
                let fewer_other = if o > 0 { ways[a][o - 1].saturating_mul(other) } else { 0 };
                ways[a][o] = ways[a][o].saturating_mul(says).saturating_add(fewer_alike).saturating_add(fewer_other);
            }
        }
    }
    ways
}

/// On the way through one pattern.
struct Walk<'a> {
    pattern: &'a [Symbol],
    unit: Zeroizing<Vec<Letters>>,
    take: &'a mut dyn FnMut(&[Letters]) -> ControlFlow<()>,
}

impl Walk<'_> {
    /// Chooses `alike` and `other` places in what is left of the pattern.
    fn go(&mut self, alike: usize, other: usize) -> ControlFlow<()> {
        let at = self.unit.len();
        if self.pattern.len() - at < alike + other {
            return ControlFlow::Continue(());
        }
        let Some(symbol) = self.pattern.get(at).copied() else {
            let count = self.unit.iter().fold(1, |count, set| u128::from(set.count_ones()).saturating_mul(count));
            return self.hand_out(count);
        };
        self.with(symbol.says, alike, other)?;
        if alike > 0 {
            self.with(symbol.alike, alike - 1, other)?;
        }
        if other > 0 {
            self.with(symbol.other, alike, other - 1)?;
        }
        ControlFlow::Continue(())
    }

    fn with(&mut self, set: Letters, alike: usize, other: usize) -> ControlFlow<()> {
        if set == 0 {
            return ControlFlow::Continue(());
        }
        self.unit.push(set);
        let end = self.go(alike, other);
        self.unit.pop();
        end
    }

    /// Hands the unit of `count` keys out, in pieces if it is large.
    fn hand_out(&mut self, count: u128) -> ControlFlow<()> {
        let open = if count > UNIT { self.unit.iter().position(|set| set.count_ones() > 1) } else { None };
        let Some(at) = open else { return (self.take)(&self.unit) };
        let set = self.unit[at];
        let count = count / u128::from(set.count_ones());
        let pieces = super::written::each(set).try_for_each(|letter| {
            self.unit[at] = 1 << letter;
            self.hand_out(count)
        });
        self.unit[at] = set;
        pieces
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repair::written;

    fn stage(moved: [usize; 3], alike: usize, other: usize) -> Stage {
        let [swapped, extra, missing] = moved;
        Stage { swapped, extra, missing, alike, other }
    }

    /// The keys of the units of `stage`, counted one unit at a time.
    fn counted(stage: Stage, patterns: &[Pattern]) -> u128 {
        let mut sum = 0;
        let _ = stage.units(patterns, &mut |unit| {
            sum += unit.iter().map(|set| u128::from(set.count_ones())).product::<u128>();
            ControlFlow::Continue(())
        });
        sum
    }

    #[test]
    fn a_stage_is_as_large_as_its_units_together() {
        let written = written::read("JBSWY3DP EHPK3PX?").unwrap();
        let any = |places: u128| places * 31;
        for (stage, size) in [
            (stage([0, 0, 0], 0, 0), Some(32)),
            (stage([0, 0, 0], 0, 1), Some(any(15) * 32)),
            (stage([0, 0, 0], 0, 2), Some(15 * 14 / 2 * 31 * 31 * 32)),
            (stage([0, 0, 0], 2, 1), None),
            // P and P stand apart; no neighbours are the same.
            (stage([1, 0, 0], 0, 0), Some(15 * 32)),
            (stage([0, 1, 0], 0, 1), None),
            (stage([0, 0, 1], 1, 0), None),
        ] {
            let patterns = stage.patterns(&written);
            assert_eq!(stage.size(&patterns), counted(stage, &patterns), "{stage:?}");
            assert!(size.is_none_or(|size| stage.size(&patterns) == size), "{stage:?}");
        }
    }

    #[test]
    fn large_units_are_split() {
        let written = written::read("????? ?BCDEFGHIJ").unwrap();
        let (stage, mut units) = (stage([0, 0, 0], 0, 0), 0);
        let patterns = stage.patterns(&written);
        let _ = stage.units(&patterns, &mut |_| {
            units += 1;
            ControlFlow::Continue(())
        });
        assert_eq!((stage.size(&patterns), units), (1 << 30, 1 << 15));
    }

    #[test]
    fn the_likeliest_slips_come_first() {
        let order = |length| Stage::all(length).into_iter().map(move |stage| stage.weight(length));
        for length in [2, 15, 16, 17, 26, 32, 52, 103, 205] {
            assert!(order(length).is_sorted());
        }
        assert_eq!(Stage::all(16)[0], stage([0, 0, 0], 0, 0));
        // Sites hand out 16 letters: of 17, one is too many.
        assert_eq!(Stage::all(17)[..2], [stage([0, 0, 0], 0, 0), stage([0, 1, 0], 0, 0)]);
        assert!(Stage::all(15)[..3].contains(&stage([0, 0, 1], 0, 0)));
    }
}
