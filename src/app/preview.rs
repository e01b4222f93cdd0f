//! Pages of PDF files that were made here, as pictures: for a look before they are saved or printed.
//!
//! Files of strangers are drawn by a program of its own instead, see [`crate::import::draw_pages`].

use std::sync::Arc;

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings};
use zeroize::{Zeroize, Zeroizing};

use crate::export::Bytes;

/// A page as a picture.
pub struct Preview {
    /// How many pages the file has.
    pub pages: usize,
    /// The picture's width, in pixels.
    pub width: usize,
    /// Its height, in pixels.
    pub height: usize,
    /// Red, green, blue and opacity of each pixel, row by row.
    pub pixels: Zeroizing<Vec<u8>>,
}

/// The page `number`, counted from 0, of `pdf`, drawn `width` pixels wide (1 to 4,000); `None` if
/// there is no such page, or it cannot be drawn.
pub fn preview(pdf: &Bytes, number: usize, width: u16) -> Option<Preview> {
    let pdf = Pdf::new(Arc::new(Zeroizing::new(pdf.to_vec()))).ok()?;
    let page = pdf.pages().get(number)?;
    let scale = f32::from(width.clamp(1, 4_000)) / page.render_dimensions().0;
    let settings = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
    let (cache, reading, drawing) = (RenderCache::new(), InterpreterSettings::default(), RenderSettings::default());
    let mut drawn = hayro::render(page, &cache, &reading, &drawing, &settings);
    let (width, height) = (drawn.width().into(), drawn.height().into());
    let pixels = Zeroizing::new(drawn.data_as_u8_slice_mut().to_vec());
    drawn.data_as_u8_slice_mut().zeroize();
    Some(Preview { pages: pdf.pages().len(), width, height, pixels })
}
