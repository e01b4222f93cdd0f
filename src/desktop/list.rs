//! The list of accounts, with the field that narrows it.
//!
//! Typing always goes to the field, wherever the focus is; arrows walk through the rows.

use std::ops::Range;

use eframe::egui;
use egui::{Key, Modifiers, Rect};
use otp::account::AccountId;
use otp::clock::UnixTime;
use otp::code::Code;
use otp::find;
use otp::text;
use otp::text::Lang;

use crate::notice::Notice;
use crate::row::{self, Row, Shape};
use crate::source::Item;
use crate::theme::{self, Palette};

/// What is typed, and which row is selected.
#[derive(Default)]
pub(crate) struct List {
    query: String,
    selected: usize,
    /// Whether the keyboard has been given to the field once.
    started: bool,
    /// Whether the selected row has to be brought into view.
    reveal: bool,
}

/// What the list is drawn from.
pub(crate) struct Content<'a> {
    pub(crate) items: &'a [Item],
    /// The last code that was asked for of a counter account.
    pub(crate) counted: Option<(AccountId, &'a Code)>,
    pub(crate) now: UnixTime,
    pub(crate) lang: Lang,
}

impl List {
    /// Draws field and rows; gives the account whose row was pressed.
    pub(crate) fn ui(&mut self, ui: &mut egui::Ui, content: &Content<'_>) -> Option<AccountId> {
        let field = egui::Id::unique("search");
        self.catch_typing(ui, field);
        let entered = ui.memory(|memory| memory.has_focus(field)) && consumed(ui, Key::Enter);
        let shown = matching(&self.query, content.items);
        self.selected = self.selected.min(shown.len().saturating_sub(1));
        self.walk(ui, field, &shown);
        self.search(ui, field, content.lang);
        if shown.is_empty() {
            Notice::nothing_found(&self.query).ui(ui, content.lang);
            return None;
        }
        let entered = if entered { shown.get(self.selected).map(|item| item.id) } else { None };
        self.rows(ui, content, &shown).or(entered)
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

    /// Arrows move the selection and the focus with it, so that the row is read aloud.
    fn walk(&mut self, ui: &egui::Ui, field: egui::Id, shown: &[&Item]) {
        if consumed(ui, Key::Escape) {
            self.query.clear();
            ui.memory_mut(|memory| memory.request_focus(field));
        }
        if consumed(ui, Key::ArrowDown) && self.selected + 1 < shown.len() {
            self.select(ui, self.selected + 1, shown);
        }
        if consumed(ui, Key::ArrowUp) {
            match self.selected.checked_sub(1) {
                Some(above) => self.select(ui, above, shown),
                None => ui.memory_mut(|memory| memory.request_focus(field)),
            }
        }
    }

    fn select(&mut self, ui: &egui::Ui, number: usize, shown: &[&Item]) {
        self.selected = number;
        self.reveal = true;
        if let Some(item) = shown.get(number) {
            ui.memory_mut(|memory| memory.request_focus(row::id(item)));
        }
    }

    fn search(&mut self, ui: &mut egui::Ui, field: egui::Id, lang: Lang) {
        let colours = Palette::of(ui);
        let focused = ui.memory(|memory| memory.has_focus(field));
        let stroke =
            if focused { egui::Stroke::new(2.0, colours.accent) } else { egui::Stroke::new(1.0, colours.line) };
        let frame = egui::Frame::new().fill(colours.card).stroke(stroke).corner_radius(theme::ROUND);
        let hint = text!("desktop-search").say(lang);
        let edit = egui::TextEdit::singleline(&mut self.query)
            .id(field)
            .frame(frame.inner_margin(egui::Margin::symmetric(12, 10)))
            .hint_text(egui::RichText::new(&hint).color(colours.quiet))
            .event_filter(keys(true))
            .desired_width(f32::INFINITY);
        let response = ui.add(edit);
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_label(hint));
        if response.changed() {
            self.selected = 0;
            self.reveal = true;
        }
    }

    /// Draws the rows in view; all have the same height, so thousands cost no more than ten.
    fn rows(&mut self, ui: &mut egui::Ui, content: &Content<'_>, shown: &[&Item]) -> Option<AccountId> {
        let longest =
            content.items.iter().filter_map(|item| item.account.as_ref().ok()).map(|account| account.digits());
        let shape = Shape::fitting(ui.available_width(), longest.max().unwrap_or(6));
        let reveal = std::mem::take(&mut self.reveal);
        // The bar stands in the window's edge, not on the rows.
        let width = ui.available_width();
        let mut room = ui.available_rect_before_wrap();
        room.max.x += theme::EDGE;
        let mut ui = ui.new_child(egui::UiBuilder::new().max_rect(room));
        let area = egui::ScrollArea::vertical().auto_shrink(false);
        let pressed = area.show_viewport(&mut ui, |ui, view| {
            let plan = Plan { shape, top: ui.max_rect().left_top(), width };
            ui.set_height(plan.bottom(shown.len()));
            if reveal {
                ui.scroll_to_rect(plan.rect(self.selected), None);
            }
            let mut pressed = None;
            for number in plan.within(view, shown.len()) {
                let Some(item) = shown.get(number).copied() else { break };
                let counted = content.counted.filter(|(id, _)| *id == item.id).map(|(_, code)| code);
                let selected = number == self.selected;
                let row = Row { item, counted, now: content.now, lang: content.lang, shape, selected };
                let response = row.ui(ui, plan.rect(number));
                ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, keys(false)));
                if response.gained_focus() || response.clicked() {
                    self.selected = number;
                }
                if response.clicked() {
                    pressed = Some(item.id);
                }
            }
            pressed
        });
        pressed.inner
    }
}

/// Where rows stand.
struct Plan {
    shape: Shape,
    top: egui::Pos2,
    width: f32,
}

impl Plan {
    fn step(&self) -> f32 {
        self.shape.height() + theme::BETWEEN
    }

    #[expect(clippy::cast_precision_loss, reason = "rows are counted in thousands")]
    fn bottom(&self, rows: usize) -> f32 {
        rows as f32 * self.step()
    }

    fn rect(&self, number: usize) -> Rect {
        let top = self.top + egui::vec2(0.0, self.bottom(number));
        Rect::from_min_size(top, egui::vec2(self.width, self.shape.height()))
    }

    /// The rows in `view`, and one before and after, so that the focus always has where to go.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "held at 0; rows are counted in thousands"
    )]
    fn within(&self, view: Rect, rows: usize) -> Range<usize> {
        let first = (view.min.y / self.step()).max(0.0) as usize;
        let last = (view.max.y / self.step()).max(0.0) as usize;
        first.saturating_sub(1)..(last + 2).min(rows)
    }
}

/// The accounts of `items` that contain `query`, in their order.
fn matching<'a>(query: &str, items: &'a [Item]) -> Vec<&'a Item> {
    if query.trim().is_empty() { items.iter().collect() } else { find::filter(query, items) }
}

/// The keys that do not move the focus by themselves here.
fn keys(horizontal: bool) -> egui::EventFilter {
    egui::EventFilter { tab: false, horizontal_arrows: horizontal, vertical_arrows: true, escape: true }
}

fn consumed(ui: &egui::Ui, key: Key) -> bool {
    ui.input_mut(|input| input.consume_key(Modifiers::NONE, key))
}

/// Whether `event` is text; a space alone presses the row that has the focus.
fn is_typing(event: &egui::Event) -> bool {
    matches!(event, egui::Event::Text(text) | egui::Event::Paste(text) if text != " ")
}
