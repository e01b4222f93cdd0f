//! The recovery key, found in what holds it: a photo or scan of its page, a PDF file, a text.

use crate::crypto::age::{Identity, KEY_MARK};
use crate::error::{Exit, Explain};
use crate::import::{self, ImportError};
use crate::qr;
use crate::secret::Secret;
use crate::text;
use crate::text::Text;

/// Why no recovery key was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoRecoveryKey {
    /// The picture or the PDF file could not be read.
    Unread(ImportError),
    /// There is none in the picture or the PDF file.
    NotPictured,
    /// It is neither a picture nor a PDF file, and no text with a key.
    NotWritten,
}

impl From<ImportError> for NoRecoveryKey {
    fn from(error: ImportError) -> Self {
        Self::Unread(error)
    }
}

impl Explain for NoRecoveryKey {
    fn text(&self) -> Text {
        match self {
            Self::Unread(error) => error.text(),
            Self::NotPictured => text!("backup-no-key-there"),
            Self::NotWritten => text!("backup-no-key-written"),
        }
    }

    fn hint(&self) -> Option<Text> {
        match self {
            Self::Unread(error) => error.hint(),
            Self::NotPictured => Some(text!("backup-hint-no-key-there")),
            Self::NotWritten => Some(text!("crypto-hint-no-key")),
        }
    }

    fn exit(&self) -> Exit {
        match self {
            Self::Unread(error) => error.exit(),
            Self::NotPictured => Exit::BadInput,
            Self::NotWritten => Exit::WrongPassphrase,
        }
    }
}

crate::explained!(NoRecoveryKey);

/// Whether `text` is a recovery key, however it is spelled.
pub fn is_one(text: &str) -> bool {
    Identity::typed(&Secret::from_text(text.to_owned())).is_ok()
}

/// The first recovery key in `bytes`, as the line that `age-keygen` writes.
///
/// # Errors
/// When there is none, or `bytes` cannot be read.
pub fn find(bytes: &[u8]) -> Result<Secret, NoRecoveryKey> {
    let line = |text: &Secret| Identity::typed(text).ok().map(|key| key.line());
    let texts: Vec<Secret> = if qr::is_picture(bytes) {
        let found = qr::read(bytes).map_err(ImportError::from)?;
        found.into_iter().map(|mut code| Secret::from_text(std::mem::take(&mut *code.text))).collect()
    } else if import::is_pdf(bytes) {
        import::pdf_texts(bytes)?
    } else {
        return written(bytes).ok_or(NoRecoveryKey::NotWritten);
    };
    texts.iter().find_map(line).ok_or(NoRecoveryKey::NotPictured)
}

/// The key in a text: all of it, as it may be broken into lines, or what a line of it ends with.
fn written(bytes: &[u8]) -> Option<Secret> {
    let text = import::plain_text(bytes)?;
    let key = |text: &str| Identity::typed(&Secret::from_text(text.to_owned())).ok();
    let in_line = |line: &str| key(&line[line.find(KEY_MARK).unwrap_or(0)..]);
    key(&text).or_else(|| text.lines().find_map(in_line)).map(|key| key.line())
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "AGE-SECRET-KEY-1GQ9778VQXMMJVE8SK7J6VT8UJ4HDQAJUVSFCWCM02D8GEWQ72PVQ2Y5J33";

    #[track_caller]
    fn case(bytes: &[u8], expected: Option<&NoRecoveryKey>) {
        let found = find(bytes);
        assert!(found.as_ref().is_ok_and(|key| key.matches(&Secret::from_text(KEY.to_owned()))) || expected.is_some());
        assert_eq!(found.err().as_ref(), expected);
    }

    fn code(text: &str) -> Vec<u8> {
        let modules = qr::modules(text).unwrap();
        let side = u32::try_from(modules.whole()).unwrap() * 4;
        let picture = image::GrayImage::from_fn(side, side, |x, y| {
            image::Luma([if modules.is_dark(x as usize / 4, y as usize / 4) { 0 } else { 255 }])
        });
        let mut file = std::io::Cursor::new(Vec::new());
        picture.write_to(&mut file, image::ImageFormat::Png).unwrap();
        file.into_inner()
    }

    #[test]
    fn a_key_is_found_in_whatever_text_holds_it() {
        case(KEY.as_bytes(), None);
        case(format!("# created: 2026-11-22\n# public key: age1x\n{KEY}\r\n").as_bytes(), None);
        case(format!("Recovery key: {KEY}\nkeep it\n").as_bytes(), None);
        case(format!("{}\n{}\n", &KEY.to_lowercase()[..40], &KEY.to_lowercase()[40..]).as_bytes(), None);
        // As the editor of Windows may save it.
        let wide: Vec<u8> = KEY.encode_utf16().flat_map(u16::to_le_bytes).collect();
        case(&[&[0xff, 0xfe][..], &wide].concat(), None);
        case(&KEY.as_bytes()[..60], Some(&NoRecoveryKey::NotWritten));
        case(b"\0\x01\x02", Some(&NoRecoveryKey::NotWritten));
        case(b"", Some(&NoRecoveryKey::NotWritten));
    }

    #[test]
    fn a_key_is_found_in_a_picture() {
        case(&code(KEY), None);
        case(&code("otpauth://totp/a?secret=GEZDGNBVGY3TQOJQ"), Some(&NoRecoveryKey::NotPictured));
        let damaged = NoRecoveryKey::Unread(ImportError::Picture(qr::QrError::Damaged));
        case(&code(KEY)[..60], Some(&damaged));
    }

    #[test]
    fn a_text_is_told_to_be_one() {
        assert!(is_one(KEY) && is_one(&KEY.to_lowercase()));
        assert!(!is_one("GEZDGNBVGY3TQOJQ") && !is_one(""));
    }
}
