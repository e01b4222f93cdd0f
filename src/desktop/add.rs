//! Bringing accounts in: from a picture, the clipboard, a typed key, another app.

mod apps;
pub(crate) mod incoming;
pub(crate) mod key;
pub(crate) mod reader;
pub(crate) mod reading;
pub(crate) mod receipt;

use eframe::egui;
use otp::import::FORMATS;
use otp::qr::capture::{self, Clip};
use otp::text;

use crate::chooser::Chooser;
use crate::kit::{self, Offer};
use crate::page::{Cx, Page, Place, Want};
use crate::theme::{self, Palette};
use crate::window::screen::steps_aside;
use crate::worker::{self, Task};
use apps::Apps;
use key::TypedKey;
use reader::Offered;

/// The view that offers every way in.
#[derive(Default)]
pub(crate) struct Add {
    chooser: Chooser,
    pasting: Option<Task<Vec<Offered>>>,
}

impl Page for Add {
    fn place(&self) -> Place {
        Place::Add
    }

    fn ui(&mut self, ui: &mut egui::Ui, cx: &mut Cx<'_>) {
        self.hear(cx);
        if drop_area(ui, cx) {
            self.chooser.open(cx);
        }
        if let Some(chosen) = self.chooser.ui(ui, cx) {
            cx.want(Want::Bring(chosen));
        }
        let ways = [
            ("desktop-add-screen", screen_words(), "desktop-add-screen-button"),
            ("desktop-add-paste", "desktop-add-paste-words", "desktop-add-paste-button"),
            ("desktop-add-key", "desktop-add-key-words", "desktop-add-key-button"),
            ("desktop-add-app", "desktop-add-app-words", "desktop-add-app-button"),
        ];
        let say = |id: &'static str| text::Text::new(id).with("count", FORMATS.len()).say(cx.lang);
        let offers = ways.map(|(title, words, button)| Offer {
            mark: None,
            title: say(title),
            words: say(words),
            button: Some(say(button)),
            first: false,
        });
        let pressed = offers.iter().map(|offer| kit::offer(ui, offer)).collect::<Vec<_>>();
        match pressed.iter().position(|pressed| *pressed) {
            Some(0) => cx.want(Want::ReadScreen),
            Some(1) => self.pasting = Some(paste(cx)),
            Some(2) => cx.open(TypedKey::default()),
            Some(3) => cx.open(Apps::default()),
            _ => {}
        }
        kit::quiet(ui, text!("desktop-add-safe").say(cx.lang));
    }
}

impl Add {
    fn hear(&mut self, cx: &mut Cx<'_>) {
        match worker::take(&mut self.pasting) {
            Some(Ok(offered)) => cx.want(Want::Bring(offered)),
            Some(Err(failure)) => cx.said.push(Err(failure)),
            None => {}
        }
    }
}

/// Where a file can be dropped; true when the button for choosing one was pressed.
fn drop_area(ui: &mut egui::Ui, cx: &Cx<'_>) -> bool {
    let colours = Palette::of(ui);
    let frame = egui::Frame::new().fill(colours.card).corner_radius(theme::ROUND_CARD).inner_margin(theme::EDGE);
    let shown = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.vertical_centered(|ui| {
            ui.add_space(4.0);
            paint_tray(ui);
            let width = ui.available_width();
            let title = text!("desktop-add-drop").say(cx.lang);
            theme::bold(ui, theme::with_literals(&title, theme::STRONG, colours.text, width));
            theme::hint(ui, &text!("desktop-add-drop-words").say(cx.lang));
            ui.add_space(4.0);
            let pressed = kit::filled(ui, text!("desktop-add-choose").say(cx.lang)).clicked();
            ui.add_space(theme::BETWEEN);
            pressed
        })
        .inner
    });
    let rect = shown.response.rect.shrink(0.5);
    let corners = [rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom(), rect.left_top()];
    let stroke = egui::Stroke::new(1.5, colours.track);
    ui.painter().extend(egui::Shape::dashed_line(&corners, stroke, 6.0, 5.0));
    shown.inner
}

/// An arrow into a tray: what is dropped here comes in.
fn paint_tray(ui: &mut egui::Ui) {
    let colours = Palette::of(ui);
    let (rect, _) = ui.allocate_exact_size(egui::Vec2::splat(44.0), egui::Sense::hover());
    ui.painter().circle_filled(rect.center(), 22.0, colours.accent.gamma_multiply(0.14));
    let stroke = egui::Stroke::new(2.0, colours.accent);
    let at = |x: f32, y: f32| rect.center() + egui::vec2(x, y);
    let lines = [
        vec![at(0.0, -9.0), at(0.0, 3.0)],
        vec![at(-5.0, -2.0), at(0.0, 3.5), at(5.0, -2.0)],
        vec![at(-9.0, 3.0), at(-9.0, 9.0), at(9.0, 9.0), at(9.0, 3.0)],
    ];
    ui.painter().extend(lines.map(|points| egui::Shape::line(points, stroke)));
}

/// What is said of reading the screen.
fn screen_words() -> &'static str {
    if steps_aside() { "desktop-add-screen-aside" } else { "desktop-add-screen-words" }
}

/// Takes what is on the clipboard: copied files, a picture or a text.
fn paste(cx: &Cx<'_>) -> Task<Vec<Offered>> {
    cx.worker.aside(|_| {
        Ok(match capture::clipboard()? {
            Clip::Files(files) => files.into_iter().map(Offered::Path).collect(),
            Clip::Picture(picture) => vec![Offered::Content(String::new(), picture)],
            Clip::Text(mut text) => vec![Offered::text(std::mem::take(&mut *text))],
        })
    })
}
