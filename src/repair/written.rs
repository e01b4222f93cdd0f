//! A backup key as somebody wrote it down: for each symbol, the letters it may have been.

use zeroize::{Zeroize, Zeroizing};

use crate::account::MAX_SECRET;
use crate::key;
use crate::secret::Secret;

use super::RepairError;

/// A set of letters of the base32 alphabet: bit 0 is A, bit 25 Z, bit 26 the digit 2, bit 31 the 7.
pub(super) type Letters = u32;

/// The alphabet, in the order of the bits.
const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// Letters that are taken for each other, in print and in handwriting.
const ALIKE: &[&[u8; 2]] = &[
    b"OQ", b"OD", b"QG", b"OC", b"OU", b"OG", b"DB", b"DP", b"IL", b"IJ", b"IT", b"I7", b"LJ", b"LC", b"LE", b"T7",
    b"TF", b"TY", b"TJ", b"7Z", b"7Y", b"Z2", b"SG", b"S5", b"S2", b"56", b"53", b"6G", b"6B", b"3B", b"3E", b"32",
    b"BR", b"BE", b"BP", b"RK", b"RP", b"RA", b"PF", b"FE", b"EK", b"CG", b"CE", b"UV", b"UW", b"VW", b"VY", b"VR",
    b"MN", b"MW", b"NH", b"NW", b"NR", b"HK", b"HA", b"HM", b"KX", b"XY", b"X4", b"Y4", b"A4", b"UN",
];

/// Symbols that no backup key has, and what they were meant to be.
const IMPOSSIBLE: &[(char, &[u8])] = &[('0', b"OQD"), ('1', b"ILJT7"), ('8', b"BS36"), ('9', b"GQP4")];

/// One symbol of a written key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Zeroize)]
pub(super) struct Symbol {
    /// What it says: one letter, some for a symbol no key has, all for one that cannot be read.
    pub(super) says: Letters,
    /// The letters it is easily taken for.
    pub(super) alike: Letters,
    /// Every other letter.
    pub(super) other: Letters,
}

impl Symbol {
    /// A letter that cannot be read.
    pub(super) const OPEN: Self = Self { says: Letters::MAX, alike: 0, other: 0 };

    fn read(symbol: char) -> Option<Self> {
        let symbol = symbol.to_ascii_uppercase();
        if symbol == '?' {
            return Some(Self::OPEN);
        }
        if let Some((_, meant)) = IMPOSSIBLE.iter().find(|(impossible, _)| *impossible == symbol) {
            let says = meant.iter().fold(0, |set, letter| set | bit(*letter));
            return Some(Self { says, alike: 0, other: !says });
        }
        let letter = u8::try_from(symbol).ok().filter(|letter| ALPHABET.contains(letter))?;
        let pairs = ALIKE.iter().filter(|pair| pair.contains(&letter)).flat_map(|pair| pair.iter());
        let alike = pairs.filter(|other| **other != letter).fold(0, |set, other| set | bit(*other));
        Some(Self { says: bit(letter), alike, other: !bit(letter) })
    }
}

fn bit(letter: u8) -> Letters {
    ALPHABET.iter().position(|other| *other == letter).map_or(0, |at| 1 << at)
}

/// The single letters of a set, by number.
pub(super) fn each(set: Letters) -> impl Iterator<Item = usize> {
    (0..ALPHABET.len()).filter(move |letter| set >> letter & 1 == 1)
}

/// A key as written, or with letters swapped, left out or put in.
pub(super) type Pattern = Zeroizing<Vec<Symbol>>;

/// Reads a key in which `?` stands for a letter that cannot be read. Spaces, dashes, case and width
/// do not matter.
pub(super) fn read(typed: &str) -> Result<Pattern, RepairError> {
    let symbols = key::symbols(key::without_label(typed));
    let symbols = symbols.trim_end_matches('=');
    let read: Vec<Option<Symbol>> = symbols.chars().map(Symbol::read).collect();
    let wrong: Vec<usize> = (1..).zip(&read).filter(|(_, symbol)| symbol.is_none()).map(|(at, _)| at).collect();
    if !wrong.is_empty() {
        return Err(RepairError::WrongSymbols { positions: wrong });
    }
    let pattern: Pattern = Zeroizing::new(read.into_iter().flatten().collect());
    match key::bytes_in(pattern.len()) {
        0 => Err(RepairError::NoKey),
        1..=MAX_SECRET => Ok(pattern),
        _ => Err(RepairError::TooLong),
    }
}

/// The key that `letters`, by number, spell.
pub(super) fn spell(letters: &[u8]) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(letters.len()));
    text.extend(
        letters.iter().filter_map(|letter| ALPHABET.get(usize::from(*letter))).map(|letter| char::from(*letter)),
    );
    text
}

/// How many letters at the end of a key of `length` letters say nothing, because they complete no
/// byte: one or none.
pub(super) fn idle(length: usize) -> usize {
    usize::from(matches!(length % 8, 1 | 3 | 6))
}

/// Where `secret` differs from the key as written, counted from 1; for keys that are as long.
pub(super) fn differences(written: &Pattern, secret: &Secret) -> Vec<usize> {
    let key = key::write(secret);
    // EXPOSE: the letters are compared one by one; only their places are told.
    let letters = key.expose();
    let differs = |(symbol, letter): (&Symbol, &u8)| symbol.says.count_ones() > 1 || symbol.says != bit(*letter);
    (1..).zip(written.iter().zip(letters)).filter(|(_, pair)| differs(*pair)).map(|(at, _)| at).collect()
}
