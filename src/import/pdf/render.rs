//! Pages to texts, in this process: each page drawn in grey, each grey picture read.
//!
//! The size of a picture is bounded here. The work of drawing it is not, and cannot be: that is
//! what the [process of its own](super::child) is for.

use std::io;
use std::sync::Arc;

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::page::Page as PdfPage;
use hayro::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro::vello_cpu::Pixmap;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings};
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::qr::{self, Found, Part};

/// The most pages.
const MOST_PAGES: usize = 200;
/// The most pixels of a page.
const MOST_PIXELS: f32 = 12_000_000.0;
/// The longest side of a page, in pixels.
const LONGEST: f32 = 30_000.0;
/// The longer side of a page that is smaller than most, such as a label, in pixels.
const SHORTEST: f32 = 1_500.0;
/// 200 dots an inch, in pixels to a point.
const SCALE: f32 = 200.0 / 72.0;

/// The texts of a page's QR codes in reading order. They are secrets, so they are wiped when dropped.
#[derive(Default, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
#[serde(transparent)]
pub(super) struct Texts(pub(super) Vec<Code>);

/// What one code says, and of what it is a part if it is only that.
#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub(super) struct Code {
    pub(super) text: String,
    #[zeroize(skip)]
    pub(super) part: Option<Part>,
}

/// What is told of a page.
#[derive(Serialize, Deserialize)]
pub(super) enum Page {
    /// How many there are; before the first of them.
    Count(usize),
    /// What is on it.
    Texts(Texts),
    /// It could not be drawn.
    NotDrawn,
    /// There are no more pages.
    End,
    /// There are no pages.
    Fault(Fault),
}

/// Why there are no pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Fault {
    /// It breaks the rules of PDF.
    Damaged,
    /// It is under a password, or encrypted in a way that is not read here.
    Encrypted,
    /// It has more pages than are read.
    TooManyPages,
    /// Whoever drew it was stopped.
    TooCostly,
    /// Nobody could be started who draws it.
    NotStarted,
}

/// Reads `pdf` and gives each page to `take`, which ends the reading by an error of its own.
pub(super) fn pages(pdf: Zeroizing<Vec<u8>>, take: &mut dyn FnMut(Page) -> io::Result<()>) -> io::Result<()> {
    let pdf = match qr::contained(|| Pdf::new(Arc::new(pdf)).map_err(fault)).unwrap_or(Err(Fault::Damaged)) {
        Ok(pdf) if pdf.pages().len() > MOST_PAGES => return take(Page::Fault(Fault::TooManyPages)),
        Ok(pdf) => pdf,
        Err(fault) => return take(Page::Fault(fault)),
    };
    take(Page::Count(pdf.pages().len()))?;
    for page in pdf.pages().iter() {
        take(match qr::contained(|| page_texts(page)).flatten() {
            Some(texts) => Page::Texts(texts),
            None => Page::NotDrawn,
        })?;
    }
    take(Page::End)
}

fn fault(error: LoadPdfError) -> Fault {
    match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected | DecryptionError::UnsupportedAlgorithm) => {
            Fault::Encrypted
        }
        _ => Fault::Damaged,
    }
}

fn page_texts(page: &PdfPage<'_>) -> Option<Texts> {
    let scale = scale(page.render_dimensions())?;
    let pixmap = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
    let (cache, reading, drawing) = (RenderCache::new(), InterpreterSettings::default(), RenderSettings::default());
    let drawn = hayro::render(page, &cache, &reading, &drawing, &pixmap);
    let (width, height) = (drawn.width().into(), drawn.height().into());
    let found = qr::read_grey(width, height, grey(drawn)).unwrap_or_default();
    let told = |mut code: Found| Code { text: std::mem::take(&mut *code.text), part: code.part };
    Some(Texts(found.into_iter().map(told).collect()))
}

/// How many pixels to a point a page of this width and height in points is drawn with; `None` if
/// nothing of it would be seen.
fn scale((width, height): (f32, f32)) -> Option<f32> {
    let longer = width.max(height);
    let area = width * height;
    let most = (MOST_PIXELS / area).sqrt().min(LONGEST / longer);
    let scale = SCALE.max(SHORTEST / longer).min(most);
    (area.is_finite() && width.min(height) * scale >= 1.0).then_some(scale)
}

/// The shades of `drawn`, row by row; the colours are wiped.
fn grey(mut drawn: Pixmap) -> Vec<u8> {
    let shade = |[red, green, blue]: [u8; 3]| {
        // The weights of ITU-R BT.601, in thousandths.
        let sum = u32::from(red) * 299 + u32::from(green) * 587 + u32::from(blue) * 114;
        u8::try_from(sum / 1_000).unwrap_or(u8::MAX)
    };
    let shades = drawn.data().iter().map(|pixel| shade([pixel.r, pixel.g, pixel.b])).collect();
    drawn.data_as_u8_slice_mut().zeroize();
    shades
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_drawn_as_large_as_their_codes_need() {
        #[track_caller]
        fn case(page: (f32, f32), pixels: Option<(f32, f32)>) {
            let drawn = scale(page).map(|scale| ((page.0 * scale).round(), (page.1 * scale).round()));
            assert_eq!(drawn, pixels);
        }
        case((595.28, 841.89), Some((1654.0, 2339.0)));
        case((100.0, 150.0), Some((1000.0, 1500.0)));
        case((3000.0, 4000.0), Some((3000.0, 4000.0)));
        case((60_000.0, 600.0), Some((30_000.0, 300.0)));
        case((1.0, 1_000_000.0), None);
        case((f32::MAX, f32::MAX), None);
        case((f32::NAN, 1.0), None);
    }
}
