//! Whether a command-line argument looks like key material (`security.md` R8.2).
//!
//! A miss costs a secret in the shell's history, a false alarm a refused command. So ordinary
//! words, names, addresses and files must pass, and what is left of random keys is caught: the
//! tests measure both.

use zeroize::Zeroizing;

use super::base32;
use super::typed::{fold, is_address, is_separator, without_label};

/// Whether `argument` looks like a secret or an address that holds one: `otpauth://…` and its kin,
/// base32 of 16 symbols or more, hexadecimal of 32 or more, with or without groups.
///
/// Catches nearly all random keys and no e-mail addresses, domains, paths, UUIDs or plain words.
pub fn looks_like_secret(argument: &str) -> bool {
    // The value of `--option=value` counts, and so does the whole: `=` also pads keys.
    let value =
        argument.strip_prefix("--").and_then(|option| option.split_once('=')).map_or(argument, |(_, value)| value);
    holds_address(argument) || is_key(without_label(value)) || value.split(divides).any(is_key)
}

/// Whether `symbol` may stand between a key and other words: `secret=KEY`, `(KEY)`, `x/KEY`,
/// `a, KEY`, `my key is KEY`.
fn divides(symbol: char) -> bool {
    let symbol = fold(symbol);
    symbol.is_whitespace() || "=/\\,;:.?!&#|+*@()[]{}、。".contains(symbol)
}

/// An address is one wherever it stands, as in `--uri=otpauth://…` or pasted text.
fn holds_address(argument: &str) -> bool {
    let colons = argument.match_indices(':').map(|(colon, _)| colon);
    colons.into_iter().any(|colon| {
        let before = &argument[..colon];
        let scheme = before.rfind(|symbol: char| !symbol.is_ascii_alphanumeric() && symbol != '-');
        let start = scheme.map_or(0, |at| at + before[at..].chars().next().map_or(0, char::len_utf8));
        is_address(&argument[start..])
    })
}

/// Whether `text` is one key in base32 and nothing else: without a space, or in groups as sites print
/// them. What may be hexadecimal may also be a checksum.
pub fn is_key_alone(text: &str) -> bool {
    let folded = folded(text);
    let groups = groups(&folded);
    let hex = groups.iter().all(|group| group.bytes().all(|symbol| symbol.is_ascii_hexdigit()));
    !hex && is_key(text) && is_even(&groups)
}

fn folded(value: &str) -> Zeroizing<String> {
    Zeroizing::new(value.trim().trim_end_matches('=').chars().map(fold).collect())
}

fn groups(folded: &str) -> Vec<&str> {
    folded.split(is_separator).filter(|group| !group.is_empty()).collect()
}

fn is_key(value: &str) -> bool {
    let folded = folded(value);
    let groups = groups(&folded);
    let all = |wanted: fn(char) -> bool| groups.iter().all(|group| group.chars().all(wanted));
    let symbols = groups.iter().map(|group| group.len()).sum::<usize>();
    let hex = symbols >= 32 && all(|symbol| symbol.is_ascii_hexdigit());
    if hex {
        return !is_uuid(&groups);
    }
    symbols >= 16 && all(base32::is_symbol) && is_random(&groups, symbols)
}

/// 8-4-4-4-12 hexadecimal digits: some sites use that as the account's name.
fn is_uuid(groups: &[&str]) -> bool {
    groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12])
}

/// Whether base32 symbols look drawn by lot, not written by a person: digits between letters, or
/// capitals throughout, and few vowels.
fn is_random(groups: &[&str], symbols: usize) -> bool {
    let even = is_even(groups);
    let joined = Zeroizing::new(groups.concat());
    let inner = if even { inner_digits(&joined) } else { groups.iter().map(|group| inner_digits(group)).sum() };
    let count = |wanted: fn(char) -> bool| joined.chars().filter(|symbol| wanted(*symbol)).count();
    let letters = count(|symbol| symbol.is_ascii_alphabetic());
    let vowels = count(|symbol| "aeiouAEIOU".contains(symbol));
    let capitals = even && count(|symbol| symbol.is_ascii_lowercase()) == 0;
    // A single digit in words of many lengths is one of theirs, as in `encrypted_argon2id`.
    letters > 0 && (inner >= 2 || vowels * 3 < symbols && even && (inner == 1 || capitals))
}

/// Whether the groups are of one length up to 8, the last perhaps shorter, as sites print keys. Two groups
/// may be two words, so both have to be of that length.
fn is_even(groups: &[&str]) -> bool {
    let [first, middle @ .., last] = groups else { return true };
    let last_fits = if middle.is_empty() { last.len() == first.len() } else { last.len() <= first.len() };
    (3..=8).contains(&first.len()) && last_fits && middle.iter().all(|group| group.len() == first.len())
}

/// How many runs of digits stand between letters: `web3x` has one, `x2026` none.
fn inner_digits(word: &str) -> usize {
    let middle = word.trim_matches(|symbol: char| symbol.is_ascii_digit());
    let runs = middle.split(|symbol: char| symbol.is_ascii_alphabetic());
    runs.filter(|run| !run.is_empty()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_addresses_are_recognised() {
        for argument in [
            "otpauth://totp/x?secret=JBSWY3DPEHPK3PXP",
            "OTPAUTH-MIGRATION://offline?data=x",
            "--uri=otpauth://totp/x",
            "QR-Code:otpauth://totp/x",
            "秘密otpauth://totp/x",
            "steam://STK7746GVMCHMNH5",
            "JBSWY3DPEHPK3PXP",
            "jbswy3dpehpk3pxp",
            "JBSW Y3DP EHPK 3PXP",
            "jbsw y3dp ehpk 3pxp",
            "JBSWY3DP-EHPK3PXP",
            "JBSWY3DPEHPK3PXP====",
            "--key=JBSWY3DPEHPK3PXP",
            "key: jbswy3dpehpk3pxp",
            "バックアップキー：JBSWY3DPEHPK3PXP",
            "ＪＢＳＷＹ３ＤＰＥＨＰＫ３ＰＸＰ",
            "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
            "HXDMVJECJJWSRBHWIZRIFUGFTMXBOZQK",
            "48656c6c6f21deadbeef0123456789ab",
            "3132 3334 3536 3738 3930 3132 3334 3536",
            "secret=JBSWY3DPEHPK3PXP",
            "--note=secret=JBSWY3DPEHPK3PXP",
            "key＝jbswy3dpehpk3pxp",
            "(JBSWY3DPEHPK3PXP)",
            "[JBSWY3DPEHPK3PXP]",
            "{JBSWY3DPEHPK3PXP}.",
            "（JBSWY3DPEHPK3PXP）",
            "x/JBSWY3DPEHPK3PXP",
            "taro,JBSWY3DPEHPK3PXP",
            "taro、JBSWY3DPEHPK3PXP。",
            "binance:JBSWY3DPEHPK3PXP",
            "my key is JBSWY3DPEHPK3PXP",
            "?secret=JBSWY3DPEHPK3PXP&issuer=x",
        ] {
            assert!(looks_like_secret(argument), "{argument}");
        }
    }

    #[test]
    fn ordinary_arguments_pass() {
        for argument in [
            "binance",
            "Binance.com",
            "BITFLYER",
            "楽天証券",
            "ｂｉｎａｎｃｅ",
            "taro@example.com",
            "taro.yamada2345@example.co.jp",
            "accounts.txt",
            "~/Pictures/screenshot",
            "Screenshot-2026-11-22.png",
            "screenshots/abcdefgh2345",
            "bitwarden_encrypted_argon2id.json",
            "C:\\Users\\taro\\qr",
            "google-authenticator-export",
            "googleauthenticator2",
            "authenticatorplus",
            "office365-tenant2",
            "web3foundationuser",
            "microsoft-azure-active-directory",
            "MITSUBISHIUFJBANK",
            "MITSUBISHI UFJ BANK",
            "BANK OF AMERICA CORPORATION",
            "SUMITOMO MITSUI BANKING",
            "AMAZON WEB SERVICES",
            "InteractiveBrokers",
            "BitcoinExchange23",
            "tarosbinanceaccount2",
            "https://www.binance.com/en",
            "2026-11-22T19:13:35Z",
            "20000000000",
            "2345672345672345",
            "4c9f2b7e-5a63-4d27-9b7e-2f65a3c7d2e4",
            "id=4c9f2b7e-5a63-4d27-9b7e-2f65a3c7d2e4",
            "id:4c9f2b",
            "ticket=2345, opened in 2019 (by taro)",
            "https://accounts.example.com/settings/two-factor-authentication?lang=ja",
            "/home/taro/Downloads/aegis-export-20261122.json",
            "--passphrase-file",
            "--passphrase-file=/home/taro/passphrase",
            "--from=google-authenticator",
            "--profile",
            "-",
            "",
        ] {
            assert!(!looks_like_secret(argument), "{argument}");
        }
    }

    /// 2,000 keys of 10, 20 and 32 bytes each, from a fixed generator (xorshift64, seed 1).
    #[test]
    fn nearly_all_random_keys_are_recognised() {
        let mut state = 1_u64;
        let mut byte = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state.to_be_bytes()[0]
        };
        for (bytes, capitals, small) in [(10, 1_900, 1_800), (20, 1_980, 1_980), (32, 1_999, 1_999)] {
            let mut found = (0, 0, 0);
            for _ in 0..2_000 {
                let secret = crate::secret::Secret::new((0..bytes).map(|_| byte()).collect());
                let key = super::super::write(&secret);
                let (key, grouped) = (key.expose_text().unwrap(), super::super::grouped(&secret));
                found.0 += usize::from(looks_like_secret(key));
                found.1 += usize::from(looks_like_secret(grouped.expose_text().unwrap()));
                found.2 += usize::from(looks_like_secret(&key.to_lowercase()));
            }
            assert!(found.0 >= capitals && found.1 == found.0 && found.2 >= small, "{bytes} bytes: {found:?}");
        }
    }
}
