//! What every start decides: the rows of table 3.3 of `security.md`, on a real folder with a place
//! in memory that outlives the process. A deleted file of the real keyring is in `damage`.

mod computer;
mod moves;

use std::fs;

use otp::account::AccountId;
use otp::clock::{DAY, UnixTime};
use otp::secret::Secret;
use otp::store::index::{Entry, Index};
use otp::store::ledger::{Added, Ledger, Newcomer, Notice, Replaces};
use otp::store::{BackendKind, Key, Line, ReadOnly, Store, StoreError};

pub(crate) use computer::{Computer, add, index_file, numbers};
use computer::{Lasting, NOW, account};

fn use_counter(ledger: &mut Ledger, id: AccountId) -> Result<u64, StoreError> {
    ledger.edit(NOW, |index| {
        let counter = index.entry_mut(id).unwrap().counter.as_mut().unwrap();
        *counter += 1;
        Ok(*counter - 1)
    })
}

fn trash(ledger: &mut Ledger, id: AccountId, at: UnixTime) {
    let put = |index: &mut Index| {
        index.entry_mut(id).unwrap().trashed = Some(at);
        Ok::<(), StoreError>(())
    };
    ledger.edit(at, put).unwrap();
}

#[test]
fn a_removed_canary_is_made_anew() {
    let computer = Computer::in_use();
    computer.delete(|key| matches!(key, Key::Canary(_)));
    let mut ledger = computer.open();
    assert_eq!(numbers(&mut ledger), [1, 2, 3]);
    ledger.finish(NOW).unwrap();
    assert_eq!(ledger.take_notices(), [Notice::NewCanary]);
    // Duplicates are still found, although the fingerprints depend on the canary.
    let added = ledger.add(vec![account(2).into()], NOW, &mut |_| {}).unwrap();
    assert!(matches!(added[..], [Added::Already(_)]));
    let mut ledger = computer.open();
    ledger.finish(NOW).unwrap();
    assert_eq!(ledger.take_notices(), []);
    assert_eq!(numbers(&mut ledger), [1, 2, 3]);
}

/// Changes of the index alone, by name.
type Edit = (&'static str, fn(&mut Entry));
const EDITS: [Edit; 5] = [
    ("rename", |entry| entry.name = "jiro".into()),
    ("tag", |entry| entry.tags = vec!["work".into()]),
    ("trash", |entry| entry.trashed = Some(NOW)),
    ("restore", |entry| entry.trashed = None),
    ("counter", |entry| entry.counter = Some(7)),
];

fn edit(ledger: &mut Ledger, id: AccountId, change: fn(&mut Entry)) -> Result<(), StoreError> {
    ledger.edit(NOW, |index| {
        change(index.entry_mut(id).unwrap());
        Ok(())
    })
}

#[test]
fn a_change_of_the_index_alone_makes_a_removed_canary_anew() {
    for (name, change) in EDITS {
        let computer = Computer::in_use();
        computer.delete(|key| matches!(key, Key::Canary(_)));
        let mut ledger = computer.open();
        let id = ledger.active()[2].id;
        edit(&mut ledger, id, change).unwrap();
        assert_eq!(ledger.take_notices(), [Notice::NewCanary], "{name}");
        let mut expected = ledger.index().unwrap().entry(id).unwrap().clone();
        change(&mut expected);
        assert_eq!(computer.index().entry(id), Some(&expected), "{name}");
        assert!(computer.keyring().list().unwrap().iter().any(|key| matches!(key, Key::Canary(_))), "{name}");
        let mut ledger = computer.open();
        assert!(matches!(ledger.known(&[&account(2)]).unwrap()[..], [Some(_)]), "{name}: duplicates are still found");
        ledger.finish(NOW).unwrap();
        assert_eq!(ledger.take_notices(), [], "{name}: told once");
        assert_eq!(numbers(&mut ledger), [1, 2, 3], "{name}");
    }
}

/// Whatever is tried on a keyring that is not the right one, nothing changes, here or there.
#[track_caller]
fn nothing_works(computer: &Computer, keyring: &'static str, expected: &StoreError) {
    let before = fs::read(computer.index_file()).unwrap();
    let held = |name| Lasting { name, ..computer.keyring() }.list().unwrap();
    let keys = (held("keyring"), held(keyring));
    let mut ledger = computer.open_with(keyring).unwrap();
    let ids: Vec<_> = ledger.active().iter().map(|entry| entry.id).collect();
    assert_eq!(ids.len(), 3, "the names are still shown");
    assert_eq!(ledger.accounts(&ids).err().as_ref(), Some(expected));
    assert_eq!(ledger.known(&[&account(9)]).err().as_ref(), Some(expected));
    assert_eq!(add(&mut ledger, 9).err().as_ref(), Some(expected));
    assert_eq!(ledger.finish(NOW).err().as_ref(), Some(expected));
    assert_eq!(ledger.purge(&ids, NOW).err().as_ref(), Some(expected));
    assert_eq!(ledger.adopt_orphans(NOW).err().as_ref(), Some(expected));
    for (name, change) in EDITS {
        assert_eq!(edit(&mut ledger, ids[2], change).err().as_ref(), Some(expected), "{name}");
    }
    assert_eq!(ledger.shift(BackendKind::Vault, NOW, &mut |_| {}).err().as_ref(), Some(expected));
    assert_eq!(fs::read(computer.index_file()).unwrap(), before);
    assert_eq!((held("keyring"), held(keyring)), keys);
}

#[test]
fn an_emptied_keyring_is_left_alone() {
    let computer = Computer::in_use();
    computer.delete(|_| true);
    nothing_works(&computer, "keyring", &StoreError::EmptiedKeyring);
}

#[test]
fn another_keyring_is_left_alone_and_the_right_one_still_works() {
    let computer = Computer::in_use();
    let wrong = StoreError::WrongKeyring { expected: "keyring".into(), found: "another".into() };
    nothing_works(&computer, "another", &wrong);
    // The same with somebody else's accounts in it.
    let stranger = Lasting { name: "another", ..computer.keyring() };
    let id = AccountId::random().unwrap();
    let line = Line::new(Secret::from_text("a canary of another profile".into())).unwrap();
    stranger.with(|memory| memory.create(&[(Key::Canary(id), line)], &mut |_| {})).unwrap();
    nothing_works(&computer, "another", &wrong);
    assert_eq!(numbers(&mut computer.open()), [1, 2, 3]);
}

#[test]
fn one_missing_and_one_empty_secret_are_shown_as_broken_and_kept() {
    let computer = Computer::in_use();
    let ids: Vec<_> = computer.open().active().iter().map(|entry| entry.id).collect();
    computer.delete(|key| [Key::Account(ids[0]), Key::Account(ids[1])].contains(key));
    // An empty line cannot be written through us; a blank one stands for it.
    let blank = Line::new(Secret::from_text(" ".into())).unwrap();
    computer.keyring().create(&[(Key::Account(ids[1]), blank)], &mut |_| {}).unwrap();
    let mut ledger = computer.open();
    let broken = |number| Some(StoreError::Broken { account: format!("site {number} (taro)") });
    let answers = ledger.accounts(&ids).unwrap();
    let errors: Vec<_> = answers.into_iter().map(Result::err).collect();
    assert_eq!(errors, [broken(1), broken(2), None]);
    ledger.finish(NOW).unwrap();
    add(&mut ledger, 4).unwrap();
    assert_eq!(computer.open().active().len(), 4, "the broken ones are kept");
}

#[test]
fn a_damaged_index_gives_way_to_the_generation_before_it() {
    for damage in [&b"garbage"[..], b"", b"{\"version\":1}"] {
        let computer = Computer::in_use();
        let counter = computer.open().active()[2].id;
        assert_eq!(use_counter(&mut computer.open(), counter), Ok(0));
        fs::write(computer.index_file(), damage).unwrap();
        let mut ledger = computer.open();
        assert_eq!(ledger.take_notices(), [Notice::OlderIndex { steps: 1 }]);
        assert_eq!(numbers(&mut ledger), [1, 2, 3]);
        assert_eq!(fs::read(computer.folder().join("index.json.aside-1")).unwrap(), damage);
        assert!(use_counter(&mut ledger, counter).unwrap() > 0, "no code is shown twice");
        add(&mut ledger, 4).unwrap();
        assert_eq!(numbers(&mut computer.open()), [1, 2, 3, 4]);
        assert_eq!(computer.kept_aside(), 1);
    }
}

#[test]
fn accounts_that_the_older_generation_does_not_know_come_back_as_found() {
    let computer = Computer::in_use();
    // Two generations before the third account, which took two: one of pending, one of active.
    for generation in ["index.json", "index.json.1"] {
        fs::write(computer.folder().join(generation), "garbage").unwrap();
    }
    let mut ledger = computer.open();
    assert_eq!(numbers(&mut ledger), [1, 2, 3]);
    assert_eq!(ledger.index().unwrap().accounts[2].tags, ["found"]);
    add(&mut ledger, 4).unwrap();
}

#[test]
fn an_index_gone_in_every_generation_is_made_anew() {
    for damaged in [true, false] {
        let computer = Computer::in_use();
        for file in fs::read_dir(computer.folder()).unwrap().map(|entry| entry.unwrap().path()) {
            if damaged { fs::write(file, "garbage").unwrap() } else { fs::remove_file(file).unwrap() }
        }
        let mut ledger = computer.open();
        assert_eq!(ledger.recover(), Ok(true));
        assert_eq!(ledger.take_notices(), [Notice::Rebuilt { accounts: 3 }]);
        assert_eq!(numbers(&mut ledger), [1, 2, 3]);
        assert_eq!(computer.kept_aside(), usize::from(damaged));
        let mut ledger = computer.open();
        add(&mut ledger, 4).unwrap();
        assert_eq!(numbers(&mut ledger), [1, 2, 3, 4]);
    }
}

#[test]
fn the_first_account_after_the_index_was_lost_takes_the_others_in() {
    let computer = Computer::in_use();
    fs::remove_dir_all(computer.folder()).unwrap();
    let mut ledger = computer.open();
    assert!(ledger.index().is_none());
    add(&mut ledger, 4).unwrap();
    assert_eq!(numbers(&mut ledger), [1, 2, 3, 4]);
}

#[test]
fn looking_for_lost_accounts_leaves_nothing_where_there_are_none() {
    let computer = Computer::new();
    let mut ledger = computer.open();
    assert_eq!(ledger.search(), Ok(false));
    assert_eq!(fs::read_dir(computer.folder()).unwrap().count(), 0);
    let computer = Computer::in_use();
    fs::remove_dir_all(computer.folder()).unwrap();
    let mut ledger = computer.open();
    assert_eq!(ledger.search(), Ok(true));
    assert_eq!(numbers(&mut ledger), [1, 2, 3]);
    assert_eq!(ledger.take_notices(), [Notice::Rebuilt { accounts: 3 }]);
    assert_eq!(computer.open().search(), Ok(false));
}

#[test]
fn two_that_start_a_profile_at_once_make_one() {
    let computer = Computer::new();
    let (mut one, mut two) = (computer.open(), computer.open());
    let id = add(&mut one, 1).unwrap();
    trash(&mut one, id, NOW);
    add(&mut two, 2).unwrap();
    assert_eq!(two.take_notices(), []);
    assert!(computer.index().entry(id).unwrap().is_trashed(), "what the first one did counts");
    assert_eq!(numbers(&mut computer.open()), [1, 2]);
}

#[test]
fn a_damaged_index_met_by_a_writer_is_repaired_without_waiting() {
    let computer = Computer::in_use();
    let mut ledger = computer.open();
    fs::write(computer.index_file(), "garbage").unwrap();
    let started = std::time::Instant::now();
    add(&mut ledger, 4).unwrap();
    assert!(started.elapsed().as_secs() < 5);
    assert_eq!(numbers(&mut computer.open()), [1, 2, 3, 4]);
    assert_eq!(computer.kept_aside(), 1);
}

#[test]
fn a_newer_index_is_read_and_never_written() {
    let computer = Computer::in_use();
    computer.edit_index(|index| index["version"] = 2.into());
    let before = fs::read(computer.index_file()).unwrap();
    let mut ledger = computer.open();
    let newer = Err(StoreError::ReadOnly { reason: ReadOnly::Newer });
    assert_eq!(numbers(&mut ledger), [1, 2, 3]);
    assert_eq!(add(&mut ledger, 4), newer);
    assert_eq!(ledger.accept_older(NOW).map(|()| unreachable()), newer);
    let id = ledger.active()[2].id;
    assert_eq!(use_counter(&mut ledger, id).map(|_| unreachable()), newer);
    computer.edit_index(|index| index["min_reader"] = 2.into());
    assert_eq!(computer.try_open().err(), Some(StoreError::TooNew));
    computer.edit_index(|index| index["min_reader"] = 1.into());
    assert_eq!(fs::read(computer.index_file()).unwrap(), before);
    assert_eq!(computer.kept_aside(), 0);
}

/// Only to name the type of an outcome that never is.
fn unreachable() -> AccountId {
    panic!("nothing may be changed")
}

#[test]
fn an_index_older_than_one_seen_is_only_read_until_its_owner_accepts_it() {
    let computer = Computer::in_use();
    let old = fs::read(computer.index_file()).unwrap();
    add(&mut computer.open(), 4).unwrap();
    // The day after, the generation is remembered anew.
    computer.open().finish(UnixTime(NOW.0 + DAY)).unwrap();
    fs::write(computer.index_file(), &old).unwrap();
    // Not even a command that changes nothing but names, and reads no secret, writes to it.
    let mut ledger = computer.open();
    let id = ledger.active()[0].id;
    let renamed = ledger.edit(NOW, |index| {
        index.entry_mut(id).unwrap().name = "x".into();
        Ok::<(), StoreError>(())
    });
    assert_eq!(renamed, Err(StoreError::ReadOnly { reason: ReadOnly::RolledBack }));
    let mut ledger = computer.open();
    let rolled_back = Err(StoreError::ReadOnly { reason: ReadOnly::RolledBack });
    assert_eq!(add(&mut ledger, 5), rolled_back);
    let id = ledger.active()[2].id;
    assert_eq!(ledger.account(id).map(drop), Ok(()), "codes are still there");
    assert_eq!(use_counter(&mut ledger, id).map(|_| unreachable()), rolled_back);
    assert_eq!(fs::read(computer.index_file()).unwrap(), old);
    ledger.accept_older(NOW).unwrap();
    assert_eq!(add(&mut ledger, 5).map(drop), Ok(()));
    assert_eq!(ledger.adopt_orphans(NOW), Ok(1));
    assert_eq!(numbers(&mut computer.open()), [1, 2, 3, 4, 5]);
}

#[test]
fn the_trash_is_emptied_after_thirty_days_and_ten_of_use() {
    let computer = Computer::in_use();
    let mut ledger = computer.open();
    let id = ledger.active()[0].id;
    trash(&mut ledger, id, NOW);
    let day = |number: u64| UnixTime(NOW.0 + number * DAY);
    let ran = |ledger: &mut Ledger, number| {
        ledger.edit(day(number), |index| {
            index.ran_on(day(number));
            Ok::<bool, StoreError>(index.is_due(NOW, day(number)))
        })
    };
    assert_eq!(ran(&mut ledger, 400), Ok(false), "a clock set ahead");
    for number in 1..=9 {
        assert_eq!(ran(&mut ledger, number), Ok(false));
    }
    assert_eq!(ran(&mut ledger, 29), Ok(false));
    assert_eq!(ran(&mut ledger, 30), Ok(true));
    ledger.purge(&[id], day(30)).unwrap();
    assert_eq!(numbers(&mut computer.open()), [2, 3]);
    assert_eq!(computer.keyring().read(&[Key::Account(id)]).unwrap().pop().flatten().map(|_| ()), None);
}

#[test]
fn what_is_not_in_the_trash_is_not_purged() {
    let computer = Computer::in_use();
    let mut ledger = computer.open();
    let id = ledger.active()[0].id;
    ledger.purge(&[id], NOW).unwrap();
    assert_eq!(numbers(&mut computer.open()), [1, 2, 3]);
}

#[test]
fn an_interrupted_purge_is_resumed() {
    let computer = Computer::in_use();
    let id = computer.open().active()[0].id;
    trash(&mut computer.open(), id, NOW);
    computer.edit_index(|index| index["purging"] = serde_json::json!([id.to_string()]));
    let mut ledger = computer.open();
    assert_eq!(ledger.trash().len(), 0, "nobody can want it back any more");
    ledger.finish(NOW).unwrap();
    assert_eq!(numbers(&mut computer.open()), [2, 3]);
    assert!(!computer.keyring().list().unwrap().contains(&Key::Account(id)));
}

#[test]
fn a_replaced_secret_waits_in_the_trash() {
    let computer = Computer::in_use();
    let mut ledger = computer.open();
    let old = ledger.active()[0].id;
    let newcomer = Newcomer { replaces: Some(Replaces::ReEnrolled(old)), ..account(7).into() };
    let added = ledger.add(vec![newcomer], NOW, &mut |_| {}).unwrap();
    let [Added::New(new)] = added[..] else { panic!("{added:?}") };
    let entry = computer.index().entry(old).unwrap().clone();
    assert_eq!((entry.trashed, entry.superseded_by), (Some(NOW), Some(new)));
    assert_eq!(numbers(&mut computer.open()), [1, 2, 3, 7]);
}
