//! Why accounts could not be written.

use crate::crypto::CryptoError;
use crate::error::{Exit, Explain};
use crate::qr::QrError;
use crate::text;
use crate::text::Text;

/// Why accounts could not be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExportError {
    /// The content cannot be encrypted.
    Crypto(CryptoError),
    /// The content does not fit into a QR code.
    Qr(QrError),
    /// The system gave no random numbers.
    NoRandomness,
    /// The file could not be put together.
    NotMade,
    /// The target can carry none of the accounts.
    NothingFits,
    /// What was written does not read back as the accounts.
    ReadBack,
}

impl From<CryptoError> for ExportError {
    fn from(error: CryptoError) -> Self {
        Self::Crypto(error)
    }
}

impl From<QrError> for ExportError {
    fn from(error: QrError) -> Self {
        Self::Qr(error)
    }
}

impl Explain for ExportError {
    fn text(&self) -> Text {
        match self {
            Self::Crypto(error) => error.text(),
            Self::Qr(error) => error.text(),
            Self::NoRandomness => text!("account-no-randomness"),
            Self::NotMade => text!("export-not-made"),
            Self::NothingFits => text!("export-nothing-fits"),
            Self::ReadBack => text!("export-read-back"),
        }
    }

    fn hint(&self) -> Option<Text> {
        match self {
            Self::Crypto(error) => error.hint(),
            Self::Qr(error) => error.hint(),
            Self::NoRandomness => Some(text!("account-hint-try-later")),
            Self::NothingFits => Some(text!("export-advice")),
            Self::NotMade | Self::ReadBack => Some(text!("export-hint-other-target")),
        }
    }

    fn exit(&self) -> Exit {
        match self {
            Self::Crypto(error) => error.exit(),
            Self::Qr(error) => error.exit(),
            Self::NothingFits => Exit::BadInput,
            Self::NoRandomness | Self::NotMade | Self::ReadBack => Exit::Internal,
        }
    }
}

crate::explained!(ExportError);
