//! Texts with their secrets taken out, to show what a QR code says (`security.md` R9.1).
//!
//! Of an address only what is known to be harmless stays: a parameter that nobody knows may well
//! be a key.

use crate::key;

use super::addresses;
use super::other::Other;

/// What stands where a secret was.
const MASK: &str = "***";
/// How the key that opens recovery copies begins.
const RECOVERY_KEY: &str = "AGE-SECRET-KEY-";
/// Parameters of addresses that hold no secret.
const HARMLESS: &[&str] =
    &["algorithm", "counter", "digits", "icon", "image", "issuer", "name", "period", "type", "url", "version"];

/// `text` with `***` for every secret in it; `None` if there is none.
pub fn masked(text: &str) -> Option<String> {
    let masked = match (addresses::any(text), Other::of(text)) {
        (true, _) => each_line(text, line),
        // However they are broken into lines.
        (false, Other::Text) if is_recovery_phrase(text) => MASK.to_owned(),
        (false, Other::RecoveryKey | Other::Key | Other::Text) => each_line(text, words),
        (false, Other::WebLink) => link(text),
        (false, Other::Wifi) => wifi(text),
        // What activates an app, or signs in: all of it.
        (false, Other::Push | Other::Passkey) => scheme(text),
        _ => return None,
    };
    (masked != text).then_some(masked)
}

fn each_line(text: &str, mask: fn(&str) -> String) -> String {
    text.split('\n').map(mask).collect::<Vec<_>>().join("\n")
}

/// A line with its addresses masked, and the words around them.
fn line(line: &str) -> String {
    let (mut masked, mut rest) = (String::new(), line);
    for found in addresses::split(line) {
        let Some((before, after)) = rest.split_once(found.text) else { continue };
        masked.push_str(&words(before));
        masked.push_str(&address(found.text));
        rest = after;
    }
    masked + &words(rest)
}

fn address(address: &str) -> String {
    let (scheme, rest) = address.split_once("://").unwrap_or_default();
    let Some((label, parameters)) = rest.split_once('?') else { return format!("{scheme}://{MASK}") };
    let label = if key::looks_like_secret(label) { MASK } else { label };
    let parameters: Vec<String> = parameters.split('&').map(parameter).collect();
    format!("{scheme}://{label}?{}", parameters.join("&"))
}

fn parameter(parameter: &str) -> String {
    match parameter.split_once('=') {
        Some((name, _)) if HARMLESS.contains(&&*name.to_ascii_lowercase()) => parameter.to_owned(),
        Some((name, _)) if !key::looks_like_secret(name) => format!("{name}={MASK}"),
        _ => MASK.to_owned(),
    }
}

/// Free text: words that look like a key, or all of it where only several words together do.
fn words(line: &str) -> String {
    let masked: String = line.split_inclusive(char::is_whitespace).map(word).collect();
    let whole = masked == line && (key::looks_like_secret(line) || is_recovery_phrase(line));
    if whole { MASK.to_owned() } else { masked }
}

fn word(word: &str) -> String {
    let bare = word.trim_end();
    let begins = bare.get(..RECOVERY_KEY.len()).filter(|begin| begin.eq_ignore_ascii_case(RECOVERY_KEY));
    match begins {
        Some(begin) => format!("{begin}{MASK}{}", &word[bare.len()..]),
        None if key::looks_like_secret(bare) || is_private_key(bare) => format!("{MASK}{}", &word[bare.len()..]),
        None => word.to_owned(),
    }
}

/// Whether `word` is the private key of a wallet: in the import format of Bitcoin, or an extended one
/// (BIP 32).
fn is_private_key(word: &str) -> bool {
    let base58 = word.bytes().all(|byte| byte.is_ascii_alphanumeric() && !b"0OIl".contains(&byte));
    let imported = matches!(word.len(), 51 | 52) && word.starts_with(['5', 'K', 'L', '9', 'c']);
    base58 && (imported || (word.len() > 100 && word.get(1..4) == Some("prv")))
}

/// Whether `line` is the words that bring a wallet back (BIP 39).
fn is_recovery_phrase(line: &str) -> bool {
    let is_word = |word: &str| (3..=8).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_lowercase());
    let words = line.split_whitespace();
    matches!(words.clone().count(), 12 | 15 | 18 | 21 | 24) && words.into_iter().all(is_word)
}

/// The way into a Wi-Fi, without its password: `P:`, up to a `;` that has no `\` before it.
fn wifi(text: &str) -> String {
    let (mut fields, mut escaped) = (vec![String::new()], false);
    for symbol in text.chars() {
        match (symbol, escaped) {
            (';', false) => fields.push(String::new()),
            _ => fields.last_mut().map_or((), |field| field.push(symbol)),
        }
        escaped = symbol == '\\' && !escaped;
    }
    let is_password = |field: &str| field.get(..2).is_some_and(|begin| begin.eq_ignore_ascii_case("P:"));
    let scheme = |field: &str| field.get(..5).is_some_and(|begin| begin.eq_ignore_ascii_case("WIFI:"));
    for field in &mut fields {
        let begin = if scheme(field) { 5 } else { 0 };
        if is_password(&field[begin..]) {
            field.truncate(begin + 2);
            field.push_str(MASK);
        }
    }
    fields.join(";")
}

/// The scheme of an address, and nothing else of it.
fn scheme(text: &str) -> String {
    let begin = text.find(['/', ':']).map_or(0, |end| end + 1);
    format!("{}{MASK}", &text[..begin])
}

/// The address of a page, some of which draw the QR code of whatever account they are told.
fn link(link: &str) -> String {
    let lower = link.to_ascii_lowercase();
    match link.split_once(['?', '#']) {
        Some((page, _)) if lower.contains("otpauth") || lower.contains("secret") => format!("{page}?{MASK}"),
        _ => link.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_masked_and_nothing_else() {
        #[track_caller]
        fn case(text: &str, expected: Option<&str>) {
            assert_eq!(masked(text).as_deref(), expected);
        }
        case(
            "otpauth://totp/Binance:taro?secret=GEZDGNBVGY3TQOJQ&issuer=Binance&digits=8",
            Some("otpauth://totp/Binance:taro?secret=***&issuer=Binance&digits=8"),
        );
        case(
            "OTPAUTH://TOTP/A?SECRET=AA&Issuer=B&pin=1234&foo=bar",
            Some("OTPAUTH://TOTP/A?SECRET=***&Issuer=B&pin=***&foo=***"),
        );
        case("otpauth-migration://offline?data=CjEKCkhlbGxv", Some("otpauth-migration://offline?data=***"));
        case("otpauth://totp/a&secret=GEZDGNBVGY3TQOJQ", Some("otpauth://***"));
        case("otpauth://totp/GEZDGNBVGY3TQOJQ?x", Some("otpauth://***?***"));
        case("steam://GEZDGNBVGY3TQOJQ", Some("steam://***"));
        case("motp://a:b?secret=0123456789abcdef", Some("motp://a:b?secret=***"));
        case("phonefactor://activate_account?code=123456&url=x", Some("phonefactor://activate_account?code=***&url=x"));
        case(
            "株 otpauth://totp/a?secret=AA otpauth://totp/b?secret=BB\nx",
            Some("株 otpauth://totp/a?secret=*** otpauth://totp/b?secret=***\nx"),
        );
        case("JBSWY3DPEHPK3PXP", Some("***"));
        case("jbsw y3dp ehpk 3pxp", Some("***"));
        case("the key is JBSWY3DPEHPK3PXP here", Some("the key is *** here"));
        case("key: JBSW Y3DP EHPK 3PXP", Some("***"));
        case("AGE-SECRET-KEY-1GFPYYSJZ", Some("AGE-SECRET-KEY-***"));
        case("https://draw.example/qr?chl=otpauth%3A%2F%2Ftotp%2Fa%3Fsecret%3DAA", Some("https://draw.example/qr?***"));
        case("https://example.com/JBSWY3DPEHPK3PXP?x=1", None);
        case("WIFI:T:WPA;S:home;P:pass\\;word\\\\;H:true;;", Some("WIFI:T:WPA;S:home;P:***;H:true;;"));
        case("wifi:p:x;S:P\\;:home;;", Some("wifi:p:***;S:P\\;:home;;"));
        case("WIFI:T:nopass;S:cafe;;", None);
        case("duo://aBcDeF-x", Some("duo:***"));
        case("FIDO:/0123456789", Some("FIDO:***"));
        case("5Kb8kLf9zgWQnogidDA76MzPL6TsZZY36hWXMssSzNydYXYB9KF", Some("***"));
        case("a KwdMAjGmerYanjeui5SHS7JkmpZvVipYvB2LJGU1ZxJwYvP98617 b", Some("a *** b"));
        case(&format!("xprv{}", "9s21ZrQH".repeat(13)), Some("***"));
        case(&"abandon ".repeat(12), Some("***"));
        case(&"abandon\n".repeat(24), Some("***"));
        case("these are some words that say nothing of a wallet at all here", None);
        case("OTPSHEET1:JBSWY3DPEHPK3PXP", None);
        case("hello\nworld", None);
    }
}
