//! What kind of picture some bytes are, by their first bytes alone.

use image::ImageFormat;

/// A kind of picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Read here.
    Readable(ImageFormat),
    /// Known, and not read; its name.
    Foreign(&'static str),
}

/// First bytes of pictures. Kinds with their mark further on are in [`recognize`].
const MARKS: &[(&[u8], Kind)] = &[
    (b"\x89PNG\r\n\x1a\n", Kind::Readable(ImageFormat::Png)),
    (b"\xff\xd8\xff", Kind::Readable(ImageFormat::Jpeg)),
    (b"GIF87a", Kind::Readable(ImageFormat::Gif)),
    (b"GIF89a", Kind::Readable(ImageFormat::Gif)),
    (b"II*\0\x10\0\0\0CR", Kind::Foreign("CR2")),
    (b"II*\0", Kind::Foreign("TIFF")),
    (b"MM\0*", Kind::Foreign("TIFF")),
    (b"II+\0", Kind::Foreign("TIFF")),
    (b"MM\0+", Kind::Foreign("TIFF")),
    (b"IIU\0", Kind::Foreign("RW2")),
    (b"IIRO", Kind::Foreign("ORF")),
    (b"IIRS", Kind::Foreign("ORF")),
    (b"FUJIFILMCCD-RAW", Kind::Foreign("RAF")),
    (b"\0\0\x01\0", Kind::Foreign("ICO")),
    (b"#?RADIANCE", Kind::Foreign("HDR")),
    (b"8BPS", Kind::Foreign("PSD")),
    (b"\xff\x0a", Kind::Foreign("JPEG XL")),
    (b"\0\0\0\x0cJXL ", Kind::Foreign("JPEG XL")),
    (b"\0\0\0\x0cjP  ", Kind::Foreign("JPEG 2000")),
];

/// Brands of the ISO media container (`ftyp` box) that hold pictures.
const BRANDS: &[(&[u8], &str)] = &[
    (b"heic", "HEIC"),
    (b"heix", "HEIC"),
    (b"heim", "HEIC"),
    (b"heis", "HEIC"),
    (b"hevc", "HEIC"),
    (b"mif1", "HEIC"),
    (b"msf1", "HEIC"),
    (b"avif", "AVIF"),
    (b"avis", "AVIF"),
    (b"crx ", "CR3"),
];

/// The kind of picture that `bytes` begin as; `None` if they are no picture.
pub(super) fn recognize(bytes: &[u8]) -> Option<Kind> {
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return Some(Kind::Readable(ImageFormat::WebP));
    }
    if is_bitmap(bytes) {
        return Some(Kind::Readable(ImageFormat::Bmp));
    }
    if bytes.get(4..8) == Some(b"ftyp") {
        let brand = bytes.get(8..12)?;
        return BRANDS.iter().find(|(mark, _)| *mark == brand).map(|(_, name)| Kind::Foreign(name));
    }
    MARKS.iter().find(|(mark, _)| bytes.starts_with(mark)).map(|(_, kind)| *kind)
}

/// A text may begin with `BM` too, so the size of the second header has to be a known one.
fn is_bitmap(bytes: &[u8]) -> bool {
    bytes.starts_with(b"BM") && matches!(bytes.get(14..18), Some([12 | 16 | 40 | 52 | 56 | 64 | 108 | 124, 0, 0, 0]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_bytes_tell_the_kind() {
        #[track_caller]
        fn case(bytes: &[u8], expected: Option<Kind>) {
            assert_eq!(recognize(bytes), expected);
        }
        case(b"\x89PNG\r\n\x1a\nmore", Some(Kind::Readable(ImageFormat::Png)));
        case(b"\xff\xd8\xff\xe0", Some(Kind::Readable(ImageFormat::Jpeg)));
        case(b"RIFF\0\0\0\0WEBPVP8 ", Some(Kind::Readable(ImageFormat::WebP)));
        case(b"RIFF\0\0\0\0WAVEfmt ", None);
        case(b"\0\0\0\x18ftypheic\0\0\0\0", Some(Kind::Foreign("HEIC")));
        case(b"\0\0\0\x1cftypavif\0\0\0\0", Some(Kind::Foreign("AVIF")));
        case(b"\0\0\0\x18ftypisom\0\0\0\0", None);
        case(b"II*\0\x10\0\0\0CR\x02\0", Some(Kind::Foreign("CR2")));
        case(b"II*\0\x08\0\0\0", Some(Kind::Foreign("TIFF")));
        case(b"BM6\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0", Some(Kind::Readable(ImageFormat::Bmp)));
        case(b"BMW account: see otpauth", None);
        case(b"\x89PNG", None);
        case(b"", None);
    }
}
