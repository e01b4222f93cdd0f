//! Recovery codes through the real program: pasted, counted, spent one at a time, never seen twice.

use std::fs;

use otp::error::Exit;

use crate::prompts::{ends_with, on_a_terminal};
use crate::run::Otp;

const LIST: &str = "otpauth://totp/Binance:taro?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Binance\n\
    otpauth://totp/Coincheck:jiro?secret=MFRGGZDFMZTWQ2LK&issuer=Coincheck\n";
const BLOCK: &str = "Save these codes somewhere safe.\n1. a1b2c-3d4e5\n2. f6a7b-8c9d0\n3. e1f2a-3b4c5\n";

fn with_codes() -> Otp {
    let otp = Otp::with(LIST);
    otp.run(["recovery-codes", "binance", "--add"])
        .stdin(BLOCK)
        .stdout("")
        .stderr("3 recovery codes are kept for Binance (taro)\n1 piece of it was no code and was left out\n")
        .succeeds();
    otp
}

/// Whether any file of the profile, but the encrypted ones, says `text`.
fn lies_open(otp: &Otp, text: &str) -> bool {
    let files = fs::read_dir(otp.profile()).unwrap().map(|entry| entry.unwrap().path());
    files.filter(|path| path.is_file()).any(|path| String::from_utf8_lossy(&fs::read(path).unwrap()).contains(text))
}

#[test]
fn codes_are_given_out_one_by_one_and_counted() {
    let otp = with_codes();
    otp.run(["recovery-codes"]).stdout("Binance (taro): 3 of 3 left\n").stderr("").succeeds();
    for (code, left) in [
        ("a1b2c-3d4e5", "2 are left"),
        ("f6a7b-8c9d0", "1 is left"),
        ("e1f2a-3b4c5", "that was the last one: make new ones at the site"),
    ] {
        assert!(!lies_open(&otp, code));
        otp.run(["recovery-codes", "binance", "--spend"])
            .stdout(&format!("{code}\n"))
            .stderr(&format!("{left}\n"))
            .succeeds();
    }
    otp.run(["recovery-codes", "binance", "--spend"])
        .stderr(
            "error: there is no recovery code left\n\
             hint: make new ones in the account's security settings and add them with `--add`\n",
        )
        .fails_with(Exit::NotFound);
    let answer = otp.run(["recovery-codes", "binance", "--json"]).succeeds().json();
    let line = &answer["recovery_codes"][0];
    assert_eq!((&line["left"], &line["count"], &line["issuer"]), (&0.into(), &3.into(), &"Binance".into()));
    let history = otp.run(["history", "binance"]).succeeds().stdout;
    assert_eq!(history.matches("a recovery code was given out").count(), 3, "{history}");
    assert!(history.contains("recovery codes came in"), "{history}");
}

#[test]
fn the_same_codes_are_kept_once() {
    let otp = with_codes();
    let more = "a1b2c-3d4e5\n99999-88888\n";
    otp.run(["recovery-codes", "binance", "--add"])
        .stdin(more)
        .stderr("1 recovery code is kept for Binance (taro)\n1 was here already\n")
        .succeeds();
    otp.run(["recovery-codes", "binance"]).stdout("Binance (taro): 4 of 4 left\n").succeeds();
    otp.run(["recovery-codes", "coincheck"]).stdout("").stderr("no recovery codes are kept\n").succeeds();
    otp.run(["recovery-codes", "binance", "--add"]).stdin("nothing here\n").fails_with(Exit::BadInput);
    otp.run(["recovery-codes", "--add"]).fails_with(Exit::Usage);
}

#[test]
fn removed_codes_can_be_taken_back() {
    let otp = with_codes();
    otp.run(["recovery-codes", "binance", "--remove"]).fails_with(Exit::Cancelled);
    otp.run(["recovery-codes", "binance", "--remove", "--yes"])
        .stderr("removed the recovery codes of Binance (taro); `--restore` takes them back for 30 days\n")
        .succeeds();
    otp.run(["recovery-codes", "binance", "--spend"]).fails_with(Exit::NotFound);
    otp.run(["recovery-codes", "binance", "--remove", "--yes"]).fails_with(Exit::NotFound);
    otp.run(["recovery-codes", "binance", "--restore"]).succeeds();
    otp.run(["recovery-codes", "binance", "--spend"]).stdout("a1b2c-3d4e5\n").succeeds();
}

#[test]
fn a_pasted_block_is_not_shown() {
    let otp = Otp::with(LIST);
    let dialogue = "expect -ex {press Enter twice:}\nsend \"1. 1234 5678\\r\\r2. 2345 6789\\r\\r\\r\"";
    let shown = on_a_terminal(&otp, "recovery-codes binance --add", dialogue);
    ends_with(&shown, Exit::Done);
    assert!(shown.contains("2 recovery codes are kept for Binance (taro)\n"), "{shown}");
    assert!(!shown.contains("5678") && !shown.contains("6789"), "{shown}");
    otp.run(["recovery-codes", "binance", "--spend"]).stdout("1234 5678\n").succeeds();
}

#[test]
fn codes_go_with_their_account_and_not_before() {
    let otp = with_codes();
    // A new key for the account: the codes stay, and the old one in the trash shares them.
    let new = "otpauth://totp/Binance:taro?secret=MFRGGZDFMZTWQ2LL&issuer=Binance\n";
    otp.run(["import", "-", "--yes"]).stdin(new).succeeds();
    otp.run(["recovery-codes"]).stdout("Binance (taro): 3 of 3 left\n").succeeds();
    otp.run(["vault", "move", "--to", "vault"]).succeeds();
    otp.run(["recovery-codes", "id:", "--spend"]).fails_with(Exit::NotFound);
    otp.run(["recovery-codes", "binance", "--spend"]).fails_with(Exit::Ambiguous);
    let id = otp.run(["list", "binance", "--json"]).succeeds().json()["accounts"][0]["id"].as_str().unwrap().to_owned();
    otp.run(["recovery-codes", &format!("id:{}", &id[..6]), "--spend"]).stdout("a1b2c-3d4e5\n").succeeds();
}
