//! The code of an account now, the one after it, and that of any other time.

use eframe::egui;
use otp::account::{Account, Kind};
use otp::app::when;
use otp::clock::UnixTime;
use otp::code::{self, Code};
use otp::present;
use otp::text;

use crate::accounts::Item;
use crate::digits;
use crate::kit::{self, Tone};
use crate::page::{Cx, Want};
use crate::theme;

/// How long a code that was covered is shown, in seconds.
const SHOWN: u64 = 30;

/// What is waited for and asked for.
#[derive(Default)]
pub(super) struct Moment {
    /// When the code comes that is to be copied.
    waiting: Option<UnixTime>,
    /// Until when codes that are covered are shown.
    shown: Option<UnixTime>,
    /// Another time, as it was typed.
    typed: String,
}

impl Moment {
    /// Covers the codes.
    pub(super) fn hide(&mut self) {
        *self = Self::default();
    }

    pub(super) fn ui(&mut self, ui: &mut egui::Ui, item: &Item, cx: &mut Cx<'_>) {
        let account = match &item.account {
            Ok(account) => account,
            Err(error) => return kit::failure(ui, &error.clone().into(), cx.lang),
        };
        if matches!(account.kind(), Kind::Hotp { .. }) {
            kit::body(ui, text!("desktop-moment-counter").say(cx.lang));
            if kit::filled(ui, text!("desktop-menu-copy").say(cx.lang)).clicked() {
                cx.want(Want::Copy(item.entry.id));
            }
            return;
        }
        if ui.input(|input| input.events.contains(&egui::Event::WindowFocused(false))) {
            self.shown = None;
        }
        if cx.config.hide_codes && self.shown.is_none_or(|until| cx.now >= until) {
            let show = text!("desktop-row-show", account = item.title()).say(cx.lang);
            if kit::filled(ui, show).clicked() {
                self.shown = Some(UnixTime(cx.now.0 + SHOWN));
            }
            return;
        }
        self.now(ui, account, item, cx);
        self.another(ui, account, cx);
    }

    /// The present code and the next one, and the ways to have one of them.
    fn now(&mut self, ui: &mut egui::Ui, account: &Account, item: &Item, cx: &mut Cx<'_>) {
        let (lang, now, id) = (cx.lang, cx.code_time(), item.entry.id);
        let (present, next) = (code::at(account, now), code::next(account, now));
        let left = present.seconds_left(now).unwrap_or(0);
        kit::card(ui, |ui| {
            digits::show(ui, &present.digits, theme::CODE, lang);
            kit::quiet(ui, cx.say(&present::seconds_left(left)));
            ui.add_space(theme::BETWEEN);
            kit::quiet(ui, text!("desktop-moment-next").say(lang));
            digits::show(ui, &next.digits, theme::TITLE, lang);
        });
        kit::row(ui, |ui| {
            if kit::filled(ui, text!("desktop-menu-copy").say(lang)).clicked() {
                cx.want(Want::Copy(id));
            }
            if kit::button(ui, text!("desktop-menu-copy-next").say(lang)).clicked() {
                cx.want(Want::CopyNext(id));
            }
            if self.waiting.is_none() && kit::button(ui, text!("desktop-moment-wait").say(lang)).clicked() {
                self.waiting = present.valid.map(|valid| valid.until);
            }
        });
        match self.waiting {
            Some(then) if now >= then => {
                self.waiting = None;
                cx.want(Want::Copy(id));
            }
            Some(then) => self.wait(ui, then.since(now), cx),
            None => {}
        }
    }

    /// How long it is until the code comes that is to be copied.
    fn wait(&mut self, ui: &mut egui::Ui, left: u64, cx: &Cx<'_>) {
        let words = text!("desktop-moment-waits", seconds = left).say(cx.lang);
        let cancel = text!("desktop-cancel").say(cx.lang);
        if kit::beside(ui, cancel, |ui| kit::toned(ui, words, Tone::Good)).clicked() {
            self.waiting = None;
        }
    }

    /// The code of a time that is typed.
    fn another(&mut self, ui: &mut egui::Ui, account: &Account, cx: &Cx<'_>) {
        let lang = cx.lang;
        kit::heading(ui, &text!("desktop-moment-another"), lang);
        kit::field(ui, &text!("desktop-moment-time").say(lang), &mut self.typed);
        if self.typed.trim().is_empty() {
            kit::quiet(ui, text!("desktop-moment-hint").say(lang));
            return;
        }
        let time = when::exact(self.typed.trim()).or_else(|| Some(when::read(&self.typed, cx.now)?.0));
        let Some(time) = time else {
            kit::toned(ui, cx.say(&text!("desktop-moment-unread")), Tone::Watch);
            return;
        };
        let Code { digits, .. } = code::at(account, time);
        kit::card(ui, |ui| {
            kit::quiet(ui, present::moment(time));
            digits::show(ui, &digits, theme::CODE, lang);
        });
    }
}
