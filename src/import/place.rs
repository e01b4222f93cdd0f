//! Where in a source an entry stands.

use crate::text;
use crate::text::Text;

/// A place in a source, counted from 1: a line or a QR code, and an entry within it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    at: At,
    entry: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum At {
    Line(usize),
    Code(usize),
}

impl Place {
    /// Line `number` of a text.
    pub fn line(number: usize) -> Self {
        Self { at: At::Line(number), entry: None }
    }

    /// QR code `number` of a picture, in reading order.
    pub fn code(number: usize) -> Self {
        Self { at: At::Code(number), entry: None }
    }

    /// Entry `number` within this place.
    #[must_use]
    pub fn entry(self, number: usize) -> Self {
        Self { entry: Some(number), ..self }
    }

    /// The place in words, such as “line 3, entry 2”.
    pub fn text(&self) -> Text {
        match (self.at, self.entry) {
            (At::Line(line), None) => text!("import-place-line", line = line),
            (At::Line(line), Some(entry)) => text!("import-place-line-entry", line = line, entry = entry),
            (At::Code(code), None) => text!("import-place-code", code = code),
            (At::Code(code), Some(entry)) => text!("import-place-code-entry", code = code, entry = entry),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    #[test]
    fn places_are_named_in_both_languages() {
        #[track_caller]
        fn case(place: Place, english: &str, japanese: &str) {
            assert_eq!(place.text().say(Lang::English), english);
            assert_eq!(place.text().say(Lang::Japanese), japanese);
        }
        case(Place::line(3), "line 3", "3 行目");
        case(Place::line(3).entry(2), "line 3, entry 2", "3 行目の 2 件目");
        case(Place::code(1), "QR code 1", "QR コード 1");
        case(Place::code(1).entry(10), "QR code 1, entry 10", "QR コード 1 の 10 件目");
    }
}
