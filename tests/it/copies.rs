//! Recovery copies and the fire drill, through the real program on a terminal of its own.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use otp::error::Exit;

use crate::prompts::{ends_with, on_a_terminal};
use crate::run::Otp;

const LIST: &str = "otpauth://totp/Binance:taro?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Binance\n\
    otpauth://hotp/Bank:hanako?secret=MFRGGZDFMZTWQ2LK&issuer=Bank&counter=5\n";

/// Makes the recovery key and types it back. Gives back the key as it stood on the screen.
fn set_up(otp: &Otp) -> String {
    let dialogue = "expect -re {(AGE-SECRET-KEY-1[0-9A-Z]+)}\nset key $expect_out(1,string)\nexpect -ex {q: leave}\n\
        send \"q\"\nexpect -ex {(empty: later): }\nsend -- \"$key\\r\"";
    let shown = on_a_terminal(otp, "backup auto", dialogue);
    ends_with(&shown, Exit::Done);
    let (screen, after) = shown.split_once("\u{1b}[?1049l").unwrap();
    let start = screen.find("AGE-SECRET-KEY-1").unwrap();
    let key = screen[start..start + 74].to_owned();
    assert!(!after.contains(&key) && after.contains("the recovery key is confirmed and forgotten here"), "{shown}");
    key
}

fn copies(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> =
        fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path()).collect();
    found.sort();
    found
}

fn own(otp: &Otp) -> PathBuf {
    otp.profile().join("copies")
}

/// What stock `age` finds in `copy`.
#[track_caller]
fn opened(otp: &Otp, copy: &Path, key: &str) -> String {
    let key = otp.private("key.txt", key.as_bytes());
    let output = Command::new("age").arg("-d").arg("-i").arg(key).arg(copy).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn every_change_leaves_a_copy_that_stock_age_opens() {
    let otp = Otp::with(LIST);
    let key = set_up(&otp);
    let first = copies(&own(&otp));
    assert_eq!(first.len(), 1);
    assert_eq!(fs::metadata(&first[0]).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(opened(&otp, &first[0], &key).contains("\notpauth://totp/Binance:taro?"));
    for file in [otp.profile().join("index.json"), first[0].clone()] {
        assert!(!String::from_utf8_lossy(&fs::read(file).unwrap()).contains("AGE-SECRET-KEY"));
    }
    otp.run(["rename", "binance", "Bybit"]).succeeds();
    assert_eq!(copies(&own(&otp)).len(), 2);
    otp.run(["recovery-codes", "bybit", "--add"]).stdin("1234-5678\n").succeeds();
    let newest = copies(&own(&otp)).pop().unwrap();
    let plain = opened(&otp, &newest, &key);
    assert!(plain.contains("Bybit") && plain.contains("1234-5678"), "{plain}");
    // What changes nothing leaves none, and a counter only now and then.
    let count = copies(&own(&otp)).len();
    for words in [&["list"][..], &["now", "bybit"], &["backup", "auto"], &["rename", "bybit", "Bybit"]] {
        otp.run(words.iter().copied()).succeeds();
    }
    assert_eq!(copies(&own(&otp)).len(), count);
    for _ in 5..25 {
        otp.run(["now", "bank"]).succeeds();
    }
    assert_eq!(copies(&own(&otp)).len(), count + 2, "once at 10, once at 20");
}

#[test]
fn the_last_twenty_are_kept() {
    let otp = Otp::with(LIST);
    let key = set_up(&otp);
    for number in 0..22 {
        otp.run(["note", "binance", &format!("number {number}")]).succeeds();
    }
    let all = copies(&own(&otp));
    assert_eq!(all.len(), 20);
    let generation = |path: &PathBuf| {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        name.split("-g").nth(1).unwrap().split('-').next().unwrap().parse::<u64>().unwrap()
    };
    let newest = all.iter().max_by_key(|path| generation(path)).unwrap();
    assert!(opened(&otp, newest, &key).contains("number 21"));
}

#[test]
fn folders_get_copies_and_a_missing_stick_holds_nothing_up() {
    let otp = Otp::with(LIST);
    let stick = otp.home().join("stick");
    let folder = stick.to_str().unwrap();
    otp.run(["backup", "auto", "--folder", folder]).fails_with(Exit::Usage);
    set_up(&otp);
    otp.run(["backup", "auto", "--folder", folder]).fails_with(Exit::Disk);
    fs::create_dir(&stick).unwrap();
    otp.run(["backup", "auto", "--folder", folder]).succeeds();
    otp.run(["note", "binance", "one"]).stderr("changed: Binance (taro)\n").said();
    assert_eq!(copies(&stick).len(), 2);
    // Pulled out: said in one line, and the change is made.
    let away = otp.home().join("away");
    fs::rename(&stick, &away).unwrap();
    let said = otp.run(["note", "binance", "two"]).succeeds();
    let line = format!("not there, so without a new copy: {folder}\n");
    assert!(said.stderr.ends_with(&line), "{said}");
    // An empty folder in its place is not it.
    fs::create_dir(&stick).unwrap();
    let said = otp.run(["note", "binance", "three"]).succeeds();
    assert!(said.stderr.ends_with(&line) && copies(&stick).is_empty(), "{said}");
    let status = otp.run(["backup", "auto", "--json"]).ends_with(Exit::Attention).json()["copies"].clone();
    assert_eq!((&status["places"][0]["state"], &status["places"][1]["state"]), (&"current".into(), &"absent".into()));
    // Back again: it gets what it missed.
    fs::remove_dir(&stick).unwrap();
    fs::rename(&away, &stick).unwrap();
    otp.run(["backup", "auto"]).succeeds();
    assert_eq!(copies(&stick).len(), 3);
    otp.run(["backup", "auto", "--remove-folder", folder]).succeeds();
    otp.run(["note", "binance", "four"]).succeeds();
    assert_eq!(copies(&stick).len(), 3);
    otp.run(["backup", "auto", "--remove-folder", folder]).fails_with(Exit::NotFound);
    otp.run(["backup", "auto", "--off", "--yes"]).succeeds();
    let count = copies(&own(&otp)).len();
    otp.run(["note", "binance", "five"]).succeeds();
    assert_eq!(copies(&own(&otp)).len(), count);
}

#[test]
fn without_the_vaults_passphrase_the_copy_follows_later() {
    let otp = Otp::with(LIST);
    let key = set_up(&otp);
    let passphrase = otp.private("passphrase", crate::run::PASSPHRASE.as_bytes());
    let otp = otp.without_passphrase();
    let said = otp.run(["note", "binance", "locked"]).succeeds();
    assert!(
        said.stderr.contains("the recovery copy is behind and follows with the next change: the vault is locked"),
        "{said}"
    );
    assert_eq!(copies(&own(&otp)).len(), 1);
    let open = ["--vault-passphrase-file", passphrase.to_str().unwrap()];
    otp.run(["note", "bank", "open"].into_iter().chain(open)).succeeds();
    let newest = copies(&own(&otp)).pop().unwrap();
    let plain = opened(&otp, &newest, &key);
    assert!(plain.contains("locked") && plain.contains("open"), "{plain}");
}

#[test]
fn a_key_counts_only_once_it_was_given_back() {
    let otp = Otp::with(LIST);
    otp.run(["backup", "auto"]).fails_with(Exit::Usage);
    otp.run(["backup", "auto", "--confirm", "-"]).stdin("x").fails_with(Exit::WrongPassphrase);
    let dialogue = "expect -re {(AGE-SECRET-KEY-1[0-9A-Z]+)}\nset key $expect_out(1,string)\nexpect -ex {q: leave}\n\
        send \"q\"\nexpect -ex {(empty: later): }\nsend \"\\r\"\nexpect eof\nputs \"\\nkey=$key=\"\nexit";
    let shown = on_a_terminal(&otp, "backup auto", dialogue);
    let key = shown.split("key=").nth(1).unwrap().split('=').next().unwrap().to_owned();
    otp.run(["note", "binance", "one"]).succeeds();
    assert!(copies(&own(&otp)).is_empty());
    let said = otp.run(["backup", "auto"]).ends_with(Exit::Attention);
    assert!(said.stdout.contains("is not confirmed yet"), "{said}");
    let other = "AGE-SECRET-KEY-1GQ9778VQXMMJVE8SK7J6VT8UJ4HDQAJUVSFCWCM02D8GEWQ72PVQ2Y5J33";
    otp.run(["backup", "auto", "--confirm", "-"]).stdin(other).fails_with(Exit::WrongPassphrase);
    // A photo of it, and in small letters and groups as it may be typed.
    let photo = otp.picture("photo.png", &key);
    otp.run(["backup", "auto", "--confirm", &photo]).succeeds();
    assert_eq!(copies(&own(&otp)).len(), 1);
    let typed: String = key
        .to_lowercase()
        .chars()
        .collect::<Vec<_>>()
        .chunks(4)
        .map(|four| four.iter().collect::<String>() + " ")
        .collect();
    otp.run(["drill", "--recovery-key", "-"]).stdin(typed).succeeds();
    otp.run(["backup", "auto", "--confirm", &photo]).fails_with(Exit::NotFound);
}

/// Every file below `folder` with its content.
fn everything(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut all = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if entry.is_dir() {
            all.extend(everything(&entry));
        } else {
            all.insert(entry.clone(), fs::read(&entry).unwrap());
        }
    }
    all
}

#[test]
fn a_drill_compares_every_code_and_leaves_only_the_date() {
    let otp = Otp::with(LIST);
    otp.run(["drill"])
        .stderr(
            "error: there is no copy to try\n\
             hint: name a backup or photos of a sheet, or begin with `otp backup auto`\n",
        )
        .fails_with(Exit::NotFound);
    let key = set_up(&otp);
    let picture = otp.picture("key.png", &key);
    let before = everything(otp.home());
    let said = otp.run(["drill", "--recovery-key", &picture]).succeeds();
    assert_eq!(said.stdout, "✓ same codes: Binance (taro)\n✓ same codes: Bank (hanako)\n");
    let after = everything(otp.home());
    let changed: Vec<String> = after
        .iter()
        .filter(|(path, bytes)| before.get(*path) != Some(bytes))
        .map(|(path, _)| path.file_name().unwrap().to_str().unwrap().to_owned())
        .filter(|name| !name.starts_with("index.json") && name != "lock")
        .collect();
    assert_eq!(changed, Vec::<String>::new());
    let index = fs::read_to_string(otp.profile().join("index.json")).unwrap();
    assert_eq!(index.matches("\"copy_proved\"").count(), 2);
    // A picture is paper.
    let page = otp.picture("page.png", LIST.lines().next().unwrap());
    let said = otp.run(["drill", &page, "--json"]).ends_with(Exit::Attention).json()["drill"][0].clone();
    assert_eq!((&said["accounts"][0]["verdict"], &said["accounts"][1]["verdict"]), (&"same".into(), &"missing".into()));
    assert!(fs::read_to_string(otp.profile().join("index.json")).unwrap().contains("\"paper_proved\""));
    otp.run(["drill", "--recovery-key", "-"]).stdin("not a key").fails_with(Exit::WrongPassphrase);
}
