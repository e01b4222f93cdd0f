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
mod bits;
pub mod capture;
mod cascade;
mod finders;
mod fit;
mod grey;
mod kind;
mod likeness;
mod load;
mod marks;
mod order;
mod prepare;
mod reading;
mod sight;
mod split;
mod symbol;
mod threes;
mod work;
mod write;

pub use split::Part;
pub use write::{Modules, QUIET, modules, robust};

pub(crate) use barrier::run as contained;
pub(crate) use split::whole as join_parts;
pub(crate) use work::Allowance;

/// The most pixels of a picture, in millions (`security.md` G9).
pub const MAX_MEGAPIXELS: u32 = 40;

/// One QR code of a picture.
pub struct Found {
    /// What the code says, byte for byte. May be a secret, so it is wiped when dropped.
    pub text: Zeroizing<String>,
    /// Where the code stands.
    pub position: Position,
    /// How large it is: from 1 (21 modules) to 40 (177).
    pub version: u8,
    /// How much of it may be damaged.
    pub level: Level,
    /// The stage of reading that found it, such as `local`.
    pub stage: &'static str,
    /// Where the text belongs, if it is only a part of one; see [`Part`].
    pub part: Option<Part>,
}

/// How much of a code may be damaged: about 7, 15, 25 or 30 percent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)] // The letters are the standard's own.
pub enum Level {
    L,
    M,
    Q,
    H,
}

impl Level {
    /// The letter.
    pub fn id(self) -> &'static str {
        match self {
            Self::L => "L",
            Self::M => "M",
            Self::Q => "Q",
            Self::H => "H",
        }
    }
}

/// What was seen in a picture in which no code could be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// How many marks like those in three corners of each QR code.
    pub marks: u32,
    /// How wide a module of a code with such marks would be, in tenths of a pixel.
    pub module_tenths: u32,
}

impl Seen {
    /// What most likely keeps such a code from being read, and what helps.
    fn hint(self) -> Text {
        const SMALL: u32 = 30;
        /// More marks than those of all codes that are looked at one by one.
        const CROWD: u32 = 25;
        match self {
            Self { marks: CROWD.., .. } => text!("qr-hint-one"),
            Self { module_tenths: ..SMALL, .. } => text!("qr-hint-larger"),
            Self { marks: ..3, .. } => text!("qr-hint-whole"),
            _ => text!("qr-hint-clearer"),
        }
    }
}

impl std::fmt::Debug for Found {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Found")
            .field("position", &self.position)
            .field("version", &self.version)
            .field("level", &self.level)
            .field("stage", &self.stage)
            .field("part", &self.part)
            .finish_non_exhaustive()
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
    read_within(picture, &mut Allowance::up_to(u64::MAX))
}

/// The same, and how much work it was: one unit is about what a pass over one pixel costs.
pub fn read_counted(picture: &[u8]) -> (Result<Vec<Found>, QrError>, u64) {
    let mut left = Allowance::up_to(u64::MAX);
    let all = left.pixels;
    (read_within(picture, &mut left), all - left.pixels)
}

/// The same with as much work as is `left`.
pub(crate) fn read_within(picture: &[u8], left: &mut Allowance) -> Result<Vec<Found>, QrError> {
    found(&load::load(picture)?, left)
}

/// Reads all QR codes of a picture of `width` and `height` pixels that is there already, row by
/// row, 0 being black.
///
/// # Errors
/// When there are more or fewer `shades` than pixels, or no readable code.
pub(crate) fn read_grey(width: u32, height: u32, shades: Vec<u8>) -> Result<Vec<Found>, QrError> {
    let side = |pixels: u32| usize::try_from(pixels).map_err(|_| QrError::TooLarge);
    let view = grey::Grey::new(side(width)?, side(height)?, shades).ok_or(QrError::Damaged)?;
    found(&[view], &mut Allowance::up_to(u64::MAX))
}

/// The names of the stages of reading, in their order, each once.
pub fn stages() -> Vec<&'static str> {
    cascade::names()
}

/// Reads `picture` by the stages of the name `stage` alone, to see what they do and cost.
///
/// # Errors
/// As [`read`].
pub fn read_by(stage: &str, picture: &[u8]) -> Result<Vec<Found>, QrError> {
    let read = cascade::run_only(stage, &load::load(picture)?);
    read.map_err(|seen| QrError::Unreadable { seen })
}

fn found(views: &[grey::Grey], left: &mut Allowance) -> Result<Vec<Found>, QrError> {
    match cascade::run(views, left) {
        Ok(found) => Ok(split::join(order::sort(found))),
        Err(Seen { marks: 0, .. }) => Err(QrError::NoCode),
        Err(seen) => Err(QrError::Unreadable { seen }),
    }
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
    /// Nothing looks like a QR code.
    NoCode,
    /// Something looks like a QR code, and cannot be read.
    Unreadable {
        /// What looks like one.
        seen: Seen,
    },
    /// A text is longer than a QR code can say.
    TooLong,
}

impl QrError {
    /// What was seen of a code that is there and cannot be read.
    pub fn seen(&self) -> Option<Seen> {
        if let Self::Unreadable { seen } = self { Some(*seen) } else { None }
    }
}

impl Explain for QrError {
    fn text(&self) -> Text {
        match self {
            Self::NotAPicture => text!("qr-not-a-picture"),
            Self::Unsupported { kind } => text!("qr-unsupported", kind = *kind),
            Self::TooLarge => text!("qr-too-large", most = MAX_MEGAPIXELS),
            Self::Damaged => text!("qr-damaged"),
            Self::NoCode => text!("qr-no-code"),
            Self::Unreadable { seen } => {
                let pixels = format!("{}.{}", seen.module_tenths / 10, seen.module_tenths % 10);
                text!("qr-unreadable", marks = seen.marks as usize, pixels = pixels)
            }
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
            Self::Unreadable { seen } => seen.hint(),
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
