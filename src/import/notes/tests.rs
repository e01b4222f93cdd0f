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
fn notes_give_their_accounts() {
    #[track_caller]
    fn case(text: &str, expected: &[&str]) {
        assert_eq!(recognize(&Source::new(text.as_bytes())).map(Format::id), Some("text"));
        assert_eq!(told(text), expected);
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
    case("PIN: 1234\n暗証番号: 5678\n");
    case("da39a3ee5e6b4b0d3255bfef95601890afd80709  empty.txt\n");
    case("deadbeefdeadbeefdeadbeefdeadbeef\n");
    case("-----BEGIN PGP MESSAGE-----\n\nhQEMA5vJx1n7sQ2UAQf/\n-----END PGP MESSAGE-----\n");
    case("<?xml version=\"1.0\"?><map><string name=\"key\">W25FHWSU56FVKU7A</string></map>");
    case("<html><body>nothing of ours</body></html>");
    case("{\"key\": \"W25FHWSU56FVKU7A\"}");
}
