//! The order of tries: cheap and likely ones first, hard ones only while something that looks like
//! a code is unread.
//!
//! Work is bounded by pixels looked at, not by a clock, so that the same picture gives the same
//! answer on every machine.

use super::finders::{self, Sink};
use super::fit::Three;
use super::grey::Grey;
use super::reading::Reading;
use super::{Found, Seen, bits, fit};

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
    /// `fit` where marks are seen with a local threshold.
    Fit,
    /// `fit` where marks are seen with one threshold.
    FitGlobal,
}

use Finder::{Classic, Fit, FitGlobal, Flood, Global, Local};
use Step::{Divide, Enlarge, Flatten, Mean, Sharpen, Smooth};

const fn stage(id: &'static str, steps: &'static [Step], finder: Finder) -> Stage {
    Stage { id, inverted: false, steps, finder }
}

const fn inverted(id: &'static str, steps: &'static [Step], finder: Finder) -> Stage {
    Stage { id, inverted: true, steps, finder }
}

/// These always run.
const ALWAYS: &[Stage] = &[stage("local", &[], Local), stage("third", &[Divide(3)], Global)];

/// These run while nothing is found, or something else looks like a code: they find the rest of
/// several.
const REST: &[Stage] = &[stage("global", &[], Global), stage("fit", &[], Fit)];

/// These run until something is found.
const FIRST: &[Stage] = &[
    inverted("inverted", &[], Local),
    stage("larger", &[Enlarge(150)], Global),
    stage("mean", &[Mean(40)], Global),
    stage("half", &[Divide(2)], Classic),
    stage("sharp", &[Sharpen(6)], Local),
];

/// These run until something is found, if there is anything like a code.
const HARD: &[Stage] = &[
    stage("larger-local", &[Enlarge(150)], Local),
    inverted("inverted-global", &[], Global),
    inverted("inverted-mean", &[Mean(40)], Global),
    inverted("inverted-half", &[Divide(2)], Global),
    inverted("inverted-larger", &[Enlarge(150)], Global),
    stage("fit-global", &[], FitGlobal),
    stage("fit-half", &[Divide(2)], Fit),
    stage("fit-larger", &[Enlarge(200)], Fit),
    stage("fit-mean", &[Mean(40)], FitGlobal),
    inverted("inverted-fit", &[], Fit),
    inverted("inverted-fit-larger", &[Enlarge(200)], Fit),
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

/// How many pixels may be looked at.
pub(crate) struct Allowance {
    /// What is left.
    pub(crate) pixels: u64,
    /// Whether a stage was left out because it would have been more.
    pub(crate) is_short: bool,
}

impl Allowance {
    /// As many as a picture by itself may take, or `most` if that is less.
    pub(crate) fn up_to(most: u64) -> Self {
        Self { pixels: most.min(BUDGET), is_short: false }
    }

    /// Takes `pixels` off, if there are as many.
    fn take(&mut self, pixels: u64) -> bool {
        let left = self.pixels.checked_sub(pixels);
        self.is_short |= left.is_none();
        self.pixels = left.unwrap_or(self.pixels);
        left.is_some()
    }
}

/// Every code of a picture, of which `views` are alternatives, each text once.
pub(super) fn run(views: &[Grey], left: &mut Allowance) -> Result<Vec<Found>, Seen> {
    let mut reading = Reading::default();
    for view in views {
        for stage in ALWAYS {
            stage.run(view, left, &mut reading);
        }
        for stage in REST {
            if reading.is_empty() || reading.hopeful() {
                stage.run(view, left, &mut reading);
            }
        }
    }
    for view in views {
        for (stage, hard) in FIRST.iter().map(|stage| (stage, false)).chain(HARD.iter().map(|stage| (stage, true))) {
            if reading.is_empty() && (reading.hopeful() || !hard) {
                stage.run(view, left, &mut reading);
            }
        }
    }
    reading.finish()
}

fn all() -> impl Iterator<Item = &'static Stage> {
    ALWAYS.iter().chain(REST).chain(FIRST).chain(HARD)
}

/// The names of all stages, each once.
pub(super) fn names() -> Vec<&'static str> {
    all().map(|stage| stage.id).collect()
}

/// What the stages of the name `id` alone find.
pub(super) fn run_only(id: &str, views: &[Grey]) -> Result<Vec<Found>, Seen> {
    let mut reading = Reading::default();
    for (view, stage) in views.iter().flat_map(|view| all().map(move |stage| (view, stage))) {
        if stage.id == id {
            stage.run(view, &mut Allowance::up_to(BUDGET), &mut reading);
        }
    }
    reading.finish()
}

impl Stage {
    fn run(&self, view: &Grey, left: &mut Allowance, reading: &mut Reading) {
        let percent = self.steps.iter().fold(100, |percent, step| match step {
            Divide(by) => percent / *by as u64,
            Enlarge(to) => percent * *to as u64 / 100,
            _ => percent,
        });
        let area = view.area() * percent * percent / 10_000;
        if (percent > 100 && area > LARGEST) || !left.take(area) {
            return;
        }
        let inverted = self.inverted.then(|| view.inverted());
        let view = inverted.as_ref().unwrap_or(view);
        let mut picture = None;
        for step in self.steps {
            picture = Some(step.take(picture.as_ref().unwrap_or(view)));
        }
        let picture = picture.as_ref().unwrap_or(view);
        #[expect(clippy::cast_precision_loss, reason = "a percentage")]
        reading.begin(self.id, 100.0 / percent as f32);
        self.finder.run(picture, view, reading);
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
    /// Finds marks in `picture`, which was made of `view`, and reads the codes there.
    fn run(self, picture: &Grey, view: &Grey, reading: &mut Reading) {
        let bits = match self {
            Local | Classic | Fit => bits::local(picture),
            Global | FitGlobal => bits::global(picture),
            Flood => return finders::flood(picture, &mut |grid, corners| reading.take(grid, corners)),
        };
        let Some((bits, marks)) = bits.and_then(|bits| reading.marks(&bits, picture).map(|marks| (bits, marks))) else {
            return;
        };
        let sink: Sink<'_> = &mut |grid, corners| reading.take(grid, corners);
        match self {
            Classic => finders::classic(&bits, sink),
            Local | Global | Flood => finders::concentric(&bits, sink),
            Fit | FitGlobal => fit_each(finders::threes(&bits, marks), view, reading),
        }
    }
}

/// Reads what stands between each of `threes` in `view`.
fn fit_each(threes: Vec<Three>, view: &Grey, reading: &mut Reading) {
    for three in threes {
        if let Some(three) = reading.untried(three, view) {
            let outcome = fit::read(view, &three, &mut |grid, corners| reading.take_whole(grid, corners));
            reading.note(&three, &outcome);
        }
    }
}
