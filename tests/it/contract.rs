//! What every store promises, asked of each of them.
//!
//! The real keyring takes part only inside `scripts/with-keyring`, which gives a private one;
//! outside, its test fails with a sentence rather than touch the user's own.

use otp::account::AccountId;
use otp::secret::Secret;
use otp::store::memory::Memory;
use otp::store::vault::Vault;
use otp::store::{Key, Line, Store};

#[test]
fn memory_keeps_the_contract() {
    keeps_the_contract(&mut Memory::new());
}

#[test]
fn the_vault_keeps_the_contract() {
    let folder = tempfile::tempdir().unwrap();
    let passphrase = Secret::from_text("coral unruly plow ninja".to_owned());
    keeps_the_contract(&mut Vault::create(folder.path(), &passphrase).unwrap());
}

#[cfg(target_os = "linux")]
#[test]
fn the_keyring_keeps_the_contract() {
    let private = std::env::var_os("OTP_TEST_KEYRING").is_some();
    assert!(private, "this test needs a private keyring: run it inside `scripts/with-keyring`");
    keeps_the_contract(&mut otp::store::keyring::Keyring::new());
}

/// Fails unless `store`, which may hold other items, does all that [`Store`] says.
pub(crate) fn keeps_the_contract(store: &mut dyn Store) {
    gives_lines_back_exactly(store);
    answers_in_the_order_asked(store);
    knows_every_kind_of_key(store);
    never_replaces(store);
    tells_progress_of_many(store);
    deletes_twice_without_complaint(store);
}

fn gives_lines_back_exactly(store: &mut dyn Store) {
    let symbols: String = (' '..='~').collect();
    for text in [
        "otpauth://totp/Binance:taro%40example.com?secret=JBSWY3DPEHPK3PXP&issuer=Binance",
        &symbols,
        "# key 00000000000000000000000000000000",
        "# otp-vault 1",
        " ",
        "  both ends  ",
        &"~".repeat(Line::MOST),
    ] {
        let key = account();
        create(store, &[(&key, text)]);
        assert_eq!(read(store, &[&key]), [Some(text.to_owned())]);
        delete(store, &[&key]);
    }
}

fn answers_in_the_order_asked(store: &mut dyn Store) {
    let (one, two, missing) = (account(), account(), account());
    create(store, &[(&one, "one"), (&two, "two")]);
    let answer = read(store, &[&two, &missing, &one, &two]);
    assert_eq!(answer, [Some("two".into()), None, Some("one".into()), Some("two".into())]);
    assert_eq!(read(store, &[]), []);
    delete(store, &[&one, &two]);
}

fn knows_every_kind_of_key(store: &mut dyn Store) {
    // The same number under four kinds: four items.
    let id = AccountId::random().unwrap();
    let keys = [Key::Account(id), Key::Canary(id), Key::Seen(id), Key::Codes(id)];
    let [account, canary, seen, codes] = &keys;
    create(store, &[(account, "account"), (canary, "canary"), (seen, "seen"), (codes, "codes")]);
    let lines = ["account", "canary", "seen", "codes"].map(|line| Some(line.to_owned()));
    assert_eq!(read(store, &[account, canary, seen, codes]), lines);
    let listed = store.list().unwrap();
    for key in &keys {
        assert_eq!(listed.iter().filter(|listed| *listed == key).count(), 1, "{key} in the list");
    }
    delete(store, &[canary]);
    assert_eq!(read(store, &[account, canary, seen]), [Some("account".into()), None, Some("seen".into())]);
    delete(store, &[account]);
    assert_eq!(read(store, &[account, seen, codes]), [None, Some("seen".into()), Some("codes".into())]);
    delete(store, &[codes, seen]);
    assert_eq!(read(store, &[seen, codes]), [None, None]);
}

fn never_replaces(store: &mut dyn Store) {
    let (old, other) = (account(), account());
    create(store, &[(&old, "old")]);
    // Refusing and ignoring are both fine; losing the old line is not.
    let _ = store.create(&[(old.clone(), line("new")), (other.clone(), line("other"))], &mut |_| {});
    assert_eq!(read(store, &[&old]), [Some("old".into())]);
    delete(store, &[&old, &other]);
    assert_eq!(read(store, &[&old, &other]), [None, None]);
}

fn tells_progress_of_many(store: &mut dyn Store) {
    let items: Vec<_> = (0..30).map(|number| (account(), line(&format!("line {number}")))).collect();
    let mut told = Vec::new();
    store.create(&items, &mut |done| told.push(done)).unwrap();
    assert_eq!(told, (1..=30).collect::<Vec<_>>());
    store.sync().unwrap();
    let keys: Vec<_> = items.iter().map(|(key, _)| key).collect();
    let expected: Vec<_> = (0..30).map(|number| Some(format!("line {number}"))).collect();
    assert_eq!(read(store, &keys), expected);
    delete(store, &keys);
    let listed = store.list().unwrap();
    assert!(!keys.iter().any(|key| listed.contains(key)), "deleted items are still listed");
}

fn deletes_twice_without_complaint(store: &mut dyn Store) {
    let key = account();
    create(store, &[(&key, "gone soon")]);
    delete(store, &[&key]);
    assert_eq!(read(store, &[&key]), [None]);
    delete(store, &[&key, &account()]);
    delete(store, &[]);
}

pub(crate) fn account() -> Key {
    Key::Account(AccountId::random().unwrap())
}

pub(crate) fn line(text: &str) -> Line {
    Line::new(Secret::from_text(text.to_owned())).unwrap()
}

#[track_caller]
pub(crate) fn create(store: &mut dyn Store, items: &[(&Key, &str)]) {
    let items: Vec<_> = items.iter().map(|(key, text)| ((*key).clone(), line(text))).collect();
    store.create(&items, &mut |_| {}).unwrap();
    store.sync().unwrap();
}

/// What stands under `keys`, as text.
#[track_caller]
pub(crate) fn read(store: &mut dyn Store, keys: &[&Key]) -> Vec<Option<String>> {
    let keys: Vec<_> = keys.iter().map(|key| (*key).clone()).collect();
    let lines = store.read(&keys).unwrap();
    // EXPOSE: test lines, made up above.
    lines.iter().map(|line| line.as_ref().map(|line| line.expose_text().unwrap().to_owned())).collect()
}

#[track_caller]
fn delete(store: &mut dyn Store, keys: &[&Key]) {
    store.delete(&keys.iter().map(|key| (*key).clone()).collect::<Vec<_>>()).unwrap();
}
