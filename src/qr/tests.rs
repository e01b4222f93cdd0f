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
    assert_eq!(
        error.to_string(),
        "there seems to be a QR code in the picture, but it cannot be read: 3 corner marks were found, and one dot is \
         about 4.0 pixels wide"
    );
}

/// `across` times `across` corner marks without a code, `module` pixels to a module.
fn corner_marks(across: u32, module: u32) -> GrayImage {
    let side = (8 * across + 1) * module;
    GrayImage::from_fn(side, side, |x, y| {
        let [x, y] = [x, y].map(|at| (at / module).checked_sub(1).map_or(7, |at| at % 8));
        let edge = x.min(6_u32.saturating_sub(x)).min(y).min(6_u32.saturating_sub(y));
        Luma([if x < 7 && y < 7 && edge != 1 { 0 } else { 255 }])
    })
}

#[test]
fn a_crowd_of_marks_is_no_empty_picture() {
    let error = read(&file(corner_marks(13, 3), ImageFormat::Png)).unwrap_err();
    let QrError::Unreadable { seen: Seen { marks, module_tenths: 30 } } = error else { panic!("{error:?}") };
    assert!((151..=169).contains(&marks), "{marks}");
    let said = |lang| (error.text().say(lang), error.hint().unwrap().say(lang));
    let (text, hint) = said(Lang::English);
    assert!(text.starts_with("there seems to be a QR code in the picture, but it cannot be read: 1"), "{text}");
    assert_eq!(hint, "cut out the part with one QR code, and try that");
    let (text, hint) = said(Lang::Japanese);
    assert!(
        text.starts_with("QR コードらしきものは写っていますが、読み取れませんでした。見つかった隅のマークは 1"),
        "{text}"
    );
    assert_eq!(hint, "QR コード 1 つの部分だけを切り取って、もう一度試してください");
}

/// What was seen decides what helps, in both languages.
#[test]
fn what_was_seen_is_said_with_what_helps() {
    #[track_caller]
    fn case(marks: u32, module_tenths: u32, english: [&str; 2], japanese: [&str; 2]) {
        let error = QrError::Unreadable { seen: Seen { marks, module_tenths } };
        for (lang, expected) in [(Lang::English, english), (Lang::Japanese, japanese)] {
            assert_eq!([error.text().say(lang), error.hint().unwrap().say(lang)], expected);
        }
    }
    case(
        3,
        21,
        [
            "there seems to be a QR code in the picture, but it cannot be read: 3 corner marks were found, and one dot \
             is about 2.1 pixels wide",
            "get closer, or take the screenshot at full size; where an app shows several accounts in one code, put \
             fewer in each",
        ],
        [
            "QR コードらしきものは写っていますが、読み取れませんでした。見つかった隅のマークは 3 個、1 マスの幅は約 2.1 \
             ピクセルです",
            "もっと近づいて撮るか、原寸でスクリーンショットを撮ってください。1 つのコードに複数のアカウントが入る場合は、\
             件数を減らしてください",
        ],
    );
    case(
        1,
        55,
        [
            "there seems to be a QR code in the picture, but it cannot be read: 1 corner mark was found, and one dot is \
             about 5.5 pixels wide",
            "all three corner marks must be in the picture, with nothing over them and no glare",
        ],
        [
            "QR コードらしきものは写っていますが、読み取れませんでした。見つかった隅のマークは 1 個、1 マスの幅は約 5.5 \
             ピクセルです",
            "隅の 3 つのマークがすべて写るように、何も重ねず、光が反射しないようにして撮ってください",
        ],
    );
    case(
        6,
        70,
        [
            "there seems to be a QR code in the picture, but it cannot be read: 6 corner marks were found, and one dot \
             is about 7.0 pixels wide",
            "hold the camera straight and still, without glare or shadow; where an app shows several accounts in one \
             code, put fewer in each",
        ],
        [
            "QR コードらしきものは写っていますが、読み取れませんでした。見つかった隅のマークは 6 個、1 マスの幅は約 7.0 \
             ピクセルです",
            "カメラをまっすぐ固定し、反射や影が入らないように撮ってください。1 つのコードに複数のアカウントが入る場合は、\
             件数を減らしてください",
        ],
    );
}

/// A third of 1,000 pixels is 333 of them, and each is still three wide.
#[test]
fn smaller_pictures_have_no_other_places() {
    let mut page = GrayImage::from_pixel(1000, 1000, Luma([255]));
    let code = drawn("far from the corner");
    let (x, y) = (1000 - code.width(), 1000 - code.height());
    image::imageops::replace(&mut page, &code, x.into(), y.into());
    let page = file(page, ImageFormat::Png);
    let [whole, third] = ["local", "third"].map(|stage| read_by(stage, &page).unwrap()[0].position);
    assert!((whole.x - third.x).abs() < 3.0 && (whole.y - third.y).abs() < 3.0, "{whole:?} {third:?}");
}

#[test]
fn what_a_code_says_is_not_in_debug_output() {
    let found = read(&file(drawn("secret=JBSWY3DPEHPK3PXP"), ImageFormat::Png)).unwrap();
    assert!(!format!("{found:?}").contains("JBSWY"));
}
