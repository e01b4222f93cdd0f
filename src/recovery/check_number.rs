//! Four digits behind each line of a printed key, which tell a slip of whoever copies it.
//!
//! They are of the key from its beginning to the end of that line, so lines that change places or
//! get lost are found out too, and the last number is of the whole key: the first eight hexadecimal
//! digits of the SHA-256 of the letters, in capitals and without blanks, read as a number; of that
//! the last four decimal digits. They stand beside the key itself and give nothing away.

use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use crate::secret::Secret;

/// How many letters a printed line of a key has: eight groups of four.
pub const LINE: usize = 32;

/// The check number of the beginning of a key that `letters` are, in either case, as four digits.
pub fn of(letters: &[u8]) -> String {
    let capitals = Zeroizing::new(letters.to_ascii_uppercase());
    let hash = Sha256::digest(&*capitals);
    let start = hash.first_chunk().copied().map_or(0, u32::from_be_bytes);
    format!("{:04}", start % 10_000)
}

/// The check numbers of the lines of `key`, which is as it is printed but without blanks.
pub fn of_lines(key: &Secret) -> Vec<String> {
    // EXPOSE: hashed line by line; four digits of that remain.
    let letters = key.expose();
    let ends = (1..=letters.len().div_ceil(LINE)).map(|lines| letters.len().min(lines * LINE));
    ends.filter_map(|end| letters.get(..end)).map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As `echo $((0x$(printf JBSWY3DPEHPK3PXP | sha256sum | cut -c1-8) % 10000))` says it.
    #[test]
    fn a_number_is_what_stock_tools_say() {
        assert_eq!(of(b"JBSWY3DPEHPK3PXP"), "4291");
        assert_eq!(of(b"GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"), "7536");
    }

    #[test]
    fn the_last_number_is_of_the_whole_key() {
        let key = Secret::new([b"A".repeat(LINE), b"BC".to_vec()].concat());
        assert_eq!(of_lines(&key), [of(&b"A".repeat(LINE)), of(key.expose())]);
        assert_eq!(of_lines(&Secret::new(b"A".repeat(LINE))).len(), 1);
    }
}
