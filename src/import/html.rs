//! Pages in HTML: the exports of Aegis, Ente Auth and Stratum, and any page that somebody saved.
//!
//! Addresses are taken from texts and attributes; embedded pictures are looked at only where no
//! address is written, because exports show each code twice. Nothing is fetched. Browsers forgive
//! everything in HTML, so it is cut into pieces leniently. Format: `formats.md` 9 and 15.

use std::collections::HashSet;

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::text;
use crate::text::Text;

use super::draft::base64;
use super::work::Work;
use super::{Batch, Format, ImportError, Opened, Place, Source, addresses};

mod pieces;

use pieces::{pieces, unescape};

/// How much of a page is looked at to see that it is one.
const HEAD: usize = 4_096;
/// How pages begin, or parts of them that are pasted.
const MARKS: &[&str] = &["<html", "<!doctype html", "<body", "<table"];
/// How embedded pictures begin.
const PICTURE: &str = "data:image/";
/// The most embedded pictures.
const MOST_PICTURES: usize = 1_000;

pub(super) struct Importer;

impl Format for Importer {
    fn id(&self) -> &'static str {
        "html"
    }

    fn app(&self) -> Text {
        text!("import-app-html")
    }

    fn how_to_export(&self) -> Text {
        text!("import-export-html")
    }

    fn holds_more(&self) -> bool {
        true
    }

    fn recognizes(&self, source: &Source<'_>) -> bool {
        source.markup().is_some_and(|page| is_page(page) && (page.contains(PICTURE) || !written(page).is_empty()))
    }

    fn is_general(&self) -> bool {
        true
    }

    fn open(&self, source: &Source<'_>) -> Result<Opened, ImportError> {
        let page = source.markup().unwrap_or_default();
        let mut batch = Batch::default();
        let written = written(page);
        for (address, number) in written.iter().zip(1..) {
            addresses::read_line(address, Place::item(number), &mut batch)?;
        }
        if written.is_empty() {
            read_pictures(page, source.work(), &mut batch)?;
        }
        Ok(batch.into())
    }
}

fn is_page(page: &str) -> bool {
    let head: String = page.chars().take(HEAD).flat_map(char::to_lowercase).collect();
    MARKS.iter().any(|mark| head.contains(mark))
}

/// The lines with addresses in `page`, each once: a link repeats its own text.
fn written(page: &str) -> Vec<Zeroizing<String>> {
    let (mut seen, mut found) = (HashSet::new(), Vec::new());
    for piece in pieces(page).filter(|piece| piece.contains("//") || piece.contains("&#")) {
        let text = unescape(piece);
        for line in text.lines().map(str::trim).filter(|line| addresses::any(line)) {
            // By its digest, so that no copies of secrets stay behind.
            if seen.insert(<[u8; 32]>::from(Sha256::digest(line))) {
                found.push(Zeroizing::new(line.to_owned()));
            }
        }
    }
    found
}

fn read_pictures(page: &str, work: &Work, batch: &mut Batch) -> Result<(), ImportError> {
    let (mut code, mut unreadable, mut unread) = (0, 0, 0);
    let embedded = pieces(page).filter(|piece| piece.trim_start().starts_with(PICTURE));
    for piece in embedded.take(MOST_PICTURES) {
        let codes = match work.read(&picture(piece).unwrap_or_default()) {
            Ok(codes) => codes,
            Err(error) => {
                *(if matches!(error, ImportError::Closed { .. }) { &mut unread } else { &mut unreadable }) += 1;
                continue;
            }
        };
        for found in codes {
            code += 1;
            batch.code(&found.text, found.part, Place::code(code))?;
        }
    }
    batch.remark(unreadable, |count| text!("import-remark-pictures", count = count));
    batch.remark(unread, |count| text!("import-remark-pictures-unread", count = count));
    Ok(())
}

/// The bytes of an embedded picture.
fn picture(piece: &str) -> Option<Zeroizing<Vec<u8>>> {
    let (_, content) = piece.split_once(";base64,")?;
    let symbols: Zeroizing<String> = Zeroizing::new(content.chars().filter(|symbol| !symbol.is_whitespace()).collect());
    base64(&symbols).map(Zeroizing::new)
}
