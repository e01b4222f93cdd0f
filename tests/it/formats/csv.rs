//! Tables as text: exports of password managers, and what people keep themselves.

use otp::account::Account;

use super::{Export, golden, line, plain};
use crate::vectors::Vector;

pub(super) fn exports() -> Vec<Export> {
    let mut exports = vec![bitwarden(), lastpass(), keepassxc(), japanese(), guessed()];
    exports.extend(managers());
    exports
}

/// What every password manager can hold as a bare key.
fn is_usual(vector: &Vector) -> bool {
    vector.kind == "totp" && vector.algorithm == "SHA1" && vector.digits == 6 && vector.moving == 30
}

pub(super) fn address(account: &Account) -> String {
    otp::uri::write(account).expose_text().unwrap().to_owned()
}

/// Bitwarden keeps addresses; a note and a folder come with the first.
fn bitwarden() -> Export {
    let accounts = golden(|_| true);
    let mut text = String::from(
        "folder,favorite,type,name,notes,fields,reprompt,login_uri,login_username,login_password,login_totp\n",
    );
    for (vector, number) in accounts.iter().zip(0..) {
        let first = if number == 0 { "Money,1,login,Vault,\"joint, account\"" } else { ",,login,Vault," };
        let totp =
            if vector.kind == "steam" { format!("steam://{}", vector.secret) } else { address(&vector.account()) };
        let names = if vector.kind == "steam" { (&*vector.issuer, &*vector.name) } else { ("Vault", "") };
        let first = first.replace("Vault", names.0);
        text += &format!("{first},,0,https://example.com,{},hunter2,\"{totp}\"\n", names.1);
    }
    text += ",,note,Diary,dear diary,,0,,,,\n";
    let mut expected: Vec<String> = accounts.iter().map(|vector| line(&plain(vector))).collect();
    let mut first = plain(&accounts[0]);
    first.extras.tags = vec!["Money".into()];
    first.extras.note = "joint, account".into();
    first.extras.favorite = true;
    expected[0] = line(&first);
    // An address without an issuer gets the name of its entry.
    for expected in &mut expected {
        *expected = expected.replacen("totp  old router", "totp Vault old router", 1);
    }
    let remarks = vec![
        "read as a table: key from “login_totp”; site from “name”; account from “login_username”; \
         site from “login_uri”; note from “notes”; tags from “folder”",
        "1 column of passwords is not read",
        "1 row without a key is left out",
    ];
    Export { expected, remarks, ..Export::new("csv", "csv-bitwarden.csv", text.into_bytes(), &[]) }
}

/// The issuer is called “name”, and the page stands in for it.
fn lastpass() -> Export {
    let accounts = golden(|vector| is_usual(vector) && !vector.issuer.is_empty());
    let mut text = String::from("\u{feff}url,username,password,totp,extra,name,grouping,fav\r\n");
    for vector in &accounts {
        text += &format!("http://sn,{},hunter2,{},,{},,0\r\n", vector.name, vector.secret, vector.issuer);
    }
    let remarks = vec![
        "read as a table: key from “totp”; site from “name”; account from “username”; site from “url”; \
         note from “extra”; tags from “grouping”",
        "1 column of passwords is not read",
    ];
    Export { remarks, ..Export::new("csv", "csv-lastpass.csv", text.into_bytes(), &accounts) }
}

/// Groups are paths below one that holds all others. Saved again by a spreadsheet, with semicolons.
fn keepassxc() -> Export {
    let accounts = golden(is_usual);
    let headings =
        ["Group", "Title", "Username", "Password", "URL", "Notes", "TOTP", "Icon", "Last Modified", "Created"];
    let mut text = headings.map(|heading| format!("\"{heading}\"")).join(";") + "\n";
    for (vector, number) in accounts.iter().zip(0..) {
        let group = if number == 0 { "Root/Money/Bank, abroad" } else { "Root" };
        let address = address(&vector.account());
        let names = (&*vector.issuer, &*vector.name);
        let fields = [group, names.0, names.1, "p;a\"\"ss\nword", "", "", &address, "0", "2026-01-01", "2026-01-01"];
        text += &fields.map(|field| format!("\"{field}\"")).join(";");
        text.push('\n');
    }
    let mut expected: Vec<String> = accounts.iter().map(|vector| line(&plain(vector))).collect();
    let mut first = plain(&accounts[0]);
    first.extras.tags = vec!["Money".into(), "Bank, abroad".into()];
    expected[0] = line(&first);
    let remarks = vec![
        "read as a table: key from “TOTP”; site from “Title”; account from “Username”; site from “URL”; \
         note from “Notes”; tags from “Group”",
        "1 column of passwords is not read",
    ];
    Export { expected, remarks, ..Export::new("csv", "csv-keepassxc.csv", text.into_bytes(), &[]) }
}

/// Exports that differ in their headings alone, with the usual accounts.
fn managers() -> Vec<Export> {
    let passwords = "1 column of passwords is not read";
    vec![
        manager(
            "csv-apple.csv",
            "Title,URL,Username,Password,Notes,OTPAuth",
            "",
            &[
                "read as a table: key from “OTPAuth”; site from “Title”; account from “Username”; site from “URL”; \
             note from “Notes”",
                passwords,
            ],
            &|of| format!("{},https://example.com/,{},hunter2,,{}", of.issuer, of.name, address(&of.account())),
        ),
        manager(
            "csv-1password.csv",
            "Title,Url,Username,Password,OTPAuth,Favorite,Archived,Tags,Notes",
            "Old,https://example.com,taro,hunter2,JBSWY3DPEHPK3PXP,false,true,,\nCard,,,,,false,true,,\n",
            &[
                "read as a table: key from “OTPAuth”; site from “Title”; account from “Username”; site from “Url”; \
                 note from “Notes”; tags from “Tags”",
                passwords,
                "1 row without a key is left out",
                "1 entry in the app's own trash is left out",
            ],
            &|of| format!("{},https://example.com,{},hunter2,{},false,false,,", of.issuer, of.name, of.secret),
        ),
        manager(
            "csv-proton-pass.csv",
            "type,name,url,email,username,password,note,totp,createTime,modifyTime,vault",
            "alias,Mask,,mask@example.com,,,,,1767225600,1767225600,\n",
            &[
                "read as a table: key from “totp”; site from “name”; account from “username”; account from “email”; \
                 site from “url”; note from “note”; tags from “vault”",
                passwords,
                "1 row without a key is left out",
            ],
            &|of| {
                let (email, name) = if of.name.contains('@') { (&*of.name, "") } else { ("", &*of.name) };
                let key = address(&of.account());
                format!("login,{},https://example.com,{email},{name},hunter2,,{key},1767225600,1767225600,", of.issuer)
            },
        ),
        manager(
            "csv-dashlane.csv",
            "username,username2,username3,title,password,note,url,category,otpUrl",
            "",
            &[
                "read as a table: key from “otpUrl”; site from “title”; account from “username”; site from “url”; \
                 note from “note”; tags from “category”",
                passwords,
            ],
            &|of| format!("{},,,{},hunter2,,https://example.com,,{}", of.name, of.issuer, address(&of.account())),
        ),
        manager(
            "csv-dashlane-older.csv",
            "username,username2,username3,title,password,note,url,category,otpSecret",
            "",
            &[
                "read as a table: key from “otpSecret”; site from “title”; account from “username”; site from “url”; \
                 note from “note”; tags from “category”",
                passwords,
            ],
            &|of| format!("{},,,{},hunter2,,https://example.com,,{}", of.name, of.issuer, of.secret),
        ),
        // On Android, rows have more cells than headings; on iOS, blank lines and blanks after names.
        manager("csv-bitwarden-android.csv", BITWARDEN, "", &[OF_BITWARDEN], &|of| {
            format!(",,1,{0},,{1},{0},30,6", of.issuer, address(&of.account()))
        }),
        manager("csv-bitwarden-ios.csv", BITWARDEN, "", &[OF_BITWARDEN], &|of| {
            format!("\n,,1,{} ,,{}", of.issuer, address(&of.account()))
        }),
    ]
}

const BITWARDEN: &str = "folder,favorite,type,name,login_uri,login_totp";
const OF_BITWARDEN: &str =
    "read as a table: key from “login_totp”; site from “name”; site from “login_uri”; tags from “folder”";

/// The usual accounts, each as `row` spells it, between `headings` and the rows `more`.
fn manager(
    file: &'static str,
    headings: &str,
    more: &str,
    remarks: &[&'static str],
    row: &dyn Fn(&Vector) -> String,
) -> Export {
    let accounts = golden(|vector| is_usual(vector) && !vector.issuer.is_empty() && !vector.issuer.contains(','));
    let rows: String = accounts.iter().map(|vector| row(vector) + "\n").collect();
    let text = format!("{headings}\n{rows}{more}");
    Export { remarks: remarks.to_vec(), ..Export::new("csv", file, text.into_bytes(), &accounts) }
}

/// A table of its owner's own, as Excel saves it in Japan: in Shift_JIS, below a title.
fn japanese() -> Export {
    let accounts = golden(|vector| !vector.issuer.contains('ö'));
    let mut text = String::from(
        "二段階認証の控え,,,,,,,,\r\nサービス名,メールアドレス,ﾊﾟｽﾜｰﾄﾞ,バックアップ キー,種類,アルゴリズム,桁数,秒数,カウンター,備考\r\n",
    );
    for vector in &accounts {
        let (period, counter) = if vector.kind == "hotp" { (0, vector.moving) } else { (vector.moving, 0) };
        let (issuer, name) = (&vector.issuer, &vector.name);
        let period = if period == 0 { String::new() } else { period.to_string() };
        text += &format!(
            "{issuer},{name},hunter2,{},{},{},{}桁,{period},{counter},\r\n",
            vector.secret.to_lowercase(),
            vector.kind,
            vector.algorithm,
            vector.digits,
        );
    }
    text += "郵便局,taro@example.com,hunter2,なし,,,,,,\r\n";
    text += "まちがい,taro@example.com,hunter2,JBSW Y3DP EHPK 3PX1,,,,,,\r\n";
    let bytes = encoding_rs::SHIFT_JIS.encode(&text).0.into_owned();
    let skipped = vec!["まちがい:taro@example.com – the key in it has a symbol that no key has"];
    let remarks = vec![
        "read as a table: key from “バックアップ キー”; site from “サービス名”; account from “メールアドレス”; \
         setting from “アルゴリズム”; setting from “桁数”; setting from “秒数”; setting from “カウンター”; note from “備考”",
        "1 column of passwords is not read",
        "1 row without a key is left out",
    ];
    Export { skipped, remarks, ..Export::new("csv", "csv-japanese.csv", bytes, &accounts) }
}

/// No headings at all: a number, the site, the address, a password and the key in groups.
fn guessed() -> Export {
    let accounts = golden(|vector| is_usual(vector) && vector.name.contains('@'));
    let mut text = String::new();
    for (vector, number) in accounts.iter().zip(1..) {
        let key: Vec<&str> = vector.secret.as_bytes().chunks(4).map(|four| str::from_utf8(four).unwrap()).collect();
        text += &format!("{number}\t{}\t{}\thunter2\t{}\r\n", vector.issuer, vector.name, key.join(" "));
    }
    let bytes = std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let remarks = vec![
        "read as a table: key from column 5 (a guess); site from column 2 (a guess); account from column 3 (a guess)",
    ];
    Export { remarks, ..Export::new("csv", "csv-guessed.tsv", bytes, &accounts) }
}
