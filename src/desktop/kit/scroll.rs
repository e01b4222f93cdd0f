//! Keeping what has the focus in sight.

use eframe::egui;
use egui::Ui;

use crate::theme;

/// What a list needs to be of use, with the field above it.
const ROWS: f32 = 240.0;

/// Draws `content` in the room that is left, and lets it scroll where that is too low.
pub(crate) fn scrolls<R>(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> R {
    within(egui::ScrollArea::vertical().auto_shrink(false), ui, content)
}

/// Draws `content` above a list: as high as it is, but so that there is room for some rows.
pub(crate) fn above_list<R>(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> R {
    let room = ui.available_height();
    let most = (room - ROWS).max(room / 3.0);
    within(egui::ScrollArea::vertical().id_salt("above").max_height(most), ui, content)
}

/// Draws `content` in `area`, and keeps what has the focus in sight.
pub(crate) fn within<R>(area: egui::ScrollArea, ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> R {
    area.show(ui, |ui| {
        let inner = content(ui);
        follow_focus(ui);
        inner
    })
    .inner
}

/// Scrolls to what has got the focus, where it is not wholly in sight: the toolkit does not do so by
/// itself. To be called at the end of what scrolls.
fn follow_focus(ui: &Ui) {
    let focused = ui.memory(egui::Memory::focused);
    let key = ui.scope_id().with("focused");
    let before = ui.data_mut(|data| std::mem::replace(data.get_temp_mut_or_default(key), focused));
    if before == focused {
        return;
    }
    let Some(response) = focused.and_then(|id| ui.ctx().read_response(id)) else { return };
    // What stands outside of what scrolls is never cut.
    if response.interact_rect != response.rect && response.layer_id == ui.layer_id() {
        ui.scroll_to_rect(response.rect.expand(theme::BETWEEN), None);
    }
}
