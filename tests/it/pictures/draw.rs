//! Codes and pages, as a screen shows them.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "places in pictures are far within the precision of all types"
)]

use image::{GrayImage, Luma, imageops};
use qrcode::{Color, EcLevel, QrCode};

use super::seeded::Seeded;

/// The light border of a code, in modules.
const QUIET: usize = 4;

/// A code of `text`, with its border, `scale` pixels to a module; fractions are mixed as browsers do.
pub(super) fn code(text: &str, level: EcLevel, scale: f32) -> GrayImage {
    let code = QrCode::with_error_correction_level(text, level).unwrap();
    let modules = code.width() + 2 * QUIET;
    let dark = |x: f32, y: f32| {
        let module = |at: f32| ((at / scale) as usize).checked_sub(QUIET).filter(|module| *module < code.width());
        module(x).zip(module(y)).is_some_and(|place| code[place] == Color::Dark)
    };
    let side = (modules as f32 * scale).ceil() as u32;
    GrayImage::from_fn(side, side, |x, y| {
        const PARTS: usize = 4;
        let part = |n: usize| (n as f32 + 0.5) / PARTS as f32;
        let parts = (0..PARTS * PARTS).filter(|n| dark(x as f32 + part(n % PARTS), y as f32 + part(n / PARTS)));
        Luma([255 - (parts.count() * 255 / (PARTS * PARTS)) as u8])
    })
}

/// A page with `codes` on it at places drawn by lot, one below the other, amid lines of text.
pub(super) fn page(width: u32, height: u32, codes: &[GrayImage], chance: &mut Seeded) -> GrayImage {
    let mut page = GrayImage::from_pixel(width, height, Luma([245]));
    for _ in 0..height / 24 {
        line(&mut page, chance);
    }
    let share = height / codes.len().max(1) as u32;
    for (code, top) in codes.iter().zip((0..).map(|n| n * share)) {
        let x = chance.below((width - code.width()) as usize + 1);
        let y = top as usize + chance.below(share.saturating_sub(code.height()) as usize + 1);
        imageops::replace(&mut page, code, x as i64, y as i64);
    }
    page
}

/// A line of what looks like words.
fn line(page: &mut GrayImage, chance: &mut Seeded) {
    let (width, height) = page.dimensions();
    let tall = 8 + chance.below(8) as u32;
    let top = chance.below((height - tall) as usize) as u32;
    let end = (chance.below(width as usize) as u32).min(width - 20);
    let mut x = 10;
    while x < end {
        let wide = 1 + chance.below(4) as u32;
        for y in top + chance.below(4) as u32..top + tall {
            (x..(x + wide).min(width)).for_each(|x| page.put_pixel(x, y, Luma([40])));
        }
        x += wide + 2 + chance.below(5) as u32;
    }
}

/// A disc with a letter-like hole in the middle of `code`, as brands put it there.
pub(super) fn logo(code: &mut GrayImage, part: f32) {
    let (width, height) = code.dimensions();
    let radius = width as f32 * part / 2.0;
    for (x, y, pixel) in code.enumerate_pixels_mut() {
        let far = (x as f32 - width as f32 / 2.0).hypot(y as f32 - height as f32 / 2.0);
        if far < radius {
            pixel.0[0] = if far < radius * 0.4 || far > radius * 0.85 { 250 } else { 90 };
        }
    }
}

/// `picture` with shades from `dark` to `light` instead of black to white.
pub(super) fn toned(picture: &GrayImage, dark: f32, light: f32) -> GrayImage {
    let mut toned = picture.clone();
    for pixel in toned.pixels_mut() {
        pixel.0[0] = (dark + f32::from(pixel.0[0]) / 255.0 * (light - dark)) as u8;
    }
    toned
}
