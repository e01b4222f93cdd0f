//! The pieces that all views are made of: cards, buttons, fields, lines of text.

mod field;
mod focus;
mod marks;
mod menu;
mod offer;
mod rows;
mod scroll;

use std::borrow::Borrow;
use std::sync::Arc;

use eframe::egui;
use egui::{Align, FontId, Layout, Rect, Response, RichText, Ui, WidgetInfo};
pub(crate) use field::{field, field_frame, lines, secret};
pub(crate) use focus::{enter, entered, first, first_in_question};
pub(crate) use marks::{paint_done, paint_eye, paint_level, paint_tick};
pub(crate) use menu::{menu, menu_item};
pub(crate) use offer::{Mark, Offer, offer};
use otp::recovery::readiness::Level;
use otp::text;
use otp::text::{Lang, Text};
pub(crate) use rows::Rows;
pub(crate) use scroll::{above_list, scrolls, within};

use crate::failure::Failure;
use crate::theme::{self, Palette};

/// The one filled button of a view: the next step.
pub(crate) fn filled(ui: &mut Ui, text: impl Into<String>) -> Response {
    let colours = Palette::of(ui);
    // One that cannot be pressed is grey: the accent would fade until it cannot be read.
    let (ink, fill) = if ui.is_enabled() { (colours.on_accent, colours.accent) } else { (colours.text, colours.track) };
    let words = RichText::new(text.into()).color(ink);
    let button = egui::Button::new(words).fill(fill).min_size(egui::vec2(0.0, theme::CONTROL));
    let response = ui.add(button);
    if response.has_focus() {
        let stroke = egui::Stroke::new(2.0, colours.accent);
        ui.painter().rect_stroke(response.rect.expand(3.0), theme::ROUND, stroke, egui::StrokeKind::Outside);
    }
    response
}

/// Any other button.
pub(crate) fn button(ui: &mut Ui, text: impl Into<String>) -> Response {
    ui.add(egui::Button::new(text.into()).min_size(egui::vec2(0.0, theme::CONTROL)))
}

/// The button `number` of several, of which the first is the next step.
pub(crate) fn nth_button(ui: &mut Ui, number: usize, text: String) -> Response {
    if number == 0 { filled(ui, text) } else { button(ui, text) }
}

/// A button with a sign, called `label`.
pub(crate) fn arrow(ui: &mut Ui, sign: &str, label: &str) -> Response {
    let response = button(ui, sign);
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, ui.is_enabled(), label));
    response.on_hover_text(label)
}

/// A button for what cannot be taken back at once.
pub(crate) fn grave(ui: &mut Ui, text: impl Into<String>) -> Response {
    let words = RichText::new(text.into()).color(Palette::of(ui).bad);
    ui.add(egui::Button::new(words).min_size(egui::vec2(0.0, theme::CONTROL)))
}

/// A button as wide as there is room, for a choice among many.
pub(crate) fn wide_button(ui: &mut Ui, text: &str) -> Response {
    let size = egui::vec2(ui.available_width(), theme::CONTROL);
    let text = text.replace('`', "");
    let colour = Palette::of(ui).text;
    in_button(ui, &text, colour, 16.0, |ui, words| ui.add(egui::Button::new(words).min_size(size)))
}

/// A button with `text`, `space` at its sides, in lines where it has to be.
fn in_button(
    ui: &mut Ui,
    text: &str,
    colour: egui::Color32,
    space: f32,
    add: impl FnOnce(&mut Ui, Arc<egui::Galley>) -> Response,
) -> Response {
    let job = plain(text, theme::BODY, colour, ui.max_rect().width() - 2.0 * space);
    let text = job.text.clone();
    let words = theme::balanced(ui.painter(), job);
    let response = add(ui, words);
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, ui.is_enabled(), &text));
    response
}

/// A button that looks like the text around it.
pub(crate) fn link(ui: &mut Ui, text: impl Into<String>) -> Response {
    let colour = Palette::of(ui).accent;
    in_button(ui, &text.into(), colour, 6.0, |ui, words| {
        let button = egui::Button::new(words).frame_when_inactive(false).min_size(egui::vec2(0.0, theme::LOW));
        padded(ui, egui::vec2(6.0, 4.0), button)
    })
}

/// Words, and at their right a [`link`] called `label` that does something about them.
pub(crate) fn beside(ui: &mut Ui, label: String, words: impl FnOnce(&mut Ui) -> Response) -> Response {
    ends(ui, |ui| link(ui, label), |ui| drop(words(ui)))
}

/// What stands at the right end of a line, and `left` in the rest of it.
pub(crate) fn ends<R>(ui: &mut Ui, right: impl FnOnce(&mut Ui) -> R, left: impl FnOnce(&mut Ui)) -> R {
    ends_in(ui, theme::LOW, right, left)
}

/// The same in the middle of a line that is at least so high.
pub(crate) fn ends_in<R>(ui: &mut Ui, height: f32, right: impl FnOnce(&mut Ui) -> R, left: impl FnOnce(&mut Ui)) -> R {
    ui.horizontal(|ui| {
        ui.set_min_height(height);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let inner = right(ui);
            ui.with_layout(Layout::left_to_right(Align::Center), left);
            inner
        })
        .inner
    })
    .inner
}

/// Adds `button` with other space around its words; not in a scope, which would not wrap in a row.
fn padded(ui: &mut Ui, padding: egui::Vec2, button: egui::Button<'_>) -> Response {
    let before = std::mem::replace(&mut ui.spacing_mut().button_padding, padding);
    let response = ui.add(button);
    ui.spacing_mut().button_padding = before;
    response
}

/// A small button that is either on or off, such as a tag that filters.
pub(crate) fn chip(ui: &mut Ui, on: bool, text: &str) -> Response {
    let colours = Palette::of(ui);
    let (ink, fill) = if on { (colours.on_accent, colours.accent) } else { (colours.text, colours.card) };
    // Not wider than the view: what is long is cut.
    let words = theme::line(ui.painter(), text, theme::QUIET, ink, ui.max_rect().width() - 24.0);
    let button = egui::Button::new(words).fill(fill).corner_radius(16).min_size(egui::vec2(0.0, theme::LOW));
    let response = padded(ui, egui::vec2(12.0, 4.0), button);
    if on && response.has_focus() {
        let stroke = egui::Stroke::new(2.0, colours.accent);
        ui.painter().rect_stroke(response.rect.expand(2.0), 18, stroke, egui::StrokeKind::Outside);
    }
    response.widget_info(|| WidgetInfo::selected(egui::Role::Button, true, on, text));
    response
}

/// One of several, chosen by pressing it. Gives the new choice.
pub(crate) fn choose<T: PartialEq + Copy>(ui: &mut Ui, now: T, all: &[(T, String)]) -> Option<T> {
    let mut chosen = None;
    ui.horizontal_wrapped(|ui| {
        for (value, text) in all {
            if chip(ui, *value == now, text).clicked() {
                chosen = Some(*value);
            }
        }
    });
    chosen.filter(|value| *value != now)
}

/// A box with a tick, and what it means.
pub(crate) fn tick(ui: &mut Ui, on: &mut bool, text: impl Into<String>) -> Response {
    ui.scope(|ui| {
        ui.spacing_mut().interact_size.y = theme::LOW;
        ui.spacing_mut().icon_width = 18.0;
        ui.spacing_mut().icon_spacing = 8.0;
        let colours = Palette::of(ui);
        let (fill, edge) = if *on { (colours.accent, colours.accent) } else { (colours.card, colours.edge) };
        let widgets = &mut ui.visuals_mut().widgets;
        for state in [&mut widgets.inactive, &mut widgets.hovered, &mut widgets.active] {
            state.bg_fill = fill;
            state.bg_stroke.color = edge;
            state.fg_stroke = egui::Stroke::new(2.0, colours.on_accent);
            state.corner_radius = egui::CornerRadius::same(4);
        }
        // The box, and the space after it.
        let job = plain(&text.into(), theme::BODY, colours.text, ui.max_rect().width() - 26.0);
        let text = job.text.clone();
        let words = theme::balanced(ui.painter(), job);
        let response = ui.add(egui::Checkbox::new(on, words));
        // Without the ends of lines, here and below.
        response.widget_info(|| WidgetInfo::selected(egui::Role::CheckBox, ui.is_enabled(), *on, &text));
        if response.has_focus() {
            let stroke = egui::Stroke::new(2.0, colours.accent);
            let around = response.rect.expand2(egui::vec2(4.0, 0.0));
            ui.painter().rect_stroke(around, theme::ROUND, stroke, egui::StrokeKind::Inside);
        }
        response
    })
    .inner
}

/// A card as wide as there is room.
pub(crate) fn card<R>(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> R {
    let colours = Palette::of(ui);
    let frame = egui::Frame::new()
        .fill(colours.card)
        .stroke(egui::Stroke::new(1.0, colours.line))
        .corner_radius(theme::ROUND_CARD)
        .inner_margin(theme::INSIDE);
    frame
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            content(ui)
        })
        .inner
}

/// A line that matters, such as a name.
pub(crate) fn strong(ui: &mut Ui, text: &str) {
    theme::bold(ui, plain(text, theme::STRONG, Palette::of(ui).text, ui.available_width()));
}

/// Text to read.
pub(crate) fn body(ui: &mut Ui, text: impl Into<String>) -> Response {
    let text = text.into();
    words(ui, &text, theme::BODY, Palette::of(ui).text)
}

/// What is secondary.
pub(crate) fn quiet(ui: &mut Ui, text: impl Into<String>) -> Response {
    let text = text.into();
    words(ui, &text, theme::QUIET, Palette::of(ui).quiet)
}

/// A line in a colour that says how it is meant; the words say it, too.
pub(crate) fn toned(ui: &mut Ui, text: impl Into<String>, tone: Tone) -> Response {
    let colours = Palette::of(ui);
    let colour = match tone {
        Tone::Good => colours.good,
        Tone::Watch => colours.watch,
        Tone::Bad => colours.bad,
    };
    let text = text.into();
    words(ui, &text, theme::QUIET, colour)
}

/// What the foot says.
pub(crate) fn said(ui: &mut Ui, text: &str, colour: egui::Color32) -> Response {
    words(ui, text, theme::BODY, colour)
}

fn words(ui: &mut Ui, text: &str, size: f32, colour: egui::Color32) -> Response {
    let job = plain(text, size, colour, ui.available_width());
    theme::set(ui, job)
}

/// What is copied letter by letter: in a typewriter face, broken into equal lines.
pub(crate) fn literal(ui: &mut Ui, text: &str) {
    let (font, colour) = (FontId::monospace(theme::QUIET), Palette::of(ui).text);
    let mut job = egui::text::LayoutJob::simple(text.to_owned(), font, colour, ui.available_width());
    job.wrap.break_anywhere = true;
    theme::set(ui, job);
}

/// Words to write down: in a typewriter face, and none of them broken.
pub(crate) fn to_write_down(ui: &mut Ui, text: &str) {
    let format = egui::TextFormat {
        line_height: Some(theme::STRONG * 1.6),
        ..egui::TextFormat::simple(FontId::monospace(theme::STRONG), Palette::of(ui).text)
    };
    let mut job = egui::text::LayoutJob::single_section(text.to_owned(), format);
    job.wrap.max_width = ui.available_width();
    ui.label(job);
}

/// How something is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    /// All is well.
    Good,
    /// Worth a look.
    Watch,
    /// Something has to be done.
    Bad,
}

impl Tone {
    /// How `level` is meant.
    pub(crate) fn of(level: Level) -> Self {
        match level {
            Level::Good => Self::Good,
            Level::Watch => Self::Watch,
            Level::Bad => Self::Bad,
        }
    }
}

/// `text` from the left, its literals in a typewriter face.
fn plain(text: &str, size: f32, colour: egui::Color32, width: f32) -> egui::text::LayoutJob {
    let mut job = theme::with_literals(text, size, colour, width);
    job.halign = Align::LEFT;
    job
}

/// `words` in one line, apart from each other.
pub(crate) fn joined<T: Borrow<str>>(words: &[T], lang: Lang) -> String {
    words.join(match lang {
        Lang::English => " · ",
        Lang::Japanese => " ・ ",
    })
}

/// A heading inside a view.
pub(crate) fn heading(ui: &mut Ui, text: &Text, lang: Lang) {
    ui.add_space(theme::BETWEEN);
    strong(ui, &theme::sentence(text, lang));
}

/// A failure: what happened, and what to do.
pub(crate) fn failure(ui: &mut Ui, failure: &Failure, lang: Lang) {
    card(ui, |ui| {
        let line = toned(ui, theme::sentence(&failure.text, lang), Tone::Bad);
        ui.ctx().accesskit_node_builder(line.id, |node| node.set_live(egui::accesskit::Live::Assertive));
        if let Some(hint) = &failure.hint {
            quiet(ui, theme::sentence(hint, lang));
        }
    });
}

/// How far something is.
pub(crate) fn progress(ui: &mut Ui, text: &str, done: Option<(usize, usize)>) {
    let line = body(ui, text);
    ui.ctx().accesskit_node_builder(line.id, |node| node.set_live(egui::accesskit::Live::Polite));
    bar(ui, text, done);
}

/// How far something long is: a screen reader hears `spoken`, which changes rarely, while `text`
/// may change all the time.
pub(crate) fn long_progress(ui: &mut Ui, text: &str, spoken: &str, done: (usize, usize)) {
    body(ui, text);
    let bar = bar(ui, spoken, Some(done));
    ui.ctx().accesskit_node_builder(bar.id, |node| node.set_live(egui::accesskit::Live::Polite));
}

fn bar(ui: &mut Ui, text: &str, done: Option<(usize, usize)>) -> Response {
    let colours = Palette::of(ui);
    let (rect, response) = ui.allocate_exact_size(egui::vec2(ui.available_width(), 6.0), egui::Sense::hover());
    ui.painter().rect_filled(rect, 3, colours.track);
    let part = done.map_or(0.0, |(done, of)| part(done, of));
    let filled = Rect::from_min_size(rect.min, egui::vec2(rect.width() * part, rect.height()));
    ui.painter().rect_filled(filled, 3, colours.accent);
    response.widget_info(|| WidgetInfo::labeled(egui::Role::ProgressIndicator, true, text));
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_numeric_value(f64::from(part) * 100.0));
    response
}

#[expect(clippy::cast_precision_loss, reason = "counts of accounts and files")]
fn part(done: usize, of: usize) -> f32 {
    done.min(of) as f32 / of.max(1) as f32
}

/// Buttons side by side, or one below the other where there is no room.
pub(crate) fn row<R>(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> R {
    ui.horizontal_wrapped(content).inner
}

/// A question before something grave, which Enter alone does not do. `None` as long as it is open.
pub(crate) fn confirm(ctx: &egui::Context, question: &Text, words: &Text, yes: &Text, lang: Lang) -> Option<bool> {
    let modal = egui::Modal::new(egui::Id::unique("confirm")).frame(modal_frame(ctx)).show(ctx, |ui| {
        ui.set_width((ui.ctx().content_rect().width() - 64.0).min(360.0));
        strong(ui, &theme::sentence(question, lang));
        quiet(ui, theme::sentence(words, lang));
        ui.add_space(theme::BETWEEN);
        row(ui, |ui| {
            let done = grave(ui, yes.say(lang)).clicked();
            let not = button(ui, text!("desktop-cancel").say(lang));
            first_in_question(ui, &not);
            if done {
                Some(true)
            } else if not.clicked() {
                Some(false)
            } else {
                None
            }
        })
    });
    let closed = modal.should_close().then_some(false);
    modal.inner.or(closed)
}

/// The frame of what stands above everything else.
pub(crate) fn modal_frame(ctx: &egui::Context) -> egui::Frame {
    let colours = Palette::in_context(ctx);
    egui::Frame::new()
        .fill(colours.card)
        .stroke(egui::Stroke::new(1.0, colours.line))
        .corner_radius(theme::ROUND_CARD)
        .inner_margin(theme::EDGE)
}

/// A square button with an eye, called `label`.
pub(crate) fn eye(ui: &mut Ui, label: &str, open: bool) -> Response {
    let button = egui::Button::new("").min_size(egui::Vec2::splat(theme::CONTROL));
    let response = ui.add(button);
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, label));
    paint_eye(ui.painter(), response.rect.center(), Palette::of(ui).quiet, open);
    response.on_hover_text(label)
}

/// The name of an account with its mark, which opens it.
pub(crate) fn name(ui: &mut Ui, text: &str, level: Option<Level>, lang: Lang) -> Response {
    let colours = Palette::of(ui);
    let mark = if level.is_some() { 16.0 } else { 0.0 };
    let width = ui.available_width();
    let words = theme::bold_line(ui.painter(), text, theme::BODY, colours.text, width - mark - 4.0);
    let (rect, response) = ui.allocate_exact_size(egui::vec2(width, theme::LOW), egui::Sense::click());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, text));
    if let Some(level) = level {
        paint_level(ui.painter(), egui::pos2(rect.left() + 5.0, rect.center().y), level, colours);
        let words = theme::sentence(&level.text(), lang);
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_description(words));
    }
    let at = egui::pos2(rect.left() + mark, rect.center().y - words.size().y / 2.0);
    if response.has_focus() || response.hovered() {
        let stroke = egui::Stroke::new(if response.has_focus() { 2.0 } else { 1.0 }, colours.accent);
        ui.painter().hline(at.x..=at.x + words.size().x, at.y + words.size().y + 1.0, stroke);
    }
    ui.painter().galley(at, words, colours.text);
    let response = response.on_hover_cursor(egui::CursorIcon::PointingHand);
    match level {
        Some(level) => response.on_hover_text(theme::sentence(&level.text(), lang)),
        None => response,
    }
}

/// A tool among many: what it is called, and what it is for.
pub(crate) fn tool(ui: &mut Ui, title: &str, words: &str) -> Response {
    let colours = Palette::of(ui);
    let width = ui.available_width();
    let upper = theme::bold_line(ui.painter(), title, theme::BODY, colours.text, width - 40.0);
    let lower = plain(words, theme::QUIET, colours.quiet, width - 44.0);
    let lower = theme::balanced(ui.painter(), lower);
    let size = egui::vec2(width, 40.0 + lower.size().y);
    let (rect, response) = ui.allocate_exact_size(size, egui::Sense::click());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, title));
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_description(words));
    let fill = if response.hovered() { colours.hovered } else { colours.card };
    let stroke = if response.has_focus() {
        egui::Stroke::new(2.0, colours.accent)
    } else {
        egui::Stroke::new(1.0, colours.line)
    };
    ui.painter().rect(rect, theme::ROUND_CARD, fill, stroke, egui::StrokeKind::Inside);
    let left = rect.left() + theme::INSIDE;
    ui.painter().galley(egui::pos2(left, rect.top() + 10.0), upper, colours.text);
    ui.painter().galley(egui::pos2(left, rect.top() + 31.0), lower, colours.quiet);
    let tip = egui::pos2(rect.right() - 18.0, rect.center().y);
    let stroke = egui::Stroke::new(1.8, colours.quiet);
    ui.painter().line_segment([tip - egui::vec2(4.0, 5.0), tip], stroke);
    ui.painter().line_segment([tip - egui::vec2(4.0, -5.0), tip], stroke);
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}
