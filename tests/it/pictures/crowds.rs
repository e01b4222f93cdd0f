//! Pictures drawn to keep a reader of QR codes busy: crowds of corner marks, and codes that look
//! whole and cannot be read.

#![allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "places in pictures are below 2^16")]

use image::{GrayImage, Luma, imageops};
use qrcode::{Color, EcLevel, QrCode, Version};

use super::seeded::Seeded;

/// The side of the largest pictures, in pixels: 25 million in all.
pub(crate) const SIDE: u32 = 5000;

/// A picture that keeps a reader busy.
pub(crate) struct Crowd {
    pub(crate) name: &'static str,
    /// Draws it, of a side.
    pub(crate) draw: fn(u32) -> GrayImage,
    /// How many million units of work it may cost where that side is [`SMALL`].
    pub(super) most: u64,
}

/// The side of the pictures whose work is counted.
pub(super) const SMALL: u32 = 600;

const fn crowd(name: &'static str, most: u64, draw: fn(u32) -> GrayImage) -> Crowd {
    Crowd { name, draw, most }
}

pub(crate) const CROWDS: &[Crowd] = &[
    crowd("crowd-of-marks.png", 35, |side| marks(side, 1, 1)),
    crowd("crowd-of-wide-marks.png", 7, |side| marks(side, 3, 1)),
    crowd("crowd-of-few-marks.png", 85, few_marks),
    crowd("marks-in-marks.png", 18, nested),
    crowd("crowd-of-codes.png", 85, |side| codes(side, 2)),
    crowd("unreadable-codes.png", 3, |side| codes(side, 7)),
    crowd("slanted-codes.png", 85, |side| slanted(&codes(side, 3))),
    crowd("gaps.png", 28, gaps),
    crowd("modules.png", 35, |side| modules(side, 1)),
    crowd("modules-of-3.png", 7, |side| modules(side, 3)),
];

/// Whether a mark is dark in column `x` and row `y`, each from 0 to 6; light all around.
fn mark(x: u32, y: u32) -> bool {
    let edge = x.min(6_u32.wrapping_sub(x)).min(y).min(6_u32.wrapping_sub(y));
    x < 7 && y < 7 && (edge == 0 || edge > 1)
}

fn drawn(side: u32, dark: impl Fn(u32, u32) -> bool) -> GrayImage {
    GrayImage::from_fn(side, side, |x, y| Luma([if dark(x, y) { 0 } else { 255 }]))
}

/// Marks as close as can be, modules being `wide` and `tall`.
fn marks(side: u32, wide: u32, tall: u32) -> GrayImage {
    drawn(side, |x, y| mark(x / wide % 8, y / tall % 8))
}

/// As many marks as are just looked at, in a grid in which every three are corners of a square.
fn few_marks(side: u32) -> GrayImage {
    let (all, pitch) = (side / 25 * 24, side / 25 * 2);
    drawn(side, |x, y| x < all && y < all && mark(x % pitch / (pitch / 40), y % pitch / (pitch / 40)))
}

/// In the middle of each mark, in light on dark, a smaller one, and so on; and beside it another.
fn nested(side: u32) -> GrayImage {
    fn dark(x: u32, y: u32, side: u32) -> bool {
        let module = side / 8;
        if module == 0 {
            return false;
        }
        let (column, row) = (x / module, y / module);
        if (2..5).contains(&column) && (2..5).contains(&row) {
            let inner = 3 * module;
            let (x, y) = (x - 2 * module, y - 2 * module);
            let border = inner / 8;
            let inside = (border..inner).contains(&x) && (border..inner).contains(&y);
            return !(inside && dark(x - border, y - border, inner - border));
        }
        mark(column, row)
    }
    drawn(side, |x, y| dark(x % 1000, y % 1000, 1000))
}

/// Codes of the largest version, `scale` pixels to a module: corners, format and the right half are whole,
/// and more of the left is noise than can be mended.
fn codes(side: u32, scale: u32) -> GrayImage {
    let code = QrCode::with_version("7".repeat(900), Version::Normal(40), EcLevel::H).unwrap();
    let width = code.width() as u32;
    let mut chance = Seeded::new("codes", 0);
    let noise: Vec<bool> = (0..width * width).map(|_| chance.below(2) == 0).collect();
    let dark = |x: u32, y: u32| {
        let inside = x < width && y < width;
        let spoilt = inside && (9..100).contains(&x) && (9..width - 9).contains(&y);
        inside && if spoilt { noise[(y * width + x) as usize] } else { code[(x as usize, y as usize)] == Color::Dark }
    };
    let pitch = (width + 8) * scale;
    drawn(side, |x, y| {
        x / pitch < side / pitch && y / pitch < side / pitch && dark((x % pitch) / scale, (y % pitch) / scale)
    })
}

/// `picture` pushed aside row by row, so that a camera might have stood at its side.
fn slanted(picture: &GrayImage) -> GrayImage {
    let (width, height) = picture.dimensions();
    GrayImage::from_fn(width, height, |x, y| x.checked_sub(y / 4).map_or(Luma([255]), |x| *picture.get_pixel(x, y)))
}

/// Marks whose outer ring is open at a corner, where only a walk along it tells.
fn gaps(side: u32) -> GrayImage {
    let mut picture = marks(side, 4, 4);
    let white = GrayImage::from_pixel(3, 4, Luma([255]));
    for at in 0..(side / 32) * (side / 32) {
        let (x, y) = (at % (side / 32) * 32, at / (side / 32) * 32);
        imageops::replace(&mut picture, &white, i64::from(x + 5), i64::from(y));
    }
    picture
}

/// Squares of `scale` pixels, each dark or light by lot: what the inside of codes is like.
fn modules(side: u32, scale: u32) -> GrayImage {
    let mut chance = Seeded::new("modules", 0);
    let across = side.div_ceil(scale);
    let dark: Vec<bool> = (0..across * across).map(|_| chance.below(2) == 0).collect();
    drawn(side, |x, y| dark[((y / scale) * across + x / scale) as usize])
}
