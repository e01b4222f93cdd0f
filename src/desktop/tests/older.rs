//! A list of accounts that is older than one this computer has seen.

use std::fs;

use otp::clock::{DAY, UnixTime};
use otp::error::Explain;
use otp::store::{ReadOnly, StoreError};
use otp::text;
use otp::text::Lang;

use super::stage::{accounts, play, press, wait_for};
use crate::add::reader::Offered;
use crate::theme::sentence;

const MORE: [&str; 2] = [
    "otpauth://totp/Coincheck:jiro?secret=MFRGGZDFMZTWQ2LKMFRGGZDFMZTWQ2LK&issuer=Coincheck\n",
    "otpauth://totp/Link:jiro?secret=KRSXG5BAONSWG4TFOQQHO2LUNBXXK5BA&issuer=Link\n",
];

#[test]
fn it_is_only_read_until_its_owner_goes_on_with_it() {
    for lang in Lang::ALL {
        let mut play = play(lang, Ok(accounts));
        let more = text!("desktop-row-more", account = "Binance (taro@example.com)").say(lang);
        wait_for(&mut play, &more);
        let file = play.state().folder.path().join("index.json");
        let old = fs::read(&file).unwrap();
        // Each day it is remembered how far the list had come before the first change.
        for (key, day) in MORE.into_iter().zip(1..) {
            play.state_mut().now = UnixTime(35 + day * DAY);
            play.state_mut().window.bring(vec![Offered::text(key.to_owned())]);
            press(&mut play, &text!("desktop-receipt-keep", count = 1).say(lang));
            press(&mut play, &text!("desktop-kept-codes").say(lang));
        }
        // Whole, as a backup program puts it back: half a list would be repaired.
        fs::write(file.with_extension("old"), old).unwrap();
        fs::rename(file.with_extension("old"), &file).unwrap();
        let pin = |play: &mut super::stage::Play| {
            press(play, &more);
            press(play, &text!("desktop-menu-pin").say(lang));
        };
        pin(&mut play);
        let older = StoreError::ReadOnly { reason: ReadOnly::RolledBack };
        wait_for(&mut play, &sentence(&older.text(), lang));
        wait_for(&mut play, &text!("desktop-state-older").say(lang));
        press(&mut play, &text!("desktop-state-older-accept").say(lang));
        wait_for(&mut play, &sentence(&text!("desktop-older-accepted"), lang));
        pin(&mut play);
        press(&mut play, &more);
        wait_for(&mut play, &text!("desktop-menu-unpin").say(lang));
    }
}
