//! The kinds of pictures, and how often each is read.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "places in pictures are far within the precision of all types"
)]

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::imageops::{self, FilterType};
use image::{GrayImage, ImageFormat};
use qrcode::EcLevel;

use super::camera::{changed, grainy, rolled, seen, shadowed, shaken, stained, striped, tilted, turned};
use super::draw::{code, logo, page, toned};
use super::seeded::Seeded;

/// A file, and the texts of the codes that it shows.
pub(super) struct Made {
    pub(super) file: Vec<u8>,
    pub(super) texts: Vec<String>,
}

pub(super) struct Kind {
    pub(super) name: &'static str,
    pub(super) make: fn(&mut Seeded) -> Made,
    /// How many of a hundred codes are read at least.
    pub(super) percent: usize,
    /// Whether a picture has eight million pixels.
    pub(super) is_large: bool,
}

const fn kind(name: &'static str, percent: usize, make: fn(&mut Seeded) -> Made) -> Kind {
    Kind { name, make, percent, is_large: false }
}

const fn large(name: &'static str, make: fn(&mut Seeded) -> Made) -> Kind {
    Kind { name, make, percent: 100, is_large: true }
}

pub(super) const KINDS: &[Kind] = &[
    kind("clean", 100, |chance| screen(chance, 4.0)),
    kind("screenshot 1x", 100, |chance| screen(chance, 3.0)),
    kind("screenshot 2x", 100, |chance| screen(chance, 6.0)),
    kind("screenshot 3x", 100, |chance| screen(chance, 9.0)),
    kind("screenshot fraction", 100, |chance| {
        let scale = chance.between(2.3, 5.7);
        screen(chance, scale)
    }),
    large("4K small", |chance| desktop(chance, 3.0)),
    large("4K tiny", |chance| desktop(chance, 2.0)),
    kind("dark", 100, |chance| png(chance, |_, code| toned(code, 225.0, 25.0))),
    kind("logo", 100, |chance| branded(chance, 250.0, 10.0)),
    kind("dark logo", 100, |chance| branded(chance, 30.0, 230.0)),
    kind("low contrast", 100, |chance| {
        photo(chance, 80, |chance, code| grainy(&toned(code, 120.0, 160.0), 3.0, chance))
    }),
    kind("low JPEG", 100, |chance| photo(chance, 12, |_, code| code.clone())),
    kind("chat", 100, chat),
    kind("blur", 100, |chance| photo(chance, 80, |chance, code| imageops::fast_blur(code, chance.between(1.5, 2.6)))),
    kind("perspective", 100, |chance| {
        photo(chance, 80, |chance, code| tilted(code, chance.between(-0.3, 0.3), chance.between(-0.3, 0.3)))
    }),
    kind("steep", 100, |chance| {
        photo(chance, 85, |chance, code| {
            let side = if chance.below(2) == 0 { 1.0 } else { -1.0 };
            tilted(code, side * chance.between(0.55, 0.65), chance.between(-0.15, 0.15))
        })
    }),
    kind("rotation", 100, |chance| photo(chance, 85, |chance, code| turned(code, chance.between(0.0, 360.0)))),
    kind("mirrored", 100, |chance| png(chance, |_, code| imageops::flip_horizontal(code))),
    kind("curved", 100, |chance| photo(chance, 85, |chance, code| rolled(code, chance.between(0.3, 0.55)))),
    kind("crumpled", 66, |chance| photo(chance, 85, crumpled)),
    kind("shadow", 100, |chance| photo(chance, 85, |chance, code| shadowed(code, 0.3, chance))),
    kind("moire", 100, |chance| photo(chance, 85, |chance, code| striped(code, 25.0, chance))),
    kind("motion", 100, |chance| photo(chance, 85, |chance, code| shaken(code, 3 + chance.below(3) as u32))),
    kind("noise", 100, |chance| photo(chance, 85, |chance, code| grainy(&toned(code, 50.0, 200.0), 35.0, chance))),
    kind("damage", 100, |chance| photo(chance, 90, |chance, code| stained(code, 3, chance))),
    kind("several", 100, several),
    kind("transfer", 100, transfer),
    kind("Japanese names", 100, |chance| {
        let text = chance.japanese();
        let code = code(&text, EcLevel::M, 4.0);
        made(png_file(&page(900, 700, &[code], chance)), [text])
    }),
];

fn made<const N: usize>(file: Vec<u8>, texts: [String; N]) -> Made {
    Made { file, texts: texts.into() }
}

fn png_file(picture: &GrayImage) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

fn jpeg_file(picture: &GrayImage, quality: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, quality).encode_image(picture).unwrap();
    bytes
}

/// A code on a page of a screen, `scale` pixels to a module.
fn screen(chance: &mut Seeded, scale: f32) -> Made {
    let text = chance.address();
    let code = code(&text, EcLevel::M, scale);
    let side = |least: u32| least.max(code.width() + 60);
    made(png_file(&page(side(800), side(600), &[code], chance)), [text])
}

/// A code on a desktop of 3840 by 2160 pixels.
fn desktop(chance: &mut Seeded, scale: f32) -> Made {
    let text = chance.address();
    let code = code(&text, EcLevel::M, scale);
    made(png_file(&page(3840, 2160, &[code], chance)), [text])
}

/// A code on its own, changed without loss.
fn png(chance: &mut Seeded, alter: fn(&mut Seeded, &GrayImage) -> GrayImage) -> Made {
    let text = chance.address();
    let page = page(640, 560, &[code(&text, EcLevel::M, 5.0)], chance);
    made(png_file(&alter(chance, &page)), [text])
}

/// A photo of a code on its own.
fn photo(chance: &mut Seeded, quality: u8, alter: fn(&mut Seeded, &GrayImage) -> GrayImage) -> Made {
    let text = chance.address();
    let code = code(&text, EcLevel::M, 6.0);
    made(jpeg_file(&alter(chance, &code), quality), [text])
}

fn branded(chance: &mut Seeded, light: f32, dark: f32) -> Made {
    let text = chance.address();
    let mut code = code(&text, EcLevel::H, 5.0);
    logo(&mut code, chance.between(0.2, 0.26));
    let page = page(800, 700, &[code], chance);
    made(png_file(&toned(&page, dark, light)), [text])
}

/// Made small and squeezed, as chat programs do.
fn chat(chance: &mut Seeded) -> Made {
    let text = chance.address();
    let page = page(1200, 800, &[code(&text, EcLevel::M, 6.0)], chance);
    let part = chance.between(0.45, 0.7);
    let small = imageops::resize(&page, (1200.0 * part) as u32, (800.0 * part) as u32, FilterType::Triangle);
    made(jpeg_file(&small, 35), [text])
}

fn several(chance: &mut Seeded) -> Made {
    let texts = [chance.address(), chance.japanese(), chance.address()];
    let codes = [0, 1, 2].map(|n| code(&texts[n], EcLevel::M, 3.0 + n as f32));
    made(png_file(&page(900, 1300, &codes, chance)), texts)
}

/// A transfer code, of up to the largest version.
fn transfer(chance: &mut Seeded) -> Made {
    let count = [600, 1400, 2850][chance.below(3)];
    let text = chance.transfer(count);
    let code = code(&text, EcLevel::L, 5.0);
    made(png_file(&page(1080, 1400, &[code], chance)), [text])
}

/// Paper that is not flat.
fn crumpled(chance: &mut Seeded, picture: &GrayImage) -> GrayImage {
    let waves = [(); 4].map(|()| {
        let turn = chance.between(0.0, std::f32::consts::TAU);
        (turn.sin() / 60.0, turn.cos() / 60.0, chance.between(0.0, 6.0), chance.between(1.5, 3.5))
    });
    let bent = seen(picture, picture.dimensions(), |(x, y)| {
        let wave = |n: usize| waves[n].3 * (x * waves[n].0 + y * waves[n].1 + waves[n].2).sin();
        (x + wave(0) + wave(1), y + wave(2) + wave(3))
    });
    changed(&bent, |x, y, shade| shade * (0.8 + 0.2 * (x / 50.0 + waves[0].2).sin() * (y / 70.0).cos()))
}
