//! Everything that can be done to an account, from its row.

use eframe::egui;
use egui::Popup;
use otp::account::{AccountId, Kind};
use otp::app::browser;
use otp::app::organise::Change;
use otp::text;
use otp::text::Text;

use crate::account::{Details, Part};
use crate::accounts::Item;
use crate::export::Export;
use crate::kit;
use crate::page::{Cx, Want};
use crate::recovery::{Rescue, Sheet};

/// The menu, and the question that follows one of its lines.
#[derive(Default)]
pub(crate) struct Menu {
    removing: Option<(AccountId, Text)>,
}

impl Menu {
    /// The menu of `item`: by the other button of the pointer on its row, or by its dots.
    pub(crate) fn ui(&mut self, row: &egui::Response, more: &egui::Response, item: &Item, cx: &mut Cx<'_>) {
        Popup::context_menu(row).show(|ui| kit::menu(ui, |ui| self.lines(ui, item, cx)));
        Popup::menu(more).show(|ui| kit::menu(ui, |ui| self.lines(ui, item, cx)));
    }

    fn lines(&mut self, ui: &mut egui::Ui, item: &Item, cx: &mut Cx<'_>) {
        let id = item.entry.id;
        let lang = cx.lang;
        let line = |ui: &mut egui::Ui, text: Text| kit::menu_item(ui, &text.say(lang));
        if let Ok(account) = &item.account {
            if line(ui, text!("desktop-menu-copy")) {
                cx.want(Want::Copy(id));
            }
            if !matches!(account.kind(), Kind::Hotp { .. }) && line(ui, text!("desktop-menu-copy-next")) {
                cx.want(Want::CopyNext(id));
            }
        }
        let pin = if item.entry.favorite { text!("desktop-menu-unpin") } else { text!("desktop-menu-pin") };
        if line(ui, pin) {
            Self::pin(item, cx);
        }
        if item.entry.url.is_some() && line(ui, text!("desktop-menu-site")) {
            open_site(item, cx);
        }
        ui.separator();
        for (text, part) in [
            (text!("desktop-menu-edit"), Part::Edit),
            (text!("desktop-menu-qr"), Part::Qr),
            (text!("desktop-menu-check"), Part::Check),
            (text!("desktop-site-title"), Part::Site),
            (text!("desktop-part-codes"), Part::Codes),
            (text!("desktop-menu-renew"), Part::Renew),
            (text!("desktop-menu-history"), Part::History),
        ] {
            if line(ui, text) {
                cx.open(Details::at(item, part));
            }
        }
        ui.separator();
        if line(ui, text!("desktop-menu-sheet")) {
            cx.open(Sheet::of(id));
        }
        if line(ui, text!("desktop-menu-export")) {
            cx.open(Export::of(vec![id]));
        }
        if line(ui, text!("desktop-menu-rescue")) {
            cx.open(Rescue::of(id, cx));
        }
        ui.separator();
        if line(ui, text!("desktop-menu-remove")) {
            if cx.config.confirm_remove {
                self.removing = Some((id, item.title()));
            } else {
                remove(id, item.title(), cx);
            }
        }
    }

    fn pin(item: &Item, cx: &mut Cx<'_>) {
        let (id, now) = (item.entry.id, cx.now);
        let change = Change { favorite: Some(!item.entry.favorite), ..Change::default() };
        let task = cx.worker.ask(move |app, _| {
            app.change(id, &change, now)?;
            Ok(None)
        });
        cx.want(Want::Do(task));
    }

    /// Asks before an account goes to the trash.
    pub(crate) fn confirm(&mut self, ui: &egui::Ui, cx: &mut Cx<'_>) {
        let Some((id, title)) = self.removing.clone() else { return };
        let question = text!("desktop-remove-ask", account = title.clone());
        let (words, yes) = (text!("desktop-remove-words"), text!("desktop-menu-remove"));
        match kit::confirm(ui.ctx(), &question, &words, &yes, cx.lang) {
            None => {}
            Some(true) => {
                self.removing = None;
                remove(id, title, cx);
            }
            Some(false) => self.removing = None,
        }
    }
}

/// Opens the official site of `item`, with its code on the clipboard.
pub(crate) fn open_site(item: &Item, cx: &mut Cx<'_>) {
    let Some(address) = item.entry.url.clone() else { return };
    cx.want(Want::Copy(item.entry.id));
    let task = cx.worker.aside(move |_| {
        browser::open(&address)?;
        Ok(None)
    });
    cx.want(Want::Do(task));
}

/// Puts the account `id` into the trash, and says that it can be taken back.
pub(crate) fn remove(id: AccountId, title: Text, cx: &mut Cx<'_>) {
    let now = cx.now;
    let task = cx.worker.ask(move |app, _| {
        app.remove(id, now)?;
        Ok(Some(text!("desktop-removed", account = title)))
    });
    cx.want(Want::Do(task));
}
