//! Moving in from another app: which one, and where its export is to be found.

use eframe::egui;
use otp::import::{FORMATS, Format};
use otp::text;
use otp::text::Text;

use super::incoming::Incoming;
use crate::chooser::Chooser;
use crate::kit;
use crate::page::{Cx, Page, Place, Want};

/// The view.
#[derive(Default)]
pub(crate) struct Apps {
    query: String,
    chosen: Option<&'static dyn Format>,
    chooser: Chooser,
}

impl Apps {
    fn list(&mut self, ui: &mut egui::Ui, cx: &Cx<'_>) {
        let search = kit::field(ui, &text!("desktop-apps-search").say(cx.lang), &mut self.query);
        kit::first(ui, &search);
        let wanted = self.query.trim().to_lowercase();
        let mut formats: Vec<(String, &'static dyn Format)> =
            FORMATS.iter().map(|format| (cx.say(&format.app()), *format)).collect();
        formats.sort_by_key(|(name, _)| name.to_lowercase());
        for (name, format) in formats.iter().filter(|(name, _)| name.to_lowercase().contains(&wanted)) {
            if kit::wide_button(ui, name).clicked() {
                self.chosen = Some(*format);
            }
        }
    }

    fn steps(&mut self, ui: &mut egui::Ui, format: &'static dyn Format, cx: &mut Cx<'_>) {
        kit::card(ui, |ui| {
            kit::strong(ui, &cx.say(&format.app()));
            kit::quiet(ui, text!("desktop-apps-where").say(cx.lang));
            kit::body(ui, cx.say(&format.how_to_export()));
        });
        kit::quiet(ui, text!("desktop-apps-then").say(cx.lang));
        kit::row(ui, |ui| {
            if kit::filled(ui, text!("desktop-add-choose").say(cx.lang)).clicked() {
                self.chooser.open(cx);
            }
            if kit::button(ui, text!("desktop-apps-other").say(cx.lang)).clicked() {
                self.chosen = None;
                self.chooser.clear();
            }
        });
        if let Some(offered) = self.chooser.ui(ui, cx) {
            // What a file is, its content decides; only where it cannot, the user's word does.
            let format = format.has_no_marks().then_some(format);
            cx.want(Want::Open(Box::new(Incoming::of(cx.worker, offered, format))));
        }
    }
}

impl Page for Apps {
    fn place(&self) -> Place {
        Place::Add
    }

    fn title(&self) -> Text {
        text!("desktop-add-app")
    }

    fn ui(&mut self, ui: &mut egui::Ui, cx: &mut Cx<'_>) {
        match self.chosen {
            None => self.list(ui, cx),
            Some(format) => self.steps(ui, format, cx),
        }
    }
}
