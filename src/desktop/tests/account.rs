//! One account: its key renewed, the clock measured by its codes, its recovery codes, and its code
//! in the trash.

use eframe::egui;
use egui_kittest::kittest::Queryable;
use otp::app::clock;
use otp::app::config::Config;
use otp::clock::UnixTime;
use otp::present;
use otp::text;
use otp::text::{Lang, Text};

use super::stage::{Play, accounts, play, play_with, press, wait_for, write};
use crate::theme::sentence;

const TITLE: &str = "Binance (taro@example.com)";

fn row(code: &str, lang: Lang) -> String {
    text!("desktop-row", account = TITLE, code = code).say(lang)
}

/// The list, and the line `id` of Binance's menu chosen.
fn opened(id: &'static str, lang: Lang) -> Play {
    let mut play = play(lang, Ok(accounts));
    wait_for(&mut play, &row("2 8 7 0 8 2", lang));
    choose(&mut play, id, lang);
    play
}

fn choose(play: &mut Play, id: &'static str, lang: Lang) {
    press(play, &text!("desktop-row-more", account = TITLE).say(lang));
    press(play, &Text::new(id).say(lang));
}

#[test]
fn two_codes_in_a_row_measure_the_clock_and_codes_are_made_by_it() {
    for lang in Lang::ALL {
        let mut play = opened("desktop-menu-check", lang);
        let (field, button) = (text!("desktop-check-code").say(lang), text!("desktop-check-button").say(lang));
        wait_for(&mut play, &field);
        // The phone is four steps ahead; RFC 4226, appendix D: counters 5 and 6.
        write(&mut play, &field, "254676");
        press(&mut play, &button);
        wait_for(&mut play, &text!("desktop-check-next").say(lang));
        play.state_mut().now = UnixTime(65);
        write(&mut play, &field, "287922");
        press(&mut play, &button);
        // From 115 s, or the first would have been another code, to 149 s.
        wait_for(&mut play, &sentence(&clock::off(132), lang));
        press(&mut play, &text!("desktop-check-correct").say(lang));
        wait_for(&mut play, &sentence(&text!("verify-kept", seconds = present::signed(132)), lang));
        press(&mut play, &text!("desktop-back").say(lang));
        wait_for(&mut play, &row("2 8 7 9 2 2", lang));
    }
}

#[test]
fn codes_that_no_clock_gives_measure_nothing() {
    let lang = Lang::English;
    let mut play = opened("desktop-menu-check", lang);
    let field = text!("desktop-check-code").say(lang);
    for (code, answer) in [("000000", text!("desktop-check-next")), ("000001", text!("verify-nothing"))] {
        wait_for(&mut play, &field);
        write(&mut play, &field, code);
        press(&mut play, "Check it");
        wait_for(&mut play, &sentence(&answer, lang));
    }
    assert!(play.query_by_label("Correct for it").is_none());
}

#[test]
fn a_new_key_takes_the_place_of_the_old_one_which_goes_to_the_trash() {
    for lang in Lang::ALL {
        let mut play = opened("desktop-menu-renew", lang);
        let field = text!("desktop-key-field").say(lang);
        wait_for(&mut play, &field);
        write(&mut play, &field, "KRSX G5BA ONSW G4TF OQQH O2LU NBXX K5BA");
        wait_for(&mut play, &text!("desktop-key-compare").say(lang));
        press(&mut play, &text!("desktop-renew").say(lang));
        wait_for(&mut play, &sentence(&text!("organise-replaced", account = TITLE), lang));
        wait_for(&mut play, &text!("desktop-title").say(lang));
        assert!(play.query_by_label(&row("2 8 7 0 8 2", lang)).is_none());
        press(&mut play, &text!("desktop-nav-more").say(lang));
        press(&mut play, &text!("desktop-nav-trash").say(lang));
        // What was replaced may still be what the site takes: its code can be looked at.
        press(&mut play, &text!("desktop-trash-code").say(lang));
        let code = text!("desktop-key-code", code = "2 8 7 0 8 2").say(lang);
        wait_for(&mut play, &code);
        play.state_mut().now = UnixTime(95);
        play.run_steps(2);
        assert!(play.query_by_label(&code).is_none());
    }
}

#[test]
fn recovery_codes_are_kept_removed_and_taken_back() {
    for lang in Lang::ALL {
        let mut play = opened("desktop-part-codes", lang);
        let field = text!("desktop-codes-paste").say(lang);
        wait_for(&mut play, &field);
        write(&mut play, &field, "1a2b3-c4d5e\n6f7g8-h9i0j\nk1l2m-n3o4p");
        press(&mut play, &text!("desktop-codes-keep").say(lang));
        wait_for(&mut play, &text!("desktop-ready-left", count = 3).say(lang));
        press(&mut play, &text!("desktop-codes-remove").say(lang));
        wait_for(&mut play, &text!("desktop-codes-remove-words").say(lang));
        let yes = text!("desktop-codes-remove").say(lang);
        let buttons = play.get_all_by_role_and_label(egui::accesskit::Role::Button, &yes);
        buttons.last().unwrap().click_accesskit();
        wait_for(&mut play, &sentence(&text!("desktop-codes-removed", account = TITLE), lang));
        press(&mut play, &text!("desktop-codes-restore").say(lang));
        wait_for(&mut play, &text!("desktop-ready-left", count = 3).say(lang));
    }
}

#[test]
fn an_uncovered_code_is_covered_when_its_owner_works_elsewhere() {
    let config = Config { hide_codes: true, ..Config::default() };
    let mut play = play_with(Lang::English, config, Ok(accounts));
    press(&mut play, &text!("desktop-row-show", account = TITLE).say(Lang::English));
    wait_for(&mut play, &row("2 8 7 0 8 2", Lang::English));
    play.event(egui::Event::WindowFocused(false));
    play.run_steps(2);
    assert!(play.query_by_label(&row("2 8 7 0 8 2", Lang::English)).is_none());
}
