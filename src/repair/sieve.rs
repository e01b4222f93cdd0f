//! Tries the keys of one unit against one code, as fast as it can be done.

use fearless_simd::Level;
use zeroize::Zeroizing;

use crate::account::Algorithm;
use crate::code;
use crate::key;

use super::lanes::{self, LANES, Schedule, Words};
use super::watch::Watch;
use super::written::{self, Letters, each};

/// A block of SHA-1, in bytes. A longer key is hashed first, which the lanes do not do.
const BLOCK: usize = 64;
/// What the key is exclusive-ored with for the inner and the outer hash (RFC 2104).
const PADS: [u32; 2] = [0x3636_3636, 0x5c5c_5c5c];

/// What every thread of a stage works with.
pub(super) struct Sieve {
    algorithm: Algorithm,
    /// The steps at which the code may have been shown.
    steps: Vec<u64>,
    /// The digits of the code as a number, and ten to the power of how many there are.
    wanted: (u32, u32),
    /// For the lanes: the schedule of each letter at each place; none where the crates compute.
    letters: Vec<[Schedule; 32]>,
    pads: [Schedule; 2],
    messages: Vec<Schedule>,
}

/// Goes on with the search, or ends it; told the letters of a key, by number, that gives the code.
pub(super) type Hit<'a> = dyn FnMut(&[u8]) + 'a;

impl Sieve {
    /// For keys of `length` letters.
    pub(super) fn new(length: usize, algorithm: Algorithm, steps: Vec<u64>, wanted: (u32, u32)) -> Self {
        let lanes = algorithm == Algorithm::Sha1 && key::bytes_in(length) <= BLOCK;
        let letters = if lanes { (0..length).map(|place| letters(place, length)).collect() } else { Vec::new() };
        let messages = steps.iter().map(|step| lanes::message(*step)).collect();
        let pads = PADS.map(|pad| lanes::expand([pad; 16]));
        Self { algorithm, steps, wanted, letters, pads, messages }
    }

    /// The means of one thread.
    pub(super) fn worker<'a>(&'a self, watch: &'a Watch) -> Worker<'a> {
        let hashes = vec![[[0; LANES]; 5]; self.messages.len()];
        let (own, hashes) = (Zeroizing::default(), Zeroizing::new(hashes));
        Worker { sieve: self, watch, level: Level::new(), fast: None, own, hashes }
    }

    fn fits(&self, number: u32) -> bool {
        number % self.wanted.1 == self.wanted.0
    }
}

/// The schedule of every letter at `place` in a key of `length` letters.
fn letters(place: usize, length: usize) -> [Schedule; 32] {
    let bits = key::bytes_in(length) * 8;
    let of_bit: [Schedule; 5] = std::array::from_fn(|bit| {
        let (at, mut block) = (place * 5 + bit, [0; 16]);
        if at < bits {
            block[at / 32] = 1 << (31 - at % 32);
        }
        lanes::expand(block)
    });
    std::array::from_fn(|letter| {
        let set = of_bit.iter().enumerate().filter(|(bit, _)| letter >> (4 - bit) & 1 == 1);
        set.fold([0; 80], |sum, (_, schedule)| xor(&sum, schedule))
    })
}

fn xor(one: &Schedule, other: &Schedule) -> Schedule {
    std::array::from_fn(|at| one[at] ^ other[at])
}

/// One thread's part of a [`Sieve`].
pub(super) struct Worker<'a> {
    sieve: &'a Sieve,
    watch: &'a Watch,
    level: Level,
    /// The place whose letters differ from lane to lane, and those letters: `own` is made for it.
    fast: Option<(usize, Letters)>,
    own: Zeroizing<Vec<[Words; 80]>>,
    hashes: Zeroizing<Vec<[Words; 5]>>,
}

impl Worker<'_> {
    /// Tries every key of `unit`.
    pub(super) fn search(&mut self, unit: &[Letters], hit: &mut Hit<'_>) {
        // The first letters will do: places with one letter say it, the others are gone through.
        let first = unit.iter().map(|set| u8::try_from(set.trailing_zeros()).unwrap_or_default());
        let mut letters = Zeroizing::new(first.collect::<Vec<u8>>());
        if self.sieve.letters.is_empty() {
            self.one_by_one(unit, 0, &mut letters, hit);
            return;
        }
        let most = unit.iter().map(|set| set.count_ones()).max().unwrap_or_default();
        let Some(fast) = unit.iter().position(|set| set.count_ones() == most) else { return };
        self.prepare(fast, unit[fast]);
        let is_open = |place: &usize| *place != fast && unit[*place].count_ones() > 1;
        let open: Vec<(usize, Letters)> = (0..unit.len()).filter(is_open).map(|place| (place, unit[place])).collect();
        let fixed = (0..unit.len()).filter(|place| *place != fast && !is_open(place));
        let base = fixed.fold([0; 80], |sum, place| xor(&sum, self.schedule(place, letters[place])));
        self.several(&Zeroizing::new(base), &open, &mut letters, hit);
    }

    fn schedule(&self, place: usize, letter: u8) -> &Schedule {
        &self.sieve.letters[place][usize::from(letter)]
    }

    /// Spreads the letters of the place `fast` over the lanes; those that are too few stand twice.
    fn prepare(&mut self, fast: usize, set: Letters) {
        if self.fast == Some((fast, set)) {
            return;
        }
        self.fast = Some((fast, set));
        self.own.clear();
        let letters: Vec<usize> = each(set).collect();
        for eight in letters.chunks(LANES) {
            let last = eight.last().copied().unwrap_or_default();
            let of_lane = |lane: usize| &self.sieve.letters[fast][eight.get(lane).copied().unwrap_or(last)];
            let of_lanes: [&Schedule; LANES] = std::array::from_fn(of_lane);
            self.own.push(std::array::from_fn(|at| of_lanes.map(|schedule| schedule[at])));
        }
    }

    /// Goes through the letters of the `open` places, and tries those of the fast one eight at a
    /// time.
    fn several(&mut self, base: &Schedule, open: &[(usize, Letters)], letters: &mut [u8], hit: &mut Hit<'_>) {
        let Some(((place, set), rest)) = open.split_first() else { return self.try_all(base, letters, hit) };
        let watch = self.watch;
        for letter in each(*set).take_while(|_| !watch.is_stopped()) {
            letters[*place] = u8::try_from(letter).unwrap_or_default();
            let base = xor(base, self.schedule(*place, letters[*place]));
            self.several(&base, rest, letters, hit);
        }
    }

    fn try_all(&mut self, base: &Schedule, letters: &mut [u8], hit: &mut Hit<'_>) {
        let Some((fast, set)) = self.fast else { return };
        let [inner, outer] = [0, 1].map(|pad| xor(base, &self.sieve.pads[pad]));
        self.watch.add(u64::from(set.count_ones()));
        let of_fast: Vec<usize> = each(set).collect();
        for (own, eight) in self.own.iter().zip(of_fast.chunks(LANES)) {
            let keys = lanes::Keys { inner: &inner, outer: &outer, own };
            lanes::hmac(self.level, &keys, &self.sieve.messages, &mut self.hashes);
            for (lane, letter) in eight.iter().enumerate() {
                if self.hashes.iter().any(|hash| self.sieve.fits(truncated(hash, lane))) {
                    letters[fast] = u8::try_from(*letter).unwrap_or_default();
                    hit(letters);
                }
            }
        }
    }

    /// The same by the ordinary crates: other algorithms, and keys that are longer than a block.
    fn one_by_one(&self, unit: &[Letters], place: usize, letters: &mut [u8], hit: &mut Hit<'_>) {
        if let Some(set) = unit.get(place) {
            for letter in each(*set).take_while(|_| !self.watch.is_stopped()) {
                letters[place] = u8::try_from(letter).unwrap_or_default();
                self.one_by_one(unit, place + 1, letters, hit);
            }
            return;
        }
        self.watch.add(1);
        let Some(secret) = key::decode(&written::spell(letters)) else { return };
        // EXPOSE: the HMAC takes the raw key; it keeps no copy.
        let key = secret.expose();
        let sieve = self.sieve;
        if sieve.steps.iter().any(|step| sieve.fits(code::number(sieve.algorithm, key, *step))) {
            hit(letters);
        }
    }
}

/// The number that the hash of one lane is cut down to (RFC 4226 section 5.3).
fn truncated(hash: &[Words; 5], lane: usize) -> u32 {
    let [first, second, third, fourth, last] = [0, 1, 2, 3, 4].map(|at| u64::from(hash[at][lane]));
    let at = last & 15;
    let pair = match at / 4 {
        0 => first << 32 | second,
        1 => second << 32 | third,
        2 => third << 32 | fourth,
        _ => fourth << 32 | last,
    };
    u32::try_from(pair >> (32 - 8 * (at % 4)) & 0x7fff_ffff).unwrap_or_default()
}
