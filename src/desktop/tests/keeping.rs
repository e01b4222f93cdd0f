//! One account in detail, the trash, the settings, locking, the vault, and the way out.

use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex};

use eframe::egui;
use egui_kittest::kittest::{NodeT, Queryable};
use otp::account::Kind;
use otp::app::config::{Config, Theme};
use otp::clock::UnixTime;
use otp::code::Verdict;
use otp::text;
use otp::text::Lang;

use crate::lock::owner::{Answer, Owner};

use super::stage::{Play, account, accounts, enter, play, play_with, press, wait_for, write, written};

const TITLE: &str = "Binance (taro@example.com)";

/// Opens the menu of Binance and chooses the line `id`.
fn choose(play: &mut Play, id: &'static str, lang: Lang) {
    press(play, &text!("desktop-row-more", account = TITLE).say(lang));
    press(play, &text::Text::new(id).say(lang));
}

fn row(code: &str, lang: Lang) -> String {
    text!("desktop-row", account = TITLE, code = code).say(lang)
}

#[test]
fn an_account_goes_to_the_trash_and_comes_back() {
    for lang in Lang::ALL {
        let mut play = play(lang, Ok(accounts));
        wait_for(&mut play, &row("2 8 7 0 8 2", lang));
        choose(&mut play, "desktop-menu-remove", lang);
        wait_for(&mut play, &crate::theme::sentence(&text!("desktop-remove-ask", account = TITLE), lang));
        press(&mut play, &text!("desktop-menu-remove").say(lang));
        wait_for(&mut play, &text!("desktop-removed", account = TITLE).say(lang));
        while play.query_by_label(&row("2 8 7 0 8 2", lang)).is_some() {
            play.run_steps(1);
        }
        press(&mut play, &text!("desktop-nav-more").say(lang));
        press(&mut play, &text!("desktop-nav-trash").say(lang));
        press(&mut play, &text!("desktop-trash-restore").say(lang));
        press(&mut play, &text!("desktop-back").say(lang));
        wait_for(&mut play, &row("2 8 7 0 8 2", lang));
    }
}

#[test]
fn a_name_that_is_not_shown_as_it_is_can_be_typed_as_it_is_shown() {
    for lang in Lang::ALL {
        let only = || vec![account("ev\u{202e}il", "taro", Kind::Totp { period: 30 })];
        let mut play = play(lang, Ok(only));
        let title = "ev<U+202E>il (taro)";
        press(&mut play, &text!("desktop-row-more", account = title).say(lang));
        press(&mut play, &text!("desktop-menu-remove").say(lang));
        press(&mut play, &text!("desktop-menu-remove").say(lang));
        wait_for(&mut play, &text!("desktop-removed", account = title).say(lang));
        play.set_size(egui::vec2(900.0, 700.0));
        press(&mut play, &text!("desktop-nav-trash").say(lang));
        press(&mut play, &text!("desktop-trash-delete").say(lang));
        let field = text!("desktop-trash-type", name = "ev<U+202E>il").say(lang);
        wait_for(&mut play, &field);
        write(&mut play, &field, "ev<U+202E>il");
        let delete = text!("desktop-trash-delete").say(lang);
        let button = play.get_all_by_label(&delete).last().unwrap();
        assert!(!button.accesskit_node().is_disabled());
        button.click_accesskit();
        wait_for(&mut play, &crate::theme::sentence(&text!("trash-empty"), lang));
    }
}

#[test]
fn a_wide_window_locks_from_its_side() {
    for lang in Lang::ALL {
        let mut play = play(lang, Ok(accounts));
        wait_for(&mut play, &row("2 8 7 0 8 2", lang));
        play.set_size(egui::vec2(800.0, 600.0));
        play.run_steps(2);
        let lock = text!("desktop-nav-lock").say(lang);
        let foot = play.get_by_label(&lock).rect();
        assert!(foot.top() > 440.0 && foot.bottom() <= 600.0);
        press(&mut play, &lock);
        wait_for(&mut play, &text!("desktop-lock-title").say(lang));
    }
}

#[test]
fn names_tags_and_notes_are_changed() {
    let lang = Lang::English;
    let mut play = play(lang, Ok(accounts));
    wait_for(&mut play, &row("2 8 7 0 8 2", lang));
    choose(&mut play, "desktop-menu-edit", lang);
    let tags = text!("desktop-field-tags").say(lang);
    wait_for(&mut play, &tags);
    write(&mut play, &tags, "money、work");
    press(&mut play, "Save");
    wait_for(&mut play, "Changed: Binance (taro@example.com)");
    press(&mut play, "Back");
    press(&mut play, "money");
    wait_for(&mut play, &row("2 8 7 0 8 2", lang));
    assert!(play.query_all_by_label_contains("楽天銀行 (").next().is_none());
    press(&mut play, "All");
    wait_for(&mut play, "Work VPN (taro), press for a new code");
}

#[test]
fn a_qr_code_is_shown_when_asked_for_and_covered_again() {
    for lang in Lang::ALL {
        let mut play = play(lang, Ok(accounts));
        wait_for(&mut play, &row("2 8 7 0 8 2", lang));
        choose(&mut play, "desktop-menu-qr", lang);
        let picture = text!("desktop-qr-label", account = TITLE).say(lang);
        wait_for(&mut play, &text!("desktop-qr-show").say(lang));
        assert!(play.query_by_label(&picture).is_none());
        press(&mut play, &text!("desktop-qr-show").say(lang));
        wait_for(&mut play, &picture);
        wait_for(&mut play, "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        play.state_mut().now = UnixTime(65);
        play.run_steps(2);
        assert!(play.query_by_label(&picture).is_none());
        assert!(play.query_all_by_label_contains("GEZD").next().is_none());
    }
}

#[test]
fn a_code_of_the_old_phone_is_compared() {
    for lang in Lang::ALL {
        let mut play = play(lang, Ok(accounts));
        wait_for(&mut play, &row("2 8 7 0 8 2", lang));
        choose(&mut play, "desktop-menu-check", lang);
        let field = text!("desktop-check-code").say(lang);
        wait_for(&mut play, &field);
        write(&mut play, &field, "287 082");
        press(&mut play, &text!("desktop-check-button").say(lang));
        wait_for(&mut play, &crate::theme::sentence(&Verdict::Match.text(), lang));
    }
}

#[test]
fn settings_count_at_once_and_are_written() {
    let mut play = play(Lang::English, Ok(accounts));
    wait_for(&mut play, &row("2 8 7 0 8 2", Lang::English));
    press(&mut play, "More");
    press(&mut play, "Settings");
    press(&mut play, "Dark");
    press(&mut play, "日本語");
    wait_for(&mut play, "ダーク");
    let written = Config::read(&play.state().folder.path().join("config.json"));
    assert_eq!((written.theme, written.language.as_deref()), (Theme::Dark, Some("ja")));
    press(&mut play, "戻る");
    wait_for(&mut play, &row("2 8 7 0 8 2", Lang::Japanese));
}

#[test]
fn nobody_there_means_locked_and_nothing_to_read() {
    for lang in Lang::ALL {
        let config = Config { lock_seconds: Some(60), ..Config::default() };
        let mut play = play_with(lang, config, Ok(accounts));
        wait_for(&mut play, &row("2 8 7 0 8 2", lang));
        play.state_mut().now = UnixTime(96);
        wait_for(&mut play, &text!("desktop-lock-title").say(lang));
        assert!(play.query_all_by_label_contains("Binance").next().is_none());
        press(&mut play, &text!("desktop-lock-show").say(lang));
    }
}

#[test]
fn the_system_says_who_is_there_before_the_codes_come_back() {
    #[track_caller]
    fn case(lang: Lang, answer: Answer, opens: bool) {
        let waits = Arc::new(Mutex::new(None::<Sender<Answer>>));
        let asked = Arc::clone(&waits);
        let mut play = play(lang, Ok(accounts));
        play.state_mut().window.owner = Some(Owner::played(move |_, answer| *asked.lock().unwrap() = Some(answer)));
        wait_for(&mut play, &row("2 8 7 0 8 2", lang));
        play.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::L);
        let show = text!("desktop-lock-show").say(lang);
        press(&mut play, &show);
        wait_for(&mut play, &text!("desktop-lock-asking").say(lang));
        assert!(play.query_by_label(&show).is_none());
        waits.lock().unwrap().take().expect("it was asked").send(answer).unwrap();
        // The keyring of the test is opened anew, and so has nothing; but it is opened.
        let next = if opens { text!("desktop-nav-codes") } else { text!("desktop-lock-refused") };
        wait_for(&mut play, &next.say(lang));
        assert_eq!(play.query_by_label(&show).is_none(), opens);
    }
    for lang in Lang::ALL {
        case(lang, Answer::Refused, false);
        case(lang, Answer::There, true);
        case(lang, Answer::Unable, true);
    }
}

#[test]
fn a_new_vault_takes_a_good_passphrase_typed_twice() {
    let lang = Lang::English;
    let mut play = play(lang, Err(otp::store::StoreError::NoKeyring));
    press(&mut play, "Make the vault");
    wait_for(&mut play, "New passphrase");
    write(&mut play, "New passphrase", "short");
    wait_for(&mut play, "Six or more random words are good, and easy to write down.");
    write(&mut play, "New passphrase", " but now it is long enough");
    write(&mut play, "The same again", "short but now it is long enough!");
    wait_for(&mut play, "The two passphrases are not alike");
    play.key_press(egui::Key::Backspace);
    play.run_steps(3);
    assert!(play.query_by_label("The two passphrases are not alike").is_none());
    press(&mut play, "Make the vault");
    // This profile does not open at all, and the view says so in place.
    wait_for(&mut play, "No keyring answers on this computer");
}

#[test]
fn accounts_go_onto_the_next_phone_page_by_page() {
    for lang in Lang::ALL {
        let mut play = play(lang, Ok(accounts));
        wait_for(&mut play, &row("2 8 7 0 8 2", lang));
        press(&mut play, &text!("desktop-nav-recovery").say(lang));
        press(&mut play, &text!("desktop-transfer-title").say(lang));
        press(&mut play, &text!("desktop-transfer-show").say(lang));
        wait_for(&mut play, &text!("desktop-transfer-page", page = 1, pages = 1).say(lang));
        press(&mut play, &text!("desktop-transfer-done").say(lang));
        wait_for(&mut play, &crate::theme::sentence(&text!("export-shown", count = 4), lang));
    }
}

#[test]
fn an_export_is_written_and_read_back() {
    let lang = Lang::English;
    let mut play = play(lang, Ok(accounts));
    wait_for(&mut play, &row("2 8 7 0 8 2", lang));
    choose(&mut play, "desktop-menu-export", lang);
    let target = otp::export::target("uri").unwrap();
    press(&mut play, &crate::theme::sentence(&target.app(), lang));
    wait_for(&mut play, "1 account fits into it.");
    let path = play.state().folder.path().join("out.txt");
    let field = text!("desktop-export-file").say(lang);
    write(&mut play, &field, "");
    play.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::A);
    play.run_steps(2);
    write(&mut play, &field, path.to_str().unwrap());
    press(&mut play, "Write the file");
    wait_for(&mut play, "Exported 1 account to out.txt");
    let written = std::fs::read_to_string(path).unwrap();
    assert!(written.contains("secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"), "{written}");
}

#[test]
fn a_key_with_a_slip_is_repaired_with_a_code_of_now() {
    for lang in Lang::ALL {
        let mut play = play(lang, Ok(Vec::new));
        press(&mut play, &text!("desktop-nav-recovery").say(lang));
        press(&mut play, &text!("desktop-repair-title").say(lang));
        let key = text!("desktop-repair-key").say(lang);
        wait_for(&mut play, &key);
        // The last letter but one is wrong; the codes are those of RFC 6238 for the true key.
        write(&mut play, &key, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQ0JQ");
        for (at, code, button) in
            [(35, "287082", "desktop-repair-start"), (1_111_111_109, "081804", "desktop-repair-more")]
        {
            play.state_mut().now = UnixTime(at);
            let field = text!("desktop-repair-code").say(lang);
            wait_for(&mut play, &field);
            write(&mut play, &field, code);
            press(&mut play, &text::Text::new(button).say(lang));
            let done = text!("desktop-repair-found").say(lang);
            for _ in 0..400 {
                play.run_steps(2);
                let over = play.query_all_by_label(&done).next().is_some()
                    || play.query_all_by_label(&text!("desktop-repair-more").say(lang)).next().is_some();
                if over {
                    break;
                }
                std::thread::sleep(std::time::Duration::from_millis(20));
            }
            if play.query_all_by_label(&done).next().is_some() {
                break;
            }
        }
        press(&mut play, &text!("desktop-repair-keep").say(lang));
        wait_for(&mut play, &text!("desktop-receipt-keep", count = 1).say(lang));
    }
}

#[test]
fn readiness_says_what_to_do_and_the_rescue_goes_step_by_step() {
    for lang in Lang::ALL {
        let mut play = play(lang, Ok(accounts));
        wait_for(&mut play, &row("2 8 7 0 8 2", lang));
        press(&mut play, &text!("desktop-nav-recovery").say(lang));
        wait_for(&mut play, &text!("desktop-ready-tally", all = 5, good = 0).say(lang));
        press(&mut play, &text!("desktop-rescue-title").say(lang));
        let case = otp::recovery::rescue::Case::ALL.first().unwrap();
        press(&mut play, &crate::theme::sentence(&case.text(), lang));
        wait_for(&mut play, &text!("desktop-rescue-step", number = 1).say(lang));
    }
}

#[test]
fn a_backup_is_written_proved_and_restored_from() {
    let lang = Lang::English;
    let mut play = play(lang, Ok(accounts));
    wait_for(&mut play, &row("2 8 7 0 8 2", lang));
    press(&mut play, "Recovery");
    press(&mut play, "Backup");
    wait_for(&mut play, "Six random words");
    press(&mut play, "Six random words");
    play.run_steps(2);
    let passphrase = &written(&play, "New passphrase");
    assert_eq!(passphrase.split(' ').count(), 6);
    write(&mut play, "The same again", passphrase);
    let path = play.state().folder.path().join("backup.age");
    enter(&mut play, "File", path.to_str().unwrap());
    press(&mut play, "Write the backup");
    wait_for(&mut play, "Everything for a way back");
    assert!(path.exists());
    press(&mut play, "Restore");
    play.state_mut().window.bring(vec![crate::add::reader::Offered::Path(path)]);
    wait_for(&mut play, "Passphrase");
    write(&mut play, "Passphrase", passphrase);
    press(&mut play, "Open it");
    wait_for(&mut play, "Nothing to restore: everything in it is here");
}
