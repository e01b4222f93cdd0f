use super::*;
use crate::text::Lang;

#[track_caller]
fn notes(text: &str) -> Vec<Note> {
    parse(text).unwrap().notes
}

#[test]
fn what_is_odd_is_noted() {
    let uri = |rest: &str| format!("otpauth://{rest}&{S}");
    assert_eq!(notes(&uri("totp/A:b?issuer=a&digits=6&foo=bar")), []);
    assert_eq!(
        notes(&uri("totp/Google:alice?issuer=Work")),
        [Note::IssuerDiffers { label: "Google".into(), issuer: "Work".into() }]
    );
    assert_eq!(
        notes(&uri("totp/A:b?digits=0&period=0")),
        [Note::ZeroDigits { taken: 6 }, Note::ZeroPeriod { taken: 30 }]
    );
    assert_eq!(notes(&uri("hotp/A:b?")), [Note::NoCounter]);
    assert_eq!(notes("otpauth://totp/A:b?secret=MFRGGZDF"), [Note::ShortSecret { bytes: 5 }]);
    assert_eq!(
        notes(&uri("totp/Google:alice?issuer=Work"))[0].text().say(Lang::English),
        "two issuers are given: `Google` in the label and `Work` as issuer; the latter was taken"
    );
}

#[test]
fn errors_are_a_sentence_and_a_hint_without_content() {
    #[track_caller]
    fn case(text: &str, sentence: &str, hint: &str) {
        let error = parse(text).unwrap_err();
        assert_eq!(error.to_string(), sentence);
        assert_eq!(error.hint().unwrap().say(Lang::English), hint);
        assert_eq!(error.exit(), Exit::BadInput);
    }
    let ask = "look at the site's set-up page again, or have it issue a new key";
    case("otpauth://totp/A:b?secret=JBSWY3DPEHPK3PX1", "the key in it has a symbol that no key has", ask);
    case("otpauth://totp/A:b?secret=", "there is no key in it", ask);
    case(
        "otpauth://totp/A:b?secret=AAAA&algorithm=SHA-384",
        "codes made with SHA384 are not supported",
        "keep this account in the app it comes from",
    );
    case(
        "otpauth://totp/A:b?secret=AAAA&secret=BBBB",
        "the address has two keys, and only one can be the right one",
        "do not use this address; have the site issue a new key",
    );
    case("hello", "this is not the address of an account", "addresses of accounts begin with `otpauth://`");
}

#[test]
fn names_are_known_even_of_bad_addresses() {
    let names = |text| names_in(text).map(|(issuer, name)| format!("{issuer}|{name}"));
    assert_eq!(names("otpauth://u2f/A:b?secret=1").as_deref(), Some("A|b"));
    assert_eq!(names("otpauth://totp/b?issuer=A&secret=1&secret=2").as_deref(), Some("A|b"));
    assert_eq!(names("https://example.com"), None);
}

#[test]
fn an_address_is_found_in_its_line() {
    assert_eq!(find("QR-Code:otpauth://totp/x"), Some("otpauth://totp/x"));
    assert_eq!(find("鍵 OTPAUTH-migration://offline?data=x"), Some("OTPAUTH-migration://offline?data=x"));
    assert_eq!(find("apple-otpauth://totp/x"), Some("apple-otpauth://totp/x"));
    assert_eq!(find("https://example.com"), None);
}
