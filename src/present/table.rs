//! Cells of a table in a terminal, where a kanji takes two columns.

use std::borrow::Cow;

use unicode_width::UnicodeWidthChar;

use crate::text::visible;

/// The columns that `text` takes in a terminal, once its control characters are made visible.
pub fn columns(text: &str) -> usize {
    visible(text).chars().map(width).sum()
}

/// `text` with control characters made visible, cut to at most `most` columns; `…` stands for what
/// was cut.
pub fn elide(text: &str, most: usize) -> Cow<'_, str> {
    let shown = visible(text);
    if shown.chars().map(width).sum::<usize>() <= most {
        return shown;
    }
    let Some(room) = most.checked_sub(1) else { return Cow::Borrowed("") };
    let mut cut = String::new();
    let mut used = 0;
    for symbol in shown.chars() {
        used += width(symbol);
        if used > room {
            break;
        }
        cut.push(symbol);
    }
    cut.push('…');
    Cow::Owned(cut)
}

/// `text` cut as by [`elide`], and followed by spaces, so that it takes exactly `exact` columns.
pub fn pad(text: &str, exact: usize) -> String {
    let mut cell = elide(text, exact).into_owned();
    let used: usize = cell.chars().map(width).sum();
    cell.extend(std::iter::repeat_n(' ', exact.saturating_sub(used)));
    cell
}

fn width(symbol: char) -> usize {
    symbol.width().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_cut_by_columns() {
        #[track_caller]
        fn case(text: &str, most: usize, shown: &str) {
            assert_eq!(elide(text, most), shown);
            assert!(columns(shown) <= most);
        }
        case("Binance", 7, "Binance");
        case("Binance", 6, "Binan…");
        case("Binance", 1, "…");
        case("Binance", 0, "");
        case("ビットバンク", 12, "ビットバンク");
        case("ビットバンク", 11, "ビットバン…");
        case("ビットバンク", 10, "ビットバ…");
        case("e\u{301}cole", 5, "e\u{301}cole");
        case("a\u{7}b", 10, "a<U+0007>b");
        case("a\u{7}b", 5, "a<U+…");
    }

    #[test]
    fn cells_are_filled_to_their_columns() {
        assert_eq!(pad("太郎", 6), "太郎  ");
        assert_eq!(pad("太郎", 4), "太郎");
        assert_eq!(pad("太郎", 3), "太…");
        assert_eq!(pad("太郎と花子", 6), "太郎… ");
        assert_eq!(pad("", 2), "  ");
        for text in ["太郎と花子", "Binance\u{1b}", "e\u{301}"] {
            for exact in 0..20 {
                assert_eq!(columns(&pad(text, exact)), exact, "{text} {exact}");
            }
        }
    }
}
