use super::*;

/// Base32 of `Hello!` and the bytes DE AD BE EF, the example of the Key URI page.
const KEY: &str = "JBSWY3DPEHPK3PXP";
const BYTES: &[u8] = b"Hello!\xde\xad\xbe\xef";

#[track_caller]
fn reads(typed: &str, notes: &[KeyNote]) {
    let key = read(typed).unwrap();
    assert_eq!(key.secret.expose(), BYTES);
    assert_eq!(key.notes, notes);
}

#[test]
fn spelling_does_not_matter() {
    for typed in [
        KEY,
        "jbswy3dpehpk3pxp",
        "JBSW Y3DP EHPK 3PXP",
        "JBSW　Y3DP　EHPK　3PXP",
        "jbsw-y3dp–ehpk_3pxp",
        "JBSWY3DP\r\nEHPK3PXP\n",
        "JBSWY3DPEHPK3PXP======",
        "ＪＢＳＷ Ｙ３ＤＰ ｅｈｐｋ ３ｐｘｐ",
        "「JBSWY3DPEHPK3PXP」",
        "«JBSWY3DPEHPK3PXP»",
        "\"JBSWY3DPEHPK3PXP\"",
        "“JBSWY3DPEHPK3PXP”",
        "\u{feff}JBSWY3DP\u{200b}EHPK3PXP\0",
        "key: JBSWY3DPEHPK3PXP",
        "Secret Key:JBSWY3DPEHPK3PXP",
        "Your Binance backup key: JBSW Y3DP EHPK 3PXP",
        "バックアップキー：ＪＢＳＷＹ３ＤＰＥＨＰＫ３ＰＸＰ",
        "ﾊﾞｯｸｱｯﾌﾟｷｰ: JBSWY3DPEHPK3PXP",
        "秘密鍵：「JBSWY3DPEHPK3PXP」",
    ] {
        reads(typed, &[]);
    }
}

#[test]
fn odd_keys_are_read_with_a_note() {
    reads("JBSWY3DPEHPK3PXPA", &[KeyNote::LostLetters]);
    let notes = |typed: &str| read(typed).unwrap().notes;
    assert_eq!(notes("MFRGGZDF"), [KeyNote::Short { bytes: 5 }]);
    assert_eq!(notes("MFR"), [KeyNote::Short { bytes: 1 }, KeyNote::LostLetters]);
    assert_eq!(notes("ABCDEF23ABCDEF23"), [KeyNote::PerhapsHex]);
    assert_eq!(notes(&"A".repeat(205)), []);
    assert_eq!(read(&"A".repeat(205)).unwrap().secret.len(), 128);
}

#[test]
fn wrong_symbols_are_named_never_changed() {
    #[track_caller]
    fn case(typed: &str, expected: &[(usize, Meant)]) {
        let Err(KeyError::WrongSymbols { named, more: 0 }) = read(typed) else { panic!("no wrong symbols") };
        let found: Vec<_> = named.iter().map(|symbol| (symbol.position, symbol.meant)).collect();
        assert_eq!(found, expected);
    }
    case("JBSW Y3DP EHPK 3PX0", &[(16, Meant::O)]);
    case("key: jbsw 1", &[(5, Meant::IOrL)]);
    case("8BSW-9XYZ", &[(1, Meant::B), (5, Meant::GOrQ)]);
    case("ＪＢＳＷ　０", &[(5, Meant::O)]);
    case("JBÉ=SW=", &[(3, Meant::Unknown), (4, Meant::Unknown)]);
    case("foo: JBSW", &[(4, Meant::Unknown)]);
    assert!(matches!(read(&"0z".repeat(20)), Err(KeyError::WrongSymbols { named, more: 12 }) if named.len() == 8));
}

#[test]
fn errors_say_what_to_do() {
    #[track_caller]
    fn case(typed: &str, text: &str, hint: &str) {
        let error = read(typed).unwrap_err();
        assert_eq!(error.to_string(), text);
        assert_eq!(error.hint().unwrap().say(crate::text::Lang::English), hint);
    }
    case(
        "jbsw y3dp 0189 ü",
        "5 symbols do not belong in a backup key: `0` at position 9 (probably the letter O), \
         `1` at position 10 (probably the letter I or L), `8` at position 11 (probably the letter B), \
         `9` at position 12 (perhaps g or q misread – look again), the one at position 13",
        "backup keys have only the letters A to Z and the digits 2 to 7; positions do not count spaces and hyphens",
    );
    case(
        "JBSWY3DPEHPK3PX1",
        "one symbol does not belong in a backup key: `1` at position 16 (probably the letter I or L)",
        "backup keys have only the letters A to Z and the digits 2 to 7; positions do not count spaces and hyphens",
    );
    let again = "copy the whole key from the site's set-up page, where it often stands below the QR code";
    case(" - ", "no backup key was given", again);
    case("====", "no backup key was given", again);
    case("A", "one symbol alone is no backup key", again);
    case(&"A".repeat(207), "the backup key has 129 bytes, more than the 128 that any site uses", again);
    case(
        " \"otpauth://totp/x?secret=JBSWY3DPEHPK3PXP\"",
        "this is a set-up address, not a backup key",
        "import it as an address instead of a key",
    );
    case(
        "48656c6c6f21deadbeef",
        "this looks like a hexadecimal key of 10 bytes, not like an ordinary backup key",
        "if the site gave it like this, confirm that it is hexadecimal (`otp import --key --hex`)",
    );
}

#[test]
fn hexadecimal_is_read_when_asked_for() {
    assert_eq!(read_hex("48 65 6C 6c-6f21 DEADBEEF").unwrap().expose(), BYTES);
    assert_eq!(read_hex("０１８９").unwrap().expose(), [0x01, 0x89]);
    assert_eq!(read_hex("123").unwrap_err(), KeyError::NotHex);
    assert_eq!(read_hex("12x4").unwrap_err(), KeyError::NotHex);
    assert_eq!(read_hex("").unwrap_err(), KeyError::Empty);
    assert_eq!(read_hex(&"00".repeat(129)).unwrap_err(), KeyError::TooLong { bytes: 129 });
    assert_eq!(read("018").unwrap_err().exit(), Exit::BadInput);
    assert!(matches!(read("018").unwrap_err(), KeyError::WrongSymbols { .. }), "odd length is no hex");
}

#[test]
fn a_key_is_written_as_sites_print_it() {
    let secret = Secret::new(BYTES.to_vec());
    assert_eq!(write(&secret).expose_text(), Some(KEY));
    assert_eq!(grouped(&secret).expose_text(), Some("JBSW Y3DP EHPK 3PXP"));
    assert_eq!(grouped(&Secret::new(vec![0xff; 3])).expose_text(), Some("7777 6"));
}

proptest::proptest! {
    #[test]
    fn what_is_written_is_read(bytes in proptest::collection::vec(proptest::num::u8::ANY, 1..=128)) {
        let secret = Secret::new(bytes);
        for key in [write(&secret), grouped(&secret)] {
            assert!(read(key.expose_text().unwrap()).unwrap().secret.matches(&secret));
        }
    }

    #[test]
    fn any_text_is_read_or_refused(typed in ".*") {
        let _ = (read(&typed).map_err(|error| error.to_string()), read_hex(&typed).map(|secret| secret.len()));
        looks_like_secret(&typed);
    }
}
