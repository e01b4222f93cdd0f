//! The signs of the parts of the window: a few strokes each, so that they are crisp at every scale.

use eframe::egui;
use egui::{Color32, Painter, Pos2, Shape, Stroke};

use crate::page::Place;

/// What has a sign.
#[derive(Clone, Copy)]
pub(super) enum Sign {
    Of(Place),
    Lock,
}

/// Paints `sign`, 16 points across.
pub(super) fn paint(painter: &Painter, center: Pos2, sign: Sign, colour: Color32) {
    let pen = Pen { painter, center, stroke: Stroke::new(1.6, colour) };
    match sign {
        Sign::Of(Place::Codes) => pen.codes(),
        Sign::Of(Place::Add) => pen.add(),
        Sign::Of(Place::Recovery) => pen.recovery(),
        Sign::Of(Place::Trash) => pen.trash(),
        Sign::Of(Place::Settings) => pen.settings(),
        Sign::Lock => pen.lock(),
    }
}

/// Draws around a middle.
struct Pen<'a> {
    painter: &'a Painter,
    center: Pos2,
    stroke: Stroke,
}

impl Pen<'_> {
    fn at(&self, (x, y): (f32, f32)) -> Pos2 {
        self.center + egui::vec2(x, y)
    }

    fn line(&self, points: &[(f32, f32)]) {
        self.painter.add(Shape::line(points.iter().map(|point| self.at(*point)).collect(), self.stroke));
    }

    fn closed(&self, points: &[(f32, f32)]) {
        self.painter.add(Shape::closed_line(points.iter().map(|point| self.at(*point)).collect(), self.stroke));
    }

    fn dot(&self, at: (f32, f32), radius: f32) {
        self.painter.circle_filled(self.at(at), radius, self.stroke.color);
    }

    /// Lines of a list.
    fn codes(&self) {
        for y in [-5.0, 0.0, 5.0] {
            self.dot((-6.5, y), 1.5);
            self.line(&[(-2.5, y), (8.0, y)]);
        }
    }

    /// A plus in a circle.
    fn add(&self) {
        self.painter.circle_stroke(self.center, 7.5, self.stroke);
        self.line(&[(-3.5, 0.0), (3.5, 0.0)]);
        self.line(&[(0.0, -3.5), (0.0, 3.5)]);
    }

    /// A shield with a tick.
    fn recovery(&self) {
        self.closed(&[
            (0.0, -8.0),
            (6.5, -5.5),
            (6.5, 0.0),
            (4.0, 5.0),
            (0.0, 8.0),
            (-4.0, 5.0),
            (-6.5, 0.0),
            (-6.5, -5.5),
        ]);
        self.line(&[(-3.0, -0.5), (-0.8, 2.0), (3.2, -2.8)]);
    }

    /// A bin.
    fn trash(&self) {
        self.line(&[(-7.0, -4.5), (7.0, -4.5)]);
        self.line(&[(-2.5, -4.5), (-2.5, -7.5), (2.5, -7.5), (2.5, -4.5)]);
        self.line(&[(-5.0, -4.5), (-4.2, 7.5), (4.2, 7.5), (5.0, -4.5)]);
    }

    /// Sliders.
    fn settings(&self) {
        for (y, x) in [(-5.0, 3.0), (0.0, -3.0), (5.0, 1.0)] {
            self.line(&[(-7.5, y), (7.5, y)]);
            self.dot((x, y), 2.6);
        }
    }

    /// A padlock.
    fn lock(&self) {
        self.closed(&[(-6.0, -0.5), (6.0, -0.5), (6.0, 7.5), (-6.0, 7.5)]);
        self.line(&[(-3.8, -0.5), (-3.8, -4.5), (-2.2, -7.0), (2.2, -7.0), (3.8, -4.5), (3.8, -0.5)]);
        self.dot((0.0, 3.5), 1.4);
    }
}
