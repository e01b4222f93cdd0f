//! The site's own recovery codes: kept here, spent one at a time.

use eframe::egui;
use otp::account::AccountId;
use otp::secret::Secret;
use otp::text;
use otp::text::Text;
use zeroize::Zeroizing;

use crate::accounts::Item;
use crate::failure::Failure;
use crate::kit::{self, Tone};
use crate::page::{Cx, Want};
use crate::theme;
use crate::worker::{self, Task};

/// What is typed and shown.
#[derive(Default)]
pub(super) struct Codes {
    block: Zeroizing<String>,
    changing: Option<Task<Text>>,
    spending: Option<Task<Secret>>,
    /// The code that was taken last.
    taken: Option<Secret>,
    failure: Option<Failure>,
    asking: bool,
}

impl Codes {
    /// Covers what was taken.
    pub(super) fn hide(&mut self) {
        self.taken = None;
    }

    fn hear(&mut self, cx: &mut Cx<'_>) {
        match worker::take(&mut self.changing) {
            None => {}
            Some(Ok(done)) => {
                cx.said.push(Ok(done));
                cx.want(Want::Reload);
            }
            Some(Err(failure)) => self.failure = Some(failure),
        }
        match worker::take(&mut self.spending) {
            None => {}
            Some(Ok(code)) => {
                self.taken = Some(code);
                cx.want(Want::Reload);
            }
            Some(Err(failure)) => self.failure = Some(failure),
        }
    }

    pub(super) fn ui(&mut self, ui: &mut egui::Ui, item: &Item, cx: &mut Cx<'_>) {
        self.hear(cx);
        let (id, lang, now) = (item.entry.id, cx.lang, cx.now);
        kit::body(ui, text!("desktop-codes-words").say(lang));
        let left = item.entry.way_back.codes_left();
        kit::card(ui, |ui| {
            match left {
                None => drop(kit::quiet(ui, cx.say(&text!("codes-kept-none")))),
                Some(left) => drop(kit::body(ui, text!("desktop-ready-left", count = left).say(lang))),
            }
            if let Some(code) = &self.taken {
                kit::toned(ui, text!("desktop-codes-taken").say(lang), Tone::Watch);
                // EXPOSE: the owner asked for it; what the toolkit keeps of it is wiped when freed.
                let code = code.expose_text().unwrap_or_default().to_owned();
                ui.add(egui::Label::new(egui::RichText::new(code).font(egui::FontId::monospace(theme::TITLE))).wrap());
            }
            if left.is_some_and(|left| left > 0) {
                self.take(ui, id, cx);
            }
        });
        if let Some(failure) = &self.failure {
            kit::failure(ui, failure, lang);
        }
        kit::lines(ui, &text!("desktop-codes-paste").say(lang), &mut self.block, 4);
        let ready = !self.block.trim().is_empty() && self.changing.is_none();
        let words = text!("desktop-codes-keep").say(lang);
        if ui.add_enabled_ui(ready, |ui| kit::filled(ui, words)).inner.clicked() {
            let (block, title) = (Secret::from_text(std::mem::take(&mut *self.block)), item.title());
            self.failure = None;
            self.changing = Some(cx.worker.ask(move |app, _| {
                let pasted = app.add_recovery_codes(id, &block, now)?;
                Ok(text!("codes-added", count = pasted.added, account = title))
            }));
        }
    }

    /// The button that takes one, which asks first: a code that is shown is spent.
    fn take(&mut self, ui: &mut egui::Ui, id: AccountId, cx: &Cx<'_>) {
        let (lang, now) = (cx.lang, cx.now);
        if kit::button(ui, text!("desktop-codes-take").say(lang)).clicked() {
            self.asking = true;
        }
        if !self.asking {
            return;
        }
        let (words, yes) = (text!("desktop-codes-ask-words"), text!("desktop-codes-take"));
        match kit::confirm(ui.ctx(), &text!("desktop-codes-ask"), &words, &yes, lang) {
            None => {}
            Some(true) => {
                self.asking = false;
                self.spending = Some(cx.worker.ask(move |app, _| Ok(app.spend_recovery_code(id, now)?)));
            }
            Some(false) => self.asking = false,
        }
    }
}
