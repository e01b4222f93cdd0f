//! The modules that are known before a code is read.

use super::super::finders::Place;
use super::super::symbol::Layout;
use super::field::Field;
use super::plane::Plane;

/// The known modules of codes of one size.
pub(super) struct Template {
    /// Modules along a side.
    pub(super) side: usize,
    /// Column, row, and 1 for dark, -1 for light.
    pub(super) known: Vec<(usize, usize, f32)>,
    /// The middles of the alignment patterns along a side, those that would be in marks included.
    pub(super) centres: Vec<usize>,
}

impl Template {
    pub(super) fn new(side: usize) -> Self {
        let layout = Layout::new(side);
        let known = layout.as_ref().map(Layout::known).unwrap_or_default();
        let known = known.into_iter().map(|(x, y, dark)| (x, y, if dark { 1.0 } else { -1.0 })).collect();
        Self { side, known, centres: layout.map(|layout| layout.centres().collect()).unwrap_or_default() }
    }

    /// What is known of each module, row by row: 1 for dark, -1 for light, 0 for nothing.
    pub(super) fn signs(&self) -> Vec<f32> {
        let mut signs = vec![0.0; self.side * self.side];
        self.known.iter().for_each(|(x, y, sign)| signs[y * self.side + x] = *sign);
        signs
    }

    /// How much what `plane` shows of `field` is like the known modules: 1 is as much as the
    /// contrast around.
    pub(super) fn likeness(&self, field: &Field, plane: &Plane) -> f32 {
        let sum: f32 = self.known.iter().map(|(x, y, sign)| sign * shown(field, plane, *x as f32, *y as f32)).sum();
        sum / self.known.len().max(1) as f32
    }

    /// Places where the fourth mark may be, by the alignment pattern next to it: first where it is on
    /// a flat code.
    pub(super) fn fourths(&self, field: &Field, middles: [Place; 4], module: f32) -> Vec<Place> {
        const REACH: f32 = 0.12;
        const TAKEN: usize = 3;
        let flat = middles[2];
        let Some(last) = self.centres.last().copied() else { return vec![flat] };
        let reach = (self.side as f32 * REACH).ceil() as i32;
        let mut places: Vec<(f32, Place)> = Vec::new();
        for (right, down) in (-reach..=reach).flat_map(|right| (-reach..=reach).map(move |down| (right, down))) {
            let place = (flat.0 + right as f32 * module, flat.1 + down as f32 * module);
            let tilted = Plane::new(self.side, [middles[0], middles[1], place, middles[3]]);
            places.push((ring(field, last, last, |x, y| tilted.at(x, y)), place));
        }
        places.sort_by(|one, two| two.0.total_cmp(&one.0));
        let near = |one: Place, two: Place| (one.0 - two.0).abs().max((one.1 - two.1).abs()) < 2.5 * module;
        let mut taken = vec![flat];
        for (_, place) in places {
            if taken.len() <= TAKEN && !taken.iter().any(|other| near(*other, place)) {
                taken.push(place);
            }
        }
        taken
    }
}

/// How dark the middle of a module is.
fn shown(field: &Field, plane: &Plane, x: f32, y: f32) -> f32 {
    field.at(plane.at(x + 0.5, y + 0.5)).clamp(-1.5, 1.5)
}

/// How much there is of an alignment pattern around the module `x`, `y`, seen by `at`.
pub(super) fn ring(field: &Field, x: usize, y: usize, at: impl Fn(f32, f32) -> Place) -> f32 {
    let mut sum = 0.0;
    for n in 0..25 {
        let (right, down) = (n % 5, n / 5);
        let edge = right.min(4 - right).min(down).min(4 - down);
        let sign = if edge == 1 { -1.0 } else { 1.0 };
        let place = at((x + right) as f32 - 1.5, (y + down) as f32 - 1.5);
        sum += sign * field.at(place).clamp(-1.5, 1.5);
    }
    sum / 25.0
}

/// How much there is of the timing patterns of a code of `side` modules, a little off at most.
pub(super) fn timing(field: &Field, plane: &Plane, side: usize) -> f32 {
    let along = |off: f32, turned: bool| {
        let modules = (8..side - 8).map(|at| {
            let (x, y) = (at as f32, 6.0 + off);
            let (x, y) = if turned { (y, x) } else { (x, y) };
            let sign = if at % 2 == 0 { 1.0 } else { -1.0 };
            sign * shown(field, plane, x, y)
        });
        modules.sum::<f32>() / (side - 16) as f32
    };
    let best =
        |turned: bool| [-0.7, -0.35, 0.0, 0.35, 0.7].map(|off| along(off, turned)).into_iter().fold(f32::MIN, f32::max);
    best(false) + best(true)
}
