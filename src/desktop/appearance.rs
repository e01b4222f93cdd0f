//! Light or dark, and whether anything may move, as the desktop has it. Windows and macOS tell the
//! window about the first by themselves, and are asked about the second; on Linux the desktop portal
//! is asked about both, and listened to.

#[cfg(target_os = "linux")]
mod portal;
#[cfg(any(windows, target_os = "macos", test))]
mod system;

#[cfg(target_os = "linux")]
pub(crate) use portal::follow;
#[cfg(any(windows, target_os = "macos"))]
pub(crate) use system::follow;

/// Nobody to ask.
#[cfg(not(any(target_os = "linux", windows, target_os = "macos")))]
pub(crate) fn follow(_: &eframe::egui::Context) {}
