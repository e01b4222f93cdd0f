//! How much darker each pixel is than its surroundings, in units of the contrast there.

use zeroize::Zeroizing;

use super::super::finders::Place;
use super::super::grey::Grey;

/// The least contrast that counts, in shades.
const LEAST: f32 = 3.0;
/// The most that a pixel counts.
const MOST: f32 = 2.5;

pub(super) struct Field {
    width: usize,
    height: usize,
    values: Zeroizing<Vec<f32>>,
}

impl Field {
    /// The field of `grey`; surroundings reach as far as `radius`.
    pub(super) fn new(grey: &Grey, radius: usize) -> Self {
        let (width, height) = (grey.width(), grey.height());
        let shades: Zeroizing<Vec<f32>> = Zeroizing::new(grey.shades().iter().map(|shade| f32::from(*shade)).collect());
        let mut values = means(&shades, width, radius);
        values.iter_mut().zip(shades.iter()).for_each(|(mean, shade)| *mean -= shade);
        let apart: Zeroizing<Vec<f32>> = Zeroizing::new(values.iter().map(|value| value.abs()).collect());
        for (value, contrast) in values.iter_mut().zip(means(&apart, width, radius).iter()) {
            *value = (*value / contrast.max(LEAST)).clamp(-MOST, MOST);
        }
        Self { width, height, values }
    }

    /// The value at `place`, mixed of the four pixels around it; 0 outside.
    pub(super) fn at(&self, place: Place) -> f32 {
        let (x, y) = (place.0 - 0.5, place.1 - 0.5);
        if !(x >= 0.0 && y >= 0.0) {
            return 0.0;
        }
        let (left, above) = (x as usize, y as usize);
        if left + 1 >= self.width || above + 1 >= self.height {
            return 0.0;
        }
        let (right, down) = (x - left as f32, y - above as f32);
        let first = above * self.width + left;
        let (top, bottom) = (&self.values[first..first + 2], &self.values[first + self.width..first + self.width + 2]);
        let mix = |pair: &[f32]| pair[0] + (pair[1] - pair[0]) * right;
        mix(top) + (mix(bottom) - mix(top)) * down
    }
}

/// The means of the squares `radius` around each of `values`.
fn means(values: &[f32], width: usize, radius: usize) -> Zeroizing<Vec<f32>> {
    let height = values.len() / width;
    let mut across = Zeroizing::new(Vec::with_capacity(values.len()));
    for row in values.chunks_exact(width) {
        let mut sum: f32 = row.iter().take(radius).sum();
        for x in 0..width {
            sum += row.get(x + radius).unwrap_or(&0.0);
            sum -= x.checked_sub(radius + 1).map_or(0.0, |gone| row[gone]);
            across.push(sum / ((x + radius).min(width - 1) - x.saturating_sub(radius) + 1) as f32);
        }
    }
    let mut sums: Vec<f32> = (0..width).map(|x| (0..radius.min(height)).map(|y| across[y * width + x]).sum()).collect();
    let mut means = Zeroizing::new(Vec::with_capacity(values.len()));
    for y in 0..height {
        let count = ((y + radius).min(height - 1) - y.saturating_sub(radius) + 1) as f32;
        for (x, sum) in sums.iter_mut().enumerate() {
            *sum += if y + radius < height { across[(y + radius) * width + x] } else { 0.0 };
            *sum -= y.checked_sub(radius + 1).map_or(0.0, |gone| across[gone * width + x]);
            means.push(*sum / count);
        }
    }
    means
}
