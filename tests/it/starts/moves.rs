//! Moves from one place to another: what is left behind, and what must not come back.

use std::fs;

use otp::account::AccountId;
use otp::clock::{DAY, UnixTime};
use otp::store::item;
use otp::store::{BackendKind, Key, Store, StoreError};

use super::computer::{Computer, Lasting, NOW, account, add, numbers};
use super::trash;

#[test]
fn a_vault_whose_index_was_lost_is_found_again() {
    let computer = Computer::in_use();
    computer.open().shift(BackendKind::Vault, NOW, &mut |_| {}).unwrap();
    computer.delete(|_| true);
    for file in fs::read_dir(computer.folder()).unwrap().map(|entry| entry.unwrap().path()) {
        fs::write(file, "garbage").unwrap();
    }
    let mut ledger = computer.open();
    assert_eq!(ledger.backend().unwrap().kind, BackendKind::Vault);
    assert_eq!(numbers(&mut ledger), [1, 2, 3]);
}

#[test]
fn who_had_the_old_place_open_follows_a_move() {
    let computer = Computer::in_use();
    let mut window = computer.open();
    assert_eq!(numbers(&mut window), [1, 2, 3]);
    computer.open().shift(BackendKind::Vault, NOW, &mut |_| {}).unwrap();
    add(&mut window, 4).unwrap();
    assert_eq!(numbers(&mut computer.open()), [1, 2, 3, 4]);
}

/// A computer whose secrets moved to the vault more than 30 days and 10 of use ago, one of them
/// deleted since, and the time it is now.
fn long_moved() -> (Computer, UnixTime) {
    let computer = Computer::in_use();
    let mut ledger = computer.open();
    ledger.shift(BackendKind::Vault, NOW, &mut |_| {}).unwrap();
    let id = ledger.active()[0].id;
    trash(&mut ledger, id, NOW);
    ledger.purge(&[id], NOW).unwrap();
    for day in 1..=10 {
        let now = UnixTime(NOW.0 + day * 3 * DAY);
        ledger.edit(now, |index| Ok::<_, StoreError>(index.ran_on(now))).unwrap();
    }
    (computer, UnixTime(NOW.0 + 31 * DAY))
}

#[test]
fn what_a_move_left_behind_goes_after_thirty_days() {
    let (computer, now) = long_moved();
    computer.open().clear_left(UnixTime(now.0 - 2 * DAY)).unwrap();
    assert_eq!(computer.keyring().list().unwrap().len(), 5);
    computer.open().clear_left(now).unwrap();
    assert_eq!(computer.keyring().list().unwrap(), [], "those of deleted accounts as well");
    assert_eq!(computer.index().left, []);
    assert_eq!(numbers(&mut computer.open()), [2, 3]);
}

#[test]
fn what_a_move_left_behind_stays_while_a_secret_is_missing() {
    let (computer, now) = long_moved();
    let id = computer.open().active()[0].id;
    let mut vault = Lasting { name: "vault", kind: BackendKind::Vault, ..computer.keyring() };
    vault.delete(&[Key::Account(id)]).unwrap();
    let broken = StoreError::Broken { account: "site 2 (taro)".into() };
    assert_eq!(computer.open().clear_left(now), Err(broken));
    assert_eq!(computer.keyring().list().unwrap().len(), 5);
}

#[test]
fn a_place_that_is_in_use_again_is_not_emptied() {
    let (computer, now) = long_moved();
    let mut window = computer.open();
    computer.open().shift(BackendKind::Keyring, NOW, &mut |_| {}).unwrap();
    window.clear_left(now).unwrap();
    assert_eq!(numbers(&mut computer.open()), [2, 3]);
}

/// A computer whose secrets moved to the vault, where the first of three was deleted since.
fn purged_in_the_vault() -> Computer {
    let computer = Computer::in_use();
    let mut ledger = computer.open();
    ledger.shift(BackendKind::Vault, NOW, &mut |_| {}).unwrap();
    let id = ledger.active()[0].id;
    trash(&mut ledger, id, NOW);
    ledger.purge(&[id], NOW).unwrap();
    computer
}

#[test]
fn what_was_deleted_for_good_does_not_come_back_with_a_move_back() {
    let computer = purged_in_the_vault();
    computer.open().shift(BackendKind::Keyring, NOW, &mut |_| {}).unwrap();
    let mut ledger = computer.open();
    assert_eq!(ledger.adopt_orphans(NOW), Ok(0));
    assert_eq!(numbers(&mut ledger), [2, 3]);
    assert_eq!(computer.keyring().list().unwrap().iter().filter(|key| matches!(key, Key::Account(_))).count(), 2);
    // What is in the vault now are copies of these two.
    assert_eq!(computer.index().left.iter().map(|left| left.ids.len()).collect::<Vec<_>>(), [2]);
}

#[test]
fn only_what_was_moved_is_deleted_where_it_was_left() {
    let (computer, now) = long_moved();
    // A secret of this very store that no move has seen: its only copy.
    let vault = computer.index().vault_id;
    let id = AccountId::random().unwrap();
    let line = item::encode(&account(9), id, vault).unwrap();
    computer.keyring().create(&[(Key::Account(id), line)], &mut |_| {}).unwrap();
    computer.open().clear_left(now).unwrap();
    assert_eq!(computer.keyring().list().unwrap(), [Key::Account(id)]);
    let mut ledger = computer.open();
    ledger.shift(BackendKind::Keyring, now, &mut |_| {}).unwrap();
    assert_eq!(ledger.adopt_orphans(now), Ok(1));
    assert_eq!(numbers(&mut ledger), [2, 3, 9]);
}
