//! Names that pass for others: one word, letters of several alphabets.

use crate::text;
use crate::text::Text;

/// A warning if a word of `name` mixes alphabets whose letters look alike, as in `Bіnance` with a
/// Cyrillic `і`; it lists the letters that are not Latin by code point.
///
/// Japanese names mix kanji, kana and Latin letters, and are no cause for one.
pub fn suspicious(name: &str) -> Option<Text> {
    let mut strangers: Vec<String> = Vec::new();
    for word in name.split(|symbol| !is_of_word(symbol)).filter(|word| mixes(word)) {
        for symbol in word.chars().filter(|symbol| !matches!(alphabet(*symbol), None | Some(Alphabet::Latin))) {
            let stranger = format!("{symbol} U+{:04X}", u32::from(symbol));
            if !strangers.contains(&stranger) {
                strangers.push(stranger);
            }
        }
    }
    (!strangers.is_empty()).then(|| text!("present-mixed-letters", letters = strangers.join(", ")))
}

/// The alphabets with letters that look like those of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Alphabet {
    Latin,
    Greek,
    Cyrillic,
    Armenian,
    Cherokee,
    Coptic,
    Lisu,
}

/// Letters and the accents on them.
fn is_of_word(symbol: char) -> bool {
    symbol.is_alphabetic() || matches!(symbol, '\u{300}'..='\u{36f}')
}

fn mixes(word: &str) -> bool {
    let mut alphabets = word.chars().filter_map(alphabet);
    let first = alphabets.next();
    alphabets.any(|alphabet| Some(alphabet) != first)
}

/// The alphabet of a letter by its Unicode block; `None` for kanji, kana and others that resemble
/// no letter of these.
fn alphabet(symbol: char) -> Option<Alphabet> {
    Some(match symbol {
        'A'..='Z' | 'a'..='z' | '\u{c0}'..='\u{2af}' | '\u{1e00}'..='\u{1eff}' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => {
            Alphabet::Latin
        }
        '\u{370}'..='\u{3e1}' | '\u{3f0}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => Alphabet::Greek,
        '\u{400}'..='\u{52f}' | '\u{1c80}'..='\u{1c8f}' | '\u{a640}'..='\u{a69f}' => Alphabet::Cyrillic,
        '\u{530}'..='\u{58f}' => Alphabet::Armenian,
        '\u{13a0}'..='\u{13ff}' | '\u{ab70}'..='\u{abbf}' => Alphabet::Cherokee,
        '\u{3e2}'..='\u{3ef}' | '\u{2c80}'..='\u{2cff}' => Alphabet::Coptic,
        '\u{a4d0}'..='\u{a4ff}' => Alphabet::Lisu,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    #[test]
    fn words_of_mixed_letters_are_told_by_code_point() {
        #[track_caller]
        fn case(name: &str, letters: &str) {
            let expected = format!("this name mixes look-alike letters of several alphabets: {letters}");
            assert_eq!(suspicious(name).map(|text| text.say(Lang::English)), Some(expected));
        }
        case("B\u{456}nance", "\u{456} U+0456");
        case("Coin\u{441}hec\u{43a} Japan", "\u{441} U+0441, \u{43a} U+043A");
        case("b\u{456}tFlyer (taro@example.com)", "\u{456} U+0456");
        case("Bi\u{3bf}\u{3bf}", "\u{3bf} U+03BF");
        case("取引所B\u{456}", "\u{456} U+0456");
        case("\u{430}\u{3bf}", "\u{430} U+0430, \u{3bf} U+03BF");
    }

    #[test]
    fn names_as_people_have_them_are_fine() {
        for name in [
            "Binance",
            "ビットバンクBank取引所",
            "Ｂｉｎａｎｃｅ 取引",
            "Société Générale",
            "e\u{301}cole",
            "Сбербанк Online",
            "Εθνική Bank",
            "taro@example.com",
            "",
        ] {
            assert_eq!(suspicious(name), None, "{name}");
        }
    }
}
