//! The stream ciphers of KeePass: ChaCha20 (RFC 8439) and Salsa20
//! (<https://cr.yp.to/snuffle/spec.pdf>).

use zeroize::{Zeroize, ZeroizeOnDrop};

/// Columns and diagonals of the square of words.
const CHACHA: [[usize; 4]; 8] = [
    [0, 4, 8, 12],
    [1, 5, 9, 13],
    [2, 6, 10, 14],
    [3, 7, 11, 15],
    [0, 5, 10, 15],
    [1, 6, 11, 12],
    [2, 7, 8, 13],
    [3, 4, 9, 14],
];
/// Columns and rows, each beginning on the diagonal.
const SALSA: [[usize; 4]; 8] = [
    [0, 4, 8, 12],
    [5, 9, 13, 1],
    [10, 14, 2, 6],
    [15, 3, 7, 11],
    [0, 1, 2, 3],
    [5, 6, 7, 4],
    [10, 11, 8, 9],
    [15, 12, 13, 14],
];
/// “expand 32-byte k”.
const CONSTANTS: [u32; 4] = [0x6170_7865, 0x3320_646e, 0x7962_2d32, 0x6b20_6574];
const DOUBLE_ROUNDS: usize = 10;

/// A key stream and how much of it is used up. Wiped when dropped.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct Stream {
    words: [u32; 16],
    block: [u8; 64],
    used: usize,
    salsa: bool,
}

impl Stream {
    /// ChaCha20 from its first block.
    pub fn chacha20(key: &[u8; 32], nonce: &[u8; 12]) -> Self {
        let mut words = [0; 16];
        words[..4].copy_from_slice(&CONSTANTS);
        fill(&mut words[4..12], key);
        fill(&mut words[13..], nonce);
        Self { words, block: [0; 64], used: 64, salsa: false }
    }

    /// Salsa20 from its first block.
    pub fn salsa20(key: &[u8; 32], nonce: &[u8; 8]) -> Self {
        let mut words = [0; 16];
        for (place, constant) in [0, 5, 10, 15].into_iter().zip(CONSTANTS) {
            words[place] = constant;
        }
        let (first, second) = key.split_at(16);
        fill(&mut words[1..5], first);
        fill(&mut words[6..8], nonce);
        fill(&mut words[11..15], second);
        Self { words, block: [0; 64], used: 64, salsa: true }
    }

    /// Seals or opens `data`, the next of what this stream belongs to.
    pub fn apply(&mut self, data: &mut [u8]) {
        for byte in data {
            if self.used == self.block.len() {
                self.next_block();
            }
            *byte ^= self.block[self.used];
            self.used += 1;
        }
    }

    fn next_block(&mut self) {
        let mut words = self.words;
        for _ in 0..DOUBLE_ROUNDS {
            let quarters = if self.salsa { &SALSA } else { &CHACHA };
            for quarter in quarters {
                if self.salsa {
                    salsa(&mut words, *quarter);
                } else {
                    chacha(&mut words, *quarter);
                }
            }
        }
        let (bytes, _) = self.block.as_chunks_mut::<4>();
        for ((bytes, word), start) in bytes.iter_mut().zip(words).zip(self.words) {
            *bytes = word.wrapping_add(start).to_le_bytes();
        }
        words.zeroize();
        let (low, high) = if self.salsa { (8, 9) } else { (12, 12) };
        self.words[low] = self.words[low].wrapping_add(1);
        // ChaCha20 ends after 256 GiB, which nothing here comes near.
        if self.words[low] == 0 && self.salsa {
            self.words[high] = self.words[high].wrapping_add(1);
        }
        self.used = 0;
    }
}

fn fill(words: &mut [u32], bytes: &[u8]) {
    let (chunks, _) = bytes.as_chunks::<4>();
    for (word, chunk) in words.iter_mut().zip(chunks) {
        *word = u32::from_le_bytes(*chunk);
    }
}

fn chacha(words: &mut [u32; 16], [a, b, c, d]: [usize; 4]) {
    for (shift, [sum, other, mixed]) in [(16, [a, b, d]), (12, [c, d, b]), (8, [a, b, d]), (7, [c, d, b])] {
        words[sum] = words[sum].wrapping_add(words[other]);
        words[mixed] = (words[mixed] ^ words[sum]).rotate_left(shift);
    }
}

fn salsa(words: &mut [u32; 16], [a, b, c, d]: [usize; 4]) {
    for (shift, [mixed, one, other]) in [(7, [b, a, d]), (9, [c, b, a]), (13, [d, c, b]), (18, [a, d, c])] {
        words[mixed] ^= words[one].wrapping_add(words[other]).rotate_left(shift);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn start(mut stream: Stream) -> String {
        let mut bytes = [0; 80];
        stream.apply(&mut bytes[..3]);
        stream.apply(&mut bytes[3..]);
        crate::secret::hex(&bytes[..16])
    }

    /// RFC 8439 appendix A.1, test vector 1; eSTREAM's vectors for Salsa20, 256 bits, set 1, vector 0.
    #[test]
    fn streams_agree_with_published_vectors() {
        assert_eq!(start(Stream::chacha20(&[0; 32], &[0; 12])), "76b8e0ada0f13d90405d6ae55386bd28");
        let mut key = [0; 32];
        key[0] = 0x80;
        assert_eq!(start(Stream::salsa20(&key, &[0; 8])), "e3be8fdd8beca2e3ea8ef9475b29a6e7");
    }
}
