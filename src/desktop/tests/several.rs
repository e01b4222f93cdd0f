//! Several accounts marked, and something done to all of them; and rows side by side.

use eframe::egui;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use otp::text;
use otp::text::{Lang, Text};

use super::stage::{Play, accounts, comes_true, play, press, wait_for, write};

const BINANCE: &str = "Binance (taro@example.com)";
const BANK: &str = "楽天銀行 (普通 1234567)";

fn row(title: &str, code: &str, lang: Lang) -> String {
    text!("desktop-row", account = title, code = code).say(lang)
}

fn said(text: &Text, lang: Lang) -> String {
    crate::theme::sentence(text, lang)
}

/// The list with two of its accounts marked: the first by its menu, the second by a press.
pub(super) fn two_marked(lang: Lang) -> Play {
    let mut play = play(lang, Ok(accounts));
    wait_for(&mut play, &row(BINANCE, "2 8 7 0 8 2", lang));
    press(&mut play, &text!("desktop-row-more", account = BINANCE).say(lang));
    press(&mut play, &text!("desktop-menu-mark").say(lang));
    wait_for(&mut play, &said(&text!("desktop-several", count = 1), lang));
    // The bar has moved the rows.
    play.run_steps(3);
    play.get_by_label(&row(BANK, "4 2 7 1 4 8", lang)).click();
    wait_for(&mut play, &said(&text!("desktop-several", count = 2), lang));
    play
}

fn both(run: fn(Lang)) {
    for lang in [Lang::English, Lang::Japanese] {
        run(lang);
    }
}

fn is_marked(play: &Play, label: &str) -> bool {
    let row = play.get_by_label(label).accesskit_node().toggled();
    row == Some(egui::accesskit::Toggled::True)
}

#[test]
fn several_get_a_tag_and_lose_it() {
    both(|lang| {
        let mut play = two_marked(lang);
        assert!(is_marked(&play, &row(BINANCE, "2 8 7 0 8 2", lang)));
        assert!(play.state().held.lock().unwrap().is_empty(), "a press marks, and copies nothing");
        press(&mut play, &text!("desktop-several-tag").say(lang));
        write(&mut play, &text!("desktop-several-tag-name").say(lang), "money");
        press(&mut play, &text!("desktop-several-tag-add").say(lang));
        wait_for(&mut play, &text!("desktop-several-changed", count = 2).say(lang));
        // The tag can be filtered by, and both have it.
        press(&mut play, "money");
        assert!(comes_true(&mut play, |play| play.query_all_by_label_contains("Work VPN (taro)").next().is_none()));
        assert!(play.query_by_label(&row(BANK, "4 2 7 1 4 8", lang)).is_some());
        press(&mut play, &text!("desktop-several-tag").say(lang));
        write(&mut play, &text!("desktop-several-tag-name").say(lang), "money");
        press(&mut play, &text!("desktop-several-tag-take").say(lang));
        assert!(comes_true(&mut play, |play| play.query_by_label("money").is_none()));
        press(&mut play, &text!("desktop-several-done").say(lang));
        assert!(comes_true(&mut play, |play| {
            play.query_by_label(&said(&text!("desktop-several", count = 2), lang)).is_none()
        }));
    });
}

#[test]
fn several_go_to_the_trash_after_one_question() {
    both(|lang| {
        let mut play = two_marked(lang);
        let remove = text!("desktop-menu-remove").say(lang);
        press(&mut play, &remove);
        wait_for(&mut play, &said(&text!("desktop-several-remove-ask", count = 2), lang));
        press(&mut play, &text!("desktop-cancel").say(lang));
        press(&mut play, &remove);
        wait_for(&mut play, &said(&text!("desktop-several-remove-ask", count = 2), lang));
        let yes = play.get_all_by_role_and_label(egui::accesskit::Role::Button, &remove).last().unwrap();
        yes.click_accesskit();
        wait_for(&mut play, &text!("desktop-several-removed", count = 2).say(lang));
        assert!(comes_true(&mut play, |play| play.query_by_label(&row(BINANCE, "2 8 7 0 8 2", lang)).is_none()));
        assert!(play.query_all_by_label_contains("Kraken (taro)").next().is_some());
    });
}

#[test]
fn a_sheet_of_several_says_how_many_they_are() {
    both(|lang| {
        let mut play = two_marked(lang);
        press(&mut play, &text!("desktop-sheet-title").say(lang));
        wait_for(&mut play, &said(&text!("desktop-several", count = 2), lang));
        press(&mut play, &text!("desktop-sheet-make").say(lang));
        wait_for(&mut play, &text!("desktop-sheet-save").say(lang));
    });
}

#[test]
fn keys_mark_what_they_mark_everywhere() {
    let lang = Lang::English;
    let mut play = play(lang, Ok(accounts));
    play.set_size(egui::vec2(440.0, 1_000.0));
    wait_for(&mut play, &row(BINANCE, "2 8 7 0 8 2", lang));
    play.key_press_modifiers(Modifiers::COMMAND, Key::A);
    wait_for(&mut play, "5 accounts selected");
    play.key_press(Key::Escape);
    assert!(comes_true(&mut play, |play| play.query_by_label("5 accounts selected").is_none()));
    // From the first row to the third.
    play.get_by_label_contains("Work VPN (taro), ").click_modifiers(Modifiers::SHIFT);
    wait_for(&mut play, "3 accounts selected");
    play.run_steps(3);
    play.get_by_label_contains("Kraken (taro), ").click_modifiers(Modifiers::COMMAND);
    wait_for(&mut play, "4 accounts selected");
    // In a query, the same keys select its letters.
    play.key_press(Key::Escape);
    play.event(egui::Event::Text("bin".to_owned()));
    play.run_steps(3);
    play.key_press_modifiers(Modifiers::COMMAND, Key::A);
    play.run_steps(3);
    assert!(play.query_by_label_contains("selected").is_none());
}

#[test]
fn a_wide_window_shows_rows_side_by_side_and_arrows_walk_through_them() {
    let lang = Lang::English;
    let mut play = play(lang, Ok(accounts));
    play.set_size(egui::vec2(1_100.0, 720.0));
    wait_for(&mut play, &row(BINANCE, "2 8 7 0 8 2", lang));
    let place = |play: &Play, label: &str| play.get_by_label_contains(label).rect();
    let one_level = |play: &Play| {
        let (first, second) = (place(play, "Binance (taro@example.com), "), place(play, "楽天銀行 (普通 1234567), "));
        (first.top() - second.top()).abs() < 1.0 && first.right() < second.left()
    };
    assert!(comes_true(&mut play, one_level));
    let focused = |label: &'static str| move |play: &Play| play.get_by_label_contains(label).is_focused();
    assert!(comes_true(&mut play, |play| play.get_by_role(egui::accesskit::Role::TextInput).is_focused()));
    play.run_steps(1);
    for (key, label) in [
        (Key::ArrowDown, "Work VPN (taro), "),
        (Key::ArrowRight, "Kraken (taro), "),
        (Key::ArrowUp, "楽天銀行 (普通 1234567), "),
        (Key::ArrowLeft, "Binance (taro@example.com), "),
    ] {
        play.key_press(key);
        assert!(comes_true(&mut play, focused(label)), "{label}");
    }
    play.key_press(Key::ArrowUp);
    assert!(comes_true(&mut play, |play| play.get_by_role(egui::accesskit::Role::TextInput).is_focused()));
}
