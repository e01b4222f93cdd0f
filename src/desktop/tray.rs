//! A sign in the desktop's tray. Pressing it brings the window up; closing the window then only
//! hides it. Off until its owner wants it.

#[cfg(target_os = "linux")]
#[allow(clippy::unused_self, clippy::used_underscore_binding, reason = "the bus asks of methods what they look like")]
mod notifier;
#[cfg(any(windows, target_os = "macos"))]
mod system;

#[cfg(not(any(target_os = "linux", windows, target_os = "macos")))]
pub(crate) use crate::call::Nowhere as Tray;
#[cfg(target_os = "linux")]
pub(crate) use notifier::Tray;
#[cfg(any(windows, target_os = "macos"))]
pub(crate) use system::Tray;
