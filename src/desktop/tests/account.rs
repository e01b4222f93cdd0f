//! One account: its key renewed, the clock measured by its codes, its recovery codes, and its code
//! in the trash.

use eframe::egui;
use egui_kittest::kittest::{NodeT, Queryable};
use otp::app::clock;
use otp::app::config::Config;
use otp::app::twins::named;
use otp::clock::UnixTime;
use otp::present;
use otp::text;
use otp::text::{Lang, Text};

use super::sheets::{entries, trashed};
use super::stage::{Play, accounts, comes_true, enter, play, play_with, press, wait_for, write};
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

#[test]
fn a_way_in_of_words_of_ones_own_is_added_and_removed() {
    for lang in Lang::ALL {
        let mut play = opened("desktop-menu-edit", lang);
        let field = text!("desktop-field-second-own").say(lang);
        let way = "my brother's phone";
        let chip = text!("desktop-second-remove", way = way).say(lang);
        let saved = sentence(&text!("organise-changed", account = TITLE), lang);
        wait_for(&mut play, &field);
        write(&mut play, &field, &"x".repeat(65));
        press(&mut play, &text!("desktop-second-add").say(lang));
        wait_for(&mut play, &sentence(&text!("organise-bad-second"), lang));
        enter(&mut play, &field, way);
        press(&mut play, &text!("desktop-second-add").say(lang));
        wait_for(&mut play, &chip);
        // One of those with a tick is not a way of its own.
        write(&mut play, &field, "SMS");
        press(&mut play, &text!("desktop-save").say(lang));
        wait_for(&mut play, &saved);
        let noted = |play: &Play| entries(play).into_iter().find(|entry| entry.issuer == "Binance").unwrap();
        assert_eq!(noted(&play).way_back.second, ["sms", way]);
        press(&mut play, &chip);
        assert!(play.query_by_label(&chip).is_none());
        press(&mut play, &text!("desktop-save").say(lang));
        assert!(comes_true(&mut play, |play| noted(play).way_back.second == ["sms"]));
    }
}

#[test]
fn the_qr_code_is_saved_as_a_picture_and_replaces_nothing_unasked() {
    for lang in Lang::ALL {
        let mut play = opened("desktop-menu-qr", lang);
        let (file, button) = (text!("desktop-export-file").say(lang), text!("desktop-qr-save").say(lang));
        let place = |play: &Play, name: &str| play.state().folder.path().join(name);
        for name in ["qr.png", "qr.svg"] {
            let path = place(&play, name);
            enter(&mut play, &file, path.to_str().unwrap());
            press(&mut play, &button);
            wait_for(&mut play, &sentence(&text!("export-done", count = 1, file = name), lang));
        }
        let read = std::fs::read(place(&play, "qr.png")).unwrap();
        let found = otp::qr::read(&read).unwrap();
        assert!(found.iter().any(|code| code.text.starts_with("otpauth://totp/Binance:taro")));
        assert!(std::fs::read(place(&play, "qr.svg")).unwrap().starts_with(b"<svg"));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(place(&play, "qr.png")).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        let other = place(&play, "qr.txt");
        enter(&mut play, &file, other.to_str().unwrap());
        press(&mut play, &button);
        wait_for(&mut play, &sentence(&text!("export-hint-bad-ending-qr"), lang));
        assert!(!other.exists());
        let theirs = place(&play, "theirs.png");
        std::fs::write(&theirs, "theirs").unwrap();
        enter(&mut play, &file, theirs.to_str().unwrap());
        press(&mut play, &button);
        let taken = sentence(&text!("export-exists", file = "theirs.png"), lang);
        wait_for(&mut play, &taken);
        // Another name is an answer, too.
        let new = place(&play, "new.png");
        enter(&mut play, &file, new.to_str().unwrap());
        assert!(play.query_by_label(&taken).is_none());
        enter(&mut play, &file, theirs.to_str().unwrap());
        press(&mut play, &button);
        assert_eq!(std::fs::read(&theirs).unwrap(), b"theirs");
        press(&mut play, &text!("desktop-replace").say(lang));
        assert!(comes_true(&mut play, |_| std::fs::read(&theirs).unwrap() == read));
    }
}

#[test]
fn the_code_of_now_the_next_one_and_that_of_another_time_are_told() {
    for lang in Lang::ALL {
        let mut play = opened("desktop-menu-code", lang);
        let code = |digits: &str| text!("desktop-key-code", code = digits).say(lang);
        // RFC 4226, appendix D: counters 1, 2 and 5.
        wait_for(&mut play, &code("2 8 7 0 8 2"));
        wait_for(&mut play, &code("3 5 9 1 5 2"));
        let field = text!("desktop-moment-time").say(lang);
        write(&mut play, &field, "1970-01-01T00:02:30Z");
        wait_for(&mut play, &code("2 5 4 6 7 6"));
        enter(&mut play, &field, "soon");
        wait_for(&mut play, &sentence(&text!("desktop-moment-unread"), lang));
        press(&mut play, &text!("desktop-moment-wait").say(lang));
        wait_for(&mut play, &text!("desktop-moment-waits", seconds = 25).say(lang));
        assert_eq!(*play.state().held.lock().unwrap(), "");
        play.state_mut().now = UnixTime(60);
        assert!(comes_true(&mut play, |play| *play.state().held.lock().unwrap() == "359152"));
    }
}

#[test]
fn a_code_of_a_key_in_the_trash_is_told_to_be_that() {
    for lang in Lang::ALL {
        let mut play = opened("desktop-menu-renew", lang);
        let field = text!("desktop-key-field").say(lang);
        wait_for(&mut play, &field);
        write(&mut play, &field, "KRSX G5BA ONSW G4TF OQQH O2LU NBXX K5BA");
        press(&mut play, &text!("desktop-renew").say(lang));
        wait_for(&mut play, &text!("desktop-title").say(lang));
        choose(&mut play, "desktop-menu-check", lang);
        let field = text!("desktop-check-code").say(lang);
        wait_for(&mut play, &field);
        write(&mut play, &field, "287082");
        press(&mut play, &text!("desktop-check-button").say(lang));
        let old = trashed(&play).into_iter().next().unwrap();
        wait_for(&mut play, &sentence(&text!("desktop-check-in-trash", account = named(&old)), lang));
    }
}

#[test]
fn an_account_moves_up_and_down_by_its_menu() {
    for lang in Lang::ALL {
        let mut play = opened("desktop-menu-down", lang);
        let order = |play: &Play| entries(play).iter().map(|entry| entry.issuer.clone()).collect::<Vec<_>>();
        assert!(comes_true(&mut play, |play| order(play)[..2] == ["楽天銀行", "Binance"]));
        choose(&mut play, "desktop-menu-up", lang);
        assert!(comes_true(&mut play, |play| order(play)[..2] == ["Binance", "楽天銀行"]));
    }
}

#[test]
fn what_was_changed_can_be_saved_without_scrolling() {
    for lang in Lang::ALL {
        let mut play = opened("desktop-menu-edit", lang);
        play.set_size(egui::vec2(360.0, 480.0));
        play.run_steps(4);
        let save = play.get_by_label(&text!("desktop-save").say(lang)).accesskit_node().bounding_box().unwrap();
        assert!(save.y0 > 0.0 && save.y1 < 480.0);
    }
}
