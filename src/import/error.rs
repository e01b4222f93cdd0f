//! Why a source, or an entry of it, gives no account.

use crate::account::AccountError;
use crate::crypto::CryptoError;
use crate::error::{Exit, Explain};
use crate::qr::capture::CaptureError;
use crate::qr::{Part, QrError};
use crate::text;
use crate::text::Text;
use crate::uri::UriError;

use super::other::Other;
use super::{MAX_ENTRIES, MAX_MIB, Source};

/// Why a whole source could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportError {
    /// There is nothing in it.
    Empty,
    /// It is larger than [`MAX_MIB`].
    TooBig,
    /// It has more entries than [`MAX_ENTRIES`].
    TooMany,
    /// It is of no format that we know.
    Unknown,
    /// It is encrypted with PGP.
    Pgp,
    /// The picture gives no texts.
    Picture(QrError),
    /// There is no picture of the screen, or nothing from the clipboard.
    Capture(CaptureError),
    /// It breaks the rules of its format.
    Damaged {
        /// The format's id.
        format: &'static str,
        /// The line on which; 0 where there are no lines.
        line: usize,
    },
    /// The passphrase is not the one it was written with, or the file is damaged: most formats
    /// cannot tell.
    WrongPassphrase {
        /// The format's id.
        format: &'static str,
    },
    /// It cannot be opened for this reason other than damage.
    Closed {
        /// The format's id.
        format: &'static str,
        /// A message id: why.
        why: &'static str,
        /// A message id: the way out.
        hint: &'static str,
    },
    /// Its encryption cannot be undone.
    Crypto(CryptoError),
}

impl ImportError {
    /// What to say of `source`, which is of no format that is read: andOTP and `WinAuth` hand their
    /// exports to PGP programs (`formats.md` 3), and what is called a picture is a broken one.
    pub(super) fn unknown(source: &Source<'_>) -> Self {
        const ARMOR: &str = "-----BEGIN PGP MESSAGE-----";
        match source.text() {
            Some(text) if text.trim_start().starts_with(ARMOR) => Self::Pgp,
            None if source.is_called_picture() => Self::Picture(QrError::Damaged),
            _ => Self::Unknown,
        }
    }

    /// A source of format `format` that is damaged, nobody knows where.
    pub(super) fn damaged(format: &'static str) -> Self {
        Self::Damaged { format, line: 0 }
    }

    /// Whether only the passphrase or the key does not fit, so that another may be tried.
    pub fn is_wrong_key(&self) -> bool {
        matches!(
            self,
            Self::WrongPassphrase { .. } | Self::Crypto(CryptoError::WrongKey | CryptoError::NoKey | CryptoError::Slip)
        )
    }

    /// `error`, met while opening a source of format `format`.
    pub(super) fn sealed(format: &'static str, error: CryptoError) -> Self {
        match error {
            CryptoError::WrongPassphrase => Self::WrongPassphrase { format },
            CryptoError::Damaged => Self::Damaged { format, line: 0 },
            other => Self::Crypto(other),
        }
    }
}

impl From<QrError> for ImportError {
    fn from(error: QrError) -> Self {
        Self::Picture(error)
    }
}

impl From<CaptureError> for ImportError {
    fn from(error: CaptureError) -> Self {
        Self::Capture(error)
    }
}

impl Explain for ImportError {
    fn text(&self) -> Text {
        match self {
            Self::Empty => text!("import-empty"),
            Self::TooBig => text!("import-too-big", most = MAX_MIB),
            Self::TooMany => text!("import-too-many", most = MAX_ENTRIES),
            Self::Unknown => text!("import-unknown"),
            Self::Pgp => text!("import-pgp"),
            Self::Picture(error) => error.text(),
            Self::Capture(error) => error.text(),
            Self::Damaged { format, line: 0 } => text!("import-damaged", app = super::app(format)),
            Self::Damaged { format, line } => text!("import-damaged-line", app = super::app(format), line = *line),
            Self::WrongPassphrase { format } if super::has_no_marks(format) => {
                text!("import-wrong-passphrase-or-other", app = super::app(format))
            }
            Self::WrongPassphrase { format } => text!("import-wrong-passphrase", app = super::app(format)),
            Self::Closed { format, why, .. } => Text::new(*why).with("app", super::app(format)),
            Self::Crypto(error) => error.text(),
        }
    }

    fn hint(&self) -> Option<Text> {
        Some(match self {
            Self::TooBig | Self::TooMany => text!("import-hint-split"),
            Self::Unknown => text!("import-hint-what-is-read"),
            Self::Pgp => text!("import-hint-pgp"),
            Self::Picture(error) => return error.hint(),
            Self::Capture(error) => return error.hint(),
            Self::Damaged { format, .. } if super::is_copy(format) => text!("import-hint-another-copy"),
            Self::Empty | Self::Damaged { .. } => text!("import-hint-export-again"),
            Self::WrongPassphrase { format } => {
                text!("import-hint-wrong-passphrase", app = super::app(format))
            }
            Self::Closed { hint, .. } => Text::new(*hint),
            Self::Crypto(error) => return error.hint(),
        })
    }

    fn exit(&self) -> Exit {
        match self {
            Self::Picture(error) => error.exit(),
            Self::Capture(error) => error.exit(),
            Self::WrongPassphrase { .. } => Exit::WrongPassphrase,
            Self::Crypto(error) => error.exit(),
            _ => Exit::BadInput,
        }
    }
}

crate::explained!(ImportError);

/// Why an entry makes no account. Never holds anything of the entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SkipReason {
    /// It is an account's address, or has the same parts, and one of them is not right.
    Address(UriError),
    /// It is something else.
    Other(Other),
    /// The transfer code is damaged or cut short.
    DamagedTransfer,
    /// The transfer code holds no account.
    EmptyTransfer,
    /// It is a part of a text that was split over several codes, the others of which are not there.
    PartOfText(Part),
    /// A part of an encrypted recovery sheet that is damaged or cut short.
    DamagedSheetPart,
    /// The transfer code asks for a number of digits that has no meaning.
    TransferDigits,
    /// It breaks the rules of its format.
    Malformed,
    /// It only approves sign-ins and has no codes.
    PushOnly,
    /// The app keeps its secret where no export reaches.
    Withheld,
    /// It is a file of an archive, and could not be read for this reason.
    File(ImportError),
}

impl From<UriError> for SkipReason {
    fn from(error: UriError) -> Self {
        Self::Address(error)
    }
}

impl From<AccountError> for SkipReason {
    fn from(error: AccountError) -> Self {
        Self::Address(error.into())
    }
}

impl From<Other> for SkipReason {
    fn from(other: Other) -> Self {
        Self::Other(other)
    }
}

impl SkipReason {
    /// One sentence: why.
    pub fn text(&self) -> Text {
        match self {
            Self::Address(error) => error.text(),
            Self::Other(other) => other.text(),
            Self::DamagedTransfer => text!("import-damaged-transfer"),
            Self::EmptyTransfer => text!("import-empty-transfer"),
            Self::PartOfText(part) => text!("import-part-of-text", number = part.number, of = part.of),
            Self::DamagedSheetPart => text!("import-damaged-sheet-part"),
            Self::TransferDigits => text!("import-transfer-digits"),
            Self::Malformed => text!("import-entry-malformed"),
            Self::PushOnly => text!("import-entry-push-only"),
            Self::Withheld => text!("import-entry-withheld"),
            Self::File(error) => error.text(),
        }
    }

    /// One thing to do about it.
    pub fn hint(&self) -> Option<Text> {
        match self {
            Self::Address(error) => error.hint(),
            Self::Other(other) => other.hint(),
            Self::Malformed => Some(text!("import-hint-export-again")),
            Self::PartOfText(_) => Some(text!("import-hint-part-of-text")),
            Self::DamagedSheetPart => Some(text!("import-hint-damaged-sheet-part")),
            Self::PushOnly | Self::Withheld => Some(text!("import-hint-new-code")),
            Self::File(error) => error.hint(),
            _ => Some(text!("import-hint-transfer-again")),
        }
    }
}
