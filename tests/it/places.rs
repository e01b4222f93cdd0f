//! The places of the secrets as the program meets them: a folder of data that was lost, a move to
//! the vault and back, and what is deleted in passing.

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use otp::account::AccountId;
use otp::app::App;
use otp::app::profile::Profile;
use otp::clock::{DAY, UnixTime};
use otp::error::Exit;
use otp::secret::Secret;

use crate::keyring::lock;
use crate::run::{Otp, PASSPHRASE, Run};
use crate::session::run_inside;
use crate::starts::index_file;

const TARO: &str = "otpauth://totp/Binance:taro?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Binance\n";
const JIRO: &str = "otpauth://totp/Coincheck:jiro?secret=MFRGGZDFMZTWQ2LK&issuer=Coincheck\n";
/// A moment of RFC 6238, appendix B, and the code of its secret then, six digits of it.
const MOMENT: (&str, &str) = ("1111111109", "081804\n");

/// Declares tests that run again inside a session of their own.
macro_rules! in_a_session_of_its_own {
    ($(fn $name:ident() $body:block)*) => {
        $(#[test]
        fn $name() {
            run_inside(concat!("places::inside::", stringify!($name)));
        })*

        mod inside {
            use super::*;

            $(#[test]
            #[ignore = "run by the test of the same name, inside a private keyring"]
            fn $name() {
                let private = std::env::var_os("OTP_TEST_KEYRING").is_some();
                assert!(private, "this test needs a private keyring: run it inside `scripts/with-keyring`");
                $body
            })*
        }
    };
}

/// `otp` with the keyring of this session.
fn here<'a>(otp: &Otp, arguments: &'a [&'a str]) -> Run {
    otp.run(arguments.iter().copied()).in_this_session()
}

in_a_session_of_its_own! {
    fn a_lost_folder_is_made_good_by_looking() {
        let rebuilt = "the list of accounts was lost and has been made again from the stored secrets: 2 accounts\n";
        for arguments in [&["list"][..], &["now", "binance", "--at", MOMENT.0], &["remove", "binance", "--yes"]] {
            let otp = Otp::bare();
            here(&otp, &["import", "-", "--yes"]).stdin(format!("{TARO}{JIRO}")).succeeds();
            fs::remove_dir_all(otp.profile()).unwrap();
            let said = here(&otp, arguments).succeeds();
            assert!(said.stderr.starts_with(rebuilt), "{said}");
            // Said once; and everything is there again.
            let said = here(&otp, &["list", "--quiet"]).succeeds();
            assert_eq!((said.stdout.contains("Coincheck  jiro"), &*said.stderr), (true, ""), "{said}");
            here(&otp, &["restore", "binance"]).said();
            here(&otp, &["now", "binance", "--at", MOMENT.0]).stdout(MOMENT.1).succeeds();
        }
    }

    fn an_import_into_a_lost_folder_knows_what_is_there() {
        let otp = Otp::bare();
        here(&otp, &["import", "-", "--yes"]).stdin(TARO).succeeds();
        fs::remove_dir_all(otp.profile()).unwrap();
        let said = here(&otp, &["import", "-", "--yes"]).stdin(TARO).succeeds();
        assert!(said.stderr.contains("already here: Binance (taro)\n"), "{said}");
    }

    fn whoever_has_nothing_yet_is_not_troubled() {
        let otp = Otp::bare();
        let nothing = "nothing here yet";
        let quiet = here(&otp, &["list"]).stdout("").succeeds();
        assert!(!otp.profile().exists(), "{nothing}");
        lock();
        let locked = "there is no list of accounts, and whether the keyring has some could not be seen: the keyring is locked\n";
        let said = here(&otp, &["list"]).stdout("").succeeds();
        assert_eq!(said.stderr, format!("{locked}{}", quiet.stderr));
        let said = here(&otp, &["now", "binance"]).fails_with(Exit::NotFound);
        assert!(said.stderr.starts_with(locked), "{said}");
        // Without a keyring nothing is said of it.
        assert_eq!(otp.run(["list"]).stdout("").succeeds().stderr, quiet.stderr);
        assert!(!otp.profile().exists(), "{nothing}");
    }

    fn secrets_move_to_the_keyring_and_back() {
        let otp = Otp::with(&format!("{TARO}{JIRO}"));
        let run = |arguments: &[&str]| otp.run(arguments.iter().copied()).in_this_session();
        let code = || run(&["now", "binance", "--at", MOMENT.0]).stdout(MOMENT.1).succeeds();
        run(&["rename", "coincheck", "saburo"]).succeeds();
        let listed = run(&["list", "--json"]).succeeds().stdout;
        let nothing = "there is nothing to move\n";

        let out = "the secrets are in the keyring now; the vault stays for 30 days\n";
        run(&["vault", "move"]).stdout("").stderr(out).succeeds();
        run(&["vault", "move", "--to", "keyring"]).stderr(nothing).succeeds();
        let (vault, away) = (otp.profile().join("vault.age"), otp.home().join("away"));
        fs::rename(&vault, &away).unwrap();
        code();
        run(&["doctor"]).succeeds();
        fs::rename(&away, &vault).unwrap();
        assert_eq!(run(&["list", "--json"]).succeeds().stdout, listed);

        let back = "the secrets are in the vault now; the copies in the keyring stay for 30 days\n";
        run(&["vault", "move", "--to", "vault"]).stdout("").stderr(back).succeeds();
        run(&["vault", "move", "--to", "vault"]).stderr(nothing).succeeds();
        // Without the bus there is no keyring: it is the vault that answers.
        otp.run(["now", "binance", "--at", MOMENT.0]).stdout(MOMENT.1).succeeds();
        run(&["doctor"]).succeeds();
        assert_eq!(run(&["list", "--json"]).succeeds().stdout, listed);
    }
}

/// A profile with two accounts in a vault, the first in the trash for longer than it has to be, and
/// the day it is.
fn long_in_the_trash() -> (Otp, AccountId, UnixTime) {
    let otp = Otp::with(&format!("{TARO}{JIRO}"));
    otp.run(["remove", "binance", "--yes"]).succeeds();
    let path = otp.profile().join("index.json");
    let mut index: serde_json::Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    let now = UnixTime(UnixTime::now().0 + 100 * DAY);
    index["accounts"][0]["trashed"] = (now.0 - 31 * DAY).into();
    index["days"] = (1..=10).map(|day| now.day() - 2 * day).rev().collect();
    let other = AccountId::parse(index["accounts"][1]["id"].as_str().unwrap()).unwrap();
    fs::write(&path, index_file(index)).unwrap();
    (otp, other, now)
}

#[test]
fn tidying_asks_nobody_for_a_passphrase() {
    let (otp, other, now) = long_in_the_trash();
    let asked = Arc::new(AtomicUsize::new(0));
    let counting = Arc::clone(&asked);
    let ask = move || {
        counting.fetch_add(1, Ordering::Relaxed);
        Ok(Secret::from_text(PASSPHRASE.to_owned()))
    };
    let mut app = App::open(Profile::at(&otp.profile()), Arc::new(ask)).unwrap();
    let before = fs::read(otp.profile().join("index.json")).unwrap();
    app.tidy(now);
    assert_eq!((app.trash().len(), asked.load(Ordering::Relaxed)), (1, 0), "the vault is closed");
    assert_eq!(fs::read(otp.profile().join("index.json")).unwrap(), before);
    app.code(other, now).unwrap();
    app.tidy(now);
    assert_eq!((app.trash().len(), asked.load(Ordering::Relaxed)), (0, 1), "it was open anyway");
}
