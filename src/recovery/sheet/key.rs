//! The recovery-key sheet: the one key that opens every recovery copy, and exists only on paper.

use crate::export::paper::{Letters, MM, Style};
use crate::export::{Bytes, ExportError};
use crate::qr;
use crate::secret::Secret;
use crate::text;

use super::Job;
use super::block::grouped;
use super::flow::{BODY, Flow, MARGIN};

/// The side of the code with its border.
const SIDE: f32 = 45.0 * MM;
/// What every key begins with.
const START: &str = "AGE-SECRET-KEY-1";
/// How many letters behind it make a line.
const LINE: usize = 32;

/// A sheet with the age identity `identity` (one `AGE-SECRET-KEY-1…` line) as a code and as text,
/// and how copies are opened with it, with this program and without.
///
/// # Errors
/// When the file cannot be put together.
pub fn recovery_key(identity: &Secret, job: &Job<'_>) -> Result<Bytes, ExportError> {
    // EXPOSE: the key is what the sheet is for.
    let line = identity.expose_text().map(str::trim).unwrap_or_default();
    let modules = qr::modules(line)?;
    let letters = Letters::load()?;
    let mut flow = Flow::new(job, &letters);
    flow.paragraph(&text!("sheet-recovery-what"), BODY, 0.0);
    flow.heading(&text!("sheet-keep-heading"));
    flow.paragraph(&text!("sheet-recovery-keep"), BODY, 0.0);
    flow.y += 10.0;
    let y = flow.y;
    flow.leaf().code((MARGIN - 6.0, y), SIDE, modules);
    let beside = SIDE + 10.0;
    flow.y += 12.0;
    flow.paragraph(&text!("sheet-recovery-key"), BODY, beside);
    flow.y += 4.0;
    flow.line(Style::exact(12.0), beside, START);
    // EXPOSE: the same in groups; the buffers are wiped.
    for part in line.strip_prefix(START).unwrap_or(line).as_bytes().chunks(LINE) {
        flow.line(Style::exact(12.0), beside, grouped(part).as_str());
    }
    flow.y += 6.0;
    flow.paragraph(&text!("sheet-recovery-letters"), BODY, beside);
    flow.y = flow.y.max(y + SIDE) + 6.0;
    flow.heading(&text!("sheet-recovery-use-heading"));
    flow.steps(1, [text!("sheet-recovery-use-otp"), text!("sheet-recovery-use-age")]);
    flow.commands(&["age -d -i key.txt COPY.age > plain.txt", "grep ^otpauth plain.txt"]);
    flow.steps(3, [text!("sheet-recovery-use-qr")]);
    flow.finish(&text!("sheet-recovery-title"), &text!("sheet-recovery-facts", date = job.date))
}
