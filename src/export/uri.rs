//! `otpauth://` text: one address a line, which most open apps and every script read.
//!
//! Format: `formats.md` 4.5 and 4.7.

use zeroize::Zeroizing;

use crate::account::Account;
use crate::text;
use crate::text::Text;

use super::{Bytes, Encryption, ExportError, Item, Job, Reason, Target};

pub(super) struct Writer;

impl Target for Writer {
    fn id(&self) -> &'static str {
        "uri"
    }

    fn app(&self) -> Text {
        text!("export-app-uri")
    }

    fn extension(&self) -> &'static str {
        "txt"
    }

    fn encryption(&self) -> Encryption {
        Encryption::Never
    }

    fn leftover(&self, _: &Account) -> Option<Reason> {
        None
    }

    fn write(&self, items: &[Item], _: &Job<'_>) -> Result<Bytes, ExportError> {
        Ok(lines(items.iter().map(|item| crate::uri::write(&item.account)), b""))
    }
}

/// `head` and then one line for each of `addresses`.
pub(super) fn lines(addresses: impl Iterator<Item = crate::secret::Secret>, head: &[u8]) -> Bytes {
    let addresses: Vec<_> = addresses.collect();
    let size = head.len() + addresses.iter().map(|address| address.len() + 1).sum::<usize>();
    let mut text = Zeroizing::new(Vec::with_capacity(size));
    text.extend_from_slice(head);
    for address in addresses {
        // EXPOSE: the file holds the address as text; the buffer is wiped.
        text.extend_from_slice(address.expose());
        text.push(b'\n');
    }
    text
}
