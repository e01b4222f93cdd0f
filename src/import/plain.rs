//! The bytes of a text file as text, whatever editor saved it.

use encoding_rs::SHIFT_JIS;
use zeroize::Zeroizing;

/// `bytes` as text: UTF-8 or UTF-16 with or without a byte order mark (UTF-16 needs one), or
/// Shift_JIS, as Excel saves tables in Japan; trailing NULs cut off. Bytes that are none of these
/// are replaced, so a few names in an old charset hide no address. `None` for content that is no text, because it has control bytes no text has.
pub(crate) fn read(bytes: &[u8]) -> Option<Zeroizing<String>> {
    let text = match bytes {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes)?,
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes)?,
        _ => {
            let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
            match std::str::from_utf8(bytes) {
                Ok(text) => Zeroizing::new(text.to_owned()),
                Err(_) => {
                    shift_jis(bytes).unwrap_or_else(|| Zeroizing::new(String::from_utf8_lossy(bytes).into_owned()))
                }
            }
        }
    };
    let end = text.trim_end_matches('\0').len();
    let binary = text[..end].contains(|symbol| matches!(symbol, '\0'..='\x08' | '\x0e'..='\x1a'));
    (!binary).then(|| if end == text.len() { text } else { Zeroizing::new(text[..end].to_owned()) })
}

fn utf16(bytes: &[u8], number: fn([u8; 2]) -> u16) -> Option<Zeroizing<String>> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units: Zeroizing<Vec<u16>> = Zeroizing::new(pairs.iter().map(|pair| number(*pair)).collect());
    rest.is_empty().then(|| Zeroizing::new(String::from_utf16_lossy(&units)))
}

/// `bytes` read as Shift_JIS, if that is what they are.
///
/// The charsets of Western Europe decode as Shift_JIS too, with a letter swallowed here and there.
/// But their signs stand alone between letters and are mostly from 0xE0 on, where Shift_JIS has its
/// rare signs; Japanese has words of several common ones.
fn shift_jis(bytes: &[u8]) -> Option<Zeroizing<String>> {
    let text = SHIFT_JIS.decode_without_bom_handling_and_without_replacement(bytes)?;
    let text = Zeroizing::new(text.into_owned());
    let (mut common, mut rare, mut words, mut before) = (0_usize, 0_usize, false, false);
    for symbol in text.chars() {
        let wide = !symbol.is_ascii();
        match symbol {
            '\u{e000}'..='\u{f8ff}' | '\u{80}'..='\u{9f}' => return None,
            // Signs, kana and half of the kanji have a first byte below 0xA0.
            _ if wide && SHIFT_JIS.encode(symbol.encode_utf8(&mut [0; 4])).0.first() < Some(&0xa0) => common += 1,
            _ if wide => rare += 1,
            _ => {}
        }
        words |= wide && before;
        before = wide;
    }
    (words && common > rare).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_read_however_it_was_saved() {
        #[track_caller]
        fn case(bytes: &[u8], expected: Option<&str>) {
            assert_eq!(read(bytes).as_deref().map(String::as_str), expected);
        }
        case("株\r\n".as_bytes(), Some("株\r\n"));
        case(b"\xef\xbb\xbfa", Some("a"));
        case(b"\xff\xfea\0\x2a\x68", Some("a株"));
        case(b"\xfe\xff\0a\x68\x2a", Some("a株"));
        case(b"\xff\xfea", None);
        case(b"a\0\0", Some("a"));
        case(b"a\0b", None);
        case(b"\x8aname otpauth", Some("\u{fffd}name otpauth"));
        // “取引所,キー” in Shift_JIS, “Söhne & Übel” and “déjà vu” in Windows-1252.
        case(b"\x8e\xe6\x88\xf8\x8f\x8a,\x83L\x81[", Some("取引所,キー"));
        case(b"S\xf6hne & \xdcbel", Some("S\u{fffd}hne & \u{fffd}bel"));
        case(b"d\xe9j\xe0 vu", Some("d\u{fffd}j\u{fffd} vu"));
        case(b"SQLite format 3\0\x10\0", None);
        case(b"", Some(""));
    }
}
