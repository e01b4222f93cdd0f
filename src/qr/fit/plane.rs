//! A square of modules as a camera sees it: a plane in perspective.

use super::super::finders::Place;
use super::field::Field;
use super::template::Template;

/// From modules to pixels.
#[derive(Debug, Clone)]
pub(super) struct Plane {
    numbers: [f32; 8],
    /// The distance of the middles of two marks, in modules.
    apart: f32,
}

/// How far the middle of a mark is from the edges, in modules.
const MIDDLE: f32 = 3.5;

impl Plane {
    /// The plane of `side` modules on which the middles of the marks, and of one where there is none,
    /// are at `middles`: clockwise from the top left.
    pub(super) fn new(side: usize, middles: [Place; 4]) -> Self {
        let [one, two, three, four] = middles;
        // P. Heckbert, Fundamentals of Texture Mapping, 2.2.3.
        let bent = (one.0 - two.0 + three.0 - four.0, one.1 - two.1 + three.1 - four.1);
        let (right, below) = ((two.0 - three.0, two.1 - three.1), (four.0 - three.0, four.1 - three.1));
        let whole = right.0 * below.1 - below.0 * right.1;
        let whole = if whole.abs() < f32::EPSILON { f32::EPSILON } else { whole };
        let tilt_x = (bent.0 * below.1 - below.0 * bent.1) / whole;
        let tilt_y = (right.0 * bent.1 - bent.0 * right.1) / whole;
        let numbers = [
            two.0 - one.0 + tilt_x * two.0,
            four.0 - one.0 + tilt_y * four.0,
            one.0,
            two.1 - one.1 + tilt_x * two.1,
            four.1 - one.1 + tilt_y * four.1,
            one.1,
            tilt_x,
            tilt_y,
        ];
        Self { numbers, apart: side as f32 - 2.0 * MIDDLE }
    }

    /// Where the point `x`, `y`, in modules from the corner, is.
    pub(super) fn at(&self, x: f32, y: f32) -> Place {
        let (x, y) = ((x - MIDDLE) / self.apart, (y - MIDDLE) / self.apart);
        let row = |numbers: &[f32], last: f32| numbers[0] * x + numbers[1] * y + last;
        let depth = row(&self.numbers[6..], 1.0);
        let depth = if depth.abs() < f32::EPSILON { f32::EPSILON } else { depth };
        (row(&self.numbers[..2], self.numbers[2]) / depth, row(&self.numbers[3..5], self.numbers[5]) / depth)
    }
}

/// Moves `middles` to where `template` fits best; `module` is the width of one, in pixels.
pub(super) fn fit(field: &Field, template: &Template, middles: [Place; 4], module: f32) -> (f32, Plane) {
    const STEPS: [f32; 4] = [0.8, 0.4, 0.2, 0.1];
    const ROUNDS: usize = 6;
    let mut best = middles;
    let mut score = template.likeness(field, &Plane::new(template.side, best));
    for step in STEPS.map(|step| step * module) {
        for _ in 0..ROUNDS {
            let before = score;
            for corner in 0..4 {
                // The fourth has no mark to hold it, so it moves further.
                let step = if corner == 2 { step * 2.0 } else { step };
                for (x, y) in [(step, 0.0), (-step, 0.0), (0.0, step), (0.0, -step)] {
                    let mut moved = best;
                    moved[corner] = (best[corner].0 + x, best[corner].1 + y);
                    let new = template.likeness(field, &Plane::new(template.side, moved));
                    if new > score {
                        (score, best) = (new, moved);
                    }
                }
            }
            if score <= before {
                break;
            }
        }
    }
    (score, Plane::new(template.side, best))
}
