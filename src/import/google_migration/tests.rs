use super::*;
use crate::text::Lang;

/// A length-delimited field.
fn bytes(field: u8, content: &[u8]) -> Vec<u8> {
    let mut message = vec![field << 3 | 2];
    let mut length = content.len();
    while length >= 0x80 {
        message.push(u8::try_from(length & 0x7f).unwrap() | 0x80);
        length >>= 7;
    }
    message.push(u8::try_from(length).unwrap());
    message.extend(content);
    message
}

/// A number field.
fn number(field: u8, value: u8) -> Vec<u8> {
    vec![field << 3, value]
}

/// The transfer address of `payload`.
fn address(payload: &[u8]) -> String {
    let encoded = base64::engine::general_purpose::STANDARD.encode(payload);
    format!("otpauth-migration://offline?data={}", encoded.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D"))
}

fn open(address: &str) -> Batch {
    let mut batch = Batch::default();
    read(address, Place::line(1), &mut batch).unwrap();
    batch
}

fn skipped(batch: &Batch) -> Vec<(String, String, String)> {
    let say = |text: Text| text.say(Lang::English);
    batch.skipped.iter().map(|s| (say(s.place.text()), s.label.clone(), say(s.reason.text()))).collect()
}

const SECRET: &[u8] = b"Hello!\xde\xad\xbe\xef";

/// A whole entry, `changed` fields last, so that they win.
fn entry(changed: &[u8]) -> Vec<u8> {
    let known = [bytes(1, SECRET), bytes(2, b"Binance:taro"), number(4, 1), number(5, 1), number(6, 2)].concat();
    bytes(1, &[&known, changed].concat())
}

#[test]
fn an_entry_is_read_field_by_field() {
    #[track_caller]
    fn case(changed: &[u8], expected: &str) {
        let batch = open(&address(&entry(changed)));
        let account = &batch.accounts[0].account;
        let (kind, algorithm) = (account.kind(), account.algorithm().id());
        let found = format!("{}|{}|{kind:?}|{algorithm}|{}", account.issuer(), account.name(), account.digits());
        assert_eq!(found, expected);
        assert!(account.secret().matches(&Secret::new(SECRET.to_vec())));
        assert_eq!(batch.accounts[0].place, Place::line(1).entry(1));
    }
    case(&[], "Binance|taro|Totp { period: 30 }|SHA1|6");
    case(&[number(4, 0), number(5, 0), number(6, 0)].concat(), "Binance|taro|Totp { period: 30 }|SHA1|6");
    case(&bytes(3, b"Binance"), "Binance|taro|Totp { period: 30 }|SHA1|6");
    case(&bytes(3, "株式会社".as_bytes()), "株式会社|Binance:taro|Totp { period: 30 }|SHA1|6");
    case(&[number(4, 2), number(5, 2)].concat(), "Binance|taro|Totp { period: 30 }|SHA256|8");
    case(&number(4, 3), "Binance|taro|Totp { period: 30 }|SHA512|6");
    case(&[number(6, 1), number(7, 42)].concat(), "Binance|taro|Hotp { counter: 42 }|SHA1|6");
    // Version 2 adds a unique id; fields of the future are passed over.
    case(&[bytes(8, b"00123417531767949"), number(12, 1)].concat(), "Binance|taro|Totp { period: 30 }|SHA1|6");
}

#[test]
fn an_entry_that_makes_no_account_is_named_and_the_others_come_in() {
    #[track_caller]
    fn case(changed: &[u8], reason: &str) {
        let batch = open(&address(&[entry(&[]), entry(changed), entry(&[])].concat()));
        assert_eq!(batch.accounts.len(), 2);
        assert_eq!(skipped(&batch), [("line 1, entry 2".into(), "Binance:taro".into(), reason.into())]);
    }
    case(&bytes(1, b""), "there is no key in it");
    case(&bytes(1, &[1; 129]), "the secret has 129 bytes, more than the 128 that any site uses");
    case(&number(4, 4), "codes made with MD5 are not supported");
    case(&number(4, 9), "it asks for an algorithm that nobody knows");
    case(&number(5, 3), "it asks for a number of digits that nobody knows");
    case(&number(6, 3), "the address asks for a kind of code that nobody knows");
    let negative = [&[7 << 3][..], &[0xff; 9], &[0x01]].concat();
    case(&[number(6, 1), negative].concat(), "the counter in it is not a whole number");
}

#[test]
fn damage_is_reported_and_never_guessed_around() {
    #[track_caller]
    fn case(address: &str, accounts: usize, place: &str, reason: &str) {
        let batch = open(address);
        assert_eq!(batch.accounts.len(), accounts);
        assert_eq!(skipped(&batch), [(place.to_owned(), String::new(), reason.to_owned())]);
    }
    const DAMAGED: &str = "the transfer code is damaged or cut short";
    case("otpauth-migration://offline", 0, "line 1", DAMAGED);
    case("otpauth-migration://offline?data=%zz", 0, "line 1", DAMAGED);
    case("otpauth-migration://offline?data=株", 0, "line 1", DAMAGED);
    case("otpauth-migration://offline?data=XXXX", 0, "line 1", DAMAGED);
    case("otpauth-migration://offline?data=", 0, "line 1", "the transfer code holds no account");
    case(&address(&[entry(&[]), vec![0x0a, 0x7f]].concat()), 1, "line 1", DAMAGED);
    case(&address(&[entry(&[]), bytes(1, &[0x0a, 0x7f])].concat()), 1, "line 1, entry 2", DAMAGED);
    // A length of 2^60.
    let endless = [0x0a, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x10];
    case(&address(&endless), 0, "line 1", DAMAGED);
}

#[test]
fn millions_of_empty_entries_are_refused() {
    let mut batch = Batch::default();
    let error = read(&address(&[0x0a, 0x00].repeat(1_000_000)), Place::line(1), &mut batch).unwrap_err();
    assert_eq!(error, ImportError::TooMany);
    assert_eq!(batch.skipped.len(), crate::import::MAX_ENTRIES + 1);
}

/// The disguises of `formats.md` 5.2; the bytes have `+` and `/` in base64.
#[test]
fn base64_is_read_in_every_disguise() {
    #[track_caller]
    fn case(data: &str) {
        assert_eq!(decode(data).unwrap().as_slice(), [0xfb, 0xef, 0xff, 0xfe], "{data}");
    }
    case("%2B%2B%2F%2F%2Fg%3D%3D");
    case("++///g==");
    case("  ///g==");
    case("--___g");
    case("++//\r\n /g=".replace(' ', "").as_str());
    // Stray bits after the last byte.
    case("++///h");
    assert_eq!(decode("A"), None);
    assert_eq!(decode("%+1AA"), None);
}

#[test]
fn parts_of_a_transfer_are_noted() {
    #[track_caller]
    fn case(fields: &[u8], expected: Option<Part>) {
        let batch = open(&address(&[&*entry(&[]), fields].concat()));
        assert_eq!(batch.parts, Vec::from_iter(expected));
    }
    let minus_five = [&[5 << 3, 0xfb][..], &[0xff; 8], &[0x01]].concat();
    case(&[], None);
    case(&[number(3, 1), number(4, 0)].concat(), None);
    case(&[number(2, 2), number(3, 3), number(4, 1)].concat(), Some(Part { batch_id: None, index: 1, size: 3 }));
    case(&[number(3, 2), minus_five].concat(), Some(Part { batch_id: Some(-5), index: 0, size: 2 }));
}

/// `formats.md` 5.3: transfers without an id, given together.
#[test]
fn two_transfers_that_were_mixed_are_noticed() {
    let transfer = |secret: &[u8], index| {
        address(&[&*entry(&bytes(1, secret)), &number(2, 2), &number(3, 2), &number(4, index)].concat())
    };
    let mut all = open(&transfer(b"one secret of ours", 0));
    all.append(open(&transfer(b"one secret of ours", 0)), "the same again");
    assert!(all.remarks.is_empty());
    all.append(open(&transfer(b"another one of ours", 0)), "another transfer");
    let told = "two transfers of 2 codes each were given; all their accounts were read, but whether codes of either are missing cannot be told";
    assert_eq!(all.remarks.iter().map(|remark| remark.say(Lang::English)).collect::<Vec<_>>(), [told]);
    assert_eq!(all.accounts.len(), 3);
}

#[test]
fn counters_and_short_secrets_carry_a_note() {
    let notes = |changed: &[u8]| -> Vec<String> {
        let batch = open(&address(&entry(changed)));
        batch.accounts[0].notes.iter().map(|note| note.say(Lang::English)).collect()
    };
    assert!(notes(&[]).is_empty());
    assert_eq!(
        notes(&number(6, 1)),
        ["the counter may be one behind; if the site refuses the first code, use the next one"]
    );
    assert_eq!(notes(&bytes(1, b"short")), ["the key is short: 5 bytes"]);
}
