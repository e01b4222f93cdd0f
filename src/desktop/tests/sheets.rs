//! Recovery sheets: made, looked at, saved, and proved from pictures of them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use eframe::egui;
use egui_kittest::kittest::{NodeT, Queryable};
use otp::account::Kind;
use otp::app::App;
use otp::app::preview::preview;
use otp::app::profile::Profile;
use otp::error::Explain;
use otp::export::Bytes;
use otp::store::StoreError;
use otp::store::index::Entry;
use otp::text;
use otp::text::{Lang, Text};
use zeroize::Zeroizing;

use super::stage::{Play, accounts, comes_true, enter, play, press, wait_for, with_secret, write};
use crate::add::reader::Offered;
use crate::theme;

const PASSPHRASE: &str = "coral plow ninja marsh lamp";

/// A window that shows the recovery page.
pub(super) fn recovery(lang: Lang, accounts: super::stage::Accounts) -> Play {
    let mut play = play(lang, Ok(accounts));
    let field = text!("desktop-search").say(lang);
    wait_for(&mut play, &field);
    press(&mut play, &text!("desktop-nav-recovery").say(lang));
    play
}

/// Opens the tool of the recovery page that is called `id`; a step above may be called the same.
pub(super) fn tool(play: &mut Play, id: &'static str, lang: Lang) {
    let label = Text::new(id).say(lang);
    wait_for(play, &label);
    let all = play.get_all_by_role_and_label(egui::accesskit::Role::Button, &label);
    all.last().unwrap().click_accesskit();
    play.run_steps(2);
}

/// Saves the sheet that is shown as `name` in the profile's folder.
pub(super) fn save(play: &mut Play, name: &str, lang: Lang) -> PathBuf {
    let path = play.state().folder.path().join(name);
    let field = text!("desktop-export-file").say(lang);
    enter(play, &field, path.to_str().unwrap());
    press(play, &text!("desktop-sheet-save").say(lang));
    path
}

/// What a scanner makes of each page of the file `path`.
pub(super) fn scans(path: &Path) -> Vec<Offered> {
    let pdf = Bytes::new(std::fs::read(path).unwrap());
    let pages = (0..).map_while(|number| preview(&pdf, number, 1_600));
    pages.map(|page| Offered::Picture(Arc::new(picture(&page.pixels, page.width, page.height)))).collect()
}

fn picture(pixels: &Zeroizing<Vec<u8>>, width: usize, height: usize) -> egui::ColorImage {
    egui::ColorImage::from_rgba_premultiplied([width, height], pixels)
}

/// The profile as it lies on the disk.
fn on_disk(play: &Play) -> App {
    let profile = Profile::at(play.state().folder.path());
    App::open(profile, Arc::new(|| Err(StoreError::VaultLocked))).unwrap()
}

/// The accounts as the profile's list has them.
pub(super) fn entries(play: &Play) -> Vec<Entry> {
    on_disk(play).accounts().into_iter().cloned().collect()
}

/// Those in its trash.
pub(super) fn trashed(play: &Play) -> Vec<Entry> {
    on_disk(play).trash().into_iter().cloned().collect()
}

#[test]
fn a_sheet_is_made_looked_at_saved_and_proved() {
    for lang in Lang::ALL {
        let mut play = recovery(lang, accounts);
        tool(&mut play, "desktop-sheet-title", lang);
        press(&mut play, &text!("desktop-sheet-make").say(lang));
        // What cannot be on it is said, and the page can be looked at.
        let broken = StoreError::Broken { account: "Kraken (taro)".to_owned() };
        let broken = text!("export-left-out-broken", reason = broken.text());
        wait_for(&mut play, &theme::sentence(&broken, lang));
        wait_for(&mut play, &text!("desktop-transfer-page", page = 1, pages = 2).say(lang));
        assert!(entries(&play).iter().all(|entry| entry.way_back.printed.is_none()));
        let path = save(&mut play, "sheet.pdf", lang);
        let done = text!("export-done", count = 4, file = "sheet.pdf");
        wait_for(&mut play, &theme::sentence(&done, lang));
        assert_eq!(entries(&play).iter().filter(|entry| entry.way_back.printed.is_some()).count(), 4);
        // A second time it would replace a file, which its owner is asked about.
        std::fs::write(&path, "theirs").unwrap();
        press(&mut play, &text!("desktop-sheet-save").say(lang));
        wait_for(&mut play, &theme::sentence(&text!("export-exists", file = "sheet.pdf"), lang));
        assert_eq!(std::fs::read(&path).unwrap(), b"theirs");
        press(&mut play, &text!("desktop-replace").say(lang));
        assert!(comes_true(&mut play, |_| std::fs::read(&path).unwrap().starts_with(b"%PDF")));
        wait_for(&mut play, &text!("desktop-sheet-save").say(lang));
        assert!(play.query_by_label(&text!("desktop-replace").say(lang)).is_none());
        press(&mut play, &text!("desktop-back").say(lang));
        tool(&mut play, "desktop-sheet-check-title", lang);
        play.state_mut().window.bring(scans(&path));
        wait_for(&mut play, &theme::sentence(&text!("sheet-proved", count = 4), lang));
        let (proof, account) = (Text::new("sheet-proof-matches"), "Binance (taro@example.com)");
        wait_for(&mut play, &text!("desktop-check-line", proof = proof, account = account).say(lang));
        assert_eq!(entries(&play).iter().filter(|entry| entry.way_back.paper_proved.is_some()).count(), 4);
    }
}

#[test]
fn a_sheet_under_a_passphrase_asks_for_it_when_it_is_proved() {
    for lang in Lang::ALL {
        let mut play = recovery(lang, accounts);
        tool(&mut play, "desktop-sheet-title", lang);
        press(&mut play, &text!("desktop-sheet-sealed").say(lang));
        let make = text!("desktop-sheet-make").say(lang);
        wait_for(&mut play, &make);
        assert!(play.get_by_label(&make).accesskit_node().is_disabled());
        write(&mut play, &text!("desktop-pass-new").say(lang), PASSPHRASE);
        write(&mut play, &text!("desktop-pass-again").say(lang), PASSPHRASE);
        press(&mut play, &make);
        let path = save(&mut play, "sealed.pdf", lang);
        wait_for(&mut play, &theme::sentence(&text!("export-done", count = 4, file = "sealed.pdf"), lang));
        press(&mut play, &text!("desktop-back").say(lang));
        tool(&mut play, "desktop-sheet-check-title", lang);
        play.state_mut().window.bring(scans(&path));
        let field = text!("desktop-locked-field").say(lang);
        wait_for(&mut play, &field);
        write(&mut play, &field, PASSPHRASE);
        press(&mut play, &text!("desktop-locked-open").say(lang));
        wait_for(&mut play, &theme::sentence(&text!("sheet-proved", count = 4), lang));
    }
}

/// More accounts than one transfer code holds.
fn many() -> Vec<otp::account::Account> {
    let secret = |number: usize| format!("secret number {number:06}");
    let account = |number| with_secret(&format!("Site {number}"), "taro", Kind::Totp { period: 30 }, &secret(number));
    (0..12).map(account).collect()
}

#[test]
fn a_sheet_of_several_pages_is_leafed_through() {
    for lang in Lang::ALL {
        let mut play = recovery(lang, many);
        tool(&mut play, "desktop-sheet-title", lang);
        press(&mut play, &text!("desktop-sheet-transfer").say(lang));
        press(&mut play, &text!("desktop-paper-letter").say(lang));
        press(&mut play, &text!("desktop-sheet-make").say(lang));
        let page = |page: usize| text!("desktop-transfer-page", page = page, pages = 2).say(lang);
        wait_for(&mut play, &page(1));
        let previous = text!("desktop-transfer-previous").say(lang);
        assert!(play.get_by_label(&previous).accesskit_node().is_disabled());
        press(&mut play, &text!("desktop-sheet-next").say(lang));
        wait_for(&mut play, &page(2));
        press(&mut play, &previous);
        wait_for(&mut play, &page(1));
        let path = save(&mut play, "phone.pdf", lang);
        wait_for(&mut play, &theme::sentence(&text!("export-done", count = 12, file = "phone.pdf"), lang));
        assert_eq!(scans(&path).len(), 2);
    }
}

#[test]
fn a_picture_of_something_else_proves_nothing() {
    for lang in Lang::ALL {
        let mut play = recovery(lang, accounts);
        tool(&mut play, "desktop-sheet-check-title", lang);
        wait_for(&mut play, &text!("desktop-sheet-check-words").say(lang));
        let other = "otpauth://totp/Other:hanako?secret=KRSXG5BAONSWG4TFOQQHO2LUNBXXK5BA&issuer=Other\n";
        play.state_mut().window.bring(vec![Offered::text(other.to_owned())]);
        wait_for(&mut play, &theme::sentence(&text!("sheet-proved", count = 0), lang));
        let proof = Text::new("sheet-proof-unknown");
        wait_for(&mut play, &text!("desktop-check-line", proof = proof, account = "Other (hanako)").say(lang));
        assert!(entries(&play).iter().all(|entry| entry.way_back.paper_proved.is_none()));
    }
}

#[test]
fn pages_that_are_photographed_one_after_the_other_add_up() {
    for lang in Lang::ALL {
        let mut play = recovery(lang, accounts);
        tool(&mut play, "desktop-sheet-title", lang);
        press(&mut play, &text!("desktop-sheet-make").say(lang));
        wait_for(&mut play, &text!("desktop-transfer-page", page = 1, pages = 2).say(lang));
        let path = save(&mut play, "sheet.pdf", lang);
        wait_for(&mut play, &theme::sentence(&text!("export-done", count = 4, file = "sheet.pdf"), lang));
        press(&mut play, &text!("desktop-back").say(lang));
        tool(&mut play, "desktop-sheet-check-title", lang);
        let mut pages = scans(&path).into_iter();
        play.state_mut().window.bring(vec![pages.next().unwrap()]);
        let absent = Text::new("sheet-proof-not-found").say(lang);
        assert!(comes_true(&mut play, |play| play.query_all_by_label_contains(&absent).next().is_some()));
        // A picture that shows nothing takes nothing away, and is named.
        play.state_mut().window.bring(vec![Offered::Content("blur.png".to_owned(), b"no picture".to_vec().into())]);
        assert!(comes_true(&mut play, |play| play.query_all_by_label_contains("blur.png").next().is_some()));
        play.state_mut().window.bring(pages.collect());
        wait_for(&mut play, &theme::sentence(&text!("sheet-proved", count = 4), lang));
        assert!(play.query_all_by_label_contains(&absent).next().is_none());
        press(&mut play, &text!("desktop-check-anew").say(lang));
        wait_for(&mut play, &text!("desktop-sheet-check-words").say(lang));
        play.state_mut().window.bring(vec![scans(&path).remove(0)]);
        assert!(comes_true(&mut play, |play| play.query_all_by_label_contains(&absent).next().is_some()));
    }
}

#[test]
fn what_is_no_picture_of_a_sheet_is_answered_with_advice_on_pictures() {
    for lang in Lang::ALL {
        let mut play = recovery(lang, accounts);
        tool(&mut play, "desktop-sheet-check-title", lang);
        play.state_mut().window.bring(vec![Offered::Content("x".to_owned(), b"hello".to_vec().into())]);
        wait_for(&mut play, &theme::sentence(&text!("sheet-hint-every-page"), lang));
        assert!(play.query_by_label(&theme::sentence(&text!("import-hint-what-is-read"), lang)).is_none());
    }
}
