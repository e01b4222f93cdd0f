//! What calls the window up: a key that is pressed in no window, and a sign in the desktop's tray.

use std::fs;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use x11rb::CURRENT_TIME;
use x11rb::connection::Connection as _;
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{
    ChangeWindowAttributesAux, ClientMessageEvent, ConnectionExt as _, EventMask, InputFocus,
};
use x11rb::rust_connection::RustConnection;
use zbus::blocking::connection::Builder;
use zbus::blocking::{Connection, Proxy};

use super::{PATIENCE, Shown};
use crate::capture::Bus;
use crate::run::Otp;

const ONE: &str = "otpauth://totp/Binance:taro?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Binance\n";

/// A home whose window has these settings.
fn with_settings(settings: &str) -> Otp {
    let otp = Otp::with(ONE);
    fs::write(otp.profile().join("config.json"), settings).unwrap();
    otp
}

/// Does `deed` until a window asks to be brought to the front, as a window manager is asked.
#[track_caller]
fn comes_forward(shown: &Shown, deed: impl Fn()) {
    let (server, screen) = RustConnection::connect(Some(&shown.screen.name)).unwrap();
    let root = server.setup().roots[screen].root;
    let heed = ChangeWindowAttributesAux::new().event_mask(EventMask::SUBSTRUCTURE_NOTIFY);
    server.change_window_attributes(root, &heed).unwrap().check().unwrap();
    let wanted = server.intern_atom(false, b"_NET_ACTIVE_WINDOW").unwrap().reply().unwrap().atom;
    let end = Instant::now() + PATIENCE;
    loop {
        assert!(Instant::now() < end, "the window never came forward");
        deed();
        std::thread::sleep(Duration::from_millis(700));
        while let Some(event) = server.poll_for_event().unwrap() {
            if matches!(&event, Event::ClientMessage(message) if message.type_ == wanted) {
                return;
            }
        }
    }
}

/// Presses the cross of the title bar, for a window without one.
fn close(shown: &Shown, window: u32) {
    let (server, _) = RustConnection::connect(Some(&shown.screen.name)).unwrap();
    let atom = |name: &[u8]| server.intern_atom(false, name).unwrap().reply().unwrap().atom;
    let content = [atom(b"WM_DELETE_WINDOW"), 0, 0, 0, 0];
    let message = ClientMessageEvent::new(32, window, atom(b"WM_PROTOCOLS"), content);
    server.send_event(false, window, EventMask::NO_EVENT, message).unwrap().check().unwrap();
}

#[test]
fn a_key_brings_the_window_to_the_front_from_wherever_it_is_pressed() {
    let otp = with_settings(r#"{"hotkey": true}"#);
    let shown = Shown::open(&otp);
    let (server, _) = RustConnection::connect(Some(&shown.screen.name)).unwrap();
    comes_forward(&shown, || {
        // No window has the keys now.
        server.set_input_focus(InputFocus::NONE, InputFocus::POINTER_ROOT, CURRENT_TIME).unwrap().check().unwrap();
        shown.screen.ask("xdotool", &["key", "ctrl+alt+o"]);
    });
}

/// A desktop's tray, which tells which signs it was told of.
struct Tray(Sender<String>);

#[zbus::interface(name = "org.kde.StatusNotifierWatcher")]
impl Tray {
    fn register_status_notifier_item(&self, name: &str) {
        self.0.send(name.to_owned()).unwrap();
    }
}

fn tray(bus: &Bus) -> (Connection, Receiver<String>) {
    let (told, signs) = channel();
    let tray = Builder::address(bus.address.as_str()).unwrap();
    let tray = tray.serve_at("/StatusNotifierWatcher", Tray(told)).unwrap();
    (tray.name("org.kde.StatusNotifierWatcher").unwrap().build().unwrap(), signs)
}

#[test]
fn a_sign_in_the_tray_brings_the_window_up_which_is_hidden_when_it_is_closed() {
    let otp = with_settings(r#"{"tray": true}"#);
    let bus = Bus::start();
    let (tray, signs) = tray(&bus);
    let mut shown = Shown::with(&otp, |command| {
        command.env("DBUS_SESSION_BUS_ADDRESS", &bus.address);
    });
    let name = signs.recv_timeout(PATIENCE).unwrap();
    let sign = Proxy::new(&tray, name, "/StatusNotifierItem", "org.kde.StatusNotifierItem").unwrap();
    assert_eq!(sign.get_property::<String>("IconName").unwrap(), "otp");
    let icons: Vec<(i32, i32, Vec<u8>)> = sign.get_property("IconPixmap").unwrap();
    let whole = |(width, height, pixels): &(i32, i32, Vec<u8>)| i32::try_from(pixels.len()) == Ok(width * height * 4);
    assert!(icons.iter().all(whole));
    assert_eq!(icons.len(), 1);
    let press = || sign.call_method("Activate", &(0, 0)).map(drop).unwrap();
    comes_forward(&shown, press);
    let number = shown.process.id().to_string();
    let visible = |shown: &Shown| shown.screen.ask("xdotool", &["search", "--onlyvisible", "--pid", &number, "otp"]);
    let end = Instant::now() + PATIENCE;
    while let Some(id) = visible(&shown).lines().next() {
        assert!(Instant::now() < end, "the window is still there");
        close(&shown, id.parse().unwrap());
        std::thread::sleep(Duration::from_millis(500));
    }
    assert!(shown.process.try_wait().unwrap().is_none(), "closing it ended the program");
    comes_forward(&shown, press);
    assert!(visible(&shown).lines().next().is_some());
    shown.focus();
    let end = Instant::now() + PATIENCE;
    while shown.process.try_wait().unwrap().is_none() {
        assert!(Instant::now() < end, "Ctrl+Q did not end it");
        shown.key(&["ctrl+q"]);
        std::thread::sleep(Duration::from_millis(500));
    }
}
