//! The way back from a backup: what it says of itself, and what it has that lies in the trash here.

use egui_kittest::kittest::Queryable;
use otp::clock::UnixTime;
use otp::export::{self, Item};
use otp::import::Extras;
use otp::present;
use otp::text;
use otp::text::Lang;

use super::drills::two;
use super::sheets::{entries, recovery, tool, trashed};
use super::stage::{Play, comes_true, play, press, wait_for};
use crate::add::reader::Offered;
use crate::theme::sentence;

const TITLE: &str = "Binance (taro@example.com)";

/// A backup of everything, made on another computer; it is opened already.
fn backup() -> Offered {
    let item = |account| Item { account, extras: Extras::default() };
    let items: Vec<Item> = two().into_iter().map(item).collect();
    Offered::Content("backup.txt".to_owned(), export::plain(&items, UnixTime(30), "laptop").unwrap())
}

fn say(text: &text::Text, lang: Lang) -> String {
    sentence(text, lang)
}

/// A window that shows what the backup would change, with Binance in the trash.
fn removed(lang: Lang) -> Play {
    let mut play = play(lang, Ok(two));
    press(&mut play, &text!("desktop-row-more", account = TITLE).say(lang));
    press(&mut play, &text!("desktop-menu-remove").say(lang));
    press(&mut play, &text!("desktop-menu-remove").say(lang));
    assert!(comes_true(&mut play, |play| trashed(play).len() == 1));
    press(&mut play, &text!("desktop-nav-recovery").say(lang));
    tool(&mut play, "desktop-restore-title", lang);
    play.state_mut().window.bring(vec![backup()]);
    play
}

#[test]
fn what_lies_in_the_trash_is_not_called_here_and_can_be_taken_back() {
    for lang in Lang::ALL {
        let mut play = removed(lang);
        wait_for(&mut play, &say(&text!("backup-nothing-but-trash", count = 1), lang));
        press(&mut play, &text!("desktop-trash-restore").say(lang));
        wait_for(&mut play, &say(&text!("backup-nothing-to-restore"), lang));
        assert!(play.query_by_label(&text!("desktop-trash-restore").say(lang)).is_none());
        assert_eq!((entries(&play).len(), trashed(&play).len()), (2, 0));
    }
}

#[test]
fn a_backup_says_when_and_where_it_was_made_and_how_much_it_holds() {
    for lang in Lang::ALL {
        let mut play = recovery(lang, two);
        tool(&mut play, "desktop-restore-title", lang);
        play.state_mut().window.bring(vec![backup()]);
        let at = present::moment(UnixTime(30));
        wait_for(&mut play, &say(&text!("desktop-restore-made-on", at = at, device = "laptop", count = 2), lang));
    }
}
