//! Being able to come back: everything that makes it so, and proves it.

mod transfer;

use eframe::egui;
use otp::account::AccountId;
use otp::text;

use crate::export::Export;
use crate::kit::{self, Offer};
use crate::page::{Cx, Page, Place};
use transfer::Transfer;

/// The view.
pub(crate) struct Recovery;

impl Page for Recovery {
    fn place(&self) -> Place {
        Place::Recovery
    }

    fn ui(&mut self, ui: &mut egui::Ui, cx: &mut Cx<'_>) {
        let say = |id: &'static str| text::Text::new(id).say(cx.lang);
        let offer =
            |title, words, button| Offer { title: say(title), words: say(words), button: say(button), first: false };
        let ways = [
            offer("desktop-transfer-title", "desktop-transfer-words", "desktop-transfer-button"),
            offer("desktop-export-all", "desktop-export-all-words", "desktop-export-all-button"),
        ];
        let pressed: Vec<bool> = ways.iter().map(|way| kit::offer(ui, way).clicked()).collect();
        let ids: Vec<AccountId> = cx.accounts.items.iter().map(|item| item.entry.id).collect();
        match pressed.iter().position(|pressed| *pressed) {
            Some(0) => cx.open(Transfer::new(cx.worker, ids)),
            Some(1) => cx.open(Export::of(ids)),
            _ => {}
        }
    }
}
