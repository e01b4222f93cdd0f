use std::io::Cursor;

use image::{DynamicImage, GrayImage, ImageFormat, Luma, LumaA};
use qrcode::{Color, QrCode};

use super::*;
use crate::text::Lang;

/// A QR code on white, four pixels to a module.
fn drawn(text: &str) -> GrayImage {
    let code = QrCode::new(text).unwrap();
    let width = u32::try_from(code.width()).unwrap();
    GrayImage::from_fn(width * 4 + 40, width * 4 + 40, |x, y| {
        let (x, y) = (x.wrapping_sub(20) / 4, y.wrapping_sub(20) / 4);
        let dark = x < width && y < width && code[(x as usize, y as usize)] == Color::Dark;
        Luma([if dark { 0 } else { 255 }])
    })
}

fn beside(one: &GrayImage, two: &GrayImage) -> GrayImage {
    let mut both = GrayImage::from_pixel(one.width() + two.width(), one.height().max(two.height()), Luma([255]));
    image::imageops::replace(&mut both, one, 0, 0);
    image::imageops::replace(&mut both, two, one.width().into(), 0);
    both
}

fn file(image: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.into().write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn texts(picture: &[u8]) -> Vec<String> {
    read(picture).unwrap().iter().map(|found| found.text.to_string()).collect()
}

const TEXT: &str = "otpauth://totp/楽天:太郎?secret=JBSWY3DPEHPK3PXP";

#[test]
fn every_readable_format_is_read() {
    for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP, ImageFormat::Gif, ImageFormat::Bmp] {
        let image = DynamicImage::from(drawn(TEXT)).into_rgb8();
        assert_eq!(texts(&file(image, format)), [TEXT], "{format:?}");
    }
}

#[test]
fn deep_inverted_and_small_pictures_are_read() {
    let deep = DynamicImage::from(drawn(TEXT)).into_luma16();
    assert_eq!(texts(&file(deep, ImageFormat::Png)), [TEXT]);
    let mut inverted = drawn(TEXT);
    image::imageops::invert(&mut inverted);
    assert_eq!(texts(&file(inverted, ImageFormat::Png)), [TEXT]);
    let large = drawn(TEXT);
    let filter = image::imageops::FilterType::Triangle;
    let small = image::imageops::resize(&large, large.width() / 2, large.height() / 2, filter);
    assert_eq!(texts(&file(small, ImageFormat::Png)), [TEXT]);
}

#[test]
fn a_transparent_ground_may_be_light_or_dark() {
    for shade in [0, 255] {
        let drawn = drawn(TEXT);
        let image = image::GrayAlphaImage::from_fn(drawn.width(), drawn.height(), |x, y| {
            LumaA([shade, 255 - drawn.get_pixel(x, y).0[0]])
        });
        assert_eq!(texts(&file(image, ImageFormat::Png)), [TEXT], "{shade}");
    }
}

#[test]
fn every_code_is_found_once_in_reading_order() {
    let pair = beside(&drawn("left"), &drawn("right, and a little longer"));
    assert_eq!(texts(&file(pair, ImageFormat::Png)), ["left", "right, and a little longer"]);
    let twins = beside(&drawn("twin"), &drawn("twin"));
    assert_eq!(texts(&file(twins, ImageFormat::Png)), ["twin"]);
}

/// A camera held upside down says so in the picture (Exif 2.3, tag 274).
#[test]
fn the_way_the_camera_was_held_decides_the_order() {
    let jpeg = file(beside(&drawn("left"), &drawn("right")), ImageFormat::Jpeg);
    let exif = b"\xff\xe1\x00\x22Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x03\0\0\0\0\0\0";
    let turned = [&jpeg[..2], exif, &jpeg[2..]].concat();
    assert_eq!(texts(&jpeg), ["left", "right"]);
    assert_eq!(texts(&turned), ["right", "left"]);
}

#[test]
fn positions_are_those_of_the_whole_picture() {
    let found = read(&file(beside(&drawn("left"), &drawn("right")), ImageFormat::Png)).unwrap();
    let side = f32::from(u16::try_from(drawn("left").width()).unwrap());
    for (found, x) in found.iter().zip([side / 2.0, side * 1.5]) {
        let Position { x: found_x, y, size } = found.position;
        assert!((found_x - x).abs() < 20.0 && (y - side / 2.0).abs() < 20.0 && size < side, "{:?}", found.position);
    }
}

#[test]
fn pictures_that_cannot_be_read_say_why() {
    #[track_caller]
    fn case(picture: &[u8], error: &QrError, text: &str, hint: &str) {
        let found = read(picture).unwrap_err();
        assert_eq!(&found, error);
        assert_eq!((found.to_string(), found.hint().unwrap().say(Lang::English)), (text.into(), hint.into()));
    }
    case(
        b"\0\0\0\x18ftypheic\0\0\0\0",
        &QrError::Unsupported { kind: "HEIC" },
        "HEIC pictures cannot be read here",
        "share it as JPEG, or take a screenshot of it",
    );
    case(b"hello", &QrError::NotAPicture, "this file is not a picture", "use a PNG, JPEG, WebP, GIF or BMP picture");
    let png = file(drawn(TEXT), ImageFormat::Png);
    case(&png[..200], &QrError::Damaged, "the picture is damaged or cut short", "copy or send the picture again");
    case(
        &file(GrayImage::from_pixel(50, 50, Luma([255])), ImageFormat::Png),
        &QrError::NoCode,
        "no QR code could be found in the picture",
        "take the picture straight on, in good light, so that the whole QR code with its white border is in it",
    );
    case(
        &file(GrayImage::new(8000, 5001), ImageFormat::Png),
        &QrError::TooLarge,
        "the picture is too large: at most 40 million pixels can be read",
        "cut out the part with the QR code, or save it smaller",
    );
}

#[test]
fn a_blurred_code_is_read() {
    let blurred = image::imageops::fast_blur(&drawn(TEXT), 1.5);
    assert_eq!(texts(&file(blurred, ImageFormat::Png)), [TEXT]);
}

#[test]
fn a_code_that_cannot_be_read_is_told_from_none() {
    let mut hidden = drawn(TEXT);
    let side = hidden.width();
    for (x, y) in (0..side).flat_map(|x| (0..side).map(move |y| (x, y))) {
        let inside = |at: u32| (20 + 40..side - 20 - 40).contains(&at);
        if inside(x) && y > 20 + 7 * 4 || inside(y) && x > 20 + 7 * 4 {
            hidden.put_pixel(x, y, Luma([if (x / 7 + y / 5) % 2 == 0 { 0 } else { 255 }]));
        }
    }
    let error = read(&file(hidden, ImageFormat::Png)).unwrap_err();
    assert_eq!(error, QrError::Unreadable { seen: Seen { marks: 3, module_tenths: 40 } });
    assert_eq!(error.to_string(), "there is a QR code in the picture, but it cannot be read");
}

#[test]
fn what_a_code_says_is_not_in_debug_output() {
    let found = read(&file(drawn("secret=JBSWY3DPEHPK3PXP"), ImageFormat::Png)).unwrap();
    assert!(!format!("{found:?}").contains("JBSWY"));
}
