//! Fields to type in, each under its name.

use eframe::egui;
use egui::{FontId, Response, Ui};
use zeroize::Zeroizing;

use super::quiet;
use crate::theme::{self, Palette};

/// From one line to the next in a field, in heights of its letters.
const LEADING: f32 = 1.45;

/// A field of one line under its name.
pub(crate) fn field(ui: &mut Ui, label: &str, text: &mut String) -> Response {
    let id = ui.make_persistent_id(("field", label));
    named(ui, label, id, |ui, frame| {
        ui.add(egui::TextEdit::singleline(text).id(id).frame(frame).desired_width(f32::INFINITY))
    })
}

/// A field of several lines under its name.
pub(crate) fn lines(ui: &mut Ui, label: &str, text: &mut String, rows: usize) -> Response {
    let id = ui.make_persistent_id(("lines", label));
    let colour = Palette::of(ui).text;
    let mut set = |ui: &Ui, text: &dyn egui::TextBuffer, width: f32| {
        let font = FontId::proportional(theme::BODY);
        let mut job = egui::text::LayoutJob::simple(text.as_str().to_owned(), font, colour, width);
        job.sections.iter_mut().for_each(|section| section.format.line_height = Some(theme::BODY * LEADING));
        ui.fonts_mut(|fonts| fonts.layout_job(job))
    };
    named(ui, label, id, |ui, frame| {
        let edit = egui::TextEdit::multiline(text).id(id).frame(frame).layouter(&mut set);
        ui.add(edit.desired_rows(rows).desired_width(f32::INFINITY))
    })
}

/// A field for what others must not read over the shoulder, unless `shown`.
pub(crate) fn secret(ui: &mut Ui, label: &str, text: &mut Zeroizing<String>, shown: bool) -> Response {
    let id = ui.make_persistent_id(("secret", label));
    named(ui, label, id, |ui, frame| {
        let edit = egui::TextEdit::singleline(&mut **text).id(id).frame(frame).desired_width(f32::INFINITY);
        ui.add(edit.password(!shown).font(FontId::monospace(theme::BODY)))
    })
}

fn named(ui: &mut Ui, label: &str, id: egui::Id, edit: impl FnOnce(&mut Ui, egui::Frame) -> Response) -> Response {
    ui.spacing_mut().item_spacing.y = 4.0;
    quiet(ui, label);
    let response = edit(ui, field_frame(ui, id));
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_label(label));
    ui.spacing_mut().item_spacing.y = theme::BETWEEN;
    ui.add_space(4.0);
    response
}

/// The frame of the field `id`, which shows whether it has the focus.
pub(crate) fn field_frame(ui: &Ui, id: egui::Id) -> egui::Frame {
    let colours = Palette::of(ui);
    let focused = ui.memory(|memory| memory.has_focus(id));
    let stroke = if focused { egui::Stroke::new(2.0, colours.accent) } else { egui::Stroke::new(1.0, colours.edge) };
    let frame = egui::Frame::new().fill(colours.card).stroke(stroke).corner_radius(theme::ROUND);
    frame.inner_margin(egui::Margin::symmetric(12, 10))
}
