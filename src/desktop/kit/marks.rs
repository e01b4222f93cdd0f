//! Small signs that are painted: an eye, a tick, the level of readiness.

use eframe::egui;
use otp::recovery::readiness::Level;

use crate::theme::Palette;

/// An eye, for what is covered or can be.
pub(crate) fn paint_eye(painter: &egui::Painter, center: egui::Pos2, colour: egui::Color32, open: bool) {
    let stroke = egui::Stroke::new(1.6, colour);
    painter.add(egui::epaint::EllipseShape::stroke(center, egui::vec2(10.0, 6.5), stroke));
    painter.circle_filled(center, 3.2, colour);
    if !open {
        let slash = egui::vec2(9.0, 9.0);
        painter.line_segment([center - slash, center + slash], stroke);
    }
}

/// A tick in a disc `size` across: it is done.
pub(crate) fn paint_done(painter: &egui::Painter, center: egui::Pos2, size: f32, colours: &Palette) {
    painter.circle_filled(center, size / 2.0, colours.good);
    paint_tick(painter, center, size, colours.card);
}

/// A tick in the middle of what is `size` across.
pub(crate) fn paint_tick(painter: &egui::Painter, center: egui::Pos2, size: f32, colour: egui::Color32) {
    let corner = |x: f32, y: f32| center + egui::vec2(x, y) * size / 30.0;
    let tick = vec![corner(-6.0, 0.5), corner(-2.0, 4.5), corner(6.5, -4.5)];
    painter.add(egui::Shape::line(tick, egui::Stroke::new(2.2, colour)));
}

/// How the ways back into an account stand: each level has a shape of its own besides its colour.
pub(crate) fn paint_level(painter: &egui::Painter, center: egui::Pos2, level: Level, colours: &Palette) {
    match level {
        Level::Good => {
            painter.circle_filled(center, 4.0, colours.good);
        }
        Level::Watch => {
            painter.circle_stroke(center, 3.2, egui::Stroke::new(1.8, colours.watch));
        }
        Level::Bad => {
            let corner = |x: f32, y: f32| center + egui::vec2(x, y);
            let corners = vec![corner(0.0, -4.4), corner(4.6, 3.6), corner(-4.6, 3.6)];
            painter.add(egui::Shape::convex_polygon(corners, colours.bad, egui::Stroke::NONE));
        }
    }
}
