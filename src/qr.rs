//! Pictures to texts: every QR code of a screenshot, a photo or a scan; and texts to QR codes.
//!
//! For whoever has only a picture of the code that a site once showed. Decoders of pictures meet
//! hostile bytes first, so limits come before decoding and a panic inside a decoder counts as
//! "nothing found".

use zeroize::Zeroizing;

use crate::error::{Exit, Explain};
use crate::text;
use crate::text::Text;

mod barrier;
mod cascade;
mod crowd;
mod decode;
mod grey;
mod kind;
mod load;
mod order;
mod png;
mod write;

pub use write::{Modules, QUIET, modules, robust};

pub(crate) use barrier::run as contained;

/// The most pixels of a picture, in millions (`security.md` G9).
pub const MAX_MEGAPIXELS: u32 = 40;

/// One QR code of a picture.
pub struct Found {
    /// What the code says, byte for byte. May be a secret, so it is wiped when dropped.
    pub text: Zeroizing<String>,
    /// Where the code stands.
    pub position: Position,
}

impl std::fmt::Debug for Found {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Found").field("position", &self.position).finish_non_exhaustive()
    }
}

/// Where a code stands in the picture as people see it, in pixels from the top left.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Position {
    /// The centre, from the left.
    pub x: f32,
    /// The centre, from the top.
    pub y: f32,
    /// The length of a side, roughly.
    pub size: f32,
}

/// Whether `bytes` are a picture, readable here or not.
pub fn is_picture(bytes: &[u8]) -> bool {
    kind::recognize(bytes).is_some()
}

/// Reads all QR codes of `picture` (PNG, JPEG, WebP, GIF or BMP; the first frame), each text
/// once, in reading order.
///
/// # Errors
/// When it is no picture, one of another kind, too large, damaged, or shows no readable code.
pub fn read(picture: &[u8]) -> Result<Vec<Found>, QrError> {
    let views = load::load(picture)?;
    let found = cascade::run(&views);
    if found.is_empty() { Err(QrError::NoCode) } else { Ok(order::sort(found)) }
}

/// Reads all QR codes of a picture of `width` and `height` pixels that is there already, row by
/// row, 0 being black. None are found where there are more or fewer `shades` than pixels.
pub(crate) fn read_grey(width: u32, height: u32, shades: Vec<u8>) -> Vec<Found> {
    let view = image::GrayImage::from_raw(width, height, shades).map(grey::Grey::new);
    order::sort(view.map(|view| cascade::run(&[view])).unwrap_or_default())
}

/// How many pixels `picture` has, as far as its first bytes tell.
pub(crate) fn area(picture: &[u8]) -> Option<u64> {
    let reader = image::ImageReader::new(std::io::Cursor::new(picture)).with_guessed_format().ok()?;
    let (width, height) = barrier::run(|| reader.into_dimensions().ok())??;
    Some(u64::from(width) * u64::from(height))
}

/// Why a picture gives no texts, or a text no picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QrError {
    /// The bytes are no picture.
    NotAPicture,
    /// A kind of picture that is not read here.
    Unsupported {
        /// The kind's name, such as `HEIC`.
        kind: &'static str,
    },
    /// More pixels, or more memory, than is reasonable.
    TooLarge,
    /// The picture breaks its format's rules or is cut short.
    Damaged,
    /// There is no QR code, or none that can be read.
    NoCode,
    /// A text is longer than a QR code can say.
    TooLong,
}

impl Explain for QrError {
    fn text(&self) -> Text {
        match self {
            Self::NotAPicture => text!("qr-not-a-picture"),
            Self::Unsupported { kind } => text!("qr-unsupported", kind = *kind),
            Self::TooLarge => text!("qr-too-large", most = MAX_MEGAPIXELS),
            Self::Damaged => text!("qr-damaged"),
            Self::NoCode => text!("qr-no-code"),
            Self::TooLong => text!("qr-too-long"),
        }
    }

    fn hint(&self) -> Option<Text> {
        Some(match self {
            Self::NotAPicture => text!("qr-hint-kinds"),
            Self::Unsupported { .. } => text!("qr-hint-share-as-jpeg"),
            Self::TooLarge => text!("qr-hint-crop"),
            Self::Damaged => text!("qr-hint-copy-again"),
            Self::NoCode => text!("qr-hint-closer"),
            Self::TooLong => text!("qr-hint-fewer"),
        })
    }

    fn exit(&self) -> Exit {
        Exit::BadInput
    }
}

crate::explained!(QrError);

#[cfg(test)]
mod tests;
