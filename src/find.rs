//! A query to one account, or the candidates.
//!
//! Names are compared without case, width, kana kind and accents (see [`fold`]), in four tiers:
//! the whole name, its beginning, a part of it, a near miss such as `binace`. The best tier that
//! has accounts decides: with one account it is used, with several none is.

mod fold;
mod near;

use crate::store::index::Entry;

use fold::{fold, fold_onto};
use memchr::memmem::Finder;

/// What a query is compared with.
pub trait Named {
    /// Who issued the secret; may be empty.
    fn issuer(&self) -> &str;
    /// The account's name at the issuer; may be empty.
    fn name(&self) -> &str;
    /// The words the user put on the account.
    fn tags(&self) -> &[String];
}

impl Named for Entry {
    fn issuer(&self) -> &str {
        &self.issuer
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn tags(&self) -> &[String] {
        &self.tags
    }
}

impl<T: Named + ?Sized> Named for &T {
    fn issuer(&self) -> &str {
        (**self).issuer()
    }
    fn name(&self) -> &str {
        (**self).name()
    }
    fn tags(&self) -> &[String] {
        (**self).tags()
    }
}

/// What a query found.
#[derive(Debug, PartialEq, Eq)]
pub enum Found<'a, T> {
    /// No account matches.
    None {
        /// Up to five accounts whose names look similar, the closest first.
        near: Vec<&'a T>,
    },
    /// One account matches best.
    One {
        /// The account.
        it: &'a T,
        /// How well its names match.
        how: How,
    },
    /// Several accounts match equally well, in their order.
    Many(Vec<&'a T>),
}

/// How well an account matches; the smaller, the better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// The query is its whole issuer, name, both, or a tag.
    Exact,
    /// One of these begins with the query.
    Prefix,
    /// One of these contains the query.
    Part,
    /// One of these becomes the query by one or two slips; worth telling the user.
    Near,
}

/// The account that `query` means, among `all`.
///
/// The query is compared as a whole and word by word; of several words, each has to match. An
/// empty query matches every account.
pub fn find<'a, T: Named>(query: &str, all: &'a [T]) -> Found<'a, T> {
    let query = Query::new(query);
    let mut names = Names::default();
    let mut best = How::Near;
    let mut matches = Vec::new();
    for account in all {
        names.read(account);
        match query.tier(&names) {
            Some(how) if how < best => {
                best = how;
                matches = vec![account];
            }
            Some(how) if how == best => matches.push(account),
            _ => {}
        }
    }
    match matches[..] {
        [] => near::find(&query, all),
        [it] => Found::One { it, how: best },
        _ => Found::Many(matches),
    }
}

/// Every account of `all` that contains `query`, or all its words, in their order; near misses are
/// left out. For lists that narrow while the user types.
pub fn filter<'a, T: Named>(query: &str, all: &'a [T]) -> Vec<&'a T> {
    let query = Query::new(query);
    let mut names = Names::default();
    let matches = |account: &&T| {
        names.read(*account);
        query.tier(&names).is_some()
    };
    all.iter().filter(matches).collect()
}

/// A folded query.
struct Query {
    whole: Finder<'static>,
    words: Vec<Finder<'static>>,
}

impl Query {
    fn new(query: &str) -> Self {
        let query = fold(query);
        // A title is shown as `Issuer (name)`, and may come back that way.
        let words = query.split(' ').map(|word| word.trim_matches(['(', ')', ':']));
        let words = words.filter(|word| !word.is_empty() && *word != query);
        Self { words: words.map(finder).collect(), whole: finder(&query) }
    }

    /// How well `names` match, `None` if they do not; never [`How::Near`].
    fn tier(&self, names: &Names) -> Option<How> {
        let whole = names.tier(&self.whole);
        if whole == Some(How::Exact) || self.words.is_empty() {
            return whole;
        }
        // The account matches as well as its worst word does.
        let words = self.words.iter().try_fold(How::Exact, |worst, word| names.tier(word).map(|how| how.max(worst)));
        [whole, words].into_iter().flatten().min()
    }
}

fn finder(wanted: &str) -> Finder<'static> {
    Finder::new(wanted).into_owned()
}

/// The folded names of an account, one a line: issuer, name, tags, and then issuer and name as
/// people write them together.
#[derive(Default)]
struct Names {
    lines: String,
    /// Where the lines that hold one name each end.
    single: usize,
}

impl Names {
    /// Takes the names of `account`, in place of those before.
    fn read(&mut self, account: &impl Named) {
        self.lines.clear();
        let Self { lines, single } = self;
        fold_onto(lines, account.issuer());
        let issuer = lines.len();
        lines.push('\n');
        fold_onto(lines, account.name());
        let name = lines.len();
        for tag in account.tags() {
            lines.push('\n');
            fold_onto(lines, tag);
        }
        *single = lines.len();
        for between in [' ', ':'] {
            lines.push('\n');
            lines.extend_from_within(..issuer);
            lines.push(between);
            lines.extend_from_within(issuer + 1..name);
        }
    }

    /// Each name by itself.
    fn each(&self) -> impl Iterator<Item = &str> {
        self.lines.get(..self.single).unwrap_or_default().split('\n')
    }

    /// How well `wanted` matches the best of the lines.
    fn tier(&self, wanted: &Finder<'_>) -> Option<How> {
        let (length, lines) = (wanted.needle().len(), self.lines.as_bytes());
        if length == 0 {
            return Some(How::Exact);
        }
        let is_edge = |place: Option<usize>| place.and_then(|place| lines.get(place)).is_none_or(|byte| *byte == b'\n');
        let tier = |place: usize| match (is_edge(place.checked_sub(1)), is_edge(place.checked_add(length))) {
            (true, true) => How::Exact,
            (true, false) => How::Prefix,
            _ => How::Part,
        };
        wanted.find_iter(lines).map(tier).min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq)]
    struct Entry(&'static str, &'static str, Vec<String>);

    impl Named for Entry {
        fn issuer(&self) -> &str {
            self.0
        }
        fn name(&self) -> &str {
            self.1
        }
        fn tags(&self) -> &[String] {
            &self.2
        }
    }

    fn accounts() -> Vec<Entry> {
        let entry = |issuer, name, tags: &[&str]| Entry(issuer, name, tags.iter().map(ToString::to_string).collect());
        vec![
            entry("Binance", "taro@example.com", &["取引"]),
            entry("Binance", "hanako@example.com", &[]),
            entry("Binance.US", "taro@example.com", &[]),
            entry("bitFlyer", "太郎", &["仕事"]),
            entry("ビットバンク", "taro", &[]),
            entry("Coincheck", "", &["仕事"]),
            entry("Société Générale", "Zoë", &[]),
            entry("", "VPN", &[]),
        ]
    }

    /// What `query` finds: the place of the one and how, or the places of several.
    fn found(query: &str) -> (Vec<usize>, Option<How>) {
        let all = accounts();
        let place = |it: &Entry| all.iter().position(|entry| std::ptr::eq(entry, it)).unwrap();
        match find(query, &all) {
            Found::None { .. } => (vec![], None),
            Found::One { it, how } => (vec![place(it)], Some(how)),
            Found::Many(many) => (many.into_iter().map(place).collect(), None),
        }
    }

    #[test]
    fn the_best_tier_decides() {
        #[track_caller]
        fn one(query: &str, place: usize, how: How) {
            assert_eq!(found(query), (vec![place], Some(how)), "{query}");
        }
        one("binance.us", 2, How::Exact);
        one("Binance:taro@example.com", 0, How::Exact);
        one("Binance hanako@example.com", 1, How::Exact);
        one("binance:h", 1, How::Prefix);
        one("bitf", 3, How::Prefix);
        one("flyer", 3, How::Part);
        one("取引", 0, How::Exact);
        one("taro", 4, How::Exact);
        one("vpn", 7, How::Exact);
    }

    #[test]
    fn several_in_the_best_tier_are_candidates() {
        #[track_caller]
        fn many(query: &str, places: &[usize]) {
            assert_eq!(found(query), (places.to_vec(), None), "{query}");
        }
        many("binance", &[0, 1]); // exact, so Binance.US is none of them
        many("bin", &[0, 1, 2]);
        many("taro@", &[0, 2]);
        many("仕事", &[3, 5]);
        many("example", &[0, 1, 2]);
        many("", &[0, 1, 2, 3, 4, 5, 6, 7]);
        many(" \u{3000}", &[0, 1, 2, 3, 4, 5, 6, 7]);
    }

    #[test]
    fn case_width_kana_kind_and_accents_do_not_matter() {
        #[track_caller]
        fn case(query: &str, place: usize, how: How) {
            assert_eq!(found(query), (vec![place], Some(how)), "{query}");
        }
        case("Ｂｉｎａｎｃｅ．ＵＳ", 2, How::Exact);
        case("びっとばんく", 4, How::Exact);
        case("ﾋﾞｯﾄﾊﾞﾝｸ", 4, How::Exact);
        case("ビット", 4, How::Prefix);
        case("societe generale", 6, How::Exact);
        case("ZOE", 6, How::Exact);
        case("Binance：hanako＠example.com", 1, How::Exact);
    }

    #[test]
    fn every_word_has_to_match() {
        assert_eq!(found("hanako binance"), (vec![1], Some(How::Prefix)));
        assert_eq!(found("Binance　hanako"), (vec![1], Some(How::Prefix)));
        assert_eq!(found("Binance (taro@example.com)"), (vec![0], Some(How::Exact)));
        assert_eq!(found("仕事 coin"), (vec![5], Some(How::Prefix)));
        assert_eq!(found("binance 仕事"), (vec![], None));
        assert_eq!(found("()"), (vec![], None));
    }

    #[test]
    fn a_near_miss_of_one_account_is_used() {
        #[track_caller]
        fn case(query: &str, places: &[usize], how: Option<How>) {
            assert_eq!(found(query), (places.to_vec(), how), "{query}");
        }
        case("conicheck", &[5], Some(How::Near)); // swapped
        case("coinchck", &[5], Some(How::Near)); // one missing
        case("coimcheek", &[5], Some(How::Near)); // two wrong
        case("びつとばんく", &[4], Some(How::Near));
        case("binace hanako", &[1], Some(How::Near));
        case("vpm", &[7], Some(How::Near));
        case("vm", &[], None); // too short for slips
        case("binace", &[0, 1], None); // as with `binance`, Binance.US is none of them
    }

    #[test]
    fn none_comes_with_what_looks_similar() {
        let all = accounts();
        assert_eq!(find("koimcheek", &all), Found::None { near: vec![&all[5]] });
        assert_eq!(find("zzzzzzzz", &all), Found::None { near: vec![] });
        assert_eq!(find("binance", &[] as &[Entry]), Found::None { near: vec![] });
        assert_eq!(find("", &[] as &[Entry]), Found::None { near: vec![] });
    }

    #[test]
    fn a_filter_keeps_order_and_leaves_near_misses_out() {
        let all = accounts();
        let places = |query| {
            let place = |it: &Entry| all.iter().position(|entry| std::ptr::eq(entry, it)).unwrap();
            filter(query, &all).into_iter().map(place).collect::<Vec<_>>()
        };
        assert_eq!(places("binance"), [0, 1, 2]);
        assert_eq!(places("taro b"), [0, 2]);
        assert_eq!(places("binace"), [] as [usize; 0]);
        assert_eq!(places(""), [0, 1, 2, 3, 4, 5, 6, 7]);
    }
}
