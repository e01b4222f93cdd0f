//! What was removed: taken back here, or deleted for good.

use eframe::egui;
use otp::account::{Account, AccountId};
use otp::clock::{DAY, UnixTime};
use otp::present;
use otp::store::index::Entry;
use otp::text;

use crate::account::Past;
use crate::accounts::title;
use crate::add::key::code_now;
use crate::export::Export;
use crate::kit;
use crate::notice::Notice;
use crate::page::{Cx, Page, Place, Want};
use crate::worker::{self, Task};

/// The trash.
#[derive(Default)]
pub(crate) struct Trash {
    /// The account that is to be deleted for good, and its name as far as it is typed.
    deleting: Option<(AccountId, String)>,
    opening: Option<Task<(AccountId, Account)>>,
    /// The account whose code is shown, and until when.
    shown: Option<(AccountId, Account, UnixTime)>,
}

/// How long a code is shown, in seconds.
const SHOWN: u64 = 60;

impl Page for Trash {
    fn place(&self) -> Place {
        Place::Trash
    }

    fn ui(&mut self, ui: &mut egui::Ui, cx: &mut Cx<'_>) {
        self.hear(cx);
        let accounts = cx.accounts;
        if accounts.trash.is_empty() {
            let (sentence, hint) = (text!("trash-empty"), Some(text!("desktop-trash-words")));
            Notice { mark: "–", bad: false, sentence, hint, buttons: Vec::new() }.ui(ui, cx.lang);
            return;
        }
        kit::quiet(ui, text!("desktop-trash-words").say(cx.lang));
        for entry in &accounts.trash {
            self.line(ui, entry, cx);
        }
        self.confirm(ui, cx);
    }

    fn ticks(&self) -> bool {
        self.shown.is_some()
    }
}

impl Trash {
    fn hear(&mut self, cx: &mut Cx<'_>) {
        match worker::take(&mut self.opening) {
            None => {}
            Some(Ok((id, account))) => self.shown = Some((id, account, UnixTime(cx.now.0 + SHOWN))),
            Some(Err(failure)) => cx.said.push(Err(failure)),
        }
        if self.shown.as_ref().is_some_and(|(.., until)| cx.now >= *until) {
            self.shown = None;
        }
    }

    /// Reads the secret of the account `id`, to show its code.
    fn open(&mut self, id: AccountId, cx: &Cx<'_>) {
        self.shown = None;
        self.opening = Some(cx.worker.ask(move |app, _| Ok((id, app.ledger().account(id)?))));
    }

    fn line(&mut self, ui: &mut egui::Ui, entry: &Entry, cx: &mut Cx<'_>) {
        let id = entry.id;
        let since = entry.trashed.unwrap_or_default();
        kit::card(ui, |ui| {
            kit::strong(ui, &title(entry).say(cx.lang));
            let (removed, until) = (present::moment(since), present::moment(UnixTime(since.0 + 30 * DAY)));
            kit::quiet(ui, text!("desktop-trash-line", removed = removed, until = until).say(cx.lang));
            if let Some((_, account, _)) = self.shown.as_ref().filter(|(shown, ..)| *shown == id) {
                code_now(ui, account, cx);
            }
            kit::row(ui, |ui| {
                if kit::button(ui, text!("desktop-trash-restore").say(cx.lang)).clicked() {
                    restore(entry, cx);
                }
                // Looking at the code of a counter account would use it up.
                if entry.kind != "hotp" && kit::button(ui, text!("desktop-trash-code").say(cx.lang)).clicked() {
                    self.open(id, cx);
                }
                if kit::button(ui, text!("desktop-menu-export").say(cx.lang)).clicked() {
                    cx.open(Export::of(vec![id]));
                }
                if kit::button(ui, text!("desktop-menu-history").say(cx.lang)).clicked() {
                    cx.open(Past { id, title: title(entry) });
                }
                if kit::grave(ui, text!("desktop-trash-delete").say(cx.lang)).clicked() {
                    self.deleting = Some((id, String::new()));
                }
            });
        });
    }

    /// Deletes for good once the account's name was typed.
    fn confirm(&mut self, ui: &egui::Ui, cx: &mut Cx<'_>) {
        let Some((id, typed)) = &mut self.deleting else { return };
        let Some(entry) = cx.accounts.trash.iter().find(|entry| entry.id == *id) else { return };
        let lang = cx.lang;
        let wanted = [&entry.issuer, &entry.name].into_iter().find(|name| !name.is_empty()).cloned();
        let wanted = wanted.unwrap_or_else(|| id.to_string());
        let modal = egui::Modal::new(egui::Id::unique("purge")).frame(kit::modal_frame(ui.ctx()));
        let shown = modal.show(ui.ctx(), |ui| {
            ui.set_width((ui.ctx().content_rect().width() - 64.0).min(380.0));
            kit::strong(ui, &cx.say(&text!("trash-warn", account = title(entry))));
            let label = text!("desktop-trash-type", name = wanted.as_str()).say(lang);
            let field = kit::field(ui, &label, typed);
            kit::first_in_question(ui, &field);
            kit::row(ui, |ui| {
                let fits = present::is_named(&wanted, typed);
                let delete =
                    ui.add_enabled_ui(fits, |ui| kit::grave(ui, text!("desktop-trash-delete").say(lang))).inner;
                let cancel = kit::button(ui, text!("desktop-cancel").say(lang)).clicked();
                (delete.clicked(), cancel)
            })
        });
        let (delete, cancel) = shown.inner;
        if delete {
            purge(entry, cx);
        }
        if delete || cancel || shown.should_close() {
            self.deleting = None;
        }
    }
}

/// Takes `entry` back.
pub(crate) fn restore(entry: &Entry, cx: &mut Cx<'_>) {
    let (id, title, now) = (entry.id, title(entry), cx.now);
    let task = cx.worker.ask(move |app, _| {
        app.restore(id, now)?;
        Ok(Some(text!("desktop-restored", account = title)))
    });
    cx.want(Want::Do(task));
}

fn purge(entry: &Entry, cx: &mut Cx<'_>) {
    let (id, title, now) = (entry.id, title(entry), cx.now);
    let task = cx.worker.ask(move |app, _| {
        app.ledger().purge(&[id], now)?;
        Ok(Some(text!("trash-deleted", account = title)))
    });
    cx.want(Want::Do(task));
}
