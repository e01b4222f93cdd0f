//! A passphrase file of the `age` format with our own lines inside. Encryption takes a new salt each
//! time, so the file is made once and kept; at a low cost, to keep tests quick.

use std::io::Write as _;

use super::{Export, golden, line, plain};
use crate::fixtures;

const FILE: &str = "otp.age";
const PASSPHRASE: &str = "coral unruly plow";

pub(super) fn exports() -> Vec<Export> {
    let accounts = golden(|_| true);
    let kept = std::fs::read(fixtures::path(&format!("formats/{FILE}")));
    let addresses: String = accounts.iter().map(|vector| vector.uri() + "\n").collect();
    let meta = r#"{"account":2,"tags":["money","joint"],"note":"two\nlines","favorite":true}"#;
    let text = format!("# otp-backup 1\n# accounts {}\n{addresses}# meta {meta}\n# meta [\n   \n", accounts.len());
    let bytes = kept.unwrap_or_else(|_| sealed(text.as_bytes(), PASSPHRASE));
    let mut second = plain(&accounts[1]);
    second.extras.tags = vec!["money".into(), "joint".into()];
    second.extras.note = "two\nlines".into();
    second.extras.favorite = true;
    let mut export = Export::new("age", FILE, bytes, &accounts).locked(PASSPHRASE);
    export.expected[1] = line(&second);
    vec![export]
}

/// `text` under `passphrase`.
pub(super) fn sealed(text: &[u8], passphrase: &str) -> Vec<u8> {
    let mut recipient = ::age::scrypt::Recipient::new(passphrase.to_owned().into());
    recipient.set_work_factor(10);
    let recipients: [&dyn ::age::Recipient; 1] = [&recipient];
    let encryptor = ::age::Encryptor::with_recipients(recipients.into_iter()).unwrap();
    let mut sealed = Vec::new();
    let mut writer = encryptor.wrap_output(&mut sealed).unwrap();
    writer.write_all(text).unwrap();
    writer.finish().unwrap();
    sealed
}

#[test]
fn of_a_copy_that_is_cut_short_another_is_to_be_used() {
    use otp::error::Explain as _;
    use otp::import::{Opened, Source, open};
    use otp::secret::Secret;
    use otp::text::Lang;

    let mut bytes = sealed(b"otpauth://totp/a?secret=GEZDGNBVGY3TQOJQ", PASSPHRASE);
    bytes.truncate(bytes.len() - 3);
    let Ok(Opened::Locked(locked)) = open(&Source::new(&bytes)) else { panic!("not locked") };
    let error = locked.unlock(&Secret::from_text(PASSPHRASE.to_owned())).map(drop).unwrap_err();
    let hint = error.hint().unwrap().say(Lang::English);
    assert_eq!(hint, "use another copy, or an older backup; this file may be cut short");
}
