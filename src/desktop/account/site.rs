//! The official site of the account: opened from here, or compared with an address from elsewhere.

use eframe::egui;
use otp::text;

use crate::accounts::Item;
use crate::codes::open_site;
use crate::kit;
use crate::page::{Cx, Want};
use crate::site::Address;
use crate::theme;

/// What is compared.
#[derive(Default)]
pub(super) struct Site(Address);

impl Site {
    /// Draws it; true when the address is to be noted first.
    pub(super) fn ui(&mut self, ui: &mut egui::Ui, item: &Item, cx: &mut Cx<'_>) -> bool {
        let lang = cx.lang;
        let Some(address) = &item.entry.url else {
            kit::body(ui, cx.say(&text!("site-unknown")));
            kit::quiet(ui, cx.say(&text!("site-hint-unknown")));
            return kit::filled(ui, text!("desktop-site-note").say(lang)).clicked();
        };
        kit::card(ui, |ui| {
            kit::quiet(ui, text!("desktop-field-url").say(lang));
            kit::strong(ui, &text::visible(address));
            if kit::button(ui, text!("desktop-menu-site").say(lang)).clicked() {
                open_site(item, cx);
            }
        });
        ui.add_space(theme::BETWEEN);
        kit::body(ui, text!("desktop-site-words").say(lang));
        // Whoever came from elsewhere and is at the right place goes on from here.
        if self.0.ui(ui, &[&item.entry], cx) && kit::button(ui, text!("desktop-menu-copy").say(lang)).clicked() {
            cx.want(Want::Copy(item.entry.id));
        }
        false
    }
}
