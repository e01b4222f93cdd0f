//! The views without a list: waiting, no accounts yet, nothing found, and the store's failures.
//! Each has one sentence, one hint, and at most one button.

use eframe::egui;
use otp::error::Explain;
use otp::store::StoreError;
use otp::text;
use otp::text::{Lang, Text};

use crate::theme::{self, Palette};

/// What is to be said instead of a list.
pub(crate) struct Notice {
    mark: &'static str,
    bad: bool,
    sentence: Text,
    hint: Option<Text>,
    button: Option<Text>,
}

impl Notice {
    /// The store has not answered yet.
    pub(crate) fn waiting() -> Self {
        let (sentence, hint) = (text!("desktop-waiting"), text!("desktop-waiting-hint"));
        Self { mark: "…", bad: false, sentence, hint: Some(hint), button: None }
    }

    /// There are no accounts.
    pub(crate) fn empty() -> Self {
        let (sentence, hint) = (text!("desktop-empty"), text!("desktop-empty-hint"));
        Self { mark: "＋", bad: false, sentence, hint: Some(hint), button: Some(text!("desktop-again")) }
    }

    /// No account matches `query`.
    pub(crate) fn nothing_found(query: &str) -> Self {
        let sentence = text!("desktop-nothing-found", query = query);
        Self { mark: "？", bad: false, sentence, hint: Some(text!("desktop-nothing-found-hint")), button: None }
    }

    /// The store failed.
    pub(crate) fn failed(error: &StoreError) -> Self {
        let button = Some(text!("desktop-retry"));
        Self { mark: "！", bad: true, sentence: error.text(), hint: error.hint(), button }
    }

    /// Draws the notice; true when its button was pressed.
    pub(crate) fn ui(&self, ui: &mut egui::Ui, lang: Lang) -> bool {
        let colours = Palette::of(ui);
        ui.vertical_centered(|ui| {
            ui.set_max_width(ui.available_width().min(400.0));
            ui.add_space((ui.available_height() * 0.18).max(theme::EDGE));
            self.paint_mark(ui, colours);
            ui.add_space(theme::INSIDE);
            let width = ui.available_width();
            let sentence = theme::sentence(&self.sentence, lang);
            theme::bold(ui, theme::with_literals(&sentence, theme::STRONG, colours.text, width));
            if let Some(hint) = &self.hint {
                let hint = theme::sentence(hint, lang);
                ui.label(theme::with_literals(&hint, theme::QUIET, colours.quiet, width));
            }
            ui.add_space(theme::INSIDE);
            self.button.as_ref().is_some_and(|text| filled(ui, &text.say(lang), colours).clicked())
        })
        .inner
    }

    fn paint_mark(&self, ui: &mut egui::Ui, colours: &Palette) {
        let (rect, _) = ui.allocate_exact_size(egui::Vec2::splat(52.0), egui::Sense::hover());
        let colour = if self.bad { colours.bad } else { colours.quiet };
        ui.painter().circle(rect.center(), 25.0, colours.card, egui::Stroke::new(2.0, colour));
        let font = egui::FontId::proportional(24.0);
        ui.painter().text(rect.center(), egui::Align2::CENTER_CENTER, self.mark, font, colour);
    }
}

/// The one filled button of a view.
fn filled(ui: &mut egui::Ui, text: &str, colours: &Palette) -> egui::Response {
    let words = egui::RichText::new(text).color(colours.on_accent);
    let button = egui::Button::new(words).fill(colours.accent).min_size(egui::vec2(0.0, theme::CONTROL));
    let response = ui.add(button);
    if response.has_focus() {
        let around = response.rect.expand(3.0);
        let stroke = egui::Stroke::new(2.0, colours.accent);
        ui.painter().rect_stroke(around, theme::ROUND, stroke, egui::StrokeKind::Outside);
    }
    response
}
