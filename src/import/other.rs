//! What a text is that makes no account, so that whoever has the wrong code learns which one it is.

use crate::key::{self, KeyError};
use crate::text;
use crate::text::Text;
use zeroize::Zeroizing;

use super::{Place, addresses, plain};

/// What a text is that is not ours. Told by its first characters; the rest is never repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Other {
    /// The address of a web page.
    WebLink,
    /// The way into a Wi-Fi.
    Wifi,
    /// A visiting card, a mail address or a telephone number.
    Contact,
    /// A payment: to whom, and perhaps how much.
    Payment,
    /// Where coins are sent: the bare address of a wallet.
    Wallet,
    /// Signing in with a passkey from another device.
    Passkey,
    /// Setting up an app that asks for approval and shows no codes that others can make.
    Push,
    /// A part of an encrypted recovery sheet.
    SheetPart,
    /// The key that opens recovery copies.
    RecoveryKey,
    /// A backup key alone, with nothing that says so.
    Key,
    /// A QR code of any other text.
    Code,
    /// Any other text.
    Text,
}

/// How each kind begins, in lower case. The first that fits counts.
const STARTS: &[(&str, Other)] = &[
    ("otpsheet1:", Other::SheetPart),
    ("age-secret-key-", Other::RecoveryKey),
    // Payments that are web links, too.
    ("https://qr.paypay.ne.jp/", Other::Payment),
    ("https://qr.alipay.com/", Other::Payment),
    ("https://line.me/r/pay", Other::Payment),
    ("https://wa.me/pay", Other::Payment),
    ("https://paypal.me/", Other::Payment),
    ("https://www.paypal.me/", Other::Payment),
    ("wxp://", Other::Payment),
    ("weixin://wxpay", Other::Payment),
    ("alipays://", Other::Payment),
    ("upi:", Other::Payment),
    ("lightning:", Other::Payment),
    ("lnurl1", Other::Payment),
    ("lnbc1", Other::Payment),
    // The European Payments Council, Switzerland, the Czech Republic, EMVCo.
    ("bcd\n00", Other::Payment),
    ("bcd\r\n00", Other::Payment),
    ("spc\n02", Other::Payment),
    ("spc\r\n02", Other::Payment),
    ("spd*1.0*", Other::Payment),
    ("000201", Other::Payment),
    ("http://", Other::WebLink),
    ("https://", Other::WebLink),
    ("www.", Other::WebLink),
    ("urlto:", Other::WebLink),
    ("wifi:", Other::Wifi),
    ("begin:vcard", Other::Contact),
    ("mecard:", Other::Contact),
    ("bizcard:", Other::Contact),
    ("mailto:", Other::Contact),
    ("matmsg:", Other::Contact),
    ("tel:", Other::Contact),
    ("sms:", Other::Contact),
    ("smsto:", Other::Contact),
    ("bitcoin:", Other::Wallet),
    ("bitcoincash:", Other::Wallet),
    ("ethereum:", Other::Wallet),
    ("litecoin:", Other::Wallet),
    ("ltc1q", Other::Wallet),
    ("addr1", Other::Wallet),
    ("dogecoin:", Other::Wallet),
    ("ripple:", Other::Wallet),
    ("xrpl:", Other::Wallet),
    ("solana:", Other::Wallet),
    ("monero:", Other::Wallet),
    ("tron:", Other::Wallet),
    ("stellar:", Other::Wallet),
    ("web+stellar:", Other::Wallet),
    ("cardano:", Other::Wallet),
    ("web+cardano:", Other::Wallet),
    ("dash:", Other::Wallet),
    ("zcash:", Other::Wallet),
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
            None if is_key(text.trim()) => Self::Key,
            None => Self::Text,
        }
    }

    /// The same of what a QR code at `place` says, where it is one: whoever photographed a code is
    /// told of codes, and not of addresses.
    pub(super) fn at(self, place: Place) -> Self {
        if self == Self::Text && place.is_code() { Self::Code } else { self }
    }

    /// The name in JSON.
    fn id(self) -> &'static str {
        match self {
            Self::WebLink => "web-link",
            Self::Wifi => "wifi",
            Self::Contact => "contact",
            Self::Payment => "payment",
            Self::Wallet => "wallet",
            Self::Passkey => "passkey",
            Self::Push => "push",
            Self::SheetPart => "sheet-part",
            Self::RecoveryKey => "recovery-key",
            Self::Key => "key",
            Self::Code | Self::Text => "text",
        }
    }

    /// One sentence: what it is.
    pub(super) fn text(self) -> Text {
        match self {
            Self::WebLink => text!("import-other-web-link"),
            Self::Wifi => text!("import-other-wifi"),
            Self::Contact => text!("import-other-contact"),
            Self::Payment => text!("import-other-payment"),
            Self::Wallet => text!("import-other-wallet"),
            Self::Passkey => text!("import-other-passkey"),
            Self::Push => text!("import-other-push"),
            Self::SheetPart => text!("import-other-sheet-part"),
            Self::RecoveryKey => text!("import-other-recovery-key"),
            Self::Key => text!("import-other-key"),
            Self::Code => text!("import-other-code"),
            Self::Text => text!("import-other-text"),
        }
    }

    /// What to do instead.
    pub(super) fn hint(self) -> Option<Text> {
        match self {
            Self::Text => None,
            Self::SheetPart => Some(text!("import-hint-sheet-part")),
            Self::RecoveryKey => Some(text!("import-hint-recovery-key")),
            Self::Key => Some(text!("import-hint-key")),
            _ => Some(text!("import-hint-set-up-code")),
        }
    }
}

/// What the text of a QR code is, by the name that JSON gives it: `account`, `transfer`,
/// `microsoft-activation`, `key` for a backup key alone, or one of the kinds of [`Other`], such as `web-link`.
pub fn kind(text: &str) -> &'static str {
    match addresses::first_scheme(text) {
        Some(addresses::MIGRATION) => "transfer",
        Some("phonefactor") => "microsoft-activation",
        Some(_) => "account",
        None => Other::of(text).id(),
    }
}

/// Whether `text` is a backup key and nothing else. Words that could be read as one are none.
fn is_key(text: &str) -> bool {
    let read = || matches!(key::read(text), Ok(_) | Err(KeyError::LooksLikeHex { .. }));
    !text.contains('\n') && key::looks_like_secret(text) && read()
}

/// Whether `text` has the shape of a wallet's address: Bitcoin's two, Ethereum's, Tron's, XRP's or
/// Stellar's, which is base32 as backup keys are, of a length that hardly any has.
fn is_wallet(text: &str) -> bool {
    let hex = |rest: &str| rest.len() == 40 && rest.bytes().all(|byte| byte.is_ascii_hexdigit());
    let plain = |rest: &str| rest.bytes().all(|byte| byte.is_ascii_alphanumeric());
    // Base58 has none of these four; a key in base32 has no small letters.
    let base58 = !text.contains(['0', 'O', 'I', 'l']) && text.contains(|symbol: char| symbol.is_ascii_lowercase());
    let base32 = |text: &str| text.bytes().all(|byte| byte.is_ascii_uppercase() || (b'2'..=b'7').contains(&byte));
    text.strip_prefix("0x").is_some_and(hex)
        || text.starts_with('G') && text.len() == 56 && base32(text)
        || text.to_ascii_lowercase().strip_prefix("bc1").is_some_and(plain) && (14..=90).contains(&text.len())
        || text.starts_with(['1', '3', 'T', 'r']) && base58 && plain(text) && (25..=35).contains(&text.len())
}

/// The most bytes of a text that may be one key: the longest there is, in groups and in UTF-16.
const MOST_KEY: usize = 1_024;

/// The backup key that is all there is in the text `bytes`, perhaps with a word that says that it is
/// one: nothing says whose it is.
pub fn bare_key(bytes: &[u8]) -> Option<Zeroizing<String>> {
    if bytes.len() > MOST_KEY {
        return None;
    }
    let text = plain::read(bytes)?;
    let text = text.trim();
    key::is_key_alone(key::without_label(text)).then(|| Zeroizing::new(text.to_owned()))
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
        case("GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSGZ", Other::Wallet);
        case("ltc1qar0srrr7xfkvy5l643lydnw9re59gtzz9c8x5s", Other::Wallet);
        case("https://qr.paypay.ne.jp/p2p01_abc", Other::Payment);
        case("BCD\n002\n1\nSCT\n\nTaro\nDE89370400440532013000\nEUR1", Other::Payment);
        case("00020101021226370011jp.or.paymentsjapan", Other::Payment);
        case("SPC\r\n0200\r\n1", Other::Payment);
        case("MATMSG:TO:taro@example.com;;", Other::Contact);
        case("MECARD:N:Taro;TEL:0312345678;;", Other::Contact);
        case("OTPSHEET1:1/3:ABCDEF", Other::SheetPart);
        case("AGE-SECRET-KEY-1QQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQ", Other::RecoveryKey);
        case("JBSWY3DPEHPK3PXP", Other::Key);
        case("3BSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", Other::Key);
        case("jbsw y3dp ehpk 3pxp", Other::Key);
        case("hello world", Other::Text);
        case("日本語", Other::Text);
        case("", Other::Text);
    }

    #[test]
    fn a_key_alone_in_a_text_is_found() {
        #[track_caller]
        fn case(text: &str, expected: Option<&str>) {
            assert_eq!(bare_key(text.as_bytes()).as_deref().map(String::as_str), expected);
        }
        case("\u{feff}jbsw y3dp ehpk 3pxp\r\n", Some("jbsw y3dp ehpk 3pxp"));
        case("Backup key: W25FHWSU56FVKU7A", Some("Backup key: W25FHWSU56FVKU7A"));
        case("Binance W25FHWSU56FVKU7A", None);
        case("W25FHWSU56FVKU7A\n2WGD7EN2QMGC7GZK\n", None);
        case("hello world", None);
        case("", None);
    }

    #[test]
    fn a_code_of_any_text_is_called_a_code() {
        assert_eq!(Other::of("hello world").at(Place::code(1)), Other::Code);
        assert_eq!(Other::of("hello world").at(Place::line(1)), Other::Text);
        assert_eq!(Other::of("www.example.com").at(Place::code(1)), Other::WebLink);
    }

    #[test]
    fn every_kind_of_code_has_a_name() {
        #[track_caller]
        fn case(text: &str, expected: &str) {
            assert_eq!(kind(text), expected);
        }
        case("otpauth://totp/a?secret=GEZDGNBVGY3TQOJQ", "account");
        case("OTPAUTH-MIGRATION://offline?data=AA", "transfer");
        case("phonefactor://activate_account?code=1&url=https%3a%2f%2fexample.com", "microsoft-activation");
        case("https://example.com/?next=otpauth", "web-link");
        case("日本語", "text");
    }
}
