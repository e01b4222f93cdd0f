//! Passphrases made of words, to be written down: seven of a list of 2,048, which is 77 bits, as
//! strong as the six words of the longer EFF list.
//!
//! The list is the English one of BIP-39, made so that the first four letters tell every word; it
//! is plain ASCII, so any keyboard and any `age` take it. It is here unchanged, under the ISC licence
//! beside it.

use zeroize::Zeroizing;

use crate::secret::Secret;

/// How many words a passphrase has.
const WORDS: usize = 7;
/// The list, one word a line.
const LIST: &str = include_str!("words.txt");

/// A new passphrase: seven random words with a blank between them. `None` when the system has no
/// randomness to give.
pub fn passphrase() -> Option<Secret> {
    let words: Vec<&str> = LIST.lines().collect();
    let mut numbers = Zeroizing::new([0; 2 * WORDS]);
    getrandom::fill(&mut *numbers).ok()?;
    let longest = words.iter().map(|word| word.len()).max().unwrap_or(0);
    // Large enough from the start, so that no half-written copy stays behind.
    let mut phrase = String::with_capacity(WORDS * (longest + 1));
    for pair in numbers.chunks_exact(2) {
        // 65,536 is a multiple of 2,048, so every word is as likely as any other.
        let number = pair.iter().fold(0, |number, byte| number << 8 | usize::from(*byte));
        if !phrase.is_empty() {
            phrase.push(' ');
        }
        phrase.push_str(words.get(number % words.len())?);
    }
    Some(Secret::from_text(phrase))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::crypto::passphrase::judge;
    use crate::secret::hex;
    use sha2::{Digest as _, Sha256};

    /// The sum is the one of `english.txt` in the `bitcoin/bips` repository.
    #[test]
    fn the_list_is_the_one_of_bip_39() {
        assert_eq!(hex(&Sha256::digest(LIST)), "2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda");
        assert_eq!(LIST.lines().count(), 2_048);
        let starts: BTreeSet<&str> = LIST.lines().map(|word| word.get(..4).unwrap_or(word)).collect();
        assert_eq!(starts.len(), 2_048);
    }

    #[test]
    fn seven_words_of_the_list_are_good_and_never_the_same() {
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
}
