//! The segments of a code's data: numbers, capitals, bytes, kanji, and what they are written in.

use zeroize::Zeroizing;

use super::super::Part;
use super::charset::{Charset, Text};

/// What the data say.
pub(super) struct Content {
    pub(super) text: Zeroizing<String>,
    /// How much the padding speaks for them, in bits.
    pub(super) padding: i32,
    /// Which part of a longer text it is.
    pub(super) part: Option<Part>,
}

/// What a segment can be in alphanumeric mode (table 5).
const CAPITALS: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
/// Separates the fields of GS1 data; `%` stands for it.
const FIELD: u8 = 0x1d;

/// Reads `data` of a code of `version`; `None` if they break the rules or say nothing.
pub(super) fn read(data: &[u8], version: u8) -> Option<Content> {
    let mut bits = Bits { data, at: 0 };
    let mut text = Text::default();
    let (mut charset, mut fields, mut part) = (Charset::Unknown, false, None);
    // The end is marked by four zeros, or as many as there is room for (7.4.9).
    while bits.left() >= 4 {
        match bits.take(4)? {
            0 => break,
            1 => numbers(&mut bits, length(version, [10, 12, 14]), &mut text)?,
            2 => capitals(&mut bits, length(version, [9, 11, 13]), fields, &mut text)?,
            3 => part = Part::of_header(bits.take(16)?),
            4 => bytes(&mut bits, length(version, [8, 16, 16]), charset, &mut text)?,
            5 => fields = true,
            7 => charset = Charset::Declared(declared(&mut bits)?),
            8 => pairs(&mut bits, length(version, [8, 10, 12]), KANJI, &mut text)?,
            9 => {
                fields = true;
                application(bits.take(8)?, &mut text)?;
            }
            13 if bits.take(4)? == 1 => pairs(&mut bits, length(version, [8, 10, 12]), HANZI, &mut text)?,
            _ => return None,
        }
    }
    let padding = bits.padding();
    let text = text.finish();
    (!text.is_empty()).then_some(Content { text, padding, part })
}

/// How many bits tell the length of a segment (table 3).
fn length(version: u8, bits: [usize; 3]) -> usize {
    match version {
        ..10 => bits[0],
        10..27 => bits[1],
        _ => bits[2],
    }
}

fn numbers(bits: &mut Bits<'_>, length: usize, text: &mut Text) -> Option<()> {
    let mut left = bits.take(length)?;
    while left > 0 {
        let digits = left.min(3);
        let number = bits.take([0, 4, 7, 10][digits])?;
        for place in (0..digits).rev() {
            let digit = number / 10_usize.pow(u32::try_from(place).ok()?);
            // More than the digits can say is no number.
            if place + 1 == digits && digit > 9 {
                return None;
            }
            text.push(Charset::Ascii, b'0' + u8::try_from(digit % 10).ok()?);
        }
        left -= digits;
    }
    Some(())
}

fn capitals(bits: &mut Bits<'_>, length: usize, fields: bool, text: &mut Text) -> Option<()> {
    let count = bits.take(length)?;
    let mut read = Zeroizing::new(Vec::with_capacity(count));
    while read.len() < count {
        if count - read.len() == 1 {
            read.push(*CAPITALS.get(bits.take(6)?)?);
        } else {
            let pair = bits.take(11)?;
            read.extend([*CAPITALS.get(pair / 45)?, CAPITALS[pair % 45]]);
        }
    }
    let mut symbols = read.iter().copied().peekable();
    while let Some(symbol) = symbols.next() {
        let separator = fields && symbol == b'%' && symbols.next_if_eq(&b'%').is_none();
        text.push(Charset::Ascii, if separator { FIELD } else { symbol });
    }
    Some(())
}

fn bytes(bits: &mut Bits<'_>, length: usize, charset: Charset, text: &mut Text) -> Option<()> {
    for _ in 0..bits.take(length)? {
        text.push(charset, u8::try_from(bits.take(8)?).ok()?);
    }
    Some(())
}

/// A two-byte charset: its rows' length, the first code, where the second part begins, and its code.
type Pairs = (Charset, usize, usize, usize, usize);
/// 7.4.6.
const KANJI: Pairs = (Charset::ShiftJis, 0xc0, 0x8140, 0x1f00, 0xc140);
/// GB/T 18284, of the set GB 2312.
const HANZI: Pairs = (Charset::Gb18030, 0x60, 0xa1a1, 0x0a00, 0xa6a1);

fn pairs(bits: &mut Bits<'_>, length: usize, pairs: Pairs, text: &mut Text) -> Option<()> {
    let (charset, row, first, split, second) = pairs;
    for _ in 0..bits.take(length)? {
        let number = bits.take(13)?;
        let packed = ((number / row) << 8) | (number % row);
        let code = packed + if packed < split { first } else { second };
        let [.., high, low] = code.to_be_bytes();
        text.push(charset, high);
        text.push(charset, low);
    }
    Some(())
}

/// The number of a charset (7.4.2).
fn declared(bits: &mut Bits<'_>) -> Option<u32> {
    let first = bits.take(8)?;
    let number = match first {
        0..0x80 => first,
        0x80..0xc0 => (first & 0x3f) << 8 | bits.take(8)?,
        0xc0..0xe0 => (first & 0x1f) << 16 | bits.take(16)?,
        _ => return None,
    };
    u32::try_from(number).ok()
}

/// An application's own mark: two digits or a letter (7.4.8.3).
fn application(mark: usize, text: &mut Text) -> Option<()> {
    let mark = u8::try_from(mark).ok()?;
    match mark {
        0..100 => [mark / 10, mark % 10].into_iter().for_each(|digit| text.push(Charset::Ascii, b'0' + digit)),
        165..=190 | 197..=222 => text.push(Charset::Ascii, mark - 100),
        _ => return None,
    }
    Some(())
}

/// Data bit by bit.
struct Bits<'a> {
    data: &'a [u8],
    at: usize,
}

impl Bits<'_> {
    fn left(&self) -> usize {
        self.data.len() * 8 - self.at
    }

    /// The next `count` bits, at most 16, as a number; `None` if there are fewer.
    fn take(&mut self, count: usize) -> Option<usize> {
        if count > self.left() {
            return None;
        }
        let bits = self.at..self.at + count;
        self.at = bits.end;
        Some(bits.fold(0, |number, bit| number << 1 | usize::from(self.data[bit / 8] >> (7 - bit % 8) & 1)))
    }

    /// How much the bytes after the end speak for a true reading: all of them are as 7.4.10 says.
    fn padding(&self) -> i32 {
        const MOST: usize = 4;
        let rest = &self.data[self.at.div_ceil(8).min(self.data.len())..];
        let right = rest.iter().zip([0xec, 0x11].into_iter().cycle()).all(|(byte, pad)| *byte == pad);
        if right { 8 * i32::try_from(rest.len().min(MOST)).unwrap_or_default() } else { 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Data of the bits in `groups`, spaces between them.
    fn data(groups: &str) -> Vec<u8> {
        let bits: Vec<u8> = groups.bytes().filter(|bit| *bit != b' ').map(|bit| bit - b'0').collect();
        bits.chunks(8).map(|byte| (0..8).fold(0, |sum, n| sum << 1 | byte.get(n).copied().unwrap_or(0))).collect()
    }

    #[test]
    fn every_mode_is_read() {
        #[track_caller]
        fn case(groups: &str, expected: &str) {
            assert_eq!(read(&data(groups), 1).map(|content| content.text.to_string()).as_deref(), Some(expected));
        }
        // The examples of 7.4.3 and 7.4.4.
        case("0001 0000001000 0000001100 0101011001 1000011 0000", "01234567");
        case("0010 000000101 00111001110 11100111001 000010 0000", "AC-42");
        // 7.4.6: 点 and 茗.
        case("1000 00000010 0110110011111 1101010101010 0000", "点茗");
        // 7.4.2.2: ISO 8859-7 is declared.
        case("0111 00001001 0100 00000101 10100001 10100010 10100011 10100100 10100101 0000", "‘’£€₯");
        case("1101 0001 00000001 0000000000000 0000", "\u{3000}");
        // `%` separates fields, and `%%` is one of it.
        case("0101 0010 000000100 11010111000 11011010100 0000", "\u{1d}A%");
    }

    #[test]
    fn broken_data_say_nothing() {
        for groups in ["", "0000", "0001 0000001000 0000001100", "0110 00000001", "0001 0000000011 1111101000"] {
            assert!(read(&data(groups), 1).is_none(), "{groups}");
        }
    }
}
