//! From the bytes of a file to grey pictures, within limits.

use std::io::Cursor;

use image::metadata::Orientation;
use image::{DynamicImage, GrayAlphaImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};

use super::grey::Grey;
use super::kind::{self, Kind};
use super::{MAX_MEGAPIXELS, QrError, barrier, png};

/// The most memory that a decoder may take, in bytes (`security.md` G9).
const MAX_MEMORY: u64 = 256 << 20;

/// The picture in grey; one with transparency twice, on white and on black.
pub(super) fn load(picture: &[u8]) -> Result<Vec<Grey>, QrError> {
    let format = match kind::recognize(picture).ok_or(QrError::NotAPicture)? {
        Kind::Readable(format) => format,
        Kind::Foreign(kind) => return Err(QrError::Unsupported { kind }),
    };
    let image = barrier::run(|| match format {
        ImageFormat::Png => decode(&png::without_extras(picture), format),
        _ => decode(picture, format),
    });
    image.unwrap_or(Err(QrError::Damaged)).map(views)
}

/// Decodes pixels after the size has been looked at, and turns them the way the camera was held.
fn decode(bytes: &[u8], format: ImageFormat) -> Result<DynamicImage, QrError> {
    let mut header = reader(bytes, format).into_decoder().map_err(refusal)?;
    let (width, height) = header.dimensions();
    if u64::from(width) * u64::from(height) > u64::from(MAX_MEGAPIXELS) * 1_000_000 {
        return Err(QrError::TooLarge);
    }
    let orientation = header.orientation().unwrap_or(Orientation::NoTransforms);
    drop(header);
    // Not `DynamicImage::from_decoder`, which ignores the memory limit.
    let mut image = reader(bytes, format).decode().map_err(refusal)?;
    image.apply_orientation(orientation);
    Ok(image)
}

fn reader(bytes: &[u8], format: ImageFormat) -> ImageReader<Cursor<&[u8]>> {
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_MEMORY);
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

fn views(image: DynamicImage) -> Vec<Grey> {
    let (width, height) = (image.width() as usize, image.height() as usize);
    if !image.color().has_alpha() {
        return Grey::new(width, height, image.into_luma8().into_raw()).into_iter().collect();
    }
    let image = image.into_luma_alpha8();
    let white = on_ground(&image, 255);
    let black = image.pixels().any(|pixel| pixel.0[1] < 255).then(|| on_ground(&image, 0));
    [Some(white), black].into_iter().flatten().filter_map(|shades| Grey::new(width, height, shades)).collect()
}

/// `image` laid on a sheet of the shade `ground`.
fn on_ground(image: &GrayAlphaImage, ground: u16) -> Vec<u8> {
    let mix = |[shade, alpha]: [u16; 2]| (shade * alpha + ground * (255 - alpha)) / 255;
    image.pixels().map(|pixel| u8::try_from(mix(pixel.0.map(u16::from))).unwrap_or(u8::MAX)).collect()
}
