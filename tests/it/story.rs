//! The main job once more, with a real keyring: everything a first day with `otp` brings.

use std::path::Path;
use std::process::Command;

use otp::error::Exit;

use crate::main_job::{HANAKO, MOMENT, SAFE, TARO};
use crate::run::{Otp, SECRET};

/// The same story with the keyring of a session of its own.
#[test]
fn the_story_in_a_keyring() {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts/with-keyring");
    let mut inside = Command::new(script);
    inside.arg(std::env::current_exe().unwrap());
    let output = inside.args(["--exact", "story::inside_a_keyring", "--ignored", "--nocapture"]).output().unwrap();
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
}

#[test]
#[ignore = "run by `the_story_in_a_keyring`, inside a private keyring"]
fn inside_a_keyring() {
    let private = std::env::var_os("OTP_TEST_KEYRING").is_some();
    assert!(private, "this test needs a private keyring: run it inside `scripts/with-keyring`");
    let otp = Otp::bare();
    let run = |arguments: &[&str]| otp.run(arguments.iter().copied()).in_this_session();
    let picture = otp.picture("screenshot.png", TARO.trim());
    run(&["import", "--qr", &picture, "--yes"])
        .stderr(&format!("new: Binance (taro@example.com)\nstored 1 account\n{SAFE}"))
        .succeeds();
    run(&["import", "-", "--yes"]).stdin(HANAKO).succeeds();
    run(&["now", "binance", "--at", &MOMENT.to_string()]).stdout("081804\n").succeeds();
    run(&["list"]).stdout("Binance           taro@example.com\nビットフライヤー  hanako\n").succeeds();
    run(&["remove", "binance", "--yes"]).succeeds();
    run(&["now", "binance"]).fails_with(Exit::NotFound);
    run(&["restore", "binance"]).stderr("Binance (taro@example.com) is back\n").succeeds();
    run(&["now", "binance", "--at", &MOMENT.to_string()]).stdout("081804\n").succeeds();
    run(&["doctor"]).succeeds();
    assert!(!otp.profile().join("vault.age").exists());
    let index = std::fs::read_to_string(otp.profile().join("index.json")).unwrap();
    assert!(!index.contains(SECRET) && index.contains("Binance"));
    // Without the bus there is no keyring, and nothing changes.
    otp.run(["now", "binance"])
        .stderr(
            "error: no keyring answers on this computer\nhint: log in to the desktop whose keyring has your accounts; if \
             it is gone for good, a recovery sheet, a copy or a backup has them, and `otp rescue` says what to do\n",
        )
        .fails_with(Exit::NoKeyring);
    assert_eq!(std::fs::read_to_string(otp.profile().join("index.json")).unwrap(), index);
}
