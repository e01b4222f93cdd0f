//! The screen and the clipboard: pictures that are no files.
//!
//! For whoever sees the QR code on this very computer. Pictures stay in memory; only a Wayland
//! desktop hands its picture over as a file, which is deleted as soon as it is open.

use std::path::PathBuf;

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder};
use zeroize::Zeroizing;

use super::QrError;
use crate::error::{Exit, Explain};
use crate::text;
use crate::text::Text;

mod clipboard;
#[cfg(not(target_os = "linux"))]
mod native;
#[cfg(target_os = "linux")]
mod portal;
#[cfg(target_os = "linux")]
mod x11;

pub use clipboard::{Clip, clear, clipboard};

/// A picture of a monitor.
pub struct Shot {
    /// What the system calls the monitor, such as `DP-1`; empty where it does not say.
    pub monitor: String,
    /// The picture, in a form that [`read`](super::read) takes. Wiped when dropped: a QR code on it
    /// may say a secret.
    pub picture: Zeroizing<Vec<u8>>,
}

/// What every monitor shows now. On Wayland the desktop may ask the user first, and gives one
/// picture for all of them.
///
/// # Errors
/// When there is no screen, or the system or the user does not allow it.
pub fn screen() -> Result<Vec<Shot>, CaptureError> {
    #[cfg(target_os = "linux")]
    let shots = if is_set("WAYLAND_DISPLAY") {
        portal::shots()
    } else if is_set("DISPLAY") {
        x11::shots()
    } else {
        Err(CaptureError::NoScreen)
    };
    #[cfg(not(target_os = "linux"))]
    let shots = native::shots();
    shots.and_then(|shots| if shots.is_empty() { Err(CaptureError::NoScreen) } else { Ok(shots) })
}

/// Those of `looks`, one at each monitor, that found `codes`; if none did, the one of which there is
/// most to say, since most monitors show no code.
pub fn settle<L, T, E: PartialEq + From<QrError>>(
    looks: Vec<L>,
    codes: impl for<'a> Fn(&'a L) -> &'a Result<T, E>,
) -> Vec<L> {
    let (found, empty): (Vec<_>, Vec<_>) = looks.into_iter().partition(|look| codes(look).is_ok());
    if found.is_empty() {
        let none = E::from(QrError::NoCode);
        let told = |look: &L| codes(look).as_ref().err() != Some(&none);
        return empty.into_iter().max_by_key(told).into_iter().collect();
    }
    found
}

#[cfg(target_os = "linux")]
fn is_set(name: &str) -> bool {
    std::env::var_os(name).is_some_and(|value| !value.is_empty())
}

/// Pixels as a picture; `None` if there are more or fewer than it has. They are not compressed: the
/// picture is read at once and never kept.
fn picture(width: u32, height: u32, pixels: &[u8], color: ExtendedColorType) -> Option<Zeroizing<Vec<u8>>> {
    let bits = u64::from(width) * u64::from(height) * u64::from(color.bits_per_pixel());
    if bits != pixels.len() as u64 * 8 {
        return None;
    }
    let mut bytes = Zeroizing::new(Vec::with_capacity(pixels.len() + pixels.len() / 64 + 1024));
    let encoder = PngEncoder::new_with_quality(&mut *bytes, CompressionType::Uncompressed, FilterType::NoFilter);
    encoder.write_image(pixels, width, height, color).ok()?;
    Some(bytes)
}

/// Why there is no picture of the screen, or nothing from the clipboard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CaptureError {
    /// There is no screen that could be reached from here.
    NoScreen,
    /// A Wayland desktop without the portal that gives pictures of the screen.
    NoPortal,
    /// The system or the user does not allow a picture of the screen.
    Denied,
    /// The picture came as a file that could not be read.
    Unreadable,
    /// The picture came as a file that could not be deleted.
    Left {
        /// Where it is now.
        file: PathBuf,
    },
    /// There is no clipboard that could be reached from here.
    NoClipboard,
    /// The program that filled the clipboard does not hand its content over.
    Silent,
    /// There is nothing in the clipboard, or neither a picture, nor files, nor text.
    EmptyClipboard,
}

impl Explain for CaptureError {
    fn text(&self) -> Text {
        match self {
            Self::NoScreen => text!("capture-no-screen"),
            Self::NoPortal => text!("capture-no-portal"),
            Self::Denied => text!("capture-denied"),
            Self::Unreadable => text!("capture-unreadable"),
            Self::Left { file } => text!("capture-left", file = file.display().to_string()),
            Self::NoClipboard => text!("capture-no-clipboard"),
            Self::Silent => text!("capture-silent"),
            Self::EmptyClipboard => text!("capture-empty-clipboard"),
        }
    }

    fn hint(&self) -> Option<Text> {
        Some(match self {
            Self::Left { .. } => text!("capture-hint-left"),
            Self::Denied => text!("capture-hint-denied"),
            Self::NoScreen | Self::NoPortal | Self::Unreadable => text!("capture-hint-picture"),
            Self::NoClipboard => text!("capture-hint-file"),
            Self::Silent | Self::EmptyClipboard => text!("capture-hint-copy"),
        })
    }

    fn exit(&self) -> Exit {
        match self {
            Self::NoScreen | Self::NoPortal => Exit::NoScreen,
            Self::Denied => Exit::Cancelled,
            Self::Unreadable | Self::Left { .. } => Exit::Disk,
            Self::NoClipboard | Self::Silent => Exit::NoClipboard,
            Self::EmptyClipboard => Exit::BadInput,
        }
    }
}

crate::explained!(CaptureError);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    #[test]
    fn pixels_become_a_picture_that_can_be_read() {
        let modules = crate::qr::modules("hello").unwrap();
        let (side, scale) = (modules.whole(), 4);
        let edge = side * scale;
        let dark = |at: usize| modules.is_dark(at % edge / scale, at / edge / scale);
        let pixels: Vec<u8> = (0..edge * edge).map(|at| if dark(at) { 0 } else { 255 }).collect();
        let edge = u32::try_from(edge).unwrap();
        let found = crate::qr::read(&picture(edge, edge, &pixels, ExtendedColorType::L8).unwrap()).unwrap();
        assert_eq!(found[0].text.as_str(), "hello");
    }

    #[test]
    fn monitors_with_codes_count_and_else_the_one_that_says_most() {
        #[track_caller]
        fn case(looks: &[Result<u8, QrError>], settled: &[Result<u8, QrError>]) {
            assert_eq!(settle(looks.to_vec(), |look| look), settled);
        }
        let (none, damaged) = (Err(QrError::NoCode), Err(QrError::Damaged));
        case(&[none.clone(), Ok(1), damaged.clone(), Ok(2)], &[Ok(1), Ok(2)]);
        case(&[none.clone(), damaged.clone(), none.clone()], &[damaged]);
        case(&[none.clone(), none.clone()], &[none]);
    }

    #[test]
    fn every_failure_has_a_sentence_and_a_way_out() {
        let all = [
            CaptureError::NoScreen,
            CaptureError::NoPortal,
            CaptureError::Denied,
            CaptureError::Unreadable,
            CaptureError::Left { file: PathBuf::from("/tmp/shot.png") },
            CaptureError::NoClipboard,
            CaptureError::Silent,
            CaptureError::EmptyClipboard,
        ];
        for lang in Lang::ALL {
            let mut said: Vec<_> = all.iter().map(|error| error.text().say(lang)).collect();
            assert!(all.iter().all(|error| error.hint().is_some_and(|hint| hint.exists(lang))));
            said.dedup();
            assert_eq!(said.len(), all.len());
        }
    }
}
