//! Codes that no finder reads: blurred, noisy, damaged, crumpled, or too small.
//!
//! A code is a third known before it is read: finder, timing and alignment patterns stand where its
//! size says. So a plane is laid over the grey picture where all these fit best, bent where they
//! are off, and how light and dark run into each other is learned from them.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "places in pictures and numbers of modules are far within the precision of all types"
)]

use super::finders::{Place, Sink};
use super::grey::Grey;
use super::marks::Mark;
use super::symbol::Grid;

mod equalise;
mod field;
mod grow;
mod mesh;
mod plane;
mod template;

use field::Field;
use mesh::Mesh;
use plane::Plane;
use template::Template;

/// What the known modules must be like at least, 1 being the contrast around.
const LIKENESS: f32 = 0.3;
/// The most sizes that are tried.
const SIZES: usize = 3;
/// The most places to begin at, of all sizes.
const STARTS: usize = 4;

/// Three marks: top left, top right, bottom left.
pub(super) type Three = [Mark; 3];

/// What came of looking at a place in full.
pub(super) enum Outcome {
    /// There is no code.
    Nothing,
    /// There is a code, and it cannot be read. The width of a module, in pixels.
    Unread {
        module: f32,
    },
    Read,
}

/// What it costs to [`read`] there, in units of `work`: planes and meshes for each module of the code, and
/// fields for each pixel around it.
pub(super) fn cost(three: &Three) -> u64 {
    let [corner, right, below] = three.map(|mark| (mark.x, mark.y));
    let modules = distance(corner, right).max(distance(corner, below)) / (three[0].size / 7.0).max(0.8) + 7.0;
    let pixels = modules * 8.0 * 1.3;
    (modules * modules * 700.0 + pixels * pixels * 8.0) as u64
}

/// Hands what may be the code with the corners `three` in `picture` to `sink`.
pub(super) fn read(picture: &Grey, three: &Three, sink: Sink<'_>) -> Outcome {
    let Some(cut) = Cut::new(picture, three) else { return Outcome::Nothing };
    let Some((_, plane, template)) = cut.best().filter(|best| best.0 > LIKENESS) else { return Outcome::Nothing };
    let corners = cut.corners(&plane, template.side);
    let hand =
        |mesh: &Mesh<'_>, sink: Sink<'_>| read_modules(&sample(&cut.field, &template, mesh), &template, &corners, sink);
    let bent = Mesh::new(&cut.field, &plane, &template);
    if hand(&bent, sink) || hand(&bent.refined(&cut.field, &template), sink) {
        return Outcome::Read;
    }
    let grown = Mesh::grown(&cut.field, &plane, &template);
    if hand(&grown, sink) || hand(&grown.polished(&cut.field, &template, &[0.2, 0.1, 0.1]), sink) {
        return Outcome::Read;
    }
    Outcome::Unread { module: cut.module * cut.by }
}

/// Hands modules as dark as `shades` to `sink`, as they are and with blur undone.
fn read_modules(shades: &[f32], template: &Template, corners: &[Place], sink: Sink<'_>) -> bool {
    let mut hand = |shades: &[f32]| {
        let cell = |x: usize, y: usize| (shades[y * template.side + x] * 100.0).clamp(-127.0, 127.0) as i8;
        Grid::soft(template.side, cell).is_some_and(|grid| sink(&grid, corners))
    };
    hand(shades) || [1, 2].iter().filter_map(|reach| equalise::equalised(shades, template, *reach)).any(|s| hand(&s))
}

/// How dark each module is, row by row: the mean of five points in it.
fn sample(field: &Field, template: &Template, mesh: &Mesh<'_>) -> Vec<f32> {
    const POINTS: [Place; 5] = [(0.5, 0.5), (0.3, 0.3), (0.7, 0.3), (0.3, 0.7), (0.7, 0.7)];
    let side = template.side;
    (0..side * side)
        .map(|at| {
            let (x, y) = ((at % side) as f32, (at / side) as f32);
            let points = POINTS.iter().map(|point| mesh.at(x + point.0, y + point.1));
            points.map(|place| field.at(place)).sum::<f32>() / POINTS.len() as f32
        })
        .collect()
}

/// The part of a picture around three marks, at most a few pixels to a module.
struct Cut {
    field: Field,
    /// The middles of the marks.
    middles: [Place; 3],
    /// Where there would be a fourth, on a flat code and on one held at an angle.
    fourths: [Place; 2],
    /// The width of a module.
    module: f32,
    left: f32,
    top: f32,
    /// How many pixels of the picture are one here.
    by: f32,
}

impl Cut {
    fn new(picture: &Grey, three: &Three) -> Option<Self> {
        let [corner, right, below] = three.map(|mark| (mark.x, mark.y));
        let angle = (right.1 - corner.1).atan2(right.0 - corner.0);
        // Marks are measured along rows and columns.
        let turned = angle.cos().abs().max(angle.sin().abs());
        let module = three.iter().map(|mark| mark.size / 21.0).sum::<f32>() * turned;
        let flat = fourth([corner, right, below], [1.0; 3]);
        let tilted = tilted([corner, right, below], three.map(|mark| mark.size)).unwrap_or(flat);
        let all = [corner, right, below, flat, tilted];
        let long = distance(corner, right).max(distance(corner, below));
        let margin = 5.0 * module + long * 0.15;
        let span = |low: f32, high: f32, most: usize| {
            let first = (low - margin).max(0.0) as usize;
            (first, ((high + margin).max(0.0) as usize).min(most).saturating_sub(first))
        };
        let fold = |pick: fn(&Place) -> f32| {
            all.iter().map(pick).fold((f32::MAX, f32::MIN), |(low, high), at| (low.min(at), high.max(at)))
        };
        let ((low_x, high_x), (low_y, high_y)) = (fold(|place| place.0), fold(|place| place.1));
        let (left, width) = span(low_x, high_x, picture.width());
        let (top, height) = span(low_y, high_y, picture.height());
        if width < 21 || height < 21 || module < 0.8 {
            return None;
        }
        let by = ((module / 4.0) as usize).max(1);
        let cut = picture.cut((left, top), (width, height));
        let cut = if by > 1 { cut.divided(by) } else { cut };
        let (left, top, by) = (left as f32, top as f32, by as f32);
        let place = |(x, y): Place| ((x - left) / by, (y - top) / by);
        let middles = [corner, right, below].map(place);
        let fourths = [flat, tilted].map(place);
        let module = module / by;
        Some(Self { field: Field::new(&cut, (module * 5.0).ceil() as usize), middles, fourths, module, left, top, by })
    }

    /// The corners of a code of `side` modules on `plane`, in the picture.
    fn corners(&self, plane: &Plane, side: usize) -> Vec<Place> {
        let corners = [(0, 0), (side, 0), (side, side), (0, side)].map(|(x, y)| plane.at(x as f32, y as f32));
        corners.map(|(x, y)| (x * self.by + self.left, y * self.by + self.top)).to_vec()
    }

    /// The likeliest numbers of modules along a side, by the timing patterns.
    fn sides(&self) -> Vec<usize> {
        let [corner, right, below] = self.middles;
        let about = f32::midpoint(distance(corner, right), distance(corner, below)) / self.module + 7.0;
        let mut sides: Vec<(f32, usize)> = (21..=177)
            .step_by(4)
            .filter(|side| (0.75..1.33).contains(&(*side as f32 / about)))
            .map(|side| {
                let timing = self.fourths.map(|fourth| {
                    template::timing(&self.field, &Plane::new(side, [corner, right, fourth, below]), side)
                });
                (timing[0].max(timing[1]), side)
            })
            .collect();
        sides.sort_by(|one, two| two.0.total_cmp(&one.0));
        sides.iter().take(SIZES).map(|(_, side)| *side).collect()
    }

    /// The plane and the template that fit best, and how well.
    fn best(&self) -> Option<(f32, Plane, Template)> {
        let [corner, right, below] = self.middles;
        let templates: Vec<Template> = self.sides().into_iter().map(Template::new).collect();
        let mut starts = Vec::new();
        for template in &templates {
            let is_tilted = self.fourths[0] != self.fourths[1];
            let tries = &self.fourths[..if is_tilted { 2 } else { 1 }];
            let guessed = |fourth: &Place| template.fourths(&self.field, [corner, right, *fourth, below], self.module);
            for fourth in tries.iter().flat_map(guessed) {
                let middles = [corner, right, fourth, below];
                let score = template.likeness(&self.field, &Plane::new(template.side, middles));
                starts.push((score, middles, template.side));
            }
        }
        starts.sort_by(|one, two| two.0.total_cmp(&one.0));
        let fits = starts.into_iter().take(STARTS).filter_map(|(_, middles, side)| {
            let template = templates.iter().find(|template| template.side == side)?;
            let (score, plane) = plane::fit(&self.field, template, middles, self.module);
            Some((score, plane, side))
        });
        let (score, plane, side) = fits.max_by(|one, two| one.0.total_cmp(&two.0))?;
        Some((score, plane, templates.into_iter().find(|template| template.side == side)?))
    }
}

/// Where the fourth mark would be if the three were as far away as `depths` say.
fn fourth([corner, right, below]: [Place; 3], depths: [f32; 3]) -> Place {
    let depth = depths[1] + depths[2] - depths[0];
    let mixed =
        |pick: fn(Place) -> f32| (depths[1] * pick(right) + depths[2] * pick(below) - depths[0] * pick(corner)) / depth;
    (mixed(|place| place.0), mixed(|place| place.1))
}

/// Where the fourth mark would be if the three look so different in size because one is further away;
/// `None` if they do not, or no code looks like that.
fn tilted(middles: [Place; 3], sizes: [f32; 3]) -> Option<Place> {
    const UNEVEN: f32 = 1.15;
    let (least, most) =
        sizes.iter().fold((f32::MAX, 0.0_f32), |(least, most), size| (least.min(*size), most.max(*size)));
    // What is twice as far away is half as wide, and foreshortened once more.
    let depths = sizes.map(|size| (sizes[0] / size).powf(2.0 / 3.0));
    (most > UNEVEN * least && depths[1] + depths[2] - 1.0 > 0.3).then(|| fourth(middles, depths))
}

fn distance(one: Place, two: Place) -> f32 {
    (one.0 - two.0).hypot(one.1 - two.1)
}

#[cfg(test)]
mod tests;
