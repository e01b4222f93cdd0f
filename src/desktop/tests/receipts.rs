//! What is done with what came in: of however many accounts, and when it is left on the way.

use std::sync::mpsc;

use eframe::egui;
use egui_kittest::kittest::{NodeT, Queryable};
use otp::text;
use otp::text::Lang;

use super::keyboard::focused;
use super::stage::{Play, play, press, wait_for, write, written};
use crate::add::reader::Offered;
use crate::theme::{self, sentence};

/// Addresses of `count` accounts.
fn addresses(count: usize) -> Offered {
    let secret = |number: usize| otp::secret::Secret::from_text(format!("secret number {number:06}"));
    let line = |number: usize| {
        let key = otp::key::write(&secret(number));
        // EXPOSE: made up for the test.
        format!("otpauth://totp/Site{number}:taro?secret={}&issuer=Site{number}\n", key.expose_text().unwrap())
    };
    Offered::text((0..count).map(line).collect())
}

/// A window without accounts that shows what came in.
fn brought(lang: Lang, offered: Offered) -> Play {
    let mut play = play(lang, Ok(Vec::new));
    wait_for(&mut play, &text!("desktop-welcome").say(lang));
    play.state_mut().window.bring(vec![offered]);
    play
}

/// Where `label` stands.
fn place(play: &Play, label: &str) -> egui::accesskit::Rect {
    play.get_by_label(label).accesskit_node().bounding_box().unwrap()
}

#[test]
fn what_is_done_with_a_thousand_accounts_is_always_in_sight() {
    for lang in Lang::ALL {
        let mut play = brought(lang, addresses(1_000));
        let keep = |count: usize| text!("desktop-receipt-keep", count = count).say(lang);
        wait_for(&mut play, &keep(1_000));
        for size in [egui::vec2(360.0, 640.0), theme::LEAST, egui::vec2(1_000.0, 700.0)] {
            play.set_size(size);
            play.run_steps(4);
            let tally = sentence(&text!("desktop-receipt-count", count = 1_000, all = 1_000), lang);
            for label in [keep(1_000), tally] {
                let rect = place(&play, &label);
                assert!(rect.y0 > 0.0 && rect.y1 < f64::from(size.y), "{label}");
            }
            // What is far out of sight is not drawn.
            assert!(play.query_by_label("Site0 (taro)").is_some());
            assert!(play.query_all_by_label_contains("(taro)").count() < 30);
        }
        press(&mut play, &text!("desktop-receipt-none").say(lang));
        wait_for(&mut play, &sentence(&text!("desktop-receipt-count", count = 0, all = 1_000), lang));
        assert!(play.get_by_label(&keep(0)).accesskit_node().is_disabled());
        play.get_by_label("Site0 (taro)").click_accesskit();
        wait_for(&mut play, &keep(1));
        press(&mut play, &text!("desktop-receipt-all").say(lang));
        wait_for(&mut play, &keep(1_000));
    }
}

#[test]
fn the_keyboard_comes_to_accounts_that_are_out_of_sight() {
    let mut play = brought(Lang::English, addresses(100));
    wait_for(&mut play, "Keep 100 accounts");
    let mut last = None;
    for _ in 0..40 {
        play.key_press(egui::Key::Tab);
        play.run_steps(3);
        let label = focused(&play).unwrap_or_default();
        if label.contains("(taro)") {
            assert!(place(&play, &label).y1 < 720.0);
            last = Some(label);
        }
    }
    let number: usize = last.unwrap().trim_start_matches("Site").trim_end_matches(" (taro)").parse().unwrap();
    assert!(number > 30, "{number}");
}

/// The receipt of a key that was typed, with its site.
fn typed(lang: Lang) -> Play {
    let mut play = play(lang, Ok(Vec::new));
    press(&mut play, &text!("desktop-welcome-one-button").say(lang));
    press(&mut play, &text!("desktop-add-key-button").say(lang));
    let field = text!("desktop-key-field").say(lang);
    wait_for(&mut play, &field);
    write(&mut play, &field, "MFRGGZDFMZTWQ2LKMFRGGZDFMZTWQ2LK");
    write(&mut play, &text!("desktop-field-issuer").say(lang), "Kraken");
    press(&mut play, &text!("desktop-go-on").say(lang));
    wait_for(&mut play, &text!("desktop-receipt-keep", count = 1).say(lang));
    play
}

#[test]
fn the_way_back_from_a_typed_key_leads_to_the_form_as_it_was_filled_in() {
    for lang in Lang::ALL {
        let (key, issuer) = (text!("desktop-key-field").say(lang), text!("desktop-field-issuer").say(lang));
        let ask = sentence(&text!("desktop-leave-ask"), lang);
        let mut play = typed(lang);
        play.key_press(egui::Key::Escape);
        wait_for(&mut play, &key);
        assert_eq!(written(&play, &key), "MFRGGZDFMZTWQ2LKMFRGGZDFMZTWQ2LK");
        assert_eq!(written(&play, &issuer), "Kraken");
        press(&mut play, &text!("desktop-go-on").say(lang));
        // To another part of the window leads only a question.
        wait_for(&mut play, &text!("desktop-receipt-keep", count = 1).say(lang));
        play.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Comma);
        wait_for(&mut play, &ask);
        press(&mut play, &text!("desktop-cancel").say(lang));
        // Once it is kept, there is nothing to ask about.
        press(&mut play, &text!("desktop-receipt-keep", count = 1).say(lang));
        press(&mut play, &text!("desktop-kept-codes").say(lang));
        wait_for(&mut play, &text!("desktop-search").say(lang));
        assert!(play.query_by_label(&ask).is_none());
    }
}

#[test]
fn whoever_keeps_nothing_of_a_typed_key_is_done_with_it() {
    let mut play = typed(Lang::English);
    press(&mut play, "Keep nothing");
    wait_for(&mut play, "Add accounts");
    assert!(play.query_by_label("Backup key").is_none());
}

#[test]
fn an_import_that_is_left_goes_on_and_the_foot_says_what_came_of_it() {
    for lang in Lang::ALL {
        let mut play = brought(lang, addresses(3));
        let keep = text!("desktop-receipt-keep", count = 3).say(lang);
        wait_for(&mut play, &keep);
        let (go_on, waits) = mpsc::channel::<()>();
        let before = play.state().window.worker.ask(move |_, _| {
            let _ = waits.recv();
            Ok(())
        });
        press(&mut play, &keep);
        press(&mut play, &text!("desktop-back").say(lang));
        wait_for(&mut play, &text!("desktop-welcome").say(lang));
        go_on.send(()).unwrap();
        wait_for(&mut play, &sentence(&text!("import-saved", count = 3), lang));
        drop(before);
    }
}
