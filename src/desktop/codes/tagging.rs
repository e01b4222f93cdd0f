//! A tag for several accounts, or one that they lose.

use eframe::egui;
use otp::account::AccountId;
use otp::app::organise::Change;
use otp::text;
use otp::text::{Text, visible};

use super::several::change;
use crate::failure::Failure;
use crate::kit;
use crate::page::{Cx, Page, Place, Want};
use crate::theme;

/// The view.
pub(super) struct Tagging {
    ids: Vec<AccountId>,
    tag: String,
    failure: Option<Failure>,
}

impl Tagging {
    /// Of the accounts `ids`.
    pub(super) fn of(ids: Vec<AccountId>) -> Self {
        Self { ids, tag: String::new(), failure: None }
    }

    fn apply(&mut self, wanted: Change, cx: &mut Cx<'_>) {
        match wanted.check() {
            Ok(()) => {
                change(&self.ids, wanted, cx);
                cx.want(Want::Back);
            }
            Err(error) => self.failure = Some(error.into()),
        }
    }
}

impl Page for Tagging {
    fn place(&self) -> Place {
        Place::Codes
    }

    fn title(&self) -> Text {
        text!("desktop-several-tag")
    }

    fn ui(&mut self, ui: &mut egui::Ui, cx: &mut Cx<'_>) {
        let lang = cx.lang;
        kit::strong(ui, &cx.say(&text!("desktop-several", count = self.ids.len())));
        let field = kit::field(ui, &text!("desktop-several-tag-name").say(lang), &mut self.tag);
        kit::first(ui, &field);
        let entered = kit::entered(ui, &field);
        kit::row(ui, |ui| {
            for known in cx.accounts.tags() {
                if kit::chip(ui, self.tag.trim() == known, &visible(known)).clicked() {
                    known.clone_into(&mut self.tag);
                }
            }
        });
        if let Some(failure) = &self.failure {
            kit::failure(ui, failure, lang);
        }
        ui.add_space(theme::BETWEEN);
        let tag = self.tag.trim().to_owned();
        let (add, take) = ui
            .add_enabled_ui(!tag.is_empty(), |ui| {
                kit::row(ui, |ui| {
                    let add = kit::filled(ui, text!("desktop-several-tag-add").say(lang)).clicked();
                    (add, kit::button(ui, text!("desktop-several-tag-take").say(lang)).clicked())
                })
            })
            .inner;
        if add || (entered && !tag.is_empty()) {
            self.apply(Change { add_tags: vec![tag], ..Change::default() }, cx);
        } else if take {
            self.apply(Change { remove_tags: vec![tag], ..Change::default() }, cx);
        }
    }
}
