//! Lists of any length: rows that are out of sight cost nothing.

use eframe::egui;
use egui::Ui;

/// How far beyond what is in sight rows are drawn, so that the Tab key comes to them.
const BEYOND: f32 = 160.0;

/// How high the rows of a list are, as far as they were drawn.
#[derive(Default)]
pub(crate) struct Rows {
    heights: Vec<Option<f32>>,
    /// The height of the first one, which those are taken for that were never drawn.
    usual: Option<f32>,
    /// The width for which all this holds.
    width: f32,
}

impl Rows {
    /// Draws the row `number`, or leaves the room that it takes where that is out of sight.
    pub(crate) fn row(&mut self, ui: &mut Ui, number: usize, content: impl FnOnce(&mut Ui)) {
        let width = ui.available_width();
        if (self.width - width).abs() > 0.5 {
            *self = Self { width, ..Self::default() };
        }
        if self.heights.len() <= number {
            self.heights.resize(number + 1, None);
        }
        let (top, sight) = (ui.cursor().top(), ui.clip_rect().y_range().expand(BEYOND));
        let known = self.heights.get(number).copied().flatten().or(self.usual);
        // In a part of its own either way, so that what follows is known by the same name.
        let drawn = ui.push_id(number, |ui| match known {
            Some(height) if top > sight.max || top + height < sight.min => {
                ui.allocate_space(egui::vec2(width, height));
                None
            }
            _ => {
                content(ui);
                Some(ui.min_rect().height())
            }
        });
        if let (Some(height), Some(place)) = (drawn.inner, self.heights.get_mut(number)) {
            *place = Some(height);
            self.usual.get_or_insert(height);
        }
    }
}
