//! Near misses: names that become the query by a slip or two.

use super::{Found, How, Named, Names, Query};

/// The most suggestions given when nothing matches.
const SUGGESTIONS: usize = 5;

/// The account that `query` misses by the fewest slips, the candidates, or what looks similar.
pub(super) fn find<'a, T: Named>(query: &Query, all: &'a [T]) -> Found<'a, T> {
    let words: Vec<Vec<char>> = query.words.iter().map(|word| word.chars().collect()).collect();
    let missed = |account: &'a T| Some((miss(query, &words, &Names::new(account))?, account));
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

/// By how much a query misses an account; the smaller, the better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Miss {
    slips: usize,
    /// How many words are near only a part of a name.
    parts: usize,
    /// Whether the slips are few enough to be meant.
    likely: bool,
}

/// The sum over the words of `query`; `None` if one of them is too far from every name.
fn miss(query: &Query, words: &[Vec<char>], names: &Names) -> Option<Miss> {
    let mut sum = Miss { slips: 0, parts: 0, likely: true };
    for (text, word) in query.words.iter().zip(words) {
        if names.tier(text).is_some() {
            continue;
        }
        let (slips, part) = nearest(word, names)?;
        sum.slips += slips;
        sum.parts += usize::from(part);
        sum.likely &= slips <= allowed(word.len());
    }
    // Nothing but matching words: the query as a whole was the trouble, and no slip explains it.
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
fn nearest(word: &[char], names: &Names) -> Option<(usize, bool)> {
    let most = word.len() / 2;
    let split = |symbol: char| !symbol.is_alphanumeric() && symbol != 'ー';
    let pieces = names.each().flat_map(|name| {
        let parts = name.split(split).filter(move |part| part.len() < name.len());
        std::iter::once((name, false)).chain(parts.map(|part| (part, true)))
    });
    let mut symbols = Vec::new();
    let slips = pieces.filter_map(|(piece, part)| {
        // A symbol has one to four bytes, so most names are too long or short without counting.
        if piece.len() > 4 * (word.len() + most) || piece.len() + most < word.len() {
            return None;
        }
        symbols.clear();
        symbols.extend(piece.chars());
        distance(word, &symbols, most).map(|slips| (slips, part))
    });
    slips.min()
}

/// The slips between two words, up to `most`: a symbol wrong, missing, too many, or two neighbours
/// swapped (optimal string alignment).
fn distance(one: &[char], two: &[char], most: usize) -> Option<usize> {
    if one.len().abs_diff(two.len()) > most {
        return None;
    }
    let (mut before, mut last): (Vec<usize>, Vec<usize>) = (Vec::new(), (0..=two.len()).collect());
    for (row, symbol) in one.iter().enumerate() {
        let mut next = Vec::with_capacity(last.len());
        next.push(row + 1);
        for (column, other) in two.iter().enumerate() {
            let mut slips = (last[column] + usize::from(symbol != other)).min(last[column + 1] + 1);
            slips = slips.min(next[column] + 1);
            if row > 0 && column > 0 && *symbol == two[column - 1] && one[row - 1] == *other {
                slips = slips.min(before[column - 1] + 1);
            }
            next.push(slips);
        }
        if next.iter().min() > Some(&most) {
            return None;
        }
        before = std::mem::replace(&mut last, next);
    }
    last.last().copied().filter(|slips| *slips <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_counted() {
        #[track_caller]
        fn case(one: &str, two: &str, slips: Option<usize>) {
            let symbols = |word: &str| word.chars().collect::<Vec<_>>();
            assert_eq!(distance(&symbols(one), &symbols(two), 3), slips, "{one} {two}");
            assert_eq!(distance(&symbols(two), &symbols(one), 3), slips, "{two} {one}");
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
