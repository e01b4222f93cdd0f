//! A file that stock `age` opens: `otpauth://` lines under a passphrase (`security.md` part 4).
//!
//! Inside is the text of [`plain`]. Without this program: `age -d FILE | grep ^otpauth`.

use zeroize::Zeroizing;

use crate::account::Account;
use crate::crypto::age;
use crate::text;
use crate::text::Text;

use super::plain::plain;
use super::{Bytes, Carries, Encryption, ExportError, Item, Job, Reason, Target};

pub(super) struct Writer;

impl Target for Writer {
    fn id(&self) -> &'static str {
        "age"
    }

    fn app(&self) -> Text {
        text!("export-app-age")
    }

    fn extension(&self) -> &'static str {
        "age"
    }

    fn encryption(&self) -> Encryption {
        Encryption::Always
    }

    fn carries(&self) -> Carries {
        Carries::ALL
    }

    fn leftover(&self, _: &Account) -> Option<Reason> {
        None
    }

    fn write(&self, items: &[Item], job: &Job<'_>) -> Result<Bytes, ExportError> {
        let passphrase = job.passphrase.ok_or(ExportError::NotMade)?;
        let file = age::seal(age::WORK, passphrase, &plain(items, job.at, "")?)?;
        Ok(Zeroizing::new(file))
    }
}
