//! Import of our own files, of real exports of other apps, and of hostile files.

use std::fs;

use otp::account::{Account, Kind};
use otp::import::{self, Batch, ImportError, Opened, Part, SkipReason, Source, missing_parts};
use otp::qr::QrError;
use otp::secret::Secret;
use otp::text::Lang;

use super::fixtures;
use super::vectors::{self, Vector};

mod samples;

fn read(name: &str) -> Vec<u8> {
    fs::read(fixtures::path(name)).unwrap()
}

fn open(bytes: &[u8]) -> Result<Batch, ImportError> {
    match import::open(&Source::new(bytes))? {
        Opened::Batch(batch) => Ok(batch),
        Opened::Locked(locked) => panic!("{locked:?}"),
    }
}

fn secret(text: &str) -> Secret {
    Secret::from_text(text.to_owned())
}

fn open_fixture(name: &str) -> Batch {
    open(&read(name)).unwrap()
}

/// Everything that makes an account, in one line.
pub(crate) fn line(account: &Account) -> String {
    let (issuer, name, digits) = (account.issuer(), account.name(), account.digits());
    let moving = match account.kind() {
        Kind::Hotp { counter } => counter,
        other => other.period().unwrap().into(),
    };
    let key = account.secret().expose();
    format!("{} {issuer} {name} {key:?} {} {digits} {moving}", account.kind().id(), account.algorithm().id())
}

fn lines(batch: &Batch) -> Vec<String> {
    batch.accounts.iter().map(|entry| line(&entry.account)).collect()
}

fn vector_lines(vectors: &[Vector]) -> Vec<String> {
    vectors.iter().map(|vector| line(&vector.account())).collect()
}

fn skipped(batch: &Batch) -> Vec<[String; 3]> {
    let say = |text: otp::text::Text| text.say(Lang::English);
    batch.skipped.iter().map(|entry| [say(entry.place.text()), entry.label.clone(), say(entry.reason.text())]).collect()
}

#[test]
fn pictures_give_their_accounts() {
    #[track_caller]
    fn case(name: &str, issuers: &[&str]) {
        let batch = open_fixture(&format!("qr/{name}"));
        let expected: Vec<_> = issuers.iter().map(|issuer| vectors::of(issuer)).collect();
        assert_eq!(lines(&batch), vector_lines(&expected));
        assert!(batch.skipped.is_empty());
    }
    case("binance.png", &["Binance.com"]);
    case("dark.png", &["GitHub"]);
    case("two-codes.png", &["bitFlyer", "Kraken"]);
    case("japanese.png", &["楽天ウォレット"]);
    case("photo.jpg", &["Coincheck"]);
}

#[test]
fn a_code_of_another_kind_is_named_without_its_content() {
    let batch = open_fixture("qr/not-ours.png");
    assert!(batch.accounts.is_empty());
    assert_eq!(skipped(&batch), [["QR code 1", "", "this is the address of a web page"]]);
}

#[test]
fn a_transfer_comes_in_part_by_part() {
    let part = |index| Part { batch_id: Some(-1_726_480_533), index, size: 3 };
    let second = open_fixture("qr/transfer-2-of-3.png");
    assert_eq!(second.parts, [part(1)]);
    let missing = missing_parts(&second.parts, &second.parts);
    assert_eq!(missing[0].text().say(Lang::English), "part 2 of 3 read, still missing 1 and 3");
    let mut found = Vec::new();
    let mut parts = Vec::new();
    for number in [3, 1, 2] {
        let batch = open_fixture(&format!("qr/transfer-{number}-of-3.png"));
        found.extend(lines(&batch));
        parts.extend(batch.parts);
    }
    assert_eq!(missing_parts(&parts, &parts), []);
    let carried = |vector: &Vector| vector.kind != "steam" && vector.issuer != "Example Corp";
    let mut expected = vector_lines(&vectors::all().into_iter().filter(carried).collect::<Vec<_>>());
    found.sort_unstable();
    expected.sort_unstable();
    assert_eq!(found, expected);
}

#[test]
fn a_list_of_addresses_gives_every_golden_account() {
    let text = String::from_utf8(read("uri-list.txt")).unwrap();
    let utf16 =
        |number: fn(u16) -> [u8; 2]| "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(number).collect();
    let one_line = text.lines().skip(1).collect::<Vec<_>>().join(",");
    let spellings: [Vec<u8>; 6] = [
        text.clone().into_bytes(),
        text.replace('\n', "\r\n").into_bytes(),
        format!("\u{feff}{text}").into_bytes(),
        utf16(u16::to_le_bytes),
        utf16(u16::to_be_bytes),
        one_line.into_bytes(),
    ];
    for bytes in spellings {
        let batch = open(&bytes).unwrap();
        assert_eq!(lines(&batch), vector_lines(&vectors::all()));
        assert!(batch.skipped.is_empty());
    }
}

#[test]
fn a_partly_bad_list_gives_the_good_and_names_the_bad() {
    let batch = open_fixture("partly-bad.txt");
    assert_eq!(lines(&batch), vector_lines(&[vectors::of("Binance.com"), vectors::of("GitHub")]));
    let expected = [
        ["line 2", "Zaif:taro", "the key in it has a symbol that no key has"],
        ["line 3", "Example:no key", "there is no key in it"],
        ["line 4", "", "there is no `otpauth://` address in it"],
        ["line 6", "Example:old", "codes made with MD5 are not supported"],
    ];
    assert_eq!(skipped(&batch), expected);
}

#[test]
fn hostile_files_are_refused() {
    #[track_caller]
    fn case(name: &str, error: &ImportError) {
        assert_eq!(&open(&read(&format!("hostile/{name}"))).unwrap_err(), error);
    }
    case("cut-short.png", &ImportError::Picture(QrError::Damaged));
    case("huge.png", &ImportError::Picture(QrError::TooLarge));
    case("empty-entries.txt", &ImportError::TooMany);
    let batch = open_fixture("hostile/length-2-to-the-60.txt");
    assert!(batch.accounts.is_empty());
    assert_eq!(batch.skipped[0].reason, SkipReason::DamagedTransfer);
}

/// Whatever is left of a file, or changed in it, is read or refused, and never ends in a panic.
#[test]
fn damaged_files_never_panic() {
    for name in ["uri-list.txt", "partly-bad.txt", "hostile/length-2-to-the-60.txt"] {
        every_damage(&read(name), 1);
    }
    let transfer = otp::qr::read(&read("qr/transfer-1-of-3.png")).unwrap();
    every_damage(transfer[0].text.as_bytes(), 1);
    for fixture in fixtures::all().iter().filter(|fixture| fixture.path.starts_with("qr/")) {
        // Decoding a picture takes a while, so not every byte of every picture.
        every_damage(&fixture.bytes, fixture.bytes.len() / 5 + 1);
    }
}

/// Opens `bytes` cut off, and with one byte changed, at every `step`th place.
fn every_damage(bytes: &[u8], step: usize) {
    for place in (0..bytes.len()).step_by(step) {
        let _ = import::open(&Source::new(&bytes[..place]));
        let mut changed = bytes.to_vec();
        changed[place] ^= 1 << (place % 8);
        let _ = import::open(&Source::new(&changed));
    }
}
