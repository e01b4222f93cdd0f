//! What happened to an account, the latest first.

use eframe::egui;
use otp::account::AccountId;
use otp::app::history;
use otp::present;
use otp::text;

use crate::kit;
use crate::page::Cx;

pub(super) fn ui(ui: &mut egui::Ui, id: AccountId, cx: &Cx<'_>) {
    let mut any = false;
    kit::card(ui, |ui| {
        for event in cx.accounts.events.iter().filter(|event| event.id == id) {
            any = true;
            kit::body(ui, cx.say(&history::sentence(event)));
            kit::quiet(ui, present::moment(event.at));
        }
        if !any {
            kit::quiet(ui, cx.say(&text!("history-empty")));
        }
    });
}
