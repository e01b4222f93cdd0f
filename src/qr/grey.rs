//! A grey picture, wiped when dropped: it shows a secret.

use zeroize::Zeroizing;

/// A picture in shades of grey.
pub(super) struct Grey {
    width: usize,
    height: usize,
    shades: Zeroizing<Vec<u8>>,
}

impl Grey {
    /// A picture of `width` times `height` pixels, row by row, 0 being black; `None` if there are
    /// none, or more or fewer `shades`.
    pub(super) fn new(width: usize, height: usize, shades: Vec<u8>) -> Option<Self> {
        let shades = Zeroizing::new(shades);
        (width > 0 && height > 0 && width.checked_mul(height) == Some(shades.len())).then_some(Self {
            width,
            height,
            shades,
        })
    }

    /// A picture of `width` times `height` pixels made row by row; what `shades` lacks is black.
    pub(super) fn made(width: usize, height: usize, mut shades: Vec<u8>) -> Self {
        shades.resize(width * height, 0);
        Self { width, height, shades: Zeroizing::new(shades) }
    }

    pub(super) fn width(&self) -> usize {
        self.width
    }

    pub(super) fn height(&self) -> usize {
        self.height
    }

    /// The number of pixels.
    pub(super) fn area(&self) -> u64 {
        self.shades.len() as u64
    }

    /// The shades, row by row; 0 is black.
    pub(super) fn shades(&self) -> &[u8] {
        &self.shades
    }

    /// The shades of row `y`.
    pub(super) fn row(&self, y: usize) -> &[u8] {
        &self.shades[y * self.width..][..self.width]
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = &[u8]> {
        self.shades.chunks_exact(self.width)
    }

    /// The part of `size` pixels at `from`, or as much of it as there is.
    pub(super) fn cut(&self, from: (usize, usize), size: (usize, usize)) -> Self {
        let (left, top) = (from.0.min(self.width), from.1.min(self.height));
        let (width, height) = (size.0.min(self.width - left), size.1.min(self.height - top));
        let rows = self.rows().skip(top).take(height);
        Self::made(width, height, rows.flat_map(|row| &row[left..left + width]).copied().collect())
    }
}
