//! Recovery copies and the fire drill in the window: every place, and paper as paper.

use std::path::{Path, PathBuf};

use egui_kittest::kittest::{NodeT, Queryable};
use otp::account::{Account, Kind};
use otp::text;
use otp::text::Lang;

use super::sheets::{entries, recovery, save, scans, tool};
use super::stage::{Play, account, comes_true, press, tick, wait_for, with_secret, write};
use crate::add::reader::Offered;
use crate::theme::sentence;

pub(super) fn two() -> Vec<Account> {
    let totp = Kind::Totp { period: 30 };
    vec![account("Binance", "taro@example.com", totp), with_secret("楽天銀行", "普通", totp, "a second secret of 20")]
}

/// Makes a recovery key, gives it back, and has copies go to `folder`, too.
fn copies(play: &mut Play, folder: &Path, lang: Lang) -> String {
    tool(play, "desktop-copies-title", lang);
    press(play, &text!("desktop-copies-make").say(lang));
    let (noted, back) = (text!("desktop-copies-noted").say(lang), text!("desktop-copies-back").say(lang));
    wait_for(play, &noted);
    let key = (play.query_all_by(|_| true))
        .find_map(|node| node.accesskit_node().value().filter(|text| text.starts_with("AGE-SECRET-KEY-")))
        .unwrap();
    tick(play, &noted);
    write(play, &back, &key);
    press(play, &text!("desktop-copies-confirm").say(lang));
    let path = text!("desktop-copies-path").say(lang);
    wait_for(play, &path);
    write(play, &path, folder.to_str().unwrap());
    press(play, &text!("desktop-copies-here").say(lang));
    wait_for(play, &text!("desktop-copies-remove").say(lang));
    assert!(comes_true(play, |_| newest(folder).is_some()));
    press(play, &text!("desktop-back").say(lang));
    key
}

fn newest(folder: &Path) -> Option<PathBuf> {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files.filter(|path| path.extension().is_some_and(|end| end == "age")).max()
}

/// Tries the newest copies with `key`.
fn try_all(play: &mut Play, key: &str, lang: Lang) {
    press(play, &text!("desktop-drill-newest").say(lang));
    let field = text!("desktop-locked-key").say(lang);
    wait_for(play, &field);
    write(play, &field, key);
    press(play, &text!("desktop-locked-open").say(lang));
    wait_for(play, &text!("desktop-drill-newest").say(lang));
}

fn count(play: &Play, text: &text::Text, lang: Lang) -> usize {
    play.query_all_by_label(&sentence(text, lang)).count()
}

#[test]
fn a_drill_tries_every_place_and_names_the_one_that_is_broken() {
    for lang in Lang::ALL {
        let stick = tempfile::tempdir().unwrap();
        let mut play = recovery(lang, two);
        let key = copies(&mut play, stick.path(), lang);
        tool(&mut play, "desktop-drill-title", lang);
        // Both are opened by the key that was typed once.
        try_all(&mut play, &key, lang);
        assert_eq!(count(&play, &text!("drill-whole"), lang), 2);
        assert!(entries(&play).iter().all(|entry| entry.way_back.copy_proved.is_some()));
        let broken = newest(stick.path()).unwrap();
        let bytes = std::fs::read(&broken).unwrap();
        std::fs::write(&broken, &bytes[..bytes.len() - 20]).unwrap();
        try_all(&mut play, &key, lang);
        assert_eq!(count(&play, &text!("drill-whole"), lang), 1);
        let file = broken.file_name().unwrap().to_str().unwrap();
        assert!(play.query_all_by_label_contains(file).next().is_some());
        assert!(play.query_all_by_label_contains(stick.path().to_str().unwrap()).next().is_some());
        // A stick that is not plugged in is named as well.
        drop(stick);
        try_all(&mut play, &key, lang);
        assert_eq!(count(&play, &text!("drill-whole"), lang), 1);
        let folder = broken.parent().unwrap().display().to_string();
        wait_for(&mut play, &sentence(&text!("backup-place-absent", folder = folder), lang));
    }
}

#[test]
fn every_page_that_cannot_be_read_is_named() {
    for lang in Lang::ALL {
        let mut play = recovery(lang, two);
        tool(&mut play, "desktop-drill-title", lang);
        let blank = |name: &str| {
            let mut file = std::io::Cursor::new(Vec::new());
            image::GrayImage::from_pixel(80, 80, image::Luma([255]))
                .write_to(&mut file, image::ImageFormat::Png)
                .unwrap();
            Offered::Content(name.to_owned(), file.into_inner().into())
        };
        play.state_mut().window.bring(["one.png", "two.png", "three.png"].map(blank).into());
        for file in ["one.png", "two.png", "three.png"] {
            let reason = otp::error::Explain::text(&otp::qr::QrError::NoCode);
            wait_for(&mut play, &sentence(&text!("import-file-failed", file = file, reason = reason), lang));
        }
    }
}

#[test]
fn photos_of_a_sheet_prove_the_paper_and_no_copy() {
    for lang in Lang::ALL {
        let mut play = recovery(lang, two);
        tool(&mut play, "desktop-sheet-title", lang);
        press(&mut play, &text!("desktop-sheet-make").say(lang));
        let path = save(&mut play, "sheet.pdf", lang);
        wait_for(&mut play, &sentence(&text!("export-done", count = 2, file = "sheet.pdf"), lang));
        press(&mut play, &text!("desktop-back").say(lang));
        tool(&mut play, "desktop-drill-title", lang);
        // Beside them a file that is none.
        let other = play.state().folder.path().join("other.txt");
        std::fs::write(&other, "nothing to see").unwrap();
        let mut brought = scans(&path);
        brought.push(Offered::Path(other));
        play.state_mut().window.bring(brought);
        wait_for(&mut play, &sentence(&text!("drill-whole"), lang));
        assert!(play.query_all_by_label_contains("other.txt").next().is_some());
        assert!(entries(&play).iter().all(|entry| entry.way_back.paper_proved.is_some()));
        assert!(entries(&play).iter().all(|entry| entry.way_back.copy_proved.is_none()));
        // The file itself is a page, too.
        press(&mut play, &text!("desktop-back").say(lang));
        tool(&mut play, "desktop-drill-title", lang);
        play.state_mut().window.bring(vec![Offered::Path(path)]);
        wait_for(&mut play, &sentence(&text!("drill-whole"), lang));
        assert!(entries(&play).iter().all(|entry| entry.way_back.copy_proved.is_none()));
    }
}
