//! Codes as people copy them by eye: large, grouped, every digit as wide as the next.
//!
//! The `1` of the face on board is narrower than its other digits, so each character gets a cell of
//! the same width here; otherwise codes would jump sideways when they change.

use eframe::egui;
use egui::{Align2, Color32, FontId, Painter, Pos2};
use otp::present;
use otp::text;
use otp::text::Lang;

use crate::theme::Palette;

/// The gap between two groups, in cells.
const GAP: f32 = 0.42;

/// A line with the code `digits`, grouped; a screen reader hears one digit after the other.
pub(crate) fn show(ui: &mut egui::Ui, digits: &str, size: f32, lang: Lang) {
    let shown = present::grouped(digits);
    // Smaller where it would not have its room.
    let size = size * (ui.available_width() / width(ui.painter(), &shown, size)).min(1.0);
    let room = egui::vec2(width(ui.painter(), &shown, size), size * 1.4);
    let (rect, response) = ui.allocate_exact_size(room, egui::Sense::hover());
    let apart: Vec<String> = digits.chars().map(String::from).collect();
    let spoken = text!("desktop-key-code", code = apart.join(" ")).say(lang);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &spoken));
    paint(ui.painter(), rect.left_center(), &shown, size, Palette::of(ui).text);
}

/// How wide `code`, grouped by spaces, is at `size`.
pub(crate) fn width(painter: &Painter, code: &str, size: f32) -> f32 {
    let cell = cell(painter, code, size);
    code.chars().map(|symbol| advance(symbol, cell)).sum()
}

/// Paints `code`, grouped by spaces, with its left edge and middle at `at`.
pub(crate) fn paint(painter: &Painter, at: Pos2, code: &str, size: f32, colour: Color32) {
    let cell = cell(painter, code, size);
    let mut left = at.x;
    for symbol in code.chars() {
        let middle = egui::pos2(left + cell / 2.0, at.y);
        if symbol != ' ' {
            painter.text(middle, Align2::CENTER_CENTER, symbol, FontId::proportional(size), colour);
        }
        left += advance(symbol, cell);
    }
}

/// The width of a cell: of a `0`, or of the widest letter of a Steam code.
fn cell(painter: &Painter, code: &str, size: f32) -> f32 {
    let font = FontId::proportional(size);
    painter.fonts_mut(|fonts| {
        std::iter::once('0').chain(code.chars()).map(|symbol| fonts.glyph_width(&font, symbol)).fold(0.0, f32::max)
    })
}

fn advance(symbol: char, cell: f32) -> f32 {
    if symbol == ' ' { cell * GAP } else { cell }
}
