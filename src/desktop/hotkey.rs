//! Ctrl+Alt+O, which brings the window to the front from whatever program has the keys. Off until
//! its owner wants it.

#[cfg(any(windows, target_os = "macos"))]
mod system;
#[cfg(target_os = "linux")]
mod x11;

#[cfg(not(any(target_os = "linux", windows, target_os = "macos")))]
pub(crate) use crate::call::Nowhere as Hotkey;
#[cfg(any(windows, target_os = "macos"))]
pub(crate) use system::Hotkey;
#[cfg(target_os = "linux")]
pub(crate) use x11::Hotkey;
