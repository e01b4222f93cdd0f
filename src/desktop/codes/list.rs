//! The rows, with the field that narrows them.
//!
//! Typing always goes to the field, wherever the focus is; arrows walk through the rows.

use std::ops::Range;

use eframe::egui;
use egui::{Key, Modifiers, Rect};
use otp::account::{Account, AccountId};
use otp::app::config::{Config, Sort};
use otp::app::organise::Change;
use otp::clock::UnixTime;
use otp::find;
use otp::text;

use super::row::{self, Pressed, Row, Shape};
use super::{Codes, Lately, SHOWN, covering, covering_text};
use super::{clock, menu};
use crate::account::Details;
use crate::accounts::Item;
use crate::kit;
use crate::notice::Notice;
use crate::page::{Cx, Want};
use crate::theme::{self, Palette};

/// How near to the edge of the list a row is held to scroll on, in points.
const HOLD: f32 = 36.0;

/// What is typed, and which row is selected.
#[derive(Default)]
pub(crate) struct List {
    query: String,
    tag: Option<String>,
    selected: usize,
    /// Whether the keyboard has been given to the field once.
    started: bool,
    /// Whether the selected row has to be brought into view.
    reveal: bool,
    /// The account whose covered code is shown, and until when.
    shown: Option<(AccountId, UnixTime)>,
    /// The account that is being dragged.
    dragged: Option<AccountId>,
    menu: menu::Menu,
}

impl List {
    /// Whether a covered code is shown at `now`.
    pub(crate) fn shows(&self, now: UnixTime) -> bool {
        self.shown.is_some_and(|(_, until)| now < until)
    }

    /// Draws field and rows.
    pub(super) fn ui(&mut self, ui: &mut egui::Ui, cx: &mut Cx<'_>, lately: &Lately<'_>) {
        let accounts = cx.accounts;
        // Whoever works elsewhere does not watch over what is uncovered here (`security.md` R5.1).
        if ui.input(|input| input.events.contains(&egui::Event::WindowFocused(false))) {
            self.shown = None;
        }
        let field = Codes::field();
        self.catch_typing(ui, field);
        let number = self.number(ui);
        let entered = ui.memory(|memory| memory.has_focus(field)) && consumed(ui, Key::Enter);
        let shown = self.matching(&accounts.items, cx.config);
        self.selected = self.selected.min(shown.len().saturating_sub(1));
        self.walk(ui, field, &shown, cx);
        self.search(ui, field, cx);
        clock::ui(ui, cx);
        self.tags(ui, cx);
        if shown.is_empty() {
            Notice::nothing_found(&self.query).ui(ui, cx.lang);
            return;
        }
        let entered = entered.then_some(self.selected).or(number).and_then(|number| shown.get(number));
        if let Some(item) = entered {
            cx.want(Want::Copy(item.entry.id));
        }
        self.rows(ui, cx, lately, &shown);
        self.menu.confirm(ui, cx);
    }

    /// The accounts to show, in order: those that match, the favourites first.
    fn matching<'a>(&self, items: &'a [Item], config: &Config) -> Vec<&'a Item> {
        let mut shown: Vec<&Item> =
            if self.query.trim().is_empty() { items.iter().collect() } else { find::filter(&self.query, items) };
        if let Some(tag) = &self.tag {
            shown.retain(|item| item.entry.tags.contains(tag));
        }
        match config.sort {
            Sort::Own => {}
            Sort::Name => {
                shown.sort_by_cached_key(|item| (item.entry.issuer.to_lowercase(), item.entry.name.to_lowercase()));
            }
            Sort::Added => shown.sort_by_key(|item| std::cmp::Reverse(item.entry.added)),
        }
        shown.sort_by_key(|item| !item.entry.favorite);
        shown
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

    /// Arrows move the selection and the focus with it, so that the row is read aloud.
    fn walk(&mut self, ui: &egui::Ui, field: egui::Id, shown: &[&Item], cx: &mut Cx<'_>) {
        if consumed(ui, Key::Escape) {
            self.query.clear();
            ui.memory_mut(|memory| memory.request_focus(field));
        }
        let with_alt = |key| ui.input_mut(|input| input.consume_key(Modifiers::ALT, key));
        for (key, steps) in [(Key::ArrowUp, -1), (Key::ArrowDown, 1)] {
            if with_alt(key) {
                self.shift(steps, shown, cx);
            }
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
        let Some(item) = shown.get(self.selected) else { return };
        let opens = ui.input_mut(|input| {
            input.consume_key(Modifiers::NONE, Key::F2) || input.consume_key(Modifiers::SHIFT, Key::F10)
        });
        let on_row = ui.memory(|memory| memory.has_focus(row::id(item)));
        if opens || (on_row && consumed(ui, Key::ArrowRight)) {
            cx.open(Details::new(item));
        }
        if on_row && cx.config.hide_codes && consumed(ui, Key::Space) {
            self.shown = Some((item.entry.id, UnixTime(cx.now.0 + SHOWN)));
        }
    }

    fn select(&mut self, ui: &egui::Ui, number: usize, shown: &[&Item]) {
        self.selected = number;
        self.reveal = true;
        if let Some(item) = shown.get(number) {
            ui.memory_mut(|memory| memory.request_focus(row::id(item)));
        }
    }

    /// Moves the selected account up or down in the owner's own order.
    fn shift(&mut self, steps: isize, shown: &[&Item], cx: &mut Cx<'_>) {
        let Some(item) = shown.get(self.selected) else { return };
        let Some(to) = self.place_of(self.selected, steps, shown, cx.config) else { return };
        self.selected = to;
        let before = if steps < 0 { to } else { to + 1 };
        move_before(item.entry.id, shown.get(before).map(|item| item.entry.id), cx);
    }

    /// The row `steps` below row `number`, if the account there can change places with that one.
    fn place_of(&self, number: usize, steps: isize, shown: &[&Item], config: &Config) -> Option<usize> {
        let to = number.checked_add_signed(steps).filter(|_| self.is_own_order(config))?;
        // The favourites stand above the rest whatever the order.
        let alike = shown.get(number)?.entry.favorite == shown.get(to)?.entry.favorite;
        alike.then_some(to)
    }

    /// Whether the rows stand in the owner's own order, so that they can be moved.
    fn is_own_order(&self, config: &Config) -> bool {
        config.sort == Sort::Own && self.query.trim().is_empty() && self.tag.is_none()
    }

    fn search(&mut self, ui: &mut egui::Ui, field: egui::Id, cx: &mut Cx<'_>) {
        let colours = Palette::of(ui);
        let hint = text!("desktop-search").say(cx.lang);
        let button = covering_text(cx.config).say(cx.lang);
        ui.horizontal(|ui| {
            let edit = egui::TextEdit::singleline(&mut self.query)
                .id(field)
                .frame(search_frame(ui, field))
                .hint_text(egui::RichText::new(&hint).color(colours.quiet))
                .event_filter(keys(true))
                .desired_width(ui.available_width() - theme::CONTROL - theme::BETWEEN);
            let response = ui.add(edit);
            ui.ctx().accesskit_node_builder(response.id, |node| node.set_label(hint));
            paint_glass(ui.painter(), response.rect.left_center() + egui::vec2(20.0, 0.0), colours.quiet);
            if response.changed() {
                self.selected = 0;
                self.reveal = true;
            }
            if kit::eye(ui, &button, cx.config.hide_codes).clicked() {
                self.shown = None;
                cx.want(covering(cx.config, !cx.config.hide_codes));
            }
        });
    }

    /// The tags that are in use, to show only the accounts with one of them.
    fn tags(&mut self, ui: &mut egui::Ui, cx: &Cx<'_>) {
        let tags = cx.accounts.tags();
        if self.tag.as_deref().is_some_and(|tag| !tags.contains(&tag)) {
            self.tag = None;
        }
        if tags.is_empty() {
            return;
        }
        ui.horizontal_wrapped(|ui| {
            if kit::chip(ui, self.tag.is_none(), &text!("desktop-tags-all").say(cx.lang)).clicked() {
                self.tag = None;
            }
            for tag in tags {
                if kit::chip(ui, self.tag.as_deref() == Some(tag), &text::visible(tag)).clicked() {
                    self.tag = Some(tag.to_owned());
                    self.selected = 0;
                }
            }
        });
    }

    /// Draws the rows in view; all have the same height, so thousands cost no more than ten.
    fn rows(&mut self, ui: &mut egui::Ui, cx: &mut Cx<'_>, lately: &Lately<'_>, shown: &[&Item]) {
        let longest = cx.accounts.items.iter().filter_map(|item| item.account.as_ref().ok()).map(Account::digits);
        let shape = Shape::fitting(ui.available_width(), longest.max().unwrap_or(6));
        let reveal = std::mem::take(&mut self.reveal);
        // The bar stands in the window's edge, not on the rows.
        let width = ui.available_width();
        let mut room = ui.available_rect_before_wrap();
        room.max.x += theme::EDGE;
        let mut ui = ui.new_child(egui::UiBuilder::new().max_rect(room));
        egui::ScrollArea::vertical().auto_shrink(false).show_viewport(&mut ui, |ui, view| {
            let plan = Plan { shape, top: ui.max_rect().left_top(), width };
            ui.set_height(plan.bottom(shown.len()));
            if reveal {
                ui.scroll_to_rect(plan.rect(self.selected), None);
            }
            for number in plan.within(view, shown.len()) {
                let Some(item) = shown.get(number).copied() else { break };
                let counted = lately.counted.filter(|(id, _)| *id == item.entry.id).map(|(_, code)| code);
                let copied = lately.copied == Some(item.entry.id);
                let selected = number == self.selected;
                let hidden =
                    cx.config.hide_codes && self.shown.is_none_or(|(id, until)| id != item.entry.id || cx.now >= until);
                let (now, lang) = (cx.code_time(), cx.lang);
                let row = Row { item, counted, now, lang, shape, selected, hidden, copied };
                let pressed = row.ui(ui, plan.rect(number));
                self.pressed(ui, &pressed, number, shown, cx);
            }
            self.drag(ui, &plan, shown, cx);
        });
        // A row that the arrows went to has the focus now as well, and was scrolled to once.
        self.reveal &= !reveal;
    }

    /// What was done to row `number`.
    fn pressed(&mut self, ui: &egui::Ui, pressed: &Pressed, number: usize, shown: &[&Item], cx: &mut Cx<'_>) {
        let Some(item) = shown.get(number) else { return };
        let Pressed { row, more, reveal } = pressed;
        ui.memory_mut(|memory| memory.set_focus_lock_filter(row.id, keys(true)));
        if row.gained_focus() || row.clicked() {
            self.selected = number;
            self.reveal = true;
        }
        if row.clicked() {
            cx.want(Want::Copy(item.entry.id));
        }
        if *reveal {
            self.shown = Some((item.entry.id, UnixTime(cx.now.0 + SHOWN)));
        }
        if row.drag_started() && self.is_own_order(cx.config) {
            self.dragged = Some(item.entry.id);
        }
        let room = menu::Room {
            above: self.place_of(number, -1, shown, cx.config).is_some(),
            below: self.place_of(number, 1, shown, cx.config).is_some(),
        };
        if let Some(steps) = self.menu.ui(row, more, item, room, cx) {
            self.selected = number;
            self.shift(steps, shown, cx);
        }
    }

    /// Shows where the dragged row would go, and lets it go there.
    fn drag(&mut self, ui: &egui::Ui, plan: &Plan, shown: &[&Item], cx: &mut Cx<'_>) {
        let Some(id) = self.dragged else { return };
        let pointer = ui.input(|input| input.pointer.interact_pos());
        let Some(place) = pointer.map(|at| plan.gap(at.y, shown.len())) else { return };
        if ui.input(|input| input.pointer.primary_down()) {
            let y = plan.rect(place).top() - theme::BETWEEN / 2.0;
            let stroke = egui::Stroke::new(3.0, Palette::of(ui).accent);
            ui.painter().hline(plan.top.x..=plan.top.x + plan.width, y, stroke);
            ui.ctx().set_cursor_icon(egui::CursorIcon::Grabbing);
            follow(ui, pointer);
            return;
        }
        self.dragged = None;
        let next = shown.iter().skip(place).map(|item| item.entry.id).find(|next| *next != id);
        let stays = shown.get(place).is_some_and(|item| item.entry.id == id)
            || place.checked_sub(1).and_then(|above| shown.get(above)).is_some_and(|item| item.entry.id == id);
        if !stays {
            move_before(id, next, cx);
        }
    }
}

/// Scrolls on while a row is held at the upper or lower edge of the list.
fn follow(ui: &egui::Ui, pointer: Option<egui::Pos2>) {
    let (Some(at), view) = (pointer, ui.clip_rect()) else { return };
    let above = (view.top() + HOLD - at.y).clamp(0.0, HOLD);
    let below = (at.y - view.bottom() + HOLD).clamp(0.0, HOLD);
    let speed = (above - below) / 4.0;
    if speed.abs() > 0.0 {
        ui.scroll_with_delta(egui::vec2(0.0, speed));
        ui.ctx().request_repaint();
    }
}

/// Puts the account `id` before `next` in the owner's order, or last.
fn move_before(id: AccountId, next: Option<AccountId>, cx: &mut Cx<'_>) {
    let others = cx.accounts.items.iter().map(|item| item.entry.id).filter(|other| *other != id);
    let all = others.clone().count();
    let place = next.and_then(|next| others.clone().position(|other| other == next)).unwrap_or(all);
    let (change, now) = (Change { position: Some(place + 1), ..Change::default() }, cx.now);
    let task = cx.worker.ask(move |app, _| {
        app.change(id, &change, now)?;
        Ok(None)
    });
    cx.want(Want::Do(task));
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

    /// The gap between rows that is nearest to `y`, counted from 0 above the first.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "held at 0; rows are counted in thousands"
    )]
    fn gap(&self, y: f32, rows: usize) -> usize {
        (((y - self.top.y) / self.step()).round().max(0.0) as usize).min(rows)
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

/// The field's frame, with room for the glass.
fn search_frame(ui: &egui::Ui, field: egui::Id) -> egui::Frame {
    let mut frame = kit::field_frame(ui, field);
    frame.inner_margin.left = 36;
    frame
}

/// A magnifying glass.
fn paint_glass(painter: &egui::Painter, center: egui::Pos2, colour: egui::Color32) {
    let stroke = egui::Stroke::new(1.7, colour);
    painter.circle_stroke(center - egui::vec2(1.5, 1.5), 5.0, stroke);
    painter.line_segment([center + egui::vec2(2.2, 2.2), center + egui::vec2(6.0, 6.0)], stroke);
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
