//! Pages: one with the addresses as text beside pictures, one with pictures alone.

use std::io::Cursor;

use image::{GrayImage, ImageFormat, Luma};
use otp::import::{self, Opened, Source};
use qrcode::QrCode;

use super::csv::address;
use super::{Export, base64, golden, line, plain};
use crate::vectors::Vector;

pub(super) fn exports() -> Vec<Export> {
    let accounts = golden(|_| true);
    let escaped = |address: &str| address.replace('&', "&amp;");
    let written = page(&|address| {
        format!("<a href=\"{0}\"><code>{0}</code></a><img src='data:image/png;base64,AAAA'>", escaped(address))
    });
    vec![Export::new("html", "html-written.html", written, &accounts)]
}

/// A page with a row for each golden account, in which `cell` stands for its address.
fn page(cell: &dyn Fn(&str) -> String) -> Vec<u8> {
    let row = |vector: &Vector| {
        let address = address(&vector.account());
        format!("<tr><td>{}</td><td>{}</td></tr>\n", vector.issuer.replace('&', "&amp;"), cell(&address))
    };
    let rows: String = golden(|_| true).iter().map(row).collect();
    format!("<!doctype html>\n<html><body><table>\n{rows}</table><p>made by hand</body></html>\n").into_bytes()
}

/// No fixture: damaged in hundreds of ways, its pictures would take minutes.
#[test]
fn a_page_of_pictures_gives_the_golden_accounts() {
    let drawn = page(&|address| format!("<img src=\"data:image/png;base64,{}\">", base64(&picture(address))));
    let Ok(Opened::Batch(batch)) = import::open(&Source::new(&drawn)) else { panic!("not read") };
    let expected: Vec<String> = golden(|_| true).iter().map(|vector| line(&plain(vector))).collect();
    assert_eq!(batch.accounts.iter().map(line).collect::<Vec<_>>(), expected);
}

/// `text` as a small PNG.
fn picture(text: &str) -> Vec<u8> {
    let code = QrCode::new(text).unwrap();
    let (side, scale, quiet) = (u32::try_from(code.width()).unwrap(), 3, 4);
    let modules = code.to_colors();
    let picture = GrayImage::from_fn((side + 2 * quiet) * scale, (side + 2 * quiet) * scale, |x, y| {
        let (x, y) = ((x / scale).wrapping_sub(quiet), (y / scale).wrapping_sub(quiet));
        let dark = x < side && y < side && modules[(y * side + x) as usize] == qrcode::Color::Dark;
        Luma([if dark { 0 } else { 255 }])
    });
    let mut png = Cursor::new(Vec::new());
    picture.write_to(&mut png, ImageFormat::Png).unwrap();
    png.into_inner()
}
