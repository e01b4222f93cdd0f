//! A page of A4 with the codes of eight golden accounts in two columns, drawn as vectors.

use krilla::Document;
use krilla::color::luma;
use krilla::geom::{PathBuilder, Rect};
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule};
use krilla::surface::Surface;
use otp::error::Explain;
use otp::import::{self, ImportError, Source};
use otp::qr;
use otp::text::Lang;

use super::csv::address;
use super::{Export, golden};
use crate::vectors::Vector;

/// A4, in points.
const PAGE: (f32, f32) = (595.0, 842.0);
const CODES: usize = 8;
/// The side of a code with its border, in points: 60 mm.
const SIDE: f32 = 170.0;

pub(super) fn exports() -> Vec<Export> {
    let accounts: Vec<Vector> = golden(|_| true).into_iter().take(CODES).collect();
    let texts: Vec<String> = accounts.iter().map(|vector| address(&vector.account())).collect();
    vec![Export::new("pdf", "pdf-codes.pdf", page(&texts), &accounts)]
}

/// A document of one page with the codes of `texts`.
fn page(texts: &[String]) -> Vec<u8> {
    let mut document = Document::new();
    let mut page = document.start_page_with(PageSettings::from_wh(PAGE.0, PAGE.1).unwrap());
    let mut surface = page.surface();
    let paint = luma::Color::black().into();
    surface.set_fill(Some(Fill { paint, opacity: NormalizedF32::ONE, rule: FillRule::NonZero }));
    let places = (0_u8..4).flat_map(|row| [0_u8, 1].map(|column| (column, row)));
    for (text, (column, row)) in texts.iter().zip(places) {
        draw(&mut surface, text, 80.0 + f32::from(column) * 260.0, 40.0 + f32::from(row) * 195.0);
    }
    surface.finish();
    page.finish();
    document.finish().unwrap()
}

/// The code of `text` with its corner at `left`, `top`.
fn draw(surface: &mut Surface<'_>, text: &str, left: f32, top: f32) {
    let modules = qr::modules(text).unwrap();
    let count = |number: usize| f32::from(u16::try_from(number).unwrap());
    let module = SIDE / count(modules.whole());
    let mut path = PathBuilder::new();
    for (row, column, length) in modules.runs() {
        let (x, y) = (left + count(column) * module, top + count(row) * module);
        path.push_rect(Rect::from_xywh(x, y, count(length) * module, module).unwrap());
    }
    surface.draw_path(&path.finish().unwrap());
}

/// A document with these objects, numbered from 1 on; the first is its catalog. `trailer` stands
/// in the dictionary at the end.
pub(crate) fn document(objects: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let mut pdf = b"%PDF-1.7\n".to_vec();
    let mut table = String::from("0000000000 65535 f \n");
    for (object, number) in objects.iter().zip(1..) {
        table += &format!("{:010} 00000 n \n", pdf.len());
        pdf.extend(format!("{number} 0 obj\n").bytes().chain(object.iter().copied()).chain(*b"\nendobj\n"));
    }
    let (start, size) = (pdf.len(), objects.len() + 1);
    let end = format!("xref\n0 {size}\n{table}trailer\n<< /Size {size} /Root 1 0 R {trailer}>>\nstartxref\n{start}\n");
    pdf.extend(end.bytes().chain(*b"%%EOF\n"));
    pdf
}

/// A stream object of `content`; `more` stands in its dictionary.
pub(crate) fn stream(more: &str, content: &[u8]) -> Vec<u8> {
    let head = format!("<< /Length {} {more}>>\nstream\n", content.len());
    [head.as_bytes(), content, b"\nendstream"].concat()
}

/// The objects of a document with one page: `resources`, and the page's content last.
pub(crate) fn one_page(resources: &str, content: Vec<u8>) -> Vec<Vec<u8>> {
    let page =
        format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << {resources} >> /Contents 4 0 R >>");
    let pages = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec();
    vec![b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(), pages, page.into_bytes(), content]
}

#[test]
fn what_gives_no_codes_says_why() {
    #[track_caller]
    fn case(pdf: &[u8], expected: &str) {
        let error: ImportError = import::open(&Source::new(pdf)).unwrap_err();
        assert_eq!(error.text().say(Lang::English), expected);
    }
    let blank = || one_page("", stream("", b""));
    case(&document(&blank(), ""), "no QR code can be read on the pages of this PDF");
    let key = "41".repeat(32);
    let lock = format!("/ID [<41> <41>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{key}> /U <{key}> >> ");
    case(&document(&blank(), &lock), "this PDF is under a password");
    case(b"%PDF-1.7\nand nothing else", "the source is damaged (PDF files)");
}

#[test]
fn a_pdf_may_begin_late_and_a_picture_is_none() {
    let pdf = import::format("pdf").unwrap();
    let recognizes = |bytes: &[u8]| pdf.recognizes(&Source::new(bytes));
    assert!(recognizes(&[&[b'\n'; 1000], b"%PDF-1.4".as_slice()].concat()));
    assert!(!recognizes(&[&[b'\n'; 1020], b"%PDF-1.4".as_slice()].concat()));
    assert!(!recognizes(b"\x89PNG\r\n\x1a\n%PDF-1.4"));
    assert!(!recognizes(&super::zips::zip(&[("a.pdf", b"%PDF-1.4")], None)));
}
