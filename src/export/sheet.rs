//! Transfer codes on paper: pages with one code each and the names of its accounts below.

use crate::qr::Modules;
use crate::text::Lang;

use super::paper::{self, Leaf, Letters, MM, Paper, Style};
use super::{Bytes, ExportError};

const MARGIN: f32 = 56.0;
/// The side of a code with its border, so that a module of the densest code is 0.8 mm.
const CODE: f32 = 150.0 * MM;

/// One page.
pub struct Sheet {
    /// The code.
    pub modules: Modules,
    /// What the page is.
    pub heading: String,
    /// What to do with it.
    pub advice: String,
    /// The accounts in the code.
    pub names: Vec<String>,
}

/// `sheets` as a PDF file for `paper` in the language `lang`.
///
/// # Errors
/// When the file cannot be put together.
pub fn pdf(sheets: Vec<Sheet>, paper: Paper, lang: Lang) -> Result<Bytes, ExportError> {
    let letters = Letters::load()?;
    let title = sheets.first().map(|sheet| sheet.heading.clone()).unwrap_or_default();
    let leaves: Vec<Leaf> = sheets.into_iter().map(|sheet| leaf(sheet, paper, &letters)).collect();
    paper::pdf(&leaves, paper, &letters, &title, lang)
}

fn leaf(sheet: Sheet, paper: Paper, letters: &Letters) -> Leaf {
    let (width, _) = paper.size();
    let mut leaf = Leaf::default();
    let lines = |leaf: &mut Leaf, text: &str, size: f32, mut y: f32| {
        for line in letters.lines(text, Style::plain(size), width - 2.0 * MARGIN) {
            leaf.text((MARGIN, y), Style::plain(size), line);
            y += size * 1.5;
        }
        y
    };
    leaf.text((MARGIN, MARGIN + 8.0), Style::bold(16.0), sheet.heading);
    let top = lines(&mut leaf, &sheet.advice, 10.0, MARGIN + 32.0) + 4.0;
    leaf.code(((width - CODE) / 2.0, top), CODE, sheet.modules);
    let mut y = top + CODE + 20.0;
    for (at, name) in sheet.names.iter().enumerate() {
        y = lines(&mut leaf, &format!("{}. {name}", at + 1), 11.0, y);
    }
    leaf
}
