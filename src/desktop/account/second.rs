//! The other ways into an account: three that have a tick, and any others in words of the owner's.

use eframe::egui;
use otp::app::organise::{Change, ChangeError};
use otp::store::index::Entry;
use otp::text;
use otp::text::{Lang, Text};

use crate::kit;
use crate::theme;

/// From this width on they stand side by side.
const BESIDE: f32 = 240.0;
/// Those that have a tick.
const TICKED: [(&str, &str); 3] =
    [("sms", "readiness-second-sms"), ("passkey", "readiness-second-passkey"), ("device", "readiness-second-device")];

/// What is ticked and typed.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Second {
    /// Whether each of [`TICKED`] is a way in.
    ticks: [bool; 3],
    /// Those in words of the owner's.
    own: Vec<String>,
    /// One more, as far as it is typed.
    more: String,
}

impl Second {
    pub(super) fn of(entry: &Entry) -> Self {
        let noted = &entry.way_back.second;
        let own = noted.iter().filter(|way| TICKED.iter().all(|(id, _)| id != way)).cloned().collect();
        Self { ticks: TICKED.map(|(id, _)| noted.iter().any(|way| way == id)), own, more: String::new() }
    }

    /// All of them, if they are not those of `entry`.
    pub(super) fn change(&self, entry: &Entry) -> Option<Vec<String>> {
        let mut now = self.clone();
        now.take_typed();
        let ticked = TICKED.iter().zip(now.ticks).filter(|(_, on)| *on).map(|((id, _), _)| (*id).to_owned());
        let ways: Vec<String> = ticked.chain(now.own).collect();
        let noted = &entry.way_back.second;
        let same = ways.len() == noted.len() && noted.iter().all(|way| ways.contains(way));
        (!same).then_some(ways)
    }

    /// Puts what is typed to the others.
    pub(super) fn take_typed(&mut self) {
        let way = std::mem::take(&mut self.more).trim().to_owned();
        let known = TICKED.iter().zip(&mut self.ticks).find(|((id, _), _)| way.eq_ignore_ascii_case(id));
        match known {
            Some((_, on)) => *on = true,
            None if way.is_empty() || self.own.contains(&way) => {}
            None => self.own.push(way),
        }
    }

    /// Draws them; gives why one that was to be added does not fit.
    pub(super) fn ui(&mut self, ui: &mut egui::Ui, lang: Lang) -> Result<(), ChangeError> {
        kit::quiet(ui, text!("desktop-field-second").say(lang));
        let narrow = ui.available_width() < BESIDE;
        let ticks = |ui: &mut egui::Ui| {
            ui.spacing_mut().item_spacing.x = theme::EDGE;
            for ((_, name), on) in TICKED.iter().zip(&mut self.ticks) {
                kit::tick(ui, on, Text::new(*name).say(lang));
            }
        };
        if narrow {
            ui.vertical(ticks);
        } else {
            kit::row(ui, ticks);
        }
        if !self.own.is_empty() {
            kit::row(ui, |ui| self.own.retain(|way| !chip(ui, way, lang).clicked()));
        }
        let field = kit::field(ui, &text!("desktop-field-second-own").say(lang), &mut self.more);
        let entered = kit::entered(ui, &field);
        let ready = !self.more.trim().is_empty();
        let words = text!("desktop-second-add").say(lang);
        let pressed = ready && kit::button(ui, words).clicked();
        if ready && (pressed || entered) {
            Change { add_second: vec![self.more.clone()], ..Change::default() }.check()?;
            self.take_typed();
        }
        Ok(())
    }
}

/// A way in words of the owner's, which goes when it is pressed.
fn chip(ui: &mut egui::Ui, way: &str, lang: Lang) -> egui::Response {
    let label = text!("desktop-second-remove", way = way).say(lang);
    let response = kit::chip(ui, false, &format!("{}  ×", text::visible(way)));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &label));
    response.on_hover_text(label)
}
