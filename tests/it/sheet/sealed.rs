//! The encrypted sheet: opened by stock tools as its own words say, and by us.

use std::fs;

use otp::error::Exit;
use otp::recovery::sheet::COMMANDS;

use super::{ALL, output, pages, substances, zbarimg};
use crate::prompts::{ends_with, on_a_terminal};
use crate::run::Otp;

const PASSPHRASE: &str = "coral unruly plow ninja";

/// An encrypted sheet of [`ALL`] and thirty more, so that it has several parts.
fn made() -> Otp {
    let more: String =
        (0..30).map(|number| format!("otpauth://totp/Site{number}:me?secret={}\n", key(number))).collect();
    let otp = Otp::with(&(ALL.to_owned() + &more));
    let file = otp.private("sheet.key", PASSPHRASE.as_bytes());
    let file = file.to_str().unwrap();
    otp.run(["sheet", "--encrypt", "--passphrase-file", file, "-o", "sheet.pdf"]).succeeds();
    otp
}

/// A key that hardly anything compresses.
fn key(number: u64) -> String {
    use sha2::Digest as _;
    let hash = sha2::Sha256::digest(number.to_be_bytes());
    otp::key::write(&otp::secret::Secret::new(hash[..20].to_vec())).expose_text().unwrap().to_owned()
}

#[test]
fn stock_tools_open_it_as_the_paper_says() {
    let otp = made();
    let text = output(otp.home(), "pdftotext", &["-layout", "sheet.pdf", "-"]);
    for line in COMMANDS {
        assert!(text.contains(line.trim()), "{line}: {text}");
    }
    for secret in ["GEZD", "Binance", "taro", "ビットバンク"] {
        assert!(!text.contains(secret), "{secret}: {text}");
    }
    for (page, number) in pages(otp.home(), "sheet.pdf", "150").iter().zip(1..) {
        for part in zbarimg(otp.home(), page) {
            assert!(part.starts_with("OTPSHEET1:") && part.len() <= 800, "{part}");
        }
        fs::rename(otp.home().join(page), otp.home().join(format!("SCAN{number}.png"))).unwrap();
    }
    let script = format!(
        "set timeout 120\nspawn sh -c {{({}) > plain.txt}}\nexpect -ex {{passphrase: }}\nsend {{{PASSPHRASE}}}\nsend \"\\r\"\nexpect eof\n",
        COMMANDS.join("\n")
    );
    otp.file("dialogue.exp", script);
    output(otp.home(), "expect", &["dialogue.exp"]);
    let plain = fs::read_to_string(otp.home().join("plain.txt")).unwrap();
    let stored = otp.run(["export", "--to", "uri", "-o", "-"]).succeeds().stdout;
    let addresses = plain.lines().filter(|line| line.starts_with("otpauth://"));
    assert_eq!(substances(addresses), substances(stored.lines()));
}

#[test]
fn pages_in_any_order_bring_the_accounts_back() {
    let otp = made();
    let pages = pages(otp.home(), "sheet.pdf", "150");
    assert!(pages.len() > 1, "{pages:?}");
    let stored = otp.run(["export", "--to", "uri", "-o", "-"]).succeeds().stdout;
    let other = Otp::new();
    let key = other.private("sheet.key", PASSPHRASE.as_bytes());
    let key = key.to_str().unwrap();
    let copies: Vec<String> =
        pages.iter().rev().map(|page| other.file(page, fs::read(otp.home().join(page)).unwrap())).collect();
    let import: Vec<&str> =
        ["import", "--yes", "--passphrase-file", key].into_iter().chain(copies.iter().map(String::as_str)).collect();
    other.run(import).succeeds();
    let back = other.run(["export", "--to", "uri", "-o", "-"]).succeeds().stdout;
    assert_eq!(substances(back.lines()), substances(stored.lines()));
    // What another reader made of the codes will do, too.
    let texts: Vec<String> = pages.iter().flat_map(|page| zbarimg(otp.home(), page)).collect();
    let third = Otp::new();
    let list = third.file("parts.txt", texts.join("\n") + "\n");
    let key = third.private("sheet.key", PASSPHRASE.as_bytes());
    third.run(["import", "--yes", "--passphrase-file", key.to_str().unwrap(), &list]).succeeds();
    let back = third.run(["export", "--to", "uri", "-o", "-"]).succeeds().stdout;
    assert_eq!(substances(back.lines()), substances(stored.lines()));
    // A part that is missing is named, and a damaged one is not taken.
    let list = third.file("some.txt", format!("{}\n", texts[1..].join("\n")));
    let said = third.run(["import", "--yes", &list]).fails_with(Exit::BadInput);
    assert!(said.stderr.contains("still missing "), "{said}");
    let list = third.file("bad.txt", texts.join("\n").replacen("1/", "2/", 1) + "\n");
    let said = third.run(["import", "--yes", &list]).said();
    assert!(said.code != 0, "{said}");
}

#[test]
fn an_encrypted_sheet_is_proved_like_an_open_one() {
    let otp = made();
    let file = otp.home().join("sheet.key");
    let pages = pages(otp.home(), "sheet.pdf", "150");
    let check = |key: &std::path::Path| {
        let words = ["sheet", "check", "--passphrase-file", key.to_str().unwrap()];
        otp.run(words.into_iter().chain(pages.iter().map(String::as_str)).collect::<Vec<_>>())
    };
    let said = check(&file).succeeds();
    assert!(said.stderr.contains("37 accounts are proved on paper\n"), "{said}");
    let wrong = otp.private("wrong.key", b"coral unruly plow ninjas");
    check(&wrong).fails_with(Exit::WrongPassphrase);
    let said = otp.run(["sheet", "check", &pages[0]]).ends_with(Exit::NoMatch);
    assert!(said.stderr.contains("still missing"), "{said}");
}

#[test]
fn weak_passphrases_are_refused() {
    let otp = Otp::with(ALL);
    let file = otp.private("weak.key", b"password");
    let file = file.to_str().unwrap();
    otp.run(["sheet", "--encrypt", "--passphrase-file", file, "-o", "sheet.pdf"]).fails_with(Exit::BadInput);
    assert!(!otp.home().join("sheet.pdf").exists());
    otp.run(["sheet", "--encrypt", "-o", "sheet.pdf"]).fails_with(Exit::WrongPassphrase);
}

#[test]
fn pages_in_an_archive_are_one_sheet_and_one_that_stays_closed_is_named() {
    let otp = made();
    let pages = pages(otp.home(), "sheet.pdf", "150");
    let copies: Vec<(&str, Vec<u8>)> =
        pages.iter().map(|page| (&**page, fs::read(otp.home().join(page)).unwrap())).collect();
    let other = Otp::new();
    let members: Vec<(&str, &[u8])> = copies.iter().map(|(page, bytes)| (*page, &**bytes)).collect();
    let archive = other.file("pages.zip", crate::formats::zips::zip(&members, None));
    let key = other.private("sheet.key", PASSPHRASE.as_bytes());
    let key = key.to_str().unwrap();
    let said = other.run(["import", "--yes", "--passphrase-file", key, &archive]).succeeds();
    assert!(said.stderr.contains("stored 37 accounts\n"), "{said}");

    let third = Otp::new();
    let mut names: Vec<String> = copies.iter().map(|(page, bytes)| third.file(page, bytes)).collect();
    names.push(third.file("list.txt", "otpauth://totp/x?secret=MFRGGZDFMZTWQ2LK\n"));
    let question = format!("answer {{(Enter alone leaves it out) passphrase of {} ", pages.join(", "));
    let dialogue = format!("{question}(encrypted recovery sheets of `otp`):}} {{}}\nanswer {{[y/N]}} {{y}}");
    let shown = on_a_terminal(&third, &format!("import {}", names.join(" ")), &dialogue);
    ends_with(&shown, Exit::Partial);
    assert!(shown.contains(&format!("{}: it was left out, unopened\n", pages.join(", "))), "{shown}");
    assert!(shown.contains("stored 1 account\n") && shown.contains("keep the source: "), "{shown}");
    // Half a sheet is nothing, and no reason to delete its page.
    let said = third.run(["import", "--yes", "--delete-source", &names[0], &names[names.len() - 1]]);
    let said = said.ends_with(Exit::Partial);
    assert!(said.stderr.contains("still missing") && said.stderr.contains("keep the source: "), "{said}");
    assert!(std::path::Path::new(&names[0]).exists());
}

#[test]
fn the_words_that_are_offered_open_the_sheet() {
    let otp = Otp::with(ALL);
    let dialogue = "expect -re {even you\\.\\s+((?:[a-z-]+ ){5}[a-z-]+)\\s}\nset words $expect_out(1,string)\nsend \"q\"\n\
        expect -ex {of your own: }\nsend -- \"$words\\r\"";
    let shown = on_a_terminal(&otp, "sheet --encrypt -o words.pdf", dialogue);
    ends_with(&shown, Exit::Done);
    let words = shown.split("even you.").nth(1).unwrap().split_whitespace().take(6).collect::<Vec<_>>().join(" ");
    let key = otp.private("words", words.as_bytes());
    otp.run(["sheet", "check", "words.pdf", "--passphrase-file", key.to_str().unwrap()]).succeeds();
}
