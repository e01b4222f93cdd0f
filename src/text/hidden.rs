//! Characters that would steer a terminal, or that nobody can see, made visible.

use std::borrow::Cow;
use std::fmt::Write as _;

/// `word` with every character that a terminal or a window would act on, or not show at all,
/// replaced by its code point, such as `<U+202E>`: controls, bidirectional controls, zero-width
/// characters, line breaks, private and unassigned ranges that fonts leave blank.
///
/// What only joins or colours pictures, as in a family of emoji, is left out: they stand side by side.
pub fn visible(word: &str) -> Cow<'_, str> {
    if !word.chars().any(is_hidden) {
        return Cow::Borrowed(word);
    }
    let mut shown = String::with_capacity(word.len() + 8);
    let mut symbols = word.chars().peekable();
    // The last one, if it is a picture and nothing but its colour came since.
    let mut picture = false;
    let mut coloured = false;
    while let Some(symbol) = symbols.next() {
        let colours = symbol == '\u{fe0f}' && picture && !coloured;
        let joins = symbol == '\u{200d}' && picture && symbols.peek().copied().is_some_and(is_picture);
        if !is_hidden(symbol) {
            shown.push(symbol);
        } else if !colours && !joins {
            // Writing to a string does not fail.
            let _ = write!(shown, "<U+{:04X}>", u32::from(symbol));
        }
        picture = colours || is_picture(symbol);
        coloured = colours;
    }
    Cow::Owned(shown)
}

/// Whether `symbol` is of the ranges of arrows, signs and emoji, which hold no letter.
fn is_picture(symbol: char) -> bool {
    matches!(symbol, '\u{2190}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}')
}

/// Whether `symbol` would steer the output or leave no mark on it.
pub fn is_hidden(symbol: char) -> bool {
    symbol.is_control()
        || matches!(symbol,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{e000}'..='\u{f8ff}' | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}'
            | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{10ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_is_made_visible() {
        assert_eq!(visible("Binance.com – 日本語 ビット"), "Binance.com – 日本語 ビット");
        assert_eq!(visible("a\u{1b}]52;c;\u{7}b"), "a<U+001B>]52;c;<U+0007>b");
        assert_eq!(visible("evil\u{202e}gpj\u{200b}\r\n"), "evil<U+202E>gpj<U+200B><U+000D><U+000A>");
        assert_eq!(visible("\u{9b}31m\u{7f}"), "<U+009B>31m<U+007F>");
    }

    #[test]
    fn what_joins_pictures_is_left_out_and_nothing_else_that_cannot_be_seen() {
        #[track_caller]
        fn case(word: &str, shown: &str) {
            assert_eq!(visible(word), shown);
        }
        case("Home 👨\u{200d}👩\u{200d}👧", "Home 👨👩👧");
        case("\u{2764}\u{fe0f}\u{200d}🔥 \u{26a0}\u{fe0f}", "\u{2764}🔥 \u{26a0}");
        case("👩🏽\u{200d}💻", "👩🏽💻");
        // Between letters, at an end, or more than one, they join nothing.
        case("Bin\u{200d}ance", "Bin<U+200D>ance");
        case("Binance\u{fe0f}", "Binance<U+FE0F>");
        case("👨\u{200d}", "👨<U+200D>");
        case("👨\u{200d}Binance", "👨<U+200D>Binance");
        case("👨\u{200d}\u{200d}👩", "👨<U+200D><U+200D>👩");
        case("\u{26a0}\u{fe0f}\u{fe0f}", "\u{26a0}<U+FE0F>");
        case("👨\u{200b}👩", "👨<U+200B>👩");
    }
}
