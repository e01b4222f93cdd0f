//! The window on the real keyring, in a session that is thrown away.

use std::time::{Duration, Instant};

use super::{PATIENCE, Shown};
use crate::session::{Session, run_inside};

#[test]
fn the_window_works_on_the_real_keyring() {
    run_inside("window::session::inside_on_the_real_keyring");
}

#[test]
#[ignore = "needs a private keyring; the test above runs it in one"]
fn inside_on_the_real_keyring() {
    let session = Session::new();
    session.succeeds(&["import", &session.file(&[1, 2])]);
    let shown = Shown::of(&session.profile(), |command| {
        command.env("DBUS_SESSION_BUS_ADDRESS", std::env::var_os("DBUS_SESSION_BUS_ADDRESS").unwrap());
    });
    let code = |name: &'static str| move || session_code(name);
    let copy = |name: &'static str| {
        shown.until(&code(name), &move |shown| {
            shown.key(&["Escape", "ctrl+f"]);
            shown.write(name);
            shown.key(&["Return"]);
        });
    };
    copy("site 2");
    // What the terminal stores meanwhile is there, too.
    session.succeeds(&["import", &session.file(&[3])]);
    copy("site 3");
    // A backup key typed in the window goes into the keyring.
    let end = Instant::now() + PATIENCE * 3;
    let mut pause = Duration::from_secs(1);
    type_key(&shown, pause);
    while !session.succeeds(&["list"]).contains("Typed") {
        assert!(Instant::now() < end, "the typed key never came in");
        pause += pause / 2;
        // What was typed is left only after a question, whose other button is the one that leaves.
        shown.key(&["ctrl+n"]);
        std::thread::sleep(pause);
        shown.key(&["shift+Tab", "Return"]);
        std::thread::sleep(pause);
        type_key(&shown, pause);
    }
    // A click on the first row copies, too.
    shown.key(&["Escape", "Escape", "Escape", "ctrl+f"]);
    shown.until(&code("site 1"), &|shown| shown.click(150, 130));
}

/// Types a backup key and its names, and keeps it.
fn type_key(shown: &Shown, pause: Duration) {
    let press = |count: usize| shown.key(&[vec!["Tab"; count], vec!["Return"]].concat());
    shown.key(&["ctrl+n"]);
    std::thread::sleep(pause);
    // Back, choose a file, the screen, the clipboard, type a key.
    press(5);
    std::thread::sleep(pause);
    shown.write("KRSXG5BAONSWG4TFOQQHO2LUNBXXK5BA");
    // Whether it is shown, then the issuer.
    shown.key(&["Tab", "Tab"]);
    shown.write("Typed");
    shown.key(&["Tab"]);
    shown.write("taro");
    // The details, go on.
    press(2);
    std::thread::sleep(pause);
    // Back, the tick, keep.
    press(3);
    std::thread::sleep(pause);
}

/// The code of an account of [`Session`] now.
fn session_code(name: &str) -> String {
    let said = Session::new().succeeds(&["now", name]);
    said.trim().to_owned()
}
