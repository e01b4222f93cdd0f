//! A `java.util.HashMap` of texts in Java's serialised form, read by hand.
//!
//! A generic reader would build whatever objects a file names. This one knows one class, and texts
//! inside it (`security.md` R2.4); anything else is damage.

use zeroize::Zeroizing;

/// How every serialised object starts: the magic and the version.
pub(super) const START: &[u8] = b"\xac\xed\0\x05";
/// An object of a new class: the only one there may be.
const HASH_MAP: &[u8] = b"sr\0\x11java.util.HashMap";
/// The most pairs of a map: two for an account, and some settings.
const MOST_PAIRS: u32 = 30_000;

/// A key and its text.
pub(super) type Pair = (String, Zeroizing<String>);

/// The pairs of the map in `bytes`; `None` where it breaks the form.
pub(super) fn read(bytes: &[u8]) -> Option<Vec<Pair>> {
    let mut input = Input(bytes);
    input.expect(START)?;
    input.expect(HASH_MAP)?;
    // The class's version and flags.
    input.take(9)?;
    let mut fields = 0;
    for _ in 0..input.short()? {
        fields += input.field()?;
    }
    // No annotations, no parent; then what the fields hold.
    input.expect(b"xp")?;
    input.take(fields)?;
    // The map's own data: its capacity, which does not matter, and its size.
    input.expect(b"w\x08")?;
    input.take(4)?;
    let size = input.int().filter(|size| *size <= MOST_PAIRS)?;
    let mut pairs = Vec::new();
    for _ in 0..size {
        pairs.push((input.text()?.to_string(), input.text()?));
    }
    input.expect(b"x")?;
    Some(pairs)
}

/// What is left of the input.
struct Input<'a>(&'a [u8]);

impl<'a> Input<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn expect(&mut self, bytes: &[u8]) -> Option<()> {
        (self.take(bytes.len())? == bytes).then_some(())
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take(N)?.try_into().ok()
    }

    fn short(&mut self) -> Option<u16> {
        self.array().map(u16::from_be_bytes)
    }

    fn int(&mut self) -> Option<u32> {
        self.array().map(u32::from_be_bytes)
    }

    /// The size of a field's value, in bytes; `None` for a field that is no number.
    fn field(&mut self) -> Option<usize> {
        let size = match self.array()? {
            [b'B' | b'Z'] => 1,
            [b'C' | b'S'] => 2,
            [b'F' | b'I'] => 4,
            [b'D' | b'J'] => 8,
            _ => return None,
        };
        let name = self.short()?;
        self.take(name.into())?;
        Some(size)
    }

    /// A text in its short or its long form.
    fn text(&mut self) -> Option<Zeroizing<String>> {
        let length = match self.array()? {
            [b't'] => self.short()?.into(),
            [b'|'] => usize::try_from(u64::from_be_bytes(self.array()?)).ok()?,
            _ => return None,
        };
        modified_utf8(self.take(length)?)
    }
}

/// Text in Java's own spelling of UTF-8: characters beyond 16 bits are two surrogates of three
/// bytes each, and NUL has two bytes.
fn modified_utf8(bytes: &[u8]) -> Option<Zeroizing<String>> {
    let next = |byte: u8| (byte & 0xc0 == 0x80).then_some(u16::from(byte & 0x3f));
    let mut units: Zeroizing<Vec<u16>> = Zeroizing::new(Vec::with_capacity(bytes.len()));
    let mut rest = bytes;
    loop {
        let (unit, after) = match rest {
            [] => break,
            [one @ 1..=0x7f, after @ ..] => (u16::from(*one), after),
            [one @ 0xc0..=0xdf, two, after @ ..] => (u16::from(one & 0x1f) << 6 | next(*two)?, after),
            [one @ 0xe0..=0xef, two, three, after @ ..] => {
                (u16::from(one & 0x0f) << 12 | next(*two)? << 6 | next(*three)?, after)
            }
            _ => return None,
        };
        units.push(unit);
        rest = after;
    }
    String::from_utf16(&units).ok().map(Zeroizing::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A map of one field, with `pairs` behind its size.
    fn map(size: u32, pairs: &[u8]) -> Vec<u8> {
        let head = [START, HASH_MAP, &[0; 8], b"\x03\0\x01F\0\x01lxp\0\0\0\0w\x08\0\0\0\0"].concat();
        [&head, &size.to_be_bytes()[..], pairs].concat()
    }

    #[test]
    fn a_map_of_texts_is_read_and_nothing_else() {
        #[track_caller]
        fn case(bytes: &[u8], expected: Option<&[(&str, &str)]>) {
            let found = read(bytes);
            let found = found.as_ref().map(|pairs| pairs.iter().map(|(key, text)| (key.as_str(), text.as_str())));
            assert_eq!(found.map(Vec::from_iter), expected.map(<[_]>::to_vec));
        }
        case(&map(0, b"x"), Some(&[]));
        case(&map(1, b"t\0\x01a|\0\0\0\0\0\0\0\x01bx"), Some(&[("a", "b")]));
        case(&map(1, b"t\0\x02\xc0\x80t\0\x06\xed\xa0\xbd\xed\xb4\x91x"), Some(&[("\0", "🔑")]));
        // Cut short, a null, a reference, a lone surrogate, too long, more pairs than anybody has.
        case(&map(1, b"t\0\x01a"), None);
        case(&map(1, b"t\0\x01apx"), None);
        case(&map(1, b"t\0\x01aq\0\x7e\0\x02x"), None);
        case(&map(1, b"t\0\x03\xed\xa0\xbdt\0\0x"), None);
        case(&map(1, b"t\0\x01a|\xff\xff\xff\xff\xff\xff\xff\xff"), None);
        case(&map(u32::MAX, b"x"), None);
        case(&[START, b"sr\0\x11java.util.HashSet\0\0\0\0\0\0\0\0"].concat(), None);
    }
}
