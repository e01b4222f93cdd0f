//! Percent-escapes (RFC 3986 section 2.1), read leniently and written strictly.

use std::borrow::Cow;

use zeroize::Zeroizing;

/// What `+` stands for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Plus {
    /// Itself, as in a label: `user+totp@example.com`.
    Plus,
    /// A space, as in the value of a parameter.
    Space,
}

/// `text` with its escapes decoded once. A `%` without two hexadecimal digits stays. The buffer is
/// wiped, because it may hold a secret.
pub(super) fn decode(text: &str, plus: Plus) -> Zeroizing<Vec<u8>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(text.len()));
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        match (byte, escaped(after)) {
            (b'%', Some((value, after))) => {
                bytes.push(value);
                rest = after;
            }
            (b'+', _) if plus == Plus::Space => bytes.push(b' '),
            _ => bytes.push(byte),
        }
    }
    bytes
}

/// As [`decode`], as text without blanks around it; bytes that are no UTF-8 are replaced.
pub(super) fn decode_text(text: &str, plus: Plus) -> String {
    let bytes = decode(text, plus);
    let text: Cow<'_, str> = String::from_utf8_lossy(&bytes);
    super::names::trim(&text).to_owned()
}

/// The byte that two hexadecimal digits stand for, and what follows them.
pub(crate) fn escaped(digits: &[u8]) -> Option<(u8, &[u8])> {
    let (digits, after) = digits.split_at_checked(2)?;
    // `from_str_radix` alone would take `+F` too.
    let hex = digits.iter().all(u8::is_ascii_hexdigit);
    let text = std::str::from_utf8(digits).ok().filter(|_| hex)?;
    Some((u8::from_str_radix(text, 16).ok()?, after))
}

/// `text` with everything escaped but `A–Z a–z 0–9 - . _ ~`.
pub(crate) fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 3);
    encode(text, &mut out);
    out
}

/// Appends `text` to `out`, escaping everything but `A–Z a–z 0–9 - . _ ~`.
pub(super) fn encode(text: &str, out: &mut String) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(byte.into());
        } else {
            out.push('%');
            out.push(DIGITS[usize::from(byte >> 4)].into());
            out.push(DIGITS[usize::from(byte & 15)].into());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_decoded_once() {
        #[track_caller]
        fn case(text: &str, plus: Plus, expected: &str) {
            assert_eq!(decode_text(text, plus), expected);
        }
        case("%E5%A4%AA郎", Plus::Plus, "太郎");
        case("alice%2540x", Plus::Plus, "alice%40x");
        case("50%", Plus::Plus, "50%");
        case("a%2", Plus::Plus, "a%2");
        case("%+F", Plus::Plus, "%+F");
        case("a%zz%c3%a9", Plus::Plus, "a%zzé");
        case("a+b", Plus::Plus, "a+b");
        case("a+b%2B", Plus::Space, "a b+");
        case("%ff", Plus::Plus, "\u{fffd}");
        case("+x%00", Plus::Space, "x");
    }
}
