//! What is read of one picture, stage by stage.

use super::finders::Place;
use super::fit::{self, Outcome, Three};
use super::grey::Grey;
use super::likeness::{self, HOPE, LEAST, SURE};
use super::marks::Mark;
use super::sight::Sight;
use super::symbol::{self, Grid, Symbol};
use super::work::Allowance;
use super::{Found, Position, Seen};

/// What must speak for a text, in bits: a million wrong tries may not make one.
pub(super) const NEEDED: i32 = 32;
/// The most threes of marks that are looked at.
const TRIES: usize = 200;
/// The most of them that are tried in full.
const FITS: usize = 8;
/// One of so many marks in a crowd is sure at least, if it is one of codes.
const CROWD: usize = 10;
/// What it costs to read modules, for each of them: all words, mended, in both directions.
const READ: u64 = 20;

/// The codes found so far, and what else was seen.
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
    /// How many marks there are at least where there are too many, and a module's width.
    crowd: Option<(usize, f32)>,
    work: Allowance,
    stage: &'static str,
    /// How many pixels of the picture are one of the current stage.
    scale: f32,
}

impl Reading {
    /// Nothing is found yet, and as much may be done as `work` allows.
    pub(super) fn within(work: Allowance) -> Self {
        Self {
            found: Vec::new(),
            tried: Vec::new(),
            unread: Vec::new(),
            fits: 0,
            likely: Vec::new(),
            crowd: None,
            work,
            stage: "",
            scale: 1.0,
        }
    }

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

    /// Takes note of the marks in `sight` of `picture`, and says whether they are few enough to be tried.
    pub(super) fn look(&mut self, sight: &Sight, picture: &Grey) -> bool {
        let likely = sight.marks.iter().filter(|mark| likeness::is_mark(picture, mark, HOPE));
        self.likely.extend(likely.map(|mark| (mark.x * sight.scale, mark.y * sight.scale)));
        if sight.is_crowded && self.crowd.is_none() {
            let sure: Vec<&Mark> = sight.marks.iter().filter(|mark| likeness::is_mark(picture, mark, SURE)).collect();
            // In noise there are none, in codes marks that are none.
            let are_real = CROWD * sure.len() > sight.marks.len();
            self.crowd = sure.first().filter(|_| are_real).map(|mark| (sure.len(), mark.size / 7.0 * sight.scale));
        }
        !sight.is_crowded
    }

    /// The work that is left.
    pub(super) fn work(&mut self) -> &mut Allowance {
        &mut self.work
    }

    /// Reads `grid`, whose corners are at `corners`, and says whether there is no doubt about it.
    pub(super) fn take(&mut self, grid: &Grid, corners: &[Place]) -> bool {
        self.read(grid, corners, self.scale)
    }

    /// The same, where `corners` are those in the picture itself.
    pub(super) fn take_whole(&mut self, grid: &Grid, corners: &[Place]) -> bool {
        self.read(grid, corners, 1.0)
    }

    fn read(&mut self, grid: &Grid, corners: &[Place], scale: f32) -> bool {
        let modules = (grid.side() * grid.side()) as u64;
        self.work.spend(READ * modules)
            && symbol::read(grid).is_some_and(|symbol| self.keep(symbol, position(corners, scale)))
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
            let Symbol { text, version, level, part, .. } = symbol;
            self.found.push(Found { text, position, version, level, stage: self.stage, part });
        }
        true
    }

    /// `three`, as large as in the picture itself, if it is worth a try: it was not tried before, and
    /// is no part of a code that is read, and its marks look like marks in `view`.
    pub(super) fn untried(&mut self, three: Three, view: &Grey) -> Option<Three> {
        let three = three.map(|mark| mark.times(self.scale));
        let places = three.map(|mark| (mark.x, mark.y));
        let module = three[0].size / 7.0;
        let near = |one: &Place, two: &Place| (one.0 - two.0).abs().max((one.1 - two.1).abs()) < module;
        let again = self.tried.iter().any(|tried| tried.iter().zip(&places).all(|(one, two)| near(one, two)));
        if again || self.tried.len() >= TRIES || self.fits >= FITS || places.iter().any(|place| self.is_read(*place)) {
            return None;
        }
        self.tried.push(places);
        if likeness::of_three(view, &three) <= LEAST {
            return None;
        }
        self.fits += 1;
        if !self.work.spend(fit::cost(&three)) {
            self.note(&three, &Outcome::Unread { module });
            return None;
        }
        Some(three)
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
        let unread = self.unread.first().map(|(_, module)| (3 * self.unread.len(), *module));
        let (marks, module) = unread.or(self.crowd).unwrap_or_default();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few thousand at most")]
        Err(Seen { marks: marks as u32, module_tenths: (module * 10.0).round() as u32 })
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
