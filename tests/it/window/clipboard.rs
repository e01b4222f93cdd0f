//! What the window copied goes when it locks and when it ends, however it ends.

use std::fs;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use signal_hook::consts::{SIGHUP, SIGINT};
use signal_hook::flag::register_conditional_default;

use super::{PATIENCE, Shown, copy_code, unlock};
use crate::run::Otp;

/// A window whose codes stay in the clipboard for longer than any test waits, with one copied.
fn copied() -> (Otp, Shown) {
    let otp = Otp::with("otpauth://totp/Binance:taro?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Binance\n");
    fs::write(otp.profile().join("config.json"), r#"{"clipboard_seconds": 300}"#).unwrap();
    let shown = Shown::open(&otp);
    unlock(&shown, &otp, "binance");
    (otp, shown)
}

/// How many helpers of the window hold the clipboard.
fn helpers(shown: &Shown) -> usize {
    let threads = fs::read_dir(format!("/proc/{}/task", shown.process.id())).unwrap().flatten();
    let children = threads.map(|thread| fs::read_to_string(thread.path().join("children")).unwrap_or_default());
    let is_helper =
        |id: &&str| fs::read_to_string(format!("/proc/{id}/cmdline")).is_ok_and(|line| line.contains("clipboard-hold"));
    children.map(|children| children.split_whitespace().filter(is_helper).count()).sum()
}

#[track_caller]
fn until(mut holds: impl FnMut() -> bool) {
    let end = Instant::now() + PATIENCE;
    while !holds() {
        assert!(Instant::now() < end, "it never came true");
        std::thread::sleep(Duration::from_millis(100));
    }
}

#[test]
fn a_lock_takes_the_code_back_and_leaves_what_others_copied() {
    let (otp, shown) = copied();
    copy_code(&shown, &otp, "binance");
    // The same code twice, and one helper.
    shown.key(&["Return"]);
    until(|| helpers(&shown) == 1);
    assert_ne!(shown.screen.clipboard(), "");
    shown.key(&["ctrl+l"]);
    until(|| shown.screen.clipboard().is_empty());
    until(|| helpers(&shown) == 0);
    unlock(&shown, &otp, "binance");
    shown.screen.copy("something else");
    shown.key(&["ctrl+l"]);
    std::thread::sleep(Duration::from_secs(3));
    assert_eq!(shown.screen.clipboard(), "something else");
}

#[test]
fn a_window_that_ends_takes_its_code_along() {
    // Whoever started the tests may have had these ignored, and programs that they start inherit that.
    for signal in [SIGINT, SIGHUP] {
        register_conditional_default(signal, Arc::new(AtomicBool::new(true))).unwrap();
    }
    for end in ["q", "TERM", "INT", "HUP", "KILL"] {
        let (_otp, mut shown) = copied();
        assert_ne!(shown.screen.clipboard(), "", "{end}");
        if end == "q" {
            shown.key(&["ctrl+q"]);
        } else {
            let id = shown.process.id().to_string();
            assert!(Command::new("kill").args(["-s", end, &id]).status().unwrap().success());
        }
        until(|| shown.process.try_wait().unwrap().is_some());
        until(|| shown.screen.clipboard().is_empty());
    }
}
