//! What else can be done to an account, below what can be changed about it: its way onto paper, into
//! other apps and into the trash.

use eframe::egui;
use otp::text;

use crate::accounts::Item;
use crate::codes::{pin, pin_text, remove};
use crate::export::Export;
use crate::kit;
use crate::page::{Cx, Place, Want};
use crate::recovery::{Rescue, Sheet};
use crate::theme;

/// Whether it asks before the account goes to the trash.
#[derive(Default)]
pub(super) struct Foot {
    removing: bool,
}

impl Foot {
    pub(super) fn ui(&mut self, ui: &mut egui::Ui, item: &Item, cx: &mut Cx<'_>) {
        let (id, lang) = (item.entry.id, cx.lang);
        kit::heading(ui, &text!("desktop-foot-more"), lang);
        kit::row(ui, |ui| {
            if kit::button(ui, text!("desktop-menu-sheet").say(lang)).clicked() {
                cx.open(Sheet::of(vec![id]));
            }
            if kit::button(ui, text!("desktop-menu-export").say(lang)).clicked() {
                cx.open(Export::of(vec![id]));
            }
            if kit::button(ui, text!("desktop-menu-rescue").say(lang)).clicked() {
                cx.open(Rescue::of(id, cx));
            }
            if kit::button(ui, pin_text(item).say(lang)).clicked() {
                pin(item, cx);
            }
        });
        ui.add_space(theme::BETWEEN);
        if kit::grave(ui, text!("desktop-menu-remove").say(lang)).clicked() {
            self.removing = true;
        }
        if self.removing {
            self.ask(ui, item, cx);
        }
    }

    fn ask(&mut self, ui: &egui::Ui, item: &Item, cx: &mut Cx<'_>) {
        if cx.config.confirm_remove {
            let question = text!("desktop-remove-ask", account = item.title());
            let (words, yes) = (text!("desktop-remove-words"), text!("desktop-menu-remove"));
            let Some(agreed) = kit::confirm(ui.ctx(), &question, &words, &yes, cx.lang) else { return };
            self.removing = false;
            if !agreed {
                return;
            }
        }
        self.removing = false;
        remove(item.entry.id, item.title(), cx);
        cx.want(Want::Go(Place::Codes));
    }
}
