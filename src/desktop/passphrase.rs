//! A new passphrase, typed twice, with advice while it is typed; random words are offered first.

use eframe::egui;
use egui::Response;
use otp::crypto::passphrase::judge;
use otp::crypto::words;
use otp::error::Explain;
use otp::secret::Secret;
use otp::text;
use otp::text::Lang;
use zeroize::Zeroizing;

use crate::kit::{self, Tone};
use crate::theme;

/// What is typed.
#[derive(Default)]
pub(crate) struct NewPassphrase {
    first: Zeroizing<String>,
    second: Zeroizing<String>,
    shown: bool,
    /// Random words that were put in last.
    offered: Zeroizing<String>,
    /// Whether a weak one is wanted all the same.
    insist: bool,
    /// Whether Enter was pressed when it was good.
    entered: bool,
}

impl NewPassphrase {
    /// Draws the fields; gives the passphrase once it is good and typed twice alike.
    pub(crate) fn ui(&mut self, ui: &mut egui::Ui, lang: Lang) -> Option<Secret> {
        self.ui_after(ui, None, lang)
    }

    /// The same below another field, in which the view begins.
    pub(crate) fn ui_after(&mut self, ui: &mut egui::Ui, before: Option<&Response>, lang: Lang) -> Option<Secret> {
        if kit::button(ui, text!("desktop-pass-words").say(lang)).clicked() {
            self.offer();
        }
        let new = kit::secret(ui, &text!("desktop-pass-new").say(lang), &mut self.first, self.shown);
        kit::first(ui, before.unwrap_or(&new));
        if self.shown && !self.offered.is_empty() && self.offered == self.first {
            // The field has no room for all of them.
            kit::to_write_down(ui, &self.first);
        }
        let first = Secret::from_text((*self.first).clone());
        let judged = judge(&first);
        let weak = judged.is_err() && !first.is_empty();
        if let Err(reason) = judged
            && weak
        {
            kit::toned(ui, theme::sentence(&reason.text(), lang), Tone::Watch);
            kit::quiet(ui, text!("desktop-pass-advice").say(lang));
        }
        let again = kit::secret(ui, &text!("desktop-pass-again").say(lang), &mut self.second, self.shown);
        // After both fields: the Tab key leads from the first to the second.
        if weak {
            kit::tick(ui, &mut self.insist, text!("desktop-pass-insist").say(lang));
        }
        kit::tick(ui, &mut self.shown, text!("desktop-show-typed").say(lang));
        let alike = *self.first == *self.second;
        if !alike && self.second.chars().count() >= self.first.chars().count() {
            kit::toned(ui, theme::sentence(&text!("vault-not-alike"), lang), Tone::Watch);
        }
        let ready = !first.is_empty() && alike && (!weak || self.insist);
        let fields: Vec<&Response> = before.into_iter().chain([&new, &again]).collect();
        self.entered = kit::enter(ui, &fields, ready);
        ready.then_some(first)
    }

    /// Whether Enter was pressed in one of the fields just now, and the passphrase is good.
    pub(crate) fn entered(&self) -> bool {
        self.entered
    }

    /// Puts random words in (`security.md` R11.2), to be written down and typed once more.
    fn offer(&mut self) {
        let Some(words) = words::passphrase() else { return };
        // EXPOSE: its owner has to write it down.
        let Some(text) = words.expose_text() else { return };
        let words = || Zeroizing::new(text.to_owned());
        *self = Self { first: words(), offered: words(), shown: true, ..Self::default() };
    }

    /// Wipes what was typed.
    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }
}
