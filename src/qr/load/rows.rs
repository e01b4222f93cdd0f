//! Pixels to shades of grey, in integers, as decoders hand them over.
//!
//! Most pictures with transparency have none of it in fact, so it is kept from the first pixel on
//! that lets something shine through.

#![expect(clippy::cast_possible_truncation, reason = "means of shades are below 256")]

use image::metadata::Orientation;
use image::{DynamicImage, GrayImage};
use zeroize::Zeroizing;

use super::super::grey::Grey;

/// The pixels of a picture so far, row by row.
pub(super) struct Rows {
    width: usize,
    height: usize,
    shades: Zeroizing<Vec<u8>>,
    /// How much each pixel hides of what is behind it; empty while all hide everything.
    alphas: Zeroizing<Vec<u8>>,
}

impl Rows {
    /// None yet, of a picture of `width` times `height` pixels.
    pub(super) fn new(width: usize, height: usize) -> Self {
        let shades = Zeroizing::new(Vec::with_capacity(width * height));
        Self { width, height, shades, alphas: Zeroizing::default() }
    }

    /// All at once, in grey already.
    pub(super) fn whole(width: usize, height: usize, shades: Vec<u8>) -> Self {
        Self { width, height, shades: Zeroizing::new(shades), alphas: Zeroizing::default() }
    }

    /// Adds `pixels`, a byte to a channel: grey, grey and alpha, colours, or colours and alpha.
    pub(super) fn push(&mut self, pixels: &[u8], channels: usize) {
        match channels {
            1 => self.shades.extend_from_slice(pixels),
            2 => self.push_transparent(pixels.as_chunks().0, |[shade, alpha]| [shade, alpha]),
            3 => self.shades.extend(pixels.as_chunks().0.iter().map(|pixel| luma(*pixel))),
            _ => self
                .push_transparent(pixels.as_chunks().0, |[red, green, blue, alpha]| [luma([red, green, blue]), alpha]),
        }
    }

    fn push_transparent<const N: usize>(&mut self, pixels: &[[u8; N]], split: impl Fn([u8; N]) -> [u8; 2]) {
        let solid = pixels.iter().fold(u8::MAX, |all, pixel| all & split(*pixel)[1]) == u8::MAX;
        if !solid && self.alphas.is_empty() {
            self.alphas.reserve_exact(self.width * self.height);
            self.alphas.resize(self.shades.len(), u8::MAX);
        }
        if !solid || !self.alphas.is_empty() {
            self.alphas.extend(pixels.iter().map(|pixel| split(*pixel)[1]));
        }
        self.shades.extend(pixels.iter().map(|pixel| split(*pixel)[0]));
    }

    /// The picture as people see it, of a camera that was `held` like this; one with transparency
    /// twice, on white and on black.
    pub(super) fn views(self, held: Orientation) -> Vec<Grey> {
        let Self { width, height, mut shades, mut alphas } = self;
        // Where nothing is to be seen at all, the alphas are not meant: some programs leave them at 0.
        if alphas.iter().all(|alpha| *alpha == 0) {
            return upright(width, height, std::mem::take(&mut shades), held).into_iter().collect();
        }
        let on = |ground: u16| {
            let mix = |(shade, alpha): (&u8, &u8)| {
                let (shade, alpha) = (u16::from(*shade), u16::from(*alpha));
                ((shade * alpha + ground * (255 - alpha)) / 255) as u8
            };
            shades.iter().zip(alphas.iter()).map(mix).collect()
        };
        let grounds = [on(255), on(0)];
        alphas.clear();
        grounds.into_iter().filter_map(|shades| upright(width, height, shades, held)).collect()
    }
}

/// The picture turned to how the camera was `held`.
fn upright(width: usize, height: usize, shades: Vec<u8>, held: Orientation) -> Option<Grey> {
    if held == Orientation::NoTransforms {
        return Grey::new(width, height, shades);
    }
    let image = GrayImage::from_raw(u32::try_from(width).ok()?, u32::try_from(height).ok()?, shades)?;
    let mut image = DynamicImage::from(image);
    image.apply_orientation(held);
    Grey::new(image.width() as usize, image.height() as usize, image.into_luma8().into_raw())
}

/// How light a colour is, in 256ths (ITU-R BT.709).
fn luma([red, green, blue]: [u8; 3]) -> u8 {
    ((54 * u16::from(red) + 183 * u16::from(green) + 19 * u16::from(blue) + 128) >> 8) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shades(rows: Rows, held: Orientation) -> Vec<(usize, Vec<u8>)> {
        rows.views(held).iter().map(|view| (view.width(), view.shades().to_vec())).collect()
    }

    #[test]
    fn colours_are_as_light_as_they_look() {
        let mut rows = Rows::new(5, 1);
        rows.push(&[0, 0, 0, 255, 255, 255, 255, 0, 0, 0, 255, 0, 0, 0, 255], 3);
        assert_eq!(shades(rows, Orientation::NoTransforms), [(5, vec![0, 255, 54, 182, 19])]);
    }

    #[test]
    fn what_shines_through_is_seen_on_white_and_on_black() {
        for channels in [2, 4] {
            let pixel = |shade: u8, alpha: u8| [vec![shade; channels - 1], vec![alpha]].concat();
            let mut rows = Rows::new(2, 3);
            rows.push(&[pixel(10, 255), pixel(20, 255)].concat(), channels);
            rows.push(&[pixel(0, 0), pixel(200, 51)].concat(), channels);
            rows.push(&[pixel(30, 255), pixel(40, 255)].concat(), channels);
            let seen = shades(rows, Orientation::NoTransforms);
            assert_eq!(seen, [(2, vec![10, 20, 255, 244, 30, 40]), (2, vec![10, 20, 0, 40, 30, 40])]);
            let mut solid = Rows::new(1, 1);
            solid.push(&pixel(7, 255), channels);
            assert_eq!(shades(solid, Orientation::NoTransforms), [(1, vec![7])]);
            let mut unmeant = Rows::new(2, 1);
            unmeant.push(&[pixel(7, 0), pixel(9, 0)].concat(), channels);
            assert_eq!(shades(unmeant, Orientation::NoTransforms), [(2, vec![7, 9])]);
        }
    }

    #[test]
    fn pictures_are_turned_to_how_the_camera_was_held() {
        let rows = || Rows::whole(3, 2, vec![1, 2, 3, 4, 5, 6]);
        assert_eq!(shades(rows(), Orientation::Rotate180), [(3, vec![6, 5, 4, 3, 2, 1])]);
        assert_eq!(shades(rows(), Orientation::Rotate90), [(2, vec![4, 1, 5, 2, 6, 3])]);
    }
}
