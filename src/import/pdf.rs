//! PDF files: printed transfer codes, and pages with QR codes that somebody saved as a document.
//!
//! Each page is drawn and looked at like a picture. What is drawn decides, so texts that only a
//! selection with the mouse would find are not read. A program of ours draws in a process of its
//! own, because a page of a few bytes can ask for more work than a machine has.

use memchr::memmem;

use crate::qr;
use crate::secret::Secret;
use crate::text;
use crate::text::Text;

use super::{Batch, Format, ImportError, Opened, Place, Source};

mod child;
mod render;

pub use child::draw_pages;

use render::Fault;

const ID: &str = "pdf";
/// How far into a file its first mark may stand, in bytes: readers allow other things before it.
const HEAD: usize = 1_024;

pub(super) struct Importer;

impl Format for Importer {
    fn id(&self) -> &'static str {
        ID
    }

    fn app(&self) -> Text {
        text!("import-app-pdf")
    }

    fn how_to_export(&self) -> Text {
        text!("import-export-pdf")
    }

    fn holds_more(&self) -> bool {
        true
    }

    fn recognizes(&self, source: &Source<'_>) -> bool {
        // A PDF may lie unpacked at the start of an archive, or in what a camera knows of a picture.
        is_pdf(source.bytes()) && source.archive().is_none() && !qr::is_picture(source.bytes())
    }

    fn open(&self, source: &Source<'_>) -> Result<Opened, ImportError> {
        let pages = child::texts(source).map_err(refusal)?;
        let mut batch = Batch::default();
        for (page, number) in pages.texts.iter().zip(1..) {
            for (code, entry) in page.iter().flat_map(|texts| &texts.0).zip(1..) {
                batch.code(&code.text, code.part, Place::page(number).entry(entry))?;
            }
        }
        if batch.entries() == 0 {
            return Err(closed("import-pdf-no-code"));
        }
        let undrawn = pages.texts.iter().filter(|page| page.is_none()).count();
        batch.remark(undrawn, |count| text!("import-remark-pages", count = count));
        let read = if pages.is_cut { pages.texts.len() } else { 0 };
        batch.remark(read, |page| text!("import-remark-pages-unread", page = page));
        Ok(batch.into())
    }
}

/// The texts of all QR codes of the PDF file `bytes`, such as a scan of a recovery key.
///
/// # Errors
/// When it cannot be read, or costs too much.
pub fn pdf_texts(bytes: &[u8]) -> Result<Vec<Secret>, ImportError> {
    let pages = child::texts(&Source::new(bytes)).map_err(refusal)?;
    let codes = pages.texts.into_iter().flatten().flat_map(|mut page| std::mem::take(&mut page.0));
    Ok(codes.map(|mut code| Secret::from_text(std::mem::take(&mut code.text))).collect())
}

/// Whether `bytes` are a PDF file, by their first mark.
pub fn is_pdf(bytes: &[u8]) -> bool {
    memmem::find(bytes.get(..HEAD).unwrap_or(bytes), b"%PDF-").is_some()
}

fn refusal(fault: Fault) -> ImportError {
    match fault {
        Fault::Damaged => ImportError::damaged(ID),
        Fault::Encrypted => closed("import-pdf-encrypted"),
        Fault::TooManyPages => {
            ImportError::Closed { format: ID, why: "import-pdf-too-many", hint: "import-hint-split" }
        }
        Fault::TooCostly => closed("import-pdf-too-costly"),
        Fault::NotStarted => closed("import-pdf-not-started"),
    }
}

fn closed(why: &'static str) -> ImportError {
    ImportError::Closed { format: ID, why, hint: "import-hint-pdf" }
}
