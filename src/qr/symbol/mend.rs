//! Reed-Solomon codes over bytes: wrong words are found and put right.
//!
//! A word known to be unsure costs half of what a wrong one costs, so the least sure words are
//! given up when that is not enough otherwise. Errors and erasures after R. E. Blahut,
//! Algebraic Codes for Data Transmission, 7.4.

use zeroize::Zeroizing;

/// Words and how sure each is: first the data, then what mends them.
pub(super) struct Block {
    words: Zeroizing<Vec<(u8, u8)>>,
    data: usize,
    whole: usize,
}

impl Block {
    /// An empty block for `whole` words, of which the first `data` are data.
    pub(super) fn new(whole: usize, data: usize) -> Self {
        Self { words: Zeroizing::new(Vec::with_capacity(whole)), data, whole }
    }

    pub(super) fn push(&mut self, word: (u8, u8)) {
        self.words.push(word);
    }

    pub(super) fn data(&self) -> impl Iterator<Item = &(u8, u8)> {
        self.words.iter().take(self.data)
    }
}

/// Mends `block` and tells how much speaks for the result, in bits; `None` if too much is wrong.
pub(super) fn mend(block: &mut Block) -> Option<i32> {
    let extra = block.whole - block.data;
    if block.words.len() != block.whole {
        return None;
    }
    let mut unsure: Vec<usize> = (0..block.whole).filter(|at| block.words[*at].1 < u8::MAX / 2).collect();
    unsure.sort_by_key(|at| block.words[*at].1);
    // In quarters: each try more costs evidence, and the same words are tried with other numbers anyway.
    let tries = (0..4).map(|quarter| (extra * quarter / 4).min(unsure.len()));
    let mut last = None;
    for given_up in tries {
        if last.replace(given_up) == Some(given_up) {
            continue;
        }
        if let Some(wrong) = mend_words(&mut block.words, extra, &unsure[..given_up]) {
            return Some(evidence(block.whole, extra, given_up, wrong));
        }
    }
    None
}

/// How unlikely it is, in bits, that random words are within `wrong` errors of valid ones.
#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "all numbers are below 256")]
fn evidence(whole: usize, extra: usize, given_up: usize, wrong: usize) -> i32 {
    let free = whole - given_up;
    let choices: f64 = (0..wrong).map(|n| (((free - n) as f64) / ((n + 1) as f64)).log2()).sum();
    (8.0 * (extra - given_up - wrong) as f64 - choices) as i32
}

/// Powers of 2 in the field of 256 elements, and their logarithms (polynomial 0x11d).
const TABLES: ([u8; 512], [u8; 256]) = tables();

#[expect(clippy::cast_possible_truncation, reason = "powers are kept below 256, and logarithms are")]
const fn tables() -> ([u8; 512], [u8; 256]) {
    let (mut powers, mut logs) = ([0; 512], [0; 256]);
    let (mut power, mut log) = (1u16, 0);
    while log < 510 {
        powers[log] = power as u8;
        if log < 255 {
            logs[power as usize] = log as u8;
        }
        power <<= 1;
        if power > 255 {
            power ^= 0x11d;
        }
        log += 1;
    }
    (powers, logs)
}

fn times(one: u8, two: u8) -> u8 {
    if one == 0 || two == 0 {
        return 0;
    }
    TABLES.0[usize::from(TABLES.1[usize::from(one)]) + usize::from(TABLES.1[usize::from(two)])]
}

/// 2 to the power of `exponent`, which may be any number below 510.
fn power(exponent: usize) -> u8 {
    TABLES.0[exponent]
}

fn inverse(one: u8) -> u8 {
    power(255 - usize::from(TABLES.1[usize::from(one)]))
}

/// The value of a polynomial, the lowest coefficient first.
fn value(polynomial: &[u8], at: u8) -> u8 {
    polynomial.iter().rev().fold(0, |sum, coefficient| times(sum, at) ^ coefficient)
}

/// What is left of valid words is all 0.
fn syndromes(words: &[(u8, u8)], extra: usize) -> Vec<u8> {
    (0..extra).map(|n| words.iter().fold(0, |sum, word| times(sum, power(n)) ^ word.0)).collect()
}

/// Puts `words` right, of which those at `given_up` may be anything, and tells how many others were
/// wrong; `None`, and `words` as they were, if too many are.
fn mend_words(words: &mut [(u8, u8)], extra: usize, given_up: &[usize]) -> Option<usize> {
    let syndromes = syndromes(words, extra);
    if syndromes.iter().all(|rest| *rest == 0) {
        return Some(0);
    }
    let locator = locator(&syndromes, words.len(), given_up)?;
    let places: Vec<usize> =
        (0..words.len()).filter(|at| value(&locator, inverse(power(words.len() - 1 - at))) == 0).collect();
    if places.len() != locator.len() - 1 {
        return None;
    }
    for (at, change) in changes(&syndromes, &locator, &places, words.len()) {
        words[at].0 ^= change;
    }
    Some(places.len() - given_up.len())
}

/// The polynomial whose roots are the wrong places; `None` if there are more than can be mended.
fn locator(syndromes: &[u8], whole: usize, given_up: &[usize]) -> Option<Vec<u8>> {
    let mut locator = vec![1u8];
    for at in given_up {
        locator = plus_shifted(&locator, power(whole - 1 - at), &locator);
    }
    let mut before = locator.clone();
    let mut length = given_up.len();
    for n in given_up.len()..syndromes.len() {
        let off = (locator.iter().enumerate().take(n + 1))
            .fold(0, |sum, (at, coefficient)| sum ^ times(*coefficient, syndromes[n - at]));
        let next = plus_shifted(&locator, off, &before);
        if off != 0 && 2 * length <= n + given_up.len() {
            length = n + 1 + given_up.len() - length;
            before = locator.iter().map(|coefficient| times(*coefficient, inverse(off))).collect();
        } else {
            before.insert(0, 0);
        }
        locator = next;
    }
    while locator.last() == Some(&0) {
        locator.pop();
    }
    (locator.len() == length + 1 && 2 * length <= syndromes.len() + given_up.len()).then_some(locator)
}

/// `one`, and `factor` times `two` moved up by one.
fn plus_shifted(one: &[u8], factor: u8, two: &[u8]) -> Vec<u8> {
    let mut sum = one.to_vec();
    sum.resize(one.len().max(two.len() + 1), 0);
    for (at, coefficient) in two.iter().enumerate() {
        sum[at + 1] ^= times(factor, *coefficient);
    }
    sum
}

/// What to add to the word in each of `places`, after Forney.
fn changes(syndromes: &[u8], locator: &[u8], places: &[usize], whole: usize) -> Vec<(usize, u8)> {
    let evaluator: Vec<u8> = (0..syndromes.len())
        .map(|n| (0..=n.min(locator.len() - 1)).fold(0, |sum, at| sum ^ times(locator[at], syndromes[n - at])))
        .collect();
    // Odd powers only: in this field the others vanish from a derivative.
    let slope: Vec<u8> = locator
        .iter()
        .skip(1)
        .enumerate()
        .map(|(at, coefficient)| if at % 2 == 0 { *coefficient } else { 0 })
        .collect();
    (places.iter())
        .map(|at| {
            let place = power(whole - 1 - at);
            let below = value(&slope, inverse(place));
            let above = times(place, value(&evaluator, inverse(place)));
            (*at, if below == 0 { 0 } else { times(above, inverse(below)) })
        })
        .collect()
}
