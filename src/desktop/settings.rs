//! The settings. Each counts at once, and is written into the settings file.

use eframe::egui;
use otp::app::config::{Config, Theme};
use otp::error::Explain;
use otp::store::{BackendKind, StoreError};
use otp::text;
use otp::text::Lang;

use crate::codes::SORTS;
use crate::hotkey::Hotkey;
use crate::kit;
use crate::page::{Cx, Page, Place, Want};
use crate::recovery::CopiesPage;
use crate::tray::Tray;
use crate::vault::{ChangePassphrase, MakeVault};

/// The view.
pub(crate) struct Settings;

impl Page for Settings {
    fn place(&self) -> Place {
        Place::Settings
    }

    fn ui(&mut self, ui: &mut egui::Ui, cx: &mut Cx<'_>) {
        let mut config = cx.config.clone();
        looks(ui, &mut config, cx.lang);
        codes(ui, &mut config, cx.lang);
        lock(ui, &mut config, cx);
        desktop(ui, &mut config, cx.lang);
        if config != *cx.config {
            cx.want(Want::Configure(config));
        }
        keys(ui, cx);
        copies(ui, cx);
    }
}

/// A card of settings under one heading.
fn group(ui: &mut egui::Ui, heading: &text::Text, lang: Lang, content: impl FnOnce(&mut egui::Ui)) {
    kit::heading(ui, heading, lang);
    kit::card(ui, content);
}

fn looks(ui: &mut egui::Ui, config: &mut Config, lang: Lang) {
    group(ui, &text!("desktop-set-looks"), lang, |ui| {
        kit::quiet(ui, text!("desktop-set-language").say(lang));
        let languages = [
            (None, text!("desktop-set-system").say(lang)),
            (Some(Lang::English), "English".to_owned()),
            (Some(Lang::Japanese), "日本語".to_owned()),
        ];
        let now = config.language.as_deref().and_then(Lang::from_locale);
        if let Some(chosen) = kit::choose(ui, now, &languages) {
            config.language = chosen.map(|lang| lang.code().to_owned());
        }
        kit::quiet(ui, text!("desktop-set-theme").say(lang));
        let themes = [
            (Theme::System, text!("desktop-set-system").say(lang)),
            (Theme::Light, text!("desktop-set-light").say(lang)),
            (Theme::Dark, text!("desktop-set-dark").say(lang)),
        ];
        config.theme = kit::choose(ui, config.theme, &themes).unwrap_or(config.theme);
        kit::quiet(ui, text!("desktop-set-size").say(lang));
        let sizes: Vec<_> =
            [90, 100, 115, 130, 150, 200].into_iter().map(|size: u16| (size, format!("{size} %"))).collect();
        config.text_size = kit::choose(ui, config.text_size, &sizes).unwrap_or(config.text_size);
        kit::tick(ui, &mut config.motion, text!("desktop-set-motion").say(lang));
    });
}

fn codes(ui: &mut egui::Ui, config: &mut Config, lang: Lang) {
    group(ui, &text!("desktop-set-codes"), lang, |ui| {
        kit::tick(ui, &mut config.hide_codes, text!("desktop-set-hide").say(lang));
        kit::tick(ui, &mut config.confirm_remove, text!("desktop-set-confirm").say(lang));
        kit::quiet(ui, text!("desktop-set-sort").say(lang));
        let sorts = SORTS.map(|(sort, id)| (sort, text::Text::new(id).say(lang)));
        config.sort = kit::choose(ui, config.sort, &sorts).unwrap_or(config.sort);
        kit::quiet(ui, text!("desktop-set-clipboard").say(lang));
        let seconds =
            [15, 30, 60, 120].map(|count: u64| (count, text!("desktop-set-seconds", count = count).say(lang)));
        config.clipboard_seconds =
            kit::choose(ui, config.clipboard_seconds, &seconds).unwrap_or(config.clipboard_seconds);
    });
}

fn lock(ui: &mut egui::Ui, config: &mut Config, cx: &Cx<'_>) {
    let lang = cx.lang;
    group(ui, &text!("desktop-set-lock"), lang, |ui| {
        kit::quiet(ui, text!("desktop-set-lock-words").say(lang));
        let minutes = |count: u32| text!("desktop-set-minutes", count = count).say(lang);
        let times = [
            (0, text!("desktop-set-never").say(lang)),
            (60, minutes(1)),
            (300, minutes(5)),
            (900, minutes(15)),
            (3_600, minutes(60)),
        ];
        let usual = if cx.accounts.uses_vault { otp::app::config::LOCK_SECONDS } else { 0 };
        let now = config.lock_seconds.unwrap_or(usual);
        if let Some(chosen) = kit::choose(ui, now, &times) {
            config.lock_seconds = Some(chosen);
        }
    });
}

/// What the window does on the desktop.
fn desktop(ui: &mut egui::Ui, config: &mut Config, lang: Lang) {
    group(ui, &text!("desktop-set-desktop"), lang, |ui| {
        if Hotkey::is_possible() {
            kit::tick(ui, &mut config.hotkey, text!("desktop-set-hotkey").say(lang));
        } else {
            kit::quiet(ui, text!("desktop-set-shortcut").say(lang));
        }
        if Tray::is_possible() {
            kit::tick(ui, &mut config.tray, text!("desktop-set-tray").say(lang));
        }
    });
}

/// Where the secrets are, and how to have them elsewhere.
fn keys(ui: &mut egui::Ui, cx: &mut Cx<'_>) {
    let lang = cx.lang;
    group(ui, &text!("desktop-set-keys"), lang, |ui| {
        if cx.accounts.uses_vault {
            kit::body(ui, text!("desktop-set-in-vault").say(lang));
            kit::row(ui, |ui| {
                if kit::button(ui, text!("desktop-vault-change").say(lang)).clicked() {
                    cx.open(ChangePassphrase::default());
                }
                if kit::button(ui, text!("desktop-set-to-keyring").say(lang)).clicked() {
                    to_keyring(cx);
                }
            });
        } else {
            let nowhere = cx.accounts.lacks_keyring();
            let place = if nowhere { StoreError::NoKeyring.text() } else { text!("desktop-set-in-keyring") };
            kit::body(ui, cx.say(&place));
            if kit::button(ui, text!("desktop-set-to-vault").say(lang)).clicked() {
                cx.open(MakeVault::default());
            }
        }
    });
}

/// Whether recovery copies are written, and the way to their folders.
fn copies(ui: &mut egui::Ui, cx: &mut Cx<'_>) {
    let lang = cx.lang;
    group(ui, &text!("desktop-copies-title"), lang, |ui| {
        let on = if cx.accounts.copied { text!("desktop-set-copies") } else { text!("desktop-set-no-copies") };
        kit::body(ui, on.say(lang));
        if kit::button(ui, text!("desktop-set-folders").say(lang)).clicked() {
            cx.open(CopiesPage::new(cx.worker));
        }
    });
}

/// Moves every secret from the vault into the keyring.
fn to_keyring(cx: &mut Cx<'_>) {
    let now = cx.now;
    let task = cx.worker.ask(move |app, progress| {
        let of = app.accounts().len() + app.trash().len();
        app.shift(BackendKind::Keyring, now, &mut |done| progress.tell(done, of))?;
        Ok(Some(text!("vault-moved-out")))
    });
    cx.want(Want::Do(task));
}
