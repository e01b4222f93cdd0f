//! The owner's own order: rows dragged, moved by keys, and pinned to the top.

use std::sync::Arc;
use std::time::Duration;

use eframe::egui;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use otp::app::App;
use otp::app::profile::Profile;
use otp::store::StoreError;
use otp::text;
use otp::text::{Lang, Text};

use super::scenes::codes;
use super::stage::{Play, press, wait_for};

const BINANCE: &str = "Binance (taro@example.com)";
const RAKUTEN: &str = "楽天銀行 (普通 1234567)";

/// The issuers as the profile's list has them.
fn stored(play: &Play) -> Vec<String> {
    let profile = Profile::at(play.state().folder.path());
    let app = App::open(profile, Arc::new(|| Err(StoreError::VaultLocked))).unwrap();
    app.accounts().into_iter().map(|entry| entry.issuer.clone()).collect()
}

/// Waits until the list is stored as `wanted` begins.
#[track_caller]
fn wait_for_order(play: &mut Play, wanted: &[&str]) {
    for _ in 0..2_000 {
        play.run_steps(2);
        if stored(play).iter().zip(wanted).all(|(is, wanted)| is == wanted) {
            return;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    panic!("the order is {}", stored(play).join(", "));
}

/// Where the dots of the row of `account` are, which tell its height.
fn row(play: &Play, account: &str, lang: Lang) -> egui::Rect {
    play.get_by_label(&text!("desktop-row-more", account = account).say(lang)).rect()
}

#[test]
fn a_dragged_row_stays_where_it_is_let_go() {
    for lang in Lang::ALL {
        let mut play = codes(lang);
        let from = row(&play, BINANCE, lang).center() - egui::vec2(150.0, 0.0);
        let to = egui::pos2(from.x, row(&play, "Work VPN (taro)", lang).bottom());
        play.drag_at(from);
        play.run_steps(2);
        for at in [from + egui::vec2(0.0, 20.0), to] {
            play.hover_at(at);
            play.run_steps(2);
        }
        play.drop_at(to);
        wait_for_order(&mut play, &["楽天銀行", "Work VPN", "Binance", "Kraken"]);
        // A drag is no click.
        assert_eq!(*play.state().held.lock().unwrap(), "");
        while row(&play, BINANCE, lang).top() < row(&play, RAKUTEN, lang).top() {
            play.run_steps(1);
        }
    }
}

#[test]
fn keys_move_the_selected_row() {
    let mut play = codes(Lang::English);
    play.key_press_modifiers(Modifiers::ALT, Key::ArrowDown);
    wait_for_order(&mut play, &["楽天銀行", "Binance"]);
    while row(&play, BINANCE, Lang::English).top() < row(&play, RAKUTEN, Lang::English).top() {
        play.run_steps(1);
    }
    play.key_press_modifiers(Modifiers::ALT, Key::ArrowUp);
    wait_for_order(&mut play, &["Binance", "楽天銀行"]);
}

#[test]
fn a_pinned_account_stands_at_the_top_until_it_is_let_go() {
    for lang in Lang::ALL {
        let mut play = codes(lang);
        let more = text!("desktop-row-more", account = RAKUTEN).say(lang);
        let above = |play: &Play| row(play, RAKUTEN, lang).top() < row(play, BINANCE, lang).top();
        for (line, pinned) in [("desktop-menu-pin", true), ("desktop-menu-unpin", false)] {
            wait_for(&mut play, &more);
            press(&mut play, &more);
            press(&mut play, &Text::new(line).say(lang));
            while above(&play) != pinned {
                play.run_steps(1);
            }
        }
        // The owner's own order is as it was.
        wait_for_order(&mut play, &["Binance", "楽天銀行"]);
    }
}
