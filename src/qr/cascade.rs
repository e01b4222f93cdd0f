//! The order of tries: cheap and likely ones first, hard ones only while nothing is found.
//!
//! Work is bounded by pixels looked at, not by a clock, so that the same picture gives the same
//! answer on every machine.

use std::ops::Range;

use super::decode::{Decoder, flood_fill, global_threshold, local_threshold};
use super::grey::Grey;
use super::{Found, Position, barrier};

/// A preparation, and the decoders to run on its result.
struct Stage {
    /// The size of the prepared picture, in percent.
    percent: u32,
    /// Whether black and white are exchanged, for dark mode.
    inverted: bool,
    /// The pictures worth it, by their number of pixels.
    area: Range<u64>,
    decoders: &'static [Decoder],
}

const ALL: &[Decoder] = &[local_threshold, global_threshold, flood_fill];
const FAST: &[Decoder] = &[local_threshold, global_threshold];
const OTHER: &[Decoder] = &[flood_fill];

/// A million pixels.
const MEGA: u64 = 1_000_000;

/// Rounds of stages. A round is run to its end, so that all codes of a picture are found; the next
/// one comes only if there is no code yet.
const ROUNDS: &[&[Stage]] = &[
    &[
        Stage { percent: 50, inverted: false, area: 3 * MEGA..u64::MAX, decoders: ALL },
        Stage { percent: 100, inverted: false, area: 0..3 * MEGA, decoders: ALL },
        Stage { percent: 100, inverted: false, area: 3 * MEGA..13 * MEGA, decoders: FAST },
        Stage { percent: 50, inverted: true, area: 3 * MEGA..u64::MAX, decoders: FAST },
        Stage { percent: 100, inverted: true, area: 0..3 * MEGA, decoders: FAST },
    ],
    &[
        Stage { percent: 200, inverted: false, area: 0..MEGA / 2, decoders: ALL },
        Stage { percent: 150, inverted: false, area: 0..MEGA, decoders: ALL },
        Stage { percent: 200, inverted: true, area: 0..MEGA / 2, decoders: ALL },
        Stage { percent: 50, inverted: false, area: MEGA / 4..3 * MEGA, decoders: ALL },
        Stage { percent: 25, inverted: false, area: 3 * MEGA..u64::MAX, decoders: ALL },
        Stage { percent: 100, inverted: false, area: 13 * MEGA..u64::MAX, decoders: FAST },
        Stage { percent: 100, inverted: true, area: 0..13 * MEGA, decoders: OTHER },
    ],
];

/// The most pixels that all decoders together look at.
const BUDGET: u64 = 100 * MEGA;

/// Every code of a picture, of which `views` are alternatives, each text once.
pub(super) fn run(views: &[Grey]) -> Vec<Found> {
    let mut found = Vec::new();
    let mut left = BUDGET;
    for round in ROUNDS {
        for view in views {
            for stage in *round {
                stage.run(view, &mut left, &mut found);
            }
            if !found.is_empty() {
                return found;
            }
        }
    }
    found
}

impl Stage {
    fn run(&self, view: &Grey, left: &mut u64, found: &mut Vec<Found>) {
        let area = view.area() * u64::from(self.percent * self.percent) / 10_000;
        let work = area * self.decoders.len() as u64;
        if !self.area.contains(&view.area()) || work > *left {
            return;
        }
        *left -= work;
        let prepared = self.prepare(view);
        let picture = prepared.as_ref().unwrap_or(view);
        for decoder in self.decoders {
            let codes = barrier::run(|| decoder(picture)).unwrap_or_default();
            for code in codes {
                keep(found, self.in_original(code));
            }
        }
    }

    /// The picture to decode; `None` when it is the view as it is.
    fn prepare(&self, view: &Grey) -> Option<Grey> {
        let resized = (self.percent != 100).then(|| view.resized(self.percent));
        if self.inverted { Some(resized.as_ref().unwrap_or(view).inverted()) } else { resized }
    }

    fn in_original(&self, code: Found) -> Found {
        // A percentage is far within the precision of the type.
        #[allow(clippy::cast_precision_loss)]
        let scale = 100.0 / self.percent as f32;
        let Position { x, y, size } = code.position;
        Found { position: Position { x: x * scale, y: y * scale, size: size * scale }, ..code }
    }
}

/// Adds `code` unless it says nothing, or its text or another reading of the same place is there
/// already. A decoder gives an empty text for bytes that are no text.
fn keep(found: &mut Vec<Found>, code: Found) {
    let near = |one: &Position, two: &Position| {
        (one.x - two.x).abs().max((one.y - two.y).abs()) < one.size.min(two.size) / 2.0
    };
    let known = found.iter().any(|known| known.text == code.text || near(&known.position, &code.position));
    if !known && !code.text.is_empty() {
        found.push(code);
    }
}
