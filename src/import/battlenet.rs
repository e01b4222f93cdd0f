//! Battle.net Authenticator (Android): the preferences that a rooted phone gives away.
//!
//! Secret and serial number are masked with the same bytes on every phone, and the secret is
//! spelt in hexadecimal digits below the mask. Format: `formats.md` 21.

use zeroize::Zeroizing;

use crate::key;
use crate::text;
use crate::text::Text;

use super::draft::{Draft, Key};
use super::{Batch, Format, ImportError, Opened, Place, Source};

const ID: &str = "battlenet";
const SECRET: &str = "AUTHENTICATOR_DEVICE_SECRET";
const SERIAL: &str = "AUTHENTICATOR_SERIAL";
/// What both are masked with.
const MASK: &[u8] = b"\
    \x39\x8e\x27\xfc\x50\x27\x6a\x65\x60\x65\xb0\xe5\x25\xf4\xc0\x6c\x04\xc6\x10\x75\x28\x6b\x8e\x7a\
    \xed\xa5\x9d\xa9\x81\x3b\x5d\xd6\xc8\x0d\x2f\xb3\x80\x68\x77\x3f\xa5\x9b\xa4\x7c\x17\xca\x6c\x64\
    \x79\x01\x5c\x1d\x5b\x8b\x8f\x6b\x9a";

pub(super) struct Importer;

impl Format for Importer {
    fn id(&self) -> &'static str {
        ID
    }

    fn app(&self) -> Text {
        text!("import-app-battlenet")
    }

    fn how_to_export(&self) -> Text {
        text!("import-export-battlenet")
    }

    fn recognizes(&self, source: &Source<'_>) -> bool {
        source.preferences().is_some_and(|found| found.text(SECRET).is_some())
    }

    fn open(&self, source: &Source<'_>) -> Result<Opened, ImportError> {
        let Some(found) = source.preferences() else {
            return Err(ImportError::Damaged { format: ID, line: 0 });
        };
        found.check(ID)?;
        let secret = found.text(SECRET).and_then(unmask);
        let serial = found.text(SERIAL).and_then(unmask);
        let draft = Draft {
            issuer: "Battle.net",
            name: serial.as_deref().map_or("", String::as_str),
            secret: secret.as_deref().map_or(Key::Unreadable, |digits| Key::Hex(digits)),
            digits: Ok(Some(8)),
            ..Draft::default()
        };
        let mut batch = Batch::default();
        draft.add(Place::item(1), &mut batch)?;
        Ok(batch.into())
    }
}

/// The text below the mask; `None` where there is none.
fn unmask(masked: &str) -> Option<Zeroizing<String>> {
    let masked = key::read_hex(masked).ok().filter(|masked| masked.len() <= MASK.len())?;
    // EXPOSE: the mask is taken off; the result is wiped.
    let plain = masked.expose().iter().zip(MASK).map(|(byte, mask)| byte ^ mask);
    let text = Zeroizing::new(String::from_utf8(plain.collect()).ok()?);
    text.bytes().all(|byte| byte.is_ascii_graphic()).then_some(text)
}
