//! The keyring of the system, as it is and when it fails. Each test has a session of its own.
#![cfg(target_os = "linux")]

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use otp::account::AccountId;
use otp::secret::Secret;
use otp::store::keyring::Keyring;
use otp::store::{BackendKind, Key, Line, Store, StoreError};
use rustix::process::{Pid, Signal, kill_process};
use zbus::zvariant::ObjectPath;

/// Declares tests that run again inside `scripts/with-keyring`, where nothing of the user's can be touched.
macro_rules! in_a_session_of_its_own {
    ($(fn $name:ident() $body:block)*) => {
        $(#[test]
        fn $name() {
            let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts/with-keyring");
            run_inside(Command::new(script).arg(std::env::current_exe().unwrap()), stringify!($name));
        })*

        mod inside {
            use super::*;

            $(#[test]
            #[ignore = "run by the test of the same name, inside a private keyring"]
            fn $name() {
                let private = std::env::var_os("OTP_TEST_KEYRING").is_some();
                assert!(private, "this test needs a private keyring: run it inside `scripts/with-keyring`");
                $body
            })*

            #[test]
            #[ignore = "run by the tests of sessions without a keyring"]
            fn there_is_no_keyring() {
                let mut keyring = Keyring::new();
                assert_eq!(keyring.list(), Err(StoreError::NoKeyring));
                assert_eq!(keyring.create(&[item("a line")], &mut |_| {}), Err(StoreError::NoKeyring));
                assert_eq!(keyring.backend().service, "");
            }
        }
    };
}

in_a_session_of_its_own! {
    fn a_hundred_are_kept_and_read_at_once() {
        let mut keyring = Keyring::new();
        // Every second line names its account, as ours do; the others have to be looked for.
        let items: Vec<_> = (0..100).map(|number| named_item(number, number % 2 == 0)).collect();
        let keys: Vec<_> = items.iter().map(|(key, _)| key.clone()).collect();
        let mut told = 0;
        keyring.create(&items, &mut |done| told = done).unwrap();
        keyring.sync().unwrap();
        assert_eq!(told, 100);

        // A second one knows nothing but what is kept.
        let mut keyring = Keyring::new();
        let lines = keyring.read(&keys).unwrap();
        for ((_, written), read) in items.iter().zip(&lines) {
            assert!(read.as_ref().unwrap().matches(written.secret()));
        }
        let mut listed = keyring.list().unwrap();
        listed.sort();
        let mut sorted = keys.clone();
        sorted.sort();
        assert_eq!(listed, sorted);

        keyring.delete(&keys[..99]).unwrap();
        assert_eq!(keyring.list().unwrap(), keys[99..]);
        assert_eq!(keyring.read(&keys).unwrap().iter().flatten().count(), 1);
    }

    fn others_see_one_item_and_no_name() {
        let (key, line) = item("otpauth://totp/Binance:taro?secret=GEZDGNBVGY3TQOJQ&issuer=Binance");
        let id = key.to_string();
        Keyring::new().create(&[(key, line)], &mut |_| {}).unwrap();
        let seen = Command::new("secret-tool").args(["search", "--all", "service", "otp"]).output().unwrap();
        // Attributes go to stderr, the rest to stdout.
        let seen = format!("{}{}", String::from_utf8(seen.stdout).unwrap(), String::from_utf8(seen.stderr).unwrap());
        let told = |name: &str| -> Vec<String> {
            seen.lines().filter_map(|line| line.strip_prefix(&format!("{name} = ")).map(str::to_owned)).collect()
        };
        assert_eq!(told("label"), [format!("2FA secret – do not delete – otp {}", &id[..4])]);
        assert_eq!(told("attribute.service"), ["otp"]);
        assert_eq!(told("attribute.username"), [id]);
        assert_eq!(seen.lines().filter(|line| line.starts_with("attribute.")).count(), 2);
        assert_eq!(seen.matches("Binance").count(), 2, "the names are in the secret itself only: {seen}");
    }

    fn it_says_what_it_is() {
        let backend = Keyring::new().backend();
        assert_eq!(backend.kind, BackendKind::Keyring);
        assert_eq!((backend.service.as_str(), backend.collection.as_str()), ("gnome-keyring-daemon", "login"));
    }

    fn what_is_not_there_is_none() {
        let mut keyring = Keyring::new();
        let keys = [Key::Account(AccountId::random().unwrap()), Key::Canary(AccountId::random().unwrap())];
        assert!(keyring.read(&keys).unwrap().iter().all(Option::is_none));
        assert_eq!(keyring.list().unwrap(), []);
        keyring.delete(&keys).unwrap();
    }

    fn an_item_is_never_replaced() {
        let mut keyring = Keyring::new();
        let (key, line) = item("old");
        keyring.create(&[(key.clone(), line)], &mut |_| {}).unwrap();
        let again = keyring.create(&[(key.clone(), item("new").1)], &mut |_| {});
        assert_eq!(again, Err(StoreError::Refused { code: "already-exists".into() }));
        assert!(keyring.read(&[key]).unwrap()[0].as_ref().unwrap().matches(item("old").1.secret()));
    }

    fn a_locked_keyring_is_locked() {
        let mut keyring = Keyring::new();
        let (key, line) = item("a line");
        keyring.create(&[(key.clone(), line)], &mut |_| {}).unwrap();
        lock();
        for mut keyring in [keyring, Keyring::new()] {
            let started = Instant::now();
            assert_eq!(keyring.read(std::slice::from_ref(&key)).err(), Some(StoreError::Locked));
            assert_eq!(keyring.list(), Err(StoreError::Locked));
            assert_eq!(keyring.create(&[item("another")], &mut |_| {}), Err(StoreError::Locked));
            assert_eq!(keyring.delete(std::slice::from_ref(&key)), Err(StoreError::Locked));
            assert!(started.elapsed() < Duration::from_secs(5), "nobody can be asked, so nothing is waited for");
        }
    }

    fn a_hung_keyring_times_out() {
        let mut keyring = Keyring::new();
        let (key, line) = item("a line");
        keyring.create(&[(key.clone(), line)], &mut |_| {}).unwrap();
        let daemon = daemon();
        kill_process(daemon, Signal::STOP).unwrap();
        let started = Instant::now();
        let error = keyring.read(std::slice::from_ref(&key)).err();
        let waited = started.elapsed();
        let started = Instant::now();
        let again = keyring.list();
        let told_again = started.elapsed();
        kill_process(daemon, Signal::CONT).unwrap();
        assert_eq!(error, Some(StoreError::TimedOut { seconds: 5 }));
        assert_eq!(again, Err(StoreError::TimedOut { seconds: 5 }));
        assert!((5..10).contains(&waited.as_secs()), "waited {waited:?}");
        assert!(told_again < Duration::from_secs(1), "told again after {told_again:?}");
        assert!(Keyring::new().read(&[key]).unwrap()[0].is_some());
    }

    fn a_keyring_that_died_is_found_again() {
        let mut keyring = Keyring::new();
        let (key, line) = item("a line");
        keyring.create(&[(key.clone(), line)], &mut |_| {}).unwrap();
        kill_process(daemon(), Signal::KILL).unwrap();
        // The bus starts another one, and nobody has told that one the password.
        assert_eq!(keyring.read(&[key]).err(), Some(StoreError::Locked));
    }
}

#[test]
fn no_bus_is_no_keyring() {
    let program = std::env::current_exe().unwrap();
    let bus = "unix:path=/nowhere/bus";
    run_inside(Command::new(program).env("DBUS_SESSION_BUS_ADDRESS", bus), "there_is_no_keyring");
}

#[test]
fn a_bus_without_a_keyring_is_no_keyring() {
    let (_folder, mut session) = bus_without_a_keyring();
    run_inside(&mut session, "there_is_no_keyring");
}

/// This program on a bus that can start no keyring, and the folder in which the bus lives.
pub(crate) fn bus_without_a_keyring() -> (tempfile::TempDir, Command) {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("bus.conf");
    let rules =
        "<policy context='default'><allow send_destination='*'/><allow receive_sender='*'/><allow own='*'/></policy>";
    let listen = format!("<listen>unix:dir={}</listen>", folder.path().display());
    std::fs::write(&config, format!("<busconfig><type>session</type>{listen}{rules}</busconfig>")).unwrap();
    let mut session = Command::new("dbus-run-session");
    session.arg("--config-file").arg(config).arg("--").arg(std::env::current_exe().unwrap());
    (folder, session)
}

/// Has `command` run the test `name` of the module `inside`.
#[track_caller]
fn run_inside(command: &mut Command, name: &str) {
    let test = format!("keyring::inside::{name}");
    let output = command.args(["--exact", &test, "--ignored", "--nocapture"]).output().unwrap();
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
}

fn item(text: &str) -> (Key, Line) {
    let line = Line::new(Secret::from_text(text.to_owned())).unwrap();
    (Key::Account(AccountId::random().unwrap()), line)
}

fn named_item(number: usize, named: bool) -> (Key, Line) {
    let id = AccountId::random().unwrap();
    let name = if named { format!("&id={id}&vault={id}") } else { String::new() };
    let (_, line) = item(&format!("otpauth://totp/{number}?secret=GE{name}"));
    (Key::Account(id), line)
}

/// A connection whose first call does nothing, or GNOME Keyring may abort (Debian bug 1147303).
fn bus() -> zbus::blocking::Connection {
    let bus = zbus::blocking::Connection::session().unwrap();
    let (name, interface) = (Some("org.freedesktop.secrets"), Some("org.freedesktop.Secret.Service"));
    bus.call_method(name, "/org/freedesktop/secrets", interface, "ReadAlias", &"nothing").unwrap();
    bus
}

pub(crate) fn lock() {
    let collection = ObjectPath::from_static_str_unchecked("/org/freedesktop/secrets/collection/login");
    let name = Some("org.freedesktop.secrets");
    let interface = Some("org.freedesktop.Secret.Service");
    bus().call_method(name, "/org/freedesktop/secrets", interface, "Lock", &(vec![collection],)).unwrap();
}

pub(crate) fn daemon() -> Pid {
    let name = Some("org.freedesktop.DBus");
    let body = "org.freedesktop.secrets";
    let reply = bus().call_method(name, "/org/freedesktop/DBus", name, "GetConnectionUnixProcessID", &body).unwrap();
    let number: u32 = reply.body().deserialize().unwrap();
    Pid::from_raw(number.try_into().unwrap()).unwrap()
}
