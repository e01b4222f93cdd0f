//! Whom and what to trust: an address compared with the one that was noted, and the check-up.

use eframe::egui;
use egui_kittest::kittest::{NodeT, Queryable};
use otp::app::config::Config;
use otp::error::Explain;
use otp::text;
use otp::text::{Lang, Text};

use super::scenes::{codes, tool};
use super::stage::{Play, accounts, comes_true, play_in, press, wait_for, write};
use crate::theme;

const TITLE: &str = "Binance (taro@example.com)";

fn say(text: &Text, lang: Lang) -> String {
    theme::sentence(text, lang)
}

/// The site of one account, opened from its menu.
fn site(lang: Lang) -> Play {
    let mut play = codes(lang);
    press(&mut play, &text!("desktop-row-more", account = TITLE).say(lang));
    press(&mut play, &text!("desktop-site-title").say(lang));
    play
}

/// Has `address` compared.
fn compare(play: &mut Play, address: &str, lang: Lang) {
    let field = text!("desktop-site-field").say(lang);
    wait_for(play, &field);
    write(play, &field, address);
    press(play, &text!("desktop-check-button").say(lang));
}

#[test]
fn an_address_is_noted_and_a_look_alike_is_told() {
    for lang in Lang::ALL {
        let mut play = site(lang);
        wait_for(&mut play, &say(&text!("site-hint-unknown"), lang));
        press(&mut play, &text!("desktop-site-note").say(lang));
        let field = text!("desktop-field-url").say(lang);
        wait_for(&mut play, &field);
        write(&mut play, &field, "https://www.binance.com/ja");
        press(&mut play, &text!("desktop-save").say(lang));
        press(&mut play, &text!("desktop-part-site").say(lang));
        compare(&mut play, "https://accounts.binance.com/login", lang);
        wait_for(&mut play, &say(&text!("site-own", domain = "binance.com", account = TITLE), lang));
        play.get_by_role_and_label(egui::accesskit::Role::TextInput, &text!("desktop-site-field").say(lang)).focus();
        play.run_steps(2);
        play.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::A);
        compare(&mut play, "https://binance.com.login.example/", lang);
        wait_for(&mut play, &say(&text!("site-hint-alike"), lang));
        assert!(play.query_by_label(&text!("site-real-time").say(lang)).is_some());
    }
}

#[test]
fn an_address_is_compared_with_those_of_all_accounts() {
    for lang in Lang::ALL {
        let mut play = tool("desktop-site-title", lang);
        compare(&mut play, "no address", lang);
        wait_for(&mut play, &say(&otp::site::AddressError.text(), lang));
    }
}

#[test]
fn the_check_up_finds_what_the_terminal_finds_and_hands_over_a_report() {
    for lang in Lang::ALL {
        let mut play = tool("desktop-doctor-title", lang);
        wait_for(&mut play, &say(&text!("desktop-doctor-works"), lang));
        for found in
            [text!("doctor-canary"), text!("doctor-index", accounts = 5, trash = 0), text!("doctor-trash-empty")]
        {
            assert!(play.query_by_label(&say(&found, lang)).is_some(), "{}", found.id());
        }
        // The key of one account is gone, and the way there is offered.
        assert!(play.query_all_by_label_contains("Kraken").next().is_some());
        let way = text!("desktop-nav-add-button").say(lang);
        assert!(play.query_all_by_label(&way).next().is_some());
        play.get_by_role_and_label(egui::accesskit::Role::Button, &text!("desktop-doctor-copy").say(lang))
            .click_accesskit();
        play.step();
        let copied = play.output().platform_output.commands.iter().find_map(|command| match command {
            egui::OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        });
        let report = copied.expect("a report on the clipboard");
        let mark = text!("doctor-mark-good").say(lang);
        assert!(report.contains(&format!("{mark} {}\n", text!("doctor-canary").say(lang))), "{report}");
        assert!(!report.contains("`otp "), "{report}");
    }
}

#[test]
fn a_correction_is_dropped_from_the_check_up() {
    for lang in Lang::ALL {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("clock.json"), r#"{"seconds": 30, "found": 1}"#).unwrap();
        let mut play = play_in(folder, lang, Config::default(), Ok(accounts));
        // What comes in while a button is pressed may move it.
        assert!(comes_true(&mut play, |play| play.query_all_by_label_contains("Binance").next().is_some()));
        press(&mut play, &text!("desktop-nav-recovery").say(lang));
        press(&mut play, &text!("desktop-doctor-title").say(lang));
        let drop = text!("desktop-clock-drop").say(lang);
        press(&mut play, &drop);
        assert!(comes_true(&mut play, |play| {
            let looked = play.query_by_label(&text!("desktop-doctor-again").say(lang)).is_some();
            looked && play.query_all_by_label(&drop).all(|node| node.accesskit_node().is_hidden())
        }));
    }
}
