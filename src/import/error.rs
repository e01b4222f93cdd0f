//! Why a source, or an entry of it, gives no account.

use crate::account::AccountError;
use crate::crypto::CryptoError;
use crate::error::{Exit, Explain};
use crate::qr::QrError;
use crate::text;
use crate::text::Text;
use crate::uri::UriError;

use super::{MAX_ENTRIES, MAX_MIB};

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
    /// The picture gives no texts.
    Picture(QrError),
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
    /// A source of format `format` that is damaged, nobody knows where.
    pub(super) fn damaged(format: &'static str) -> Self {
        Self::Damaged { format, line: 0 }
    }

    /// Whether only the passphrase or the key does not fit, so that another may be tried.
    pub fn is_wrong_key(&self) -> bool {
        matches!(self, Self::WrongPassphrase { .. } | Self::Crypto(CryptoError::WrongKey | CryptoError::NoKey))
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

impl Explain for ImportError {
    fn text(&self) -> Text {
        match self {
            Self::Empty => text!("import-empty"),
            Self::TooBig => text!("import-too-big", most = MAX_MIB),
            Self::TooMany => text!("import-too-many", most = MAX_ENTRIES),
            Self::Unknown => text!("import-unknown"),
            Self::Picture(error) => error.text(),
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
            Self::Picture(error) => return error.hint(),
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
            Self::Other(Other::Text) => None,
            Self::Malformed => Some(text!("import-hint-export-again")),
            Self::PushOnly | Self::Withheld => Some(text!("import-hint-new-code")),
            Self::File(error) => error.hint(),
            Self::Other(_) => Some(text!("import-hint-set-up-code")),
            _ => Some(text!("import-hint-transfer-again")),
        }
    }
}

/// What a text is that is not ours. Told by its first characters; the rest is never repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Other {
    /// The address of a web page.
    WebLink,
    /// The way into a Wi-Fi.
    Wifi,
    /// A visiting card, a mail address or a telephone number.
    Contact,
    /// The address of a payment.
    Payment,
    /// Where coins are sent: the bare address of a wallet.
    Wallet,
    /// Signing in with a passkey from another device.
    Passkey,
    /// Setting up an app that asks for approval and shows no codes that others can make.
    Push,
    /// Any other text.
    Text,
}

/// How each kind begins, in lower case.
const STARTS: &[(&str, Other)] = &[
    ("http://", Other::WebLink),
    ("https://", Other::WebLink),
    ("www.", Other::WebLink),
    ("wifi:", Other::Wifi),
    ("begin:vcard", Other::Contact),
    ("mecard:", Other::Contact),
    ("mailto:", Other::Contact),
    ("tel:", Other::Contact),
    ("smsto:", Other::Contact),
    ("bitcoin:", Other::Wallet),
    ("bitcoincash:", Other::Wallet),
    ("ethereum:", Other::Wallet),
    ("litecoin:", Other::Wallet),
    ("dogecoin:", Other::Wallet),
    ("ripple:", Other::Wallet),
    ("solana:", Other::Wallet),
    ("monero:", Other::Wallet),
    ("lightning:", Other::Payment),
    ("upi:", Other::Payment),
    ("fido:/", Other::Passkey),
    ("duo://", Other::Push),
    ("oktaverify://", Other::Push),
];

impl Other {
    /// What `text` is.
    pub(super) fn of(text: &str) -> Self {
        let begins = |start: &str| text.get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start));
        match STARTS.iter().find(|(start, _)| begins(start)) {
            Some((_, other)) => *other,
            None if is_wallet(text.trim()) => Self::Wallet,
            None => Self::Text,
        }
    }

    fn text(self) -> Text {
        match self {
            Self::WebLink => text!("import-other-web-link"),
            Self::Wifi => text!("import-other-wifi"),
            Self::Contact => text!("import-other-contact"),
            Self::Payment => text!("import-other-payment"),
            Self::Wallet => text!("import-other-wallet"),
            Self::Passkey => text!("import-other-passkey"),
            Self::Push => text!("import-other-push"),
            Self::Text => text!("import-other-text"),
        }
    }
}

/// Whether `text` has the shape of a wallet's address: Bitcoin's two, Ethereum's, Tron's or XRP's.
fn is_wallet(text: &str) -> bool {
    let hex = |rest: &str| rest.len() == 40 && rest.bytes().all(|byte| byte.is_ascii_hexdigit());
    let plain = |rest: &str| rest.bytes().all(|byte| byte.is_ascii_alphanumeric());
    // Base58 has none of these four; a key in base32 has no small letters.
    let base58 = !text.contains(['0', 'O', 'I', 'l']) && text.contains(|symbol: char| symbol.is_ascii_lowercase());
    text.strip_prefix("0x").is_some_and(hex)
        || text.to_ascii_lowercase().strip_prefix("bc1").is_some_and(plain) && (14..=90).contains(&text.len())
        || text.starts_with(['1', '3', 'T', 'r']) && base58 && plain(text) && (25..=35).contains(&text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_are_not_ours_are_told_by_their_start() {
        #[track_caller]
        fn case(text: &str, expected: Other) {
            assert_eq!(Other::of(text), expected);
        }
        case("https://example.com/otpauth", Other::WebLink);
        case("HTTP://EXAMPLE.COM", Other::WebLink);
        case("WIFI:T:WPA;S:home;P:secret;;", Other::Wifi);
        case("BEGIN:VCARD\nVERSION:3.0", Other::Contact);
        case("FIDO:/09876", Other::Passkey);
        case("bitcoin:bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq?amount=1", Other::Wallet);
        case("bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq", Other::Wallet);
        case("1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2", Other::Wallet);
        case("0x52908400098527886E0F7030069857D2E4169EE7", Other::Wallet);
        case("JBSWY3DPEHPK3PXP", Other::Text);
        case("3BSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", Other::Text);
        case("日本語", Other::Text);
        case("", Other::Text);
    }
}
