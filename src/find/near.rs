//! Near misses: names that become the query by a slip or two.

use memchr::memmem::Finder;

use super::{Found, How, Named, Names, Query};

/// The most suggestions given when nothing matches.
const SUGGESTIONS: usize = 5;

/// The account that `query` misses by the fewest slips, the candidates, or what looks similar.
pub(super) fn find<'a, T: Named>(query: &Query, all: &'a [T]) -> Found<'a, T> {
    let words = if query.words.is_empty() { std::slice::from_ref(&query.whole) } else { &query.words };
    let words: Vec<Word<'_>> = words.iter().map(Word::new).collect();
    let (mut names, mut scratch) = (Names::default(), Scratch::default());
    let missed = |account: &'a T| {
        names.read(account);
        Some((miss(&words, &names, &mut scratch)?, account))
    };
    let mut near: Vec<(Miss, &T)> = all.iter().filter_map(missed).collect();
    near.sort_by_key(|(miss, _)| *miss);
    let best = near.first().map(|(miss, _)| *miss);
    let mut tied = near.iter().filter(|(miss, _)| Some(*miss) == best).map(|(_, account)| *account);
    match (best, tied.next(), tied.next()) {
        (Some(Miss { likely: true, .. }), Some(it), None) => Found::One { it, how: How::Near },
        (Some(Miss { likely: true, .. }), Some(one), Some(two)) => {
            Found::Many([one, two].into_iter().chain(tied).collect())
        }
        _ => Found::None { near: near.into_iter().take(SUGGESTIONS).map(|(_, account)| account).collect() },
    }
}

/// A word of the query.
struct Word<'a> {
    finder: &'a Finder<'static>,
    symbols: Vec<char>,
}

impl<'a> Word<'a> {
    fn new(finder: &'a Finder<'static>) -> Self {
        Self { finder, symbols: std::str::from_utf8(finder.needle()).unwrap_or_default().chars().collect() }
    }
}

/// By how much a query misses an account; the smaller, the better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Miss {
    slips: usize,
    /// How many words are near only a part of a name.
    parts: usize,
    /// Whether the slips are few enough to be meant.
    likely: bool,
}

/// The sum over `words`; `None` if one of them is too far from every name.
fn miss(words: &[Word<'_>], names: &Names, scratch: &mut Scratch) -> Option<Miss> {
    let mut sum = Miss { slips: 0, parts: 0, likely: true };
    for Word { finder, symbols } in words {
        if names.tier(finder).is_none() {
            let (slips, part) = nearest(symbols, names, scratch)?;
            sum.slips += slips;
            sum.parts += usize::from(part);
            sum.likely &= slips <= allowed(symbols.len());
        }
    }
    (sum.slips > 0).then_some(sum)
}

/// The slips that a word of `length` symbols may have and still be meant.
fn allowed(length: usize) -> usize {
    match length {
        0..=2 => 0,
        3..=6 => 1,
        _ => 2,
    }
}

/// The fewest slips from `word` to a name, or to a word in a name, and whether it is the latter;
/// `None` beyond half its length.
fn nearest(word: &[char], names: &Names, scratch: &mut Scratch) -> Option<(usize, bool)> {
    let most = word.len() / 2;
    let split = |symbol: char| !symbol.is_alphanumeric() && symbol != 'ー';
    let pieces = names.each().flat_map(|name| {
        let parts = name.split(split).filter(move |part| part.len() < name.len());
        std::iter::once((name, false)).chain(parts.map(|part| (part, true)))
    });
    pieces.fold(None, |best: Option<(usize, bool)>, (piece, part)| {
        // A piece that is farther than the best so far need not be measured to the end.
        let most = best.map_or(most, |(slips, _)| slips);
        let found = scratch.distance(word, piece, most).map(|slips| (slips, part));
        best.into_iter().chain(found).min()
    })
}

/// Memory for [`Scratch::distance`], used again for each pair of words.
#[derive(Default)]
struct Scratch {
    symbols: Vec<char>,
    before: Vec<usize>,
    last: Vec<usize>,
    next: Vec<usize>,
}

impl Scratch {
    /// The slips between two words, up to `most`: a symbol wrong, missing, too many, or two
    /// neighbours swapped (optimal string alignment).
    fn distance(&mut self, one: &[char], two: &str, most: usize) -> Option<usize> {
        // A symbol has one to four bytes, so most names are too long or short without counting.
        if two.len() > 4 * (one.len() + most) || two.len() + most < one.len() {
            return None;
        }
        let Self { symbols, before, last, next } = self;
        symbols.clear();
        symbols.extend(two.chars());
        if one.len().abs_diff(symbols.len()) > most || strangers(one, symbols) > most {
            return None;
        }
        last.clear();
        last.extend(0..=symbols.len());
        for (row, symbol) in one.iter().enumerate() {
            next.clear();
            next.push(row + 1);
            for (column, other) in symbols.iter().enumerate() {
                let mut slips = (last[column] + usize::from(symbol != other)).min(last[column + 1] + 1);
                slips = slips.min(next[column] + 1);
                if row > 0 && column > 0 && *symbol == symbols[column - 1] && one[row - 1] == *other {
                    slips = slips.min(before[column - 1] + 1);
                }
                next.push(slips);
            }
            std::mem::swap(before, last);
            std::mem::swap(last, next);
        }
        last.last().copied().filter(|slips| *slips <= most)
    }
}

/// How many symbols only one of two words has, at least: each takes a slip. Quick, because symbols
/// that share a bit of the mask count as one.
fn strangers(one: &[char], two: &[char]) -> usize {
    let mask = |symbols: &[char]| symbols.iter().fold(0, |mask: u64, symbol| mask | 1 << (u32::from(*symbol) % 64));
    let (one, two) = (mask(one), mask(two));
    (one & !two).count_ones().max((two & !one).count_ones()) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_counted() {
        #[track_caller]
        fn case(one: &str, two: &str, slips: Option<usize>) {
            let symbols = |word: &str| word.chars().collect::<Vec<_>>();
            assert_eq!(Scratch::default().distance(&symbols(one), two, 3), slips, "{one} {two}");
            assert_eq!(Scratch::default().distance(&symbols(two), one, 3), slips, "{two} {one}");
        }
        case("binance", "binance", Some(0));
        case("binace", "binance", Some(1));
        case("bianance", "binance", Some(1));
        case("bimance", "binance", Some(1));
        case("ibnance", "binance", Some(1));
        case("ca", "abc", Some(3)); // optimal string alignment edits no pair twice
        case("kitten", "sitting", Some(3));
        case("", "abc", Some(3));
        case("abcd", "", None);
        case("bitflyer", "coinbase", None);
        case("びっと", "びつと", Some(1));
    }
}
