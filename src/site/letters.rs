//! Letters that look like others.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Each letter or digit, and those of other alphabets that are drawn like it: what UTS #39 calls
/// confusable (Unicode 18, `confusables.txt`), as far as domains may have it (UTS #46) and it lies
/// in the Basic Multilingual Plane. One text instead of a table of slices, because slices would have
/// to be relocated at every start of the program.
const LOOK_ALIKES: &str = "\
    0ଠ೦ዐⵔ〇ꓳ 2ᒿᘖꛯ 3૩ᜂ 4Ꮞ 6бᏮⳓꕃ 7ᜪ 8ȣ৪੪ଃꖉ 9৭੧୨൭ⳋꝯ \
    aɑαаꭤ bᏏᑲᖯ cсငၚᴄⲥ dԁᏧᑯꓒ eеҽ℮ꬲ fƒʄքẝꞙꬵ gƍɡցᶃ hһհᏂ iıɩɪιіւᎥⲓꙇ jȷϳјյ lǀӏ۱।၊ᛁᛐⵊⵏꓲꕯꞁꟾ꣎꩝ mՠ nոռ \
    oοσϭоօ۵०০੦૦୦௦౦ಂംഠ൦ං๐໐ဝ၀ჿᄋᆼ០᪀᪐ᴏᴑⲟꬽ pþƿρϸрⲣⳏ qԛգզ rгᴦⲅꭇꭈ sƽѕടꜱ uʋυսᴜꞟꭎꭒ vνѵᴠ wɯшѡԝաᴡⲽꟺ xхᕁᕽᝣᯬ yɣʏγуүყᶌỿⲩꭚ zᴢⱬⲍⴭ";

/// `name` as it looks at a glance: accents gone, letters of other alphabets and digits replaced by
/// the Latin letters that they resemble, and pairs by the letter that they melt into.
pub(super) fn skeleton(name: &str) -> String {
    let plain = name.nfd().filter(|symbol| !is_combining_mark(*symbol)).map(|symbol| plainest(latin(symbol)));
    let letters: String = plain.collect();
    letters.replace("rn", "m").replace("vv", "w").replace("cl", "d")
}

/// The Latin letter or digit that `symbol` looks like; itself where there is none.
fn latin(symbol: char) -> char {
    if symbol.is_ascii() {
        return symbol;
    }
    let group = LOOK_ALIKES.split(' ').find(|group| group.contains(symbol));
    group.and_then(|group| group.chars().next()).unwrap_or(symbol)
}

/// One letter for all that are mixed up in most typefaces.
fn plainest(symbol: char) -> char {
    match symbol {
        '0' => 'o',
        '1' | 'i' => 'l',
        '2' => 'z',
        '5' => 's',
        '8' => 'b',
        '9' => 'g',
        other => other,
    }
}

/// The symbols of `name` that are no ASCII and not in `own`, with their code points.
pub(super) fn strangers(name: &str, own: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for symbol in name.chars().filter(|symbol| !symbol.is_ascii() && !own.contains(*symbol)) {
        let told = format!("{symbol} U+{:04X}", u32::from(symbol));
        if !found.contains(&told) {
            found.push(told);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_the_same_has_the_same_skeleton() {
        for name in ["b\u{456}nance", "binanc\u{435}", "bínance", "b1nance", "biпance", "bınance", "blnance"] {
            let same = name != "biпance"; // п is none of the confusable ones
            assert_eq!(skeleton(name) == skeleton("binance"), same, "{name}");
        }
        assert_eq!(skeleton("rnicrosoft"), skeleton("microsoft"));
        assert_eq!(skeleton("c0inchecK"), skeleton("coinchecK"));
        assert_ne!(skeleton("finance"), skeleton("binance"));
    }

    #[test]
    fn no_symbol_stands_for_two_letters() {
        let mut all: Vec<char> = LOOK_ALIKES.chars().filter(|symbol| *symbol != ' ').collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
        assert!(LOOK_ALIKES.split(' ').all(|group| group.starts_with(|first: char| first.is_ascii_alphanumeric())));
    }

    #[test]
    fn strangers_are_named_by_code_point() {
        assert_eq!(strangers("b\u{456}\u{456}n", "binance"), ["\u{456} U+0456"]);
        assert_eq!(strangers("société-1", "société"), [""; 0]);
    }
}
