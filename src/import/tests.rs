use super::*;
use crate::error::{Exit, Explain};
use crate::text::Lang;

/// The entries of `bytes`, which no passphrase locks.
fn read(bytes: &[u8]) -> Result<Batch, ImportError> {
    match open(&Source::new(bytes))? {
        Opened::Batch(batch) => Ok(batch),
        Opened::Locked(locked) => panic!("{locked:?}"),
    }
}

/// Every entry of `text` in one line each: its place, its names, and why it was skipped.
fn told(text: &str) -> Vec<String> {
    let batch = read(text.as_bytes()).unwrap();
    let taken = batch.accounts.iter().map(|entry| {
        let account = &entry.account;
        (entry.place, format!("{}: {}:{}", entry.place.text().say(Lang::English), account.issuer(), account.name()))
    });
    let skipped = batch.skipped.iter().map(|entry| {
        let say = |text: Text| text.say(Lang::English);
        (entry.place, format!("{}: {} – {}", say(entry.place.text()), entry.label, say(entry.reason.text())))
    });
    let mut lines: Vec<_> = taken.chain(skipped).collect();
    lines.sort_by_key(|(place, _)| *place);
    lines.into_iter().map(|(_, line)| line).collect()
}

#[test]
fn formats_are_sorted_by_id() {
    assert!(FORMATS.is_sorted_by_key(|format| format.id()));
    for format in FORMATS {
        for lang in Lang::ALL {
            assert!(format.app().exists(lang) && format.how_to_export().exists(lang), "{}", format.id());
        }
    }
}

#[test]
fn the_content_alone_decides_the_format() {
    #[track_caller]
    fn case(bytes: &[u8], expected: Option<&str>) {
        let source = Source::new(bytes).named("misleading.png");
        let takers: Vec<_> = FORMATS.iter().filter(|format| format.recognizes(&source)).map(|f| f.id()).collect();
        assert_eq!(takers, Vec::from_iter(expected));
    }
    case(b"otpauth://totp/a?secret=AA", Some("uri-list"));
    case(b"\xef\xbb\xbf# mine\r\n\r\nQR: OTPAUTH://totp/a?secret=AA", Some("uri-list"));
    case(b"\xff\xfes\0t\0e\0a\0m\0:\0/\0/\0A\0A\0", Some("uri-list"));
    case(b"<otpauth://totp/a?secret=AA>", Some("uri-list"));
    case(b"otpauth://totp/a?secret=AA&codeDisplay=%7B%7D", Some("ente"));
    case(b"otpauth-migration://offline?data=AA", Some("google-migration"));
    case(b"otpauth-migration://offline?data=AA\notpauth://totp/a", Some("uri-list"));
    case(b"\x89PNG\r\n\x1a\n", Some("picture"));
    case(b"\0\0\0\x18ftypheic\0\0\0\0", Some("picture"));
    case(b"{\"uri\":\"otpauth://totp/a?secret=AA\"}", None);
    case(b"<html>otpauth://totp/a?secret=AA", Some("html"));
    case(b"otpauth://totp/a\0\x01binary", None);
    case(b"nothing of ours", None);
}

#[test]
fn a_list_gives_what_is_good_and_names_the_rest() {
    let list = "my accounts\n\
        # otpauth://totp/commented?secret=JBSWY3DPEHPK3PXP\n\
        \n\
        QR-Code:otpauth://totp/Binance:taro?secret=JBSWY3DPEHPK3PXP\r\n\
        otpauth://totp/A:x?secret=JBSWY3DPEHPK3PXP,otpauth://hotp/B:y?secret=JBSWY3DPEHPK3PXP&counter=1\n\
        otpauth://totp/Bad:secret?secret=JBSWY3DP1\n\
        https://example.com/?password=hunter2\n\
        phonefactor://activate_account?code=123\n";
    let expected = [
        "line 1:  – there is no `otpauth://` address in it",
        "line 4: Binance:taro",
        "line 5: A:x",
        "line 5: B:y",
        "line 6: Bad:secret – the key in it has a symbol that no key has",
        "line 7:  – this is the address of a web page",
        "line 8:  – this is Microsoft's own activation code: it works only in Microsoft Authenticator, and gives no codes",
    ];
    assert_eq!(told(list), expected);
}

#[test]
fn a_source_that_cannot_be_read_at_all_is_refused() {
    #[track_caller]
    fn case(bytes: &[u8], error: &ImportError, text: &str) {
        let found = read(bytes).unwrap_err();
        assert_eq!(&found, error);
        assert_eq!(found.to_string(), text);
        assert_eq!(found.exit(), Exit::BadInput);
        assert!(Lang::ALL.into_iter().all(|lang| found.hint().unwrap().exists(lang)));
    }
    case(b" \r\n", &ImportError::Empty, "there is nothing in it");
    case(b"hello", &ImportError::Unknown, "it is neither a picture nor an export that can be read");
    case(
        b"-----BEGIN PGP MESSAGE-----\n\njA0ECQMCa5vVLqNkGPz/0kUB\n=abcd\n-----END PGP MESSAGE-----\n",
        &ImportError::Pgp,
        "it is encrypted with PGP, which is not opened here",
    );
    case(
        b"II*\0\x08\0\0\0",
        &ImportError::Picture(QrError::Unsupported { kind: "TIFF" }),
        "TIFF pictures cannot be read here",
    );
    case(
        b"{\"encrypted\":true,\"items\":[]}",
        &ImportError::Closed {
            format: "bitwarden",
            why: "import-bitwarden-account",
            hint: "import-hint-bitwarden-account",
        },
        "this Bitwarden export is tied to your Bitwarden account, and nothing but Bitwarden can open it",
    );
    case(
        b"{\"entries\":[{\"filename\":\"1.maFile\",\"steamid\":1}]}",
        &ImportError::Closed { format: "steam", why: "import-steam-manifest", hint: "import-hint-steam-manifest" },
        "this is only the list that belongs to the files of Steam Guard, and has no keys",
    );
    case(&vec![b'a'; (MAX_MIB << 20) + 1], &ImportError::TooBig, "it is too large: at most 64 MiB can be read");
    let many = "otpauth://totp/a?secret=JBSWY3DPEHPK3PXP\n".repeat(MAX_ENTRIES + 1);
    case(many.as_bytes(), &ImportError::TooMany, "it has more than 10000 entries");
}

use crate::qr::QrError;
