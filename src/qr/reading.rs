//! What is read of one picture, stage by stage.

use super::bits::Bits;
use super::finders::Place;
use super::fit::{Outcome, Three};
use super::grey::Grey;
use super::likeness;
use super::marks::{self, Mark};
use super::symbol::{self, Grid, Symbol};
use super::{Found, Position, Seen};

/// The most marks in a picture that finders are let at: fifty codes. They try them three by three.
const MARKS: usize = 150;
/// What must speak for a text, in bits: a million wrong tries may not make one.
pub(super) const NEEDED: i32 = 32;
/// The most threes of marks that are looked at.
const TRIES: usize = 200;
/// The most of them that are tried in full.
const FITS: usize = 8;

/// The codes found so far, and what else was seen.
#[derive(Default)]
pub(super) struct Reading {
    found: Vec<Found>,
    /// The middles of the marks that were tried three by three.
    tried: Vec<[Place; 3]>,
    /// Codes that are there and cannot be read: the middle of the first mark, and a module's width.
    unread: Vec<(Place, f32)>,
    /// How many threes were tried in full.
    fits: usize,
    /// The middles of what looked like marks.
    likely: Vec<Place>,
    stage: &'static str,
    /// How many pixels of the picture are one of the current stage.
    scale: f32,
}

impl Reading {
    /// The next stage looks at pixels of the size `scale`.
    pub(super) fn begin(&mut self, stage: &'static str, scale: f32) {
        (self.stage, self.scale) = (stage, scale);
    }

    /// Whether nothing is found yet.
    pub(super) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Whether anything looked like a part of a code that is not read.
    pub(super) fn hopeful(&self) -> bool {
        self.likely.iter().any(|place| !self.is_read(*place))
    }

    fn is_read(&self, place: Place) -> bool {
        self.found.iter().any(|found| found.position.covers(place))
    }

    /// The marks of `bits`, which show `picture`; `None` if there are so many that a reader would be
    /// kept busy.
    pub(super) fn marks(&mut self, bits: &Bits, picture: &Grey) -> Option<Vec<Mark>> {
        let marks = marks::find(bits, MARKS);
        let likely = marks.iter().filter(|mark| likeness::is_mark(picture, mark));
        self.likely.extend(likely.map(|mark| (mark.x * self.scale, mark.y * self.scale)));
        (marks.len() <= MARKS).then_some(marks)
    }

    /// Reads `grid`, whose corners are at `corners`, and says whether there is no doubt about it.
    pub(super) fn take(&mut self, grid: &Grid, corners: &[Place]) -> bool {
        symbol::read(grid).is_some_and(|symbol| self.keep(symbol, position(corners, self.scale)))
    }

    /// The same, where `corners` are those in the picture itself.
    pub(super) fn take_whole(&mut self, grid: &Grid, corners: &[Place]) -> bool {
        symbol::read(grid).is_some_and(|symbol| self.keep(symbol, position(corners, 1.0)))
    }

    /// Keeps `symbol` unless too little speaks for it, or its text or another reading of the same place
    /// is there already. That several stages read the same speaks for nothing: they see the same modules.
    fn keep(&mut self, symbol: Symbol, position: Position) -> bool {
        if symbol.evidence < NEEDED {
            return false;
        }
        let near = |one: &Position, two: &Position| {
            (one.x - two.x).abs().max((one.y - two.y).abs()) < one.size.min(two.size) / 2.0
        };
        let known = self.found.iter().any(|known| known.text == symbol.text || near(&known.position, &position));
        if !known {
            let Symbol { text, version, level, .. } = symbol;
            self.found.push(Found { text, position, version, level, stage: self.stage });
        }
        true
    }

    /// `three`, as large as in the picture itself, if it is worth a try: it was not tried before, and
    /// is no part of a code that is read, and its marks look like marks in `view`.
    pub(super) fn untried(&mut self, three: Three, view: &Grey) -> Option<Three> {
        let scale = self.scale;
        let large = |mark: Mark| Mark { x: mark.x * scale, y: mark.y * scale, size: mark.size * scale };
        let three = three.map(large);
        let places = three.map(|mark| (mark.x, mark.y));
        let module = three[0].size / 7.0;
        let near = |one: &Place, two: &Place| (one.0 - two.0).abs().max((one.1 - two.1).abs()) < module;
        let again = self.tried.iter().any(|tried| tried.iter().zip(&places).all(|(one, two)| near(one, two)));
        if again || self.tried.len() >= TRIES || self.fits >= FITS || places.iter().any(|place| self.is_read(*place)) {
            return None;
        }
        self.tried.push(places);
        let likely = likeness::of_three(view, &three) > likeness::LEAST;
        self.fits += usize::from(likely);
        likely.then_some(three)
    }

    /// Notes what came of `three`.
    pub(super) fn note(&mut self, three: &Three, outcome: &Outcome) {
        let first = (three[0].x, three[0].y);
        let known = |(place, module): &(Place, f32)| (place.0 - first.0).hypot(place.1 - first.1) < 7.0 * module;
        if let Outcome::Unread { module } = *outcome
            && !self.unread.iter().any(known)
        {
            self.unread.push((first, module));
        }
    }

    /// The codes, or what was seen instead.
    pub(super) fn finish(self) -> Result<Vec<Found>, Seen> {
        if !self.found.is_empty() {
            return Ok(self.found);
        }
        let module = self.unread.first().map_or(0.0, |(_, module)| *module);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few thousand at most")]
        Err(Seen { marks: 3 * self.unread.len() as u32, module_tenths: (module * 10.0).round() as u32 })
    }
}

impl Position {
    /// Whether `place` is within the code that stands here, or its border.
    fn covers(&self, place: Place) -> bool {
        (place.0 - self.x).abs().max((place.1 - self.y).abs()) < self.size * 0.6
    }
}

/// Centre and size of the smallest upright box around `corners`, `scale` times as large.
fn position(corners: &[Place], scale: f32) -> Position {
    let first = corners.first().copied().unwrap_or_default();
    let (low, high) = corners.iter().fold((first, first), |(low, high), corner| {
        ((low.0.min(corner.0), low.1.min(corner.1)), (high.0.max(corner.0), high.1.max(corner.1)))
    });
    Position {
        x: f32::midpoint(low.0, high.0) * scale,
        y: f32::midpoint(low.1, high.1) * scale,
        size: (high.0 - low.0).max(high.1 - low.1) * scale,
    }
}
