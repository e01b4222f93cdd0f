//! The order of tries: cheap and likely ones first, hard ones only while nothing is found.
//!
//! Work is bounded by pixels looked at, not by a clock, so that the same picture gives the same
//! answer on every machine.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "places in pictures are far within the precision of all types"
)]

use super::bits::{self, Bits};
use super::finders::{self, Place, Sink};
use super::grey::Grey;
use super::symbol::{self, Symbol};
use super::{Found, Position, Seen, marks};

/// A preparation of a picture and a finder to run on it.
struct Stage {
    /// The name that `Found` carries.
    id: &'static str,
    /// Whether black and white are exchanged, for dark mode.
    inverted: bool,
    steps: &'static [Step],
    finder: Finder,
}

/// What is done to a picture before a finder looks at it.
#[derive(Debug, Clone, Copy)]
enum Step {
    Divide(usize),
    /// In percent.
    Enlarge(usize),
    Mean(usize),
    Sharpen(usize),
    Flatten(usize),
    Smooth,
}

#[derive(Debug, Clone, Copy)]
enum Finder {
    /// `concentric` on a local threshold.
    Local,
    /// `concentric` on one threshold.
    Global,
    /// `classic` on a local threshold.
    Classic,
    Flood,
}

use Finder::{Classic, Flood, Global, Local};
use Step::{Divide, Enlarge, Flatten, Mean, Sharpen, Smooth};

const fn stage(id: &'static str, steps: &'static [Step], finder: Finder) -> Stage {
    Stage { id, inverted: false, steps, finder }
}

const fn inverted(id: &'static str, steps: &'static [Step], finder: Finder) -> Stage {
    Stage { id, inverted: true, steps, finder }
}

/// These always run: they find the rest of several codes.
const ALWAYS: &[Stage] =
    &[stage("local", &[], Local), stage("global", &[], Global), stage("third", &[Divide(3)], Global)];

/// These run until something is found.
const UNTIL_FOUND: &[Stage] = &[
    inverted("inverted", &[], Local),
    stage("larger", &[Enlarge(150)], Global),
    stage("mean", &[Mean(40)], Global),
    stage("half", &[Divide(2)], Classic),
    stage("larger-local", &[Enlarge(150)], Local),
    stage("sharp", &[Sharpen(6)], Local),
    inverted("inverted-global", &[], Global),
    inverted("inverted-mean", &[Mean(40)], Global),
    inverted("inverted-half", &[Divide(2)], Global),
    inverted("inverted-larger", &[Enlarge(150)], Global),
    stage("classic", &[], Classic),
    stage("flat", &[Flatten(12)], Local),
    stage("flood", &[Smooth, Divide(2)], Flood),
    stage("triple", &[Enlarge(300)], Global),
];

/// A million pixels.
const MEGA: u64 = 1_000_000;
/// The most pixels that all stages together look at.
const BUDGET: u64 = 150 * MEGA;
/// The most pixels of an enlarged picture.
const LARGEST: u64 = 10 * MEGA;
/// What must speak for a text, in bits: a million wrong tries may not make one.
const NEEDED: i32 = 32;

/// Every code of a picture, of which `views` are alternatives, each text once.
pub(super) fn run(views: &[Grey]) -> Result<Vec<Found>, Seen> {
    let mut run = Run { found: Vec::new(), doubtful: Vec::new(), left: BUDGET };
    for view in views {
        for stage in ALWAYS {
            run.stage(stage, view);
        }
    }
    for view in views {
        for stage in UNTIL_FOUND {
            if run.found.is_empty() {
                run.stage(stage, view);
            }
        }
    }
    if run.found.is_empty() { Err(seen(views)) } else { Ok(run.found) }
}

/// What looks like a code in `views`.
fn seen(views: &[Grey]) -> Seen {
    let marks = views.iter().flat_map(|view| {
        [Some(view), None].map(|same| match same {
            Some(view) => bits::local(view),
            None => bits::local(&view.inverted()),
        })
    });
    let most = marks.flatten().map(|bits| marks::find(&bits, 100)).max_by_key(Vec::len).unwrap_or_default();
    let module = most.iter().map(|mark| mark.size / 7.0).sum::<f32>() / (most.len().max(1) as f32);
    Seen { marks: most.len() as u32, module_tenths: (module * 10.0).round() as u32 }
}

struct Run {
    found: Vec<Found>,
    /// Texts for which too little speaks, until a second try says the same.
    doubtful: Vec<Found>,
    left: u64,
}

impl Run {
    fn stage(&mut self, stage: &Stage, view: &Grey) {
        let percent = stage.steps.iter().fold(100, |percent, step| match step {
            Divide(by) => percent / *by as u64,
            Enlarge(to) => percent * *to as u64 / 100,
            _ => percent,
        });
        let area = view.area() * percent * percent / 10_000;
        if area > self.left || (percent > 100 && area > LARGEST) {
            return;
        }
        self.left -= area;
        let mut picture = stage.inverted.then(|| view.inverted());
        for step in stage.steps {
            picture = Some(step.take(picture.as_ref().unwrap_or(view)));
        }
        let scale = 100.0 / percent as f32;
        stage.finder.run(picture.as_ref().unwrap_or(view), &mut |grid, corners| {
            let Some(symbol) = symbol::read(grid) else { return false };
            self.keep(symbol, stage.id, position(corners, scale))
        });
    }

    /// Keeps `symbol` unless its text or another reading of the same place is there already. Says
    /// whether there is no doubt about it.
    fn keep(&mut self, symbol: Symbol, stage: &'static str, position: Position) -> bool {
        let sure = symbol.evidence >= NEEDED
            || self.doubtful.iter().any(|other| other.text == symbol.text && other.stage != stage);
        let near = |one: &Position, two: &Position| {
            (one.x - two.x).abs().max((one.y - two.y).abs()) < one.size.min(two.size) / 2.0
        };
        let known = self.found.iter().any(|known| known.text == symbol.text || near(&known.position, &position));
        let found = Found { text: symbol.text, position, version: symbol.version, level: symbol.level, stage };
        match (sure, known) {
            (true, false) => self.found.push(found),
            (false, false) => self.doubtful.push(found),
            _ => {}
        }
        sure
    }
}

impl Step {
    fn take(self, picture: &Grey) -> Grey {
        match self {
            Divide(by) => picture.divided(by),
            Enlarge(percent) => picture.enlarged(percent),
            Mean(radius) => picture.by_mean(radius),
            Sharpen(radius) => picture.sharpened(radius),
            Flatten(radius) => picture.flattened(radius),
            Smooth => picture.smoothed(),
        }
    }
}

impl Finder {
    fn run(self, picture: &Grey, sink: Sink<'_>) {
        match self {
            Local => with(bits::local(picture), |bits| finders::concentric(bits, sink)),
            Global => with(bits::global(picture), |bits| finders::concentric(bits, sink)),
            Classic => with(bits::local(picture), |bits| finders::classic(bits, sink)),
            Flood => finders::flood(picture, sink),
        }
    }
}

/// The most marks in a picture that finders are let at: fifty codes.
const MARKS: usize = 150;

fn with(bits: Option<Bits>, find: impl FnOnce(&Bits)) {
    if let Some(bits) = bits.filter(|bits| marks::find(bits, MARKS).len() <= MARKS) {
        find(&bits);
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
