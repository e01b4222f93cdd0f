//! A sheet of the one-time recovery codes of one site.

use crate::export::paper::{Letters, Style};
use crate::export::{Bytes, ExportError};
use crate::secret::Secret;
use crate::text;

use super::Job;
use super::flow::{BODY, Flow, MARGIN, SMALL};

const CODE: Style = Style::exact(13.0);
/// The height of a line of codes.
const HEIGHT: f32 = 24.0;

/// The recovery codes of an account.
#[derive(Debug)]
pub struct Codes<'a> {
    /// Who issued them.
    pub issuer: &'a str,
    /// The name of the account there.
    pub name: &'a str,
    /// Its official address; may be empty.
    pub url: &'a str,
    /// The codes.
    pub codes: &'a [Secret],
    /// The positions of the spent ones, from 0.
    pub spent: &'a [u16],
}

/// A sheet of `codes`, each with a box to tick when it is spent; those spent already are struck out.
///
/// # Errors
/// When the file cannot be put together.
pub fn recovery_codes(codes: &Codes<'_>, job: &Job<'_>) -> Result<Bytes, ExportError> {
    let letters = Letters::load()?;
    let mut flow = Flow::new(job, &letters);
    for (style, name) in [(Style::bold(14.0), codes.issuer), (Style::plain(11.0), codes.name), (BODY, codes.url)] {
        for line in letters.at_most(2, name, style, flow.width()) {
            flow.line(style, 0.0, line);
        }
    }
    flow.y += 4.0;
    for text in [text!("sheet-codes-what"), text!("sheet-codes-keep"), text!("sheet-codes-use")] {
        flow.paragraph(&text, BODY, 0.0);
        flow.y += 3.0;
    }
    flow.y += 8.0;
    // EXPOSE: the codes are what the sheet is for.
    let texts: Vec<&str> = codes.codes.iter().filter_map(Secret::expose_text).collect();
    let widest = texts.iter().map(|code| letters.width(code, CODE)).fold(0.0, f32::max);
    let columns: usize = if widest + 60.0 < flow.width() / 2.0 { 2 } else { 1 };
    let numbered: Vec<(usize, &str)> = texts.into_iter().enumerate().collect();
    for line in numbered.chunks(columns) {
        flow.need(HEIGHT);
        flow.y += HEIGHT;
        for ((at, code), x) in line.iter().zip([MARGIN, MARGIN + flow.width() / 2.0]) {
            let spent = codes.spent.iter().any(|spent| usize::from(*spent) == *at);
            one(*at + 1, code, spent, x, &mut flow);
        }
    }
    let left = codes.codes.len().saturating_sub(codes.spent.len());
    let facts = text!("sheet-codes-facts", date = job.date, count = codes.codes.len(), left = left);
    flow.finish(&text!("sheet-codes-title"), &facts)
}

/// A box, the number and the code, from `x` on.
fn one(number: usize, code: &str, spent: bool, x: f32, flow: &mut Flow<'_>) {
    const BOX: f32 = 9.0;
    let (y, width) = (flow.y, flow.letters.width(code, CODE));
    let leaf = flow.leaf();
    leaf.tick_box((x, y - BOX), BOX);
    leaf.text((x + 16.0, y), SMALL, format!("{number}."));
    leaf.text((x + 36.0, y), CODE, code);
    if spent {
        leaf.rule((x + 34.0, y - CODE.size * 0.4), width + 4.0, 1.0);
    }
}
