//! PNG files, row by row, without the chunks that nobody needs to read a QR code.
//!
//! The PNG decoder keeps every text chunk, and millions of tiny ones cost far more memory than the
//! file is long, so they never reach it.

use std::io::Cursor;

use image::metadata::Orientation;
use png::{Decoder, DecodingError, Limits, Transformations};
use zeroize::Zeroizing;

use super::rows::Rows;
use super::{MAX_MEMORY, QrError, check};

const SIGNATURE: usize = 8;
/// Length, type and checksum of a chunk.
const FRAME: usize = 12;
/// Image header, palette, pixels, end, transparency, and how the camera was held.
const NEEDED: [&[u8]; 6] = [b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"eXIf"];

/// The pixels of `file`, and how the camera was held.
pub(super) fn decode(file: &[u8]) -> Result<(Rows, Orientation), QrError> {
    let file = without_extras(file);
    let mut decoder = Decoder::new_with_limits(Cursor::new(&**file), Limits { bytes: MAX_MEMORY });
    let (width, height) = decoder.read_header_info().map_err(refusal)?.size();
    let (width, height) = (width as usize, height as usize);
    check(width, height)?;
    decoder.set_transformations(Transformations::EXPAND | Transformations::STRIP_16);
    let mut reader = decoder.read_info().map_err(refusal)?;
    let held = reader.info().exif_metadata.as_ref().and_then(|exif| Orientation::from_exif_chunk(exif));
    let channels = reader.output_color_type().0.samples();
    let mut rows = Rows::new(width, height);
    if reader.info().interlaced {
        let size = reader.output_buffer_size().filter(|size| *size <= MAX_MEMORY).ok_or(QrError::TooLarge)?;
        let mut pixels = Zeroizing::new(vec![0; size]);
        reader.next_frame(&mut pixels).map_err(refusal)?;
        rows.push(&pixels, channels);
    } else {
        while let Some(row) = reader.next_row().map_err(refusal)? {
            rows.push(row.data(), channels);
        }
    }
    Ok((rows, held.unwrap_or(Orientation::NoTransforms)))
}

// By value, as `map_err` hands it; its text may quote the file and goes no further.
#[allow(clippy::needless_pass_by_value)]
fn refusal(error: DecodingError) -> QrError {
    match error {
        DecodingError::LimitsExceeded => QrError::TooLarge,
        _ => QrError::Damaged,
    }
}

/// A copy of `file` with the needed chunks only; a last chunk that is cut short stays as it is.
fn without_extras(file: &[u8]) -> Zeroizing<Vec<u8>> {
    let (signature, mut rest) = file.split_at(SIGNATURE.min(file.len()));
    let mut kept = Zeroizing::new(Vec::with_capacity(file.len()));
    kept.extend_from_slice(signature);
    while let Some((chunk, after)) = next_chunk(rest) {
        if chunk.get(4..8).is_some_and(|kind| NEEDED.contains(&kind)) {
            kept.extend_from_slice(chunk);
        }
        rest = after;
    }
    kept
}

/// The first chunk of `bytes`, whole or cut short, and what follows it.
fn next_chunk(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let length = u32::from_be_bytes(*bytes.first_chunk()?);
    let end = usize::try_from(length).ok()?.checked_add(FRAME)?;
    Some(bytes.split_at(end.min(bytes.len())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extras_are_left_out_and_the_rest_is_kept() {
        let chunk = |kind: &[u8], data: &[u8]| {
            let length = u32::try_from(data.len()).unwrap().to_be_bytes();
            [&length, kind, data, b"crc!"].concat()
        };
        let (header, text) = (chunk(b"IHDR", b"13 bytes long"), chunk(b"tEXt", b"Comment\0x"));
        let file = [b"\x89PNG\r\n\x1a\n", &*header, &text, &chunk(b"zTXt", b""), &chunk(b"IDAT", b"pixels")].concat();
        let expected = [b"\x89PNG\r\n\x1a\n", &*header, &chunk(b"IDAT", b"pixels")].concat();
        assert_eq!(*without_extras(&file), expected);
        // Cut short anywhere, what is left of a needed chunk is still handed on.
        assert_eq!(*without_extras(&file[..file.len() - 6]), expected[..expected.len() - 6]);
        assert_eq!(*without_extras(b"\x89PNG"), b"\x89PNG");
    }
}
