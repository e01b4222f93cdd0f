use super::*;
use crate::account::Parts;
use crate::secret::Secret;

fn account(secret: &[u8], kind: Kind, algorithm: Algorithm, digits: u8) -> Account {
    let secret = Secret::new(secret.to_vec());
    let parts = Parts { issuer: String::new(), name: String::new(), kind, algorithm, digits, secret, pin: None };
    Account::new(parts).unwrap()
}

const RFC_SECRET: &[u8] = b"12345678901234567890";
const TOTP: Kind = Kind::Totp { period: 30 };

fn steam_account(key: &str) -> Account {
    let secret = crate::uri::decode_secret(key).unwrap();
    account(secret.expose(), Kind::Steam, Algorithm::Sha1, 5)
}

/// `formats.md` 23.3 and 23.4.
#[test]
fn codes_with_a_pin_agree_with_their_vectors() {
    let with_pin = |address: &str| crate::uri::parse(address).unwrap().account;
    let motp = with_pin("motp://VPN:x?secret=E3152AFEE62599C8&pin=1234");
    assert_eq!(at(&motp, UnixTime(165_892_298)).digits, "e7d8b6");
    assert_eq!(at(&motp, UnixTime(165_892_298)).seconds_left(UnixTime(165_892_298)), Some(2));
    let yandex = with_pin("otpauth://yaotp/x?secret=LA2V6KMCGYMWWVEW64RNP3JA3IAAAAAAHTSG4HRZPI&pin=7586");
    assert_eq!(at(&yandex, UnixTime(1_581_064_020)).digits, "oactmacq");
    assert_eq!(verify(&yandex, "OACT MACQ", UnixTime(1_581_064_020)), Verdict::Match);
}

/// RFC 4226 appendix D: the codes at counters 0 to 9, and the whole truncated numbers.
const RFC_4226: [(&str, &str); 10] = [
    ("755224", "1284755224"),
    ("287082", "1094287082"),
    ("359152", "0137359152"),
    ("969429", "1726969429"),
    ("338314", "1640338314"),
    ("254676", "0868254676"),
    ("287922", "1918287922"),
    ("162583", "0082162583"),
    ("399871", "0673399871"),
    ("520489", "0645520489"),
];

#[test]
fn agrees_with_rfc_4226_appendix_d() {
    for (counter, (six, ten)) in (0..).zip(RFC_4226) {
        let hotp = |counter, digits| account(RFC_SECRET, Kind::Hotp { counter }, Algorithm::Sha1, digits);
        let code = at(&hotp(counter, 6), UnixTime(12_345));
        assert_eq!((&*code.digits, code.valid), (six, None));
        assert_eq!(at(&hotp(counter, 10), UnixTime(0)).digits, ten);
        for digits in 1..=10 {
            assert_eq!(at(&hotp(counter, digits), UnixTime(0)).digits, ten[10 - usize::from(digits)..]);
        }
        assert_eq!(next(&hotp(counter.wrapping_sub(1), 6), UnixTime(0)).digits, six);
    }
}

#[test]
fn agrees_with_rfc_6238_appendix_b() {
    #[track_caller]
    fn case(now: u64, sha1: &str, sha256: &str, sha512: &str) {
        // Erratum 2866: the secret is as long as the hash.
        let secret = RFC_SECRET.repeat(4);
        for (algorithm, bytes, digits) in
            [(Algorithm::Sha1, 20, sha1), (Algorithm::Sha256, 32, sha256), (Algorithm::Sha512, 64, sha512)]
        {
            let account = account(&secret[..bytes], TOTP, algorithm, 8);
            assert_eq!(at(&account, UnixTime(now)).digits, digits);
            assert_eq!(next(&account, UnixTime(now).plus(-30)).digits, digits);
        }
    }
    case(59, "94287082", "46119246", "90693936");
    case(1_111_111_109, "07081804", "68084774", "25091201");
    case(1_111_111_111, "14050471", "67062674", "99943326");
    case(1_234_567_890, "89005924", "91819424", "93441116");
    case(2_000_000_000, "69279037", "90698825", "38618901");
    case(20_000_000_000, "65353130", "77737706", "47863826"); // the year 2603
}

/// The vectors of `formats.md` 23.2.
#[test]
fn agrees_with_steam() {
    #[track_caller]
    fn case(key: &str, now: u64, symbols: &str) {
        assert_eq!(at(&steam_account(key), UnixTime(now)).digits, symbols);
    }
    case("Z3ZBVSU5ZE7PW3276QDB5KZKFAMT7Y4L", 1_616_374_841, "2F9J5");
    case("JRZCL47CMXVOQMNPZR2F7J4RGI", 1_700_000_000, "747JR");
}

#[test]
fn a_code_knows_when_it_is_valid() {
    #[track_caller]
    fn case(period: u32, now: u64, from: u64, until: u64, left: u64) {
        let account = account(b"x", Kind::Totp { period }, Algorithm::Sha1, 6);
        let code = at(&account, UnixTime(now));
        assert_eq!(code.valid, Some(Validity { from: UnixTime(from), until: UnixTime(until) }));
        assert_eq!(code.seconds_left(UnixTime(now)), Some(left));
        assert_eq!(code.seconds_left(UnixTime(until)), Some(0));
    }
    case(30, 0, 0, 30, 30);
    case(30, 59, 30, 60, 1);
    case(86_400, 86_399, 0, 86_400, 1);
    case(1, u64::MAX, u64::MAX, u64::MAX, 0);
    let hotp = account(b"x", Kind::Hotp { counter: u64::MAX }, Algorithm::Sha1, 6);
    assert_eq!(at(&hotp, UnixTime(0)).seconds_left(UnixTime(0)), None);
    let first = account(b"x", Kind::Hotp { counter: 0 }, Algorithm::Sha1, 6);
    assert_eq!(next(&hotp, UnixTime(0)), at(&first, UnixTime(0)));
}

#[test]
fn debug_output_has_no_code() {
    let code = at(&account(RFC_SECRET, TOTP, Algorithm::Sha1, 8), UnixTime(59));
    assert!(!format!("{code:?}").contains("94287082"));
}

#[test]
fn a_typed_code_gets_its_verdict() {
    #[track_caller]
    fn case(typed: &str, now: u64, expected: Verdict) {
        assert_eq!(verify(&account(RFC_SECRET, TOTP, Algorithm::Sha1, 8), typed, UnixTime(now)), expected);
    }
    // RFC 6238 appendix B: 89005924 is the code of 1234567890, the start of a step.
    let code = "89005924";
    case(code, 1_234_567_890, Verdict::Match);
    case("8900 5924", 1_234_567_919, Verdict::Match);
    case("８９００－５９２４", 1_234_567_890, Verdict::Match);
    case(code, 1_234_567_920, Verdict::ClockOff { seconds: -30 });
    case(code, 1_234_567_889, Verdict::ClockOff { seconds: 30 });
    case(code, 1_234_567_890 + 3_629, Verdict::ClockOff { seconds: -3_600 });
    case(code, 1_234_567_890 + 3_630, Verdict::NoMatch);
    case(code, 1_234_567_890 - 3_600, Verdict::ClockOff { seconds: 3_600 });
    case(code, 1_234_567_890 - 3_601, Verdict::NoMatch);
    case("89005925", 1_234_567_890, Verdict::NoMatch);
    case("8900592", 1_234_567_890, Verdict::NoMatch);
    case("", 1_234_567_890, Verdict::NoMatch);
    case("94287082", 0, Verdict::ClockOff { seconds: 30 });
}

#[test]
fn the_nearest_match_wins() {
    // With one digit nearly every step of the window matches something; the current one counts.
    let account = account(RFC_SECRET, TOTP, Algorithm::Sha1, 1);
    for now in (0..3_000).step_by(30).map(UnixTime) {
        assert_eq!(verify(&account, &at(&account, now).digits, now), Verdict::Match);
        let coming = next(&account, now).digits;
        let seconds = match verify(&account, &coming, now) {
            Verdict::Match => 0,
            Verdict::ClockOff { seconds } => seconds,
            other => panic!("{other:?}"),
        };
        assert!(seconds.abs() <= 30);
    }
}

#[test]
fn a_counter_is_looked_up_ahead_only() {
    let at_counter = |counter| account(RFC_SECRET, Kind::Hotp { counter }, Algorithm::Sha1, 6);
    let case = |counter, typed: &str| verify(&at_counter(counter), typed, UnixTime(0));
    assert_eq!(case(3, RFC_4226[3].0), Verdict::Match);
    assert_eq!(case(0, RFC_4226[9].0), Verdict::Ahead { steps: 9 });
    assert_eq!(case(4, RFC_4226[3].0), Verdict::NoMatch);
    let far = |steps| at(&at_counter(steps), UnixTime(0)).digits;
    assert_eq!(case(0, &far(100)), Verdict::Ahead { steps: 100 });
    assert_eq!(case(0, &far(101)), Verdict::NoMatch);
    assert_eq!(case(u64::MAX, &far(u64::MAX)), Verdict::Match);
}

#[test]
fn steam_and_long_periods_are_verified_too() {
    let steam = steam_account("JRZCL47CMXVOQMNPZR2F7J4RGI");
    assert_eq!(verify(&steam, "747jr", UnixTime(1_700_000_000)), Verdict::Match);
    let day = account(RFC_SECRET, Kind::Totp { period: 86_400 }, Algorithm::Sha512, 10);
    let yesterday = at(&day, UnixTime(86_400)).digits;
    assert_eq!(verify(&day, &yesterday, UnixTime(200_000)), Verdict::ClockOff { seconds: -86_400 });
}
