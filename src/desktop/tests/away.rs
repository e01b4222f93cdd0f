//! A keyring that does not give its secrets away for a while: what the window says of it and of the
//! accounts in it, and that it goes on by itself.

use egui_kittest::kittest::Queryable;
use otp::app::config::Config;
use otp::clock::UnixTime;
use otp::error::Explain;
use otp::store::StoreError;
use otp::text;
use otp::text::Lang;

use super::keyring::{self, Keyring};
use super::stage::{Play, accounts, press, wait_for};
use crate::theme;

const TITLE: &str = "Binance (taro@example.com)";

/// A window on a profile with accounts whose keyring fails so, and that keyring.
fn play(lang: Lang, error: StoreError) -> (Play, Keyring) {
    keyring::play(lang, Config::default(), Some(error))
}

fn failures() -> [StoreError; 3] {
    [StoreError::Locked, StoreError::TimedOut { seconds: 5 }, StoreError::NoKeyring]
}

fn row(lang: Lang) -> String {
    text!("desktop-row", account = TITLE, code = "2 8 7 0 8 2").say(lang)
}

#[test]
fn a_keyring_that_did_not_answer_once_is_asked_again_by_itself() {
    let error = StoreError::TimedOut { seconds: 5 };
    let (mut play, keyring) = play(Lang::English, error.clone());
    wait_for(&mut play, &theme::sentence(&error.text(), Lang::English));
    keyring.fails(None);
    play.run_steps(2);
    assert!(play.query_by_label(&row(Lang::English)).is_none());
    play.state_mut().now = UnixTime(45);
    // The ten seconds since; it is the second step of the counter still.
    wait_for(&mut play, &row(Lang::English));
    assert!(play.query_by_label(&theme::sentence(&error.text(), Lang::English)).is_none());
}

#[test]
fn trying_again_asks_a_keyring_anew_whatever_it_said_before() {
    for (lang, error) in Lang::ALL.into_iter().flat_map(|lang| failures().map(|error| (lang, error))) {
        let (mut play, keyring) = play(lang, error.clone());
        wait_for(&mut play, &theme::sentence(&error.text(), lang));
        keyring.fails(None);
        press(&mut play, &text!("desktop-retry").say(lang));
        wait_for(&mut play, &row(lang));
    }
}

#[test]
fn accounts_in_a_place_that_does_not_answer_are_not_called_damaged() {
    for (lang, error) in Lang::ALL.into_iter().flat_map(|lang| failures().map(|error| (lang, error))) {
        let (mut play, _) = play(lang, error);
        let words = text!("desktop-unread");
        wait_for(&mut play, &text!("desktop-row-words", account = TITLE, words = words.clone()).say(lang));
        assert_eq!(play.query_all_by_label_contains(&words.say(lang)).count(), accounts().len());
        let damaged = text!("desktop-unreadable").say(lang);
        assert_eq!(play.query_all_by_label_contains(&damaged).count(), 0);
    }
}

#[test]
fn a_row_whose_key_cannot_be_read_says_why_and_what_to_do_when_it_is_pressed() {
    for lang in Lang::ALL {
        let (mut play, _) = play(lang, StoreError::Locked);
        press(&mut play, &text!("desktop-row-words", account = TITLE, words = text!("desktop-unread")).say(lang));
        wait_for(&mut play, &theme::sentence(&StoreError::Locked.hint().unwrap(), lang));
        // Above the list and at the foot.
        let text = theme::sentence(&StoreError::Locked.text(), lang);
        assert_eq!(play.query_all_by_label(&text).count(), 2);
    }
}

#[test]
fn whoever_has_accounts_in_a_missing_keyring_is_told_to_log_in_where_it_is() {
    for lang in Lang::ALL {
        let (mut play, _) = play(lang, StoreError::NoKeyring);
        wait_for(&mut play, &theme::sentence(&StoreError::KeyringGone.hint().unwrap(), lang));
        let retry = play.get_by_label(&text!("desktop-retry").say(lang)).rect();
        let back = play.get_by_label(&text!("desktop-to-recovery").say(lang)).rect();
        assert!(retry.right() < back.left());
        // A vault would be an empty one.
        assert!(play.query_by_label(&text!("desktop-make-vault").say(lang)).is_none());
    }
}
