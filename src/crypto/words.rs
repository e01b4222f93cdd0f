//! Passphrases made of words, to be written down: six of the 7,776 of EFF's long list, which is 77
//! bits (`security.md` R11.2).
//!
//! The list is plain ASCII, so any keyboard and any `age` take it. Its licence is beside it.

use zeroize::Zeroizing;

use crate::secret::Secret;

/// How many words a passphrase has.
const WORDS: usize = 6;
/// The list, one word a line, in the order of its dice.
const LIST: &str = include_str!("words.txt");

/// A new passphrase: six random words with a blank between them. `None` when the system has no
/// randomness to give.
pub fn passphrase() -> Option<Secret> {
    let words: Vec<&str> = LIST.lines().collect();
    let longest = words.iter().map(|word| word.len()).max().unwrap_or(0);
    // Large enough from the start, so that no half-written copy stays behind.
    let mut phrase = String::with_capacity(WORDS * (longest + 1));
    for number in 0..WORDS {
        if number > 0 {
            phrase.push(' ');
        }
        phrase.push_str(words.get(random_below(words.len())?)?);
    }
    Some(Secret::from_text(phrase))
}

/// A random number below `end`, each as likely as any other; `end` is at most 65,536.
fn random_below(end: usize) -> Option<usize> {
    let even = (1 << 16) / end * end;
    let mut bytes = Zeroizing::new([0; 2]);
    loop {
        getrandom::fill(&mut *bytes).ok()?;
        let number = usize::from(u16::from_le_bytes(*bytes));
        // What is left over at the end would make the first words likelier.
        if number < even {
            return Some(number % end);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fmt::Write as _;

    use super::*;
    use crate::crypto::passphrase::judge;
    use crate::secret::hex;
    use sha2::{Digest as _, Sha256};

    /// The sum is that of the file at
    /// <https://www.eff.org/files/2016/07/18/eff_large_wordlist.txt>, in which five dice stand before
    /// each word.
    #[test]
    fn the_list_is_the_one_of_the_eff() {
        let mut published = String::new();
        for (number, word) in LIST.lines().enumerate() {
            for place in (0..5).rev() {
                write!(published, "{}", 1 + number / 6_usize.pow(place) % 6).unwrap();
            }
            writeln!(published, "\t{word}").unwrap();
        }
        let sum = "addd35536511597a02fa0a9ff1e5284677b8883b83e986e43f15a3db996b903e";
        assert_eq!(hex(&Sha256::digest(published)), sum);
        assert_eq!(LIST.lines().collect::<BTreeSet<_>>().len(), 7_776);
    }

    #[test]
    fn six_words_of_the_list_are_good_and_never_the_same() {
        let list: BTreeSet<&str> = LIST.lines().collect();
        let made: Vec<Secret> = (0..50).map(|_| passphrase().unwrap()).collect();
        for phrase in &made {
            let text = phrase.expose_text().unwrap();
            assert_eq!(text.split(' ').count(), WORDS);
            assert!(text.split(' ').all(|word| list.contains(word)));
            assert_eq!(judge(phrase), Ok(()));
        }
        assert_eq!(made.iter().map(Secret::expose).collect::<BTreeSet<_>>().len(), made.len());
    }

    #[test]
    fn every_number_below_the_end_comes_and_no_other() {
        let drawn: BTreeSet<usize> = (0..2_000).map(|_| random_below(6).unwrap()).collect();
        assert_eq!(drawn, (0..6).collect());
    }
}
