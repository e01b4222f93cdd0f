//! Whether a passphrase would hold out (`security.md` R11.2): at least twelve characters, and not
//! one that everybody tries first.
//!
//! A judgement, no measurement: a sentence that passes may still be easy to guess.

use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use crate::error::{Exit, Explain};
use crate::secret::Secret;
use crate::text;
use crate::text::Text;

/// The fewest characters of a passphrase.
pub const FEWEST: usize = 12;

/// What people type first when twelve characters are asked for: these, alone or with a tail of
/// digits and marks. Gathered from the published lists of leaked passwords.
const COMMON: &[&str] = &[
    "administrator",
    "changemenow",
    "correcthorsebatterystaple",
    "iloveyou",
    "letmein",
    "password",
    "passw0rd",
    "p@ssw0rd",
    "passphrase",
    "qazwsxedc",
    "qwertyuiop",
    "qwerty",
    "1q2w3e4r5t6y",
    "1qaz2wsx3edc",
    "zaq12wsx",
    "zxcvbnm",
];

/// Why a passphrase is refused unless the user insists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weak {
    /// Fewer than [`FEWEST`] characters.
    Short {
        /// How many there are.
        characters: usize,
    },
    /// The same few characters over and over, or counting up or down.
    Repeats,
    /// One of those tried first.
    Common,
}

/// Judges `passphrase`.
///
/// # Errors
/// What is weak about it.
pub fn judge(passphrase: &Secret) -> Result<(), Weak> {
    // EXPOSE: its characters are compared; the copies are wiped.
    let text = Zeroizing::new(passphrase.expose_text().unwrap_or_default().nfkc().collect::<String>());
    let characters = Zeroizing::new(text.to_lowercase().chars().collect::<Vec<_>>());
    if characters.len() < FEWEST {
        Err(Weak::Short { characters: characters.len() })
    } else if repeats(&characters) || counts(&characters) {
        Err(Weak::Repeats)
    } else if is_common(&text) {
        Err(Weak::Common)
    } else {
        Ok(())
    }
}

/// Whether a piece of at most half the length makes up the whole.
fn repeats(characters: &[char]) -> bool {
    (1..=characters.len() / 2).any(|piece| characters.iter().zip(&characters[piece..]).all(|(one, two)| one == two))
}

/// Whether each character follows the one before it, as in `123456789012` or `zyxwvutsrqpo`.
fn counts(characters: &[char]) -> bool {
    let follows = |one: char, two: char| u32::from(one) + 1 == u32::from(two) || (one, two) == ('9', '0');
    let up = characters.windows(2).all(|pair| follows(pair[0], pair[1]));
    let down = characters.windows(2).all(|pair| follows(pair[1], pair[0]));
    up || down
}

fn is_common(text: &str) -> bool {
    let word = Zeroizing::new(text.to_lowercase().split_whitespace().collect::<String>());
    let without_tail = word.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_ascii_punctuation());
    COMMON.contains(&&**word) || COMMON.contains(&without_tail)
}

impl Explain for Weak {
    fn text(&self) -> Text {
        match self {
            Self::Short { characters } => text!("crypto-weak-short", characters = *characters, fewest = FEWEST),
            Self::Repeats => text!("crypto-weak-repeats"),
            Self::Common => text!("crypto-weak-common"),
        }
    }

    fn hint(&self) -> Option<Text> {
        Some(text!("crypto-hint-weak"))
    }

    fn exit(&self) -> Exit {
        Exit::BadInput
    }
}

crate::explained!(Weak);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_everybody_tries_first_is_weak() {
        #[track_caller]
        fn case(passphrase: &str, expected: Result<(), Weak>) {
            assert_eq!(judge(&Secret::from_text(passphrase.to_owned())), expected, "{passphrase}");
        }
        case("", Err(Weak::Short { characters: 0 }));
        case("hunter2", Err(Weak::Short { characters: 7 }));
        case("ひらがな十一文字まで。", Err(Weak::Short { characters: 11 }));
        case("aaaaaaaaaaaaaaaa", Err(Weak::Repeats));
        case("abcabcabcabcab", Err(Weak::Repeats));
        case("hunter2hunter2", Err(Weak::Repeats));
        case("Hunter2hunteR2", Err(Weak::Repeats));
        case("123456789012", Err(Weak::Repeats));
        case("１２３４５６７８９０１２", Err(Weak::Repeats));
        case("zyxwvutsrqponml", Err(Weak::Repeats));
        case("Password2026!", Err(Weak::Common));
        case("Correct Horse Battery Staple", Err(Weak::Common));
        case("1q2w3e4r5t6y", Err(Weak::Common));
        case("abcdefghijkl", Err(Weak::Repeats));
        case("coral unruly plow ninja", Ok(()));
        case("朝ごはんは卵かけご飯と味噌汁", Ok(()));
        case("x7!Qm2#tLp9z", Ok(()));
    }

    #[test]
    fn a_weak_passphrase_is_explained() {
        assert_eq!(Weak::Short { characters: 1 }.to_string(), "the passphrase has 1 character; use at least 12");
        assert_eq!(Weak::Common.to_string(), "the passphrase is one of those that are tried first");
    }
}
