//! What the desktop says: the screen locks, the session locks, the computer goes to sleep.

use std::process::Command;
use std::time::Duration;

use super::{Shown, copy_code, unlock};
use crate::capture::Bus;
use crate::run::Otp;

/// Says `signal` with `value` on `bus`, as the services of a desktop do.
fn say(bus: &Bus, path: &str, signal: &str, value: &[&str]) {
    let mut send = Command::new("dbus-send");
    send.arg(format!("--bus={}", bus.address)).args(["--type=signal", path, signal]).args(value);
    assert!(send.status().expect("dbus-send is installed").success());
}

/// Whether a code can be copied within a few seconds.
fn copies(shown: &Shown, name: &str) -> bool {
    shown.screen.copy("nothing");
    shown.key(&["Escape", "ctrl+f"]);
    shown.write(name);
    shown.key(&["Return"]);
    std::thread::sleep(Duration::from_secs(3));
    shown.screen.clipboard() != "nothing"
}

#[test]
fn the_window_locks_with_the_screen_the_session_and_before_sleep() {
    let otp = Otp::with("otpauth://totp/Binance:taro?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Binance\n");
    let bus = Bus::start();
    let shown = Shown::with(&otp, |command| {
        // One bus stands for both: the window listens on each for its own.
        command.env("DBUS_SYSTEM_BUS_ADDRESS", &bus.address).env("DBUS_SESSION_BUS_ADDRESS", &bus.address);
        command.env_remove("XDG_SESSION_ID");
    });
    unlock(&shown, &otp, "binance");
    let login = "/org/freedesktop/login1";
    let signals: [(&str, &str, &[&str]); 3] = [
        (login, "org.freedesktop.login1.Manager.PrepareForSleep", &["boolean:true"]),
        ("/org/freedesktop/login1/session/_31", "org.freedesktop.login1.Session.Lock", &[]),
        ("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver.ActiveChanged", &["boolean:true"]),
    ];
    for (path, signal, value) in signals {
        // The computer wakes up, and the screen saver goes: that locks nothing.
        say(&bus, login, "org.freedesktop.login1.Manager.PrepareForSleep", &["boolean:false"]);
        say(&bus, "/org/gnome/ScreenSaver", "org.gnome.ScreenSaver.ActiveChanged", &["boolean:false"]);
        copy_code(&shown, &otp, "binance");
        say(&bus, path, signal, value);
        std::thread::sleep(Duration::from_secs(2));
        assert!(!copies(&shown, "binance"), "{signal} did not lock it");
        unlock(&shown, &otp, "binance");
    }
}
