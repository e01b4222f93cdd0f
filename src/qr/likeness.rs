//! How much a place in a grey picture is like a mark. This takes no time, and most places that cut
//! like one are none.

#![expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "places in pictures are below 2^16")]

use super::finders::Place;
use super::fit::Three;
use super::grey::Grey;
use super::marks::Mark;

/// What marks are like at least: those of codes that can be read are above 0.8, others below 0.35.
pub(super) const LEAST: f32 = 0.45;
/// What marks are like of which there is no doubt.
pub(super) const SURE: f32 = 0.8;

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
    [0.0_f32, 22.5, 45.0, 67.5].map(f32::to_radians).into_iter().any(|angle| {
        let (sin, cos) = angle.sin_cos();
        correlation(picture, placed(mark, ((cos, sin), (-sin, cos)), 1.0)) > least
    })
}

/// How much `mark` is like one whose sides are along `axes`, at its size or a little off.
fn of_mark(picture: &Grey, mark: &Mark, axes: (Place, Place)) -> f32 {
    [0.85, 1.0, 1.15].map(|scale| correlation(picture, placed(mark, axes, scale))).into_iter().fold(0.0, f32::max)
}

/// Where a place in `mark`, in modules from its middle, is in the picture.
fn placed(mark: &Mark, axes: (Place, Place), scale: f32) -> impl Fn(f32, f32) -> Place {
    let module = |axis: Place| {
        // Marks are measured along rows and columns.
        let module = mark.size / 7.0 * axis.0.abs().max(axis.1.abs()) * scale;
        (axis.0 * module, axis.1 * module)
    };
    let (across, down, middle) = (module(axes.0), module(axes.1), (mark.x, mark.y));
    move |x, y| (middle.0 + x * across.0 + y * down.0, middle.1 + x * across.1 + y * down.1)
}

/// The correlation of a mark and its light border with what `picture` shows where `at` says, by
/// modules from its middle.
fn correlation(picture: &Grey, at: impl Fn(f32, f32) -> Place) -> f32 {
    let (mut count, mut sum, mut squares, mut signs, mut both) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for (x, y) in (-4..=4_i8).flat_map(|y| (-4..=4_i8).map(move |x| (x, y))) {
        let ring = x.abs().max(y.abs());
        let sign = if ring == 2 || ring == 4 { 1.0 } else { -1.0 };
        let (left, top) = at(f32::from(x), f32::from(y));
        if left < 0.0 || top < 0.0 || left as usize >= picture.width() || top as usize >= picture.height() {
            continue;
        }
        let shade = f32::from(picture.row(top as usize)[left as usize]);
        count += 1.0;
        sum += shade;
        squares += shade * shade;
        signs += sign;
        both += sign * shade;
    }
    let spread = (squares * count - sum * sum).max(0.0) * (count * count - signs * signs);
    if spread < 1.0 { 0.0 } else { (both * count - sum * signs) / spread.sqrt() }
}
