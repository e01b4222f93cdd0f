//! What people bring: folders, locked exports, and the files that are left afterwards.

use std::fs;
use std::path::Path;

use otp::error::Exit;

use crate::fixtures;
use crate::prompts::{ends_with, on_a_terminal};
use crate::run::{Otp, png};

const ONE: &str = "otpauth://totp/Binance:taro?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Binance\n";
const OTHER: &str = "otpauth://totp/Coincheck:jiro?secret=MFRGGZDFMZTWQ2LK&issuer=Coincheck\n";
/// What opens `aegis-locked.json`.
const PASSPHRASE: &str = "coral unruly plow";

fn locked() -> Vec<u8> {
    fs::read(fixtures::path("formats/aegis-locked.json")).unwrap()
}

#[test]
fn a_folder_gives_what_is_in_its_files() {
    let otp = Otp::new();
    let folder = otp.home().join("shots");
    fs::create_dir_all(folder.join("deeper")).unwrap();
    fs::write(folder.join("b.png"), png(ONE.trim())).unwrap();
    fs::write(folder.join("a.txt"), OTHER).unwrap();
    fs::write(folder.join(".hidden.txt"), "otpauth://totp/no?secret=MFRGGZDFMZTWQ2LQ").unwrap();
    fs::write(folder.join("holiday.gif"), "no picture at all").unwrap();
    let said = otp.run(["import", "shots", "--yes"]).ends_with(Exit::Partial);
    assert!(said.stderr.contains("holiday.gif: it is neither a picture nor an export that can be read\n"), "{said}");
    assert!(said.stderr.contains("stored 2 accounts\n"), "{said}");
    otp.run(["list"]).stdout("Coincheck  jiro\nBinance    taro\n").succeeds();
    let receipt = otp.run(["import", "shots", "--json", "--dry-run"]).ends_with(Exit::Partial).json();
    assert_eq!(receipt["receipt"]["failed"][0]["file"], "holiday.gif");
    let said = otp.run(["import", "shots/deeper"]).fails_with(Exit::NotFound);
    assert_eq!(
        said.stderr,
        "error: there are no files in the folder `deeper`\n\
         hint: name a picture or a file, or use `--key` to type a backup key\n"
    );
}

#[test]
fn a_locked_export_takes_its_passphrase_from_a_file() {
    let otp = Otp::new();
    let export = otp.file("aegis.json", locked());
    otp.private("right", format!("{PASSPHRASE}\n").as_bytes());
    otp.private("wrong", b"certainly not this\n");
    otp.file("open", PASSPHRASE);
    let said = otp.run(["import", &export, "--yes", "--passphrase-file", "wrong"]).fails_with(Exit::WrongPassphrase);
    assert_eq!(
        said.stderr,
        "error: that passphrase does not open it, or the file is damaged (Aegis)\n\
         hint: use the password that was set for this export (Aegis)\n"
    );
    otp.run(["import", &export, "--yes", "--passphrase-file", "open"]).fails_with(Exit::BadInput);
    let said = otp.run(["import", &export, "--yes"]).fails_with(Exit::WrongPassphrase);
    assert!(said.stderr.contains("error: it takes a passphrase, and nobody is there to ask\n"), "{said}");
    otp.run(["list"]).stdout("").succeeds();
    let said = otp.run(["import", &export, "--from", "uri-list"]).fails_with(Exit::BadInput);
    assert!(said.stderr.starts_with("error: there is no account in it\n"), "{said}");
    otp.run(["import", &export, "--from", "nothing"])
        .stderr("error: no format is called `nothing`\nhint: `otp import --list-formats` lists them all\n")
        .fails_with(Exit::Usage);
    let said = otp.run(["import", &export, "--yes", "--passphrase-file", "right"]).succeeds();
    assert!(said.stderr.contains("stored 11 accounts\n"), "{said}");
    assert!(said.stderr.contains("1 icon is not carried over\n"), "{said}");
    let accounts = otp.run(["list", "binance", "--json"]).succeeds().json();
    let first = &accounts["accounts"][0];
    assert_eq!((&first["note"], &first["tags"]), (&"joint account".into(), &serde_json::json!(["Money"])));
    assert!(Path::new(&export).exists());
}

#[test]
fn a_wrong_passphrase_is_asked_for_again() {
    let otp = Otp::new();
    let export = otp.file("aegis.json", locked());
    let dialogue = format!(
        "answer {{passphrase of aegis.json (Aegis):}} {{wrong}}\n\
         answer {{passphrase of aegis.json (Aegis):}} {{{PASSPHRASE}}}\n\
         answer {{[y/N]}} {{y}}\n\
         answer {{Delete it? [y/N]}} {{n}}"
    );
    let shown = on_a_terminal(&otp, &format!("import {export}"), &dialogue);
    ends_with(&shown, Exit::Done);
    assert!(!shown.contains("coral"), "{shown}");
    assert!(Path::new(&export).exists());
    let shown = on_a_terminal(&otp, &format!("import {export}"), "answer {(Aegis):} {}");
    ends_with(&shown, Exit::Cancelled);
}

#[test]
fn a_source_is_deleted_only_when_all_of_it_is_stored() {
    let otp = Otp::new();
    let partly = otp.file("partly.txt", format!("{ONE}otpauth://totp/bad?secret=!\n"));
    let said = otp.run(["import", &partly, "--yes", "--delete-source"]).ends_with(Exit::Partial);
    assert!(
        said.stderr.contains("keep the source: not everything in it is stored, or some of it only in the trash\n"),
        "{said}"
    );
    assert!(Path::new(&partly).exists());

    fs::create_dir_all(otp.home().join("Dropbox")).unwrap();
    let synced = otp.file("Dropbox/list.txt", OTHER);
    let said = otp.run(["import", &synced, "--yes"]).succeeds();
    assert!(said.stderr.contains("the file lies in a folder that Dropbox copies:"), "{said}");
    assert!(said.stderr.contains("everything in the file is stored; it can be deleted now"), "{said}");
    assert!(Path::new(&synced).exists());

    let phone = otp.home().join("DCIM/Telegram Desktop");
    fs::create_dir_all(&phone).unwrap();
    fs::write(phone.join("a.txt"), OTHER).unwrap();
    let said = otp.run(["import", "DCIM/Telegram Desktop/a.txt", "--yes"]).succeeds();
    assert!(said.stderr.contains("the file came with Telegram: delete it in the conversation, too"), "{said}");
    assert!(said.stderr.contains("the picture comes from a phone: delete it there, too"), "{said}");

    // What is here already is stored, too.
    let dialogue = "answer {Delete it? [y/N]} {y}";
    let shown = on_a_terminal(&otp, &format!("import {synced}"), dialogue);
    ends_with(&shown, Exit::Done);
    assert!(!Path::new(&synced).exists(), "{shown}");

    let again = otp.file("again.txt", ONE);
    let said = otp.run(["import", &again, "--yes", "--delete-source", "--lang", "ja"]).succeeds();
    assert!(said.stderr.contains("again.txt を削除しました"), "{said}");
    assert!(!Path::new(&again).exists());
    otp.run(["import", &partly, "--delete-source", "--dry-run"]).fails_with(Exit::Usage);

    // What is only in the trash will be gone one day.
    otp.run(["remove", "coincheck", "--yes"]).succeeds();
    let trashed = otp.file("trashed.txt", OTHER);
    otp.run(["import", &trashed, "--yes", "--delete-source"]).succeeds();
    assert!(Path::new(&trashed).exists());
    // A table of a password manager has passwords, too.
    let logins = otp.file("logins.csv", fs::read(fixtures::path("formats/csv-apple.csv")).unwrap());
    otp.run(["import", &logins, "--yes", "--delete-source"]).succeeds();
    assert!(Path::new(&logins).exists());
    let logins = otp.file("export.json", fs::read(fixtures::path("formats/bitwarden-plain.json")).unwrap());
    otp.run(["import", &logins, "--yes", "--delete-source"]).said();
    assert!(Path::new(&logins).exists());
}

#[test]
fn a_pdf_gives_the_codes_on_its_pages() {
    let otp = Otp::new();
    let pdf = otp.file("codes.pdf", fs::read(fixtures::path("formats/pdf-codes.pdf")).unwrap());
    let said = otp.run(["import", &pdf, "--yes"]).succeeds();
    assert!(said.stderr.contains("stored 8 accounts\n"), "{said}");
}
#[test]
fn every_format_is_listed_under_the_name_that_from_takes() {
    let said = Otp::bare().run(["import", "--list-formats"]).succeeds();
    let listed: Vec<_> = said.stdout.lines().filter_map(|line| line.split_whitespace().next()).collect();
    let formats: Vec<_> = otp::import::FORMATS.iter().map(|format| format.id()).collect();
    assert_eq!(listed, formats);
}

#[test]
fn what_is_named_comes_in_its_order_and_a_pattern_gives_many_pictures() {
    let otp = Otp::new();
    let address =
        |name: &str| format!("otpauth://totp/{name}?secret=MFRGGZDFMZTWQ2LK{}", name.repeat(8).to_uppercase());
    for name in ["a", "b", "c"] {
        otp.picture(&format!("{name}.png"), &address(name));
    }
    let list = otp.file("d.txt", address("d"));
    let order = |run: crate::run::Run| {
        let receipt = run.succeeds().json();
        let accounts = receipt["receipt"]["accounts"].as_array().unwrap().iter();
        accounts.map(|account| account["name"].as_str().unwrap().to_owned()).collect::<String>()
    };
    let import = |words: &[&str]| otp.run(["import", "--dry-run", "--json"].into_iter().chain(words.iter().copied()));
    assert_eq!(order(import(&["--qr", "b.png", "a.png", "c.png"])), "bac");
    assert_eq!(order(import(&["--qr", "c.png", "--qr", "a.png"])), "ca");
    assert_eq!(order(import(&[&list, "--qr", "b.png", "a.png"])), "dba");
    assert_eq!(order(import(&["--qr", "b.png", "--yes", &list, "--qr", "a.png"])), "bda");
    assert_eq!(order(otp.shell("\"$OTP\" import --dry-run --json --qr *.png \"$@\"")), "abc");
}

#[test]
fn enter_alone_leaves_out_one_of_several_and_giving_up_ends_all() {
    let otp = Otp::new();
    let export = otp.file("aegis.json", locked());
    let list = otp.file("list.txt", ONE);
    let import = format!("import {export} {list}");
    let ask = "(Enter alone leaves it out) passphrase of aegis.json (Aegis):";
    let dialogue = format!("answer {{{ask}}} {{wrong}}\nanswer {{{ask}}} {{}}\nanswer {{[y/N]}} {{y}}");
    let shown = on_a_terminal(&otp, &import, &dialogue);
    ends_with(&shown, Exit::Partial);
    for line in ["aegis.json: it was left out, unopened\n", "new: Binance (taro)\n", "stored 1 account\n"] {
        assert!(shown.contains(line), "{line}{shown}");
    }
    assert!(!shown.contains("coral"), "{shown}");
    // Where it is all there is, and at Ctrl-C, nothing comes in.
    for (words, dialogue) in [
        (format!("import {export} --lang ja"), "answer {aegis.json のパスフレーズ（Aegis）:} {}".to_owned()),
        (import, format!("expect -ex {{{ask} }}\nsend \"\\003\"")),
    ] {
        let shown = on_a_terminal(&Otp::new(), &words, &dialogue);
        ends_with(&shown, Exit::Cancelled);
        assert!(!shown.contains("Binance"), "{shown}");
    }
}

#[test]
fn of_a_folder_in_a_folder_the_receipt_tells() {
    let otp = Otp::new();
    fs::create_dir_all(otp.home().join("shots/old")).unwrap();
    fs::create_dir_all(otp.home().join("empty")).unwrap();
    otp.file("shots/a.txt", ONE);
    let said = otp.run(["import", "shots", "--yes"]).succeeds();
    let remark = "shots: 1 folder in it is not looked at; name it, too, if there is something of yours in it\n";
    assert!(said.stderr.contains(remark), "{said}");
    // It lies beside the file, and does not keep it from being deleted.
    assert!(said.stderr.contains("everything in the file is stored"), "{said}");
    let receipt = otp.run(["import", "shots", "empty", "--json", "--dry-run"]).ends_with(Exit::Partial).json();
    assert_eq!(receipt["receipt"]["remarks"][0], remark.trim_end());
    assert_eq!(receipt["receipt"]["failed"][0]["file"], "empty");
}

/// `security.md` R1.3 and R12.1, where nothing is stored, too.
#[test]
fn a_picture_with_deceiving_names_is_told_beside_its_code() {
    let otp = Otp::new();
    let cyrillic = "otpauth://totp/B%D1%96nance:taro?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=B%D1%96nance";
    let picture = otp.picture("cyrillic.png", cyrillic);
    let said = otp.run(["now", "--qr", &picture]).succeeds();
    let letters = "note: this name mixes look-alike letters of several alphabets: \u{456} U+0456\n";
    assert!(said.stderr.contains(letters), "{said}");
    let two = "otpauth://totp/Binance:taro?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Evil";
    let picture = otp.picture("two.png", two);
    let said = otp.run(["now", "--qr", &picture]).succeeds();
    let note = said.stderr.lines().find(|line| line.contains("note: ")).unwrap_or_else(|| panic!("{said}"));
    assert!(note.contains("Binance") && note.contains("Evil"), "{said}");
}
