//! Pictures crowded with corner marks of QR codes, drawn to keep a reader busy.
//!
//! Decoders try the marks three by three, so a thousand marks mean a billion tries. They are
//! counted first, in a time that grows with the picture only.

/// A picture in black and white.
pub(super) struct Bits<F: Fn(usize, usize) -> bool> {
    pub(super) width: usize,
    pub(super) height: usize,
    /// Whether the pixel at a column and a row is black.
    pub(super) black: F,
}

/// The middle of a mark.
#[derive(Clone, Copy)]
struct Mark {
    x: usize,
    y: usize,
    /// The length of its side.
    size: usize,
}

impl<F: Fn(usize, usize) -> bool> Bits<F> {
    /// Whether there are more than `most` marks.
    pub(super) fn is_crowded(&self, most: usize) -> bool {
        let mut marks: Vec<Mark> = Vec::new();
        for y in 0..self.height {
            self.marks_in_row(y, |mark| {
                let near = |one: usize, two: usize| one.abs_diff(two) <= mark.size / 4;
                if !marks.iter().rev().any(|known| near(known.x, mark.x) && near(known.y, mark.y)) {
                    marks.push(mark);
                }
                marks.len() <= most
            });
            if marks.len() > most {
                return true;
            }
        }
        false
    }

    /// Hands the marks that row `y` cuts to `keep`, until it says stop.
    fn marks_in_row(&self, y: usize, mut keep: impl FnMut(Mark) -> bool) {
        let mut runs = [0; 5];
        let mut colour = false;
        for x in 0..=self.width {
            let black = x < self.width && (self.black)(x, y);
            if black == colour {
                runs[4] += 1;
                continue;
            }
            if colour
                && looks_like_a_mark(runs)
                && let Some(mark) = self.mark_at(x - runs[4] - runs[3] - runs[2].div_ceil(2), y, runs.iter().sum())
                && !keep(mark)
            {
                return;
            }
            runs.rotate_left(1);
            runs[4] = 1;
            colour = black;
        }
    }

    /// The mark around `x`, `y`, if a column says so too; `size` is its length in the row.
    fn mark_at(&self, x: usize, y: usize, size: usize) -> Option<Mark> {
        let above = self.column_runs(x, size, |n| y.checked_sub(n))?;
        let below = self.column_runs(x, size, |n| Some(y + n).filter(|y| *y < self.height))?;
        let runs = [above[2], above[1], above[0] + below[0] + 1, below[1], below[2]];
        let middle = usize::midpoint(y.saturating_sub(above[0]), y + below[0]);
        looks_like_a_mark(runs).then_some(Mark { x, y: middle, size })
    }

    /// The lengths of the black, white and black runs in column `x`, in the rows that `row` counts
    /// off from 1; `None` if one is longer than `most`, so that stripes cost no more than marks.
    fn column_runs(&self, x: usize, most: usize, row: impl Fn(usize) -> Option<usize>) -> Option<[usize; 3]> {
        let mut runs = [0; 3];
        let mut part = 0;
        for y in (1..).map_while(row) {
            if (self.black)(x, y) == (part == 1) {
                part += 1;
            }
            let Some(run) = runs.get_mut(part) else { break };
            *run += 1;
            if *run > most {
                return None;
            }
        }
        Some(runs)
    }
}

/// Whether the lengths of five runs are as 1 : 1 : 3 : 1 : 1, each half as much off at most.
fn looks_like_a_mark(runs: [usize; 5]) -> bool {
    let total: usize = runs.iter().sum();
    // In fourteenths of the whole, so that halves need no fractions.
    let off = |run: usize, parts: usize| (14 * run).abs_diff(2 * parts * total) <= parts * total;
    runs.iter().all(|run| *run > 0) && runs.into_iter().zip([1, 1, 3, 1, 1]).all(|(run, parts)| off(run, parts))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A mark of a QR code with its white border, one pixel to a module.
    const MARK: [&str; 9] = [
        "         ",
        " ####### ",
        " #     # ",
        " # ### # ",
        " # ### # ",
        " # ### # ",
        " #     # ",
        " ####### ",
        "         ",
    ];

    fn crowded(columns: usize, rows: usize, scale: usize, most: usize) -> bool {
        let black = |x: usize, y: usize| MARK[y / scale % 9].as_bytes()[x / scale % 9] == b'#';
        Bits { width: columns * 9 * scale, height: rows * 9 * scale, black }.is_crowded(most)
    }

    #[test]
    fn marks_are_counted_once_each() {
        for scale in [1, 2, 3, 10] {
            assert!(!crowded(4, 3, scale, 12), "{scale}");
            assert!(crowded(4, 3, scale, 11), "{scale}");
        }
    }

    #[test]
    fn stripes_are_no_marks() {
        let black = |x: usize, _: usize| b"##  ######  ##  "[x % 16] == b'#';
        assert!(!Bits { width: 1600, height: 1600, black }.is_crowded(0));
    }

    #[test]
    fn a_picture_without_pixels_has_no_marks() {
        assert!(!Bits { width: 0, height: 0, black: |_, _| true }.is_crowded(0));
    }
}
