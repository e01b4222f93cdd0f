//! What to do when you cannot get in, step by step, as pages.

use crate::export::paper::{Letters, Style};
use crate::export::{Bytes, ExportError};
use crate::text;
use crate::text::Text;

use super::Job;
use super::flow::{Flow, MARGIN};

/// The steps: larger than on other sheets, for whoever reads them in a hurry.
const STEP: Style = Style::plain(11.0);
/// Where a step begins behind its number.
const INDENT: f32 = 22.0;
/// The side of the box to tick.
const BOX: f32 = 9.0;

/// Pages with `steps` below `heading`, each with a box to tick.
///
/// # Errors
/// When the file cannot be put together.
pub fn rescue(heading: &Text, steps: &[Text], job: &Job<'_>) -> Result<Bytes, ExportError> {
    let letters = Letters::load()?;
    let mut flow = Flow::new(job, &letters);
    flow.paragraph(heading, Style::bold(13.0), 0.0);
    for (step, number) in steps.iter().zip(1..) {
        flow.y += 9.0;
        let text = format!("{number}. {}", step.say(job.lang));
        let lines = letters.lines(&text, STEP, flow.width() - INDENT);
        // A step stays on one page, with its box.
        flow.need(STEP.size * 1.45 * f32::from(u16::try_from(lines.len()).unwrap_or(u16::MAX)));
        let y = flow.y + STEP.size;
        flow.leaf().tick_box((MARGIN, y - BOX), BOX);
        for line in lines {
            flow.line(STEP, INDENT, line);
        }
    }
    flow.finish(&text!("sheet-rescue-title"), &text!("sheet-rescue-facts", date = job.date))
}
