//! The bytes of a text file as text, whatever editor saved it.

use zeroize::Zeroizing;

/// `bytes` as text: UTF-8 or UTF-16 with or without a byte order mark (UTF-16 needs one), trailing
/// NULs cut off. Bytes that are no UTF-8 are replaced, so a few names in an old charset hide no
/// address. `None` for content that is no text, because it has control bytes no text has.
pub(super) fn read(bytes: &[u8]) -> Option<Zeroizing<String>> {
    let text = match bytes {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes)?,
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes)?,
        _ => {
            let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
            Zeroizing::new(String::from_utf8_lossy(bytes).into_owned())
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
        case(b"SQLite format 3\0\x10\0", None);
        case(b"", Some(""));
    }
}
