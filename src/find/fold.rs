//! Names without what people do not think about when they type: case, width, kana kind, accents.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// `name` in small letters of one width, katakana as hiragana, without accents, words parted by one
/// space. Two names that fold alike mean the same to the person who types them.
///
/// Width goes by NFKC (Unicode UAX #15), which also joins the two halves of half-width `ﾋﾞ`.
pub(super) fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    fold_onto(&mut folded, name);
    folded
}

/// Adds [`fold`] of `name` to `line`.
pub(super) fn fold_onto(line: &mut String, name: &str) {
    if name.is_ascii() {
        let start = line.len();
        words_onto(line, name);
        line[start..].make_ascii_lowercase();
    } else if name.chars().all(is_plain) {
        // Most Japanese names have neither width nor accents to take off.
        words_onto(line, &name.chars().map(|symbol| hiragana(symbol.to_ascii_lowercase())).collect::<String>());
    } else {
        let bare = name.nfkd().filter(|symbol| !is_accent(*symbol)).flat_map(char::to_lowercase);
        words_onto(line, &bare.nfc().map(hiragana).collect::<String>());
    }
}

/// Adds `text` to `line` with single spaces, none at its ends.
fn words_onto(line: &mut String, text: &str) {
    for (place, word) in text.split_whitespace().enumerate() {
        if place > 0 {
            line.push(' ');
        }
        line.push_str(word);
    }
}

/// ASCII, hiragana, full-width katakana and the common kanji: normal forms leave them alone.
fn is_plain(symbol: char) -> bool {
    matches!(symbol, '\0'..='\x7f' | 'ぁ'..='ゖ' | 'ァ'..='ヾ' | '\u{4e00}'..='\u{9fff}')
}

/// A mark on a letter; the voicing marks of kana make other letters, and stay.
fn is_accent(symbol: char) -> bool {
    is_combining_mark(symbol) && !matches!(symbol, '\u{3099}' | '\u{309a}')
}

/// The hiragana of a katakana, any other symbol as it is.
fn hiragana(symbol: char) -> char {
    match symbol {
        'ァ'..='ヶ' | 'ヽ' | 'ヾ' => char::from_u32(u32::from(symbol) - 0x60).unwrap_or(symbol),
        _ => symbol,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_do_not_type_is_gone() {
        #[track_caller]
        fn case(name: &str, folded: &str) {
            assert_eq!(fold(name), folded);
        }
        case("Binance", "binance");
        case("Ｂｉｎａｎｃｅ", "binance");
        case("ビット", "びっと");
        case("ﾋﾞｯﾄ", "びっと");
        case("びっと", "びっと");
        case("ヴァ ヾ", "ゔぁ ゞ");
        case("コインチェックー", "こいんちぇっくー");
        case("Zoë ÅNGSTRÖM", "zoe angstrom");
        case("Zoe\u{308}", "zoe");
        case("İstanbul", "istanbul");
        case("  a \t b\u{3000}c ", "a b c");
        case("株式会社\u{3000}ＡＢＣ", "株式会社 abc");
        case("", "");
    }

    #[test]
    fn voiced_kana_stay_other_letters() {
        assert_ne!(fold("ビット"), fold("ヒット"));
        assert_ne!(fold("ﾊﾟｽ"), fold("ﾊﾞｽ"));
        assert_eq!(fold("ヒ\u{3099}ット"), fold("ビット"));
    }

    #[test]
    fn the_quick_way_gives_what_the_long_way_gives() {
        let plain: Vec<char> = ('\0'..='\u{9fff}').filter(|symbol| is_plain(*symbol)).collect();
        for symbol in plain {
            // The accented letter forces the long way.
            let long = fold(&format!("é{symbol}x"));
            assert_eq!(fold(&format!("e{symbol}x")), long, "U+{:04X}", u32::from(symbol));
        }
    }
}
