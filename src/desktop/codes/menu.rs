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
    /// What the list is asked for.
    asked: Option<Asked>,
    /// The account whose menu is open.
    open: Option<AccountId>,
    /// The account whose menu the keys asked for.
    called: Option<AccountId>,
}

/// What only the list can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asked {
    /// The account so many rows down.
    Move(isize),
    /// The account marked, and others with it.
    Mark,
}

/// Whether a row can go up and down.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Room {
    pub(crate) above: bool,
    pub(crate) below: bool,
}

impl Menu {
    /// Opens the menu of the account `id` as soon as its row is drawn.
    pub(crate) fn call(&mut self, id: AccountId) {
        self.called = Some(id);
    }

    /// The menu of `item`: by the other button of the pointer on its row, or by its dots. The focus
    /// is in it while it is open, and on the row afterwards.
    pub(crate) fn ui(
        &mut self,
        row: &egui::Response,
        more: &egui::Response,
        item: &Item,
        room: Room,
        cx: &mut Cx<'_>,
    ) -> Option<Asked> {
        let id = item.entry.id;
        if self.called == Some(id) {
            self.called = None;
            Popup::open_id(&more.ctx, Popup::default_response_id(more));
        }
        let one = Popup::context_menu(row).show(|ui| kit::menu(ui, |ui| self.lines(ui, item, room, cx)));
        let other = Popup::menu(more).show(|ui| kit::menu(ui, |ui| self.lines(ui, item, room, cx)));
        if one.is_some() || other.is_some() {
            self.open = Some(id);
        } else if self.open == Some(id) {
            self.open = None;
            row.request_focus();
        }
        self.asked.take()
    }

    fn lines(&mut self, ui: &mut egui::Ui, item: &Item, room: Room, cx: &mut Cx<'_>) {
        Self::at_once(ui, item, cx);
        self.places(ui, item, room, cx);
        ui.separator();
        Self::parts(ui, item, cx);
        ui.separator();
        Self::ways_out(ui, item.entry.id, cx);
        ui.separator();
        if kit::menu_item(ui, &text!("desktop-menu-remove").say(cx.lang)) {
            if cx.config.confirm_remove {
                self.removing = Some((item.entry.id, item.title()));
            } else {
                remove(item.entry.id, item.title(), cx);
            }
        }
    }

    /// What is done as soon as it is chosen.
    fn at_once(ui: &mut egui::Ui, item: &Item, cx: &mut Cx<'_>) {
        let (id, lang) = (item.entry.id, cx.lang);
        let line = |ui: &mut egui::Ui, text: Text| kit::menu_item(ui, &text.say(lang));
        if let Ok(account) = &item.account {
            if line(ui, text!("desktop-menu-copy")) {
                cx.want(Want::Copy(id));
            }
            if !matches!(account.kind(), Kind::Hotp { .. }) && line(ui, text!("desktop-menu-copy-next")) {
                cx.want(Want::CopyNext(id));
            }
        }
        if item.entry.url.is_some() && line(ui, text!("desktop-menu-site")) {
            open_site(item, cx);
        }
    }

    /// Where it stands in the list.
    fn places(&mut self, ui: &mut egui::Ui, item: &Item, room: Room, cx: &mut Cx<'_>) {
        if kit::menu_item(ui, &pin_text(item).say(cx.lang)) {
            pin(item, cx);
        }
        if room.above && kit::menu_item(ui, &text!("desktop-menu-up").say(cx.lang)) {
            self.asked = Some(Asked::Move(-1));
        }
        if room.below && kit::menu_item(ui, &text!("desktop-menu-down").say(cx.lang)) {
            self.asked = Some(Asked::Move(1));
        }
        if kit::menu_item(ui, &text!("desktop-menu-mark").say(cx.lang)) {
            self.asked = Some(Asked::Mark);
        }
    }

    /// What has a part of the account's view.
    fn parts(ui: &mut egui::Ui, item: &Item, cx: &mut Cx<'_>) {
        for (text, part) in [
            (text!("desktop-menu-edit"), Part::Edit),
            (text!("desktop-menu-code"), Part::Code),
            (text!("desktop-menu-qr"), Part::Qr),
            (text!("desktop-menu-check"), Part::Check),
            (text!("desktop-site-title"), Part::Site),
            (text!("desktop-part-codes"), Part::Codes),
            (text!("desktop-menu-renew"), Part::Renew),
            (text!("desktop-menu-standing"), Part::Standing),
            (text!("desktop-menu-history"), Part::History),
        ] {
            if kit::menu_item(ui, &text.say(cx.lang)) {
                cx.open(Details::at(item, part));
            }
        }
    }

    /// Onto paper, into another app, and for whoever cannot get in.
    fn ways_out(ui: &mut egui::Ui, id: AccountId, cx: &mut Cx<'_>) {
        let lang = cx.lang;
        let line = |ui: &mut egui::Ui, text: Text| kit::menu_item(ui, &text.say(lang));
        if line(ui, text!("desktop-menu-sheet")) {
            cx.open(Sheet::of(vec![id]));
        }
        if line(ui, text!("desktop-menu-export")) {
            cx.open(Export::of(vec![id]));
        }
        if line(ui, text!("desktop-menu-rescue")) {
            cx.open(Rescue::of(id, cx));
        }
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

/// What pins `item`, or no longer.
pub(crate) fn pin_text(item: &Item) -> Text {
    if item.entry.favorite { text!("desktop-menu-unpin") } else { text!("desktop-menu-pin") }
}

/// Pins `item`, or no longer.
pub(crate) fn pin(item: &Item, cx: &mut Cx<'_>) {
    let (id, now) = (item.entry.id, cx.now);
    let change = Change { favorite: Some(!item.entry.favorite), ..Change::default() };
    let task = cx.worker.ask(move |app, _| {
        app.change(id, &change, now)?;
        Ok(None)
    });
    cx.want(Want::Do(task));
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
