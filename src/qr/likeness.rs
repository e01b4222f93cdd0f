//! How much a place in a grey picture is like a mark. This takes no time, and most places that cut
//! like one are none.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "places in pictures are below 2^16"
)]

use super::finders::Place;
use super::fit::Three;
use super::grey::Grey;
use super::marks::Mark;

/// What marks are like at least: those of codes that can be read are above 0.8, others below 0.35.
pub(super) const LEAST: f32 = 0.45;
/// What marks are like that are worth a search for a code: chance makes none, not even in noise.
pub(super) const HOPE: f32 = 0.7;
/// What marks are like of which there is no doubt.
pub(super) const SURE: f32 = 0.8;
/// What a mark may be like at least to be one of three that are tried: chance makes few.
pub(super) const TRIED: f32 = 0.2;

/// What [`is_mark`] costs, in units of `work`.
pub(super) const COST: u64 = 2500;

/// How much the least likely of `three` is like a mark, turned as the three say: 1 at most, and 0 for
/// what is anything.
pub(super) fn of_three(picture: &Grey, three: &Three) -> f32 {
    let [corner, right, below] = three.map(|mark| (mark.x, mark.y));
    let towards = |to: Place| {
        let (x, y) = (to.0 - corner.0, to.1 - corner.1);
        let long = x.hypot(y).max(1.0);
        (x / long, y / long)
    };
    let axes = (towards(right), towards(below));
    three.iter().map(|mark| of_mark(picture, mark, axes)).fold(1.0, f32::min)
}

/// Whether `mark` is like one at least as much as `least`, turned in any way.
pub(super) fn is_mark(picture: &Grey, mark: &Mark, least: f32) -> bool {
    has_core(picture, mark)
        && [0.0_f32, 22.5, 45.0, 67.5].map(f32::to_radians).into_iter().any(|angle| {
            let (sin, cos) = angle.sin_cos();
            correlation(picture, placed(mark, ((cos, sin), (-sin, cos)), (1.0, 1.0))) > least
        })
}

/// Whether the middle of `mark` is darker than what is around it, which is soon seen and mostly not so where
/// there is no mark: by a part of what all the shades there differ by.
fn has_core(picture: &Grey, mark: &Mark) -> bool {
    const PART: f32 = 0.3;
    let module = mark.size / 7.0;
    let (mut least, mut most) = (f32::MAX, f32::MIN);
    let mut mean = |places: &[Place], far: f32| {
        let mut sum = 0.0;
        for (x, y) in places {
            let shade = shade(picture, (mark.x + x * far * module, mark.y + y * far * module)).unwrap_or_default();
            (least, most) = (least.min(shade), most.max(shade));
            sum += shade;
        }
        sum / places.len() as f32
    };
    let apart = mean(&AROUND, 2.05) - mean(&AROUND, 0.8);
    apart > PART * (most - least)
}

/// Places around a middle, all as far from it.
const AROUND: [Place; 12] = [
    (1.0, 0.0),
    (0.866, 0.5),
    (0.5, 0.866),
    (0.0, 1.0),
    (-0.5, 0.866),
    (-0.866, 0.5),
    (-1.0, 0.0),
    (-0.866, -0.5),
    (-0.5, -0.866),
    (0.0, -1.0),
    (0.5, -0.866),
    (0.866, -0.5),
];

/// The shade of `picture` at a place; `None` outside.
fn shade(picture: &Grey, (left, top): Place) -> Option<f32> {
    let is_inside = left >= 0.0 && top >= 0.0 && (left as usize) < picture.width() && (top as usize) < picture.height();
    is_inside.then(|| f32::from(picture.row(top as usize)[left as usize]))
}

/// How much `mark` is like one whose sides are along `axes`, at its size or a little off, and wider or taller
/// where it is held at an angle.
fn of_mark(picture: &Grey, mark: &Mark, axes: (Place, Place)) -> f32 {
    const SCALES: [(f32, f32); 7] =
        [(0.85, 0.85), (1.0, 1.0), (1.15, 1.15), (0.75, 1.05), (1.05, 0.75), (0.85, 1.3), (1.3, 0.85)];
    SCALES.map(|scales| correlation(picture, placed(mark, axes, scales))).into_iter().fold(0.0, f32::max)
}

/// Where a place in `mark`, in modules from its middle, is in the picture.
fn placed(mark: &Mark, axes: (Place, Place), scales: (f32, f32)) -> impl Fn(f32, f32) -> Place {
    let module = |axis: Place, scale: f32| {
        // Marks are measured along rows and columns.
        let module = mark.size / 7.0 * axis.0.abs().max(axis.1.abs()) * scale;
        (axis.0 * module, axis.1 * module)
    };
    let (across, down, middle) = (module(axes.0, scales.0), module(axes.1, scales.1), (mark.x, mark.y));
    move |x, y| (middle.0 + x * across.0 + y * down.0, middle.1 + x * across.1 + y * down.1)
}

/// The correlation of a mark and its light border with what `picture` shows where `at` says, by
/// modules from its middle.
fn correlation(picture: &Grey, at: impl Fn(f32, f32) -> Place) -> f32 {
    let (mut count, mut sum, mut squares, mut signs, mut both) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for (x, y) in (-4..=4_i8).flat_map(|y| (-4..=4_i8).map(move |x| (x, y))) {
        let ring = x.abs().max(y.abs());
        let sign = if ring == 2 || ring == 4 { 1.0 } else { -1.0 };
        let Some(shade) = shade(picture, at(f32::from(x), f32::from(y))) else { continue };
        count += 1.0;
        sum += shade;
        squares += shade * shade;
        signs += sign;
        both += sign * shade;
    }
    let spread = (squares * count - sum * sum).max(0.0) * (count * count - signs * signs);
    if spread < 1.0 { 0.0 } else { (both * count - sum * signs) / spread.sqrt() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A mark of `module` pixels to a module in the middle of a picture, turned by `degrees`.
    fn drawn(module: f32, degrees: f32) -> (Grey, Mark) {
        let side = (module * 16.0) as usize;
        let middle = side as f32 / 2.0;
        let (sin, cos) = degrees.to_radians().sin_cos();
        let dark = |x: f32, y: f32| {
            let (x, y) = (x - middle, y - middle);
            let ring = (x * cos + y * sin).abs().max((y * cos - x * sin).abs()) / module;
            ring < 1.5 || (2.5..3.5).contains(&ring)
        };
        let shades = (0..side * side).map(|at| {
            let (x, y) = ((at % side) as f32, (at / side) as f32);
            let parts = (0..16).map(|n| ((n % 4) as f32 / 4.0 + 0.125, (n / 4) as f32 / 4.0 + 0.125));
            (250 - 14 * parts.filter(|part| dark(x + part.0, y + part.1)).count()) as u8
        });
        let turned = cos.abs().max(sin.abs());
        (Grey::made(side, side, shades.collect()), Mark { x: middle, y: middle, size: 7.0 * module / turned })
    }

    #[test]
    fn marks_are_like_marks_at_any_size_and_turn() {
        for module in [2.0, 3.3, 10.0] {
            for degrees in [0.0, 10.0, 30.0, 45.0, 60.0] {
                // Of modules of two pixels, turned, there is hardly one of a single colour.
                if module > 2.0 || degrees == 0.0 {
                    let (picture, mark) = drawn(module, degrees);
                    assert!(is_mark(&picture, &mark, SURE), "{module} {degrees}");
                }
            }
        }
    }

    #[test]
    fn three_marks_are_as_like_as_the_least_of_them() {
        let (one, mark) = drawn(4.0, 0.0);
        let (side, row) = (one.width(), [one.shades(), one.shades()]);
        let both = (0..2 * side).flat_map(|y| row[y / side][y % side * side..][..side].repeat(2)).collect();
        let picture = Grey::made(2 * side, 2 * side, both);
        let far = side as f32;
        let (right, below) = (Mark { x: mark.x + far, ..mark }, Mark { y: mark.y + far, ..mark });
        assert!(of_three(&picture, &[mark, right, below]) > SURE);
        let off = Mark { x: right.x + 14.0, ..right };
        assert!(of_three(&picture, &[mark, off, below]) < LEAST);
        assert!(of_three(&picture, &[mark, Mark { x: 1e6, ..right }, below]) <= 0.0);
    }

    #[test]
    fn what_only_cuts_like_a_mark_is_none() {
        let drawn = |dark: fn(usize, usize) -> bool| {
            Grey::made(64, 64, (0..64 * 64).map(|at| if dark(at % 64, at / 64) { 0 } else { 255 }).collect())
        };
        let stripes = drawn(|x, _| (x / 4) % 2 == 1);
        // Crosswise through the middle it is as a mark is, and it has no ring.
        let cross = drawn(|x, y| {
            let near = |at: usize| at.abs_diff(32) < 4;
            let line = |at: usize| at.abs_diff(32) < 6 || (10..14).contains(&at.abs_diff(32));
            near(y) && line(x) || near(x) && line(y)
        });
        let mark = Mark { x: 32.0, y: 32.0, size: 28.0 };
        for picture in [stripes, cross, Grey::made(64, 64, vec![77; 64 * 64])] {
            assert!(!is_mark(&picture, &mark, SURE));
        }
    }
}
