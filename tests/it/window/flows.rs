//! Whole errands by keys alone: a sheet onto paper and back, and a code read from the screen.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;
use std::time::{Duration, Instant};

use super::{PATIENCE, Shown, start, unlock};
use crate::capture::Painter;
use crate::run::Otp;

const TWO: &str = "otpauth://totp/Binance:taro?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Binance\n\
    otpauth://totp/Coincheck:jiro?secret=MFRGGZDFMZTWQ2LK&issuer=Coincheck\n";

/// Has `errand` done until `done`, from its start each time and with longer pauses: nothing on the
/// screen tells that a view has come.
#[track_caller]
fn errand(errand: &dyn Fn(Duration), done: &dyn Fn() -> bool) {
    let end = Instant::now() + PATIENCE * 3;
    let mut pause = Duration::from_secs(2);
    while !done() {
        assert!(Instant::now() < end, "the errand never came to its end");
        errand(pause);
        pause += pause / 2;
    }
}

/// The Tab key `count` times, and Enter.
fn press(shown: &Shown, count: usize) {
    shown.key(&[vec!["Tab"; count], vec!["Return"]].concat());
}

/// A home whose print command keeps what it gets.
fn with_printer() -> (Otp, String) {
    let otp = Otp::with(TWO);
    let folder = otp.home().join("bin");
    fs::create_dir(&folder).unwrap();
    let printer = folder.join("lp");
    let kept = otp.home().join("printed.pdf");
    fs::write(&printer, format!("#!/bin/sh\ncat > '{}'\n", kept.display())).unwrap();
    fs::set_permissions(&printer, fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:{}", folder.display(), std::env::var("PATH").unwrap());
    (otp, path)
}

#[test]
fn a_sheet_goes_to_the_printer_and_its_pictures_prove_it() {
    let (otp, path) = with_printer();
    let shown = Shown::with(&otp, |command| {
        command.env("PATH", &path);
    });
    unlock(&shown, &otp, "coincheck");
    let index = || fs::read_to_string(otp.profile().join("index.json")).unwrap();
    let print = |pause| {
        shown.key(&["ctrl+r"]);
        std::thread::sleep(pause);
        // Behind the way back, the first step is to make a sheet.
        press(&shown, 2);
        std::thread::sleep(pause);
        // Back, three kinds, two papers, and the sheet is made.
        press(&shown, 7);
        std::thread::sleep(pause);
        // Back, the file, save, choose, print.
        press(&shown, 5);
        std::thread::sleep(pause);
        // The question about printers begins at its second answer, which is no.
        shown.key(&["shift+Tab", "Return"]);
        std::thread::sleep(pause);
    };
    errand(&print, &|| index().contains("\"printed\""));
    let draw =
        Command::new("pdftoppm").args(["-r", "150", "-png", "printed.pdf", "page"]).current_dir(otp.home()).status();
    assert!(draw.expect("pdftoppm is installed").success());
    let files = fs::read_dir(otp.home()).unwrap().flatten().map(|entry| entry.path());
    let pages: Vec<String> = files
        .filter(|path| path.extension().is_some_and(|extension| extension == "png"))
        .map(|path| path.to_str().unwrap().to_owned())
        .collect();
    assert!(!pages.is_empty());
    let prove = |pause| {
        shown.key(&["ctrl+r"]);
        std::thread::sleep(pause);
        // Now the first step is to prove it.
        press(&shown, 2);
        std::thread::sleep(pause);
        let pages: Vec<&str> = pages.iter().map(String::as_str).collect();
        start(&otp.profile(), &shown.screen, shown.runtime.path(), &pages).status().unwrap();
        std::thread::sleep(pause);
    };
    errand(&prove, &|| index().matches("\"paper_proved\"").count() == 2);
}

#[test]
fn a_code_that_the_window_covers_is_read_from_the_screen() {
    let otp = Otp::with(TWO);
    let shown = Shown::open(&otp);
    let painter = Painter::on(&shown.screen.name);
    painter.behind("otpauth://totp/Screen:taro?secret=KRSXG5BAONSWG4TFOQQHO2LUNBXXK5BA&issuer=Screen");
    unlock(&shown, &otp, "coincheck");
    let read = |pause| {
        shown.focus();
        shown.key(&["ctrl+n"]);
        std::thread::sleep(pause);
        // Back, choose a file, read the screen.
        press(&shown, 3);
        std::thread::sleep(pause + Duration::from_secs(1));
        // The window was away, and nobody manages windows here.
        shown.focus();
        // Back, the tick, keep.
        press(&shown, 3);
        std::thread::sleep(pause);
    };
    errand(&read, &|| otp.run(["list"]).succeeds().stdout.contains("Screen"));
}
