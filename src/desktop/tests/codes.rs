//! The list: reading, copying, searching, hiding, and what stands in its place.

use std::time::Duration;

use eframe::egui;
use egui::Key;
use egui_kittest::kittest::Queryable;
use otp::app::config::Config;
use otp::clock::UnixTime;
use otp::error::Explain;
use otp::store::StoreError;
use otp::text;
use otp::text::Lang;

use super::stage::{Play, accounts, comes_true, play, play_in, play_with, press, stage, wait_for};
use crate::theme;
use crate::worker::Worker;

const BINANCE: &str = "Binance (taro@example.com), code 2 8 7 0 8 2";

#[test]
fn rows_say_the_names_and_the_code_digit_by_digit() {
    let mut play = play(Lang::English, Ok(accounts));
    wait_for(&mut play, BINANCE);
    play.get_by_role_and_label(egui::accesskit::Role::Button, "Work VPN (taro), press for a new code");
    play.get_by_label("Kraken (taro), key missing or damaged");
    play.get_by_label_contains("ev<U+202E>il (<U+200B>), code ");
    play.get_by_role_and_label(egui::accesskit::Role::TextInput, "Search issuer, account, tag");
    play.state_mut().now = UnixTime(60);
    wait_for(&mut play, "Binance (taro@example.com), code 3 5 9 1 5 2");
}

#[test]
fn japanese_rows_say_the_same_and_have_every_glyph() {
    let mut play = play(Lang::Japanese, Ok(accounts));
    wait_for(&mut play, "Binance (taro@example.com)、認証コード 2 8 7 0 8 2");
    play.get_by_label_contains("楽天銀行 (普通 1234567)、認証コード ");
    play.get_by_label("検索（発行元・アカウント・タグ）");
    // In the last seconds the next code is painted too.
    play.state_mut().now = UnixTime(55);
    play.run_steps(2);
}

#[test]
fn a_click_copies_and_the_foot_counts_down_to_the_clearing() {
    let mut play = play(Lang::English, Ok(accounts));
    wait_for(&mut play, BINANCE);
    play.get_by_label(BINANCE).click();
    wait_for(&mut play, "Copied the code of Binance (taro@example.com)");
    assert_eq!(*play.state().held.lock().unwrap(), "287082");
    play.get_by_label("clears in 30 s");
    play.state_mut().now = UnixTime(64);
    wait_for(&mut play, "clears in 1 s");
    play.state_mut().now = UnixTime(65);
    wait_for(&mut play, "The clipboard no longer holds the code");
    play.state_mut().now = UnixTime(80);
    play.run_steps(2);
    assert!(play.query_by_label("The clipboard no longer holds the code").is_none());
}

#[test]
fn typing_filters_and_enter_copies_the_first() {
    let mut play = play(Lang::English, Ok(accounts));
    wait_for(&mut play, BINANCE);
    // This types where the focus is at the start.
    play.event(egui::Event::Text("楽天".to_owned()));
    play.run_steps(2);
    assert!(play.query_by_label(BINANCE).is_none());
    play.key_press(Key::Enter);
    wait_for(&mut play, "Copied the code of 楽天銀行 (普通 1234567)");
    play.key_press(Key::Escape);
    wait_for(&mut play, BINANCE);
    play.event(egui::Event::Text("zzz".to_owned()));
    wait_for(&mut play, "No account matches “zzz”");
}

#[test]
fn a_number_copies_the_row_that_it_counts() {
    let mut play = play(Lang::English, Ok(accounts));
    wait_for(&mut play, BINANCE);
    play.key_press(Key::Num2);
    wait_for(&mut play, "Copied the code of 楽天銀行 (普通 1234567)");
    assert_eq!(play.get_by_role(egui::accesskit::Role::TextInput).value().unwrap_or_default(), "");
}

#[test]
fn arrows_carry_the_focus_and_typing_goes_back_to_the_field() {
    let mut play = play(Lang::English, Ok(accounts));
    wait_for(&mut play, BINANCE);
    // The field has the keys first, and knows for a frame that it has them.
    assert!(comes_true(&mut play, |play| play.get_by_role(egui::accesskit::Role::TextInput).is_focused()));
    play.run_steps(1);
    play.key_press(Key::ArrowDown);
    let focused = |play: &Play| play.get_by_label_contains("楽天銀行 (普通 1234567), code").is_focused();
    assert!(comes_true(&mut play, focused));
    play.key_press(Key::Enter);
    wait_for(&mut play, "Copied the code of 楽天銀行 (普通 1234567)");
    play.key_press(Key::ArrowUp);
    assert!(comes_true(&mut play, |play| play.get_by_label(BINANCE).is_focused()));
    play.event(egui::Event::Text("kr".to_owned()));
    play.run_steps(3);
    let field = play.get_by_role(egui::accesskit::Role::TextInput);
    assert!(field.is_focused());
    assert_eq!(field.value().as_deref(), Some("kr"));
    assert!(play.query_by_label(BINANCE).is_none());
    play.key_press(Key::ArrowUp);
    play.key_press(Key::ArrowDown);
    play.event(egui::Event::Text("a".to_owned()));
    play.run_steps(3);
    assert_eq!(play.get_by_role(egui::accesskit::Role::TextInput).value().as_deref(), Some("kra"));
}

#[test]
fn a_counter_account_gives_its_next_code_when_it_is_pressed() {
    let mut play = play(Lang::English, Ok(accounts));
    press(&mut play, "Work VPN (taro), press for a new code");
    // RFC 4226, appendix D: counter 3.
    wait_for(&mut play, "Work VPN (taro), code 9 6 9 4 2 9");
    wait_for(&mut play, "Copied the code of Work VPN (taro)");
    assert_eq!(*play.state().held.lock().unwrap(), "969429");
}

#[test]
fn a_code_that_was_asked_for_goes_after_a_while() {
    let mut play = play(Lang::English, Ok(accounts));
    press(&mut play, "Work VPN (taro), press for a new code");
    wait_for(&mut play, "Work VPN (taro), code 9 6 9 4 2 9");
    play.state_mut().now = UnixTime(94);
    play.run_steps(2);
    play.get_by_label("Work VPN (taro), code 9 6 9 4 2 9");
    play.state_mut().now = UnixTime(95);
    wait_for(&mut play, "Work VPN (taro), press for a new code");
}

#[test]
fn a_code_that_was_asked_for_is_covered_like_all_others() {
    let mut play = play(Lang::English, Ok(accounts));
    press(&mut play, "Work VPN (taro), press for a new code");
    wait_for(&mut play, "Work VPN (taro), code 9 6 9 4 2 9");
    let shows = |play: &Play| play.query_all_by_label_contains("9 6 9 4 2 9").next().is_some();
    press(&mut play, "Hide the codes");
    assert!(!shows(&play));
    let show = |account| text!("desktop-row-show", account = account).say(Lang::English);
    press(&mut play, &show("Work VPN (taro)"));
    assert!(shows(&play));
    press(&mut play, &show("Binance (taro@example.com)"));
    assert!(!shows(&play), "one at a time");
    press(&mut play, &show("Work VPN (taro)"));
    play.state_mut().now = UnixTime(65);
    play.run_steps(2);
    assert!(!shows(&play), "not for long");
    // What was pressed is copied, and stays covered.
    let hidden = text!("desktop-row-words", account = "Work VPN (taro)", words = text!("desktop-row-hidden"));
    press(&mut play, &hidden.say(Lang::English));
    // RFC 4226, appendix D: counter 4.
    assert!(comes_true(&mut play, |play| *play.state().held.lock().unwrap() == "338314"));
    play.run_steps(2);
    assert!(play.query_all_by_label_contains("3 3 8 3 1 4").next().is_none());
}

#[test]
fn the_clipboard_is_cleared_when_the_window_locks() {
    let mut play = play(Lang::English, Ok(accounts));
    let copy = |play: &mut Play| {
        play.get_by_label(BINANCE).click();
        assert!(comes_true(play, |play| *play.state().held.lock().unwrap() == "287082"));
        wait_for(play, "Copied the code of Binance (taro@example.com)");
    };
    wait_for(&mut play, BINANCE);
    copy(&mut play);
    // The same code once more is another copy, which the end of the first one leaves alone.
    play.get_by_label(BINANCE).click();
    play.run_steps(4);
    std::thread::sleep(Duration::from_millis(100));
    assert_eq!(*play.state().held.lock().unwrap(), "287082");
    play.key_press_modifiers(egui::Modifiers::COMMAND, Key::L);
    assert!(comes_true(&mut play, |play| play.state().held.lock().unwrap().is_empty()));
    assert!(play.query_by_label("Copied the code of Binance (taro@example.com)").is_none());
}

#[test]
fn what_another_program_copied_stays_when_the_window_locks() {
    let mut play = play(Lang::English, Ok(accounts));
    wait_for(&mut play, BINANCE);
    play.get_by_label(BINANCE).click();
    wait_for(&mut play, "Copied the code of Binance (taro@example.com)");
    "something else".clone_into(&mut play.state().held.lock().unwrap());
    play.key_press_modifiers(egui::Modifiers::COMMAND, Key::L);
    play.run_steps(4);
    std::thread::sleep(Duration::from_millis(100));
    assert_eq!(*play.state().held.lock().unwrap(), "something else");
}

#[test]
fn a_broken_account_says_what_to_do() {
    let mut play = play(Lang::English, Ok(accounts));
    press(&mut play, "Kraken (taro), key missing or damaged");
    let hint = StoreError::Broken { account: String::new() }.hint().unwrap();
    wait_for(&mut play, &theme::sentence(&hint, Lang::English));
    assert_eq!(*play.state().held.lock().unwrap(), "");
}

#[test]
fn hidden_codes_are_shown_one_at_a_time_and_not_for_long() {
    for lang in Lang::ALL {
        let config = Config { hide_codes: true, ..Config::default() };
        let mut play = play_with(lang, config, Ok(accounts));
        let title = "Binance (taro@example.com)";
        let show = text!("desktop-row-show", account = title).say(lang);
        wait_for(&mut play, &show);
        let hidden = text!("desktop-row-hidden").say(lang);
        assert!(play.query_all_by_label_contains("2 8 7 0 8 2").next().is_none());
        let before = play.get_all_by_label_contains(&hidden).count();
        press(&mut play, &show);
        play.get_by_label_contains("2 8 7 0 8 2");
        assert_eq!(play.get_all_by_label_contains(&hidden).count(), before - 1);
        play.state_mut().now = UnixTime(66);
        play.run_steps(2);
        assert_eq!(play.get_all_by_label_contains(&hidden).count(), before);
        press(&mut play, &text!("desktop-show-codes").say(lang));
        assert!(play.query_all_by_label_contains(&hidden).next().is_none());
    }
}

#[test]
fn every_failure_is_a_sentence_a_hint_and_a_button_in_both_languages() {
    #[track_caller]
    fn case(error: &StoreError) {
        for lang in Lang::ALL {
            let mut play = play(lang, Err(error.clone()));
            wait_for(&mut play, &theme::sentence(&error.text(), lang));
            let retry = text!("desktop-retry").say(lang);
            press(&mut play, &retry);
            wait_for(&mut play, &retry);
        }
    }
    let (expected, found) = ("gnome-keyring-daemon, login".to_owned(), "kwalletd6, kdewallet".to_owned());
    case(&StoreError::Locked);
    case(&StoreError::NoKeyring);
    case(&StoreError::WrongKeyring { expected, found });
    case(&StoreError::EmptiedKeyring);
    case(&StoreError::TimedOut { seconds: 5 });
    case(&StoreError::TooNew);
}

#[test]
fn a_new_owner_is_led_to_bring_accounts_in() {
    for lang in Lang::ALL {
        let mut play = play(lang, Ok(Vec::new));
        wait_for(&mut play, &text!("desktop-welcome").say(lang));
        press(&mut play, &text!("desktop-welcome-one-button").say(lang));
        wait_for(&mut play, &text!("desktop-add-title").say(lang));
    }
}

#[test]
fn a_keyring_that_takes_its_time_is_waited_for_in_words() {
    let slow = |_| {
        std::thread::sleep(Duration::from_hours(1));
        Err(StoreError::Locked)
    };
    let worker = Worker::start(slow, || ());
    let mut play = stage(Lang::Japanese, Config::default(), worker, tempfile::tempdir().unwrap());
    play.run_steps(2);
    assert!(play.query_by_label("キーリングの応答を待っています").is_none());
    play.state_mut().now = UnixTime(36);
    wait_for(&mut play, "キーリングの応答を待っています");
}

#[test]
fn codes_are_made_by_the_corrected_clock_until_it_is_dropped() {
    for lang in Lang::ALL {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("clock.json"), r#"{"seconds": 30, "found": 1}"#).unwrap();
        let mut play = play_in(folder, lang, Config::default(), Ok(accounts));
        let row = |code| text!("desktop-row", account = "Binance (taro@example.com)", code = code).say(lang);
        wait_for(&mut play, &row("3 5 9 1 5 2"));
        let corrected = text!("clock-corrected", seconds = otp::present::signed(30));
        wait_for(&mut play, &theme::sentence(&corrected, lang));
        // The clock of a test says 1970.
        wait_for(&mut play, &text!("desktop-clock-past").say(lang));
        play.get_by_label(&row("3 5 9 1 5 2")).click();
        wait_for(&mut play, &text!("desktop-copied", account = "Binance (taro@example.com)").say(lang));
        assert_eq!(*play.state().held.lock().unwrap(), "359152");
        press(&mut play, &text!("desktop-clock-drop").say(lang));
        wait_for(&mut play, &row("2 8 7 0 8 2"));
        assert!(play.query_by_label(&theme::sentence(&corrected, lang)).is_none());
    }
}

#[test]
fn every_control_has_a_name() {
    let mut play = play(Lang::English, Ok(accounts));
    wait_for(&mut play, BINANCE);
    play.check_accessibility();
}

#[test]
fn the_system_is_asked_to_keep_the_window_out_of_recordings() {
    let mut play = play(Lang::English, Ok(accounts));
    wait_for(&mut play, BINANCE);
    play.get_by_label("Hide the codes").click_accesskit();
    let asked = (0..4).any(|_| {
        play.run_steps(1);
        let wants = play.output().viewport_output.values().flat_map(|output| &output.commands);
        wants.into_iter().any(|want| *want == egui::ViewportCommand::ContentProtected(true))
    });
    assert!(asked);
}
