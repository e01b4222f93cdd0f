use super::*;

/// `otpauth://totp/` and the rest, read as an account with issuer, name and settings.
#[track_caller]
fn names(rest: &str, expected: &str) {
    reads(&format!("otpauth://totp{rest}"), &format!("totp 30 | {expected} | JBSWY3DPEHPK3PXP | SHA1 6"));
}

/// The rules of `formats.md` 4.2 by number.
#[test]
fn rule_1_what_stands_around_goes() {
    for (before, after) in [("", ""), ("\u{feff} ", "\r\n\0"), ("\"", "\"  "), ("<", ">"), ("「", "」")] {
        reads(&format!("{before}otpauth://totp/A:b?{S}{after}"), "totp 30 | A | b | JBSWY3DPEHPK3PXP | SHA1 6");
    }
    reads(
        "OTPAUTH://TOTP/A:b?SECRET=JBSWY3DPEHPK3PXP&ISSUER=A&Digits=8",
        "totp 30 | A | b | JBSWY3DPEHPK3PXP | SHA1 8",
    );
    reads(&format!("Apple-OtpAuth://totp/A:b?{S}"), "totp 30 | A | b | JBSWY3DPEHPK3PXP | SHA1 6");
}

#[test]
fn rule_2_and_3_labels_are_taken_as_they_are_and_decoded_once() {
    names(&format!("/Müller Bank:jörg 🔑|@:?{S}"), "Müller Bank | jörg 🔑|@:");
    names(&format!("/50%:half?{S}"), "50% | half");
    names(&format!("/A:b?{S}#issuer=C&x?y"), "A | b");
    names(&format!("?{S}&issuer=A"), "A | ");
    names(&format!("/?{S}"), " | ");
    names(&format!("/Zendesk%2Fprod:agent/1?{S}"), "Zendesk/prod | agent/1");
    names(&format!("/A:b%2540c?{S}"), "A | b%40c");
    names(&format!("/A:b%FF?{S}"), "A | b\u{fffd}");
    names(&format!("/https%3A%2F%2Fexample.com%2Falice?{S}"), " | https://example.com/alice");
}

#[test]
fn rule_4_and_5_plus_and_html() {
    names(&format!("/A+B:u+totp@x?{S}&issuer=A%2BB"), "A+B | u+totp@x");
    names(&format!("/Air%20Canada:b?{S}&issuer=Air+Canada"), "Air Canada | b");
    names(&format!("/A:b?{S}&amp;issuer=A&amp;digits=6"), "A | b");
}

#[test]
fn rule_6_and_7_repeated_blank_and_unknown_parameters() {
    names(&format!("/b?{S}&issuer=A&issuer=Other"), "A | b");
    names(&format!("/b?{S}&issuer&issuer=&algorithm=&digits=&period&issuer=A"), "A | b");
    names("/A:b?secret=%20JBSWY3DPEHPK3PXP%00&digits=+6+", "A | b");
    names(&format!("/A:b?{S}&image=https%3A%2F%2Fx%2F&lock=false&color=2196F3&tags=x&foo"), "A | b");
    // R1.3 of security.md is stricter than rule 6.
    fails(&format!("otpauth://totp/A:b?{S}&{S}"), &UriError::TwoSecrets);
    fails(&format!("otpauth://totp/A:b?{S}&amp;SECRET="), &UriError::TwoSecrets);
}

#[test]
fn rule_8_what_cannot_be_taken_as_it_is_is_refused() {
    fails("", &UriError::NoAddress);
    fails("JBSWY3DPEHPK3PXP", &UriError::NoAddress);
    fails("https://example.com/", &UriError::NoAddress);
    fails("otpauth-migration://offline?data=x", &UriError::Transfer);
    fails(&format!("otpauth://u2f/A:b?{S}"), &UriError::UnknownKind);
    fails(&format!("otpauth:///A:b?{S}"), &UriError::UnknownKind);
    fails("motp://A:b?secret=%20", &UriError::NoSecret);
    fails("motp://A:b?secret=%E3%81%82", &UriError::BadSecret);
    fails("otpauth://totp/A:b", &UriError::NoSecret);
    fails("otpauth://totp/A:b?secret=", &UriError::NoSecret);
    fails("otpauth://totp/A:b?secret=A", &UriError::NoSecret);
    fails("otpauth://totp/A:b?secret=JBSWY3DPEHPK3PX1", &UriError::BadSecret);
    fails("otpauth://totp/A:b?secret=%FFBSWY3DPEHPK3PX", &UriError::BadSecret);
    fails(&format!("otpauth://totp/A:b?{S}&algorithm=HmacMD5"), &UriError::Algorithm { known: Some("MD5") });
    fails(&format!("otpauth://totp/A:b?{S}&algorithm=sha3-256"), &UriError::Algorithm { known: Some("SHA3-256") });
    fails(&format!("otpauth://totp/A:b?{S}&algorithm=x"), &UriError::Algorithm { known: None });
    for (field, name) in [(Field::Digits, "digits"), (Field::Period, "period"), (Field::Counter, "counter")] {
        for number in ["-1", "6.0", "%2B6", "six", "99999999999999999999"] {
            fails(
                &format!("otpauth://{}/A:b?{S}&{name}={number}", if name == "counter" { "hotp" } else { "totp" }),
                &UriError::BadNumber { field },
            );
        }
    }
}

/// R1.2 of `security.md`.
#[test]
fn limits_hold() {
    let digits = |n: u64| format!("otpauth://totp/A:b?{S}&digits={n}");
    reads(&digits(10), "totp 30 | A | b | JBSWY3DPEHPK3PXP | SHA1 10");
    fails(&digits(11), &UriError::Account(AccountError::Digits { digits: 11 }));
    fails(&digits(256), &UriError::Account(AccountError::Digits { digits: 256 }));
    let period = |n: u64| format!("otpauth://totp/A:b?{S}&period={n}");
    reads(&period(86_400), "totp 86400 | A | b | JBSWY3DPEHPK3PXP | SHA1 6");
    fails(&period(86_401), &UriError::Account(AccountError::Period { seconds: 86_401 }));
    let secret = |n: usize| format!("otpauth://totp/A:b?secret={}", "A".repeat(n));
    assert_eq!(parse(&secret(205)).unwrap().account.secret().len(), 128);
    fails(&secret(207), &UriError::Account(AccountError::SecretTooLong { bytes: 129 }));
    fails(
        &format!("otpauth://totp/{}?{S}", "あ".repeat(257)),
        &UriError::Account(AccountError::NameTooLong { characters: 257 }),
    );
    fails(&"x".repeat(8_193), &UriError::TooLong { bytes: 8_193 });
    reads(
        &format!("otpauth://hotp/A:b?{S}&counter=18446744073709551615"),
        "hotp 18446744073709551615 | A | b | JBSWY3DPEHPK3PXP | SHA1 6",
    );
}
