//! The codes of an encrypted recovery sheet as texts. Encryption takes a new salt each time, so the
//! file is made once and kept; at a low cost, to keep tests quick.

use std::io::Write as _;

use otp::import::SheetPart;

use super::{Export, base64, golden, kept};

const FILE: &str = "otp-sheet.txt";
const PASSPHRASE: &str = "coral unruly plow";

pub(super) fn exports() -> Vec<Export> {
    let accounts = golden(|_| true);
    let make = || {
        let addresses: String = accounts.iter().map(|vector| vector.uri() + "\n").collect();
        let text = format!("# otp-backup 1\n# accounts {}\n{addresses}", accounts.len());
        let parts = SheetPart::split(&base64(&sealed(text.as_bytes()))).unwrap();
        // The last part first: their order does not matter.
        parts.iter().rev().map(|part| format!("{part}\n")).collect::<String>().into_bytes()
    };
    vec![Export::new("otp-sheet", FILE, kept(FILE, make), &accounts).locked(PASSPHRASE)]
}

fn sealed(text: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(text).unwrap();
    super::age_file::sealed(&packer.finish().unwrap(), PASSPHRASE)
}
