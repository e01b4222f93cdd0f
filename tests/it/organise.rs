//! Keeping accounts in order: names, tags, notes, addresses, the trash, the history.

use otp::error::Exit;

use crate::run::{Otp, SECRET};

const TARO: &str = "otpauth://totp/Binance:taro?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Binance\n";
const JIRO: &str = "otpauth://totp/Coincheck:jiro?secret=MFRGGZDFMZTWQ2LK&issuer=Coincheck\n";
const AT: &str = "1111111109";

fn two() -> Otp {
    Otp::with(&format!("{TARO}{JIRO}"))
}

#[test]
fn an_account_is_renamed_and_keeps_its_code() {
    let otp = two();
    otp.run(["rename", "binance", "work"]).stdout("").stderr("changed: Binance (work)\n").succeeds();
    otp.run(["rename", "work", "home", "--issuer", "Binance Japan"])
        .stderr("changed: Binance Japan (home)\n")
        .succeeds();
    otp.run(["now", "home", "--at", AT]).stdout("081804\n").succeeds();
    otp.run(["list"]).stdout("Binance Japan  home\nCoincheck      jiro\n").succeeds();
    let long = "x".repeat(257);
    otp.run(["rename", "home", &long])
        .stderr("error: the name has 257 characters, more than 256\nhint: choose a shorter name\n")
        .fails_with(Exit::BadInput);
}

#[test]
fn tags_notes_and_addresses_are_kept_shown_and_taken_away() {
    let otp = two();
    otp.run(["tag", "binance", "money", "daily"]).stderr("changed: Binance (taro)\n").succeeds();
    otp.run(["list", "money"]).stdout("Binance  taro  #money  #daily\n").succeeds();
    otp.run(["tag", "binance", "--remove", "money"]).succeeds();
    otp.run(["list", "binance"]).stdout("Binance  taro  #daily\n").succeeds();
    otp.run(["note", "binance", "two lines\nof text"]).succeeds();
    otp.run(["note", "binance"]).stdout("two lines\nof text\n").stderr("").succeeds();
    otp.run(["note", "binance", ""]).succeeds();
    otp.run(["note", "binance"]).stdout("\n").succeeds();
    otp.run(["url", "binance", "https://www.binance.com/ja"]).succeeds();
    otp.run(["url", "binance"]).stdout("https://www.binance.com/ja\n").succeeds();
    let refused = "error: that is not the address of a web page\n\
        hint: give it as the browser shows it, beginning with `https://`\n";
    otp.run(["url", "binance", "javascript:alert(1)"]).stderr(refused).fails_with(Exit::BadInput);
    otp.run(["tag", "binance", " "])
        .stderr("error: a tag has 1 to 64 characters\nhint: choose a shorter name\n")
        .fails_with(Exit::BadInput);
    otp.run(["edit", "coincheck", "--note", "n", "--url", "https://coincheck.com", "--tag", "t", "--position", "1"])
        .succeeds();
    otp.run(["list"]).stdout("Coincheck  jiro  #t\nBinance    taro  #daily\n").succeeds();
    let account = &otp.run(["list", "coincheck", "--json"]).succeeds().json()["accounts"][0];
    assert_eq!((&account["note"], &account["url"]), (&"n".into(), &"https://coincheck.com".into()));
}

#[test]
fn what_is_removed_waits_in_the_trash() {
    let otp = two();
    let code = otp.run(["now", "binance", "--at", AT]).stdout("081804\n").succeeds().stdout;
    otp.run(["remove", "binance", "--yes"])
        .stderr("Binance (taro) is in the trash for 30 days; `otp restore` takes it back\n")
        .succeeds();
    otp.run(["now", "binance"]).fails_with(Exit::NotFound);
    let trash = otp.run(["trash"]).succeeds().stdout;
    assert!(trash.starts_with("Binance (taro)  removed 20") && trash.ends_with(" at least\n"), "{trash}");
    let trash = otp.run(["trash", "--json"]).succeeds().json();
    assert!(trash["accounts"][0]["trashed"].is_u64(), "{trash}");
    let here = "already here, in the trash; `otp restore` takes it back: Binance (taro)\nnothing new to store\n";
    otp.run(["import", "-"]).stdin(TARO).stderr(here).succeeds();
    otp.run(["restore"]).stderr("Binance (taro) is back\n").succeeds();
    otp.run(["now", "binance", "--at", AT]).stdout(&code).succeeds();
    otp.run(["restore"]).stderr("error: the trash is empty\n").fails_with(Exit::NotFound);
    otp.run(["trash"]).stdout("").stderr("the trash is empty\n").succeeds();
    otp.run(["trash", "--delete", "binance"]).stderr("error: the trash is empty\n").fails_with(Exit::NotFound);
}

#[test]
fn nothing_is_removed_or_deleted_without_an_answer() {
    let otp = two();
    let nobody = "error: this needs an answer, and there is no terminal to ask on\n\
        hint: run it in a terminal, or give `--yes` if you are sure\n";
    otp.run(["remove", "binance"]).stderr(nobody).fails_with(Exit::Cancelled);
    otp.run(["remove", "binance", "--yes"]).succeeds();
    // Not even `--yes` deletes for good.
    let warning =
        "Binance (taro) will be deleted for good. If two-factor is still on at the site, you will be locked out.\n";
    let said = otp.run(["trash", "--delete", "binance", "--yes"]).fails_with(Exit::Cancelled);
    assert!(said.stderr.starts_with(warning), "{said}");
    otp.run(["restore", "binance"]).succeeds();
}

#[test]
fn a_new_key_leaves_the_old_one_in_the_trash() {
    let otp = two();
    otp.run(["edit", "binance", "--new-key", "--yes"])
        .stdin("JBSWY3DPEHPK3PXP\n")
        .stderr("Binance (taro) has its new backup key; the old one is in the trash\n")
        .succeeds();
    otp.run(["now", "binance", "--at", AT])
        .stdout(&format!("{}\n", crate::run::oathtool("JBSWY3DPEHPK3PXP", 1_111_111_109)))
        .succeeds();
    let trash = otp.run(["trash", "--json"]).succeeds().json();
    assert_eq!(trash["accounts"][0]["issuer"], "Binance");
    otp.run(["edit", "binance", "--new-key", "--yes"])
        .stdin("JBSWY3DPEHPK3PXP\n")
        .stderr("Binance (taro) has this backup key already; nothing was changed\n")
        .succeeds();
    otp.run(["edit", "binance", "--new-key", "--yes"])
        .stdin("JBSWY3DPEHPK3PX0\n")
        .stderr(
            "error: one symbol does not belong in a backup key: `0` at position 16 (probably the letter O)\n\
             hint: backup keys have only the letters A to Z and the digits 2 to 7; positions do not count spaces and hyphens\n",
        )
        .fails_with(Exit::BadInput);
    otp.run(["restore"]).succeeds();
    let codes = otp.run(["list", "binance", "--codes", "--json"]).succeeds().json();
    assert_eq!(codes["accounts"].as_array().unwrap().len(), 2);
}

#[test]
fn the_history_tells_what_happened() {
    let otp = two();
    otp.run(["rename", "binance", "work"]).succeeds();
    otp.run(["note", "binance", "hello"]).succeeds();
    otp.run(["tag", "binance", "daily"]).succeeds();
    otp.run(["remove", "binance", "--yes"]).succeeds();
    otp.run(["restore", "binance"]).succeeds();
    let said = otp.run(["history", "binance"]).succeeds().stdout;
    let told: Vec<_> = said.lines().map(|line| line.split_once("  ").unwrap().1).collect();
    assert_eq!(
        told,
        [
            "Binance (work)  was taken back from the trash",
            "Binance (work)  was put into the trash",
            "Binance (work)  tags: nothing → daily",
            "Binance (work)  note changed",
            "Binance (work)  was called Binance (taro), now Binance (work)",
            "Binance (work)  came in",
        ]
    );
    let all = otp.run(["history", "--json"]).succeeds().json();
    assert_eq!(all["events"].as_array().unwrap().len(), 7);
    assert!(!said.contains(SECRET));
}
