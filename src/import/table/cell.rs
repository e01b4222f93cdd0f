//! What a piece of text holds where nothing says it.
//!
//! People keep passwords beside their keys, so what counts as a key here is stricter than what is
//! accepted where a heading says “key”: a miss costs a question, a false key shows a password.

use zeroize::Zeroizing;

use crate::import::addresses;
use crate::key;

/// The fewest symbols of a key that nothing announces: 10 bytes, the least that large sites give.
const LEAST: usize = 16;
/// The longest name of a site, in characters.
const LONGEST_NAME: usize = 40;
/// What people write where there is no key.
const NOTHING: &[&str] =
    &["なし", "無し", "無", "未設定", "none", "no", "n/a", "na", "null", "-", "ー", "―", "—", "×", "x"];

/// Whether `text` holds an address such as `otpauth://…`.
pub(crate) fn is_address(text: &str) -> bool {
    addresses::any(text)
}

/// Whether `text` can only be a key: base32 of a length that keys have, in groups of one length, in
/// one case, as if drawn by lot, and neither hexadecimal nor the name of a key at Amazon.
pub(crate) fn is_key(text: &str) -> bool {
    let text = text.trim();
    if text.len() < LEAST {
        return false;
    }
    let symbols = key::symbols(text.trim_end_matches('='));
    let fits = symbols.len() >= LEAST && !matches!(symbols.len() % 8, 1 | 3 | 6);
    if !fits || !symbols.chars().all(key::is_symbol) {
        return false;
    }
    let case = |wanted: fn(&u8) -> bool| symbols.as_bytes().iter().any(wanted);
    let one_case = !(case(u8::is_ascii_lowercase) && case(u8::is_ascii_uppercase));
    let hex = symbols.bytes().all(|symbol| symbol.is_ascii_hexdigit());
    let amazon = symbols.starts_with("AKIA") || symbols.starts_with("ASIA");
    one_case && !hex && !amazon && is_even(text) && key::looks_like_secret(text)
}

/// Whether the groups of `text` are of one length, the last perhaps shorter.
pub(crate) fn is_even(text: &str) -> bool {
    let groups = text.split(|symbol: char| symbol.is_whitespace() || symbol == '-');
    let lengths: Vec<usize> = groups.map(|group| key::symbols(group).len()).filter(|length| *length > 0).collect();
    let [first, middle @ .., last] = lengths.as_slice() else { return lengths.len() == 1 };
    *first >= 3 && *first <= 8 && last <= first && middle.iter().all(|length| length == first)
}

/// Whether `text` reads as a key of a usual length where something announces one.
pub(crate) fn reads_as_key(text: &str) -> bool {
    let long = key::symbols(text).len() >= LEAST;
    long && is_even(text) && key::read(text).is_ok()
}

/// Whether `text` is an e-mail address.
pub(crate) fn is_email(text: &str) -> bool {
    let Some((user, host)) = text.trim().split_once('@') else { return false };
    let fits = |part: &str| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_+".contains(&byte))
    };
    fits(user) && fits(host) && host.contains('.')
}

/// Whether `text` can be shown as the name of a site: a few words, not a password.
pub(crate) fn is_plain_name(text: &str) -> bool {
    let text = text.trim();
    let short = !text.is_empty() && text.chars().nth(LONGEST_NAME).is_none() && text.split_whitespace().count() <= 4;
    let letters = text.chars().any(char::is_alphabetic);
    let usual = text.chars().all(|symbol| symbol.is_alphanumeric() || " .&-'()・（）　".contains(symbol));
    let words = text.split(|symbol: char| !symbol.is_ascii_alphanumeric());
    // A digit between letters is the sign of a password.
    let inner = words.map(|word| word.trim_matches(|symbol: char| symbol.is_ascii_digit()));
    short && letters && usual && !inner.into_iter().any(|word| word.bytes().any(|byte| byte.is_ascii_digit()))
}

/// Whether `text` says that there is nothing.
pub(crate) fn is_nothing(text: &str) -> bool {
    let text = Zeroizing::new(text.trim().to_lowercase());
    text.is_empty() || NOTHING.contains(&text.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_keys_are_keys() {
        #[track_caller]
        fn case(text: &str, expected: bool) {
            assert_eq!(is_key(text), expected);
        }
        case("JBSWY3DPEHPK3PXP", true);
        case("jbsw y3dp ehpk 3pxp", true);
        case("ＪＢＳＷＹ３ＤＰＥＨＰＫ３ＰＸＰ", true);
        case("ZI2N-KAAR-PA4U-622Q-RTRE-MUDO-HHJH-ZC6J", true);
        // A password in both cases, a sentence, a key of Amazon, of Windows, hexadecimal, an id.
        case("JBSWy3dpEHPK3pxp", false);
        case("your key is JBSWY3DPEHPK3PXP", false);
        case("AKIAIOSFODNN7EXAMPLE", false);
        case("VK7JG-NPHTM-C27JM-3MPGT-3V66T", false);
        case("deadbeefdeadbeefdeadbeefdeadbeef", false);
        case("4c9f2b7e-5a63-4d27-9b7e-2f65a3c7d2e4", false);
        case("passwordpassword", false);
        case("", false);
    }

    #[test]
    fn names_and_mail_addresses_are_told_from_passwords() {
        #[track_caller]
        fn case(text: &str, name: bool, email: bool) {
            assert_eq!((is_plain_name(text), is_email(text)), (name, email));
        }
        case("Binance.com", true, false);
        case("SBI VCトレード", true, false);
        case("Office365", true, false);
        case("taro@example.com", false, true);
        case("h4nako", false, false);
        case("P@ssw0rd!", false, false);
        case("a very long line of prose", false, false);
        case("20261122", false, false);
        case("", false, false);
    }
}
