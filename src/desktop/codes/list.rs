//! The rows, with the field that narrows them.

use eframe::egui;
use otp::account::{Account, AccountId};
use otp::app::config::{Config, Sort};
use otp::app::organise::Change;
use otp::clock::UnixTime;
use otp::find;
use otp::text;

use super::menu::Asked;
use super::plan::{Gap, Plan};
use super::row::{Pressed, Row};
use super::several::Several;
use super::{Codes, Lately, SHOWN, covering, covering_text};
use super::{clock, keys, menu};
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
    pub(super) query: String,
    tag: Option<String>,
    /// The number of the selected row.
    pub(super) selected: usize,
    /// The account in it, once somebody chose it: it stays selected wherever it stands.
    pub(super) chosen: Option<AccountId>,
    /// How many rows stood side by side in the frame before.
    pub(super) columns: usize,
    /// How many rows were in view.
    pub(super) in_view: usize,
    /// Whether the keyboard has been given to the field once.
    pub(super) started: bool,
    /// Whether the selected row has to be brought into view.
    pub(super) reveal: bool,
    /// The account whose covered code is shown, and until when.
    pub(super) shown: Option<(AccountId, UnixTime)>,
    /// The account that is being dragged.
    dragged: Option<AccountId>,
    pub(super) several: Several,
    pub(super) menu: menu::Menu,
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
        let shown = self.matching(&accounts.items, cx.config);
        self.stay(&shown);
        let pressed = if is_covered(ui.ctx()) { None } else { self.keys(ui, field, &shown, cx) };
        self.search(ui, field, cx);
        clock::ui(ui, cx);
        self.tags(ui, cx);
        self.several.ui(ui, cx);
        if shown.is_empty() {
            Notice::nothing_found(&self.query).ui(ui, cx.lang);
            return;
        }
        if let Some(item) = pressed.and_then(|number| shown.get(number)) {
            cx.want(Want::Copy(item.entry.id));
        }
        self.rows(ui, cx, lately, &shown);
        self.menu.confirm(ui, cx);
    }

    /// Selects what was selected, wherever it stands now.
    fn stay(&mut self, shown: &[&Item]) {
        let at = shown.iter().position(|item| Some(item.entry.id) == self.chosen);
        self.reveal |= at.is_some_and(|at| at != self.selected);
        self.selected = at.unwrap_or(self.selected).min(shown.len().saturating_sub(1));
    }

    /// Selects the first row of another list.
    fn first(&mut self) {
        (self.selected, self.chosen, self.reveal) = (0, None, true);
    }

    /// Selects row `number`, and brings it into view.
    pub(super) fn choose(&mut self, number: usize, shown: &[&Item]) {
        self.selected = number;
        self.chosen = shown.get(number).map(|item| item.entry.id);
        self.reveal = true;
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

    /// The row `steps` below row `number`, if the account there can change places with that one.
    pub(super) fn place_of(&self, number: usize, steps: isize, shown: &[&Item], config: &Config) -> Option<usize> {
        let to = number.checked_add_signed(steps).filter(|_| self.is_own_order(config))?;
        // The favourites stand above the rest whatever the order.
        let alike = shown.get(number)?.entry.favorite == shown.get(to)?.entry.favorite;
        alike.then_some(to)
    }

    /// Whether the rows stand in the owner's own order, so that they can be moved.
    pub(super) fn is_own_order(&self, config: &Config) -> bool {
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
                .event_filter(keys::filter())
                .desired_width(ui.available_width() - theme::CONTROL - theme::BETWEEN);
            let response = ui.add(edit);
            ui.ctx().accesskit_node_builder(response.id, |node| node.set_label(hint));
            paint_glass(ui.painter(), response.rect.left_center() + egui::vec2(20.0, 0.0), colours.quiet);
            if response.changed() {
                self.first();
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
                    self.first();
                }
            }
        });
    }

    /// Draws the rows in view; all have the same height, so thousands cost no more than ten.
    fn rows(&mut self, ui: &mut egui::Ui, cx: &mut Cx<'_>, lately: &Lately<'_>, shown: &[&Item]) {
        let longest = cx.accounts.items.iter().filter_map(|item| item.account.as_ref().ok()).map(Account::digits);
        let longest = longest.max().unwrap_or(6);
        let reveal = std::mem::take(&mut self.reveal);
        // The bar stands in the window's edge, not on the rows.
        let width = ui.available_width();
        let mut room = ui.available_rect_before_wrap();
        room.max.x += theme::EDGE;
        let mut ui = ui.new_child(egui::UiBuilder::new().max_rect(room));
        egui::ScrollArea::vertical().auto_shrink(false).show_viewport(&mut ui, |ui, view| {
            let plan = Plan::new(ui.max_rect().left_top(), width, longest);
            self.columns = plan.columns;
            self.in_view = plan.whole_in(view);
            ui.set_height(plan.height(shown.len()));
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
                let marked = self.several.is_on().then(|| self.several.has(item.entry.id));
                let row = Row { item, counted, now, lang, shape: plan.shape, selected, hidden, copied, marked };
                let pressed = row.ui(ui, plan.rect(number));
                cx.cards.rects.push(plan.rect(number));
                self.pressed(ui, &pressed, number, shown, cx);
            }
            cx.cards.view = Some(ui.clip_rect());
            self.drag(ui, &plan, shown, cx);
        });
        // A row that the arrows went to has the focus now as well, and was scrolled to once.
        self.reveal &= !reveal;
    }

    /// What was done to row `number`.
    fn pressed(&mut self, ui: &egui::Ui, pressed: &Pressed, number: usize, shown: &[&Item], cx: &mut Cx<'_>) {
        let Pressed { row, more, reveal } = pressed;
        let Some(item) = shown.get(number) else { return };
        let id = item.entry.id;
        ui.memory_mut(|memory| memory.set_focus_lock_filter(row.id, keys::filter()));
        if row.clicked() {
            self.click(ui, number, shown, cx);
        }
        if row.gained_focus() || row.clicked() {
            self.choose(number, shown);
        }
        if *reveal {
            self.shown = Some((id, UnixTime(cx.now.0 + SHOWN)));
        }
        if row.drag_started() && self.is_own_order(cx.config) {
            self.dragged = Some(id);
        }
        let room = menu::Room {
            above: self.place_of(number, -1, shown, cx.config).is_some(),
            below: self.place_of(number, 1, shown, cx.config).is_some(),
        };
        match self.menu.ui(row, more, item, room, cx) {
            None => {}
            Some(Asked::Move(steps)) => {
                self.choose(number, shown);
                self.shift(steps, shown, cx);
            }
            Some(Asked::Mark) => self.several.toggle(id),
        }
    }

    /// Copies the code of row `number`; or marks it, where several are being marked or with the keys
    /// that do so everywhere.
    fn click(&mut self, ui: &egui::Ui, number: usize, shown: &[&Item], cx: &mut Cx<'_>) {
        let modifiers = ui.input(|input| input.modifiers);
        let Some(item) = shown.get(number) else { return };
        if modifiers.shift {
            let range = self.selected.min(number)..=self.selected.max(number);
            self.several.mark(shown.get(range).unwrap_or_default());
        } else if modifiers.command || self.several.is_on() {
            self.several.toggle(item.entry.id);
        } else {
            cx.want(Want::Copy(item.entry.id));
        }
    }

    /// Shows where the dragged row would go, and lets it go there.
    fn drag(&mut self, ui: &egui::Ui, plan: &Plan, shown: &[&Item], cx: &mut Cx<'_>) {
        let Some(id) = self.dragged else { return };
        let pointer = ui.input(|input| input.pointer.interact_pos());
        let Some(Gap { place, line }) = pointer.map(|at| plan.gap(at, shown.len())) else { return };
        if ui.input(|input| input.pointer.primary_down()) {
            ui.painter().line_segment(line, egui::Stroke::new(3.0, Palette::of(ui).accent));
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

/// Whether a menu or a question stands above the list and has the keys.
fn is_covered(ctx: &egui::Context) -> bool {
    egui::Popup::is_any_open(ctx) || ctx.memory(|memory| memory.top_modal_layer().is_some())
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
pub(super) fn move_before(id: AccountId, next: Option<AccountId>, cx: &mut Cx<'_>) {
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
