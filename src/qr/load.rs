//! From the bytes of a file to grey pictures, within limits.

use std::io::Cursor;

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};

use super::grey::Grey;
use super::kind::{self, Kind};
use super::{MAX_MEGAPIXELS, QrError, barrier};

mod jpeg;
mod png;
mod rows;

use rows::Rows;

/// The most memory that a decoder may take, in bytes (`security.md` G9).
const MAX_MEMORY: usize = 256 << 20;

/// The picture in grey; one with transparency twice, on white and on black.
pub(super) fn load(picture: &[u8]) -> Result<Vec<Grey>, QrError> {
    let format = match kind::recognize(picture).ok_or(QrError::NotAPicture)? {
        Kind::Readable(format) => format,
        Kind::Foreign(kind) => return Err(QrError::Unsupported { kind }),
    };
    let views = barrier::run(|| {
        let (rows, held) = match format {
            ImageFormat::Png => png::decode(picture)?,
            ImageFormat::Jpeg => jpeg::decode(picture)?,
            _ => decode(picture, format)?,
        };
        Ok(rows.views(held))
    });
    views.unwrap_or(Err(QrError::Damaged))
}

/// Refuses pictures that are larger than is reasonable, before any of their pixels is decoded.
fn check(width: usize, height: usize) -> Result<(), QrError> {
    let most = u64::from(MAX_MEGAPIXELS) * 1_000_000;
    if width as u64 * height as u64 > most { Err(QrError::TooLarge) } else { Ok(()) }
}

/// Pixels of a picture of a rarer `format`, and how the camera was held.
fn decode(bytes: &[u8], format: ImageFormat) -> Result<(Rows, Orientation), QrError> {
    let mut header = reader(bytes, format).into_decoder().map_err(refusal)?;
    let (width, height) = header.dimensions();
    check(width as usize, height as usize)?;
    let held = header.orientation().unwrap_or(Orientation::NoTransforms);
    drop(header);
    // Not `DynamicImage::from_decoder`, which ignores the memory limit.
    let image = reader(bytes, format).decode().map_err(refusal)?;
    Ok((of_image(image), held))
}

fn reader(bytes: &[u8], format: ImageFormat) -> ImageReader<Cursor<&[u8]>> {
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_MEMORY as u64);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    reader
}

// By value, as `map_err` hands it; its text may quote the file and goes no further.
#[allow(clippy::needless_pass_by_value)]
fn refusal(error: ImageError) -> QrError {
    match error {
        ImageError::Limits(_) => QrError::TooLarge,
        _ => QrError::Damaged,
    }
}

fn of_image(image: DynamicImage) -> Rows {
    let (width, height) = (image.width() as usize, image.height() as usize);
    let channels = usize::from(image.color().channel_count());
    let image = match image {
        // None of these formats has more than 8 bits to a channel.
        DynamicImage::ImageLuma8(_)
        | DynamicImage::ImageLumaA8(_)
        | DynamicImage::ImageRgb8(_)
        | DynamicImage::ImageRgba8(_) => image,
        _ => return of_image(image.into_rgba8().into()),
    };
    let mut rows = Rows::new(width, height);
    rows.push(image.as_bytes(), channels);
    rows
}
