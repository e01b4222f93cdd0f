//! The countdown ring of a row: full when a code is new, empty when it ends.
//!
//! It moves once a second and is silent for screen readers, which would otherwise never stop.

use eframe::egui;
use egui::epaint::PathShape;
use egui::{Align2, FontId, Painter, Pos2, Stroke};

use crate::theme::{self, Palette};

/// The ring's diameter.
pub(crate) const SIZE: f32 = 30.0;
/// In its last seconds a code is about to be of no use: the ring changes colour, and the next code
/// is shown.
pub(crate) const LAST: u64 = 7;

/// Paints the ring at `center`, with `left` of `period` seconds to go.
pub(crate) fn paint(painter: &Painter, center: Pos2, left: u64, period: u64, colours: &Palette) {
    let radius = SIZE / 2.0 - 1.5;
    let colour = if left <= LAST { colours.watch } else { colours.accent };
    let part = part(left, period);
    for (range, colour) in [(0.0..part, colour), (part..1.0, colours.track)] {
        if !range.is_empty() {
            painter.add(PathShape::line(theme::arc(center, radius, range), Stroke::new(3.0, colour)));
        }
    }
    let size = if left < 100 { theme::SMALL } else { 10.0 };
    let text = if left < 1_000 { left.to_string() } else { "…".to_owned() };
    painter.text(center, Align2::CENTER_CENTER, text, FontId::proportional(size), colours.quiet);
}

/// The part of the ring that is filled: 0 to 1.
#[expect(clippy::cast_precision_loss, reason = "seconds of a period, at most 86,400")]
fn part(left: u64, period: u64) -> f32 {
    left.min(period) as f32 / period.max(1) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::float_cmp, reason = "these fractions are exact")]
    fn the_ring_empties_with_the_seconds() {
        assert_eq!(part(30, 30), 1.0);
        assert_eq!(part(15, 30), 0.5);
        assert_eq!(part(0, 30), 0.0);
        assert_eq!(part(90, 30), 1.0);
        assert_eq!(part(0, 0), 0.0);
    }
}
