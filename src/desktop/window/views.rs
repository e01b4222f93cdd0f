//! The views of the window, one above the other: opened, closed, drawn under their bar.

use eframe::egui;
use otp::clock::UnixTime;
use otp::text::{Lang, Text};

use super::Window;
use crate::accounts::State;
use crate::add::Add;
use crate::add::incoming::Incoming;
use crate::add::key::TypedKey;
use crate::add::reader::Offered;
use crate::kit;
use crate::nav;
use crate::page::{Cx, Page, Place, Want};
use crate::recovery::Recovery;
use crate::settings::Settings;
use crate::theme::{self, Cards};
use crate::trash::Trash;

/// A view that is open.
pub(super) struct Opened {
    /// Tells it from every other, also from one that stood in its place before.
    number: u64,
    pub(super) page: Box<dyn Page>,
    /// When it was drawn first, in seconds of the toolkit's own time.
    since: Option<f64>,
    /// How high its bar was in the frame before.
    bar: f32,
}

impl Opened {
    /// How far it has faded in.
    #[expect(clippy::cast_possible_truncation, reason = "some hundredths of a second")]
    fn opacity(&mut self, ui: &egui::Ui) -> f32 {
        let (now, whole) = (ui.input(|input| input.time), ui.style().animation_time);
        let age = (now - *self.since.get_or_insert(now)) as f32;
        if age >= whole {
            return 1.0;
        }
        ui.ctx().request_repaint();
        0.25 + 0.75 * age / whole
    }
}

impl Window {
    /// The topmost view under its bar, in the middle of the window. Gives the cards that it leaves to
    /// the clear.
    pub(super) fn page(&mut self, ui: &mut egui::Ui, rail: bool, now: UnixTime, wants: &mut Vec<Want>) -> Cards {
        let lang = self.lang();
        let depth = self.pages.len();
        let adds = matches!(self.accounts.state, State::Here) && !self.accounts.items.is_empty();
        let mut top = self.pages.pop();
        let (number, mut height) = top.as_ref().map_or((0, 0.0), |top| (top.number, top.bar));
        let opacity = top.as_mut().map_or(1.0, |top| top.opacity(ui));
        let page: &mut dyn Page = match &mut top {
            Some(top) => &mut *top.page,
            None => &mut self.codes,
        };
        let mut cx = Cx {
            lang,
            now,
            accounts: &self.accounts,
            worker: &self.worker,
            config: &self.config,
            wants: Vec::new(),
            cards: Cards::default(),
            said: Vec::new(),
        };
        let spare = ((ui.available_width() - page.widest(&self.accounts)) / 2.0).max(0.0);
        let middle = ui.available_rect_before_wrap().shrink2(egui::vec2(spare, 0.0));
        // What fades where it scrolls fades into the ground, which is painted elsewhere.
        let ground = egui::Frame::new().fill(ui.visuals().panel_fill);
        let ground = egui::UiStackInfo::new(egui::UiKind::CentralPanel).with_frame(ground);
        // Whether the foot says something must not change what the view's buttons are known by: a press
        // that falls between two frames would be lost.
        let scope = egui::UiBuilder::new().scope_id(egui::Id::unique(("view", number)));
        ui.scope_builder(scope.max_rect(middle).ui_stack_info(ground), |ui| {
            let bar = nav::Bar { title: &page.title(), depth, adds, rail, lang };
            wants.extend(bar.ui(ui));
            ui.add_space(4.0);
            if depth == 0 {
                page.ui(ui, &mut cx);
            } else {
                let id = egui::Id::unique(("page", number));
                ui.multiply_opacity(opacity);
                let room = ui.available_rect_before_wrap();
                scrolled(ui, id, height, |ui| page.ui(ui, &mut cx));
                height = at_foot(ui, room, height, |ui| page.bar(ui, &mut cx));
            }
        });
        if let Some(top) = &mut top {
            top.bar = height;
        }
        let Cx { wants: wanted, said, cards, .. } = cx;
        wants.extend(wanted);
        self.pages.extend(top);
        for line in said {
            match line {
                Ok(text) => self.foot.done(text),
                Err(failure) => self.foot.failed(failure),
            }
        }
        let back = |input: &mut egui::InputState| input.consume_key(egui::Modifiers::NONE, egui::Key::Escape);
        if depth > 0
            && self.leaving.is_none()
            && !self.had_focus
            && !egui::Popup::is_any_open(ui.ctx())
            && ui.input_mut(back)
        {
            wants.push(Want::Back);
        }
        cards
    }

    /// Opens `page` above all others.
    pub(super) fn show(&mut self, page: Box<dyn Page>) {
        self.opened += 1;
        self.pages.push(Opened { number: self.opened, page, since: None, bar: 0.0 });
    }

    /// `want`, or what the topmost view has instead of the one below.
    pub(super) fn instead(&mut self, want: Want) -> Want {
        let before = match (&want, self.pages.last_mut()) {
            (Want::Back, Some(top)) => top.page.before(),
            _ => None,
        };
        before.map_or(want, Want::Replace)
    }

    /// What a view asks that `want` would close.
    pub(super) fn parting(&self, want: &Want) -> Option<[Text; 3]> {
        let closed = match want {
            Want::Back => 1,
            Want::Go(_) => self.pages.len(),
            _ => 0,
        };
        self.pages.iter().rev().take(closed).find_map(|opened| opened.page.parting())
    }

    /// Asks whether the topmost view is to be left, as long as the user has not answered.
    pub(super) fn part(&mut self, ctx: &egui::Context, lang: Lang) {
        let Some(want) = &self.leaving else { return };
        let leaves = match self.parting(want) {
            // What would have been lost is safe by now.
            None => Some(true),
            Some([question, words, yes]) => kit::confirm(ctx, &question, &words, &yes, lang),
        };
        if let Some(leaves) = leaves
            && let Some(want) = self.leaving.take().filter(|_| leaves)
        {
            self.leave(&want);
        }
    }

    /// Leaves the topmost view: for the one below, or for another part.
    pub(super) fn leave(&mut self, want: &Want) {
        let left = match want {
            Want::Go(_) => 0,
            _ => self.pages.len().saturating_sub(1),
        };
        let closed = self.pages.drain(left..);
        self.changes.extend(closed.filter_map(|mut closed| closed.page.leaves()));
        if let Want::Go(place) = want {
            self.go(*place);
        }
    }

    /// Opens the first view of `place`.
    fn go(&mut self, place: Place) {
        match place {
            Place::Codes => {}
            Place::Add => self.show(Box::new(Add::default())),
            Place::Recovery => self.show(Box::new(Recovery::default())),
            Place::Trash => self.show(Box::new(Trash::default())),
            Place::Settings => self.show(Box::new(Settings)),
        }
    }

    /// Reads what the user brings: dropped, pasted, chosen, or handed over by a link.
    pub(crate) fn bring(&mut self, offered: Vec<Offered>) {
        if self.is_locked() {
            self.offered.keep(offered);
            return;
        }
        let rest = match self.pages.last_mut() {
            Some(top) => top.page.take(offered, &self.worker),
            None => Some(offered),
        };
        let Some(offered) = rest else { return };
        if matches!(self.accounts.state, State::Waiting(_)) {
            self.offered.keep(offered);
            return;
        }
        let page: Box<dyn Page> = match <[Offered; 1]>::try_from(offered) {
            Ok([Offered::Key(key)]) => Box::new(TypedKey::with(key)),
            Ok(one) => Box::new(Incoming::new(&self.worker, one.into())),
            Err(several) => Box::new(Incoming::new(&self.worker, several)),
        };
        self.show(page);
    }
}

/// Draws `content` in a room that scrolls, but for the lowest `bar` points; its scroll bar stands in the
/// window's edge.
fn scrolled(ui: &mut egui::Ui, id: egui::Id, bar: f32, content: impl FnOnce(&mut egui::Ui)) {
    let width = ui.available_width();
    let mut room = ui.available_rect_before_wrap();
    room.max += egui::vec2(theme::EDGE, -bar);
    let mut ui = ui.new_child(egui::UiBuilder::new().max_rect(room));
    kit::within(egui::ScrollArea::vertical().id_salt(id).auto_shrink(false), &mut ui, |ui| {
        // Focus and outlines of cards reach a little beyond them.
        ui.set_max_width(width);
        ui.add_space(2.0);
        content(ui);
        ui.add_space(theme::EDGE);
    });
}

/// Draws `content` at the bottom of `room`, in at most half of it, under a line. It was `height` points
/// high in the frame before; gives how high it is now.
fn at_foot(ui: &mut egui::Ui, room: egui::Rect, height: f32, content: impl FnOnce(&mut egui::Ui)) -> f32 {
    let (top, most) = (room.bottom() - height, room.height() / 2.0);
    let place = egui::Rect::from_min_size(egui::pos2(room.left(), top), egui::vec2(room.width(), most));
    let mut ui = ui.new_child(egui::UiBuilder::new().max_rect(place).id_salt("bar"));
    if height > 0.0 {
        let line = egui::Stroke::new(1.0, theme::Palette::of(&ui).line);
        ui.painter().hline(place.x_range(), top, line);
    } else {
        // It is only measured.
        ui.set_invisible();
    }
    ui.add_space(theme::BETWEEN);
    let inner = kit::within(egui::ScrollArea::vertical().id_salt("bar"), &mut ui, |ui| {
        // The outline of what has the focus reaches a little beyond it.
        ui.set_clip_rect(ui.clip_rect().expand(3.0));
        content(ui);
        ui.min_rect().height()
    });
    let now = if inner > 0.0 { (inner + theme::BETWEEN).min(most) } else { 0.0 };
    #[expect(clippy::float_cmp, reason = "the same sums of the same heights")]
    if now != height {
        ui.ctx().request_repaint();
    }
    now
}
