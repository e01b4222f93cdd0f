//! QR codes as picture files.

use std::path::Path;

use super::{Bytes, ExportError};
use crate::account::Account;
use crate::qr::{self, Modules};
use crate::uri;

/// The kinds of pictures that a QR code is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drawing {
    /// Pixels.
    Png,
    /// Lines, sharp at any size.
    Svg,
}

impl Drawing {
    /// The kind that the ending of the name of `file` asks for.
    pub fn named(file: &Path) -> Option<Self> {
        match file.extension()?.to_str()?.to_lowercase().as_str() {
            "png" => Some(Self::Png),
            "svg" => Some(Self::Svg),
            _ => None,
        }
    }

    /// `modules` as a file of this kind.
    ///
    /// # Errors
    /// When the picture cannot be made, for want of memory.
    pub fn of(self, modules: &Modules) -> Result<Bytes, ExportError> {
        match self {
            Self::Png => Ok(modules.to_png()?),
            Self::Svg => Ok(Bytes::new(modules.to_svg().as_bytes().to_vec())),
        }
    }
}

/// The QR code of `account`, which says its whole address.
///
/// # Errors
/// When the address is longer than a QR code can say.
pub fn code(account: &Account) -> Result<Modules, ExportError> {
    // EXPOSE: the code that is shown says the address.
    Ok(qr::modules(uri::write(account).expose_text().unwrap_or_default())?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_of_a_name_says_what_is_drawn() {
        for (name, drawing) in [
            ("otp-qr.png", Some(Drawing::Png)),
            ("a.b.SVG", Some(Drawing::Svg)),
            ("otp-qr.pdf", None),
            ("png", None),
            (".png", None),
        ] {
            assert_eq!(Drawing::named(Path::new(name)), drawing, "{name}");
        }
    }
}
