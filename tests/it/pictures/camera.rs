//! What cameras, paper and light do to a picture.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "places in pictures are far within the precision of all types"
)]

use image::{GrayImage, Luma};

use super::seeded::Seeded;

/// A point of a picture.
type Place = (f32, f32);

/// `picture` seen so that what `from` says for a place comes to stand there; on a grey table.
pub(super) fn seen(picture: &GrayImage, (width, height): (u32, u32), from: impl Fn(Place) -> Place) -> GrayImage {
    GrayImage::from_fn(width, height, |x, y| {
        let parts = [(0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)];
        let sum: f32 = parts.map(|part| at(picture, from((x as f32 + part.0, y as f32 + part.1)))).iter().sum();
        Luma([(sum / 4.0) as u8])
    })
}

/// The shade at `place`, mixed of four pixels.
fn at(picture: &GrayImage, place: Place) -> f32 {
    const TABLE: f32 = 150.0;
    let (x, y) = (place.0 - 0.5, place.1 - 0.5);
    let pixel = |x: f32, y: f32| {
        let inside = x >= 0.0 && y >= 0.0 && x < picture.width() as f32 && y < picture.height() as f32;
        if inside { f32::from(picture.get_pixel(x as u32, y as u32).0[0]) } else { TABLE }
    };
    let (left, top) = (x.floor(), y.floor());
    let mix = |y: f32| pixel(left, y) * (left + 1.0 - x) + pixel(left + 1.0, y) * (x - left);
    mix(top) * (top + 1.0 - y) + mix(top + 1.0) * (y - top)
}

/// `picture` turned by `degrees` around its middle, on a table that has room for it.
pub(super) fn turned(picture: &GrayImage, degrees: f32) -> GrayImage {
    let (sin, cos) = degrees.to_radians().sin_cos();
    let (width, height) = (picture.width() as f32, picture.height() as f32);
    let side = width.hypot(height);
    seen(picture, (side as u32, side as u32), |(x, y)| {
        let (x, y) = (x - side / 2.0, y - side / 2.0);
        (x * cos + y * sin + width / 2.0, y * cos - x * sin + height / 2.0)
    })
}

/// `picture` held at an angle, so that one side is smaller than the other.
pub(super) fn tilted(picture: &GrayImage, across: f32, down: f32) -> GrayImage {
    let (width, height) = (picture.width() as f32, picture.height() as f32);
    let (wide, tall) = (width * 1.3, height * 1.3);
    seen(picture, (wide as u32, tall as u32), |(x, y)| {
        let (x, y) = (x - wide / 2.0, y - tall / 2.0);
        let depth = 1.0 + across * x / width + down * y / height;
        (x / depth + width / 2.0, y / depth + height / 2.0)
    })
}

/// `picture` around a bottle.
pub(super) fn rolled(picture: &GrayImage, most: f32) -> GrayImage {
    let width = picture.width() as f32;
    let radius = width / 2.0 / most;
    let wide = 2.0 * radius * most.sin();
    seen(picture, (wide as u32, picture.height()), |(x, y)| {
        let angle = ((x - wide / 2.0) / radius).clamp(-1.0, 1.0).asin();
        (width / 2.0 + angle * radius, y + (1.0 - angle.cos()) * radius * 0.3)
    })
}

/// The hand moved by `length` pixels to the right and a little down.
pub(super) fn shaken(picture: &GrayImage, length: u32) -> GrayImage {
    GrayImage::from_fn(picture.width(), picture.height(), |x, y| {
        let sum: u32 = (0..length).map(|n| shade(picture, x + n, y + n / 4)).sum();
        Luma([(sum / length) as u8])
    })
}

fn shade(picture: &GrayImage, x: u32, y: u32) -> u32 {
    picture.get_pixel(x.min(picture.width() - 1), y.min(picture.height() - 1)).0[0].into()
}

/// Each pixel made anew of its place and shade.
pub(super) fn changed(picture: &GrayImage, mut shade: impl FnMut(f32, f32, f32) -> f32) -> GrayImage {
    let mut new = picture.clone();
    for (x, y, pixel) in new.enumerate_pixels_mut() {
        pixel.0[0] = shade(x as f32, y as f32, pixel.0[0].into()).clamp(0.0, 255.0) as u8;
    }
    new
}

/// A shadow with a soft edge over half of the picture.
pub(super) fn shadowed(picture: &GrayImage, darkest: f32, chance: &mut Seeded) -> GrayImage {
    let (sin, cos) = chance.between(0.0, std::f32::consts::TAU).sin_cos();
    let (width, height) = (picture.width() as f32, picture.height() as f32);
    let soft = chance.between(0.02, 0.3);
    changed(picture, |x, y, shade| {
        let along = (x / width - 0.5) * cos + (y / height - 0.5) * sin;
        shade * (darkest + (1.0 - darkest) / (1.0 + (-along / soft).exp()))
    })
}

/// Grains of `strength` shades.
pub(super) fn grainy(picture: &GrayImage, strength: f32, chance: &mut Seeded) -> GrayImage {
    changed(picture, |_, _, shade| shade + strength * chance.normal())
}

/// The stripes of a screen that was photographed.
pub(super) fn striped(picture: &GrayImage, strength: f32, chance: &mut Seeded) -> GrayImage {
    let (across, down) = (chance.between(0.6, 1.4), chance.between(0.6, 1.4));
    changed(picture, |x, y, shade| shade + strength * ((x * across).sin() + (y * down + x * 0.1).sin()))
}

/// Spots over the modules, dark and light.
pub(super) fn stained(picture: &GrayImage, spots: usize, chance: &mut Seeded) -> GrayImage {
    let (width, height) = (picture.width() as f32, picture.height() as f32);
    let mut stained = picture.clone();
    for spot in 0..spots {
        let (x, y) = (chance.between(0.3, 0.8) * width, chance.between(0.3, 0.8) * height);
        let (radius, new) = (chance.between(0.015, 0.03) * width, if spot % 2 == 0 { 0.0 } else { 255.0 });
        stained = changed(&stained, |at, row, shade| if (at - x).hypot(row - y) < radius { new } else { shade });
    }
    stained
}
