//! Where the rows stand: one below the other, or in columns side by side where the window is wide.

use std::ops::Range;

use eframe::egui;
use egui::{Pos2, Rect};

use super::row::Shape;
use crate::theme;

/// Where rows stand.
pub(super) struct Plan {
    pub(super) shape: Shape,
    /// The corner of the first row.
    top: Pos2,
    /// The width of a row.
    width: f32,
    pub(super) columns: usize,
}

/// A place between rows.
#[derive(Debug, PartialEq)]
pub(super) struct Gap {
    /// How many rows stand before it.
    pub(super) place: usize,
    /// The ends of the line that shows it.
    pub(super) line: [Pos2; 2],
}

impl Plan {
    /// Of rows whose longest code has so many symbols, below `top` in so much width.
    pub(super) fn new(top: Pos2, width: f32, longest: u8) -> Self {
        let columns = columns(width, Shape::least_wide(longest));
        let width = (width + theme::BETWEEN) / as_length(columns) - theme::BETWEEN;
        Self { shape: Shape::fitting(width, longest), top, width, columns }
    }

    fn step(&self) -> f32 {
        self.shape.height() + theme::BETWEEN
    }

    /// The height of so many rows.
    pub(super) fn height(&self, rows: usize) -> f32 {
        as_length(rows.div_ceil(self.columns)) * self.step()
    }

    /// Row `number`.
    pub(super) fn rect(&self, number: usize) -> Rect {
        let (line, column) = (number / self.columns, number % self.columns);
        let corner = egui::vec2(as_length(column) * (self.width + theme::BETWEEN), as_length(line) * self.step());
        Rect::from_min_size(self.top + corner, egui::vec2(self.width, self.shape.height()))
    }

    /// The gap between so many rows that is nearest to `at`.
    pub(super) fn gap(&self, at: Pos2, rows: usize) -> Gap {
        let half = theme::BETWEEN / 2.0;
        if self.columns == 1 {
            let place = whole((at.y - self.top.y) / self.step() + 0.5).min(rows);
            let rect = self.rect(place).translate(egui::vec2(0.0, -half));
            return Gap { place, line: [rect.left_top(), rect.right_top()] };
        }
        let line = whole((at.y - self.top.y) / self.step()).min(rows.saturating_sub(1) / self.columns);
        let column = whole((at.x - self.top.x) / (self.width + theme::BETWEEN) + 0.5).min(self.columns);
        let place = (line * self.columns + column).min(rows);
        // The end of a line is also the beginning of the next: it is shown where the pointer is.
        let rect = match column {
            0 => self.rect(place).translate(egui::vec2(-half, 0.0)),
            _ => self.rect(place - 1).translate(egui::vec2(self.width + half, 0.0)),
        };
        Gap { place, line: [rect.left_top(), rect.left_bottom()] }
    }

    /// How many rows `view` has room for.
    pub(super) fn whole_in(&self, view: Rect) -> usize {
        whole(view.height() / self.step()) * self.columns
    }

    /// The rows in `view`, and a line before and after, so that the focus always has where to go.
    pub(super) fn within(&self, view: Rect, rows: usize) -> Range<usize> {
        let (first, last) = (whole(view.min.y / self.step()), whole(view.max.y / self.step()));
        first.saturating_sub(1) * self.columns..((last + 2) * self.columns).min(rows)
    }
}

/// How many columns, each `least` wide, stand side by side.
fn columns(width: f32, least: f32) -> usize {
    whole((width + theme::BETWEEN) / (least + theme::BETWEEN)).max(1)
}

#[expect(clippy::cast_precision_loss, reason = "rows are counted in thousands")]
fn as_length(rows: usize) -> f32 {
    rows as f32
}

/// The whole part of what is not below 0.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "held at 0; rows are counted in thousands")]
fn whole(length: f32) -> usize {
    length.max(0.0) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(width: f32) -> Plan {
        Plan::new(egui::pos2(10.0, 100.0), width, 6)
    }

    #[test]
    fn columns_stand_side_by_side_only_where_names_and_code_fit() {
        let columns = |width| plan(width).columns;
        assert_eq!([328.0, 640.0, 791.0, 792.0, 1_191.0, 1_192.0].map(columns), [1, 1, 1, 2, 2, 3]);
        assert_eq!(plan(792.0).shape, Shape::Wide);
        assert_eq!(Plan::new(Pos2::ZERO, 792.0, 8).columns, 1);
    }

    #[test]
    fn rows_fill_line_after_line() {
        let plan = plan(808.0);
        assert_eq!(plan.rect(0), Rect::from_min_size(egui::pos2(10.0, 100.0), egui::vec2(400.0, 68.0)));
        assert_eq!(plan.rect(3).min, egui::pos2(418.0, 176.0));
        assert!((plan.height(5) - 3.0 * 76.0).abs() < 0.01);
        let view = Rect::from_min_max(egui::pos2(0.0, 160.0), egui::pos2(808.0, 230.0));
        assert_eq!(plan.within(view, 100), 2..10);
        assert_eq!(plan.within(view, 7), 2..7);
    }

    #[test]
    fn what_is_dragged_goes_to_the_nearest_gap() {
        let one = plan(400.0);
        let place = |plan: &Plan, x, y| plan.gap(egui::pos2(x, y), 5).place;
        assert_eq!([0.0, 130.0, 140.0, 5_000.0].map(|y| place(&one, 50.0, y)), [0, 0, 1, 5]);
        let two = plan(808.0);
        assert_eq!([50.0, 250.0, 400.0, 700.0].map(|x| place(&two, x, 120.0)), [0, 1, 1, 2]);
        assert_eq!([50.0, 350.0, 700.0].map(|x| place(&two, x, 9_000.0)), [4, 5, 5]);
        // The end of the first line, not the beginning of the second.
        assert_eq!(two.gap(egui::pos2(800.0, 120.0), 5).line[0], egui::pos2(822.0, 100.0));
    }
}
