//! What needs many unlocks, with less scrypt work than the real thing.

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tempfile::TempDir;

use super::*;
use crate::account::AccountId;

/// Small scrypt work, so that the tests need not wait.
const QUICK: u8 = 2;

fn secret(text: &str) -> Secret {
    Secret::from_text(text.to_owned())
}

fn item(line: &str) -> (Key, Line) {
    (Key::Account(AccountId::random().unwrap()), Line::new(secret(line)).unwrap())
}

/// A vault under the passphrase `right`.
fn vault() -> (TempDir, Vault) {
    let folder = tempfile::tempdir().unwrap();
    let vault = Vault::create_at(QUICK, folder.path(), &secret("right")).unwrap();
    // That the temporary folder was open to others is no news here.
    vault.notices().take();
    (folder, vault)
}

fn reopened(folder: &TempDir, passphrase: &'static str) -> Vault {
    Vault::open(folder.path(), Box::new(move || Ok(secret(passphrase))))
}

fn add(vault: &mut Vault, line: &str) -> Key {
    let (key, line) = item(line);
    vault.create(&[(key.clone(), line)], &mut |_| {}).unwrap();
    key
}

#[track_caller]
fn holds(vault: &mut Vault, key: &Key, line: &str) {
    let found = vault.read(std::slice::from_ref(key)).unwrap().remove(0);
    assert!(found.is_some_and(|found| found.matches(&secret(line))), "{line} is lost");
}

/// Every file of the folder with its content, by name.
fn snapshot(folder: &TempDir) -> Vec<(String, Vec<u8>)> {
    let entries = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap());
    let mut files: Vec<_> = entries
        .map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap_or_default()))
        .collect();
    files.sort();
    files
}

#[test]
fn the_passphrase_is_asked_once_and_late() {
    let (folder, mut vault) = vault();
    let key = add(&mut vault, "line");
    let asked = Arc::new(AtomicUsize::new(0));
    let counter = asked.clone();
    let mut vault = Vault::open(
        folder.path(),
        Box::new(move || {
            counter.fetch_add(1, Ordering::Relaxed);
            Ok(secret("right"))
        }),
    );
    vault.backend();
    assert_eq!(asked.load(Ordering::Relaxed), 0);
    holds(&mut vault, &key, "line");
    add(&mut vault, "another");
    holds(&mut vault, &key, "line");
    assert_eq!(asked.load(Ordering::Relaxed), 1);
}

#[test]
fn a_wrong_passphrase_changes_nothing() {
    let (folder, mut vault) = vault();
    let key = add(&mut vault, "line");
    let before = snapshot(&folder);
    let mut wrong = reopened(&folder, "wrong");
    assert_eq!(wrong.create(&[item("new")], &mut |_| {}), Err(StoreError::WrongPassphrase));
    assert_eq!(wrong.delete(&[key]), Err(StoreError::WrongPassphrase));
    assert_eq!(wrong.list(), Err(StoreError::WrongPassphrase));
    assert_eq!(wrong.change_passphrase(&secret("wrong"), &secret("new")), Err(StoreError::WrongPassphrase));
    assert_eq!(wrong.unlock_for(60), Err(StoreError::WrongPassphrase));
    assert_eq!(snapshot(&folder), before);
}

#[test]
fn a_second_vault_is_not_made_over_the_first() {
    let (folder, _) = vault();
    let before = snapshot(&folder);
    let error = Vault::create_at(QUICK, folder.path(), &secret("other")).err().unwrap();
    assert_eq!(error.to_string(), "`identity.age` cannot be used: it exists already");
    fs::remove_file(folder.path().join("identity.age")).unwrap();
    assert!(Vault::create_at(QUICK, folder.path(), &secret("other")).is_err(), "the spare counts too");
    fs::remove_file(folder.path().join("identity.age.1")).unwrap();
    let vault = Vault::create_at(QUICK, folder.path(), &secret("other")).unwrap();
    // Without its identity the old file is noise, but it is kept all the same.
    let old = before.iter().find(|(name, _)| name == "vault.age").map(|(_, file)| file.clone());
    assert_eq!(fs::read(folder.path().join("vault.age.aside-1")).ok(), old);
    assert_eq!(vault.notices().take(), [Notice::Aside { file: "vault.age".into(), kept: "vault.age.aside-1".into() }]);
}

#[test]
fn a_new_passphrase_replaces_the_old_one_everywhere() {
    let (folder, mut vault) = vault();
    let key = add(&mut vault, "line");
    vault.change_passphrase_at(QUICK, &secret("right"), &secret("new")).unwrap();
    holds(&mut vault, &key, "line");
    holds(&mut reopened(&folder, "new"), &key, "line");
    assert_eq!(reopened(&folder, "right").list(), Err(StoreError::WrongPassphrase));
    for (name, file) in snapshot(&folder) {
        let opened = age::open(&secret("right"), &file, age::MOST_WORK);
        assert!(opened.is_err(), "{name} opens with the old passphrase");
    }
}

#[test]
fn damage_anywhere_in_the_vault_loses_nothing() {
    let (folder, mut vault) = vault();
    let (first, last) = (add(&mut vault, "first"), add(&mut vault, "last"));
    let path = folder.path().join(VAULT);
    let good = fs::read(&path).unwrap();
    let flips = (0..good.len()).step_by(37).map(|place| {
        let mut flipped = good.clone();
        flipped[place] ^= 0x10;
        flipped
    });
    let cuts = (0..good.len()).step_by(61).map(|length| good[..length].to_vec());
    for bad in flips.chain(cuts) {
        fs::write(&path, &bad).unwrap();
        holds(&mut vault, &first, "first");
        holds(&mut vault, &last, "last");
        let notice = Notice::Older { file: "vault.age".into(), used: "vault.age.1".into() };
        assert_eq!(vault.notices().take(), [notice]);
        assert_eq!(fs::read(&path).unwrap(), bad, "reading repairs nothing");
    }
}

#[test]
fn a_damaged_vault_is_kept_when_it_is_replaced() {
    let (folder, mut vault) = vault();
    let first = add(&mut vault, "first");
    for number in 1..=3 {
        fs::write(folder.path().join(VAULT), format!("garbage {number}")).unwrap();
        vault.notices().take();
        let new = add(&mut vault, "new");
        let notices = vault.notices().take();
        assert_eq!(notices[1], Notice::Aside { file: VAULT.into(), kept: format!("vault.age.aside-{number}") });
        assert_eq!(vault.notices().take(), []);
        holds(&mut vault, &first, "first");
        holds(&mut vault, &new, "new");
        let kept = fs::read_to_string(folder.path().join(format!("vault.age.aside-{number}")));
        assert_eq!(kept.unwrap(), format!("garbage {number}"));
    }
}

#[test]
fn the_newest_readable_generation_stands_in() {
    let (folder, mut vault) = vault();
    let keys: Vec<_> = (0..12).map(|number| add(&mut vault, &format!("line {number}"))).collect();
    // `vault.age` and its copy hold all twelve, `.2` eleven, `.9` four.
    for (damaged, left) in [("vault.age", 12), ("vault.age.1", 11), ("vault.age.2", 10), ("vault.age.3", 9)] {
        fs::remove_file(folder.path().join(damaged)).unwrap();
        assert_eq!(vault.list().unwrap().len(), left, "without {damaged}");
    }
    assert!(folder.path().join("vault.age.9").exists());
    assert!(!folder.path().join("vault.age.10").exists());
    holds(&mut vault, &keys[8], "line 8");
    for number in 4..=9 {
        fs::write(folder.path().join(format!("vault.age.{number}")), "garbage").unwrap();
    }
    let error = vault.list().unwrap_err();
    assert_eq!(error.to_string(), "`vault.age` cannot be used: it does not exist");
    fs::write(folder.path().join(VAULT), "garbage").unwrap();
    assert_eq!(vault.list().unwrap_err(), StoreError::Damaged { file: VAULT.into() });
}

#[test]
fn a_vault_put_back_by_hand_becomes_a_generation() {
    let (folder, mut vault) = vault();
    let old = add(&mut vault, "old");
    let saved = fs::read(folder.path().join(VAULT)).unwrap();
    vault.delete(std::slice::from_ref(&old)).unwrap();
    fs::write(folder.path().join(VAULT), &saved).unwrap();
    vault.delete(&[old]).unwrap();
    assert_eq!(fs::read(folder.path().join("vault.age.2")).unwrap(), saved);
}

#[test]
fn a_damaged_identity_opens_from_its_spare() {
    let (folder, mut vault) = vault();
    let key = add(&mut vault, "line");
    let path = folder.path().join(IDENTITY);
    let good = fs::read(&path).unwrap();
    for place in (0..good.len()).step_by(13) {
        let mut bad = good.clone();
        bad[place] ^= 1;
        fs::write(&path, bad).unwrap();
        let mut vault = reopened(&folder, "right");
        holds(&mut vault, &key, "line");
        let notice = Notice::Spare { file: "identity.age".into(), used: "identity.age.1".into() };
        assert_eq!(vault.notices().take(), [notice]);
    }
    fs::remove_file(&path).unwrap();
    holds(&mut reopened(&folder, "right"), &key, "line");
    assert_eq!(reopened(&folder, "wrong").list(), Err(StoreError::WrongPassphrase));
    reopened(&folder, "right").change_passphrase_at(QUICK, &secret("right"), &secret("new")).unwrap();
    assert_eq!(fs::read(&path).unwrap(), fs::read(folder.path().join("identity.age.1")).unwrap());
}

#[test]
fn a_missing_vault_says_which_file_is_missing() {
    let folder = tempfile::tempdir().unwrap();
    let never = Box::new(|| panic!("asked for a passphrase of nothing"));
    let error = Vault::open(folder.path(), never).list().unwrap_err();
    assert_eq!(error.to_string(), "`identity.age` cannot be used: it does not exist");
    assert!(!Vault::exists(folder.path()));
}

#[test]
fn leftovers_of_an_interrupted_write_go() {
    let (folder, mut vault) = vault();
    fs::write(folder.path().join(".otp-vault-x1y2z3.new"), "half a file").unwrap();
    fs::write(folder.path().join("notes.new"), "not ours").unwrap();
    add(&mut vault, "line");
    let names: Vec<_> = snapshot(&folder).into_iter().map(|(name, _)| name).collect();
    let expected = ["identity.age", "identity.age.1", "notes.new", "vault.age", "vault.age.1", "vault.age.2"];
    assert_eq!(names, expected);
}

#[cfg(unix)]
#[test]
fn links_and_pipes_are_not_followed() {
    let (folder, mut vault) = vault();
    let key = add(&mut vault, "line");
    let target = folder.path().join("elsewhere");
    fs::rename(folder.path().join(VAULT), &target).unwrap();
    std::os::unix::fs::symlink(&target, folder.path().join(VAULT)).unwrap();
    let before = fs::read(&target).unwrap();
    holds(&mut vault, &key, "line");
    assert_eq!(vault.notices().take(), [Notice::Older { file: "vault.age".into(), used: "vault.age.1".into() }]);
    add(&mut vault, "new");
    assert_eq!(fs::read(&target).unwrap(), before);
    assert!(fs::symlink_metadata(folder.path().join(VAULT)).unwrap().is_file());
    fs::remove_file(folder.path().join(VAULT)).unwrap();
    let made = std::process::Command::new("mkfifo").arg(folder.path().join(VAULT)).status().unwrap();
    assert!(made.success());
    holds(&mut vault, &key, "line");
}

#[cfg(target_os = "linux")]
#[test]
fn unlocked_it_asks_no_more_until_locked() {
    let (folder, mut vault) = vault();
    let key = add(&mut vault, "line");
    vault.unlock_for(60).unwrap();
    let mut other = reopened(&folder, "wrong");
    holds(&mut other, &key, "line");
    assert!(vault.lock());
    assert!(!vault.lock());
    assert_eq!(reopened(&folder, "wrong").list(), Err(StoreError::WrongPassphrase));
    // The time-out is the kernel's own; 0 must not mean for ever.
    reopened(&folder, "right").unlock_for(0).unwrap();
    std::thread::sleep(std::time::Duration::from_millis(2500));
    assert_eq!(reopened(&folder, "wrong").list(), Err(StoreError::WrongPassphrase));
    // A new passphrase forgets what was held under the old one.
    let mut vault = reopened(&folder, "right");
    vault.unlock_for(60).unwrap();
    vault.change_passphrase_at(QUICK, &secret("right"), &secret("new")).unwrap();
    assert_eq!(reopened(&folder, "wrong").list(), Err(StoreError::WrongPassphrase));
}
