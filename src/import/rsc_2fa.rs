//! `2fa`, the command of rsc: its file `~/.2fa`, a line for each key.
//!
//! The lines have no marks but their shape, so every one of them has to have it. Format:
//! `formats.md` 21.

use crate::text;
use crate::text::Text;
use crate::uri::{self, Field};

use super::draft::{Draft, Key, Stated};
use super::{Batch, Format, ImportError, Opened, Place, Source};

const ID: &str = "rsc-2fa";
/// Shorter words may be anything.
const SHORTEST_KEY: usize = 8;

pub(super) struct Importer;

impl Format for Importer {
    fn id(&self) -> &'static str {
        ID
    }

    fn app(&self) -> Text {
        text!("import-app-rsc-2fa")
    }

    fn how_to_export(&self) -> Text {
        text!("import-export-rsc-2fa")
    }

    fn recognizes(&self, source: &Source<'_>) -> bool {
        let Some(text) = source.lines() else { return false };
        let mut lines = text.lines().filter(|line| !line.trim().is_empty()).peekable();
        lines.peek().is_some() && lines.all(|line| Line::read(line).is_some())
    }

    fn open(&self, source: &Source<'_>) -> Result<Opened, ImportError> {
        let mut batch = Batch::default();
        let lines = source.lines().unwrap_or_default().lines().zip((1..).map(Place::line));
        for (line, place) in lines.filter_map(|(line, place)| Some((Line::read(line)?, place))) {
            let draft = Draft {
                name: line.name,
                kind: Some(if line.counter.is_some() { Stated::Hotp } else { Stated::Totp }),
                secret: Key::Base32(line.key),
                digits: uri::read_number(Field::Digits, line.digits),
                counter: uri::read_number(Field::Counter, line.counter.unwrap_or_default()),
                ..Draft::default()
            };
            draft.add(place, &mut batch)?;
        }
        Ok(batch.into())
    }
}

/// The words of a line: `name digits key`, and a counter of twenty digits for HOTP.
struct Line<'a> {
    name: &'a str,
    digits: &'a str,
    key: &'a str,
    counter: Option<&'a str>,
}

impl<'a> Line<'a> {
    fn read(line: &'a str) -> Option<Self> {
        let mut words = line.split_ascii_whitespace();
        let (name, digits, key, counter) = (words.next()?, words.next()?, words.next()?, words.next());
        let is_symbol = |symbol: u8| matches!(symbol, b'A'..=b'Z' | b'2'..=b'7');
        let is_key = key.len() >= SHORTEST_KEY && key.trim_end_matches('=').bytes().all(is_symbol);
        let is_counter = |counter: &str| counter.len() == 20 && counter.bytes().all(|digit| digit.is_ascii_digit());
        let fits = matches!(digits, "6" | "7" | "8") && is_key && counter.is_none_or(is_counter);
        (fits && words.next().is_none()).then_some(Self { name, digits, key, counter })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_of_such_lines_are_taken() {
        #[track_caller]
        fn case(text: &str, expected: bool) {
            assert_eq!(Importer.recognizes(&Source::new(text.as_bytes())), expected);
        }
        case("github 6 NZXXIIDBEBVWK6JB\n\nbank 8 NZXXIIDBEBVWK6JB 00000000000000000041\n", true);
        case("github 6 NZXXIIDBEBVWK6JB\nand a word about it\n", false);
        case("github 9 NZXXIIDBEBVWK6JB", false);
        case("github 6 NZXXIIDBEBVWK6JB 41", false);
        case("I have 6 KEYS", false);
        case("I have 6 keys2222", false);
        case("", false);
    }
}
