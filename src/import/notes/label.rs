//! Whether the words before a key say that it is somebody else's: a password, a serial number.
//!
//! All of these are written like keys now and then. A word too many here costs a question, one too
//! few shows a password.

use crate::import::table::role::Role;

/// Words beside secrets and numbers that are none of ours.
const FOREIGN: &[&str] = &[
    "access",
    "activation",
    "address",
    "api",
    "bearer",
    "bitlocker",
    "booking",
    "build",
    "checksum",
    "code",
    "codes",
    "commit",
    "cookie",
    "coupon",
    "crc",
    "csrf",
    "debug",
    "deploy",
    "device",
    "digest",
    "encryption",
    "error",
    "fatal",
    "fingerprint",
    "gift",
    "gpg",
    "guid",
    "hash",
    "hmac",
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
    "md5",
    "model",
    "nonce",
    "number",
    "order",
    "part",
    "passcode",
    "pgp",
    "pin",
    "private",
    "product",
    "promo",
    "psk",
    "public",
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
    "session",
    "sha",
    "sha1",
    "sha256",
    "signature",
    "sku",
    "sn",
    "ssh",
    "ssid",
    "tag",
    "ticket",
    "token",
    "trace",
    "tracking",
    "uuid",
    "verification",
    "version",
    "voucher",
    "warn",
    "warning",
    "webhook",
    "wifi",
    "wlan",
    "wpa",
    "wpa2",
    "wpa3",
];
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

/// Whether `text` mentions a secret or a number that is none of ours.
pub(super) fn hides(text: &str) -> bool {
    Role::hides(text) || is_foreign(text)
}

fn is_foreign(text: &str) -> bool {
    let lower = text.to_lowercase();
    let mut words = lower.split(|symbol: char| !symbol.is_ascii_alphanumeric());
    let mut ends = lower.split(|symbol: char| !symbol.is_alphanumeric() && symbol != 'ー');
    words.any(|word| FOREIGN.contains(&word))
        || FOREIGN_PARTS.iter().any(|part| text.contains(part))
        || lower.contains("wi-fi")
        || ends.any(|word| ENDINGS.iter().any(|ending| word.ends_with(ending)))
}
