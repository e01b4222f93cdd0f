use proptest::prelude::*;

use super::*;
use crate::account::{Algorithm, Parts};
use crate::secret::Secret;

fn account(issuer: &str, name: &str, kind: Kind) -> Account {
    let digits = if kind == Kind::Steam { 5 } else { 6 };
    let secret = Secret::new(b"Hello!\xde\xad\xbe\xef".to_vec());
    let (issuer, name) = (issuer.to_owned(), name.to_owned());
    Account::new(Parts { issuer, name, kind, algorithm: Algorithm::Sha1, digits, secret, pin: None }).unwrap()
}

/// `formats.md` 4.7.
#[test]
fn addresses_are_written_as_other_apps_read_them() {
    #[track_caller]
    fn case(issuer: &str, name: &str, kind: Kind, expected: &str) {
        assert_eq!(write(&account(issuer, name, kind)).expose_text(), Some(expected));
    }
    let totp = Kind::Totp { period: 30 };
    let s = "secret=JBSWY3DPEHPK3PXP";
    case(
        "ACME Co",
        "a+b@c:d",
        totp,
        &format!("otpauth://totp/ACME%20Co:a%2Bb%40c%3Ad?{s}&issuer=ACME%20Co&algorithm=SHA1&digits=6&period=30"),
    );
    case("", "a-._~b", totp, &format!("otpauth://totp/a-._~b?{s}&algorithm=SHA1&digits=6&period=30"));
    case(
        "A",
        "",
        Kind::Hotp { counter: 7 },
        &format!("otpauth://hotp/A:?{s}&issuer=A&algorithm=SHA1&digits=6&counter=7"),
    );
    case(
        "Steam",
        "gabe",
        Kind::Steam,
        &format!("otpauth://steam/Steam:gabe?{s}&issuer=Steam&algorithm=SHA1&digits=5&period=30"),
    );
    case(
        "楽天",
        "太郎",
        totp,
        &format!(
            "otpauth://totp/%E6%A5%BD%E5%A4%A9:%E5%A4%AA%E9%83%8E?{s}&issuer=%E6%A5%BD%E5%A4%A9&algorithm=SHA1&digits=6&period=30"
        ),
    );
}

#[test]
fn japanese_names_survive_byte_for_byte() {
    // Kanji, half-width kana, a decomposed dakuten, an ideographic space, a variation selector and
    // a character outside the first plane: none may be normalised.
    for name in ["山田太郎", "ﾔﾏﾀﾞ", "か\u{3099}き", "山田　太郎", "葛\u{e0100}城", "𠮷野家", "ビットフライヤー・口座"]
    {
        let expected = format!("totp 30 | {name} | {name} | JBSWY3DPEHPK3PXP | SHA1 6");
        reads(&format!("otpauth://totp/{name}:{name}?{S}&issuer={name}"), &expected);
        let written = write(&account(name, name, Kind::Totp { period: 30 }));
        let written = written.expose_text().unwrap();
        assert!(written.is_ascii());
        reads(written, &expected);
    }
}

prop_compose! {
    /// Any valid account whose names the rules of `formats.md` 2.3 leave alone.
    fn accounts()(
        issuer in ".{0,40}|Steam|[a-z:% +/&?#]{0,9}",
        name in ".{0,60}|[a-z:% +/&?#]{0,9}",
        secret in prop::collection::vec(any::<u8>(), 1..=128),
        kind in prop_oneof![
            (1..=86_400_u32).prop_map(|period| Kind::Totp { period }),
            any::<u64>().prop_map(|counter| Kind::Hotp { counter }),
            Just(Kind::Steam),
            Just(Kind::Motp),
            Just(Kind::Yandex),
        ],
        pin in prop::option::of("[0-9]{4,16}|あ&=%"),
        algorithm in prop_oneof![Just(Algorithm::Sha1), Just(Algorithm::Sha256), Just(Algorithm::Sha512)],
        digits in 1..=10_u8,
    ) -> Account {
        let (mut issuer, name) = settle_names(Some(&issuer), &name);
        let (algorithm, digits) = kind.fixed().unwrap_or((algorithm, digits));
        let pin = pin.filter(|_| matches!(kind, Kind::Motp | Kind::Yandex)).map(Secret::from_text);
        let secret = if kind == Kind::Yandex { vec![secret[0]; 16] } else { secret };
        if kind == Kind::Steam && issuer.is_empty() {
            issuer = "Steam".to_owned();
        }
        Account::new(Parts { issuer, name, kind, algorithm, digits, secret: Secret::new(secret), pin }).unwrap()
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read(account in accounts()) {
        // A name with a colon and no issuer is split by every reader (`formats.md` 4.7).
        let settled = settle_names(Some(account.issuer()), account.name());
        prop_assume!(settled == (account.issuer().to_owned(), account.name().to_owned()));
        // Nobody can tell these from Steam's (`formats.md` 4.4).
        let like_steam = account.kind() == Kind::Totp { period: 30 } && account.digits() == 5;
        prop_assume!(!(like_steam && account.issuer().eq_ignore_ascii_case("steam")));
        let written = write(&account);
        let parsed = parse(written.expose_text().unwrap()).unwrap();
        prop_assert_eq!(line(&parsed.account), line(&account));
        prop_assert!(parsed.account.gives_same_codes(&account));
    }

    #[test]
    fn any_text_is_read_or_refused(text in ".*", rest in "[ -~あ]{0,80}") {
        for text in [&text, &format!("otpauth://{rest}"), &format!("otpauth://totp/{rest}?{text}"), &format!("steam://{rest}")] {
            let _ = (parse(text).map_err(|error| error.to_string()), names_in(text), find(text));
        }
    }
}
