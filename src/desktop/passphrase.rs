//! A new passphrase, typed twice, with advice while it is typed; random words are offered first.

use eframe::egui;
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
    /// Whether a weak one is wanted all the same.
    insist: bool,
}

impl NewPassphrase {
    /// Draws the fields; gives the passphrase once it is good and typed twice alike.
    pub(crate) fn ui(&mut self, ui: &mut egui::Ui, lang: Lang) -> Option<Secret> {
        if kit::button(ui, text!("desktop-pass-words").say(lang)).clicked() {
            self.offer();
        }
        kit::secret(ui, &text!("desktop-pass-new").say(lang), &mut self.first, self.shown);
        let first = Secret::from_text((*self.first).clone());
        let judged = judge(&first);
        let weak = judged.is_err() && !first.is_empty();
        if let Err(reason) = judged
            && weak
        {
            kit::toned(ui, theme::sentence(&reason.text(), lang), Tone::Watch);
            kit::quiet(ui, text!("desktop-pass-advice").say(lang));
            kit::tick(ui, &mut self.insist, text!("desktop-pass-insist").say(lang));
        }
        kit::secret(ui, &text!("desktop-pass-again").say(lang), &mut self.second, self.shown);
        kit::tick(ui, &mut self.shown, text!("desktop-show-typed").say(lang));
        let alike = *self.first == *self.second;
        if !alike && self.second.chars().count() >= self.first.chars().count() {
            kit::toned(ui, theme::sentence(&text!("vault-not-alike"), lang), Tone::Watch);
        }
        (!first.is_empty() && alike && (!weak || self.insist)).then_some(first)
    }

    /// Puts random words in (`security.md` R11.2), to be written down and typed once more.
    fn offer(&mut self) {
        let Some(words) = words::passphrase() else { return };
        // EXPOSE: its owner has to write it down.
        let Some(text) = words.expose_text() else { return };
        *self = Self { first: Zeroizing::new(text.to_owned()), shown: true, ..Self::default() };
    }

    /// Wipes what was typed.
    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }
}
