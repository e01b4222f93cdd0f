//! The recovery key: shown once and put on paper, and given back without typing it.

use std::path::{Path, PathBuf};

use eframe::egui;
use egui_kittest::kittest::{NodeT, Queryable};
use otp::crypto::age::{self, Identity};
use otp::error::Explain;
use otp::qr;
use otp::text;
use otp::text::Lang;

use super::drills::two;
use super::sheets::{recovery, save, tool};
use super::stage::{Play, enter, play, press, tick, wait_for, write, written};
use crate::add::reader::Offered;
use crate::theme::sentence;

const LINE: &str = "otpauth://totp/Coincheck:jiro?secret=MFRGGZDFMZTWQ2LKMFRGGZDFMZTWQ2LK&issuer=Coincheck\n";

/// A picture of a QR code that says `text`.
pub(super) fn picture(text: &str) -> Vec<u8> {
    qr::modules(text).unwrap().to_png().unwrap().to_vec()
}

/// The line of the key `identity`.
fn line(identity: &Identity) -> String {
    // EXPOSE: the key of a test.
    identity.line().expose_text().unwrap().to_owned()
}

/// A recovery copy with one account, for the key `identity`.
pub(super) fn copy(identity: &Identity) -> Offered {
    let sealed = age::seal_for(&[identity.recipient()], LINE.as_bytes()).unwrap();
    Offered::Content("copy.age".to_owned(), sealed.into())
}

/// Every way to give `key` without typing it: a picture, a text, a file of either.
fn ways(key: &str, folder: &Path) -> Vec<Offered> {
    let (photo, text) = (folder.join("key.png"), folder.join("key.txt"));
    std::fs::write(&photo, picture(key)).unwrap();
    std::fs::write(&text, format!("# public key: age1\n{key}\n")).unwrap();
    vec![
        Offered::Path(photo),
        Offered::Path(text),
        Offered::Content(String::new(), picture(key).into()),
        Offered::text(key.to_owned()),
    ]
}

/// Makes a recovery key; the window shows it.
fn made(lang: Lang) -> (Play, String) {
    let mut play = recovery(lang, two);
    tool(&mut play, "desktop-copies-title", lang);
    press(&mut play, &text!("desktop-copies-make").say(lang));
    wait_for(&mut play, &text!("desktop-copies-noted").say(lang));
    let key = shown(&play).unwrap();
    (play, key)
}

/// The recovery key, if it can be seen.
fn shown(play: &Play) -> Option<String> {
    let mut all = play.query_all_by(|_| true).map(|node| node.accesskit_node());
    all.find_map(|node| node.value().filter(|text| text.starts_with("AGE-SECRET-KEY-")))
}

fn is_asked(play: &Play, lang: Lang) -> bool {
    play.query_by_label(&sentence(&text!("desktop-copies-leave"), lang)).is_some()
}

#[test]
fn a_copy_opens_with_whatever_holds_its_key() {
    for lang in Lang::ALL {
        let (identity, folder) = (Identity::generate(), tempfile::tempdir().unwrap());
        for way in ways(&line(&identity), folder.path()) {
            let mut play = play(lang, Ok(Vec::new));
            wait_for(&mut play, &text!("desktop-welcome").say(lang));
            play.state_mut().window.bring(vec![copy(&identity)]);
            wait_for(&mut play, &text!("desktop-locked-key-title").say(lang));
            play.state_mut().window.bring(vec![way]);
            wait_for(&mut play, &text!("desktop-receipt-keep", count = 1).say(lang));
        }
    }
}

#[test]
fn what_is_no_key_and_what_is_another_is_called_so() {
    for lang in Lang::ALL {
        let identity = Identity::generate();
        let mut play = play(lang, Ok(Vec::new));
        wait_for(&mut play, &text!("desktop-welcome").say(lang));
        play.state_mut().window.bring(vec![copy(&identity)]);
        let field = text!("desktop-locked-key").say(lang);
        wait_for(&mut play, &field);
        play.state_mut().window.bring(vec![Offered::Content("x.png".to_owned(), picture(LINE.trim()).into())]);
        wait_for(&mut play, &sentence(&text!("backup-no-key-there"), lang));
        play.state_mut().window.bring(vec![Offered::Content("x.txt".to_owned(), b"hello".to_vec().into())]);
        wait_for(&mut play, &sentence(&text!("backup-no-key-written"), lang));
        let other = line(&Identity::generate());
        play.state_mut().window.bring(vec![Offered::Content("y.png".to_owned(), picture(&other).into())]);
        wait_for(&mut play, &sentence(&otp::crypto::CryptoError::WrongKey.text(), lang));
        write(&mut play, &field, "AGE-SECRET-KEY-1");
        press(&mut play, &text!("desktop-locked-open").say(lang));
        wait_for(&mut play, &sentence(&otp::crypto::CryptoError::NoKey.text(), lang));
        // What is typed stays, to be mended.
        assert_eq!(written(&play, &field).chars().count(), 16);
        let right = line(&identity);
        let slip = if right.ends_with('Q') { "P" } else { "Q" };
        enter(&mut play, &field, &format!("{}{slip}", &right[..73]));
        press(&mut play, &text!("desktop-locked-open").say(lang));
        wait_for(&mut play, &sentence(&otp::crypto::CryptoError::Slip.text(), lang));
        // None of it is a passphrase.
        assert!(play.query_by_label(&text!("desktop-locked-wrong").say(lang)).is_none());
        wait_for(&mut play, &field);
        play.key_press(egui::Key::End);
        play.key_press(egui::Key::Backspace);
        play.event(egui::Event::Text(right[73..].to_owned()));
        play.run_steps(2);
        press(&mut play, &text!("desktop-locked-open").say(lang));
        wait_for(&mut play, &text!("desktop-receipt-keep", count = 1).say(lang));
    }
}

#[test]
fn a_new_key_is_given_back_as_a_photo_of_it() {
    for lang in Lang::ALL {
        let (mut play, key) = made(lang);
        play.state_mut().window.bring(vec![Offered::Content("photo.png".to_owned(), picture(&key).into())]);
        wait_for(&mut play, &sentence(&text!("backup-confirmed"), lang));
        wait_for(&mut play, &text!("desktop-copies-stop").say(lang));
    }
}

#[test]
fn what_is_given_back_is_not_read_from_the_screen() {
    for lang in Lang::ALL {
        let (mut play, key) = made(lang);
        let (noted, back) = (text!("desktop-copies-noted").say(lang), text!("desktop-copies-back").say(lang));
        assert!(play.query_by_label(&back).is_none());
        tick(&mut play, &noted);
        assert_eq!(shown(&play), None);
        assert!(play.query_by_label(&text!("desktop-copies-key").say(lang)).is_none());
        tick(&mut play, &noted);
        assert_eq!(shown(&play).as_ref(), Some(&key));
        tick(&mut play, &noted);
        write(&mut play, &back, &key);
        press(&mut play, &text!("desktop-copies-confirm").say(lang));
        wait_for(&mut play, &sentence(&text!("backup-confirmed"), lang));
    }
}

#[test]
fn the_page_with_the_key_is_not_left_in_passing() {
    for lang in Lang::ALL {
        let (mut play, _) = made(lang);
        press(&mut play, &text!("desktop-back").say(lang));
        wait_for(&mut play, &sentence(&text!("desktop-copies-leave"), lang));
        press(&mut play, &text!("desktop-cancel").say(lang));
        assert!(!is_asked(&play, lang));
        wait_for(&mut play, &text!("desktop-copies-noted").say(lang));
        press(&mut play, &text!("desktop-back").say(lang));
        press(&mut play, &text!("desktop-copies-leave-yes").say(lang));
        wait_for(&mut play, &sentence(&text!("desktop-ready-tools"), lang));
        // The key that was forgotten waits for being given back, and nothing is lost by leaving that.
        tool(&mut play, "desktop-copies-title", lang);
        wait_for(&mut play, &text!("desktop-copies-waiting").say(lang));
        press(&mut play, &text!("desktop-back").say(lang));
        assert!(!is_asked(&play, lang));
    }
}

#[test]
fn a_key_that_is_on_paper_may_be_left() {
    type Deed = fn(&mut Play, Lang);
    let noted: Deed = |play, lang| tick(play, &text!("desktop-copies-noted").say(lang));
    let saved: Deed = |play, lang| {
        let path = save(play, "key.pdf", lang);
        wait_for(play, &sentence(&text!("desktop-copies-saved", file = "key.pdf"), lang));
        assert!(std::fs::read(path).unwrap().starts_with(b"%PDF-"));
    };
    for (lang, deed) in Lang::ALL.into_iter().flat_map(|lang| [(lang, noted), (lang, saved)]) {
        let (mut play, _) = made(lang);
        deed(&mut play, lang);
        play.run_steps(2);
        press(&mut play, &text!("desktop-back").say(lang));
        wait_for(&mut play, &sentence(&text!("desktop-ready-tools"), lang));
        assert!(!is_asked(&play, lang));
    }
}

#[test]
fn the_saved_page_proves_itself() {
    let lang = Lang::Japanese;
    let (mut play, _) = made(lang);
    let path: PathBuf = save(&mut play, "key.pdf", lang);
    wait_for(&mut play, &sentence(&text!("desktop-copies-saved", file = "key.pdf"), lang));
    play.state_mut().window.bring(vec![Offered::Path(path)]);
    wait_for(&mut play, &sentence(&text!("backup-confirmed"), lang));
}

#[test]
fn a_pasted_key_reaches_the_page_that_asks_for_it() {
    let lang = Lang::English;
    let identity = Identity::generate();
    let mut play = play(lang, Ok(Vec::new));
    wait_for(&mut play, &text!("desktop-welcome").say(lang));
    play.state_mut().window.bring(vec![copy(&identity)]);
    wait_for(&mut play, &text!("desktop-locked-key").say(lang));
    // The field has the keyboard; elsewhere the whole window takes it.
    play.ctx.memory_mut(egui::Memory::stop_text_input);
    play.event(egui::Event::Paste(line(&identity)));
    wait_for(&mut play, &text!("desktop-receipt-keep", count = 1).say(lang));
}

#[test]
fn a_slip_in_the_key_that_is_given_back_is_mended_in_the_field() {
    for lang in Lang::ALL {
        let (mut play, key) = made(lang);
        let (field, done) = (text!("desktop-copies-back").say(lang), text!("desktop-copies-confirm").say(lang));
        tick(&mut play, &text!("desktop-copies-noted").say(lang));
        let slip = format!("{}{}", &key[..73], if key.ends_with('Q') { "P" } else { "Q" });
        write(&mut play, &field, &slip);
        press(&mut play, &done);
        wait_for(&mut play, &sentence(&otp::crypto::CryptoError::Slip.text(), lang));
        assert_eq!(written(&play, &field), slip);
        enter(&mut play, &field, &key);
        press(&mut play, &done);
        wait_for(&mut play, &sentence(&text!("backup-confirmed"), lang));
    }
}
