//! Where the keyboard is when a view opens, where Enter leads, and what Escape does not throw away.

use eframe::egui;
use egui::Key;
use egui_kittest::kittest::{NodeT, Queryable};
use otp::error::Explain;
use otp::store::StoreError;
use otp::text;
use otp::text::{Lang, Text};

use super::scenes::{ALL, codes, tool, trash};
use super::stage::{Play, press, wait_for, write, written};
use crate::theme::sentence;

/// What has the focus, by its name.
pub(super) fn focused(play: &Play) -> Option<String> {
    let mut all = play.query_all_by(|_| true).map(|node| node.accesskit_node());
    all.find(egui_kittest::kittest::AccessKitNode::is_focused).and_then(|node| node.label())
}

fn key(play: &mut Play, key: Key) {
    play.key_press(key);
    play.run_steps(3);
}

fn text(play: &mut Play, text: &str) {
    play.event(egui::Event::Text(text.to_owned()));
    play.run_steps(2);
}

/// The view called `name`.
fn scene(name: &str, lang: Lang) -> Play {
    let mut play = ALL.iter().find(|scene| scene.name == name).map(|scene| (scene.open)(lang)).unwrap();
    play.run_steps(3);
    play
}

/// What is typed as soon as a view is there goes where it should, and Enter does no harm.
#[test]
fn a_view_begins_in_its_first_field_and_a_question_at_the_way_out() {
    const FIRST: &[(&str, &str)] = &[
        ("vault", "desktop-pass-new"),
        ("repair", "desktop-repair-key"),
        ("account", "desktop-field-issuer"),
        ("account, check", "desktop-check-code"),
        ("account, new key", "desktop-key-field"),
        ("account, removing", "desktop-cancel"),
        ("add, apps", "desktop-apps-search"),
        ("backup", "desktop-pass-new"),
        ("address", "desktop-site-field"),
        ("locked", "desktop-lock-show"),
        ("trash, deleting", "desktop-trash-type"),
    ];
    for lang in Lang::ALL {
        for (name, label) in FIRST {
            let label = Text::new(*label).with("name", "Binance").say(lang);
            assert_eq!(focused(&scene(name, lang)), Some(label), "{name}");
        }
    }
}

/// Also where the button that opens the question was pressed by the pointer, or by Enter, which would
/// end a field at once.
#[test]
fn a_question_has_the_keyboard_however_it_was_opened() {
    for lang in Lang::ALL {
        let field = text!("desktop-trash-type", name = "Binance").say(lang);
        let delete = text!("desktop-trash-delete").say(lang);
        let mut play = trash(lang);
        play.get_by_label(&delete).click();
        play.run_steps(4);
        assert_eq!(focused(&play).as_ref(), Some(&field));
        let mut play = trash(lang);
        play.get_by_label(&delete).focus();
        play.run_steps(2);
        key(&mut play, Key::Enter);
        assert_eq!(focused(&play).as_ref(), Some(&field));
        text(&mut play, "Binance");
        assert_eq!(written(&play, &field), "Binance");
    }
}

/// What cannot be checked yet has no button to press.
#[test]
fn an_empty_field_is_not_checked() {
    for lang in Lang::ALL {
        for name in ["address", "account, check"] {
            let mut play = scene(name, lang);
            let button = text!("desktop-check-button").say(lang);
            let is_off = |play: &Play| play.get_by_label(&button).accesskit_node().is_disabled();
            assert!(is_off(&play), "{name}");
            text(&mut play, "1");
            assert!(!is_off(&play), "{name}");
        }
    }
}

#[test]
fn enter_opens_a_window_that_only_covers_its_codes() {
    for lang in Lang::ALL {
        let mut play = scene("locked", lang);
        key(&mut play, Key::Enter);
        // The secrets were in memory, and are gone with the lock: the list says so.
        wait_for(&mut play, &text!("desktop-state-accept").say(lang));
    }
}

/// Everything that can be done to an account is there without a mouse, and Esc leads back to its row.
#[test]
fn the_menu_of_a_row_opens_by_keys() {
    for lang in Lang::ALL {
        let mut play = codes(lang);
        key(&mut play, Key::ArrowDown);
        let row = focused(&play);
        play.key_press_modifiers(egui::Modifiers::SHIFT, Key::F10);
        play.run_steps(4);
        assert_eq!(focused(&play), Some(text!("desktop-menu-copy").say(lang)));
        key(&mut play, Key::Escape);
        assert!(play.query_by_label(&text!("desktop-menu-copy").say(lang)).is_none());
        assert_eq!(focused(&play), row);
    }
}

#[test]
fn enter_leads_from_a_typed_key_to_its_names_and_on() {
    for lang in Lang::ALL {
        let mut play = codes(lang);
        press(&mut play, &text!("desktop-nav-add-button").say(lang));
        press(&mut play, &text!("desktop-add-key-button").say(lang));
        text(&mut play, "MFRGGZDFMZTWQ2LKMFRGGZDFMZTWQ2LK");
        key(&mut play, Key::Enter);
        let issuer = text!("desktop-field-issuer").say(lang);
        assert_eq!(focused(&play).as_ref(), Some(&issuer));
        text(&mut play, "Kraken");
        key(&mut play, Key::Enter);
        assert_eq!(focused(&play), Some(text!("desktop-field-name").say(lang)));
        text(&mut play, "taro");
        key(&mut play, Key::Enter);
        wait_for(&mut play, &text!("desktop-receipt-keep", count = 1).say(lang));
    }
}

#[test]
fn enter_leads_from_a_passphrase_to_the_same_again_and_never_takes_a_weak_one() {
    for lang in Lang::ALL {
        let mut play = scene("vault", lang);
        let again = text!("desktop-pass-again").say(lang);
        for next in [Key::Enter, Key::Tab] {
            text(&mut play, "short");
            key(&mut play, next);
            assert_eq!(focused(&play).as_ref(), Some(&again));
            text(&mut play, "short");
            key(&mut play, Key::Enter);
            // It is weak, and nobody insisted.
            assert_eq!(focused(&play).as_ref(), Some(&again));
            wait_for(&mut play, &text!("desktop-pass-insist").say(lang));
            press(&mut play, &text!("desktop-back").say(lang));
            press(&mut play, &text!("desktop-make-vault").say(lang));
            play.run_steps(3);
        }
        for _ in 0..2 {
            text(&mut play, "cake lamp river stone cloud mirror");
            key(&mut play, Key::Enter);
        }
        // It was tried; the store of this test makes none.
        wait_for(&mut play, &sentence(&StoreError::NoKeyring.text(), lang));
    }
}

#[test]
fn what_is_typed_and_not_saved_is_thrown_away_only_when_its_owner_says_so() {
    for lang in Lang::ALL {
        let mut play = scene("account", lang);
        let note = text!("desktop-field-note").say(lang);
        let ask = sentence(&text!("desktop-leave-ask"), lang);
        write(&mut play, &note, "the blue card");
        // Out of the field, and then out of the view.
        key(&mut play, Key::Escape);
        key(&mut play, Key::Escape);
        wait_for(&mut play, &ask);
        // The question begins at the way back, and Enter takes it.
        key(&mut play, Key::Enter);
        assert!(play.query_by_label(&ask).is_none());
        assert_eq!(written(&play, &note), "the blue card");
        press(&mut play, &text!("desktop-back").say(lang));
        wait_for(&mut play, &ask);
        press(&mut play, &text!("desktop-leave-yes").say(lang));
        wait_for(&mut play, &text!("desktop-search").say(lang));
    }
}

#[test]
fn what_was_saved_is_left_without_a_question() {
    let mut play = scene("account", Lang::English);
    write(&mut play, "Note", "the blue card");
    press(&mut play, "Save");
    press(&mut play, "Back");
    wait_for(&mut play, "Search issuer, account, tag");
}

#[test]
fn a_typed_key_is_asked_about_too_and_a_lock_wipes_it() {
    let mut play = tool("desktop-repair-title", Lang::English);
    play.run_steps(3);
    text(&mut play, "GEZD");
    play.key_press_modifiers(egui::Modifiers::COMMAND, Key::Comma);
    wait_for(&mut play, "Throw away what you typed?");
    play.key_press_modifiers(egui::Modifiers::COMMAND, Key::L);
    play.run_steps(3);
    wait_for(&mut play, "Show the codes");
    assert!(play.query_by_label("Throw away what you typed?").is_none());
}
