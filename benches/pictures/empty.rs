//! Pictures without a code, of the kinds that people hand over by mistake.

use std::io::Cursor;

use image::{GrayImage, ImageFormat, Luma};

use crate::camera::{changed, grainy};
use crate::draw::page;
use crate::seeded::Seeded;

/// What draws a picture of a width and a height.
type Make = fn(u32, u32, &mut Seeded) -> GrayImage;

/// The kinds, by the names of their files.
pub(crate) const KINDS: &[(&str, Make)] = &[
    ("page.png", |width, height, chance| page(width, height, &[], chance)),
    ("photo.jpg", photo),
    ("wall-in-poor-light.jpg", wall),
    ("grain.png", |width, height, chance| grainy(&flat(width, height, 128), 40.0, chance)),
    ("noise.png", |width, height, chance| GrayImage::from_fn(width, height, |_, _| Luma([chance.below(256) as u8]))),
    ("window.png", window),
    ("bricks.jpg", |width, height, chance| {
        let wall = GrayImage::from_fn(width, height, |x, y| {
            let (x, y) = (if y / 12 % 2 == 0 { x } else { x + 15 }, y);
            Luma([if x % 30 < 2 || y % 12 < 2 { 190 } else { 110 }])
        });
        grainy(&wall, 12.0, chance)
    }),
    ("cloth.png", |width, height, _| {
        GrayImage::from_fn(width, height, |x, y| {
            Luma([(128 + (x % 7 * 9) + (y % 5 * 11)) as u8 - if (x / 7 + y / 5) % 2 == 0 { 60 } else { 0 }])
        })
    }),
    ("squares.png", |width, height, chance| {
        let dark: Vec<bool> = (0..(width / 4 + 1) * (height / 4 + 1)).map(|_| chance.below(2) == 0).collect();
        GrayImage::from_fn(width, height, |x, y| {
            Luma([if dark[(y / 4 * (width / 4 + 1) + x / 4) as usize] { 20 } else { 235 }])
        })
    }),
];

/// `picture` as the file that `name` says.
pub(crate) fn file(name: &str, picture: &GrayImage) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::from_path(name).unwrap()).unwrap();
    bytes.into_inner()
}

fn flat(width: u32, height: u32, shade: u8) -> GrayImage {
    GrayImage::from_pixel(width, height, Luma([shade]))
}

/// Soft shapes with hard edges between them, and a little grain.
fn photo(width: u32, height: u32, chance: &mut Seeded) -> GrayImage {
    let size = width as f32;
    let blobs: Vec<[f32; 4]> = (0..40)
        .map(|_| {
            [
                chance.between(0.0, size),
                chance.between(0.0, height as f32),
                chance.between(0.01, 0.15) * size,
                chance.between(-80.0, 80.0),
            ]
        })
        .collect();
    let shapes = changed(&flat(width, height, 120), |x, y, shade| {
        blobs.iter().fold(shade + 30.0 * (x / size * 9.0).sin(), |shade, [left, top, radius, change]| {
            let far = (x - left).hypot(y - top);
            if far < *radius { shade + change * (1.0 - 0.5 * far / radius) } else { shade }
        })
    });
    grainy(&shapes, 4.0, chance)
}

/// A wall in poor light.
fn wall(width: u32, height: u32, chance: &mut Seeded) -> GrayImage {
    GrayImage::from_fn(width, height, |x, y| {
        Luma([(90 + (x + y) * 60 / (width + height)) as u8 + chance.below(30) as u8])
    })
}

/// Frames, buttons and icons on a desktop.
fn window(width: u32, height: u32, chance: &mut Seeded) -> GrayImage {
    let mut picture = page(width, height, &[], chance);
    for _ in 0..width * height / 6_000 {
        let (wide, tall) = (12 + chance.below(60) as u32, 10 + chance.below(30) as u32);
        let (left, top) = (chance.below((width - wide) as usize) as u32, chance.below((height - tall) as usize) as u32);
        let (edge, inside) = (chance.below(120) as u8, 150 + chance.below(105) as u8);
        for (x, y) in (0..wide).flat_map(|x| (0..tall).map(move |y| (x, y))) {
            let near = x.min(wide - 1 - x).min(y).min(tall - 1 - y);
            picture.put_pixel(left + x, top + y, Luma([if near < 1 { edge } else { inside }]));
        }
    }
    picture
}
