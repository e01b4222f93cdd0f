//! What a column holds, by its heading: those of password managers (`formats.md` 8.3 and 22) and
//! those that people write, in English and Japanese.

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

use crate::text;
use crate::text::Text;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Role {
    /// The key or the address.
    Key,
    /// The site.
    Issuer,
    /// The account there.
    Name,
    /// The site where nothing else says it, otherwise the account: “name”, “アカウント”.
    Either,
    /// The web page of the site.
    Page,
    /// TOTP, HOTP, Steam …
    Kind,
    /// The hash.
    Algorithm,
    /// How long a code is.
    Digits,
    /// How long a code is valid.
    Period,
    /// The counter of the next code.
    Counter,
    /// The owner's note.
    Note,
    /// Groups, folders and tags.
    Tags,
    /// Whether it is a favourite.
    Favorite,
    /// Whether it was put away.
    Archived,
    /// A password or another secret that is none of ours: never read, never shown.
    Hidden,
}

/// Headings as a whole, the more telling ones of a role first. Case, width, blanks, punctuation
/// and long vowel marks do not count.
const HEADINGS: &[(Role, &[&str])] = &[
    (
        Role::Key,
        &[
            "login_totp",
            "otpauth",
            "totp",
            "otp_auth",
            "otpurl",
            "otpsecret",
            "totpauth",
            "totpsecret",
            "totpuri",
            "OTP Auth URI",
            "otpauthurl",
            "one-time password",
            "OTP",
            "2FA",
            "ワンタイムパスワード",
            "バックアップキー",
            "セットアップキー",
            "設定キー",
            "設定用キー",
            "シークレットキー",
            "秘密鍵",
            "秘密キー",
            "認証キー",
            "シークレット",
            "2段階認証",
            "二段階認証",
            "2要素認証",
            "二要素認証",
            "backup key",
            "setup key",
            "secret key",
            "auth key",
            "authenticator key",
            "secret",
            "key",
            "キー",
            "鍵",
        ],
    ),
    (
        Role::Issuer,
        &[
            "issuer",
            "service",
            "service name",
            "サービス",
            "サービス名",
            "取引所",
            "取引所名",
            "発行元",
            "発行者",
            "サイト",
            "サイト名",
            "title",
            "タイトル",
            "site",
            "site name",
            "exchange",
            "provider",
            "platform",
            "company",
            "会社",
            "会社名",
            "証券会社",
            "銀行",
            "金融機関",
            "app",
            "アプリ",
            "アプリ名",
            "名称",
        ],
    ),
    (
        Role::Name,
        &[
            "username",
            "login_username",
            "user name",
            "ユーザー名",
            "email",
            "mail",
            "mail address",
            "email address",
            "メール",
            "メールアドレス",
            "Eメール",
            "user",
            "login",
            "login name",
            "account name",
            "アカウント名",
            "user id",
            "ユーザーID",
            "login id",
            "ログインID",
            "ID",
            "会員ID",
            "会員番号",
            "口座番号",
        ],
    ),
    (Role::Either, &["name", "account", "アカウント", "名前"]),
    (Role::Page, &["url", "login_uri", "website", "web", "ウェブサイト", "サイトURL", "ホームページ", "アドレス"]),
    (Role::Kind, &["otp type", "type", "kind", "種類", "種別", "方式"]),
    (Role::Algorithm, &["algorithm", "algo", "アルゴリズム", "hash", "ハッシュ"]),
    (Role::Digits, &["digits", "桁数", "桁"]),
    (Role::Period, &["period", "interval", "time step", "周期", "更新間隔", "間隔", "秒数", "秒"]),
    (Role::Counter, &["counter", "カウンター"]),
    (Role::Note, &["note", "notes", "memo", "extra", "comment", "comments", "メモ", "備考", "コメント"]),
    (
        Role::Tags,
        &[
            "tags",
            "tag",
            "group",
            "groups",
            "grouping",
            "folder",
            "category",
            "vault",
            "タグ",
            "グループ",
            "フォルダー",
            "カテゴリー",
            "分類",
        ],
    ),
    (Role::Favorite, &["favorite", "favourite", "fav", "お気に入り"]),
    (Role::Archived, &["archived"]),
    (Role::Hidden, &["pw", "pin", "api", "pass", "パス", "cvv", "cvc", "合言葉", "秘密の質問", "秘密の答え"]),
];

/// Parts of headings of secrets that are none of ours.
const HIDDEN: &[&str] = &[
    "パスワード",
    "password",
    "passwd",
    "passphrase",
    "パスフレーズ",
    "暗証",
    "recovery",
    "リカバリ",
    "復元",
    "復旧",
    "予備コード",
    "バックアップコード",
    "backup code",
    "seed phrase",
    "シードフレーズ",
    "mnemonic",
    "ニーモニック",
    "api key",
    "apiキー",
    "api secret",
    "apiシークレット",
    "api token",
    "access key",
    "アクセスキー",
    "private key",
];

/// Parts of headings of keys, looked for last.
const KEYS: &[&str] = &[
    "2段階認証",
    "二段階認証",
    "2要素認証",
    "二要素認証",
    "多要素認証",
    "認証アプリ",
    "authenticator",
    "otp",
    "2fa",
    "mfa",
    "バックアップキー",
    "セットアップキー",
    "シークレット",
    "secret key",
    "backup key",
    "setup key",
];

static KNOWN: LazyLock<HashMap<String, (Role, usize)>> = LazyLock::new(|| {
    let headings = HEADINGS.iter().flat_map(|(role, headings)| headings.iter().zip(0..).map(|pair| (*role, pair)));
    headings.map(|(role, (heading, rank))| (plain(heading), (role, rank))).collect()
});
static HIDDEN_PARTS: LazyLock<Vec<String>> = LazyLock::new(|| HIDDEN.iter().map(|part| plain(part)).collect());
static KEY_PARTS: LazyLock<Vec<String>> = LazyLock::new(|| KEYS.iter().map(|part| plain(part)).collect());
/// What only sounds like a password.
static OURS: LazyLock<Vec<String>> = LazyLock::new(|| {
    ["one-time password", "one-time passcode", "ワンタイムパスワード"].iter().map(|part| plain(part)).collect()
});

/// How many headings of keys only exports of apps have; they stand first.
const OF_APPS: usize = 11;
/// The rank of a heading that only mentions a key.
const MENTIONED: usize = 100;
/// The longest heading, in characters.
const LONGEST: usize = 40;

impl Role {
    /// The role of a column with this heading, and how telling the heading is: 0 is the most.
    pub(crate) fn of(heading: &str) -> Option<(Self, usize)> {
        if heading.chars().nth(LONGEST).is_some() {
            return None;
        }
        let heading = plain(heading);
        let mentions = |parts: &[String]| parts.iter().any(|part| heading.contains(part));
        KNOWN.get(&heading).copied().or_else(|| {
            if mentions(&HIDDEN_PARTS) {
                return Some((Self::Hidden, 0));
            }
            mentions(&KEY_PARTS).then_some((Self::Key, MENTIONED))
        })
    }

    /// Whether `label`, as a whole, is a heading of keys.
    pub(crate) fn announces(label: &str) -> bool {
        matches!(Self::of(label), Some((Self::Key, rank)) if rank < MENTIONED)
    }

    /// Whether `text` mentions a password or another secret that is none of ours.
    pub(crate) fn hides(text: &str) -> bool {
        let text = OURS.iter().fold(plain(text), |text, ours| text.replace(ours.as_str(), ""));
        matches!(KNOWN.get(&text), Some((Self::Hidden, _))) || HIDDEN_PARTS.iter().any(|part| text.contains(part))
    }

    /// Whether only exports of apps have a heading of this rank for their keys.
    pub(super) fn is_of_an_app(rank: usize) -> bool {
        rank < OF_APPS
    }

    /// What such a column holds, for people; `None` for what is not worth a word.
    pub(super) fn text(self) -> Option<Text> {
        Some(match self {
            Self::Key => text!("import-table-key"),
            Self::Issuer | Self::Page => text!("import-table-issuer"),
            Self::Name => text!("import-table-name"),
            Self::Note => text!("import-table-note"),
            Self::Tags => text!("import-table-tags"),
            Self::Algorithm | Self::Digits | Self::Period | Self::Counter => {
                text!("import-table-setting")
            }
            Self::Kind | Self::Either | Self::Favorite | Self::Archived | Self::Hidden => return None,
        })
    }
}

/// `heading` without anything that people write differently.
fn plain(heading: &str) -> String {
    if heading.is_ascii() {
        let kept = heading.chars().filter(char::is_ascii_alphanumeric);
        return kept.map(|symbol| symbol.to_ascii_lowercase()).collect();
    }
    let symbols = heading.nfkc().flat_map(char::to_lowercase);
    symbols.filter(|symbol| symbol.is_alphanumeric() && *symbol != 'ー').collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_however_they_are_spelt() {
        #[track_caller]
        fn case(heading: &str, expected: Option<Role>) {
            assert_eq!(Role::of(heading).map(|(role, _)| role), expected);
        }
        case("login_totp", Some(Role::Key));
        case("Otp Secret", Some(Role::Key));
        case("ﾊﾞｯｸｱｯﾌﾟｷｰ", Some(Role::Key));
        case(" バックアップ キー ", Some(Role::Key));
        case("２段階認証", Some(Role::Key));
        case("2段階認証のキー（16桁）", Some(Role::Key));
        case("Google Authenticator", Some(Role::Key));
        case("ワンタイムパスワード", Some(Role::Key));
        case("サービス名", Some(Role::Issuer));
        case("ユーザ名", Some(Role::Name));
        case("E-Mail", Some(Role::Name));
        case("ＩＤ", Some(Role::Name));
        case("アカウント", Some(Role::Either));
        case("ログインパスワード", Some(Role::Hidden));
        case("取引暗証番号", Some(Role::Hidden));
        case("PW", Some(Role::Hidden));
        case("PIN", Some(Role::Hidden));
        case("login_password", Some(Role::Hidden));
        case("2段階認証のバックアップコード", Some(Role::Hidden));
        case("API シークレットキー", Some(Role::Hidden));
        case("Secret access key", Some(Role::Hidden));
        case("Capital One", None);
        case("残高", None);
        case("", None);
    }

    #[test]
    fn the_headings_of_apps_stand_first() {
        let keys = HEADINGS[0].1;
        assert_eq!((keys[0], keys[OF_APPS]), ("login_totp", "one-time password"));
        assert!(Role::is_of_an_app(OF_APPS - 1));
    }
}
