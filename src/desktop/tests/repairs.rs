//! Repairing a key in the window.

use egui_kittest::kittest::Queryable;
use otp::app::config::Config;
use otp::clock::UnixTime;
use otp::text;
use otp::text::Lang;

use super::sheets::tool;
use super::stage::{Play, accounts, comes_true, play_with, press, wait_for, write};
use crate::theme::sentence;

/// The key of RFC 4226, its last letter unreadable; and its second code.
const KEY: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ?";
const CODE: &str = "287082";

/// The view, with `key` typed.
fn repair(key: &str, lang: Lang) -> Play {
    let config = Config { lock_seconds: Some(60), ..Config::default() };
    let mut play = play_with(lang, config, Ok(accounts));
    wait_for(&mut play, &text!("desktop-search").say(lang));
    press(&mut play, &text!("desktop-nav-recovery").say(lang));
    tool(&mut play, "desktop-repair-title", lang);
    let field = text!("desktop-repair-key").say(lang);
    wait_for(&mut play, &field);
    write(&mut play, &field, key);
    play
}

fn code(play: &mut Play, code: &str, lang: Lang) {
    write(play, &text!("desktop-repair-code").say(lang), code);
}

/// Stops the search, unless it is over already.
fn stop(play: &mut Play, lang: Lang) {
    let (stop, search) = (text!("desktop-repair-stop").say(lang), text!("desktop-repair-start").say(lang));
    assert!(comes_true(play, |play| [&stop, &search].iter().any(|label| play.query_by_label(label).is_some())));
    if let Some(stop) = play.query_by_label(&stop) {
        stop.click_accesskit();
    }
    wait_for(play, &search);
}

#[test]
fn a_mistyped_code_is_taken_out_and_the_right_one_finds_the_key() {
    for lang in Lang::ALL {
        let mut play = repair(KEY, lang);
        let search = text!("desktop-repair-start").say(lang);
        code(&mut play, "287083", lang);
        press(&mut play, &search);
        stop(&mut play, lang);
        // The same can be tried again without another code.
        press(&mut play, &search);
        stop(&mut play, lang);
        let remove = text!("desktop-repair-remove", code = "287083").say(lang);
        press(&mut play, &remove);
        assert!(play.query_by_label(&remove).is_none());
        code(&mut play, CODE, lang);
        let when = text!("desktop-repair-when").say(lang);
        write(&mut play, &when, "99:99");
        press(&mut play, &search);
        wait_for(&mut play, &sentence(&text!("repair-bad-time"), lang));
        play.key_press_modifiers(eframe::egui::Modifiers::COMMAND, eframe::egui::Key::A);
        write(&mut play, &when, "now");
        press(&mut play, &search);
        wait_for(&mut play, &text!("desktop-repair-found").say(lang));
        write(&mut play, &text!("desktop-field-issuer").say(lang), "Refound");
        write(&mut play, &text!("desktop-field-name").say(lang), "hanako");
        press(&mut play, &text!("desktop-repair-keep").say(lang));
        let keep = text!("desktop-repair-keep").say(lang);
        let shown = |play: &Play| play.query_all_by_label_contains("hanako").next().is_some();
        assert!(comes_true(&mut play, |play| shown(play) && play.query_by_label(&keep).is_none()));
    }
}

#[test]
fn a_search_keeps_the_window_open_until_it_is_stopped_and_goes_on_with_what_is_there() {
    for lang in Lang::ALL {
        let mut play = repair("GEZDGNBVGY3TQOJQGEZDGNBVGY??????", lang);
        let (search, stop) = (text!("desktop-repair-start").say(lang), text!("desktop-repair-stop").say(lang));
        code(&mut play, CODE, lang);
        press(&mut play, &search);
        let remove = text!("desktop-repair-remove", code = CODE).say(lang);
        wait_for(&mut play, &remove);
        code(&mut play, "359152", lang);
        write(&mut play, &text!("desktop-repair-when").say(lang), "1970-01-01 00:01:05");
        press(&mut play, &text!("desktop-repair-more").say(lang));
        wait_for(&mut play, &stop);
        play.get_by_role_and_label(
            eframe::egui::accesskit::Role::ProgressIndicator,
            &text!("desktop-repair-spoken", percent = "0").say(lang),
        );
        play.state_mut().now = UnixTime(9_999);
        play.run_steps(3);
        press(&mut play, &stop);
        wait_for(&mut play, &search);
        press(&mut play, &search);
        press(&mut play, &stop);
        wait_for(&mut play, &remove);
        play.state_mut().now = UnixTime(99_999);
        wait_for(&mut play, &text!("desktop-lock-title").say(lang));
    }
}
