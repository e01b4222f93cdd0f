//! Paper is not flat: how far alignment patterns are from where the plane says.

use super::super::finders::Place;
use super::field::Field;
use super::grow;
use super::plane::Plane;
use super::template::{Template, ring};

/// A plane, bent between the middles of alignment patterns.
pub(super) struct Mesh<'a> {
    plane: &'a Plane,
    /// Where the middles are, in modules, the same across and down.
    lines: Vec<f32>,
    /// How far off each middle is, in modules, row by row.
    off: Vec<Place>,
}

impl<'a> Mesh<'a> {
    pub(super) fn new(field: &Field, plane: &'a Plane, template: &Template) -> Self {
        let lines: Vec<f32> = template.centres.iter().map(|centre| *centre as f32 + 0.5).collect();
        let count = lines.len();
        let mut seen: Vec<Option<Place>> = Vec::with_capacity(count * count);
        for (row, y) in template.centres.iter().enumerate() {
            for (column, x) in template.centres.iter().enumerate() {
                let corner = (row == 0 && (column == 0 || column == count - 1)) || (row == count - 1 && column == 0);
                seen.push(if corner { Some((0.0, 0.0)) } else { off(field, plane, *x, *y) });
            }
        }
        Self { plane, lines, off: filled(&seen, count) }
    }

    /// Grown from the marks, however far the paper is bent between them.
    pub(super) fn grown(field: &Field, plane: &'a Plane, template: &Template) -> Self {
        const SPACING: usize = 4;
        let lines = lines(template.side, SPACING);
        let off = grow::grown(field, plane, template, &lines);
        Self { plane, lines, off }
    }

    /// Where the point `x`, `y`, in modules from the corner, is.
    pub(super) fn at(&self, x: f32, y: f32) -> Place {
        let (right, down) = self.bent(x, y);
        self.plane.at(x + right, y + down)
    }

    /// Bent further, so that the middles of modules are as dark or as light as can be: on an edge
    /// between two they would be neither. It begins where this one is, as every module looks like
    /// the next.
    pub(super) fn refined(&self, field: &Field, template: &Template) -> Self {
        const SPACING: usize = 6;
        let lines = lines(template.side, SPACING);
        let count = lines.len();
        let off = (0..count * count).map(|at| self.bent(lines[at % count], lines[at / count])).collect();
        Self { plane: self.plane, lines, off }.polished(field, template, &[0.5, 0.25, 0.25, 0.12, 0.12])
    }

    /// Each point moved by `steps` to where the modules around it are clearer.
    pub(super) fn polished(mut self, field: &Field, template: &Template, steps: &[f32]) -> Self {
        let known = template.signs();
        for step in steps {
            for at in 0..self.off.len() {
                self.improve(field, &known, at, *step);
            }
        }
        self
    }

    /// Moves the point `at` by `step` where that makes the modules around it clearer.
    fn improve(&mut self, field: &Field, known: &[f32], at: usize, step: f32) {
        let first = self.off[at];
        let mut best = (self.clearness(field, known, at), first);
        for (x, y) in [(step, 0.0), (-step, 0.0), (0.0, step), (0.0, -step)] {
            self.off[at] = (first.0 + x, first.1 + y);
            let score = self.clearness(field, known, at);
            if score > best.0 {
                best = (score, self.off[at]);
            }
        }
        self.off[at] = best.1;
    }

    /// How clear the modules around the point `at` are, less what it is off from its neighbours.
    fn clearness(&self, field: &Field, known: &[f32], at: usize) -> f32 {
        const STIFFNESS: f32 = 6.0;
        let (count, side) = (self.lines.len(), known.len().isqrt());
        let (column, row) = (at % count, at / count);
        let span = |n: usize| {
            let from = self.lines[n.saturating_sub(1)] as usize;
            from..(self.lines[(n + 1).min(count - 1)].ceil() as usize).min(side)
        };
        let mut sum = 0.0;
        for (x, y) in span(row).flat_map(|y| span(column).map(move |x| (x, y))) {
            let value = field.at(self.at(x as f32 + 0.5, y as f32 + 0.5)).clamp(-1.0, 1.0);
            let sign = known[y * side + x];
            sum += if sign == 0.0 { value.abs() } else { 1.5 * sign * value };
        }
        let here = self.off[at];
        let near = [
            (column > 0).then(|| at - 1),
            (column + 1 < count).then_some(at + 1),
            at.checked_sub(count),
            Some(at + count),
        ];
        let bends = near
            .into_iter()
            .flatten()
            .filter_map(|other| self.off.get(other))
            .map(|other| (other.0 - here.0).powi(2) + (other.1 - here.1).powi(2));
        sum - STIFFNESS * bends.sum::<f32>()
    }

    fn bent(&self, x: f32, y: f32) -> Place {
        let count = self.lines.len();
        if count < 2 {
            return (0.0, 0.0);
        }
        let cell = |at: f32| {
            let first = self.lines.iter().rposition(|line| *line <= at).unwrap_or(0).min(count - 2);
            (first, ((at - self.lines[first]) / (self.lines[first + 1] - self.lines[first])).clamp(-0.5, 1.5))
        };
        let ((column, across), (row, down)) = (cell(x), cell(y));
        let node = |row: usize, column: usize| self.off[row * count + column];
        let mix = |one: Place, two: Place, part: f32| (one.0 + (two.0 - one.0) * part, one.1 + (two.1 - one.1) * part);
        let above = mix(node(row, column), node(row, column + 1), across);
        let below = mix(node(row + 1, column), node(row + 1, column + 1), across);
        mix(above, below, down)
    }
}

/// Where the points of a mesh are, about `spacing` modules apart, the same across and down.
fn lines(side: usize, spacing: usize) -> Vec<f32> {
    let count = (side / spacing).max(3) + 1;
    (0..count).map(|n| (n * side) as f32 / (count - 1) as f32).collect()
}

/// How far the alignment pattern around module `x`, `y` is off, in modules; `None` if it is not seen.
fn off(field: &Field, plane: &Plane, x: usize, y: usize) -> Option<Place> {
    const REACH: i32 = 8;
    const STEP: f32 = 0.25;
    const SEEN: f32 = 0.45;
    let mut best = (SEEN, None);
    for (right, down) in (-REACH..=REACH).flat_map(|right| (-REACH..=REACH).map(move |down| (right, down))) {
        let by = (right as f32 * STEP, down as f32 * STEP);
        // Of two that are as good, the nearer.
        let far = by.0.hypot(by.1) * 0.02;
        let score = ring(field, x, y, |x, y| plane.at(x + by.0, y + by.1)) - far;
        if score > best.0 {
            best = (score, Some(by));
        }
    }
    best.1
}

/// Unseen patterns are off as the mean of their neighbours.
fn filled(seen: &[Option<Place>], count: usize) -> Vec<Place> {
    let mut known = seen.to_vec();
    while known.iter().any(Option::is_none) {
        let around = |at: usize| {
            let (row, column) = (at / count, at % count);
            let near = |other: &usize| (other / count).abs_diff(row) + (other % count).abs_diff(column) == 1;
            let places: Vec<Place> = (0..known.len()).filter(near).filter_map(|other| known[other]).collect();
            let sum = places.iter().fold((0.0, 0.0), |sum, place| (sum.0 + place.0, sum.1 + place.1));
            (!places.is_empty()).then(|| (sum.0 / places.len() as f32, sum.1 / places.len() as f32))
        };
        let next: Vec<_> = (0..known.len()).map(|at| known[at].or_else(|| around(at))).collect();
        if next == known {
            break;
        }
        known = next;
    }
    known.into_iter().map(Option::unwrap_or_default).collect()
}
