//! Paper: texts, QR codes and rules at their places on a page, and the pages as a PDF file.
//!
//! The modules of a code are vectors, so they are sharp at any size. A character that the font does
//! not have is printed as its code point, never as an empty box. Nothing of the clock or of this
//! computer goes into the file: the same content makes the same bytes.

mod face;
mod letters;

use krilla::Document;
use krilla::color::luma;
use krilla::geom::{Path, PathBuilder, Point, Rect};
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule, Stroke};
use krilla::surface::Surface;
use zeroize::Zeroizing;

use crate::qr::Modules;
use crate::text::Lang;

use super::{Bytes, ExportError};

pub(crate) use letters::{Letters, Style};

/// A millimetre in points.
pub(crate) const MM: f32 = 72.0 / 25.4;

/// A size of paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Paper {
    /// 210 × 297 mm.
    #[default]
    A4,
    /// 8.5 × 11 inches.
    Letter,
}

impl Paper {
    /// Both sizes.
    pub const ALL: [Self; 2] = [Self::A4, Self::Letter];

    /// The name used in options and by printers.
    pub fn id(self) -> &'static str {
        match self {
            Self::A4 => "a4",
            Self::Letter => "letter",
        }
    }

    /// The size called `id`.
    pub fn parse(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|paper| paper.id() == id)
    }

    /// Width and height, in points.
    pub(crate) fn size(self) -> (f32, f32) {
        match self {
            Self::A4 => (595.28, 841.89),
            Self::Letter => (612.0, 792.0),
        }
    }
}

/// One page: what stands on it, all places in points from the top left corner.
#[derive(Default)]
pub(crate) struct Leaf(Vec<Mark>);

enum Mark {
    Text { at: (f32, f32), style: Style, text: Zeroizing<String> },
    Code { at: (f32, f32), side: f32, modules: Modules },
    Rule { at: (f32, f32), length: f32, thickness: f32 },
}

impl Leaf {
    /// Writes `text`; `at` is where its base line begins.
    pub(crate) fn text(&mut self, at: (f32, f32), style: Style, text: impl Into<String>) {
        self.0.push(Mark::Text { at, style, text: Zeroizing::new(text.into()) });
    }

    /// Draws a QR code whose side, border included, is `side` long; `at` is its upper left corner.
    pub(crate) fn code(&mut self, at: (f32, f32), side: f32, modules: Modules) {
        self.0.push(Mark::Code { at, side, modules });
    }

    /// Draws a line to the right, or downwards where `thickness` is larger than `length`.
    pub(crate) fn rule(&mut self, at: (f32, f32), length: f32, thickness: f32) {
        self.0.push(Mark::Rule { at, length, thickness });
    }

    /// Draws a box to tick, `side` long; `at` is its upper left corner.
    pub(crate) fn tick_box(&mut self, (x, y): (f32, f32), side: f32) {
        const THIN: f32 = 0.6;
        self.rule((x, y), side, THIN);
        self.rule((x, y + side), side, THIN);
        self.rule((x, y), THIN, side);
        self.rule((x + side, y), THIN, side + THIN);
    }
}

/// `leaves` as a PDF file called `title` in the language `lang`.
///
/// # Errors
/// When the file cannot be put together.
pub(crate) fn pdf(
    leaves: &[Leaf],
    paper: Paper,
    letters: &Letters,
    title: &str,
    lang: Lang,
) -> Result<Bytes, ExportError> {
    let mut document = Document::new();
    let metadata = Metadata::new().title(title.to_owned()).language(lang.code().to_owned());
    document.set_metadata(metadata.creator("otp".to_owned()));
    for leaf in leaves {
        let (width, height) = paper.size();
        let settings = PageSettings::from_wh(width, height).ok_or(ExportError::NotMade)?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        surface.set_fill(Some(Fill {
            paint: luma::Color::black().into(),
            opacity: NormalizedF32::ONE,
            rule: FillRule::NonZero,
        }));
        for mark in &leaf.0 {
            draw(mark, &mut surface, letters)?;
        }
        surface.finish();
        page.finish();
    }
    document.finish().map(Bytes::new).map_err(|_| ExportError::NotMade)
}

fn draw(mark: &Mark, surface: &mut Surface<'_>, letters: &Letters) -> Result<(), ExportError> {
    match mark {
        Mark::Text { at, style, text } => write(*at, *style, text, surface, letters),
        Mark::Code { at, side, modules } => {
            surface.draw_path(&modules_path(*at, *side, modules)?);
            Ok(())
        }
        Mark::Rule { at, length, thickness } => {
            let mut path = PathBuilder::new();
            path.push_rect(Rect::from_xywh(at.0, at.1, *length, *thickness).ok_or(ExportError::NotMade)?);
            surface.draw_path(&path.finish().ok_or(ExportError::NotMade)?);
            Ok(())
        }
    }
}

fn modules_path(at: (f32, f32), side: f32, modules: &Modules) -> Result<Path, ExportError> {
    let count = |number: usize| u16::try_from(number).map(f32::from).map_err(|_| ExportError::NotMade);
    let module = side / count(modules.whole())?;
    let mut path = PathBuilder::new();
    for (row, column, length) in modules.runs() {
        let (x, y) = (at.0 + count(column)? * module, at.1 + count(row)? * module);
        path.push_rect(Rect::from_xywh(x, y, count(length)? * module, module).ok_or(ExportError::NotMade)?);
    }
    path.finish().ok_or(ExportError::NotMade)
}

fn write(
    at: (f32, f32),
    style: Style,
    text: &str,
    surface: &mut Surface<'_>,
    letters: &Letters,
) -> Result<(), ExportError> {
    let text = letters.shown(text);
    if text.is_empty() {
        return Ok(());
    }
    let glyphs = letters.glyphs(&text, style);
    // There is one weight; an outline of the letters makes them heavier.
    surface.set_stroke(style.bold.then(|| Stroke { width: style.size * 0.035, ..Stroke::default() }));
    surface.draw_glyphs(Point::from_xy(at.0, at.1), &glyphs, letters.font(), &text, style.size, false);
    surface.set_stroke(None);
    for (from, to) in letters.slashes(&text, style) {
        let place = |(x, y): (f32, f32)| (at.0 + x, at.1 + y);
        surface.draw_path(&slash(place(from), place(to), style.size * 0.045).ok_or(ExportError::NotMade)?);
    }
    Ok(())
}

/// A slanted stroke through a zero, so that nobody takes it for the letter O.
fn slash(from: (f32, f32), to: (f32, f32), thickness: f32) -> Option<Path> {
    let mut path = PathBuilder::new();
    path.move_to(from.0 - thickness, from.1);
    path.line_to(from.0 + thickness, from.1);
    path.line_to(to.0 + thickness, to.1);
    path.line_to(to.0 - thickness, to.1);
    path.close();
    path.finish()
}
