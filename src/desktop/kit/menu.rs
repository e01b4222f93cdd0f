//! Menus: lines that scroll where the window is too low for all of them, walked through by the arrows.

use eframe::egui;
use egui::{Key, Modifiers, Ui};

use super::{padded, plain, within};
use crate::theme::{self, Palette};

/// The lines of the menu that is being drawn, as far as they are.
#[derive(Debug, Clone, Default)]
struct Lines {
    ids: Vec<egui::Id>,
    /// The pass in which a menu was drawn last.
    pass: u64,
}

fn key() -> egui::Id {
    egui::Id::unique("menu lines")
}

/// What stands in a menu; it scrolls where the window is too low for all of it. Its first line has
/// the focus when it opens.
pub(crate) fn menu<R>(ui: &mut Ui, lines: impl FnOnce(&mut Ui) -> R) -> R {
    let most = ui.ctx().content_rect().height() - 2.0 * theme::EDGE;
    // What pops up would not get higher than 400 points by itself.
    ui.set_max_height(most);
    // Nor narrower again than it was, when the window gets narrow.
    ui.set_max_width(ui.available_width().min(room(ui)));
    let pass = ui.ctx().cumulative_pass_nr();
    let before: Lines = ui.data_mut(|data| std::mem::take(data.get_temp_mut_or_default(key())));
    let opens = before.pass + 1 < pass;
    let inner = within(egui::ScrollArea::vertical().max_height(most), ui, lines);
    let ids = ui.data_mut(|data| {
        let lines: &mut Lines = data.get_temp_mut_or_default(key());
        lines.pass = pass;
        lines.ids.clone()
    });
    if let Some(to) = goes_to(ui, opens, &ids) {
        ui.memory_mut(|memory| memory.request_focus(to));
    }
    inner
}

/// The line that gets the focus: the first one when the menu opens, or where the keys lead.
fn goes_to(ui: &Ui, opens: bool, ids: &[egui::Id]) -> Option<egui::Id> {
    let focused = ui.memory(egui::Memory::focused);
    let at = ids.iter().position(|id| Some(*id) == focused);
    let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
    let last = ids.len().checked_sub(1)?;
    let up = pressed(Modifiers::NONE, Key::ArrowUp) | pressed(Modifiers::SHIFT, Key::Tab);
    let down = pressed(Modifiers::NONE, Key::ArrowDown) | pressed(Modifiers::NONE, Key::Tab);
    let to = if opens || pressed(Modifiers::NONE, Key::Home) {
        0
    } else if pressed(Modifiers::NONE, Key::End) {
        last
    } else if down {
        at.map_or(0, |at| if at == last { 0 } else { at + 1 })
    } else if up {
        at.and_then(|at| at.checked_sub(1)).unwrap_or(last)
    } else {
        return None;
    };
    // The toolkit looks for its own neighbour, also behind the menu.
    ui.memory_mut(|memory| memory.move_focus(egui::FocusDirection::None));
    ids.get(to).copied()
}

/// The most that a menu may be wide.
fn room(ui: &Ui) -> f32 {
    ui.ctx().content_rect().width() - 2.0 * theme::EDGE
}

/// A line of a menu; true when it was chosen.
pub(crate) fn menu_item(ui: &mut Ui, text: &str) -> bool {
    let most = room(ui);
    ui.set_min_width(most.min(180.0));
    ui.spacing_mut().item_spacing.y = 0.0;
    ui.spacing_mut().interact_size.y = theme::LOW;
    let size = egui::vec2(0.0, theme::LOW);
    // In lines where the window is narrower than the words.
    let words = theme::balanced(ui.painter(), plain(text, theme::BODY, Palette::of(ui).text, most - 28.0));
    let button = egui::Button::new(words).wrap_mode(egui::TextWrapMode::Extend).min_size(size);
    let response = padded(ui, egui::vec2(10.0, 4.0), button);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, text));
    ui.data_mut(|data| data.get_temp_mut_or_default::<Lines>(key()).ids.push(response.id));
    if response.has_focus() {
        let keys = egui::EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: false };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, keys));
        let stroke = egui::Stroke::new(2.0, Palette::of(ui).accent);
        ui.painter().rect_stroke(response.rect, theme::ROUND, stroke, egui::StrokeKind::Inside);
    }
    if response.clicked() {
        ui.close();
    }
    response.clicked()
}
