//! Recovery copies: the key given back from paper, and the folders that get copies, reached from the
//! settings.

use std::io::ErrorKind;

use eframe::egui;
use egui_kittest::kittest::Queryable;
use otp::error::Explain;
use otp::store::StoreError;
use otp::text;
use otp::text::Lang;

use super::scenes::copies_folders;
use super::stage::{press, wait_for, write, written};

#[test]
fn a_folder_gets_copies_and_no_more_when_it_is_taken_away() {
    for lang in Lang::ALL {
        let mut play = copies_folders(lang);
        let folder = tempfile::tempdir().unwrap();
        let files = || std::fs::read_dir(folder.path()).unwrap().count();
        let remove = text!("desktop-copies-remove").say(lang);
        assert!(play.query_by_label(&remove).is_none());
        write(&mut play, &text!("desktop-copies-path").say(lang), folder.path().to_str().unwrap());
        press(&mut play, &text!("desktop-copies-here").say(lang));
        wait_for(&mut play, &remove);
        assert!(files() > 0, "no copy came");
        press(&mut play, &remove);
        let here = text!("desktop-copies-here").say(lang);
        while play.query_by_label(&remove).is_some() || play.query_by_label(&here).is_none() {
            play.run_steps(1);
        }
    }
}

#[test]
fn the_settings_lead_to_the_folders() {
    for lang in Lang::ALL {
        let mut play = copies_folders(lang);
        press(&mut play, &text!("desktop-back").say(lang));
        press(&mut play, &text!("desktop-back").say(lang));
        press(&mut play, &text!("desktop-nav-more").say(lang));
        press(&mut play, &text!("desktop-nav-settings").say(lang));
        wait_for(&mut play, &text!("desktop-set-copies").say(lang));
        press(&mut play, &text!("desktop-set-folders").say(lang));
        wait_for(&mut play, &text!("desktop-copies-stop").say(lang));
    }
}

#[test]
fn a_folder_that_is_not_there_is_said() {
    for lang in Lang::ALL {
        let mut play = copies_folders(lang);
        let nowhere = play.state().folder.path().join("nowhere");
        let (field, path) = (text!("desktop-copies-path").say(lang), nowhere.to_str().unwrap());
        write(&mut play, &field, path);
        play.key_press(egui::Key::Enter);
        let error = StoreError::Disk { file: path.to_owned(), kind: ErrorKind::NotFound };
        wait_for(&mut play, &crate::theme::sentence(&error.text(), lang));
        // The slip can be mended where it was made.
        wait_for(&mut play, &field);
        play.run_steps(2);
        assert_eq!(written(&play, &field), path);
        std::fs::create_dir(&nowhere).unwrap();
        play.key_press(egui::Key::Enter);
        wait_for(&mut play, &text!("desktop-copies-remove").say(lang));
        assert_eq!(written(&play, &field), "");
    }
}
