//! Recovery copies: the key given back from paper, and the folders that get copies, reached from the
//! settings.

use egui_kittest::kittest::Queryable;
use otp::text;
use otp::text::Lang;

use super::scenes::copies_folders;
use super::stage::{press, wait_for, write};

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
        write(&mut play, &text!("desktop-copies-path").say(lang), nowhere.to_str().unwrap());
        press(&mut play, &text!("desktop-copies-here").say(lang));
        let error = otp::store::StoreError::disk(&nowhere, &std::io::ErrorKind::NotFound.into());
        wait_for(&mut play, &crate::theme::sentence(&otp::error::Explain::text(&error), lang));
    }
}
