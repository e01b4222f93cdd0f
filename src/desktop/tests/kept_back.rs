//! What is brought while its place does not take it: shown all the same, and never lost.

use eframe::egui;
use egui_kittest::kittest::Queryable;
use otp::app::config::Config;
use otp::error::Explain;
use otp::store::StoreError;
use otp::text;
use otp::text::Lang;

use super::keyring;
use super::stage::{Play, press, wait_for};
use crate::add::reader::Offered;
use crate::theme;

const LINK: &str = "otpauth://totp/Coincheck:jiro?secret=MFRGGZDFMZTWQ2LKMFRGGZDFMZTWQ2LK&issuer=Coincheck\n";

fn said(error: &StoreError, lang: Lang) -> String {
    // Literals are set in a face of their own, and not between backticks.
    theme::sentence(&error.text(), lang).replace('`', "")
}

fn keep(lang: Lang) -> String {
    text!("desktop-receipt-keep", count = 1).say(lang)
}

fn retry(lang: Lang) -> String {
    text!("desktop-retry").say(lang)
}

fn saved(lang: Lang) -> String {
    theme::sentence(&text!("import-saved", count = 1), lang)
}

fn wrong() -> StoreError {
    StoreError::WrongKeyring { expected: "login".to_owned(), found: "other".to_owned() }
}

/// Whatever the keyring says while the names of its accounts are shown.
fn failures() -> [StoreError; 4] {
    [StoreError::Locked, StoreError::TimedOut { seconds: 5 }, wrong(), StoreError::EmptiedKeyring]
}

/// Pastes the link on the list, or brings it in another way.
fn bring(play: &mut Play, pasted: bool) {
    if pasted {
        play.event(egui::Event::Paste(LINK.to_owned()));
    } else {
        play.state_mut().window.bring(vec![Offered::text(LINK.to_owned())]);
    }
}

#[test]
fn what_is_brought_while_the_keyring_is_locked_is_answered_at_once_and_kept_for_later() {
    let cases = failures().map(|error| Lang::ALL.map(|lang| (error.clone(), lang)));
    for ((error, lang), number) in cases.into_iter().flatten().zip(0..) {
        let (mut play, keyring) = keyring::play(lang, Config::default(), Some(error.clone()));
        wait_for(&mut play, &said(&error, lang));
        bring(&mut play, number % 2 == 0);
        wait_for(&mut play, &text!("desktop-receipt-title").say(lang));
        wait_for(&mut play, &retry(lang));
        assert!(play.query_by_label(&said(&error, lang)).is_some());
        keyring.fails(None);
        press(&mut play, &retry(lang));
        press(&mut play, &keep(lang));
        wait_for(&mut play, &saved(lang));
    }
}

#[test]
fn what_is_brought_before_anything_is_known_is_read_once_the_keyring_has_refused() {
    for lang in Lang::ALL {
        let (mut play, _) = keyring::play(lang, Config::default(), Some(StoreError::Locked));
        bring(&mut play, false);
        wait_for(&mut play, &text!("desktop-receipt-title").say(lang));
        wait_for(&mut play, &said(&StoreError::Locked, lang));
    }
}

#[test]
fn a_receipt_stays_when_keeping_it_fails() {
    for lang in Lang::ALL {
        let (mut play, keyring) = keyring::play(lang, Config::default(), None);
        let row = text!("desktop-row", account = "Binance (taro@example.com)", code = "2 8 7 0 8 2").say(lang);
        wait_for(&mut play, &row);
        bring(&mut play, true);
        wait_for(&mut play, &keep(lang));
        keyring.fails(Some(StoreError::Locked));
        press(&mut play, &keep(lang));
        wait_for(&mut play, &said(&StoreError::Locked, lang));
        // The window says what to do in its own words, and what came in still stands there.
        wait_for(&mut play, &theme::sentence(&text!("desktop-state-locked"), lang));
        assert!(play.query_by_role_and_label(egui::accesskit::Role::CheckBox, "Coincheck (jiro)").is_some());
        keyring.fails(None);
        press(&mut play, &retry(lang));
        wait_for(&mut play, &saved(lang));
    }
}

#[test]
fn whoever_has_nothing_hears_first_that_there_is_no_keyring() {
    for lang in Lang::ALL {
        let (mut play, keyring) = keyring::play_first(lang, StoreError::NoKeyring);
        wait_for(&mut play, &said(&StoreError::NoKeyring, lang));
        wait_for(&mut play, &theme::sentence(&text!("desktop-state-no-keyring"), lang));
        wait_for(&mut play, &text!("desktop-make-vault").say(lang));
        press(&mut play, &text!("desktop-nav-more").say(lang));
        press(&mut play, &text!("desktop-nav-settings").say(lang));
        wait_for(&mut play, &said(&StoreError::NoKeyring, lang));
        assert!(play.query_by_label(&text!("desktop-set-in-keyring").say(lang)).is_none());
        press(&mut play, &text!("desktop-back").say(lang));
        keyring.fails(None);
        press(&mut play, &retry(lang));
        wait_for(&mut play, &text!("desktop-welcome").say(lang));
    }
}

#[test]
fn whoever_has_nothing_yet_is_not_troubled_by_a_locked_keyring() {
    for lang in Lang::ALL {
        let (mut play, _) = keyring::play_first(lang, StoreError::Locked);
        wait_for(&mut play, &text!("desktop-welcome").say(lang));
    }
}
