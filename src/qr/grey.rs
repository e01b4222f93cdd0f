//! A grey picture, wiped when dropped: it shows a secret.

use image::GrayImage;
use image::imageops::FilterType;
use zeroize::Zeroize;

/// A picture in shades of grey.
pub(super) struct Grey(GrayImage);

impl Drop for Grey {
    fn drop(&mut self) {
        std::mem::take(&mut self.0).into_raw().zeroize();
    }
}

impl Grey {
    pub(super) fn new(image: GrayImage) -> Self {
        Self(image)
    }

    pub(super) fn width(&self) -> u32 {
        self.0.width()
    }

    pub(super) fn height(&self) -> u32 {
        self.0.height()
    }

    /// The number of pixels.
    pub(super) fn area(&self) -> u64 {
        u64::from(self.width()) * u64::from(self.height())
    }

    /// The shades, row by row; 0 is black.
    pub(super) fn shades(&self) -> &[u8] {
        self.0.as_raw()
    }

    /// The same picture with black and white exchanged.
    pub(super) fn inverted(&self) -> Self {
        let mut image = self.0.clone();
        image::imageops::invert(&mut image);
        Self(image)
    }

    /// The same picture at `percent` of its size.
    pub(super) fn resized(&self, percent: u32) -> Self {
        let side = |pixels: u32| (u64::from(pixels) * u64::from(percent) / 100).clamp(1, u64::from(u32::MAX));
        let (width, height) = (side(self.width()), side(self.height()));
        // Both are clamped to 32 bits above.
        #[allow(clippy::cast_possible_truncation)]
        let image = image::imageops::resize(&self.0, width as u32, height as u32, FilterType::Triangle);
        Self(image)
    }
}
