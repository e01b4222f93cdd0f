//! What is done to a grey picture so that a finder sees more in it. All in integers.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    reason = "shades and means of shades are below 256, places below 2^24"
)]

use zeroize::Zeroizing;

use super::grey::Grey;

impl Grey {
    /// Black and white exchanged.
    pub(super) fn inverted(&self) -> Self {
        self.same_size(self.shades().iter().map(|shade| u8::MAX - shade).collect())
    }

    /// As small as a whole number of pixels makes it: each is the mean of a square of `by`.
    pub(super) fn divided(&self, by: usize) -> Self {
        let (width, height) = ((self.width() / by).max(1), (self.height() / by).max(1));
        let (across, down) = (by.min(self.width()), by.min(self.height()));
        let area = (across * down) as u32;
        let mut shades = Vec::with_capacity(width * height);
        // Whole rows at a time are what processors are good at.
        let mut columns = Zeroizing::new(vec![0_u32; width * across]);
        for y in 0..height {
            columns.fill(0);
            for row in (y * by..y * by + down).map(|y| self.row(y)) {
                columns.iter_mut().zip(row).for_each(|(sum, shade)| *sum += u32::from(*shade));
            }
            shades
                .extend(columns.chunks_exact(across).map(|sums| ((sums.iter().sum::<u32>() + area / 2) / area) as u8));
        }
        Grey::made(width, height, shades)
    }

    /// `width` times `height` pixels of the part of `size` pixels at `from`, each mixed of the four around it.
    pub(super) fn stretched(
        &self,
        from: (usize, usize),
        size: (usize, usize),
        (width, height): (usize, usize),
    ) -> Self {
        let columns: Vec<_> = (0..width).map(|x| place(x, width, from.0, size.0, self.width())).collect();
        let columns: Vec<_> =
            columns.into_iter().map(|(left, across)| (left, (left + 1).min(self.width() - 1), across)).collect();
        let mut shades = Vec::with_capacity(width * height);
        // A row between two, in 256ths of shades: whole rows at a time are what processors are good at.
        let mut between = Zeroizing::new(vec![0_u32; self.width()]);
        for y in 0..height {
            let (above, down) = place(y, height, from.1, size.1, self.height());
            let (above, below) = (self.row(above), self.row((above + 1).min(self.height() - 1)));
            for ((mixed, above), below) in between.iter_mut().zip(above).zip(below) {
                *mixed = u32::from(*above) * (256 - down) + u32::from(*below) * down;
            }
            shades.extend(columns.iter().map(|(left, right, across)| {
                ((between[*left] * (256 - across) + between[*right] * across + (1 << 15)) >> 16) as u8
            }));
        }
        Grey::made(width, height, shades)
    }

    /// At `percent` of its size, above 100.
    pub(super) fn enlarged(&self, percent: usize) -> Self {
        let side = |pixels: usize| (pixels * percent / 100).max(1);
        self.stretched((0, 0), (self.width(), self.height()), (side(self.width()), side(self.height())))
    }

    /// White where a pixel is lighter than the mean of the square `radius` around it, else black.
    pub(super) fn by_mean(&self, radius: usize) -> Self {
        self.with_means(radius, |shade, mean| if shade > mean - 4 { 255 } else { 0 })
    }

    /// Edges made steeper: what differs from the mean around it differs more.
    pub(super) fn sharpened(&self, radius: usize) -> Self {
        self.with_means(radius, |shade, mean| shade + 2 * (shade - mean))
    }

    /// Light and shadow made even: each pixel in relation to the mean around it.
    pub(super) fn flattened(&self, radius: usize) -> Self {
        self.with_means(radius, |shade, mean| shade * 160 / (mean + 1))
    }

    /// Noise made less: the mean of each pixel and its neighbours.
    pub(super) fn smoothed(&self) -> Self {
        self.with_means(1, |_, mean| mean)
    }

    /// Each pixel as `change` makes it of its shade and the mean of the square `radius` around it.
    fn with_means(&self, radius: usize, change: impl Fn(i32, i32) -> i32) -> Self {
        let (width, height) = (self.width(), self.height());
        let radius = radius.min(width.max(height));
        let mut shades = Vec::with_capacity(width * height);
        // Sums of columns over the rows around the current one, with a row entering and one leaving.
        let mut columns = Zeroizing::new(vec![0_u32; width]);
        let mut rows = 0;
        let add = |y: usize, columns: &mut Vec<u32>| {
            columns.iter_mut().zip(self.row(y)).for_each(|(sum, shade)| *sum += u32::from(*shade));
        };
        for y in 0..radius.min(height) {
            add(y, &mut columns);
            rows += 1;
        }
        for y in 0..height {
            if y + radius < height {
                add(y + radius, &mut columns);
                rows += 1;
            }
            if let Some(gone) = y.checked_sub(radius + 1) {
                columns.iter_mut().zip(self.row(gone)).for_each(|(sum, shade)| *sum -= u32::from(*shade));
                rows -= 1;
            }
            let mut sum: u32 = columns.iter().take(radius).sum();
            let mut count = radius.min(width) as u32;
            // Only near the edges do pixels have fewer around them than those before.
            let mut by = Divisor::new(count.max(1) * rows);
            for (x, shade) in self.row(y).iter().enumerate() {
                if let Some(entering) = columns.get(x + radius) {
                    sum += entering;
                    count += 1;
                }
                if let Some(gone) = x.checked_sub(radius + 1) {
                    sum -= columns[gone];
                    count -= 1;
                }
                if by.number != count * rows {
                    by = Divisor::new(count * rows);
                }
                let mean = by.divide(sum) as i32;
                shades.push(change(i32::from(*shade), mean).clamp(0, 255) as u8);
            }
        }
        self.same_size(shades)
    }

    fn same_size(&self, shades: Vec<u8>) -> Self {
        Self::made(self.width(), self.height(), shades)
    }
}

/// A number that much is divided by, which takes long: so it is multiplied by what one such part is.
struct Divisor {
    number: u32,
    part: u64,
}

impl Divisor {
    const BITS: u32 = 40;

    fn new(number: u32) -> Self {
        Self { number, part: (1 << Self::BITS) / u64::from(number) + 1 }
    }

    /// The whole part of `sum` divided by the number; exact for means of shades.
    fn divide(&self, sum: u32) -> u32 {
        ((u64::from(sum) * self.part) >> Self::BITS) as u32
    }
}

/// The pixel before the middle of `at` of `count`, stretched over `size` pixels from `from`, and how
/// far beyond it that is, in 256ths; none is beyond `whole`.
fn place(at: usize, count: usize, from: usize, size: usize, whole: usize) -> (usize, u32) {
    let fixed = (((2 * at + 1) * size * 128) / count + from * 256).saturating_sub(128).min((whole - 1) * 256);
    (fixed / 256, (fixed % 256) as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(width: usize, shades: &[u8]) -> Grey {
        Grey::new(width, shades.len() / width, shades.to_vec()).unwrap()
    }

    #[test]
    fn pictures_shrink_to_means_and_grow_by_mixing() {
        let small = picture(5, &[0, 2, 4, 6, 99, 2, 4, 6, 8, 99]).divided(2);
        assert_eq!((small.width(), small.height(), small.shades()), (2, 1, &[2, 6][..]));
        assert_eq!(picture(1, &[7]).divided(3).shades(), [7]);
        let large = picture(2, &[0, 200]).enlarged(200);
        assert_eq!((large.width(), large.height()), (4, 2));
        assert_eq!(large.shades(), [0, 50, 150, 200, 0, 50, 150, 200]);
        assert_eq!(picture(2, &[10, 20, 30, 40]).enlarged(100).shades(), [10, 20, 30, 40]);
    }

    #[test]
    fn means_are_exact() {
        for number in (1..=81 * 81).step_by(7) {
            let by = Divisor::new(number);
            for sum in [0, 1, number - 1, number, 128 * number - 1, 128 * number, 255 * number - 1, 255 * number] {
                assert_eq!(by.divide(sum), sum / number, "{sum} / {number}");
            }
        }
    }

    #[test]
    fn means_are_those_of_the_pixels_that_there_are() {
        let flat = picture(3, &[50; 9]);
        assert_eq!(flat.smoothed().shades(), [50; 9]);
        assert_eq!(flat.by_mean(40).shades(), [255; 9]);
        assert_eq!(flat.sharpened(2).shades(), [50; 9]);
        assert_eq!(picture(3, &[0, 0, 90, 0, 0, 0, 0, 0, 0]).smoothed().shades(), [0, 15, 22, 0, 10, 15, 0, 0, 0]);
        assert_eq!(picture(2, &[10, 200]).by_mean(1).shades(), [0, 255]);
        assert_eq!(flat.inverted().shades(), [205; 9]);
    }
}
