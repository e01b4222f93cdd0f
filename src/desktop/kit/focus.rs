//! Where the keyboard is: in the first field of what appears, and after Enter in the next one.

use eframe::egui;
use egui::{Key, Response, Ui};

/// Gives the keyboard to `first` when it appears; who has left it since is left alone.
pub(crate) fn first(ui: &Ui, first: &Response) {
    let (key, pass) = (first.id.with("first"), ui.ctx().cumulative_pass_nr());
    let before = ui.data_mut(|data| data.get_temp_mut_or_default::<Option<u64>>(key).replace(pass));
    if before.is_none_or(|before| before + 1 < pass) {
        first.request_focus();
    }
}

/// The same in a question, which has the keyboard to itself: what is behind it loses it again, and so
/// does a field to the very Enter that opened the question.
pub(crate) fn first_in_question(ui: &Ui, control: &Response) {
    first(ui, control);
    if ui.memory(|memory| memory.focused().is_none()) {
        control.request_focus();
    }
}

/// Whether Enter was pressed in `field`.
pub(crate) fn entered(ui: &Ui, field: &Response) -> bool {
    field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter))
}

/// What Enter does in `fields`: the keyboard goes to the next one. In the last, true where everything is
/// `ready` for what comes after them; where it is not, the keyboard stays.
pub(crate) fn enter(ui: &Ui, fields: &[&Response], ready: bool) -> bool {
    let Some(left) = fields.iter().position(|field| entered(ui, field)) else { return false };
    let next = fields.get(left + 1);
    let goes_on = ready && next.is_none();
    if !goes_on && let Some(next) = next.or(fields.last()) {
        next.request_focus();
    }
    goes_on
}
