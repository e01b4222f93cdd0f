//! Whether the words before a key say that it is somebody else's: a password, a serial number.
//!
//! All of these are written like keys now and then. A word too many here costs a question, one too
//! few shows a password.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::import::table::role::Role;

/// Words beside secrets and numbers that are none of ours.
const FOREIGN: &[&str] = &[
    "access",
    "activation",
    "address",
    "api",
    "app",
    "application",
    "bearer",
    "bitlocker",
    "body",
    "booking",
    "build",
    "cd",
    "cert",
    "certificate",
    "checksum",
    "client",
    "code",
    "codes",
    "commit",
    "consumer",
    "content",
    "cookie",
    "coupon",
    "crc",
    "csrf",
    "data",
    "debug",
    "deploy",
    "device",
    "digest",
    "encryption",
    "error",
    "etag",
    "fatal",
    "fingerprint",
    "foreign",
    "game",
    "gift",
    "gpg",
    "guid",
    "hash",
    "hmac",
    "host",
    "imei",
    "info",
    "invitation",
    "invite",
    "invoice",
    "ipfs",
    "jwt",
    "licence",
    "license",
    "mac",
    "master",
    "md5",
    "model",
    "nonce",
    "number",
    "order",
    "part",
    "passcode",
    "pgp",
    "pin",
    "primary",
    "private",
    "product",
    "promo",
    "psk",
    "public",
    "puk",
    "recovery",
    "redeem",
    "ref",
    "reference",
    "referral",
    "request",
    "reservation",
    "revision",
    "rsa",
    "salt",
    "seed",
    "serial",
    "server",
    "session",
    "sha",
    "sha1",
    "sha256",
    "signature",
    "sku",
    "sn",
    "ssh",
    "ssid",
    "ssl",
    "storage",
    "stream",
    "sync",
    "tag",
    "text",
    "ticket",
    "tls",
    "token",
    "trace",
    "tracking",
    "txt",
    "uid",
    "ulid",
    "uuid",
    "value",
    "verification",
    "version",
    "voucher",
    "warn",
    "warning",
    "webhook",
    "wifi",
    "windows",
    "wlan",
    "wpa",
    "wpa2",
    "wpa3",
];
static FOREIGN_WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| FOREIGN.iter().copied().collect());
/// The same in Japanese, where no blanks part words.
const FOREIGN_PARTS: &[&str] = &[
    "アクティベーション",
    "ギフト",
    "クーポン",
    "コード",
    "シリアル",
    "セッション",
    "トークン",
    "ハッシュ",
    "プロダクト",
    "ライセンス",
    "番号",
    "暗号化",
    "回復",
    "招待",
    "指紋",
    "製品",
    "入金",
    "注文",
    "追跡",
    "予約",
    "公開鍵",
];
/// How names of passwords end: “ログインPW”.
const ENDINGS: &[&str] = &["pw", "pwd", "pass", "パス"];

/// How names of keys and numbers end. Those that are ours are known as a whole.
const KINDS: &[&str] = &["key", "キー", "鍵", "シークレット"];

/// Whether `text` mentions a secret or a number that is none of ours.
pub(super) fn hides(text: &str) -> bool {
    let lower = text.to_lowercase();
    let mut latin = lower.split(|symbol: char| !symbol.is_ascii_alphanumeric());
    Role::hides(text)
        || latin.any(|word| FOREIGN_WORDS.contains(word))
        || lower.contains("wi-fi")
        || !text.is_ascii() && FOREIGN_PARTS.iter().any(|part| text.contains(part))
        || text.split(|symbol: char| !symbol.is_alphanumeric() && !"ー-_".contains(symbol)).any(names_other)
}

/// Whether `word` names something that is none of ours by its end: “ログインPW”, “マスターキー”, “requestId”.
fn names_other(word: &str) -> bool {
    let lower = word.to_lowercase();
    let ends = |endings: &[&str]| endings.iter().any(|ending| lower.ends_with(ending));
    let number = word.len() > 2 && (word.ends_with("ID") || word.ends_with("Id") || ends(&["-id", "_id"]));
    let known = || Role::of(word).is_some_and(|(role, _)| role != Role::Hidden);
    ends(ENDINGS) || (number || ends(KINDS)) && !known()
}
