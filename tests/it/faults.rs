//! Keyrings that fail (G4): one that never answers, answers late, gives empty secrets or forgets
//! what it took, and one whose daemon is killed while it writes. Needs `strace`.

use std::fs;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use otp::error::Exit;

use crate::damage::program::with_the_daemon_stopped;
use crate::keyring::{bus_without_a_keyring, daemon};
use crate::loud::loudly;
use crate::session::{self, Session};

mod service;

use service::{Manner, Service};

/// The calls with which a keyring writes its file.
const WRITING: [&str; 5] = ["write", "fsync", "rename", "link", "unlink"];

/// Has the ignored test `name` run on a bus where no keyring is, in a home of its own.
#[track_caller]
fn without_a_keyring(name: &str) {
    let (folder, mut command) = bus_without_a_keyring();
    command.args(["--exact", name, "--ignored", "--nocapture"]);
    command.env("HOME", folder.path()).env("XDG_RUNTIME_DIR", folder.path()).env("OTP_TEST_KEYRING", "1");
    for variable in ["XDG_DATA_HOME", "XDG_CONFIG_HOME", "DISPLAY", "WAYLAND_DISPLAY"] {
        command.env_remove(variable);
    }
    let output = command.output().unwrap();
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
}

/// A command that has to fail with `exit`, a sentence and a hint, and leave the index as it is.
#[track_caller]
fn fails(session: &Session, arguments: &[&str], exit: Exit) {
    fails_with_one_of(session, arguments, &[exit]);
}

#[track_caller]
fn fails_with_one_of(session: &Session, arguments: &[&str], exits: &[Exit]) {
    let index = session.profile().join("index.json");
    let before = fs::read(&index).ok();
    let output = session.run(arguments);
    let said = String::from_utf8(output.stderr).unwrap();
    let expected = exits.iter().any(|exit| output.status.code() == Some(exit.code().into()));
    assert!(expected, "{:?}: {arguments:?}: {said}", output.status);
    assert!(said.contains("error: ") && said.contains("hint: "), "{arguments:?}: {said}");
    assert_eq!(fs::read(&index).ok(), before, "{arguments:?}");
}

#[test]
fn a_service_that_misbehaves_loses_nothing() {
    without_a_keyring("faults::inside_of_misbehaviour");
}

#[test]
#[ignore = "run by the test above, on a bus of its own"]
fn inside_of_misbehaviour() {
    let (service, session) = (Service::start(), Session::new());
    // Before there is anything, a place that does not keep its word gets no profile.
    service.behave(Manner::Forgetful);
    fails(&session, &["import", &session.file(&[1])], Exit::Refused);
    service.behave(Manner::Honest);
    session.succeeds(&["import", &session.file(&[1, 2])]);
    let (before, items) = (session.shown(), service.items());

    service.behave(Manner::Silent);
    let new = session.file(&[3, 4]);
    for arguments in [&["now", "site 1"][..], &["list", "--codes"], &["rename", "site 1", "x"], &["import", &new]] {
        fails(&session, arguments, Exit::TimedOut);
    }
    for manner in [Manner::Chatty, Manner::Late(Duration::from_secs(6))] {
        service.behave(manner);
        fails(&session, &["now", "site 1"], Exit::TimedOut);
    }
    service.behave(Manner::Late(Duration::from_millis(300)));
    assert_eq!(session.shown(), before, "slow is not silent");

    service.behave(Manner::Empty);
    for arguments in [&["now", "site 1"][..], &["list", "--codes"], &["rename", "site 1", "x"], &["import", &new]] {
        fails(&session, arguments, Exit::EmptiedKeyring);
    }
    service.behave(Manner::Honest);
    assert_eq!((session.shown(), service.items()), (before.clone(), items));

    service.behave(Manner::Forgetful);
    let output = session.run(&["import", &new]);
    assert_eq!(output.status.code(), Some(Exit::Refused.code().into()));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("error: a secret was stored but does not come back unchanged\n"), "{said}");
    assert!(!said.contains("stored 2 accounts"), "{said}");
    service.behave(Manner::Honest);
    assert_eq!(session.shown(), before);
    session.succeeds(&["import", &new]);
    assert_eq!(session.shown().len(), 4);
}

/// Has the daemon killed at its next call number `when` of `call`, before the system does it.
fn doom(call: &str, when: usize) -> Child {
    let process = daemon().as_raw_pid().to_string();
    let mut strace = Command::new("strace");
    strace.args(["-f", "-qq", "-o", "/dev/null", "-e", &format!("trace=?{call}")]);
    strace.args(["-e", &format!("inject=?{call}:signal=KILL:when={when}"), "-p", &process]);
    let strace = strace.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let traced = |line: &str| line.strip_prefix("TracerPid:").is_some_and(|tracer| tracer.trim() != "0");
    let is_traced = || fs::read_to_string(format!("/proc/{process}/status")).is_ok_and(|all| all.lines().any(traced));
    for _ in 0..600 {
        if is_traced() {
            break;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    strace
}

#[test]
fn a_daemon_killed_at_its_own_writing_loses_nothing() {
    if rustix::process::geteuid().is_root() {
        session::run_inside("faults::inside_of_killing");
    } else {
        loudly("the keyring's daemon was NOT killed while it writes: following another process needs root");
    }
}

#[test]
#[ignore = "run by the test above, inside a private keyring"]
fn inside_of_killing() {
    let session = Session::new();
    session.succeeds(&["import", &session.file(&[1, 2])]);
    let (mut reported, mut next, mut points) = (session.shown(), 10, 0);
    for call in WRITING {
        for when in (1..).step_by(3) {
            let file = session.file(&[next, next + 1]);
            let numbers = [next, next + 1];
            next += 2;
            let mut strace = doom(call, when);
            let output = session.run(&["import", &file]);
            let hit = strace.try_wait().unwrap().is_some();
            with_the_daemon_stopped(|| ());
            let _ = strace.kill();
            strace.wait().unwrap();
            let shown = session.shown();
            let what = format!("{call} number {when}: {}", String::from_utf8_lossy(&output.stderr));
            assert!(reported.iter().all(|(issuer, _)| shown.contains_key(issuer)), "lost: {what}");
            let whole = numbers.iter().filter(|number| shown.contains_key(&format!("site {number}"))).count();
            let done = output.status.success();
            assert!(whole == 2 || whole == 0 && !done, "{whole} are there, reported: {done}: {what}");
            session.succeeds(&["import", &file]);
            reported = session.shown();
            assert!(numbers.iter().all(|number| reported.contains_key(&format!("site {number}"))), "{what}");
            if !hit {
                break;
            }
            points += 1;
        }
    }
    println!("measured: the daemon was killed {points} times");
    assert!(points > 5, "{points} calls were hit: is `strace` installed and permitted?");
}

#[test]
fn a_file_garbled_or_put_back_from_yesterday_is_told() {
    session::run_inside("faults::inside_of_files");
}

#[test]
#[ignore = "run by the test above, inside a private keyring"]
fn inside_of_files() {
    let session = Session::new();
    let keyring = PathBuf::from(std::env::var_os("XDG_DATA_HOME").unwrap()).join("keyrings/login.keyring");
    let put = |bytes: &[u8]| with_the_daemon_stopped(|| fs::write(&keyring, bytes).unwrap());
    session.succeeds(&["import", &session.file(&[1, 2])]);
    let (yesterday, then) = (fs::read(&keyring).unwrap(), session.shown());
    session.succeeds(&["import", &session.file(&[3])]);
    let (today, now) = (fs::read(&keyring).unwrap(), session.shown());

    put(&yesterday);
    let output = session.run(&["list", "--codes", "--json"]);
    assert_eq!(output.status.code(), Some(Exit::Broken.code().into()));
    fails(&session, &["now", "site 3"], Exit::Broken);
    assert_eq!(session.succeeds(&["now", "site 1"]).trim().len(), 6);
    put(&today);
    assert_eq!(session.shown(), now);
    assert!(then.iter().all(|(issuer, _)| now.contains_key(issuer)));

    let garbled: Vec<u8> = today.iter().map(|byte| byte ^ 0x55).collect();
    put(&garbled);
    // The daemon takes such a file for none, and begins another one sooner or later.
    for arguments in [&["now", "site 1"][..], &["list", "--codes"], &["import", &session.file(&[7])]] {
        fails_with_one_of(&session, arguments, &[Exit::WrongKeyring, Exit::EmptiedKeyring]);
    }
    put(&today);
    assert_eq!(session.shown(), now);
}
