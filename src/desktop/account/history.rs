//! What happened to an account, the latest first.

use eframe::egui;
use otp::account::AccountId;
use otp::app::history;
use otp::present;
use otp::text;
use otp::text::Text;

use crate::kit;
use crate::page::{Cx, Page, Place};

/// The same of an account in the trash, as a view of its own.
pub(crate) struct Past {
    pub(crate) id: AccountId,
    pub(crate) title: Text,
}

impl Page for Past {
    fn place(&self) -> Place {
        Place::Trash
    }

    fn title(&self) -> Text {
        self.title.clone()
    }

    fn ui(&mut self, ui: &mut egui::Ui, cx: &mut Cx<'_>) {
        self::ui(ui, self.id, cx);
    }
}

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
