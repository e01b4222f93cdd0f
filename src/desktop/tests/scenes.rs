//! Every view of the window, each reached as a person reaches it.

use eframe::egui;
use egui_kittest::kittest::{NodeT, Queryable};
use otp::app::config::Config;
use otp::clock::UnixTime;
use otp::crypto::age::Identity;
use otp::secret::Secret;
use otp::store::StoreError;
use otp::text;
use otp::text::{Lang, Text};

use super::keys;
use super::stage::{Play, accounts, enter, filled, play, play_in, play_with, press, stage, tick, wait_for, write};
use crate::add::reader::Offered;
use crate::theme;
use crate::worker::Worker;

/// A view, and how one gets there.
pub(super) struct Scene {
    pub(super) name: &'static str,
    pub(super) open: fn(Lang) -> Play,
}

/// All of them.
pub(super) const ALL: &[Scene] = &[
    Scene { name: "codes", open: codes },
    Scene { name: "codes, last seconds", open: |lang| at(codes(lang), 55) },
    Scene { name: "codes, hidden", open: hidden },
    Scene { name: "codes, corrected clock", open: corrected },
    Scene { name: "codes, copied", open: copied },
    Scene { name: "codes, nothing found", open: nothing_found },
    Scene { name: "codes, menu", open: |lang| pressed(codes(lang), &text!("desktop-row-more", account = TITLE), lang) },
    Scene { name: "codes, several", open: |lang| super::several::two_marked(lang) },
    Scene { name: "codes, way to the rest", open: |lang| pressed(codes(lang), &text!("desktop-nav-more"), lang) },
    Scene { name: "welcome", open: |lang| shown(play(lang, Ok(Vec::new)), &text!("desktop-welcome"), lang) },
    Scene { name: "waiting", open: waiting },
    Scene { name: "no keyring", open: |lang| failed(lang, StoreError::NoKeyring) },
    Scene { name: "keyring locked", open: |lang| failed(lang, StoreError::Locked) },
    Scene { name: "keyring hung", open: |lang| failed(lang, StoreError::TimedOut { seconds: 5 }) },
    Scene { name: "wrong keyring", open: |lang| failed(lang, wrong_keyring()) },
    Scene { name: "emptied keyring", open: emptied },
    Scene { name: "new keyring", open: |lang| pressed(emptied(lang), &text!("desktop-state-accept"), lang) },
    Scene { name: "locked", open: |lang| locked(codes(lang), &text!("desktop-lock-show"), lang) },
    Scene { name: "vault locked", open: vault_locked },
    Scene {
        name: "vault locked, passphrase forgotten",
        open: |lang| {
            let play = pressed(vault_locked(lang), &text!("desktop-lock-forgot"), lang);
            shown(play, &text!("desktop-lock-forgot-words"), lang)
        },
    },
    Scene {
        name: "vault",
        open: |lang| pressed(failed(lang, StoreError::NoKeyring), &text!("desktop-make-vault"), lang),
    },
    Scene { name: "add", open: |lang| pressed(codes(lang), &text!("desktop-nav-add-button"), lang) },
    Scene { name: "add, key", open: typed_key },
    Scene { name: "add, apps", open: apps },
    Scene { name: "add, one app", open: |lang| pressed(apps(lang), &aegis(), lang) },
    Scene { name: "add, receipt", open: receipt },
    Scene { name: "add, kept", open: kept },
    Scene { name: "add, unreadable", open: unreadable },
    Scene { name: "add, locked", open: locked_export },
    Scene { name: "add, recovery key", open: locked_copy },
    Scene { name: "account", open: |lang| account("desktop-menu-edit", lang) },
    Scene {
        name: "account, QR code",
        open: |lang| pressed(account("desktop-menu-qr", lang), &text!("desktop-qr-show"), lang),
    },
    Scene { name: "account, code", open: |lang| account("desktop-menu-code", lang) },
    Scene { name: "account, QR code in a file", open: taken },
    Scene { name: "account, a way of its own", open: own_way },
    Scene { name: "account, ways back", open: |lang| account("desktop-menu-standing", lang) },
    Scene { name: "account, check", open: |lang| account("desktop-menu-check", lang) },
    Scene { name: "account, site", open: |lang| account("desktop-site-title", lang) },
    Scene { name: "account, recovery codes", open: |lang| account("desktop-part-codes", lang) },
    Scene { name: "account, new key", open: |lang| account("desktop-menu-renew", lang) },
    Scene { name: "account, history", open: |lang| account("desktop-menu-history", lang) },
    Scene { name: "account, removing", open: |lang| account("desktop-menu-remove", lang) },
    Scene { name: "export", open: |lang| account("desktop-menu-export", lang) },
    Scene {
        name: "export, transfer codes",
        open: |lang| pressed(account("desktop-menu-export", lang), &text!("export-app-google"), lang),
    },
    Scene { name: "recovery", open: recovery },
    Scene {
        name: "recovery without accounts",
        open: |lang| pressed(welcome(lang), &text!("desktop-nav-recovery"), lang),
    },
    Scene { name: "sheet", open: |lang| tool("desktop-sheet-title", lang) },
    Scene { name: "sheet under a passphrase", open: sealed },
    Scene { name: "sheet, made", open: sheet },
    Scene { name: "sheet check", open: |lang| tool("desktop-sheet-check-title", lang) },
    Scene { name: "sheet checked", open: checked },
    Scene {
        name: "copies",
        open: |lang| shown(tool("desktop-copies-title", lang), &text!("desktop-copies-make"), lang),
    },
    Scene { name: "copies, key", open: copies_key },
    Scene { name: "copies, key written down", open: key_noted },
    Scene { name: "copies, leaving the key", open: |lang| pressed(copies_key(lang), &text!("desktop-back"), lang) },
    Scene { name: "copies, folders", open: copies_folders },
    Scene { name: "drill", open: |lang| tool("desktop-drill-title", lang) },
    Scene { name: "backup", open: |lang| tool("desktop-backup-title", lang) },
    Scene {
        name: "backup, random words",
        open: |lang| pressed(tool("desktop-backup-title", lang), &text!("desktop-pass-words"), lang),
    },
    Scene { name: "restore", open: |lang| tool("desktop-restore-title", lang) },
    Scene {
        name: "transfer",
        open: |lang| shown(tool("desktop-transfer-title", lang), &text!("desktop-transfer-show"), lang),
    },
    Scene {
        name: "transfer, code",
        open: |lang| pressed(tool("desktop-transfer-title", lang), &text!("desktop-transfer-show"), lang),
    },
    Scene { name: "repair", open: |lang| tool("desktop-repair-title", lang) },
    Scene { name: "rescue", open: |lang| tool("desktop-rescue-title", lang) },
    Scene { name: "rescue, steps", open: rescue },
    Scene { name: "address", open: |lang| tool("desktop-site-title", lang) },
    Scene {
        name: "check-up",
        open: |lang| shown(tool("desktop-doctor-title", lang), &text!("desktop-doctor-again"), lang),
    },
    Scene { name: "rescue of one account", open: |lang| account("desktop-menu-rescue", lang) },
    Scene { name: "trash, empty", open: |lang| more(codes(lang), "desktop-nav-trash", lang) },
    Scene { name: "trash", open: trash },
    Scene { name: "trash, code", open: |lang| pressed(trash(lang), &text!("desktop-trash-code"), lang) },
    Scene { name: "trash, deleting", open: |lang| pressed(trash(lang), &text!("desktop-trash-delete"), lang) },
    Scene { name: "settings", open: |lang| more(codes(lang), "desktop-nav-settings", lang) },
];

const TITLE: &str = "Binance (taro@example.com)";

fn say(text: &Text, lang: Lang) -> String {
    theme::sentence(text, lang)
}

/// `play` once `text` is there.
fn shown(mut play: Play, text: &Text, lang: Lang) -> Play {
    wait_for(&mut play, &text.say(lang));
    play
}

/// `play` after the button `text` was pressed.
fn pressed(mut play: Play, text: &Text, lang: Lang) -> Play {
    press(&mut play, &text.say(lang));
    play.run_steps(3);
    play
}

fn at(mut play: Play, now: u64) -> Play {
    play.state_mut().now = UnixTime(now);
    play.run_steps(2);
    play
}

/// The list of codes.
pub(super) fn codes(lang: Lang) -> Play {
    shown(play(lang, Ok(accounts)), &text!("desktop-row", account = TITLE, code = "2 8 7 0 8 2"), lang)
}

fn hidden(lang: Lang) -> Play {
    let config = Config { hide_codes: true, ..Config::default() };
    shown(play_with(lang, config, Ok(accounts)), &text!("desktop-row-show", account = TITLE), lang)
}

fn corrected(lang: Lang) -> Play {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("clock.json"), r#"{"seconds": 30, "found": 1}"#).unwrap();
    shown(play_in(folder, lang, Config::default(), Ok(accounts)), &text!("desktop-clock-drop"), lang)
}

fn copied(lang: Lang) -> Play {
    let play = codes(lang);
    play.get_by_label(&text!("desktop-row", account = TITLE, code = "2 8 7 0 8 2").say(lang)).click();
    shown(play, &text!("desktop-copied", account = TITLE), lang)
}

fn nothing_found(lang: Lang) -> Play {
    let mut play = codes(lang);
    play.event(egui::Event::Text("zzz".to_owned()));
    wait_for(&mut play, &text!("desktop-nothing-found", query = "zzz").say(lang));
    play
}

fn welcome(lang: Lang) -> Play {
    shown(play(lang, Ok(Vec::new)), &text!("desktop-welcome"), lang)
}

fn waiting(lang: Lang) -> Play {
    let slow = |_| {
        std::thread::sleep(std::time::Duration::from_hours(1));
        Err(StoreError::Locked)
    };
    let worker = Worker::start(slow, || ());
    at(stage(lang, Config::default(), worker, tempfile::tempdir().unwrap()), 40)
}

fn failed(lang: Lang, error: StoreError) -> Play {
    shown(play(lang, Err(error)), &text!("desktop-retry"), lang)
}

fn wrong_keyring() -> StoreError {
    let (expected, found) = ("gnome-keyring-daemon, login".to_owned(), "kwalletd6, kdewallet".to_owned());
    StoreError::WrongKeyring { expected, found }
}

fn emptied(lang: Lang) -> Play {
    let play = play_in(filled(), lang, Config::default(), Ok(Vec::new));
    shown(play, &text!("desktop-state-accept"), lang)
}

fn locked(play: Play, text: &Text, lang: Lang) -> Play {
    play.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::L);
    shown(play, text, lang)
}

fn vault_locked(lang: Lang) -> Play {
    shown(play(lang, Err(StoreError::VaultLocked)), &text!("desktop-lock-unlock"), lang)
}

fn typed_key(lang: Lang) -> Play {
    let play = pressed(codes(lang), &text!("desktop-nav-add-button"), lang);
    let mut play = pressed(play, &text!("desktop-add-key-button"), lang);
    write(&mut play, &text!("desktop-key-field").say(lang), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
    shown(play, &text!("desktop-key-code", code = "2 8 7 0 8 2"), lang)
}

fn apps(lang: Lang) -> Play {
    let play = pressed(codes(lang), &text!("desktop-nav-add-button"), lang);
    let play = pressed(play, &text!("desktop-add-app-button"), lang);
    shown(play, &text!("desktop-apps-search"), lang)
}

fn aegis() -> Text {
    otp::import::format("aegis").unwrap().app()
}

const LINES: &str = "otpauth://totp/Binance:hanako?secret=KRSXG5BAONSWG4TFOQQHO2LUNBXXK5BA&issuer=Binance\n\
    otpauth://totp/Coincheck:jiro?secret=MFRGGZDFMZTWQ2LKMFRGGZDFMZTWQ2LK&issuer=Coincheck\n\
    otpauth://totp/bad?secret=0\n";

fn receipt(lang: Lang) -> Play {
    let mut play = codes(lang);
    play.state_mut().window.bring(vec![Offered::text(LINES.to_owned())]);
    shown(play, &text!("desktop-receipt-keep", count = 2), lang)
}

fn kept(lang: Lang) -> Play {
    let mut play = codes(lang);
    let path = play.state().folder.path().join("keys.txt");
    std::fs::write(&path, LINES).unwrap();
    play.state_mut().window.bring(vec![Offered::Path(path)]);
    let play = pressed(play, &text!("desktop-receipt-keep", count = 2), lang);
    shown(play, &text!("desktop-kept-codes"), lang)
}

fn unreadable(lang: Lang) -> Play {
    let mut play = codes(lang);
    play.state_mut().window.bring(vec![Offered::Content("x".to_owned(), b"hello".to_vec().into())]);
    shown(play, &text!("desktop-close"), lang)
}

fn locked_export(lang: Lang) -> Play {
    let items = [otp::export::Item { account: accounts().remove(0), extras: otp::import::Extras::default() }];
    let passphrase = Secret::from_text("correct horse battery".to_owned());
    let job = otp::export::Job { passphrase: Some(&passphrase), at: UnixTime(30), per_page: 10 };
    let bytes = otp::export::target("2fas").unwrap().write(&items, &job).unwrap();
    let mut play = codes(lang);
    play.state_mut().window.bring(vec![Offered::Content("backup.2fas".to_owned(), bytes)]);
    shown(play, &text!("desktop-locked-open"), lang)
}

fn locked_copy(lang: Lang) -> Play {
    let mut play = codes(lang);
    play.state_mut().window.bring(vec![keys::copy(&Identity::generate())]);
    shown(play, &text!("desktop-locked-key"), lang)
}

/// Opens the menu of one account and chooses the line `id`.
fn account(id: &'static str, lang: Lang) -> Play {
    pressed(pressed(codes(lang), &text!("desktop-row-more", account = TITLE), lang), &Text::new(id), lang)
}

/// A picture is to be written where a file stands.
fn taken(lang: Lang) -> Play {
    let mut play = account("desktop-menu-qr", lang);
    let path = play.state().folder.path().join("qr.png");
    std::fs::write(&path, "theirs").unwrap();
    enter(&mut play, &text!("desktop-export-file").say(lang), path.to_str().unwrap());
    shown(pressed(play, &text!("desktop-qr-save"), lang), &text!("desktop-replace"), lang)
}

fn own_way(lang: Lang) -> Play {
    let mut play = account("desktop-menu-edit", lang);
    write(&mut play, &text!("desktop-field-second-own").say(lang), "my brother's phone");
    pressed(play, &text!("desktop-second-add"), lang)
}

fn recovery(lang: Lang) -> Play {
    let play = pressed(codes(lang), &text!("desktop-nav-recovery"), lang);
    shown(play, &text!("desktop-ready-tally", all = 5, good = 0), lang)
}

/// A tool of the recovery page.
pub(super) fn tool(id: &'static str, lang: Lang) -> Play {
    pressed(recovery(lang), &Text::new(id), lang)
}

fn sealed(lang: Lang) -> Play {
    let mut play = pressed(tool("desktop-sheet-title", lang), &text!("desktop-sheet-sealed"), lang);
    write(&mut play, &text!("desktop-pass-new").say(lang), "short");
    shown(play, &text!("desktop-pass-advice"), lang)
}

fn sheet(lang: Lang) -> Play {
    let play = pressed(tool("desktop-sheet-title", lang), &text!("desktop-sheet-make"), lang);
    shown(play, &text!("desktop-transfer-page", page = 1, pages = 2), lang)
}

fn checked(lang: Lang) -> Play {
    let mut play = tool("desktop-sheet-check-title", lang);
    play.state_mut().window.bring(vec![Offered::text(LINES.to_owned())]);
    wait_for(&mut play, &say(&text!("sheet-proved", count = 0), lang));
    play
}

fn copies_key(lang: Lang) -> Play {
    let play = pressed(tool("desktop-copies-title", lang), &text!("desktop-copies-make"), lang);
    shown(play, &text!("desktop-copies-noted"), lang)
}

fn key_noted(lang: Lang) -> Play {
    let mut play = copies_key(lang);
    tick(&mut play, &text!("desktop-copies-noted").say(lang));
    shown(play, &text!("desktop-copies-confirm"), lang)
}

/// Copies are written, and their folders shown.
pub(super) fn copies_folders(lang: Lang) -> Play {
    let mut play = copies_key(lang);
    let key = play.get_by_label_contains("AGE-SECRET-KEY-");
    let key = key.accesskit_node().label().or(key.accesskit_node().value()).unwrap();
    tick(&mut play, &text!("desktop-copies-noted").say(lang));
    write(&mut play, &text!("desktop-copies-back").say(lang), &key);
    let play = pressed(play, &text!("desktop-copies-confirm"), lang);
    shown(play, &text!("desktop-copies-stop"), lang)
}

fn rescue(lang: Lang) -> Play {
    let mut play = tool("desktop-rescue-title", lang);
    press(&mut play, &say(&otp::recovery::rescue::Case::ALL[0].text(), lang));
    shown(play, &text!("desktop-rescue-step", number = 1), lang)
}

/// A place behind the button for more.
fn more(play: Play, id: &'static str, lang: Lang) -> Play {
    pressed(pressed(play, &text!("desktop-nav-more"), lang), &Text::new(id), lang)
}

pub(super) fn trash(lang: Lang) -> Play {
    let play = pressed(account("desktop-menu-remove", lang), &text!("desktop-menu-remove"), lang);
    let play = shown(play, &text!("desktop-removed", account = TITLE), lang);
    shown(more(play, "desktop-nav-trash", lang), &text!("desktop-trash-restore"), lang)
}
