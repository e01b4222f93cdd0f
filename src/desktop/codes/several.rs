//! Several accounts at once: those that are marked in the list, and what can be done to all of them.

use std::collections::BTreeSet;

use eframe::egui;
use otp::account::AccountId;
use otp::app::organise::Change;
use otp::text;
use otp::text::Text;

use super::tagging::Tagging;
use crate::accounts::Item;
use crate::export::Export;
use crate::kit;
use crate::page::{Cx, Want};
use crate::recovery::{Sheet, Transfer};

/// The accounts that are marked.
#[derive(Default)]
pub(super) struct Several {
    ids: BTreeSet<AccountId>,
    /// Whether it is asked if they are to go to the trash.
    removing: bool,
}

impl Several {
    /// Whether any account is marked.
    pub(super) fn is_on(&self) -> bool {
        !self.ids.is_empty()
    }

    /// Whether `id` is marked.
    pub(super) fn has(&self, id: AccountId) -> bool {
        self.ids.contains(&id)
    }

    /// Marks `id`, or takes its mark away.
    pub(super) fn toggle(&mut self, id: AccountId) {
        if !self.ids.remove(&id) {
            self.ids.insert(id);
        }
    }

    /// Marks all of `items`.
    pub(super) fn mark<'a>(&mut self, items: impl IntoIterator<Item = &'a &'a Item>) {
        self.ids.extend(items.into_iter().map(|item| item.entry.id));
    }

    /// Takes every mark away.
    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }

    /// The bar above the list: how many are marked, and what can be done to them.
    pub(super) fn ui(&mut self, ui: &mut egui::Ui, cx: &mut Cx<'_>) {
        let ids = self.ids_in_order(&cx.accounts.items);
        if ids.is_empty() {
            return self.clear();
        }
        kit::above_list(ui, |ui| {
            kit::card(ui, |ui| {
                let count = text!("desktop-several", count = ids.len());
                let done = kit::beside(ui, text!("desktop-several-done").say(cx.lang), |ui| {
                    let line = kit::body(ui, cx.say(&count));
                    ui.ctx().accesskit_node_builder(line.id, |node| node.set_live(egui::accesskit::Live::Polite));
                    line
                });
                self.choices(ui, &ids, cx);
                if done.clicked() {
                    self.clear();
                }
            });
        });
        self.confirm(ui, ids, cx);
    }

    /// Those that are marked and still there, as they stand in the list.
    fn ids_in_order(&mut self, items: &[Item]) -> Vec<AccountId> {
        let ids: Vec<AccountId> = items.iter().map(|item| item.entry.id).filter(|id| self.has(*id)).collect();
        self.ids = ids.iter().copied().collect();
        ids
    }

    fn choices(&mut self, ui: &mut egui::Ui, ids: &[AccountId], cx: &mut Cx<'_>) {
        let lang = cx.lang;
        let button = |ui: &mut egui::Ui, text: Text| kit::button(ui, text.say(lang)).clicked();
        kit::row(ui, |ui| {
            if button(ui, text!("desktop-several-tag")) {
                cx.open(Tagging::of(ids.to_vec()));
            }
            let pinned = cx.accounts.items.iter().filter(|item| self.has(item.entry.id));
            let pinned = pinned.clone().all(|item| item.entry.favorite);
            let pin = if pinned { text!("desktop-menu-unpin") } else { text!("desktop-menu-pin") };
            if button(ui, pin) {
                change(ids, Change { favorite: Some(!pinned), ..Change::default() }, cx);
            }
            if button(ui, text!("desktop-sheet-title")) {
                cx.open(Sheet::of(ids.to_vec()));
            }
            if button(ui, text!("desktop-transfer-title")) {
                cx.open(Transfer::new(cx.worker, ids.to_vec()));
            }
            if button(ui, text!("desktop-menu-export")) {
                cx.open(Export::of(ids.to_vec()));
            }
            self.removing |= kit::grave(ui, text!("desktop-menu-remove").say(lang)).clicked();
        });
    }

    /// Asks before they go to the trash, as for one.
    fn confirm(&mut self, ui: &egui::Ui, ids: Vec<AccountId>, cx: &mut Cx<'_>) {
        if !self.removing {
            return;
        }
        let agreed = if cx.config.confirm_remove {
            let question = text!("desktop-several-remove-ask", count = ids.len());
            let (words, yes) = (text!("desktop-remove-words"), text!("desktop-menu-remove"));
            kit::confirm(ui.ctx(), &question, &words, &yes, cx.lang)
        } else {
            Some(true)
        };
        self.removing = agreed.is_none();
        if agreed == Some(true) {
            let now = cx.now;
            let task = cx.worker.ask(move |app, _| {
                app.remove_all(&ids, now)?;
                Ok(Some(text!("desktop-several-removed", count = ids.len())))
            });
            cx.want(Want::Do(task));
        }
    }
}

/// Changes each of `ids` in the same way.
pub(super) fn change(ids: &[AccountId], change: Change, cx: &mut Cx<'_>) {
    let (ids, now) = (ids.to_vec(), cx.now);
    let task = cx.worker.ask(move |app, _| {
        app.change_all(&ids, &change, now)?;
        Ok(Some(text!("desktop-several-changed", count = ids.len())))
    });
    cx.want(Want::Do(task));
}
