//! Transfer codes on paper: A4 pages with one code each and the names of its accounts below.
//!
//! The modules are vectors, so they are sharp at any size. A character that the font does not have
//! is printed as its code point, never as an empty box.

use std::sync::Arc;

use krilla::Document;
use krilla::color::luma;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule};
use krilla::surface::Surface;
use krilla::text::{Font, GlyphId, KrillaGlyph};

use crate::qr::Modules;

use super::face::Face;
use super::{Bytes, ExportError};

/// A4, in points.
const PAGE: (f32, f32) = (595.28, 841.89);
const MARGIN: f32 = 56.0;
/// The side of a code with its border: 150 mm, so that a module of the densest code is 0.8 mm.
const CODE: f32 = 425.0;
const FONT: &[u8] = include_bytes!("../../fonts/BIZUDPGothic-Regular.ttf");

/// One page.
pub struct Sheet {
    /// The code.
    pub modules: Modules,
    /// What the page is.
    pub heading: String,
    /// What to do with it.
    pub advice: String,
    /// The accounts in the code.
    pub names: Vec<String>,
}

/// `sheets` as a PDF file.
///
/// # Errors
/// When the file cannot be put together.
pub fn pdf(sheets: &[Sheet]) -> Result<Bytes, ExportError> {
    let data: Arc<dyn AsRef<[u8]> + Send + Sync> = Arc::new(FONT);
    let font = Font::new(data.into(), 0).ok_or(ExportError::NotMade)?;
    let face = Face::parse(FONT).ok_or(ExportError::NotMade)?;
    let mut document = Document::new();
    for sheet in sheets {
        let settings = PageSettings::from_wh(PAGE.0, PAGE.1).ok_or(ExportError::NotMade)?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        let mut pen = Pen { surface: &mut surface, font: &font, face: &face };
        pen.draw(sheet)?;
        surface.finish();
        page.finish();
    }
    document.finish().map(Bytes::new).map_err(|_| ExportError::NotMade)
}

/// Draws on one page.
struct Pen<'a, 'b> {
    surface: &'a mut Surface<'b>,
    font: &'a Font,
    face: &'a Face<'static>,
}

impl Pen<'_, '_> {
    fn draw(&mut self, sheet: &Sheet) -> Result<(), ExportError> {
        self.surface.set_fill(Some(Fill {
            paint: luma::Color::black().into(),
            opacity: NormalizedF32::ONE,
            rule: FillRule::NonZero,
        }));
        self.line(&sheet.heading, 16.0, MARGIN + 8.0);
        let top = self.lines(&sheet.advice, 10.0, MARGIN + 32.0) + 4.0;
        self.code(&sheet.modules, top)?;
        let mut y = top + CODE + 20.0;
        for (at, name) in sheet.names.iter().enumerate() {
            y = self.lines(&format!("{}. {name}", at + 1), 11.0, y);
        }
        Ok(())
    }

    fn code(&mut self, modules: &Modules, top: f32) -> Result<(), ExportError> {
        let count = |number: usize| u16::try_from(number).map(f32::from).map_err(|_| ExportError::NotMade);
        let module = CODE / count(modules.whole())?;
        let left = (PAGE.0 - CODE) / 2.0;
        let mut path = PathBuilder::new();
        for (row, column, length) in modules.runs() {
            let (x, y) = (left + count(column)? * module, top + count(row)? * module);
            path.push_rect(Rect::from_xywh(x, y, count(length)? * module, module).ok_or(ExportError::NotMade)?);
        }
        self.surface.draw_path(&path.finish().ok_or(ExportError::NotMade)?);
        Ok(())
    }

    /// `text` from `y` on, broken where the page ends; gives the place of the next line.
    fn lines(&mut self, text: &str, size: f32, mut y: f32) -> f32 {
        let mut rest = text;
        while !rest.is_empty() {
            let end = self.fitting(rest, size);
            let (line, after) = rest.split_at(end);
            self.line(line, size, y);
            (rest, y) = (after.trim_start(), y + size * 1.5);
        }
        y
    }

    /// How many bytes of `text` fit into a line, broken after a blank where there is one.
    fn fitting(&self, text: &str, size: f32) -> usize {
        let mut width = 0.0;
        let mut blank = None;
        for (at, symbol) in text.char_indices() {
            width += self.face.advance(self.face.glyph(symbol).unwrap_or(0)) * size;
            if width > PAGE.0 - 2.0 * MARGIN && at > 0 {
                return blank.unwrap_or(at);
            }
            if symbol == ' ' {
                blank = Some(at + 1);
            }
        }
        text.len()
    }

    fn line(&mut self, text: &str, size: f32, y: f32) {
        let text: String = text.chars().map(|symbol| self.printable(symbol)).collect();
        let glyphs: Vec<KrillaGlyph> = text.char_indices().map(|(at, symbol)| self.glyph(at, symbol)).collect();
        self.surface.draw_glyphs(Point::from_xy(MARGIN, y), &glyphs, self.font.clone(), &text, size, false);
    }

    /// `symbol`, or its code point if the font does not have it.
    fn printable(&self, symbol: char) -> String {
        let known = self.face.glyph(symbol).is_some();
        if known { symbol.to_string() } else { format!("<U+{:04X}>", u32::from(symbol)) }
    }

    fn glyph(&self, at: usize, symbol: char) -> KrillaGlyph {
        let id = self.face.glyph(symbol).unwrap_or(0);
        let range = at..at + symbol.len_utf8();
        KrillaGlyph::new(GlyphId::new(id.into()), self.face.advance(id), 0.0, 0.0, 0.0, range, None)
    }
}
