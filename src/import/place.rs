//! Where in a source an entry stands.

use crate::text;
use crate::text::Text;

/// A place in a source, counted from 1: a line, a QR code, an entry, a row or a page, and an entry
/// within it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    at: At,
    entry: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum At {
    Line(usize),
    Code(usize),
    Item(usize),
    Row(usize),
    Page(usize),
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

    /// Entry `number` of a list.
    pub fn item(number: usize) -> Self {
        Self { at: At::Item(number), entry: None }
    }

    /// Row `number` of a table, its headings counted.
    pub fn row(number: usize) -> Self {
        Self { at: At::Row(number), entry: None }
    }

    /// Page `number` of a document.
    pub fn page(number: usize) -> Self {
        Self { at: At::Page(number), entry: None }
    }

    /// Whether it is a QR code, or in one.
    pub(super) fn is_code(self) -> bool {
        matches!(self.at, At::Code(_))
    }

    /// Entry `number` within this place.
    #[must_use]
    pub fn entry(self, number: usize) -> Self {
        Self { entry: Some(number), ..self }
    }

    /// The place in words, such as “line 3, entry 2”.
    pub fn text(&self) -> Text {
        let place = match self.at {
            At::Line(line) => text!("import-place-line", line = line),
            At::Code(code) => text!("import-place-code", code = code),
            At::Item(item) => text!("import-place-item", item = item),
            At::Row(row) => text!("import-place-row", row = row),
            At::Page(page) => text!("import-place-page", page = page),
        };
        match self.entry {
            None => place,
            Some(entry) => text!("import-place-entry", place = place, entry = entry),
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
        case(Place::line(3).entry(2), "line 3, entry 2", "3 行目、2 件目");
        case(Place::code(1), "QR code 1", "QR コード 1");
        case(Place::code(1).entry(10), "QR code 1, entry 10", "QR コード 1、10 件目");
        case(Place::item(4), "entry 4", "4 件目");
        case(Place::row(2), "row 2", "2 行目");
        case(Place::page(2).entry(1), "page 2, entry 1", "2 ページ、1 件目");
    }
}
