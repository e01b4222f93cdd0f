//! Letters of the one font: how wide they are, where lines may be broken.

use std::fmt::Write as _;
use std::sync::Arc;

use krilla::text::{Font, GlyphId, KrillaGlyph};
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use crate::text::visible;

use super::super::ExportError;
use super::face::Face;

const FONT: &[u8] = include_bytes!("../../../fonts/BIZUDPGothic-Regular.ttf");

/// Characters that begin no line, as Japanese and English are set.
const NOT_FIRST: &str =
    "、。，．・：；？！）］｝」』】〉》’”ーァィゥェォッャュョヮヵヶぁぃぅぇぉっゃゅょゎ々…)]},.:;?!%";
/// Characters that end no line.
const NOT_LAST: &str = "（［｛「『【〈《‘“([{";

/// How a text is written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Style {
    /// The height of a line without space, in points.
    pub(crate) size: f32,
    /// Whether it is heavier.
    pub(crate) bold: bool,
    /// For what is copied letter by letter: wider set, zeros slashed.
    pub(crate) exact: bool,
}

impl Style {
    /// Running text of `size` points.
    pub(crate) const fn plain(size: f32) -> Self {
        Self { size, bold: false, exact: false }
    }

    /// A heading of `size` points.
    pub(crate) const fn bold(size: f32) -> Self {
        Self { size, bold: true, exact: false }
    }

    /// Keys and codes of `size` points.
    pub(crate) const fn exact(size: f32) -> Self {
        Self { size, bold: false, exact: true }
    }

    /// What is put between two letters, where a line is one high.
    fn spread(self) -> f32 {
        if self.exact { 0.08 } else { 0.0 }
    }
}

/// The letters.
pub(crate) struct Letters {
    face: Face<'static>,
    font: Font,
}

impl Letters {
    /// The font that every file embeds what it needs of.
    ///
    /// # Errors
    /// Never, as the font is part of the program.
    pub(crate) fn load() -> Result<Self, ExportError> {
        let data: Arc<dyn AsRef<[u8]> + Send + Sync> = Arc::new(FONT);
        let font = Font::new(data.into(), 0).ok_or(ExportError::NotMade)?;
        let face = Face::parse(FONT).ok_or(ExportError::NotMade)?;
        Ok(Self { face, font })
    }

    pub(super) fn font(&self) -> Font {
        self.font.clone()
    }

    /// `text` as it is printed: composed, and code points in the place of characters that would not
    /// be seen or that the font does not have.
    pub(crate) fn shown(&self, text: &str) -> Zeroizing<String> {
        // A code point has at most ten characters, so the buffer is never moved.
        let mut shown = Zeroizing::new(String::with_capacity(text.len() * 10));
        for symbol in visible(text).nfc() {
            if self.face.glyph(symbol).is_some() {
                shown.push(symbol);
            } else {
                // Writing to a string does not fail.
                let _ = write!(shown, "<U+{:04X}>", u32::from(symbol));
            }
        }
        shown
    }

    /// How wide `text` is, in points.
    pub(crate) fn width(&self, text: &str, style: Style) -> f32 {
        self.shown(text).chars().map(|symbol| self.advance(symbol, style)).sum()
    }

    /// `text` in lines of at most `width` points, broken between words or, in Japanese, between
    /// letters.
    pub(crate) fn lines(&self, text: &str, style: Style, width: f32) -> Vec<String> {
        let shown = self.shown(text);
        let (mut lines, mut rest) = (Vec::new(), shown.as_str());
        while !rest.is_empty() {
            let (line, after) = rest.split_at(self.fitting(rest, style, width));
            lines.push(line.trim_end().to_owned());
            rest = after.trim_start();
        }
        lines
    }

    /// The same, but at most `most` lines; `…` stands for what was cut.
    pub(crate) fn at_most(&self, most: usize, text: &str, style: Style, width: f32) -> Vec<String> {
        let mut lines = self.lines(text, style, width);
        if lines.len() > most {
            lines.truncate(most);
            if let Some(last) = lines.last_mut() {
                while self.width(last, style) + self.advance('…', style) > width && last.pop().is_some() {}
                last.push('…');
            }
        }
        lines
    }

    /// How many bytes of `text`, which is as shown, go into a line.
    fn fitting(&self, text: &str, style: Style, width: f32) -> usize {
        let (mut used, mut place, mut before) = (0.0, None, None);
        for (at, symbol) in text.char_indices() {
            if before.is_some_and(|before| may_break(before, symbol)) {
                place = Some(at);
            }
            used += self.advance(symbol, style);
            if used > width && at > 0 && symbol != ' ' {
                return place.unwrap_or(at);
            }
            before = Some(symbol);
        }
        text.len()
    }

    fn advance(&self, symbol: char, style: Style) -> f32 {
        (self.face.advance(self.face.glyph(symbol).unwrap_or(0)) + style.spread()) * style.size
    }

    pub(super) fn glyphs(&self, text: &str, style: Style) -> Vec<KrillaGlyph> {
        let glyph = |(at, symbol): (usize, char)| {
            let id = self.face.glyph(symbol).unwrap_or(0);
            let advance = self.face.advance(id) + style.spread();
            KrillaGlyph::new(GlyphId::new(id.into()), advance, 0.0, 0.0, 0.0, at..at + symbol.len_utf8(), None)
        };
        text.char_indices().map(glyph).collect()
    }

    /// From where to where the zeros of `text` are slashed, from the place where it begins.
    pub(super) fn slashes(&self, text: &str, style: Style) -> Vec<((f32, f32), (f32, f32))> {
        let (mut slashes, mut x) = (Vec::new(), 0.0);
        for symbol in text.chars() {
            let advance = self.advance(symbol, style);
            if style.exact && symbol == '0' {
                let middle = x + (advance - style.spread() * style.size) / 2.0;
                let (reach, height) = (style.size * 0.14, style.size * 0.78);
                slashes.push(((middle - reach, -height * 0.12), (middle + reach, -height * 0.88)));
            }
            x += advance;
        }
        slashes
    }
}

fn may_break(before: char, after: char) -> bool {
    let wide =
        |symbol: char| matches!(symbol, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}');
    let between = wide(before) || wide(after);
    after != ' ' && (before == ' ' || between && !NOT_FIRST.contains(after) && !NOT_LAST.contains(before))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_where_people_break_them() {
        #[track_caller]
        fn case(text: &str, letters: f32, expected: &[&str]) {
            let lines = Letters::load().unwrap().lines(text, Style::plain(10.0), letters * 10.0);
            assert_eq!(lines, expected);
        }
        case("復旧シートを、印刷する。", 6.0, &["復旧シート", "を、印刷す", "る。"]);
        case("これは「金庫」です", 4.0, &["これは", "「金庫」で", "す"]);
        case("keep it with your passport", 7.0, &["keep it with", "your", "passport"]);
        case("aaaaaaaaaaaa", 3.0, &["aaaa", "aaaa", "aaaa"]);
        case("", 3.0, &[]);
    }

    #[test]
    fn what_the_font_lacks_is_told() {
        let letters = Letters::load().unwrap();
        let shown = |text: &str| letters.shown(text).to_string();
        assert_eq!(shown("𠮷田 ⚠ が\u{202e}"), "<U+20BB7>田 <U+26A0> が<U+202E>");
        // As file names of macOS have it.
        assert_eq!(shown("か\u{3099}"), "が");
    }

    #[test]
    fn what_is_too_long_is_cut() {
        let letters = Letters::load().unwrap();
        let cut = letters.at_most(2, &"あ".repeat(30), Style::plain(10.0), 100.0);
        assert_eq!(cut, ["あ".repeat(10), "あ".repeat(9) + "…"]);
    }
}
