//! JPEG files, whose colours are never computed: most keep how light a pixel is by itself.

use image::metadata::Orientation;
use zune_jpeg::JpegDecoder;
use zune_jpeg::errors::DecodeErrors;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::rows::Rows;
use super::{QrError, check};

/// The pixels of `file`, and how the camera was held.
pub(super) fn decode(file: &[u8]) -> Result<(Rows, Orientation), QrError> {
    let options = DecoderOptions::default().set_strict_mode(false).set_max_width(usize::MAX).set_max_height(usize::MAX);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(file), options);
    decoder.decode_headers().map_err(refusal)?;
    let (width, height) = decoder.dimensions().ok_or(QrError::Damaged)?;
    check(width, height)?;
    let held = decoder.exif().and_then(|exif| Orientation::from_exif_chunk(exif));
    let is_split = matches!(decoder.input_colorspace(), Some(ColorSpace::YCbCr | ColorSpace::Luma));
    let wanted = if is_split { ColorSpace::Luma } else { ColorSpace::RGB };
    decoder.set_options(options.jpeg_set_out_colorspace(wanted));
    let pixels = decoder.decode().map_err(refusal)?;
    let rows = if is_split {
        Rows::whole(width, height, pixels)
    } else {
        let mut rows = Rows::new(width, height);
        rows.push(&pixels, wanted.num_components());
        rows
    };
    Ok((rows, held.unwrap_or(Orientation::NoTransforms)))
}

// By value, as `map_err` hands it; its text may quote the file and goes no further.
#[allow(clippy::needless_pass_by_value)]
fn refusal(error: DecodeErrors) -> QrError {
    match error {
        DecodeErrors::LargeDimensions(_) => QrError::TooLarge,
        _ => QrError::Damaged,
    }
}
