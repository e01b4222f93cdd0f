//! Whether an address is the official one that was noted, or only looks like it. Nothing is opened.

use eframe::egui;
use otp::app::site;
use otp::present;
use otp::site::Site;
use otp::store::index::Entry;
use otp::text;
use otp::text::Text;

use crate::accounts;
use crate::failure::Failure;
use crate::kit::{self, Tone};
use crate::page::{Cx, Page, Place};

/// What was typed, and what it turned out to be.
#[derive(Default)]
pub(crate) struct Address {
    typed: String,
    told: Option<Told>,
}

/// What is said of an address.
struct Told {
    lines: Vec<(Text, Tone)>,
    /// Why it is not the official one.
    failure: Option<Failure>,
    /// Whether it is.
    own: bool,
}

impl Address {
    /// Draws the field, and what its address is to `entries`; true while it is the official one of one.
    pub(crate) fn ui(&mut self, ui: &mut egui::Ui, entries: &[&Entry], cx: &Cx<'_>) -> bool {
        let lang = cx.lang;
        let field = kit::field(ui, &text!("desktop-site-field").say(lang), &mut self.typed);
        kit::first(ui, &field);
        let entered = kit::entered(ui, &field);
        let ready = !self.typed.trim().is_empty();
        let check = text!("desktop-check-button").say(lang);
        let pressed = ui.add_enabled_ui(ready, |ui| kit::filled(ui, check)).inner.clicked();
        if pressed || (entered && ready) {
            self.told = Some(told(&self.typed, entries));
        }
        let Some(Told { lines, failure, own }) = &self.told else { return false };
        for (line, tone) in lines {
            let line = kit::toned(ui, cx.say(line), *tone);
            ui.ctx().accesskit_node_builder(line.id, |node| node.set_live(egui::accesskit::Live::Polite));
        }
        if let Some(failure) = failure {
            kit::failure(ui, failure, lang);
            kit::quiet(ui, text!("site-real-time").say(lang));
        }
        *own
    }
}

/// What the address `typed` is to `entries`.
fn told(typed: &str, entries: &[&Entry]) -> Told {
    let site = match Site::parse(typed) {
        Ok(site) => site,
        Err(error) => return Told { lines: Vec::new(), failure: Some(error.into()), own: false },
    };
    let mut lines = Vec::from_iter(present::suspicious(&site.domain()).map(|letters| (letters, Tone::Watch)));
    if !site.is_encrypted() {
        lines.push((text!("site-not-encrypted"), Tone::Watch));
    }
    let judgement = site::judge(&site, entries);
    let own =
        |entry: &&Entry| (text!("site-own", domain = site.domain(), account = accounts::title(entry)), Tone::Good);
    match judgement.own(&site) {
        Ok(entries) => lines.extend(entries.iter().map(own)),
        Err(error) => return Told { lines, failure: Some(error.into()), own: false },
    }
    Told { lines, failure: None, own: true }
}

/// The view that compares an address with those of all accounts.
#[derive(Default)]
pub(crate) struct AnySite(Address);

impl Page for AnySite {
    fn place(&self) -> Place {
        Place::Recovery
    }

    fn title(&self) -> Text {
        text!("desktop-site-title")
    }

    fn ui(&mut self, ui: &mut egui::Ui, cx: &mut Cx<'_>) {
        kit::body(ui, text!("desktop-site-words").say(cx.lang));
        let entries: Vec<&Entry> = cx.accounts.items.iter().map(|item| &item.entry).collect();
        self.0.ui(ui, &entries, cx);
    }
}
