//! Accounts whose keyring item is gone, brought back with what their owner still has.

use std::process::Command;

use otp::error::Exit;

use crate::session::{Session, run_inside};

#[test]
fn a_broken_account_comes_back_with_its_own_key() {
    run_inside("mending::inside");
}

#[test]
#[ignore = "run by the test above, inside a private keyring"]
fn inside() {
    let session = Session::new();
    let list = session.file(&[1, 2, 3]);
    session.succeeds(&["import", &list]);
    session.succeeds(&["edit", "site 2", "--tag", "money", "--note", "joint", "--url", "https://example.com/"]);
    session.succeeds(&["rename", "site 2", "my own name"]);

    // The same source again mends what is broken, and only that.
    break_it(&session, "site 2");
    let said = text(&session.run(&["import", &list]).stderr);
    assert!(said.contains("takes the place of the damaged account") && said.contains("stored 1 account"), "{said}");
    is_whole(&session, "site 2");
    let doctor = session.run(&["doctor", "--json"]);
    assert!(!text(&doctor.stdout).contains("missing or damaged"), "{}", text(&doctor.stdout));

    // So does a new key, although the old secret cannot be read.
    break_it(&session, "site 2");
    let key = "NNSXSIBQGAYDAMBS";
    let typed = format!("printf %s {key} | {} edit 'site 2' --new-key", quoted(&session));
    let said = Command::new("sh").args(["-c", &typed]).output().unwrap();
    assert!(said.status.success(), "{}", text(&said.stderr));
    is_whole(&session, "site 2");

    // And what was broken in the trash.
    let removed = id(&session, "site 2");
    session.succeeds(&["remove", "site 2"]);
    clear(&removed);
    session.succeeds(&["import", &list]);
    is_whole(&session, "site 2");
}

#[test]
fn accounts_are_found_when_list_and_canary_are_gone() {
    run_inside("mending::without_list_and_canary");
}

#[test]
#[ignore = "run by the test above, inside a private keyring"]
fn without_list_and_canary() {
    let session = Session::new();
    session.succeeds(&["import", &session.file(&[1, 2, 3])]);
    let shown = session.shown();
    std::fs::remove_dir_all(session.profile()).unwrap();
    let all = Command::new("secret-tool").args(["search", "--all", "service", "otp"]).output().unwrap();
    // The names are told on standard error.
    let told = format!("{}{}", text(&all.stdout), text(&all.stderr));
    let canary =
        told.lines().find_map(|line| line.strip_prefix("attribute.username = ").filter(|id| id.starts_with("vault:")));
    clear(canary.unwrap());
    assert_eq!(session.shown(), shown);
    session.succeeds(&["import", &session.file(&[4])]);
    assert_eq!(session.shown().len(), 4);
}

fn id(session: &Session, issuer: &str) -> String {
    let answer: serde_json::Value = serde_json::from_str(&session.succeeds(&["list", issuer, "--json"])).unwrap();
    answer["accounts"][0]["id"].as_str().unwrap().to_owned()
}

/// Deletes the keyring item `id`.
#[track_caller]
fn clear(id: &str) {
    let cleared = Command::new("secret-tool").args(["clear", "service", "otp", "username", id]).status();
    assert!(cleared.expect("secret-tool runs (Debian: libsecret-tools)").success());
}

/// Deletes the keyring item of the account of `issuer`.
#[track_caller]
fn break_it(session: &Session, issuer: &str) {
    clear(&id(session, issuer));
    assert_eq!(session.run(&["now", issuer]).status.code(), Some(Exit::Broken.code().into()));
}

/// The account of `issuer` gives its right code, and its owner's words and its place are kept.
#[track_caller]
fn is_whole(session: &Session, issuer: &str) {
    assert_eq!(session.shown().len(), 3);
    let answer: serde_json::Value = serde_json::from_str(&session.succeeds(&["list", "--json"])).unwrap();
    let entry = &answer["accounts"][1];
    assert_eq!(entry["issuer"], issuer);
    assert_eq!(entry["name"], "my own name");
    assert_eq!(entry["tags"], serde_json::json!(["money"]));
    assert_eq!(entry["note"], "joint");
    assert_eq!(entry["url"], "https://example.com/");
}

fn quoted(session: &Session) -> String {
    session.words().iter().map(|word| format!("'{word}'")).collect::<Vec<_>>().join(" ")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
