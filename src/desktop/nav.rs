//! The way around: a bar at the top, and where there is room a rail at the side.

mod sign;

use eframe::egui;
use egui::{Align, Key, Layout, Modifiers};
use otp::text;
use otp::text::{Lang, Text};

use crate::kit;
use crate::page::{Place, Want};
use crate::theme::{self, Palette};
use sign::Sign;

/// From this width on there is a rail.
const RAIL_FROM: f32 = 760.0;
/// From this width on the bar of the codes has room for every way on.
const WAYS_FROM: f32 = 260.0;
/// What is left of a title has to be as wide as this to be shown.
const STUB: f32 = 80.0;
/// How wide it is.
const RAIL: f32 = 184.0;

/// Whether there is a rail in a window of this width.
pub(crate) fn has_rail(width: f32) -> bool {
    width >= RAIL_FROM
}

/// Draws the rail, with `here` marked; at its foot, apart from the places, is the lock.
pub(crate) fn rail(ui: &mut egui::Ui, here: Place, lang: Lang) -> Option<Want> {
    let colours = Palette::of(ui);
    let frame = egui::Frame::new().inner_margin(egui::Margin::symmetric(12, 16));
    let panel = egui::Panel::left("rail").frame(frame).resizable(false).show_separator_line(false).exact_size(RAIL);
    let shown = panel.show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        let mut wanted = None;
        for place in Place::ALL {
            if entry(ui, Sign::Of(place), &place.label(), place == here, lang).clicked() {
                wanted = Some(Want::Go(place));
            }
        }
        ui.add_space((ui.available_height() - theme::CONTROL).max(0.0));
        if entry(ui, Sign::Lock, &text!("desktop-nav-lock"), false, lang).clicked() {
            wanted = Some(Want::Lock);
        }
        wanted
    });
    let rect = shown.response.rect;
    ui.painter().vline(rect.right(), rect.y_range(), egui::Stroke::new(1.0, colours.line));
    shown.inner
}

/// A line of the rail.
fn entry(ui: &mut egui::Ui, sign: Sign, label: &Text, here: bool, lang: Lang) -> egui::Response {
    let (colours, label) = (Palette::of(ui), label.say(lang));
    let size = egui::vec2(ui.available_width(), theme::CONTROL);
    let (rect, response) = ui.allocate_exact_size(size, egui::Sense::click());
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, here, &label));
    let fill = if here || response.hovered() { colours.background } else { egui::Color32::TRANSPARENT };
    let ink = if here { colours.accent } else { colours.text };
    ui.painter().rect_filled(rect, theme::ROUND, fill);
    if response.has_focus() {
        let stroke = egui::Stroke::new(2.0, colours.accent);
        ui.painter().rect_stroke(rect, theme::ROUND, stroke, egui::StrokeKind::Inside);
    }
    let colour = if here { colours.accent } else { colours.quiet };
    sign::paint(ui.painter(), egui::pos2(rect.left() + 22.0, rect.center().y), sign, colour);
    let line = if here { theme::bold_line } else { theme::line };
    let words = line(ui.painter(), &label, theme::BODY, ink, rect.width() - 52.0);
    let at = egui::pos2(rect.left() + 42.0, rect.center().y - words.size().y / 2.0);
    ui.painter().galley(at, words, ink);
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}

/// The bar: the way back or the ways on, and the title.
pub(crate) struct Bar<'a> {
    pub(crate) title: &'a Text,
    /// How many views are above the first one of the list of codes.
    pub(crate) depth: usize,
    /// Whether bringing accounts in is the next step, and nothing in the view itself is.
    pub(crate) adds: bool,
    pub(crate) rail: bool,
    pub(crate) lang: Lang,
}

impl Bar<'_> {
    /// Draws it.
    pub(crate) fn ui(&self, ui: &mut egui::Ui) -> Option<Want> {
        let home = self.depth == 0;
        // Above the first view of a part the rail is the way back.
        let back = !home && (!self.rail || self.depth > 1);
        ui.horizontal(|ui| {
            if back {
                return self.back(ui);
            }
            if home && !self.rail {
                return self.ways(ui);
            }
            self.heading(ui);
            None
        })
        .inner
    }

    fn back(&self, ui: &mut egui::Ui) -> Option<Want> {
        let label = text!("desktop-back").say(self.lang);
        let response = ui.add(egui::Button::new("").min_size(egui::Vec2::splat(theme::CONTROL)));
        let tip = response.rect.center() - egui::vec2(4.0, 0.0);
        let stroke = egui::Stroke::new(2.0, Palette::of(ui).text);
        ui.painter().line_segment([tip + egui::vec2(7.0, -7.0), tip], stroke);
        ui.painter().line_segment([tip + egui::vec2(7.0, 7.0), tip], stroke);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &label));
        let pressed = response.on_hover_text(label).clicked();
        self.heading(ui);
        pressed.then_some(Want::Back)
    }

    fn heading(&self, ui: &mut egui::Ui) {
        // Names keep the letters that they begin with.
        let title = self.title.say(self.lang);
        let (colour, room) = (Palette::of(ui).text, ui.available_width());
        let mut galley = theme::bold_line(ui.painter(), &title, theme::TITLE, colour, room);
        if galley.elided && room < STUB {
            // Three letters of a title say less than none.
            galley = theme::bold_line(ui.painter(), "", theme::TITLE, colour, room);
        }
        let (rect, response) =
            ui.allocate_exact_size(egui::vec2(galley.size().x + 1.0, theme::CONTROL), egui::Sense::hover());
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Heading, true, &title));
        ui.painter().galley(egui::pos2(rect.left(), rect.center().y - galley.size().y / 2.0), galley, colour);
    }

    /// From the codes to everywhere else.
    fn ways(&self, ui: &mut egui::Ui) -> Option<Want> {
        let roomy = ui.available_width() >= WAYS_FROM;
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().button_padding.x = theme::INSIDE;
            let mut wanted = self.more(ui, roomy);
            let add = kit::nth_button(ui, usize::from(!self.adds), text!("desktop-nav-add-button").say(self.lang));
            if add.clicked() {
                wanted = Some(Want::Go(Place::Add));
            }
            if roomy && kit::button(ui, Place::Recovery.label().say(self.lang)).clicked() {
                wanted = Some(Want::Go(Place::Recovery));
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| self.heading(ui));
            wanted
        })
        .inner
    }

    fn more(&self, ui: &mut egui::Ui, roomy: bool) -> Option<Want> {
        let label = text!("desktop-nav-more").say(self.lang);
        let button = egui::Button::new("≡").min_size(egui::vec2(theme::CONTROL, theme::CONTROL));
        let (response, shown) = egui::containers::menu::MenuButton::from_button(button).ui(ui, |ui| {
            let mut wanted = None;
            let above = (!roomy).then_some(Place::Recovery);
            for place in above.into_iter().chain([Place::Trash, Place::Settings]) {
                if kit::menu_item(ui, &place.label().say(self.lang)) {
                    wanted = Some(Want::Go(place));
                }
            }
            if kit::menu_item(ui, &text!("desktop-nav-lock").say(self.lang)) {
                wanted = Some(Want::Lock);
            }
            wanted
        });
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &label));
        let _ = response.on_hover_text(label);
        shown.and_then(|shown| shown.inner)
    }
}

/// What the keys of the whole window ask for.
pub(crate) fn keys(ui: &egui::Ui) -> Option<Want> {
    ui.input_mut(|input| {
        if input.consume_key(Modifiers::COMMAND, Key::N) {
            Some(Want::Go(Place::Add))
        } else if input.consume_key(Modifiers::COMMAND, Key::L) {
            Some(Want::Lock)
        } else if input.consume_key(Modifiers::COMMAND, Key::Comma) {
            Some(Want::Go(Place::Settings))
        } else if input.consume_key(Modifiers::COMMAND, Key::R) {
            Some(Want::Go(Place::Recovery))
        } else {
            None
        }
    })
}
