//! A keyring without what was kept in it: gone on with, and the keys brought back in.

use egui_kittest::kittest::Queryable;
use otp::app::config::Config;
use otp::error::Explain;
use otp::store::StoreError;
use otp::text;
use otp::text::Lang;

use super::stage::{filled, play_in, press, wait_for};
use crate::add::reader::Offered;
use crate::theme;

/// The key of the account called Binance, see [`super::stage::accounts`].
const BINANCE: &str =
    "otpauth://totp/Binance:taro@example.com?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Binance\n";

#[test]
fn that_nothing_was_changed_is_said_once() {
    for (lang, words) in [(Lang::English, "othing was changed"), (Lang::Japanese, "何も変更していません")] {
        let said = StoreError::EmptiedKeyring.text().say(lang) + &text!("desktop-state-emptied").say(lang);
        assert_eq!(said.matches(words).count(), 1, "{said}");
    }
}

#[test]
fn an_emptied_keyring_is_gone_on_with_and_keys_come_back_into_it() {
    for lang in Lang::ALL {
        // What was in memory went with the window before this one; the list is still there.
        let mut play = play_in(filled(), lang, Config::default(), Ok(Vec::new));
        wait_for(&mut play, &theme::sentence(&StoreError::EmptiedKeyring.text(), lang));
        press(&mut play, &text!("desktop-state-accept").say(lang));
        wait_for(&mut play, &text!("desktop-accept-warning").say(lang));
        press(&mut play, &text!("desktop-accept").say(lang));
        wait_for(&mut play, &theme::sentence(&text!("desktop-accepted"), lang));
        // This is the page with the ways back.
        wait_for(&mut play, &theme::sentence(&text!("desktop-ready-tools"), lang));
        play.state_mut().window.bring(vec![Offered::text(BINANCE.to_owned())]);
        wait_for(&mut play, &theme::sentence(&text!("receipt-mends"), lang));
        press(&mut play, &text!("desktop-receipt-keep", count = 1).say(lang));
        press(&mut play, &text!("desktop-kept-codes").say(lang));
        let title = "Binance (taro@example.com)";
        wait_for(&mut play, &text!("desktop-row", account = title, code = "2 8 7 0 8 2").say(lang));
        let others = text!("desktop-unreadable").say(lang);
        assert_eq!(play.query_all_by_label_contains(&others).count(), 4);
    }
}
