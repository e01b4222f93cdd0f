//! What is done to us: an index damaged at every byte (G6), many processes at once (G5), and the
//! real program killed or refused at any call (G1, G3). Needs `strace`.
#![expect(clippy::print_stdout, reason = "numbers for whoever asks with `--nocapture`")]

use std::fs;

use otp::clock::UnixTime;
use otp::store::index::Index;
use otp::store::ledger::Notice;

use crate::starts::{Computer, add, numbers};

/// Puts `damaged` in the place of the index and starts. It has to be noticed, no secret may be
/// lost, and what is replaced has to be kept.
fn start_with(computer: &Computer, good: &[(std::path::PathBuf, Vec<u8>)], damaged: &[u8]) {
    let shown = String::from_utf8_lossy(damaged);
    for file in fs::read_dir(computer.folder()).unwrap() {
        fs::remove_file(file.unwrap().path()).unwrap();
    }
    for (path, bytes) in good {
        fs::write(path, bytes).unwrap();
    }
    fs::write(computer.index_file(), damaged).unwrap();
    let mut ledger = computer.try_open().unwrap_or_else(|error| panic!("{error}: {shown}"));
    assert_eq!(ledger.take_notices(), [Notice::OlderIndex { steps: 1 }], "{shown}");
    // Whoever only reads sees them all, too.
    assert_eq!(numbers(&mut ledger), [1, 2, 3], "{shown}");
    let now = UnixTime(1_800_000_000);
    ledger.finish(now).and_then(|()| ledger.adopt_orphans(now)).unwrap_or_else(|error| panic!("{error}: {shown}"));
    assert_eq!(numbers(&mut ledger), [1, 2, 3], "{shown}");
    assert_eq!(computer.kept_aside(), 1, "{shown}");
    let kept = fs::read_dir(computer.folder()).unwrap().any(|file| fs::read(file.unwrap().path()).unwrap() == damaged);
    assert!(kept, "overwritten: {shown}");
}

#[test]
fn an_index_damaged_anywhere_loses_no_secret() {
    // Where that can be had, on a disk that needs no syncing: there are hundreds of starts.
    let computer = Computer::in_use_in(std::path::Path::new("/dev/shm"));
    let files = fs::read_dir(computer.folder()).unwrap().map(|file| file.unwrap().path());
    let good: Vec<_> = files.map(|path| (path.clone(), fs::read(path).unwrap())).collect();
    let index = fs::read(computer.index_file()).unwrap();
    // Every length and every byte as far as the file alone is asked …
    for length in 0..index.len() {
        assert_eq!(Index::parse(&index[..length]), Ok(None), "cut at {length}");
    }
    // Another bit of each byte, so that numbers stay numbers and letters letters now and then.
    let flipped = |at: usize| {
        let mut damaged = index.clone();
        damaged[at] ^= 1 << (at % 7);
        damaged
    };
    for at in 0..index.len() {
        assert_eq!(Index::parse(&flipped(at)), Ok(None), "byte {at}");
    }
    // … and some of them through a whole start.
    for at in (0..index.len()).step_by(5) {
        start_with(&computer, &good, &index[..at]);
        start_with(&computer, &good, &flipped(at));
    }
    start_with(&computer, &good, &index[..index.len() - 1]);
    assert!(add(&mut computer.try_open().unwrap(), 4).is_ok());
}

#[cfg(target_os = "linux")]
pub(crate) mod program {
    use std::path::Path;
    use std::process::Command;
    use std::time::Instant;

    use otp::account::{Account, Algorithm, Kind, Parts};
    use otp::clock::UnixTime;
    use otp::code;
    use otp::secret::Secret;
    use rustix::process::{Signal, kill_process};

    use super::fs;
    use crate::keyring::daemon;
    use crate::session::{Session, Shown, run_inside};

    /// The calls at which a program is interrupted (`security.md` G1).
    const CALLS: [&str; 17] = [
        "write",
        "pwrite64",
        "writev",
        "sendmsg",
        "sendto",
        "fsync",
        "fdatasync",
        "syncfs",
        "rename",
        "renameat",
        "renameat2",
        "linkat",
        "unlink",
        "ftruncate",
        "fchmod",
        "flock",
        "fcntl",
    ];

    /// What goes wrong at these calls besides a kill (G3), once or, with a `+`, for good. Not
    /// `EINTR` for good: whoever tries again after it, as one should, would never end.
    const FAULTS: [&str; 8] = [
        "error=ENOSPC",
        "error=EIO+",
        "error=EACCES",
        "error=EINTR",
        "error=ENOSPC+",
        "error=EIO",
        "error=EACCES+",
        // One byte was written, says the system, and it was not even that.
        "retval=1",
    ];

    /// Declares tests that run again inside a session of their own.
    macro_rules! in_a_session_of_its_own {
        ($(fn $name:ident() $body:block)*) => {
            $(#[test]
            fn $name() {
                run_inside(concat!("damage::program::inside::", stringify!($name)));
            })*

            mod inside {
                use super::*;

                $(#[test]
                #[ignore = "run by the test of the same name, inside a private keyring"]
                fn $name() $body)*
            }
        };
    }

    in_a_session_of_its_own! {
        fn an_import_killed_or_failing_loses_nothing() {
            let session = Session::new();
            let (mut reported, mut next) = (Shown::new(), 0);
            sweep("import", 2, |when| when * 2, |fault, call, when| {
                let numbers = [next, next + 1, next + 2];
                next += 3;
                let file = session.file(&numbers);
                let done = session.faulted(fault, call, when, &["import", &file]).status.success();
                let shown = session.shown();
                let what = format!("{fault} at {call} number {when}");
                assert!(reported.iter().all(|(issuer, _)| shown.contains_key(issuer)), "{what}: lost");
                let whole = numbers.iter().filter(|number| shown.contains_key(&format!("site {number}"))).count();
                assert!(whole == 3 || whole == 0 && !done, "{what}: {whole} are there, reported: {done}");
                session.succeeds(&["import", &file]);
                reported.extend(numbers.map(|number| (format!("site {number}"), "taro".to_owned())));
                done
            });
            assert_eq!(session.shown(), reported);
        }

        fn a_change_killed_or_failing_is_done_or_not() {
            let session = Session::new();
            session.succeeds(&["import", &session.file(&[1, 2, 3])]);
            let mut round = 0;
            sweep("rename", 2, |when| when + 1, |fault, call, when| {
                round += 1;
                let (before, new) = (session.shown(), format!("name {round}"));
                let done = session.faulted(fault, call, when, &["rename", "site 2", &new]).status.success();
                let after = session.shown();
                assert!(after["site 2"] == new || !done && after == before, "{fault} at {call} number {when}");
                done
            });
            let both = |session: &Session| (session.shown().contains_key("site 2"), session.trash().len());
            for (deed, undo, moved) in [("remove", "restore", (false, 1)), ("restore", "remove", (true, 0))] {
                sweep(deed, 1, |when| when + 1, |fault, call, when| {
                    if both(&session) == moved {
                        session.succeeds(&[undo, "site 2"]);
                    }
                    let done = session.faulted(fault, call, when, &[deed, "site 2"]).status.success();
                    let now = both(&session);
                    let not = (!moved.0, 1 - moved.1);
                    assert!(now == moved || !done && now == not, "{fault} at {call} number {when}: {now:?}");
                    done
                });
            }
            assert_eq!(session.shown().len(), 3);
        }

        fn a_counter_is_never_shown_twice() {
            let session = Session::new();
            let account = counted();
            let line = otp::uri::write(&account);
            let file = session.profile().with_extension("txt");
            fs::write(&file, line.expose_text().unwrap()).unwrap();
            session.succeeds(&["import", &file.display().to_string()]);
            let mut next = 0;
            sweep("now", 5, |when| when + 1, |fault, call, when| {
                let output = session.faulted(fault, call, when, &["now", "counted"]);
                let shown = String::from_utf8(output.stdout).unwrap();
                // What a terminal did not get in full is no code.
                if let Some(code) = shown.split_whitespace().next().filter(|code| code.len() == 8) {
                    // Skipped ones are fine; the chance to meet the code of another is small.
                    let ahead = (next..next + 20).find(|counter| code_at(&account, *counter) == code);
                    next = ahead.unwrap_or_else(|| panic!("{fault} at {call} number {when}: not after {next}")) + 1;
                }
                output.status.success()
            });
            assert!(next > 10);
        }

        fn recovery_codes_killed_or_failing_are_kept_whole_and_given_out_once() {
            let session = Session::new();
            session.succeeds(&["import", &session.file(&[1])]);
            let left = || {
                // Settles first what a kill has left unfinished.
                session.run(&["doctor"]);
                let answer = session.succeeds(&["recovery-codes", "site 1", "--json"]);
                let answer: serde_json::Value = serde_json::from_str(&answer).unwrap();
                answer["recovery_codes"][0]["left"].as_u64().unwrap_or(0)
            };
            let block = session.profile().with_extension("codes");
            let mut made = 0;
            sweep("recovery-codes --add", 1, |when| when + 1, |fault, call, when| {
                made += 3;
                let lines = (made..made + 3).map(|number| format!("{number:08}\n"));
                fs::write(&block, lines.collect::<String>()).unwrap();
                let before = left();
                let mut command = session.faulting(fault, call, when, &["recovery-codes", "site 1", "--add"]);
                let output = command.stdin(fs::File::open(&block).unwrap()).output().unwrap();
                let (done, after) = (output.status.success(), left());
                let what = format!("{fault} at {call} number {when}: {before} to {after}, reported: {done}");
                assert!(after == before + 3 || after == before && !done, "{what}");
                done
            });
            let (mut shown, mut given) = (std::collections::BTreeSet::new(), left());
            sweep("recovery-codes --spend", 1, |when| when + 1, |fault, call, when| {
                let output = session.faulted(fault, call, when, &["recovery-codes", "site 1", "--spend"]);
                let code = String::from_utf8(output.stdout).unwrap();
                // What a terminal did not get in full is no code.
                if let Some(code) = code.strip_suffix('\n').filter(|code| code.len() == 8) {
                    assert!(shown.insert(code.to_owned()), "{fault} at {call} number {when}: {code} twice");
                }
                let now = left();
                assert!(now <= given && now + 1 >= given, "{fault} at {call} number {when}: {given} to {now}");
                given = now;
                output.status.success()
            });
            assert!(shown.len() > 10);
        }

        fn eight_at_once_lose_nothing_and_double_nothing() {
            let session = Session::new();
            let started = Instant::now();
            let own: Vec<String> = (0..8).map(|one| session.file(&[0, 1, 2, 3, 4].map(|n| one * 5 + n))).collect();
            all_succeed(&session, &own);
            assert_eq!(session.shown().len(), 40);
            let same = session.file(&[100, 101, 102, 103, 104]);
            all_succeed(&session, &vec![same; 8]);
            assert_eq!(session.shown().len(), 45);
            println!("measured: 16 imports, 8 at once: {:?}", started.elapsed());
        }

        fn a_deleted_keyring_is_named_and_a_restored_one_works_again() {
            let session = Session::new();
            session.succeeds(&["import", &session.file(&[1, 2, 3])]);
            let before = session.shown();
            let index = fs::read(session.profile().join("index.json")).unwrap();
            let kept = std::env::temp_dir().join(format!("kept-{}", std::process::id()));
            let keyring = Path::new(&std::env::var_os("XDG_DATA_HOME").unwrap()).join("keyrings/login.keyring");
            with_the_daemon_stopped(|| {
                fs::copy(&keyring, &kept).unwrap();
                fs::remove_file(&keyring).unwrap();
            });
            for arguments in [&["list", "--codes"][..], &["now", "site 1"], &["import", &session.file(&[7])]] {
                let output = session.run(arguments);
                let said = String::from_utf8(output.stderr).unwrap();
                assert_eq!(output.status.code(), Some(8), "{arguments:?}: {said}");
                assert!(said.contains("error: ") && said.contains("hint: "), "{arguments:?}: {said}");
            }
            assert_eq!(fs::read(session.profile().join("index.json")).unwrap(), index);
            with_the_daemon_stopped(|| drop(fs::rename(&kept, &keyring).or_else(|_| fs::copy(&kept, &keyring).map(drop))));
            let _ = fs::remove_file(&kept);
            assert_eq!(session.shown(), before);
            session.succeeds(&["import", &session.file(&[8])]);
        }
    }

    /// A counter-based account.
    fn counted() -> Account {
        let (issuer, name) = ("counted".to_owned(), String::new());
        let (kind, secret) = (Kind::Hotp { counter: 0 }, Secret::from_text("a secret that counts".to_owned()));
        Account::new(Parts { issuer, name, kind, algorithm: Algorithm::Sha1, digits: 8, secret, pin: None }).unwrap()
    }

    fn code_at(account: &Account, counter: u64) -> String {
        let parts = Parts { kind: Kind::Hotp { counter }, ..account.duplicate().into_parts() };
        code::at(&Account::new(parts).unwrap(), UnixTime(0)).digits
    }

    /// Lets `act` happen with a kill and with `each` of the faults in turn at the calls number 1,
    /// `step(1)` … of every kind, until a run is no longer hit. `act` tells whether the program
    /// reported success.
    fn sweep(name: &str, each: usize, step: impl Fn(usize) -> usize, mut act: impl FnMut(&str, &str, usize) -> bool) {
        let (started, mut points) = (Instant::now(), 0);
        let mut faults = FAULTS.into_iter().cycle();
        for call in CALLS {
            let mut when = 1;
            while !act("signal=KILL", call, when) {
                for fault in faults.by_ref().take(each) {
                    if fault != "retval=1" || call == "write" {
                        act(fault, call, when);
                    }
                }
                (when, points) = (step(when), points + 1);
                assert!(when < 500, "{call}: it never comes to its end");
            }
        }
        println!("measured: {name}: {points} calls, killed or failing, {:?}", started.elapsed());
        assert!(points > 10, "{points} calls were hit: is `strace` installed and permitted?");
    }

    fn all_succeed(session: &Session, files: &[String]) {
        let start = |file: &String| session.command(&["import", file]).output();
        std::thread::scope(|scope| {
            let runs: Vec<_> = files.iter().map(|file| scope.spawn(move || start(file).unwrap())).collect();
            for run in runs {
                let output = run.join().unwrap();
                assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            }
        });
    }

    /// Ends the keyring's daemon, lets `act` change its files, and starts another one, unlocked.
    pub(crate) fn with_the_daemon_stopped(act: impl FnOnce()) {
        kill_process(daemon(), Signal::KILL).unwrap();
        act();
        let start = "printf test | gnome-keyring-daemon --replace --unlock --components=secrets >/dev/null";
        assert!(Command::new("sh").args(["-c", start]).status().unwrap().success());
    }
}
