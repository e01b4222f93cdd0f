//! By the system itself, as Windows and macOS offer it. Has to be asked on the window's own thread,
//! whose loop brings the key presses.

use global_hotkey::hotkey::{Code, HotKey, Modifiers};
use global_hotkey::{GlobalHotKeyEvent, GlobalHotKeyManager, HotKeyState};

use crate::call::Call;

/// The key combination of this window.
pub(crate) struct Hotkey {
    /// What holds the combination, once it was wanted.
    keys: Option<GlobalHotKeyManager>,
}

impl Hotkey {
    /// Off, until [`Self::set`]; pressing it makes the `call`.
    pub(crate) fn new(call: Call) -> Self {
        GlobalHotKeyEvent::set_event_handler(Some(move |event: GlobalHotKeyEvent| {
            if event.state == HotKeyState::Pressed {
                call.make();
            }
        }));
        Self { keys: None }
    }

    /// Whether this desktop lets a program have keys of its own.
    pub(crate) fn is_possible() -> bool {
        true
    }

    /// Turns it on or off; false when another program has the combination.
    pub(crate) fn set(&mut self, on: bool) -> bool {
        if on && self.keys.is_none() {
            self.keys = GlobalHotKeyManager::new().ok();
        }
        let Some(keys) = &self.keys else { return !on };
        let combination = HotKey::new(Some(Modifiers::CONTROL | Modifiers::ALT), Code::KeyO);
        let done = if on { keys.register(combination) } else { keys.unregister(combination) };
        done.is_ok()
    }
}
