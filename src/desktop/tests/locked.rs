//! What is handed to a window that is locked, such as a link with a key in it.

use egui_kittest::kittest::Queryable;
use otp::app::config::Config;
use otp::clock::UnixTime;
use otp::text;
use otp::text::Lang;

use super::keyring;
use super::stage::{Play, press, wait_for};
use crate::add::reader::Offered;
use crate::theme;

const LINK: &str = "otpauth://totp/Coincheck:jiro?secret=MFRGGZDFMZTWQ2LKMFRGGZDFMZTWQ2LK&issuer=Coincheck";

/// A window that has locked, and then was handed a link.
fn handed(lang: Lang) -> Play {
    let config = Config { lock_seconds: Some(60), ..Config::default() };
    let (mut play, _) = keyring::play(lang, config, None);
    wait_for(&mut play, &text!("desktop-row", account = "Binance (taro@example.com)", code = "2 8 7 0 8 2").say(lang));
    play.state_mut().now = UnixTime(95);
    wait_for(&mut play, &text!("desktop-lock-title").say(lang));
    play.state_mut().window.bring(vec![Offered::text(LINK.to_owned())]);
    wait_for(&mut play, &theme::sentence(&text!("desktop-lock-offered"), lang));
    play
}

#[test]
fn what_a_locked_window_is_handed_waits_for_its_owner() {
    for lang in Lang::ALL {
        let mut play = handed(lang);
        press(&mut play, &text!("desktop-lock-show").say(lang));
        wait_for(&mut play, &text!("desktop-receipt-keep", count = 1).say(lang));
    }
}

#[test]
fn what_waits_is_let_go_and_that_is_said_when_nobody_comes() {
    for lang in Lang::ALL {
        let mut play = handed(lang);
        play.state_mut().now = UnixTime(155);
        let gone = theme::sentence(&text!("desktop-lock-let-go"), lang);
        wait_for(&mut play, &gone);
        press(&mut play, &text!("desktop-lock-show").say(lang));
        wait_for(&mut play, &text!("desktop-search").say(lang));
        assert!(play.query_all_by_label_contains("Coincheck").next().is_none());
        // The next time it locks there is nothing to tell.
        play.state_mut().now = UnixTime(215);
        wait_for(&mut play, &text!("desktop-lock-title").say(lang));
        assert!(play.query_by_label(&gone).is_none());
    }
}
