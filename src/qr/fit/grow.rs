//! Crumpled paper: a mesh that grows from the marks, where it is known, over the code.
//!
//! Each point is looked for where those next to it say, so it may be off by many modules in the end, as long as
//! neighbours are off by nearly as much.

use super::super::finders::Place;
use super::field::Field;
use super::plane::Plane;
use super::template::Template;

/// How many modules around a point tell where it is.
const REACH: i32 = 3;

/// A point of the mesh: how far off it is, and how that changes with each module to the right and down.
#[derive(Debug, Clone, Copy, Default)]
struct Node {
    off: Place,
    right: Place,
    down: Place,
    /// How clear modules around it are: 1 is as much as the contrast.
    clear: f32,
}

impl Node {
    /// How far off a place is that is `x`, `y` modules from here.
    fn at(&self, x: f32, y: f32) -> Place {
        (self.off.0 + self.right.0 * x + self.down.0 * y, self.off.1 + self.right.1 * x + self.down.1 * y)
    }

    /// The same with one of its six numbers changed by `by`.
    fn changed(mut self, number: usize, by: f32) -> Self {
        match number {
            0 => self.off.0 += by,
            1 => self.off.1 += by,
            2 => self.right.0 += by / 4.0,
            3 => self.right.1 += by / 4.0,
            4 => self.down.0 += by / 4.0,
            _ => self.down.1 += by / 4.0,
        }
        self
    }
}

/// The points next to one, and how many modules it is to the right of each and below.
struct Near(Vec<(Place, Node)>);

impl Near {
    /// The point, if things go on there as they do around it.
    fn likely(&self) -> Node {
        let of = |pick: fn(&(Place, Node)) -> Place| mean(self.0.iter().map(pick)).unwrap_or_default();
        let off = of(|(by, node)| node.at(by.0, by.1));
        Node { off, right: of(|(_, node)| node.right), down: of(|(_, node)| node.down), clear: 0.0 }
    }

    /// The point, if it is `off`; `likely` is what it would be.
    fn bent(&self, off: Place, likely: &Node) -> Node {
        let slope = |pick: fn(Place) -> f32, rest: Place| {
            let along = self.0.iter().filter(|(by, _)| pick(*by) != 0.0);
            let slopes = along.map(|(by, node)| ((off.0 - node.off.0) / pick(*by), (off.1 - node.off.1) / pick(*by)));
            mean(slopes).map_or(rest, |mean| (0.75 * mean.0 + 0.25 * rest.0, 0.75 * mean.1 + 0.25 * rest.1))
        };
        Node { off, right: slope(|by| by.0, likely.right), down: slope(|by| by.1, likely.down), clear: 0.0 }
    }
}

/// The mean of `places`, if there are any.
fn mean(places: impl Iterator<Item = Place>) -> Option<Place> {
    let (count, sum) =
        places.fold((0.0, (0.0, 0.0)), |(count, sum), one| (count + 1.0, (sum.0 + one.0, sum.1 + one.1)));
    (count > 0.0).then(|| (sum.0 / count, sum.1 / count))
}

struct Growth<'a> {
    field: &'a Field,
    plane: &'a Plane,
    side: usize,
    /// 1 for dark, -1 for light, 0 for unknown, row by row.
    known: Vec<f32>,
    lines: &'a [f32],
    nodes: Vec<Option<Node>>,
    /// What the points next to those of `nodes` would be.
    next: Vec<Option<Node>>,
}

/// How far off each point of a mesh with `lines` is, row by row.
pub(super) fn grown(field: &Field, plane: &Plane, template: &Template, lines: &[f32]) -> Vec<Place> {
    let count = lines.len() * lines.len();
    let (side, known) = (template.side, template.signs());
    let mut growth = Growth { field, plane, side, known, lines, nodes: vec![None; count], next: vec![None; count] };
    growth.begin();
    while growth.go_on() {}
    growth.nodes.into_iter().map(|node| node.unwrap_or_default().off).collect()
}

impl Growth<'_> {
    /// Sets the points in the three marks.
    fn begin(&mut self) {
        /// How far a mark and its border reach from its middle.
        const MARK: f32 = 4.6;
        let far = self.side as f32 - 3.5;
        for middle in [(3.5, 3.5), (far, 3.5), (3.5, far)] {
            let mark = self.mark(middle);
            for at in 0..self.nodes.len() {
                let (x, y) = self.place(at);
                let (x, y) = (x - middle.0, y - middle.1);
                if x.abs().max(y.abs()) <= MARK {
                    self.nodes[at] = Some(Node { off: mark.at(x, y), ..mark });
                }
            }
        }
        for at in (0..self.nodes.len()).filter(|at| self.nodes[*at].is_some()).collect::<Vec<_>>() {
            self.look_around(at);
        }
    }

    /// Where the point `at` would be, in modules from the corner.
    fn place(&self, at: usize) -> Place {
        let count = self.lines.len();
        (self.lines[at % count], self.lines[at / count])
    }

    /// How the mark with its middle at `middle` is off.
    fn mark(&self, middle: Place) -> Node {
        let around = || (-4..=4).flat_map(|y| (-4..=4).map(move |x| (x as f32, y as f32)));
        let judged = |node: Node| {
            let clear = around().map(|by| self.shown(middle, by, node.at(by.0, by.1))).sum();
            Node { clear, ..node }
        };
        let mut best = judged(Node::default());
        for step in [0.5, 0.5, 0.25, 0.25, 0.12, 0.12] {
            for (n, by) in (0..6).flat_map(|n| [(n, step), (n, -step)]) {
                let node = judged(best.changed(n, by));
                if node.clear > best.clear {
                    best = node;
                }
            }
        }
        best
    }

    /// How clear the module is that is `by` modules from `middle`, if it is `off`.
    fn shown(&self, middle: Place, by: Place, off: Place) -> f32 {
        let (x, y) = (middle.0 + by.0, middle.1 + by.1);
        let value = self.field.at(self.plane.at(x + off.0, y + off.1)).clamp(-1.0, 1.0);
        let side = self.side as f32;
        if x < 0.0 || y < 0.0 || x >= side || y >= side {
            // The light border, if nothing stands there.
            return -0.7 * value;
        }
        let sign = self.known[y as usize * self.side + x as usize];
        if sign == 0.0 { value.abs() } else { 1.5 * sign * value }
    }

    /// Sets the clearest of the next points; `false` if there is none.
    fn go_on(&mut self) -> bool {
        let next = (0..self.next.len()).filter(|at| self.nodes[*at].is_none());
        let best = next.filter_map(|at| Some((self.next[at]?.clear, at))).max_by(|one, two| one.0.total_cmp(&two.0));
        let Some((_, at)) = best else { return false };
        self.nodes[at] = self.next[at];
        self.look_around(at);
        true
    }

    /// The points next to `at`.
    fn neighbours(&self, at: usize) -> impl Iterator<Item = usize> + use<> {
        let count = self.lines.len();
        let (column, row) = (at % count, at / count);
        let near = [
            (column > 0).then(|| at - 1),
            (column + 1 < count).then_some(at + 1),
            (row > 0).then(|| at - count),
            (row + 1 < count).then_some(at + count),
        ];
        near.into_iter().flatten()
    }

    /// Looks for the points next to `at` anew.
    fn look_around(&mut self, at: usize) {
        for other in self.neighbours(at) {
            if self.nodes[other].is_none() {
                self.next[other] = Some(self.found(other));
            }
        }
    }

    /// The point `at`, from what is known around it: where it is clearest, and not far from where it would be.
    fn found(&self, at: usize) -> Node {
        const STIFFNESS: f32 = 0.25;
        let (x, y) = self.place(at);
        let known = self.neighbours(at).filter_map(|other| {
            let place = self.place(other);
            Some(((x - place.0, y - place.1), self.nodes[other]?))
        });
        let near = Near(known.collect());
        let first = near.likely();
        let judged = |off: Place| {
            let far = (off.0 - first.off.0).powi(2) + (off.1 - first.off.1).powi(2);
            let node = near.bent(off, &first);
            Node { clear: self.clearness((x, y), &node) - STIFFNESS * far, ..node }
        };
        let mut best = judged(first.off);
        for (step, reach) in [(0.22, 2), (0.08, 1)] {
            let middle = best.off;
            for (right, down) in (-reach..=reach).flat_map(|down| (-reach..=reach).map(move |right| (right, down))) {
                let node = judged((middle.0 + right as f32 * step, middle.1 + down as f32 * step));
                if node.clear > best.clear {
                    best = node;
                }
            }
        }
        best
    }

    /// How clear the modules around `node` at `place` are.
    fn clearness(&self, place: Place, node: &Node) -> f32 {
        // The middle of the module that the point is in.
        let middle = (place.0.floor() + 0.5, place.1.floor() + 0.5);
        let shift = (middle.0 - place.0, middle.1 - place.1);
        let mut sum = 0.0;
        for (x, y) in (-REACH..=REACH).flat_map(|y| (-REACH..=REACH).map(move |x| (x as f32, y as f32))) {
            sum += self.shown(middle, (x, y), node.at(x + shift.0, y + shift.1));
        }
        sum / ((2 * REACH + 1) * (2 * REACH + 1)) as f32
    }
}
