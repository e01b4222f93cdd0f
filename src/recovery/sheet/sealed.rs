//! The encrypted sheet: everything under a passphrase, in numbered QR codes.
//!
//! The text of [`crate::export::plain`] is compressed by gzip and encrypted by age, and its base64 is
//! cut into parts. What one says: see [`crate::import::sheet_part`].

use std::io::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::GzEncoder;
use zeroize::Zeroizing;

use crate::crypto::age;
use crate::export::paper::{Letters, MM};
use crate::export::{Bytes, ExportError};
use crate::import::SheetPart;
use crate::qr;
use crate::secret::Secret;
use crate::text;

use super::Job;
use super::flow::{BODY, Flow, MARGIN, SMALL};

/// The side of a code with its border.
const SIDE: f32 = 75.0 * MM;

/// Encrypts `plain` for a sheet: the texts of its codes.
///
/// # Errors
/// When the passphrase is not text, or there are more accounts than paper takes.
pub fn seal(plain: &[u8], passphrase: &Secret) -> Result<Vec<SheetPart>, ExportError> {
    let packed = pack(plain).ok_or(ExportError::NotMade)?;
    let file = age::seal(age::WORK, passphrase, &packed)?;
    SheetPart::split(&STANDARD.encode(file)).ok_or(ExportError::NotMade)
}

/// `plain`, compressed. The buffer is large enough from the start, so that none is left behind.
fn pack(plain: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let room = Zeroizing::new(Vec::with_capacity(plain.len() + plain.len() / 8 + 1024));
    let mut packer = GzEncoder::new(Wiped(room), Compression::best());
    packer.write_all(plain).ok()?;
    packer.finish().ok().map(|wiped| wiped.0)
}

/// A buffer that is wiped, to write to.
struct Wiped(Zeroizing<Vec<u8>>);

impl std::io::Write for Wiped {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// The sheet of `parts`, which [`seal`] made of accounts whose ids have `digest`. How many they are is
/// not told to whoever finds it.
///
/// # Errors
/// When the file cannot be put together.
pub fn sealed(parts: &[SheetPart], digest: &str, job: &Job<'_>) -> Result<Bytes, ExportError> {
    let letters = Letters::load()?;
    let mut flow = Flow::new(job, &letters);
    introduce(&mut flow);
    let between = flow.width() - 2.0 * SIDE;
    for (row, pair) in parts.chunks(2).enumerate() {
        flow.need(SIDE + 18.0);
        let y = flow.y;
        for (part, column) in pair.iter().zip([0_u8, 1]) {
            let x = MARGIN + f32::from(column) * (SIDE + between);
            flow.leaf().code((x, y), SIDE, qr::robust(&part.to_string())?);
            let number = row * 2 + usize::from(column) + 1;
            let caption = text!("sheet-sealed-part", part = number, parts = parts.len()).say(job.lang);
            let left = x + (SIDE - letters.width(&caption, SMALL)) / 2.0;
            flow.leaf().text((left, y + SIDE + 4.0), SMALL, caption);
        }
        flow.y = y + SIDE + 14.0;
    }
    let set = parts.first().map(|part| part.set.clone()).unwrap_or_default();
    let facts = text!("sheet-sealed-facts", date = job.date, parts = parts.len(), set = set, digest = digest);
    flow.finish(&text!("sheet-sealed-title"), &facts)
}

fn introduce(flow: &mut Flow<'_>) {
    flow.paragraph(&text!("sheet-sealed-what"), BODY, 0.0);
    flow.y += 20.0;
    let (label, width) = (text!("sheet-sealed-passphrase"), flow.width());
    flow.blank(&label, MARGIN, width);
    flow.y += 14.0;
    flow.paragraph(&text!("sheet-sealed-keep"), BODY, 0.0);
    flow.heading(&text!("sheet-sealed-use-heading"));
    flow.steps(1, [text!("sheet-sealed-use-otp"), text!("sheet-sealed-use-tools")]);
    flow.commands(COMMANDS);
    flow.paragraph(&text!("sheet-sealed-use-lines"), BODY, 14.0);
    flow.y += 8.0;
}

/// What opens the sheet without this program; a test runs it.
pub const COMMANDS: &[&str] = &[
    "zbarimg -q --raw -Sdisable -Sqrcode.enable SCAN*.png | grep ^OTPSHEET1: |",
    "  sort -u -t: -k3n | cut -d: -f5 | tr -d '\\n' | base64 -d | age -d | gunzip",
];
