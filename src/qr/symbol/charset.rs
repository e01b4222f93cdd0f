//! Bytes of a code to text: the charset it declares, or else the one they are likely written in.

use encoding_rs::{GB18030, SHIFT_JIS};
use rxing::common::{CharacterSet, Eci};
use zeroize::Zeroizing;

/// What some bytes are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Charset {
    Ascii,
    ShiftJis,
    Gb18030,
    /// By its number (AIM ECI).
    Declared(u32),
    Unknown,
}

/// A text that grows byte by byte.
#[derive(Default)]
pub(super) struct Text {
    pieces: Vec<(Charset, Zeroizing<Vec<u8>>)>,
}

impl Text {
    pub(super) fn push(&mut self, charset: Charset, byte: u8) {
        match self.pieces.last_mut() {
            Some((last, bytes)) if *last == charset => bytes.push(byte),
            _ => self.pieces.push((charset, Zeroizing::new(vec![byte]))),
        }
    }

    pub(super) fn finish(self) -> Zeroizing<String> {
        if let Some(text) = self.disguised() {
            return text;
        }
        let unknown = self.pieces.iter().filter(|(charset, _)| *charset == Charset::Unknown);
        let guess = guess(&Zeroizing::new(unknown.flat_map(|(_, bytes)| bytes.iter().copied()).collect::<Vec<_>>()));
        let mut text =
            Zeroizing::new(String::with_capacity(self.pieces.iter().map(|(_, bytes)| bytes.len() * 2).sum()));
        for (charset, bytes) in &self.pieces {
            text.push_str(&decode(*charset, guess, bytes));
        }
        text
    }
}

impl Text {
    /// UTF-8 of which some writers pack two bytes as one kanji wherever they could be one.
    fn disguised(&self) -> Option<Zeroizing<String>> {
        let plain = |charset: &Charset| matches!(charset, Charset::Ascii | Charset::Unknown | Charset::ShiftJis);
        let packed = self.pieces.iter().any(|(charset, _)| *charset == Charset::ShiftJis);
        if !packed || !self.pieces.iter().all(|(charset, _)| plain(charset)) {
            return None;
        }
        let bytes = Zeroizing::new(self.pieces.iter().flat_map(|(_, bytes)| bytes.iter().copied()).collect::<Vec<_>>());
        std::str::from_utf8(&bytes).ok().map(|text| Zeroizing::new(text.to_owned()))
    }
}

/// What undeclared bytes are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Guess {
    Utf8,
    ShiftJis,
    Utf16 { little: bool },
    Latin1,
}

fn decode(charset: Charset, guess: Guess, bytes: &[u8]) -> Zeroizing<String> {
    Zeroizing::new(match (charset, guess) {
        (Charset::Ascii, _) | (Charset::Unknown, Guess::Latin1) => latin1(bytes),
        (Charset::ShiftJis, _) | (Charset::Unknown, Guess::ShiftJis) => {
            SHIFT_JIS.decode_without_bom_handling(bytes).0.into_owned()
        }
        (Charset::Gb18030, _) => GB18030.decode_without_bom_handling(bytes).0.into_owned(),
        (Charset::Declared(number), _) => return declared(number, bytes),
        (Charset::Unknown, Guess::Utf16 { little: true }) => encoding_rs::UTF_16LE.decode(bytes).0.into_owned(),
        (Charset::Unknown, Guess::Utf16 { little: false }) => encoding_rs::UTF_16BE.decode(bytes).0.into_owned(),
        (Charset::Unknown, Guess::Utf8) => std::str::from_utf8(bytes).map_or_else(|_| latin1(bytes), str::to_owned),
    })
}

/// Bytes of the declared charset; where that cannot be true, of the one that is likely.
fn declared(number: u32, bytes: &[u8]) -> Zeroizing<String> {
    let eci = Eci::from(number);
    let known = !matches!(eci, Eci::Unknown | Eci::Binary);
    match known.then(|| CharacterSet::from(eci).decode(bytes)) {
        Some(Ok(text)) => Zeroizing::new(text),
        _ => decode(Charset::Unknown, guess(bytes), bytes),
    }
}

fn latin1(bytes: &[u8]) -> String {
    bytes.iter().copied().map(char::from).collect()
}

/// UTF-8 if it can be; Shift JIS if the bytes look Japanese; else ISO 8859-1. The rules for short
/// texts that could be either of the last two are those of `ZXing`.
fn guess(bytes: &[u8]) -> Guess {
    if std::str::from_utf8(bytes).is_ok() {
        return Guess::Utf8;
    }
    match bytes {
        [0xfe, 0xff, _, ..] if bytes.len().is_multiple_of(2) => return Guess::Utf16 { little: false },
        [0xff, 0xfe, _, ..] if bytes.len().is_multiple_of(2) => return Guess::Utf16 { little: true },
        _ => {}
    }
    let Some(japanese) = Japanese::of(bytes) else { return Guess::Latin1 };
    let latin = !bytes.iter().any(|byte| matches!(byte, 0x7f..0xa0));
    // Signs and punctuation: rare in Latin texts, common as halves of kanji.
    let signs = bytes.iter().filter(|byte| matches!(byte, 0xa0..0xc0 | 0xd7 | 0xf7)).count();
    let likely = japanese.longest_kana >= 3
        || japanese.longest_pairs >= 3
        || (japanese.longest_kana == 2 && japanese.kana == 2)
        || signs * 10 >= bytes.len();
    if !latin || likely { Guess::ShiftJis } else { Guess::Latin1 }
}

/// What a text has if it is taken for Shift JIS.
#[derive(Default)]
struct Japanese {
    kana: usize,
    longest_kana: usize,
    longest_pairs: usize,
}

impl Japanese {
    /// `None` if `bytes` break the rules of Shift JIS.
    fn of(bytes: &[u8]) -> Option<Self> {
        let (mut seen, mut kana, mut pairs) = (Self::default(), 0, 0);
        let mut rest = bytes.iter();
        while let Some(byte) = rest.next() {
            match byte {
                0xa1..=0xdf => {
                    seen.kana += 1;
                    (kana, pairs) = (kana + 1, 0);
                }
                0x81..=0x9f | 0xe0..=0xef => {
                    rest.next().filter(|trail| matches!(trail, 0x40..=0x7e | 0x80..=0xfc))?;
                    (kana, pairs) = (0, pairs + 1);
                }
                0x80.. => return None,
                _ => (kana, pairs) = (0, 0),
            }
            seen.longest_kana = seen.longest_kana.max(kana);
            seen.longest_pairs = seen.longest_pairs.max(pairs);
        }
        (!SHIFT_JIS.decode_without_bom_handling(bytes).1).then_some(seen)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn undeclared_bytes_are_read_as_what_they_are_likely_written_in() {
        #[track_caller]
        fn case(bytes: &[u8], expected: &str) {
            let mut text = Text::default();
            for byte in bytes {
                text.push(Charset::Unknown, *byte);
            }
            assert_eq!(text.finish().as_str(), expected);
        }
        case("楽天証券".as_bytes(), "楽天証券");
        case(&SHIFT_JIS.encode("楽天証券:太郎").0, "楽天証券:太郎");
        case(b"*\xc3\xde\xbb\xde\xb2\xdd", "*ﾃﾞｻﾞｲﾝ");
        case(b"Gr\xfc\xdfe", "Grüße");
        case(b"caf\xe9", "café");
        case(b"\x00\x80\xff", "\u{0}\u{80}\u{ff}");
        case(b"\xef\xbb\xbfx", "\u{feff}x");
    }

    #[test]
    fn utf8_packed_as_kanji_stays_utf8() {
        let mut text = Text::default();
        for (charset, byte) in
            "髙".bytes().zip([Charset::ShiftJis, Charset::ShiftJis, Charset::Unknown]).map(|(b, c)| (c, b))
        {
            text.push(charset, byte);
        }
        assert_eq!(text.finish().as_str(), "髙");
    }

    #[test]
    fn a_declared_charset_is_kept_to_if_it_can_be_true() {
        #[track_caller]
        fn case(number: u32, bytes: &[u8], expected: &str) {
            assert_eq!(declared(number, bytes).as_str(), expected);
        }
        case(20, &SHIFT_JIS.encode("太郎").0, "太郎");
        case(26, "太郎".as_bytes(), "太郎");
        case(3, b"caf\xe9", "café");
        case(4, b"\xb1", "ą");
        case(26, b"caf\xe9", "café");
        case(123_456, "太郎".as_bytes(), "太郎");
    }
}
