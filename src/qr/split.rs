//! Texts that were split over several codes (Structured Append, ISO/IEC 18004:2015, 8): put together
//! where all their codes are there. A part that is taken for the whole would be a wrong text.

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::Found;

/// Where a text stands in one that was split over several codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Which part it is, from 1.
    pub number: u8,
    /// Over how many codes the whole was split: 2 to 16.
    pub of: u8,
    /// All bytes of the whole, joined by exclusive or.
    pub(super) parity: u8,
}

impl Part {
    /// What the header of a code says: which one it is and which is the last, both from 0, and the
    /// parity. `None` for what stands alone.
    pub(crate) fn of_header(header: usize) -> Option<Self> {
        let [.., places, parity] = header.to_be_bytes();
        let (number, last) = (places >> 4, places & 0xf);
        (last > 0).then_some(Self { number: number + 1, of: last + 1, parity })
    }

    /// Whether both are of one text.
    pub(crate) fn is_of_the_text_of(self, other: Self) -> bool {
        (self.of, self.parity) == (other.of, other.parity)
    }
}

/// Puts the parts in `found` together that make a whole; it stands where its first part stands. What
/// cannot be put together stays a part.
pub(super) fn join(mut found: Vec<Found>) -> Vec<Found> {
    let firsts: Vec<Part> = found.iter().filter_map(|code| code.part).filter(|part| part.number == 1).collect();
    for first in firsts {
        let parts: Vec<_> = found.iter().filter_map(|code| Some((code.part?, code.text.as_str()))).collect();
        let Some(whole) = whole(&parts, first) else { continue };
        found.retain(|code| code.part.is_none_or(|part| part == first || !part.is_of_the_text_of(first)));
        if let Some(code) = found.iter_mut().find(|code| code.part == Some(first)) {
            (code.text, code.part) = (whole, None);
        }
    }
    found
}

/// The text that begins with the part `first`, if every one of `parts` is there once and they fit
/// together.
pub(crate) fn whole(parts: &[(Part, &str)], first: Part) -> Option<Zeroizing<String>> {
    let mut text = Zeroizing::new(String::with_capacity(parts.iter().map(|(_, text)| text.len()).sum()));
    for number in 1..=first.of {
        let mut fitting = parts.iter().filter(|(part, _)| *part == Part { number, ..first });
        text.push_str(fitting.next()?.1);
        if fitting.next().is_some() {
            return None;
        }
    }
    // Of other letters the parity is one of bytes that may be cut in the middle of one.
    let fits = text.is_ascii() && text.bytes().fold(0, |parity, byte| parity ^ byte) == first.parity;
    fits.then_some(text)
}

#[cfg(test)]
mod tests {
    use super::super::{Level, Position};
    use super::*;

    fn code(text: &str, header: usize) -> Found {
        Found {
            text: Zeroizing::new(text.to_owned()),
            position: Position { x: 0.0, y: 0.0, size: 1.0 },
            version: 1,
            level: Level::M,
            stage: "local",
            part: Part::of_header(header),
        }
    }

    #[test]
    fn parts_are_put_together_or_stay_parts() {
        #[track_caller]
        fn case(codes: Vec<Found>, expected: &[(&str, bool)]) {
            let joined = join(codes);
            let said: Vec<_> = joined.iter().map(|code| (code.text.as_str(), code.part.is_some())).collect();
            assert_eq!(said, expected);
        }
        // The parity of `abc`.
        let parity = usize::from(b'a' ^ b'b' ^ b'c');
        let part = |text, number: usize| code(text, number << 12 | 1 << 8 | parity);
        case(vec![part("c", 1), code("x", 0), part("ab", 0)], &[("x", false), ("abc", false)]);
        case(vec![part("ab", 0)], &[("ab", true)]);
        case(vec![part("c", 1)], &[("c", true)]);
        case(vec![part("ab", 0), part("c", 1), part("d", 1)], &[("ab", true), ("c", true), ("d", true)]);
        case(vec![part("ab", 0), part("d", 1)], &[("ab", true), ("d", true)]);
        case(vec![part("ab", 0), code("c", 1 << 12 | 2 << 8 | parity)], &[("ab", true), ("c", true)]);
        case(vec![code("whole", 0)], &[("whole", false)]);
    }
}
