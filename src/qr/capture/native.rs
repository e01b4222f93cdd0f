//! The screens of Windows and macOS. macOS asks the user once, and shows only the wallpaper to
//! programs that were refused.

use image::ExtendedColorType;
use xcap::Monitor;
use zeroize::Zeroizing;

use super::{CaptureError, Shot, picture};

pub(super) fn shots() -> Result<Vec<Shot>, CaptureError> {
    #[cfg(target_os = "macos")]
    if !may_look() {
        return Err(CaptureError::Denied);
    }
    Monitor::all().map_err(|_| CaptureError::NoScreen)?.iter().map(shot).collect()
}

/// Whether the user lets this program see the screen; asks where nobody was asked so far.
#[cfg(target_os = "macos")]
fn may_look() -> bool {
    use objc2_core_graphics::{CGPreflightScreenCaptureAccess, CGRequestScreenCaptureAccess};
    CGPreflightScreenCaptureAccess() || CGRequestScreenCaptureAccess()
}

fn shot(monitor: &Monitor) -> Result<Shot, CaptureError> {
    let image = monitor.capture_image().map_err(|_| CaptureError::Denied)?;
    let (width, height) = image.dimensions();
    let pixels = Zeroizing::new(image.into_raw());
    let picture = picture(width, height, &pixels, ExtendedColorType::Rgba8).ok_or(CaptureError::Unreadable)?;
    Ok(Shot { monitor: monitor.name().unwrap_or_default(), picture })
}
