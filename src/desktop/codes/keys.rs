//! What the keys do in the list: typing always goes to the field, wherever the focus is; arrows walk
//! through the rows, and take the focus along, so that the row is read aloud.

use eframe::egui;
use egui::{FocusDirection, Key, Modifiers};
use otp::clock::UnixTime;
use otp::text;

use super::list::{List, move_before};
use super::{SHOWN, row};
use crate::account::Details;
use crate::accounts::Item;
use crate::page::Cx;

impl List {
    /// Does what the keys ask for. Gives the row that was asked for as by a press.
    pub(super) fn keys(&mut self, ui: &egui::Ui, field: egui::Id, shown: &[&Item], cx: &mut Cx<'_>) -> Option<usize> {
        self.catch_typing(ui, field);
        let number = self.number(ui);
        let on_field = ui.memory(|memory| memory.has_focus(field));
        let entered = on_field && consumed(ui, Key::Enter);
        self.mark(ui, on_field, shown);
        if consumed(ui, Key::Escape) {
            self.query.clear();
            focus(ui, field);
        }
        self.carry(ui, shown, cx);
        self.walk(ui, field, shown);
        self.on_row(ui, shown, cx);
        entered.then_some(self.selected).or(number)
    }

    /// Brings what is typed elsewhere into the field.
    fn catch_typing(&mut self, ui: &egui::Ui, field: egui::Id) {
        let find = ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::F));
        let started = std::mem::replace(&mut self.started, true);
        if find || !started {
            ui.memory_mut(|memory| memory.request_focus(field));
        }
        if ui.memory(|memory| memory.has_focus(field)) {
            return;
        }
        // The field is drawn after this, and takes what was typed by itself.
        if ui.input(|input| input.events.iter().any(is_typing)) {
            ui.memory_mut(|memory| memory.request_focus(field));
        }
    }

    /// The row whose number was typed. In a query that has begun, a digit is a digit.
    fn number(&self, ui: &egui::Ui) -> Option<usize> {
        const KEYS: [Key; 9] =
            [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9];
        ui.input_mut(|input| {
            let with_alt = KEYS.iter().position(|key| input.consume_key(Modifiers::ALT, *key));
            if with_alt.is_some() || !self.query.is_empty() {
                return with_alt;
            }
            let number = KEYS.iter().position(|key| input.consume_key(Modifiers::NONE, *key))?;
            // The key comes with its text, which is not meant for the field.
            input.events.retain(|event| !matches!(event, egui::Event::Text(text) if text.len() == 1));
            Some(number)
        })
    }

    /// Marks all rows, or none any more.
    fn mark(&mut self, ui: &egui::Ui, on_field: bool, shown: &[&Item]) {
        // In a query, the same keys select its letters.
        let free = !on_field || self.query.is_empty();
        if free && ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::A)) {
            self.several.mark(shown);
        }
        if self.several.is_on() && consumed(ui, Key::Escape) {
            self.several.clear();
        }
    }

    /// Carries the selected row up or down.
    fn carry(&mut self, ui: &egui::Ui, shown: &[&Item], cx: &mut Cx<'_>) {
        for (key, steps) in [(Key::ArrowUp, -1), (Key::ArrowDown, 1)] {
            if ui.input_mut(|input| input.consume_key(Modifiers::ALT, key)) {
                if self.is_own_order(cx.config) {
                    self.choose(self.selected, shown);
                    self.shift(steps, shown, cx);
                } else {
                    cx.said.push(Ok(text!("desktop-order-fixed")));
                }
            }
        }
    }

    /// Walks through the rows.
    fn walk(&mut self, ui: &egui::Ui, field: egui::Id, shown: &[&Item]) {
        let (columns, last) = (self.columns.max(1), shown.len().saturating_sub(1));
        if consumed(ui, Key::ArrowDown) && self.selected / columns < last / columns {
            self.select(ui, (self.selected + columns).min(last), shown);
        }
        if consumed(ui, Key::ArrowUp) {
            match self.selected.checked_sub(columns) {
                Some(above) => self.select(ui, above, shown),
                None => focus(ui, field),
            }
        }
        let page = self.in_view.max(columns);
        if consumed(ui, Key::PageDown) {
            self.select(ui, (self.selected + page).min(last), shown);
        }
        if consumed(ui, Key::PageUp) {
            self.select(ui, self.selected.saturating_sub(page), shown);
        }
    }

    /// What keys do on the selected row.
    fn on_row(&mut self, ui: &egui::Ui, shown: &[&Item], cx: &mut Cx<'_>) {
        let Some(item) = shown.get(self.selected) else { return };
        if ui.input_mut(|input| input.consume_key(Modifiers::SHIFT, Key::F10)) {
            self.choose(self.selected, shown);
            self.menu.call(item.entry.id);
        }
        let opens = consumed(ui, Key::F2);
        let on_row = ui.memory(|memory| memory.has_focus(row::id(item)));
        if on_row {
            self.walk_sideways(ui, shown);
        }
        if opens || (on_row && consumed(ui, Key::ArrowRight)) {
            cx.open(Details::new(item));
        }
        if on_row && cx.config.hide_codes && consumed(ui, Key::Space) {
            self.shown = Some((item.entry.id, UnixTime(cx.now.0 + SHOWN)));
        }
    }

    /// To the neighbour in the same line, to the first row, or to the last.
    fn walk_sideways(&mut self, ui: &egui::Ui, shown: &[&Item]) {
        let (at, columns, last) = (self.selected, self.columns.max(1), shown.len().saturating_sub(1));
        if columns > 1 && consumed(ui, Key::ArrowRight) && at < last && at % columns + 1 < columns {
            self.select(ui, at + 1, shown);
        }
        if consumed(ui, Key::ArrowLeft) && !at.is_multiple_of(columns) {
            self.select(ui, at - 1, shown);
        }
        if consumed(ui, Key::Home) {
            self.select(ui, 0, shown);
        }
        if consumed(ui, Key::End) {
            self.select(ui, last, shown);
        }
    }

    fn select(&mut self, ui: &egui::Ui, number: usize, shown: &[&Item]) {
        self.choose(number, shown);
        if let Some(item) = shown.get(number) {
            focus(ui, row::id(item));
        }
    }

    /// Moves the selected account up or down in the owner's own order.
    pub(super) fn shift(&mut self, steps: isize, shown: &[&Item], cx: &mut Cx<'_>) {
        let Some(item) = shown.get(self.selected) else { return };
        let Some(to) = self.place_of(self.selected, steps, shown, cx.config) else { return };
        let before = if steps < 0 { to } else { to + 1 };
        move_before(item.entry.id, shown.get(before).map(|item| item.entry.id), cx);
    }
}

/// Gives the focus to `id` alone: the toolkit would follow the same arrow from where it was.
fn focus(ui: &egui::Ui, id: egui::Id) {
    ui.memory_mut(|memory| {
        memory.move_focus(FocusDirection::None);
        memory.request_focus(id);
    });
}

/// The keys that do not move the focus by themselves in field and rows.
pub(super) fn filter() -> egui::EventFilter {
    egui::EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: true }
}

fn consumed(ui: &egui::Ui, key: Key) -> bool {
    ui.input_mut(|input| input.consume_key(Modifiers::NONE, key))
}

/// Whether `event` is text; a space alone presses the row that has the focus.
fn is_typing(event: &egui::Event) -> bool {
    matches!(event, egui::Event::Text(text) | egui::Event::Paste(text) if text != " ")
}
