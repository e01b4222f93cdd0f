//! What is dropped on the window or pasted into it.

use eframe::egui;
use otp::text;
use otp::text::Lang;

use crate::add::reader::Offered;
use crate::codes::Codes;
use crate::page::Want;
use crate::theme;

/// What was dropped on the window, or pasted into it where no field takes it.
pub(crate) fn take(ui: &egui::Ui) -> Option<Want> {
    let mut offered: Vec<Offered> = ui.input(|input| input.raw.dropped_files.iter().map(Offered::dropped).collect());
    let writes = ui.memory(egui::Memory::focused).is_some_and(|id| id != Codes::field());
    ui.input_mut(|input| {
        input.events.retain(|event| match Offered::pasted(event, writes) {
            Some(one) => {
                offered.push(one);
                false
            }
            None => true,
        });
    });
    (!offered.is_empty()).then_some(Want::Bring(offered))
}

/// Says that what is held over the window can be let go.
pub(crate) fn invite(ui: &egui::Ui, lang: Lang) {
    if ui.input(|input| input.raw.hovered_files.is_empty()) {
        return;
    }
    let area = egui::Area::new(egui::Id::unique("drop")).order(egui::Order::Foreground);
    let rect = ui.ctx().content_rect();
    area.fixed_pos(rect.min).interactable(false).show(ui.ctx(), |ui| {
        let colours = theme::Palette::of(ui);
        ui.painter().rect_filled(rect, 0, colours.background.gamma_multiply(0.9));
        let stroke = egui::Stroke::new(2.0, colours.accent);
        ui.painter().rect_stroke(rect.shrink(12.0), theme::ROUND_CARD, stroke, egui::StrokeKind::Inside);
        let words = text!("desktop-add-drop-now").say(lang);
        let font = egui::FontId::proportional(theme::TITLE);
        ui.painter().text(rect.center(), egui::Align2::CENTER_CENTER, words, font, colours.text);
    });
}
