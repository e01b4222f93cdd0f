//! How one site passes for another.

use super::Site;
use super::letters::{skeleton, strangers};
use crate::text;
use crate::text::Text;

/// The shortest name that is looked for inside other names, in letters.
const SHORTEST_WORD: usize = 3;
/// The shortest name of which one letter may be another, or that may have letters around it: with
/// less, honest names would look alike.
const SHORTEST_NAME: usize = 5;

/// What makes a site look like another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trick {
    /// Letters or digits that look like those of the name.
    Letters {
        /// Those that are no ASCII, with their code points.
        strangers: Vec<String>,
    },
    /// The same name below another public suffix.
    Ending,
    /// The name, or all of the own domain, stands before the domain that counts.
    InFront,
    /// The name with something before or after it.
    Added,
    /// One letter of the name is another, missing or too many, or two are swapped.
    Slip,
}

impl Trick {
    /// The name used in JSON.
    pub fn id(&self) -> &'static str {
        match self {
            Self::Letters { .. } => "letters",
            Self::Ending => "ending",
            Self::InFront => "in-front",
            Self::Added => "added",
            Self::Slip => "slip",
        }
    }

    /// What it is that deceives, in half a sentence.
    pub fn text(&self) -> Text {
        match self {
            Self::Letters { strangers } if strangers.is_empty() => text!("site-trick-look"),
            Self::Letters { strangers } => text!("site-trick-letters", letters = strangers.join(", ")),
            Self::Ending => text!("site-trick-ending"),
            Self::InFront => text!("site-trick-in-front"),
            Self::Added => text!("site-trick-added"),
            Self::Slip => text!("site-trick-slip"),
        }
    }
}

/// What makes `site` look like `own`, which is another.
pub(super) fn trick(site: &Site, own: &Site) -> Option<Trick> {
    let (name, own_name) = (site.name(), own.name());
    let (look, own_look) = (skeleton(&name), skeleton(&own_name));
    if name == own_name {
        return Some(Trick::Ending);
    }
    if look == own_look {
        return Some(Trick::Letters { strangers: strangers(&name, &own_name) });
    }
    let named = |text: &str| {
        let mut words = text.split(|symbol: char| !symbol.is_alphanumeric());
        own_look.chars().count() >= SHORTEST_WORD && words.any(|word| skeleton(word) == own_look)
    };
    if named(&site.front()) || named(&site.user) {
        return Some(Trick::InFront);
    }
    let long = own_look.chars().count() >= SHORTEST_NAME;
    if named(&name) || (long && (look.contains(&own_look) || look.replace('-', "") == own_look.replace('-', ""))) {
        return Some(Trick::Added);
    }
    (long && (is_slip(&look, &own_look) || is_slip(&name, &own_name))).then_some(Trick::Slip)
}

/// Whether one text becomes the other by one letter that is another, missing or too many, or by two
/// neighbours that are swapped.
fn is_slip(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let same = |(a, b): &(&char, &char)| a == b;
    let start = one.iter().zip(&other).take_while(same).count();
    let (one, other) = (&one[start..], &other[start..]);
    let end = one.iter().rev().zip(other.iter().rev()).take_while(same).count();
    match (&one[..one.len() - end], &other[..other.len() - end]) {
        ([_], [_] | []) | ([], [_]) => true,
        ([a, b], [c, d]) => a == d && b == c,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::Likeness;
    use crate::text::Lang;

    fn compare(address: &str) -> Likeness {
        let own = Site::parse("https://www.binance.com/ja").unwrap();
        Site::parse(address).unwrap().compare(&own)
    }

    #[test]
    fn what_passes_for_the_own_site_is_told() {
        #[track_caller]
        fn case(address: &str, expected: Trick) {
            assert_eq!(compare(address), Likeness::Alike(expected), "{address}");
        }
        let letters =
            |strangers: &[&str]| Trick::Letters { strangers: strangers.iter().map(ToString::to_string).collect() };
        case("https://b\u{456}nance.com", letters(&["\u{456} U+0456"]));
        case("https://xn--bnance-pvf.com/login", letters(&["\u{456} U+0456"]));
        case("https://binánce.com", letters(&["á U+00E1"]));
        case("https://b1nance.com", letters(&[]));
        case("https://www.b\u{456}nance.net", letters(&["\u{456} U+0456"]));
        case("https://binance.net", Trick::Ending);
        case("https://www.binance.co.jp", Trick::Ending);
        case("https://binance.com.evil.net", Trick::InFront);
        case("https://login-binance.evil.net", Trick::InFront);
        case("https://www.binance.com@evil.net/", Trick::InFront);
        case("https://binance-login.com", Trick::Added);
        case("https://mybinance.com", Trick::Added);
        case("https://wwwbinance.com", Trick::Added);
        case("https://bin-ance.com", Trick::Added);
        case("https://binace.com", Trick::Slip);
        case("https://binnance.com", Trick::Slip);
        case("https://bianance.com", Trick::Slip);
        case("https://bniance.com", Trick::Slip);
        case("https://binamce.com", Trick::Slip);
    }

    #[test]
    fn honest_others_are_only_others() {
        for address in ["https://example.com", "https://bank.example.com", "https://bitflyer.com", "https://ban.com"] {
            assert_eq!(compare(address), Likeness::Other, "{address}");
        }
        let own = Site::parse("https://x.com").unwrap();
        for address in ["https://y.com", "https://x-ray.org", "https://x.example.org"] {
            assert_eq!(Site::parse(address).unwrap().compare(&own), Likeness::Other, "{address}");
        }
    }

    #[test]
    fn tricks_are_told_in_half_a_sentence() {
        #[track_caller]
        fn case(address: &str, english: &str) {
            let Likeness::Alike(trick) = compare(address) else { panic!("{address} does not look alike") };
            assert_eq!(trick.text().say(Lang::English), english);
        }
        case("https://b\u{456}nance.com", "it has letters that only look the same: \u{456} U+0456");
        case("https://b1nance.com", "it has letters or digits that only look the same");
        case("https://binance.net", "the ending is another");
        case("https://binance.com.evil.net", "the name stands in front, where anybody can write it");
        case("https://binance-login.com", "something was added to the name");
        case("https://binace.com", "the name differs by a slip");
    }
}
