//! What goes out of one account into files: transfer codes, steps and pages; and out of the trash.

use std::path::PathBuf;

use egui_kittest::kittest::Queryable;
use otp::account::Kind;
use otp::app::config::Config;
use otp::recovery::rescue::Case;
use otp::text;
use otp::text::{Lang, Text};

use super::stage::{Play, accounts, comes_true, enter, play_with, press, wait_for, with_secret, write};
use crate::theme::sentence;

const TITLE: &str = "Binance (taro@example.com)";

/// The line `id` of Binance's menu chosen.
fn chosen(accounts: super::stage::Accounts, config: Config, id: &'static str, lang: Lang) -> Play {
    let mut play = play_with(lang, config, Ok(accounts));
    press(&mut play, &text!("desktop-row-more", account = TITLE).say(lang));
    press(&mut play, &Text::new(id).say(lang));
    play
}

fn opened(id: &'static str, lang: Lang) -> Play {
    chosen(accounts, Config::default(), id, lang)
}

/// The file `name` of the profile's folder, typed as the one to write.
fn named(play: &mut Play, name: &str, lang: Lang) -> PathBuf {
    let path = play.state().folder.path().join(name);
    enter(play, &text!("desktop-export-file").say(lang), path.to_str().unwrap());
    path
}

#[test]
fn transfer_codes_of_one_account_go_into_a_file_of_every_kind() {
    for lang in Lang::ALL {
        let mut play = opened("desktop-menu-export", lang);
        press(&mut play, &sentence(&text!("export-app-google"), lang));
        let save = text!("desktop-export-save").say(lang);
        for (name, start) in
            [("c.png", &b"\x89PNG"[..]), ("c.svg", b"<svg"), ("c.pdf", b"%PDF"), ("c.txt", b"otpauth-migration://")]
        {
            let path = named(&mut play, name, lang);
            press(&mut play, &save);
            wait_for(&mut play, &sentence(&text!("export-done", count = 1, file = name), lang));
            assert!(std::fs::read(path).unwrap().starts_with(start), "{name}");
        }
        let path = named(&mut play, "c.docx", lang);
        press(&mut play, &save);
        wait_for(&mut play, &sentence(&text!("export-bad-ending"), lang));
        assert!(!path.exists());
    }
}

/// More accounts than one code holds.
fn many() -> Vec<otp::account::Account> {
    let secret = |number: usize| format!("secret number {number:06}");
    let account = |number| with_secret(&format!("Site {number}"), "taro", Kind::Totp { period: 30 }, &secret(number));
    (0..12).map(account).collect()
}

#[test]
fn of_several_pictures_one_that_is_there_is_asked_about() {
    for lang in Lang::ALL {
        let mut play = super::sheets::recovery(lang, many);
        super::sheets::tool(&mut play, "desktop-transfer-title", lang);
        let path = named(&mut play, "c.png", lang);
        let second = path.with_file_name("c-2-of-2.png");
        std::fs::write(&second, "theirs").unwrap();
        press(&mut play, &text!("desktop-export-save").say(lang));
        wait_for(&mut play, &sentence(&text!("export-exists", file = "c-2-of-2.png"), lang));
        assert!(!path.with_file_name("c-1-of-2.png").exists());
        press(&mut play, &text!("desktop-replace").say(lang));
        assert!(comes_true(&mut play, |_| std::fs::read(&second).unwrap() != b"theirs"));
        let (first, last) = ("c-1-of-2.png", "c-2-of-2.png");
        let done = text!("export-done-pages", count = 12, files = 2, first = first, last = last);
        wait_for(&mut play, &sentence(&done, lang));
    }
}

#[test]
fn the_steps_are_text_where_the_name_says_so() {
    for lang in Lang::ALL {
        let mut play = opened("desktop-menu-rescue", lang);
        press(&mut play, &sentence(&Case::Lost.text(), lang));
        let path = named(&mut play, "steps.txt", lang);
        press(&mut play, &text!("desktop-sheet-save").say(lang));
        wait_for(&mut play, &sentence(&text!("rescue-saved", file = "steps.txt"), lang));
        let heading = text!("rescue-heading", case = Case::Lost.text(), account = TITLE).say(lang);
        assert_eq!(std::fs::read_to_string(path).unwrap().lines().next(), Some(&*heading));
    }
}

#[test]
fn what_is_no_code_and_what_is_here_already_is_said_of_recovery_codes() {
    for lang in Lang::ALL {
        let mut play = opened("desktop-part-codes", lang);
        let (field, keep) = (text!("desktop-codes-paste").say(lang), text!("desktop-codes-keep").say(lang));
        wait_for(&mut play, &field);
        write(&mut play, &field, "1a2b3-c4d5e\n6f7g8-h9i0j");
        press(&mut play, &keep);
        wait_for(&mut play, &text!("desktop-ready-left", count = 2).say(lang));
        write(&mut play, &field, "1a2b3-c4d5e\nk1l2m-n3o4p");
        press(&mut play, &keep);
        wait_for(&mut play, &sentence(&text!("codes-known", count = 1), lang));
    }
}

#[test]
fn what_is_in_the_trash_can_still_go_out_and_has_its_history() {
    for lang in Lang::ALL {
        let config = Config { confirm_remove: false, ..Config::default() };
        let mut play = chosen(accounts, config, "desktop-menu-remove", lang);
        wait_for(&mut play, &sentence(&text!("desktop-removed", account = TITLE), lang));
        press(&mut play, &text!("desktop-nav-more").say(lang));
        press(&mut play, &text!("desktop-nav-trash").say(lang));
        press(&mut play, &text!("desktop-menu-history").say(lang));
        wait_for(&mut play, &sentence(&text!("history-removed"), lang));
        press(&mut play, &text!("desktop-back").say(lang));
        press(&mut play, &text!("desktop-menu-export").say(lang));
        press(&mut play, &sentence(&text!("export-app-uri"), lang));
        let path = named(&mut play, "out.txt", lang);
        press(&mut play, &text!("desktop-export-save").say(lang));
        wait_for(&mut play, &sentence(&text!("export-done", count = 1, file = "out.txt"), lang));
        assert!(std::fs::read_to_string(path).unwrap().starts_with("otpauth://totp/Binance"));
    }
}

#[test]
fn covered_codes_stay_so_in_the_view_of_an_account_until_they_are_asked_for() {
    let lang = Lang::English;
    let config = Config { hide_codes: true, ..Config::default() };
    let mut play = chosen(accounts, config, "desktop-menu-code", lang);
    let code = text!("desktop-key-code", code = "2 8 7 0 8 2").say(lang);
    let show = text!("desktop-row-show", account = TITLE).say(lang);
    wait_for(&mut play, &show);
    press(&mut play, &show);
    wait_for(&mut play, &code);
    play.state_mut().now = otp::clock::UnixTime(65);
    wait_for(&mut play, &show);
}

#[test]
fn nothing_is_printed_before_its_owner_has_heard_what_printers_keep() {
    for lang in Lang::ALL {
        let mut play = opened("desktop-menu-sheet", lang);
        press(&mut play, &text!("desktop-sheet-make").say(lang));
        press(&mut play, &text!("desktop-sheet-print").say(lang));
        wait_for(&mut play, &sentence(&text!("sheet-print-risk"), lang));
        wait_for(&mut play, &text!("desktop-print-yes").say(lang));
        press(&mut play, &text!("desktop-cancel").say(lang));
        assert!(comes_true(&mut play, |play| play.query_by_label(&text!("desktop-print-yes").say(lang)).is_none()));
        assert!(super::sheets::entries(&play).iter().all(|entry| entry.way_back.printed.is_none()));
    }
}
