//! Menus: lines that scroll where the window is too low for all of them.

use eframe::egui;
use egui::Ui;

use super::{padded, within};
use crate::theme::{self, Palette};

/// What stands in a menu; it scrolls where the window is too low for all of it.
pub(crate) fn menu<R>(ui: &mut Ui, lines: impl FnOnce(&mut Ui) -> R) -> R {
    let most = ui.ctx().content_rect().height() - 2.0 * theme::EDGE;
    // What pops up would not get higher than 400 points by itself.
    ui.set_max_height(most);
    within(egui::ScrollArea::vertical().max_height(most), ui, lines)
}

/// A line of a menu; true when it was chosen.
pub(crate) fn menu_item(ui: &mut Ui, text: &str) -> bool {
    ui.set_min_width(180.0);
    ui.spacing_mut().item_spacing.y = 0.0;
    ui.spacing_mut().interact_size.y = theme::LOW;
    let size = egui::vec2(0.0, theme::LOW);
    let button = egui::Button::new(text).wrap_mode(egui::TextWrapMode::Extend).min_size(size);
    let response = padded(ui, egui::vec2(10.0, 4.0), button);
    if response.has_focus() {
        let stroke = egui::Stroke::new(2.0, Palette::of(ui).accent);
        ui.painter().rect_stroke(response.rect, theme::ROUND, stroke, egui::StrokeKind::Inside);
    }
    if response.clicked() {
        ui.close();
    }
    response.clicked()
}
