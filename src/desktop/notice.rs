//! The views without a list: waiting, nothing found, and the store's failures. Each has one
//! sentence, one hint, and few buttons, the first of them filled.

use eframe::egui;
use otp::text;
use otp::text::{Lang, Text};

use crate::kit;
use crate::theme::{self, Palette};

/// What is to be said instead of a list.
pub(crate) struct Notice {
    pub(crate) mark: &'static str,
    pub(crate) bad: bool,
    pub(crate) sentence: Text,
    pub(crate) hint: Option<Text>,
    pub(crate) buttons: Vec<Text>,
}

impl Notice {
    /// The store has not answered yet.
    pub(crate) fn waiting() -> Self {
        let (sentence, hint) = (text!("desktop-waiting"), text!("desktop-waiting-hint"));
        Self { mark: "…", bad: false, sentence, hint: Some(hint), buttons: Vec::new() }
    }

    /// No account matches `query`.
    pub(crate) fn nothing_found(query: &str) -> Self {
        let sentence = text!("desktop-nothing-found", query = query);
        let hint = Some(text!("desktop-nothing-found-hint"));
        Self { mark: "？", bad: false, sentence, hint, buttons: Vec::new() }
    }

    /// Draws the notice; gives the number of the button that was pressed.
    pub(crate) fn ui(&self, ui: &mut egui::Ui, lang: Lang) -> Option<usize> {
        let colours = Palette::of(ui);
        ui.vertical_centered(|ui| {
            ui.set_max_width(ui.available_width().min(400.0));
            above(ui);
            paint_mark(ui, self.mark, if self.bad { colours.bad } else { colours.quiet });
            ui.add_space(theme::INSIDE);
            let width = ui.available_width();
            let sentence = theme::sentence(&self.sentence, lang);
            let line = theme::bold(ui, theme::with_literals(&sentence, theme::STRONG, colours.text, width));
            if self.bad {
                ui.ctx().accesskit_node_builder(line.id, |node| node.set_live(egui::accesskit::Live::Assertive));
            }
            if let Some(hint) = &self.hint {
                theme::hint(ui, &theme::sentence(hint, lang));
            }
            ui.add_space(theme::INSIDE);
            let mut pressed = None;
            for (number, text) in self.buttons.iter().enumerate() {
                if kit::nth_button(ui, number, text.say(lang)).clicked() {
                    pressed = Some(number);
                }
            }
            pressed
        })
        .inner
    }
}

/// Space above the sign of such a view; none where the room is low, and the buttons matter more.
pub(crate) fn above(ui: &mut egui::Ui) {
    let room = ui.available_height();
    ui.add_space(if room < 340.0 { 0.0 } else { room * 0.16 });
}

/// A sign in a circle, above the sentence of such a view.
pub(crate) fn paint_mark(ui: &mut egui::Ui, mark: &str, colour: egui::Color32) {
    let (rect, _) = ui.allocate_exact_size(egui::Vec2::splat(52.0), egui::Sense::hover());
    let colours = Palette::of(ui);
    ui.painter().circle(rect.center(), 25.0, colours.card, egui::Stroke::new(2.0, colour));
    let size = if mark.chars().count() > 1 { theme::BODY } else { 24.0 };
    ui.painter().text(rect.center(), egui::Align2::CENTER_CENTER, mark, egui::FontId::proportional(size), colour);
}
