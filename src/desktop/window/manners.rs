//! What calls the window up from the desktop: a key and a sign in the tray, both off until wanted.

use otp::app::config::Config;
use otp::text;

use crate::call::Call;
use crate::failure::Failure;
use crate::hotkey::Hotkey;
use crate::tray::Tray;
use crate::worker::Wake;

/// The two, where there is a desktop.
#[derive(Default)]
pub(crate) struct Manners {
    call: Option<Call>,
    hotkey: Option<Hotkey>,
    has_hotkey: bool,
    tray: Option<Tray>,
    has_tray: bool,
}

impl Manners {
    /// There is a desktop, whose calls `wake` the window.
    pub(crate) fn serve(&mut self, wake: &Wake) {
        let call = Call::new(Wake::clone(wake));
        self.hotkey = Some(Hotkey::new(call.clone()));
        self.tray = Some(Tray::new(call.clone()));
        self.call = Some(call);
    }

    /// Does as `config` wishes. What the desktop does not let be is taken out of it, and said.
    pub(super) fn apply(&mut self, config: &mut Config) -> Vec<Failure> {
        let mut failures = Vec::new();
        if let Some(hotkey) = self.hotkey.as_mut().filter(|_| config.hotkey != self.has_hotkey) {
            if !hotkey.set(config.hotkey) {
                config.hotkey = false;
                failures.push(Failure::bare(text!("desktop-hotkey-taken")));
            }
            self.has_hotkey = config.hotkey;
        }
        if let Some(tray) = self.tray.as_mut().filter(|_| config.tray != self.has_tray) {
            if !tray.set(config.tray) {
                config.tray = false;
                failures.push(Failure::bare(text!("desktop-no-tray")));
            }
            self.has_tray = config.tray;
        }
        failures
    }

    /// Whether the window was called since this was asked last.
    pub(super) fn call(&self) -> bool {
        self.call.as_ref().is_some_and(Call::was_made)
    }

    /// Whether a window that is closed stays, and only its sign is seen.
    pub(super) fn keeps_window(&self) -> bool {
        self.has_tray
    }
}
