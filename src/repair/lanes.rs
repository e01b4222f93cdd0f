//! HMAC-SHA-1 of eight keys at a time, for searching only: every hit is computed again by `code`.
//!
//! SHA-1 is never good for new designs, and cryptography of one's own is bad everywhere; here it is
//! a sieve, held against the `hmac` crate by tests. What neighbouring keys share is computed once:
//! the expansion of a block is linear in its bits, so the schedules of a key are those of its
//! letters, exclusive-ored (FIPS 180-4 section 6.1.2; RFC 2104).

#![allow(clippy::inline_always, reason = "only what is inlined is compiled for the processor at hand")]
#![allow(clippy::many_single_char_names, reason = "the names of the standard")]

use fearless_simd::{Level, Simd, SimdBase, dispatch, u32x8};

/// How many keys are tried at a time.
pub(super) const LANES: usize = 8;
/// One 32-bit word of each key.
pub(super) type Words = [u32; LANES];
/// The 80 words that a block of 16 is expanded to.
pub(super) type Schedule = [u32; 80];

const START: [u32; 5] = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476, 0xc3d2_e1f0];
const ROUND: [u32; 4] = [0x5a82_7999, 0x6ed9_eba1, 0x8f1b_bcdc, 0xca62_c1d6];
/// The bits after a block of 64 bytes and a message of 8, or a hash of 20.
const MESSAGE_BITS: u32 = (64 + 8) * 8;
const HASH_BITS: u32 = (64 + 20) * 8;

/// The schedule of a block.
pub(super) fn expand(block: [u32; 16]) -> Schedule {
    let mut all = [0; 80];
    all[..16].copy_from_slice(&block);
    for at in 16..80 {
        all[at] = (all[at - 3] ^ all[at - 8] ^ all[at - 14] ^ all[at - 16]).rotate_left(1);
    }
    all
}

/// The schedule of a time step as the message, round constants added.
pub(super) fn message(step: u64) -> Schedule {
    let mut block = [0; 16];
    let [high, low] = [step >> 32, step & u64::from(u32::MAX)].map(|half| u32::try_from(half).unwrap_or_default());
    block[..3].copy_from_slice(&[high, low, 1 << 31]);
    block[15] = MESSAGE_BITS;
    let mut schedule = expand(block);
    for (at, word) in schedule.iter_mut().enumerate() {
        *word = word.wrapping_add(ROUND[at / 20]);
    }
    schedule
}

/// Eight keys: the schedules of the part they share, with the inner and the outer pad, and what
/// each of them adds.
pub(super) struct Keys<'a> {
    pub(super) inner: &'a Schedule,
    pub(super) outer: &'a Schedule,
    pub(super) own: &'a [Words; 80],
}

/// The HMACs of eight keys for each of `messages`, into `hashes`.
pub(super) fn hmac(level: Level, keys: &Keys<'_>, messages: &[Schedule], hashes: &mut [[Words; 5]]) {
    dispatch!(level, simd => hmac_with(simd, keys, messages, hashes));
}

#[inline(always)]
fn hmac_with<S: Simd>(simd: S, keys: &Keys<'_>, messages: &[Schedule], hashes: &mut [[Words; 5]]) {
    let [a, b, c, d, e] = START;
    let start = [
        u32x8::splat(simd, a),
        u32x8::splat(simd, b),
        u32x8::splat(simd, c),
        u32x8::splat(simd, d),
        u32x8::splat(simd, e),
    ];
    // Closures are inlined only where they stand as arguments and say so.
    let inner = compress(
        start,
        #[inline(always)]
        |at| key(simd, keys.own, keys.inner, at),
    );
    let outer = compress(
        start,
        #[inline(always)]
        |at| key(simd, keys.own, keys.outer, at),
    );
    for (message, hash) in messages.iter().zip(hashes) {
        let first = compress(
            inner,
            #[inline(always)]
            |at| u32x8::splat(simd, message[at]),
        );
        let mut block = [u32x8::splat(simd, 0); 16];
        block[..5].copy_from_slice(&first);
        block[5] = u32x8::splat(simd, 1 << 31);
        block[15] = u32x8::splat(simd, HASH_BITS);
        let second = compress(
            outer,
            #[inline(always)]
            |at| next(&mut block, at) + u32x8::splat(simd, ROUND[at / 20]),
        );
        for (word, to) in second.iter().zip(hash) {
            word.store_slice(to);
        }
    }
}

/// The word `at` of the schedules of eight keys, round constant added.
#[inline(always)]
fn key<S: Simd>(simd: S, own: &[Words; 80], shared: &Schedule, at: usize) -> u32x8<S> {
    let word = u32x8::from_slice(simd, &own[at]) ^ u32x8::splat(simd, shared[at]);
    word + u32x8::splat(simd, ROUND[at / 20])
}

/// The word `at` of the schedule, of which `block` holds the last 16.
#[inline(always)]
fn next<S: Simd>(block: &mut [u32x8<S>; 16], at: usize) -> u32x8<S> {
    if at >= 16 {
        let word = block[(at + 13) % 16] ^ block[(at + 8) % 16] ^ block[(at + 2) % 16] ^ block[at % 16];
        block[at % 16] = rotated::<S, 1>(word);
    }
    block[at % 16]
}

/// The 80 rounds, written out: only then does every word stay in a register.
#[inline(always)]
fn compress<S: Simd>(start: [u32x8<S>; 5], mut word: impl FnMut(usize) -> u32x8<S>) -> [u32x8<S>; 5] {
    let mut state = start;
    macro_rules! rounds {
        ($mix:ident: $($at:literal)*) => { $( round(&mut state, $mix, word($at)); )* };
    }
    rounds!(choice: 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19);
    rounds!(parity: 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36 37 38 39);
    rounds!(majority: 40 41 42 43 44 45 46 47 48 49 50 51 52 53 54 55 56 57 58 59);
    rounds!(parity: 60 61 62 63 64 65 66 67 68 69 70 71 72 73 74 75 76 77 78 79);
    let [a, b, c, d, e] = state;
    [a + start[0], b + start[1], c + start[2], d + start[3], e + start[4]]
}

#[inline(always)]
fn round<S: Simd>(state: &mut [u32x8<S>; 5], mix: impl Fn([u32x8<S>; 3]) -> u32x8<S>, word: u32x8<S>) {
    let [a, b, c, d, e] = *state;
    *state = [e + word + mix([b, c, d]) + rotated::<S, 5>(a), a, rotated::<S, 30>(b), c, d];
}

#[inline(always)]
fn choice<S: Simd>([b, c, d]: [u32x8<S>; 3]) -> u32x8<S> {
    d ^ (b & (c ^ d))
}

#[inline(always)]
fn parity<S: Simd>([b, c, d]: [u32x8<S>; 3]) -> u32x8<S> {
    b ^ c ^ d
}

#[inline(always)]
fn majority<S: Simd>([b, c, d]: [u32x8<S>; 3]) -> u32x8<S> {
    (b & c) | (d & (b | c))
}

#[inline(always)]
fn rotated<S: Simd, const BY: u32>(word: u32x8<S>) -> u32x8<S> {
    (word << BY) | (word >> (32 - BY))
}

#[cfg(test)]
mod tests {
    use hmac::{KeyInit, Mac};
    use proptest::prelude::*;

    use super::*;

    const PADS: [u32; 2] = [0x3636_3636, 0x5c5c_5c5c];

    /// The words of a block that begins with `bytes`.
    fn block(bytes: &[u8]) -> [u32; 16] {
        let mut whole = [0; 64];
        whole[..bytes.len()].copy_from_slice(bytes);
        let mut words = [0; 16];
        for (word, four) in words.iter_mut().zip(whole.as_chunks().0) {
            *word = u32::from_be_bytes(*four);
        }
        words
    }

    /// The HMACs of eight keys that begin alike, by the lanes.
    fn ours(level: Level, shared: &[u8], own: &[Vec<u8>], steps: &[u64]) -> Vec<Vec<[u8; 20]>> {
        let base = expand(block(shared));
        let padded = PADS.map(|pad| {
            let pad = expand([pad; 16]);
            std::array::from_fn(|at| base[at] ^ pad[at])
        });
        let mut rest = [[0; LANES]; 80];
        for (lane, own) in own.iter().enumerate() {
            for (at, word) in expand(block(own)).into_iter().enumerate() {
                rest[at][lane] = word;
            }
        }
        let messages: Vec<Schedule> = steps.iter().map(|step| message(*step)).collect();
        let mut hashes = vec![[[0; LANES]; 5]; steps.len()];
        hmac(level, &Keys { inner: &padded[0], outer: &padded[1], own: &rest }, &messages, &mut hashes);
        let bytes = |hash: &[Words; 5], lane: usize| {
            let mut bytes = [0; 20];
            for (four, word) in bytes.as_chunks_mut().0.iter_mut().zip(hash) {
                *four = word[lane].to_be_bytes();
            }
            bytes
        };
        (0..LANES).map(|lane| hashes.iter().map(|hash| bytes(hash, lane)).collect()).collect()
    }

    proptest! {
        /// The `hmac` and `sha1` crates say what is right, for every level this machine has.
        #[test]
        fn the_lanes_agree_with_the_crates(
            shared in proptest::collection::vec(any::<u8>(), 0..=64),
            own in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..=64), LANES),
            steps in proptest::collection::vec(any::<u64>(), 1..4),
        ) {
            for level in [Level::new(), Level::baseline()] {
                for (own, hashes) in own.iter().zip(ours(level, &shared, &own, &steps)) {
                    let mut key = [0_u8; 64];
                    for part in [&shared, own] {
                        key.iter_mut().zip(part).for_each(|(byte, other)| *byte ^= other);
                    }
                    for (step, hash) in steps.iter().zip(hashes) {
                        let mut mac = hmac::Hmac::<sha1::Sha1>::new_from_slice(&key).unwrap();
                        mac.update(&step.to_be_bytes());
                        prop_assert_eq!(&mac.finalize().into_bytes()[..], &hash[..]);
                    }
                }
            }
        }
    }
}
