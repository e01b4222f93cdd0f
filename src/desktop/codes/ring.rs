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
    painter.circle_stroke(center, radius, Stroke::new(3.0, colours.track));
    painter.add(PathShape::line(arc(center, radius, part(left, period)), Stroke::new(3.0, colour)));
    let size = if left < 100 { theme::SMALL } else { 10.0 };
    let text = if left < 1_000 { left.to_string() } else { "…".to_owned() };
    painter.text(center, Align2::CENTER_CENTER, text, FontId::proportional(size), colours.quiet);
}

/// The part of the ring that is filled: 0 to 1.
#[expect(clippy::cast_precision_loss, reason = "seconds of a period, at most 86,400")]
fn part(left: u64, period: u64) -> f32 {
    left.min(period) as f32 / period.max(1) as f32
}

/// The points of an arc that starts at the top and ends clockwise after `part` of a turn.
#[expect(clippy::cast_precision_loss, reason = "at most 48 steps")]
fn arc(center: Pos2, radius: f32, part: f32) -> Vec<Pos2> {
    const STEPS: usize = 48;
    let point = |step: usize| {
        let turn = std::f32::consts::TAU * part * step as f32 / STEPS as f32;
        center + radius * egui::vec2(turn.sin(), -turn.cos())
    };
    (0..=STEPS).map(point).collect()
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

    #[test]
    fn the_arc_begins_at_the_top_and_runs_clockwise() {
        let points = arc(Pos2::ZERO, 10.0, 0.25);
        assert!(points.first().is_some_and(|at| at.distance(egui::pos2(0.0, -10.0)) < 0.01));
        assert!(points.last().is_some_and(|at| at.distance(egui::pos2(10.0, 0.0)) < 0.01));
    }
}
