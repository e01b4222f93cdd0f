//! What was copied: a picture, files, or text.

use std::path::PathBuf;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use arboard::{Clipboard, Error};
use image::ExtendedColorType;
use zeroize::Zeroizing;

use super::{CaptureError, picture};
use crate::qr::barrier;

/// How long the program that filled the clipboard may take to hand its content over.
const PATIENCE: Duration = Duration::from_secs(10);

/// What the clipboard holds. All of it may be secret, so it is wiped when dropped.
pub enum Clip {
    /// A picture, in a form that [`read`](crate::qr::read) takes.
    Picture(Zeroizing<Vec<u8>>),
    /// Files that were copied in a file manager.
    Files(Vec<PathBuf>),
    /// Text that is not blank.
    Text(Zeroizing<String>),
}

/// What the clipboard holds. Copied files count more than a picture, and a picture more than the
/// text that may come with it.
///
/// # Errors
/// When there is no clipboard, nothing in it, or its owner does not answer.
pub fn clipboard() -> Result<Clip, CaptureError> {
    on_time(look)
}

/// Empties the clipboard.
///
/// # Errors
/// When there is no clipboard, or it does not let go.
pub fn clear() -> Result<(), CaptureError> {
    on_time(|| Clipboard::new().and_then(|mut clipboard| clipboard.clear()).map_err(|error| failure(&error)))
}

/// Has `work` done within [`PATIENCE`]: another program may never answer.
fn on_time<T: Send + 'static>(work: fn() -> Result<T, CaptureError>) -> Result<T, CaptureError> {
    let (sender, answers) = mpsc::channel();
    // The picture is decoded on the way, so a panic has to stay inside, too.
    thread::spawn(move || sender.send(barrier::run(work).unwrap_or(Err(CaptureError::Silent))));
    answers.recv_timeout(PATIENCE).unwrap_or(Err(CaptureError::Silent))
}

fn look() -> Result<Clip, CaptureError> {
    let mut clipboard = Clipboard::new().map_err(|error| failure(&error))?;
    match clipboard.get().file_list() {
        Ok(files) if !files.is_empty() => return Ok(Clip::Files(files)),
        _ => {}
    }
    if let Ok(image) = clipboard.get_image() {
        let (width, height) = (u32::try_from(image.width), u32::try_from(image.height));
        let pixels = Zeroizing::new(image.bytes.into_owned());
        let (Ok(width), Ok(height)) = (width, height) else { return Err(CaptureError::Silent) };
        return picture(width, height, &pixels, ExtendedColorType::Rgba8)
            .map(Clip::Picture)
            .ok_or(CaptureError::Silent);
    }
    let text = Zeroizing::new(clipboard.get_text().map_err(|error| failure(&error))?);
    if text.trim().is_empty() { Err(CaptureError::EmptyClipboard) } else { Ok(Clip::Text(text)) }
}

fn failure(error: &Error) -> CaptureError {
    match error {
        Error::ContentNotAvailable => CaptureError::EmptyClipboard,
        Error::ClipboardOccupied | Error::ConversionFailure => CaptureError::Silent,
        _ => CaptureError::NoClipboard,
    }
}
