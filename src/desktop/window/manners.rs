//! What calls the window up from the desktop: a key and a sign in the tray, both off until wanted.

use otp::app::config::Config;
use otp::text;
use otp::text::Text;

use crate::hotkey::Hotkey;
use crate::tray::Tray;
use crate::worker::Wake;

/// The two, where there is a desktop.
#[derive(Default)]
pub(crate) struct Manners {
    hotkey: Option<Hotkey>,
    has_hotkey: bool,
    tray: Option<Tray>,
    has_tray: bool,
}

impl Manners {
    /// There is a desktop, whose calls `wake` the window.
    pub(crate) fn serve(&mut self, wake: &Wake) {
        self.hotkey = Some(Hotkey::new(Wake::clone(wake)));
        self.tray = Some(Tray::new(Wake::clone(wake)));
    }

    /// Does as `config` wishes. What the desktop does not let be is taken out of it, and said.
    pub(super) fn apply(&mut self, config: &mut Config) -> Vec<Text> {
        let mut failures = Vec::new();
        if let Some(hotkey) = self.hotkey.as_mut().filter(|_| config.hotkey != self.has_hotkey) {
            if !hotkey.set(config.hotkey) {
                config.hotkey = false;
                failures.push(text!("desktop-hotkey-taken"));
            }
            self.has_hotkey = config.hotkey;
        }
        if let Some(tray) = self.tray.as_mut().filter(|_| config.tray != self.has_tray) {
            if !tray.set(config.tray) {
                config.tray = false;
                failures.push(text!("desktop-no-tray"));
            }
            self.has_tray = config.tray;
        }
        failures
    }

    /// Whether the window was called since this was asked last.
    pub(super) fn call(&self) -> bool {
        let key = self.hotkey.as_ref().is_some_and(Hotkey::was_pressed);
        let sign = self.tray.as_ref().is_some_and(Tray::was_pressed);
        key || sign
    }

    /// Whether a window that is closed stays, and only its sign is seen.
    pub(super) fn keeps_window(&self) -> bool {
        self.has_tray
    }
}
