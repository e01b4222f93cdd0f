//! By X11. Wayland lets no program see keys that are meant for another, so its desktops start
//! `otp-desktop` by a shortcut of their own, which comes to the same.

use std::sync::Arc;
use std::thread;

use x11rb::connection::Connection;
use x11rb::errors::ReplyError;
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{ConnectionExt as _, GrabMode, Keycode, ModMask, Window};
use x11rb::rust_connection::RustConnection;

use crate::call::Call;

/// The letter O, as X11 calls it.
const LETTER: u32 = 0x6f;

/// The key combination of this window.
pub(crate) struct Hotkey {
    call: Call,
    /// The display, once the key was wanted; its thread sleeps while there is no grab.
    display: Option<Display>,
}

struct Display {
    server: Arc<RustConnection>,
    root: Window,
    key: Keycode,
}

impl Hotkey {
    /// Off, until [`Self::set`]; pressing it makes the `call`.
    pub(crate) fn new(call: Call) -> Self {
        Self { call, display: None }
    }

    /// Whether this desktop lets a program have keys of its own.
    pub(crate) fn is_possible() -> bool {
        let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        set("DISPLAY") && !set("WAYLAND_DISPLAY")
    }

    /// Turns it on or off; false when another program has the combination.
    pub(crate) fn set(&mut self, on: bool) -> bool {
        if on && self.display.is_none() {
            self.display = self.listen().ok();
        }
        let Some(display) = &self.display else { return !on };
        display.grab(on).is_ok()
    }

    /// Connects, and waits for keys on a thread of its own.
    fn listen(&self) -> Result<Display, Box<dyn std::error::Error>> {
        let (server, screen) = RustConnection::connect(None)?;
        let server = Arc::new(server);
        let root = server.setup().roots.get(screen).ok_or("no screen")?.root;
        let key = key_of(&server, LETTER)?.ok_or("no such key")?;
        let (heard, call) = (Arc::clone(&server), self.call.clone());
        thread::Builder::new().name("hotkey".to_owned()).spawn(move || {
            while let Ok(event) = heard.wait_for_event() {
                if matches!(event, Event::KeyPress(_)) {
                    call.make();
                }
            }
        })?;
        Ok(Display { server, root, key })
    }
}

impl Display {
    /// Takes the combination, or gives it back, whatever Caps Lock and Num Lock say.
    fn grab(&self, on: bool) -> Result<(), ReplyError> {
        let held = ModMask::CONTROL | ModMask::M1;
        for locks in [ModMask::from(0_u16), ModMask::LOCK, ModMask::M2, ModMask::LOCK | ModMask::M2] {
            let (held, way) = (held | locks, GrabMode::ASYNC);
            if on {
                self.server.grab_key(false, self.root, held, self.key, way, way)?.check()?;
            } else {
                self.server.ungrab_key(self.key, self.root, held)?.check()?;
            }
        }
        Ok(())
    }
}

/// The key that writes `symbol`.
fn key_of(server: &RustConnection, symbol: u32) -> Result<Option<Keycode>, ReplyError> {
    let (least, most) = (server.setup().min_keycode, server.setup().max_keycode);
    let mapping = server.get_keyboard_mapping(least, most - least + 1)?.reply()?;
    let each = usize::from(mapping.keysyms_per_keycode).max(1);
    let writes = |symbols: &[u32]| symbols.contains(&symbol);
    let place = mapping.keysyms.chunks(each).position(writes).and_then(|place| u8::try_from(place).ok());
    Ok(place.and_then(|place| least.checked_add(place)))
}
