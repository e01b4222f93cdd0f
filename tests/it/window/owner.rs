//! The window asks polkit whether its owner is there, on the real keyring and by real keys.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use zbus::zvariant::OwnedValue;

use super::Shown;
use crate::capture::Bus;
use crate::session::{Session, run_inside};

/// What a desktop's polkit was asked, and what it answers.
#[derive(Clone, Default)]
struct Authority {
    asked: Arc<AtomicUsize>,
    action: Arc<Mutex<String>>,
    agrees: Arc<AtomicBool>,
}

/// Whether it agrees, whether there is more to ask, and details.
type Verdict = (bool, bool, HashMap<String, String>);

#[zbus::interface(name = "org.freedesktop.PolicyKit1.Authority")]
impl Authority {
    #[expect(clippy::needless_pass_by_value, reason = "as the bus brings them")]
    fn check_authorization(
        &self,
        subject: (String, HashMap<String, OwnedValue>),
        action: String,
        details: HashMap<String, String>,
        flags: u32,
        cancel: &str,
    ) -> (Verdict,) {
        // Whoever is asked for itself may tell no details; 1 is "the user may be asked".
        assert_eq!((&*subject.0, details.len(), flags, cancel), ("unix-process", 0, 1, ""));
        *self.action.lock().unwrap() = action;
        self.asked.fetch_add(1, Ordering::SeqCst);
        ((self.agrees.load(Ordering::SeqCst), false, HashMap::new()),)
    }
}

#[test]
fn the_window_asks_the_system_for_its_owner() {
    run_inside("window::owner::inside_asking_the_system_for_its_owner");
}

#[test]
#[ignore = "needs a private keyring; the test above runs it in one"]
fn inside_asking_the_system_for_its_owner() {
    let session = Session::new();
    session.succeeds(&["import", &session.file(&[1])]);
    let (bus, authority) = (Bus::start(), Authority::default());
    let builder = zbus::blocking::connection::Builder::address(&*bus.address).unwrap();
    let builder = builder.name("org.freedesktop.PolicyKit1").unwrap();
    let path = "/org/freedesktop/PolicyKit1/Authority";
    let _serving = builder.serve_at(path, authority.clone()).unwrap().build().unwrap();
    let shown = Shown::of(&session.profile(), |command| {
        command.env("DBUS_SESSION_BUS_ADDRESS", std::env::var_os("DBUS_SESSION_BUS_ADDRESS").unwrap());
        command.env("DBUS_SYSTEM_BUS_ADDRESS", &bus.address);
    });
    let code = || session.succeeds(&["now", "site 1"]).trim().to_owned();
    let copy = |shown: &Shown| {
        shown.key(&["Escape", "ctrl+f"]);
        shown.write("site 1");
        shown.key(&["Return"]);
    };
    shown.until(&code, &copy);
    shown.key(&["ctrl+l"]);
    // The one button of the locked window: whoever is there is not the owner, and sees nothing.
    press_until_asked(&shown, &authority, 1);
    shown.screen.copy("nothing");
    copy(&shown);
    std::thread::sleep(Duration::from_secs(2));
    assert_eq!(shown.screen.clipboard(), "nothing", "it opened for a stranger");
    authority.agrees.store(true, Ordering::SeqCst);
    let before = authority.asked.load(Ordering::SeqCst);
    press_until_asked(&shown, &authority, before + 1);
    shown.until(&code, &copy);
    assert_eq!(*authority.action.lock().unwrap(), "otp.unlock");
}

/// Presses the button of the locked window until polkit was asked so often.
#[track_caller]
fn press_until_asked(shown: &Shown, authority: &Authority, times: usize) {
    let end = std::time::Instant::now() + super::PATIENCE;
    while authority.asked.load(Ordering::SeqCst) < times {
        assert!(std::time::Instant::now() < end, "polkit was never asked");
        std::thread::sleep(Duration::from_secs(1));
        shown.key(&["Tab", "Return"]);
        std::thread::sleep(Duration::from_secs(1));
    }
}

/// What is installed with the program names the action that it asks for.
#[test]
fn the_policy_names_the_action() {
    let policy = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/packaging/otp.policy")).unwrap();
    assert!(policy.contains("<action id=\"otp.unlock\">"));
}

/// By the menu specification of freedesktop, `Security` goes with `Settings` or `System` only.
#[test]
fn the_menu_finds_the_program_under_categories_that_stand_on_their_own() {
    let entry = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/packaging/otp.desktop")).unwrap();
    let categories = entry.lines().find_map(|line| line.strip_prefix("Categories=")).unwrap();
    assert_eq!(categories, "Utility;");
}
