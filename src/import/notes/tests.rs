use super::super::{FORMATS, recognize};
use super::*;
use crate::text::Lang;

/// Every account of the note `text`, in one line each.
fn told(text: &str) -> Vec<String> {
    let Ok(Opened::Batch(batch)) = Importer.open(&Source::new(text.as_bytes())) else { panic!("not read") };
    let tell = |entry: &crate::import::Imported| {
        let place = entry.place.text().say(Lang::English);
        format!("{place}: {}:{}", entry.account.issuer(), entry.account.name())
    };
    batch.accounts.iter().map(tell).collect()
}

#[test]
fn a_text_that_never_ends_is_refused() {
    let text = format!("Binance key: W25FHWSU56FVKU7A\n{}", "Binance\n".repeat(MOST_LINES));
    let refused = Importer.open(&Source::new(text.as_bytes()));
    assert_eq!(refused.err(), Some(ImportError::TooMany));
}

#[test]
fn a_key_alone_is_told_to_be_one() {
    let source = Source::new(b"\nW25F HWSU 56FV KU7A\r\n");
    assert_eq!(recognize(&source).map(Format::id), Some("text"));
    let Ok(Opened::Batch(batch)) = Importer.open(&source) else { panic!("not read") };
    assert!(batch.accounts.is_empty() && batch.remarks.is_empty());
    assert!(matches!(&batch.skipped[..], [only] if only.reason == Other::Key.into()));
}

#[test]
fn notes_give_their_accounts() {
    #[track_caller]
    fn case(text: &str, expected: &[&str]) {
        assert_eq!(recognize(&Source::new(text.as_bytes())).map(Format::id), Some("text"), "{text}");
        assert_eq!(told(text), expected, "{text}");
    }
    case("Binance: taro@example.com キー W25F HWSU 56FV KU7A", &["line 1: Binance:taro@example.com"]);
    case(
        "サービス: Binance\nメール: taro@example.com\nパスワード: hunter2\nキー: W25FHWSU56FVKU7A\n\n\
         サービス: bitFlyer\nメール: hanako@example.jp\nキー: ZI2N KAAR PA4U 622Q RTRE MUDO HHJH ZC6J\n",
        &["line 4: Binance:taro@example.com", "line 8: bitFlyer:hanako@example.jp"],
    );
    case("Binance\ntaro@example.com\nhunter2\nW25FHWSU56FVKU7A\n", &["line 4: Binance:taro@example.com"]);
    case("taro@example.com\nsunshine\nW25FHWSU56FVKU7A\n", &["line 3: :taro@example.com"]);
    case(
        "# Binance\n\n- key: W25FHWSU56FVKU7A\n\n# GitHub\n\n- key: 2WGD7EN2QMGC7GZK\n",
        &["line 3: Binance:", "line 7: GitHub:"],
    );
    case("| サービス | キー |\n|---|---|\n| Binance | W25FHWSU56FVKU7A |\n", &["line 3: Binance:"]);
    case("バックアップキー：W25FHWSU56FVKU7A", &["line 1: :"]);
    case("backup key: W25F-HWSU-56FV-KU7A", &["line 1: :"]);
    case("Binance\nbackup key:\nW25FHWSU56FVKU7A\n", &["line 3: Binance:"]);
    case("Kraken secret key (W25FHWSU56FVKU7A)\n", &["line 1: Kraken:"]);
    case("**Site:** GitHub\n**User:** taro\n**Secret:** `W25FHWSU56FVKU7A`\n", &["line 3: GitHub:taro"]);
    case("1. Binance: W25FHWSU56FVKU7A\n2. GitHub: 2WGD7EN2QMGC7GZK\n", &["line 1: Binance:", "line 2: GitHub:"]);
    case("Capital One taro@example.com W25FHWSU56FVKU7A", &["line 1: Capital One:taro@example.com"]);
    case("Binance, taro@example.com, 2FA key: W25FHWSU56FVKU7A", &["line 1: Binance:taro@example.com"]);
    case("Google\n\nsetup key\n\nw25f hwsu 56fv ku7a\n", &["line 5: :"]);
    case(
        "楽天ウォレット（taro@example.com）バックアップキー：W25FHWSU56FVKU7A",
        &["line 1: 楽天ウォレット:taro@example.com"],
    );
    case("コインチェックのシークレットキー：W25FHWSU56FVKU7A", &["line 1: コインチェック:"]);
    case(
        "【bitFlyer】\nメール：hanako@example.jp\nシークレットキー：W25FHWSU56FVKU7A\n",
        &["line 3: bitFlyer:hanako@example.jp"],
    );
    case("■ Zaif\nパスワード：2WGD7EN2QMGC7GZK\nキー：W25FHWSU56FVKU7A\n", &["line 3: Zaif:"]);
    case("・GMOコイン taro@example.com 認証キー W25FHWSU56FVKU7A", &["line 1: GMOコイン:taro@example.com"]);
    case(
        "取引所：Binance\nID：taro@example.com\n2段階認証のキー（16桁）：W25FHWSU56FVKU7A\n",
        &["line 3: Binance:taro@example.com"],
    );
    case("SBI証券\nバックアップキー\nＷ２５ＦＨＷＳＵ５６ＦＶＫＵ７Ａ\n", &["line 3: SBI証券:"]);
    case("パスワード：\n2WGD7EN2QMGC7GZK\nバックアップキー：\nW25FHWSU56FVKU7A\n", &["line 4: :"]);
    case("Coincheck 二段階認証：W25FHWSU56FVKU7A", &["line 1: Coincheck:"]);
    case("楽天証券　秘密鍵　W25F HWSU 56FV KU7A", &["line 1: 楽天証券:"]);
    case("# バックアップキー\n\nBinance W25FHWSU56FVKU7A\n", &["line 3: Binance:"]);
    case("X: taro@example.com / W25F HWSU 56FV KU7A", &["line 1: X:taro@example.com"]);
    case("ワンタイムパスワード：W25FHWSU56FVKU7A", &["line 1: :"]);
}

#[test]
fn keys_that_are_not_taken_are_told_by_their_lines() {
    #[track_caller]
    fn case(text: &str, expected: &[&str]) {
        let Ok(Opened::Batch(batch)) = Importer.open(&Source::new(text.as_bytes())) else { panic!("not read") };
        let told: Vec<String> = batch.remarks.iter().skip(1).map(|remark| remark.say(Lang::English)).collect();
        assert_eq!(told, expected, "{text}");
    }
    const ADVICE: &str = "; if it is a backup key, bring it in with `otp import --key`";
    let key = "Binance キー W25FHWSU56FVKU7A\n";
    let one =
        format!("line 2 has something like a key that was not taken, because nothing says whose or what it is{ADVICE}");
    case(key, &[]);
    case(&format!("{key}GitHub 2WGD7EN2QMGC7GZK pass hunter2\n"), &[&one]);
    case(&format!("{key}password: hunter2\nID: 12345\n"), &[]);
    let many = "lines 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 … have something like a key that was not taken, because nothing says \
                whose or what it is";
    case(&format!("{key}{}", "2WGD7EN2QMGC7GZK\n".repeat(12)), &[&format!("{many}{ADVICE}")]);
}

/// What must stay unread: a false account would show a password, or hide the true format.
#[test]
fn other_texts_are_nobodys() {
    #[track_caller]
    fn case(text: &str) {
        let source = Source::new(text.as_bytes());
        let takers: Vec<_> = FORMATS.iter().filter(|format| format.recognizes(&source)).map(|f| f.id()).collect();
        assert!(takers.is_empty(), "{takers:?}: {text}");
    }
    case("Dear Taro,\n\nthe meeting, as agreed, is on Monday.\nBring your key.\n");
    case("milk\neggs\nbread, butter\n2 apples\n");
    case("let secret = \"W25FHWSU56FVKU7A\";\nfn main() {}\n");
    case("KEY=W25FHWSU56FVKU7A\n");
    case("2026-11-22 19:13:35 INFO request W25FHWSU56FVKU7A took 5 ms\n");
    case("2026-11-22 19:13:35 INFO a request with the number W25FHWSU56FVKU7A\n");
    case("name,age,city\nTaro,30,Tokyo\nHanako,31,Osaka\n");
    case("サービス名,メールアドレス,パスワード\nBinance,taro@example.com,W25FHWSU56FVKU7A\n");
    case("service,2FA\nBinance,yes\nGitHub,no\n");
    case("user,password\ntaro,hunter2\n");
    case("Access key ID,Secret access key\nAKIAIOSFODNN7EXAMPLE,wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY\n");
    case("Windows: VK7JG-NPHTM-C27JM-3MPGT-3V66T\n");
    case("パスワード: W25FHWSU56FVKU7A\n");
    case("サービス名\tパスワード\nBinance\tW25FHWSU56FVKU7A\n");
    case("サイト;パス\nBinance;W25FHWSU56FVKU7A\n");
    case("| サービス | パスワード |\n|---|---|\n| Binance | W25FHWSU56FVKU7A |\n");
    case("サービス  メール  パスワード\nBinance  taro@example.com  W25FHWSU56FVKU7A\n");
    case("Binance,taro@example.com,パスワード: W25FHWSU56FVKU7A\n");
    case("taro@example.com:W25FHWSU56FVKU7A\nhanako@example.jp:2WGD7EN2QMGC7GZK\n");
    case("https://example.com:taro@example.com:W25FHWSU56FVKU7A\n");
    case("Binance\ntaro@example.com\nパスワード\nW25FHWSU56FVKU7A\n");
    case("Binance\ntaro@example.com\npassword:\nW25FHWSU56FVKU7A\n");
    case("Binance taro@example.com PW W25FHWSU56FVKU7A\n");
    case("Binance パスワードは W25FHWSU56FVKU7A\n");
    case("Binance ログインPW：W25FHWSU56FVKU7A\n");
    case("パスワード一覧\n\nBinance W25FHWSU56FVKU7A\n\nGitHub 2WGD7EN2QMGC7GZK\n");
    case("# Passwords\n\nBinance\nW25FHWSU56FVKU7A\n");
    case("Product key: W25FHWSU56FVKU7A\n");
    case("Office ライセンスキー：W25FHWSU56FVKU7A\n");
    case("WiFi キー：W25FHWSU56FVKU7A\n");
    case("Serial number W25FHWSU56FVKU7A\n");
    case("シリアル番号：W25F-HWSU-56FV-KU7A\n");
    case("GitHub\nRecovery codes:\n\nW25FHWSU56FVKU7A\n2WGD7EN2QMGC7GZK\n");
    case("GitHub\nW25FHWSU56FVKU7A\n2WGD7EN2QMGC7GZK\nZI2NKAARPA4U622Q\n");
    case("GitHub バックアップコード W25FHWSU56FVKU7A\n");
    case("API キー：W25FHWSU56FVKU7A\n");
    case("Amazon ギフト券番号 W25F-HWSU-56FV-KU7A\n");
    case("Stellar GAAZI4TCR3TY5OJHCTJC2A4QSY6CJWJH5IAJTGKIN2ER7LBNVKOCCWN7\n");
    case("WARC-Payload-Digest: sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ\n");
    case("magnet:?xt=urn:btih:W25FHWSU56FVKU7AW25FHWSU56FVKU7A\n");
    case("commit 4c9f2b7e5a634d279b7e2f65a3c7d2e44c9f2b7e\nAuthor: Taro <taro@example.com>\n");
    case("Taro\ntaro@example.com\n4c9f2b7e-5a63-4d27-9b7e-2f65a3c7d2e4\n");
    case("/home/taro/W25FHWSU56FVKU7A\ndocs/2WGD7EN2QMGC7GZK\n");
    case("THIS TEXT ONLY HAS WORD SIZE FOUR\nMEET NEAR PARK GATE SOON\n");
    case("picture: aGVsbG8gd29ybGQsIHRoaXMgaXMgYmFzZTY0IQ==\n");
    case("19:13:35 ERROR W25FHWSU56FVKU7A\n");
    case("マスターキー：W25FHWSU56FVKU7A\n");
    case("マスターキー\nW25FHWSU56FVKU7A\n");
    case("Steam CD key: W25FHWSU56FVKU7A\n");
    case("client secret: W25FHWSU56FVKU7A\n");
    case("requestId: W25FHWSU56FVKU7A\n");
    case("Message-ID: <W25FHWSU56FVKU7A>\n");
    case("UID:W25FHWSU56FVKU7A\n");
    case("ID: W25FHWSU56FVKU7A\n");
    case("Transaction ID: W25FHWSU56FVKU7A\n");
    case("Netflix taro@example.com pass W25FHWSU56FVKU7A\n");
    case("Binance、taro@example.com、W25FHWSU56FVKU7A、パスワード\n");
    case("Binance，taro@example.com，W25FHWSU56FVKU7A\n");
    case("サービス  パスワード\n-----------\nBinance  W25FHWSU56FVKU7A\n");
    case(&format!("Attachment\n{}\nW25F\n", "W25FHWSU56FVKU7A".repeat(5)));
    case("PIN: 1234\n暗証番号: 5678\n");
    case("da39a3ee5e6b4b0d3255bfef95601890afd80709  empty.txt\n");
    case("deadbeefdeadbeefdeadbeefdeadbeef\n");
    case("-----BEGIN PGP MESSAGE-----\n\nhQEMA5vJx1n7sQ2UAQf/\n-----END PGP MESSAGE-----\n");
    case("<?xml version=\"1.0\"?><map><string name=\"key\">W25FHWSU56FVKU7A</string></map>");
    case("<html><body>nothing of ours</body></html>");
    case("{\"key\": \"W25FHWSU56FVKU7A\"}");
}
