//! The order of tries: cheap and likely ones first, hard ones only while something that looks like
//! a code is unread.
//!
//! Stages that look at a picture in the same way share what is seen of it.

use std::rc::Rc;

use super::finders;
use super::fit::Three;
use super::grey::Grey;
use super::reading::Reading;
use super::sight::Sight;
use super::work::Allowance;
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
#[derive(Debug, Clone, Copy, PartialEq)]
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
    /// `flood`, which has a threshold of its own.
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

/// These run until something is found: they see marks where there seem to be none.
const FIRST: &[Stage] =
    &[inverted("inverted", &[], Local), stage("mean", &[Mean(40)], Global), stage("sharp", &[Sharpen(6)], Local)];

/// These run until something is found, if there is anything like a code.
const HARD: &[Stage] = &[
    stage("larger", &[Enlarge(150)], Global),
    stage("half", &[Divide(2)], Classic),
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

/// The most pixels of an enlarged picture.
const LARGEST: usize = 10_000_000;

/// Every code of a picture, of which `views` are alternatives, each text once, with the work that is `left`.
pub(super) fn run(views: &[Grey], left: &mut Allowance) -> Result<Vec<Found>, Seen> {
    let mut reading = Reading::within(*left);
    let mut views: Vec<View<'_>> = views.iter().map(View::new).collect();
    for view in &mut views {
        for stage in ALWAYS {
            stage.run(view, &mut reading);
        }
        for stage in REST {
            if reading.is_empty() || reading.hopeful() {
                stage.run(view, &mut reading);
            }
        }
    }
    for view in &mut views {
        for (stage, hard) in FIRST.iter().map(|stage| (stage, false)).chain(HARD.iter().map(|stage| (stage, true))) {
            if reading.is_empty() && (reading.hopeful() || !hard) {
                stage.run(view, &mut reading);
            }
        }
    }
    *left = *reading.work();
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
    let mut reading = Reading::within(Allowance::up_to(u64::MAX));
    for view in views {
        let mut view = View::new(view);
        for stage in all().filter(|stage| stage.id == id) {
            stage.run(&mut view, &mut reading);
        }
    }
    reading.finish()
}

/// One of the alternatives of a picture.
struct View<'a> {
    grey: &'a Grey,
    /// The same with black and white exchanged, once a stage needs it.
    inverted: Option<Grey>,
    /// What stages saw so far.
    sights: Vec<(Look, Rc<Sight>)>,
}

/// A way to look at a view.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Look {
    inverted: bool,
    steps: &'static [Step],
    /// Whether the threshold follows the surroundings.
    is_local: bool,
}

impl<'a> View<'a> {
    fn new(grey: &'a Grey) -> Self {
        Self { grey, inverted: None, sights: Vec::new() }
    }

    fn grey(&self, inverted: bool) -> &Grey {
        self.inverted.as_ref().filter(|_| inverted).unwrap_or(self.grey)
    }

    /// What is seen in the way `look`; `None` if there is too much of it, or too little work left.
    fn sight(&mut self, look: Look, reading: &mut Reading) -> Option<Rc<Sight>> {
        if let Some((_, known)) = self.sights.iter().find(|(known, _)| *known == look) {
            return Some(known.clone()).filter(|sight| !sight.is_crowded);
        }
        let (picture, scale) = prepared(self.grey(look.inverted), look.steps, reading)?;
        let picture = picture.as_ref().unwrap_or_else(|| self.grey(look.inverted));
        let bits = if look.is_local { bits::local(picture) } else { bits::global(picture) };
        let sight = Rc::new(Sight::new(bits?, picture, scale, reading.work()));
        let is_calm = reading.look(&sight, picture);
        self.sights.push((look, sight.clone()));
        is_calm.then_some(sight)
    }
}

/// `view` after `steps`, if there are any, and how many pixels of it are one then; `None` if that would be
/// too much work.
#[expect(clippy::cast_precision_loss, reason = "sides of pictures are below 2^24")]
fn prepared(view: &Grey, steps: &[Step], reading: &mut Reading) -> Option<(Option<Grey>, f32)> {
    let side = |pixels: usize| steps.iter().fold(pixels, |pixels, step| step.side(pixels));
    let (width, height) = (side(view.width()), side(view.height()));
    let area = width * height;
    if (width > view.width() && area > LARGEST) || !reading.work().spend(area as u64) {
        return None;
    }
    let mut picture: Option<Grey> = None;
    let mut scale = 1.0;
    for step in steps {
        let before = picture.as_ref().unwrap_or(view);
        let after = step.take(before);
        // What is left over at the edges of a smaller picture does not make its pixels larger.
        scale *= if let Divide(by) = *step { by as f32 } else { before.width() as f32 / after.width() as f32 };
        picture = Some(after);
    }
    Some((picture, scale))
}

impl Stage {
    fn run(&self, view: &mut View<'_>, reading: &mut Reading) {
        if self.inverted && view.inverted.is_none() {
            view.inverted = Some(view.grey.inverted());
        }
        let is_local = match self.finder {
            Local | Classic | Fit => true,
            Global | FitGlobal => false,
            Flood => return self.flood(view, reading),
        };
        let look = Look { inverted: self.inverted, steps: self.steps, is_local };
        let Some(sight) = view.sight(look, reading) else { return };
        reading.begin(self.id, sight.scale);
        let view = view.grey(self.inverted);
        match self.finder {
            Classic => finders::classic(&sight, view, reading),
            Local | Global | Flood => finders::concentric(&sight, view, reading),
            Fit | FitGlobal => fit_each(finders::threes(&sight, view, reading), view, reading),
        }
    }

    fn flood(&self, view: &View<'_>, reading: &mut Reading) {
        let view = view.grey(self.inverted);
        if let Some((picture, scale)) = prepared(view, self.steps, reading) {
            reading.begin(self.id, scale);
            finders::flood(picture.as_ref().unwrap_or(view), reading);
        }
    }
}

impl Step {
    /// How long a side of `pixels` is afterwards.
    fn side(self, pixels: usize) -> usize {
        match self {
            Divide(by) => (pixels / by).max(1),
            Enlarge(percent) => (pixels * percent / 100).max(1),
            _ => pixels,
        }
    }

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

/// Reads what stands between each of `threes` in `view`.
fn fit_each(threes: Vec<Three>, view: &Grey, reading: &mut Reading) {
    for three in threes {
        if let Some(three) = reading.untried(three, view) {
            let outcome = fit::read(view, &three, &mut |grid, corners| reading.take_whole(grid, corners));
            reading.note(&three, &outcome);
        }
    }
}
