//! What a target leaves behind besides whole accounts is said before anything is written; our own
//! files leave nothing behind.

use crate::run::Otp;

const ONE: &str = "otpauth://totp/Binance:taro?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Binance\n";
const LOST: [&str; 3] = [
    "note: official addresses, logins and second ways in are not carried over (1 account)\n",
    "note: recovery codes are not carried over (1 account)\n",
    "note: what is in the trash here will be an account like any other there (1 account)\n",
];

/// A home with an account of which everything is known, in the trash.
fn known() -> Otp {
    let otp = Otp::with(ONE);
    otp.run(["url", "binance", "https://www.binance.com/ja"]).succeeds();
    otp.run(["edit", "binance", "--login", "taro@example.com", "--second", "sms"]).succeeds();
    otp.run(["recovery-codes", "binance", "--add", "--yes"]).stdin("abcd-1234\nefgh-5678\n").succeeds();
    otp.run(["remove", "binance", "--yes"]).succeeds();
    otp
}

#[test]
fn what_only_files_of_ours_hold_is_said_to_be_lost() {
    let otp = known();
    let all = LOST.concat();
    let said = otp.run(["export", "--trashed", "--to", "uri", "-o", "list.txt"]).succeeds();
    assert!(said.stderr.starts_with(&all), "{said}");
    let said = otp.run(["export", "--trashed", "--to", "json", "-o", "-"]).succeeds();
    assert!(!said.stderr.contains("carried over"), "{said}");
}

#[test]
fn our_own_json_gives_everything_back() {
    let otp = known();
    otp.run(["export", "--trashed", "--to", "json", "-o", "all.json"]).succeeds();
    let file = std::fs::read(otp.home().join("all.json")).unwrap();
    let other = Otp::new();
    let file = other.file("all.json", file);
    other.run(["import", &file, "--yes"]).succeeds();
    other.run(["list"]).stdout("").succeeds();
    other.run(["restore", "binance"]).succeeds();
    other.run(["recovery-codes"]).stdout("Binance (taro): 2 of 2 left\n").succeeds();
    let account = &other.run(["list", "--json"]).succeeds().json()["accounts"][0];
    assert_eq!(account["url"], "https://www.binance.com/ja");
    let again = other.run(["export", "--to", "json", "-o", "-"]).succeeds().stdout;
    let account = &serde_json::from_str::<serde_json::Value>(&again).unwrap()["accounts"][0];
    assert_eq!((&account["login"], &account["second"][0]), (&"taro@example.com".into(), &"sms".into()));
}
