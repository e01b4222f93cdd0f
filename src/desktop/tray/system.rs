//! In the notification area of Windows or the menu bar of macOS. Has to be asked on the window's own
//! thread, whose loop brings the presses.

use tray_icon::{Icon, MouseButtonState, TrayIcon, TrayIconBuilder, TrayIconEvent};

use crate::call::Call;
use crate::theme;

/// The sign of this window.
pub(crate) struct Tray {
    /// As long as it is shown.
    sign: Option<TrayIcon>,
}

impl Tray {
    /// Not shown, until [`Self::set`]; pressing it makes the `call`.
    pub(crate) fn new(call: Call) -> Self {
        TrayIconEvent::set_event_handler(Some(move |event: TrayIconEvent| {
            // Once a press, whichever button it was.
            if matches!(event, TrayIconEvent::Click { button_state: MouseButtonState::Up, .. }) {
                call.make();
            }
        }));
        Self { sign: None }
    }

    /// Whether there may be a tray.
    pub(crate) fn is_possible() -> bool {
        true
    }

    /// Shows it or takes it away; false when the system refuses it.
    pub(crate) fn set(&mut self, on: bool) -> bool {
        self.sign = if on { sign() } else { None };
        on == self.sign.is_some()
    }
}

fn sign() -> Option<TrayIcon> {
    let icon = theme::icon();
    let icon = Icon::from_rgba(icon.rgba, icon.width, icon.height).ok()?;
    TrayIconBuilder::new().with_tooltip("otp").with_icon(icon).build().ok()
}
