//! `age` files as text, for mail and paper: what `age --armor` writes and `age -d` reads.
//!
//! Base64 in lines of 64 between two marks, as the age specification has it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

const BEGIN: &str = "-----BEGIN AGE ENCRYPTED FILE-----";
const END: &str = "-----END AGE ENCRYPTED FILE-----";
const COLUMNS: usize = 64;

/// `file` as text.
pub fn wrap(file: &[u8]) -> String {
    let body = STANDARD.encode(file);
    let mut text = String::with_capacity(body.len() + body.len() / COLUMNS + 80);
    text.push_str(BEGIN);
    for (at, symbol) in body.char_indices() {
        if at % COLUMNS == 0 {
            text.push('\n');
        }
        text.push(symbol);
    }
    text.push('\n');
    text.push_str(END);
    text.push('\n');
    text
}

/// Whether `text` is such a text, whole or not.
pub fn is_armored(text: &[u8]) -> bool {
    text.trim_ascii_start().starts_with(BEGIN.as_bytes())
}

/// The file in `text`; `None` if the text is damaged. What a mail program did to the ends of lines
/// does not matter.
pub fn unwrap(text: &[u8]) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(text).ok()?.trim();
    let body = text.strip_prefix(BEGIN)?.strip_suffix(END)?;
    let symbols: String = body.chars().filter(|symbol| !symbol.is_ascii_whitespace()).collect();
    STANDARD.decode(symbols).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_comes_back_however_long_it_is() {
        for length in [0, 1, 47, 48, 49, 96, 1_000] {
            let file: Vec<u8> = (0..=u8::MAX).cycle().take(length).collect();
            let text = wrap(&file);
            assert!(is_armored(text.as_bytes()) && text.lines().all(|line| line.len() <= COLUMNS));
            assert_eq!(unwrap(text.as_bytes()).as_ref(), Some(&file));
            assert_eq!(unwrap(text.replace('\n', "\r\n  ").as_bytes()), Some(file));
        }
    }

    #[test]
    fn a_damaged_text_is_none() {
        let text = wrap(b"age-encryption.org/v1 and so on");
        assert_eq!(unwrap(&text.as_bytes()[..text.len() - 8]), None);
        assert_eq!(unwrap(text.replace("YWdl", "YW?l").as_bytes()), None);
        assert!(!is_armored(b"age-encryption.org/v1"));
    }
}
