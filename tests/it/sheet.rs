//! The keys on paper: pages that programs which are not ours read back, printed in every way that
//! paper suffers, and the check of a printed sheet.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

use otp::error::Exit;
use otp::export::Paper;
use otp::recovery::sheet::{Codes, Job, recovery_codes, recovery_key};
use otp::secret::Secret;
use otp::text::Lang;

use crate::prompts::{ends_with, on_a_terminal};
use crate::run::{Otp, SECRET, oathtool};

mod older;
mod sealed;

/// One account of each kind and with each oddity.
const ALL: &str = "\
otpauth://totp/Binance:taro%40example.com?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Binance
otpauth://totp/%E3%83%93%E3%83%83%E3%83%88%E3%83%90%E3%83%B3%E3%82%AF:%E9%AB%99%E6%A9%8B%20%E5%A4%AA%E9%83%8E?secret=MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43U&issuer=%E3%83%93%E3%83%83%E3%83%88%E3%83%90%E3%83%B3%E3%82%AF
otpauth://totp/Coincheck:hanako?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Coincheck&algorithm=SHA256&digits=8&period=60
otpauth://hotp/Work:jiro?secret=NBSWY3DPEB3W64TMMQ&issuer=Work&counter=41
otpauth://steam/Steam:gamer?secret=ONXW2ZJAON2GKYLNEBVWK6I&issuer=Steam
otpauth://motp/mOTP:taro?secret=MUZTCNJSMFTGKZJWGI2TSOLDHA&issuer=mOTP&pin=1234
otpauth://totp/Bank%20of%20Long%20Keys:all%20of%20us?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNA&issuer=Bank%20of%20Long%20Keys&algorithm=SHA512
";

pub(crate) fn output(folder: &Path, program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).current_dir(folder).output();
    let output = output.unwrap_or_else(|_| panic!("`{program}` is installed"));
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

pub(crate) fn zbarimg(folder: &Path, picture: &str) -> Vec<String> {
    // It fails where it finds nothing.
    let arguments = ["-q", "--raw", "-Sdisable", "-Sqrcode.enable", picture];
    let said = Command::new("zbarimg").args(arguments).current_dir(folder).output().expect("`zbarimg` is installed");
    String::from_utf8(said.stdout).unwrap().lines().map(str::to_owned).collect()
}

/// The pages of `file` as pictures with `dots` an inch: their names.
pub(crate) fn pages(folder: &Path, file: &str, dots: &str) -> Vec<String> {
    let stem = format!("{}-{dots}", file.trim_end_matches(".pdf"));
    output(folder, "pdftoppm", &["-r", dots, "-gray", "-png", file, &stem]);
    let names = fs::read_dir(folder).unwrap().flatten().map(|entry| entry.file_name().into_string().unwrap());
    let mut names: Vec<String> = names.filter(|name| name.starts_with(&stem)).collect();
    names.sort();
    assert!(!names.is_empty());
    names
}

/// What makes the codes of an address: its kind, key and settings without the names.
fn substance(address: &str) -> String {
    let account = otp::uri::parse(address).unwrap_or_else(|error| panic!("{error}: {address}")).account;
    let key = otp::key::write(account.secret());
    let pin = account.pin().and_then(Secret::expose_text).unwrap_or_default();
    let (kind, algorithm, digits) = (account.kind(), account.algorithm(), account.digits());
    format!("{kind:?} {algorithm:?} {digits} {} {pin}", key.expose_text().unwrap())
}

fn substances<'a>(addresses: impl IntoIterator<Item = &'a str>) -> BTreeSet<String> {
    addresses.into_iter().map(substance).collect()
}

/// A sheet of [`ALL`] in a home of its own.
fn made(arguments: &[&str]) -> Otp {
    let otp = Otp::with(ALL);
    otp.run(["sheet", "-o", "sheet.pdf"].iter().chain(arguments).copied()).succeeds();
    otp
}

#[test]
fn every_code_is_read_by_others_however_the_paper_suffers() {
    let otp = made(&[]);
    let expected = substances(ALL.lines());
    let read = |pictures: &[String]| {
        let found: Vec<String> = pictures.iter().flat_map(|page| zbarimg(otp.home(), page)).collect();
        substances(found.iter().map(String::as_str))
    };
    let suffers: &[(&str, &[&str])] = &[
        ("clean", &[]),
        ("rotated", &["-background", "white", "-rotate", "3"]),
        ("blurred", &["-blur", "0x1"]),
        ("noisy", &["-attenuate", "0.1", "+noise", "Gaussian"]),
        ("grey", &["-level", "-40%,140%"]),
    ];
    for dots in ["150", "300"] {
        let pages = pages(otp.home(), "sheet.pdf", dots);
        for (what, change) in suffers {
            let worn: Vec<String> = pages.iter().map(|page| format!("{what}-{page}")).collect();
            for (page, worn) in pages.iter().zip(&worn) {
                output(otp.home(), "convert", &[&[page.as_str()], *change, &[worn.as_str()]].concat());
            }
            assert_eq!(read(&worn), expected, "{what}, {dots} dots an inch");
        }
    }
}

#[test]
fn a_coffee_stain_costs_no_account() {
    let otp = made(&[]);
    let expected = substances(ALL.lines());
    let pages = pages(otp.home(), "sheet.pdf", "300");
    let mut found = Vec::new();
    for page in &pages {
        // A large and a small stain that let the print shine through, and a drop that does not.
        let stain = "fill rgba(120,80,40,0.5) stroke none circle 400,1900 700,2150 circle 420,2900 560,3030 \
            fill rgb(90,50,20) circle 430,1950 430,1990";
        output(otp.home(), "convert", &[page, "-colorspace", "sRGB", "-draw", stain, "stained.png"]);
        found.extend(zbarimg(otp.home(), "stained.png"));
    }
    assert_eq!(substances(found.iter().map(String::as_str)), expected);
}

#[test]
fn the_pages_are_what_others_expect_of_a_pdf() {
    let otp = made(&[]);
    let fonts = output(otp.home(), "pdffonts", &["sheet.pdf"]);
    let font = fonts.lines().nth(2).unwrap();
    assert!(font.contains("+BIZUDPGothic") && font.contains("yes yes yes"), "{fonts}");
    assert_eq!(fonts.lines().count(), 3, "{fonts}");
    output(otp.home(), "qpdf", &["--check", "sheet.pdf"]);
    let info = output(otp.home(), "pdfinfo", &["sheet.pdf"]);
    assert!(info.contains("595.28 x 841.89 pts (A4)") && !info.contains("CreationDate"), "{info}");
    let text = output(otp.home(), "pdftotext", &["-layout", "sheet.pdf", "-"]);
    for expected in [
        "Recovery sheet",
        "7 accounts",
        "page 1 of",
        "1. Binance",
        "taro@example.com",
        "2. ビットバンク",
        "髙橋 太郎",
        "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ",
        "check 7536",
        "Unusual: SHA256, 8 digits, a new code every 60 s",
        "Counter-based (HOTP), SHA1, 6 digits.",
        "counter 41;",
        "Steam Guard",
        // The key of Mobile-OTP is the text that is hashed.
        "e315 2afe e625 99c8",
        "1234",
        "How to use it without otp",
    ] {
        assert!(text.contains(expected), "{expected}: {text}");
    }
    otp.run(["sheet", "-o", "brief.pdf", "--paper", "letter", "--lang", "ja", "binance"]).succeeds();
    let info = output(otp.home(), "pdfinfo", &["brief.pdf"]);
    assert!(info.contains("612 x 792 pts (letter)") && info.contains("復旧シート"), "{info}");
    let text = output(otp.home(), "pdftotext", &["-layout", "brief.pdf", "-"]);
    for expected in ["復旧シート", "アカウント 1 件", "バックアップキー", "確認 7536", "otp がないときの使い方"]
    {
        assert!(text.contains(expected), "{expected}: {text}");
    }
    assert!(!text.contains("ビットバンク") && !text.contains("<U+"), "{text}");
}

#[test]
fn the_same_content_and_date_make_the_same_file() {
    let otp = made(&[]);
    otp.run(["sheet", "-o", "again.pdf"]).succeeds();
    let read = |name: &str| fs::read(otp.home().join(name)).unwrap();
    assert!(read("sheet.pdf") == read("again.pdf"));
}

#[test]
fn the_login_and_the_address_are_on_the_sheet() {
    let otp = Otp::with(ALL);
    otp.run(["url", "binance", "https://www.binance.com"]).succeeds();
    otp.run(["sheet", "binance", "-o", "sheet.pdf"]).succeeds();
    let text = output(otp.home(), "pdftotext", &["-layout", "sheet.pdf", "-"]);
    assert!(text.contains("Official address") && text.contains("https://www.binance.com"), "{text}");
}

#[test]
fn no_name_breaks_out_of_its_place() {
    let names = [
        ")Tj ET Q",
        "\u{1b}]52;c;AAAA\u{7}",
        "a\u{202e}b\u{200b}c",
        "<script>alert(1)</script>",
        "=HYPERLINK(\"x\")",
        "𠮷野 ⚠ \u{9b}31m",
        "endstream endobj",
    ];
    let line = |(at, name): (usize, &&str)| {
        let name: String = name.bytes().map(|byte| format!("%{byte:02X}")).collect();
        format!("otpauth://totp/{name}?secret={SECRET}&period={}\n", 40 + at)
    };
    let list: String = names.iter().enumerate().map(line).collect();
    let long = format!("otpauth://totp/{0}:{0}?secret={SECRET}&issuer={0}&period=31\n", "%E6%A5%BD".repeat(120));
    let otp = Otp::new();
    otp.run(["import", "-", "--yes"]).stdin(list + &long).said();
    otp.run(["sheet", "-o", "sheet.pdf"]).succeeds();
    output(otp.home(), "qpdf", &["--check", "sheet.pdf"]);
    let text = output(otp.home(), "pdftotext", &["-layout", "sheet.pdf", "-"]);
    for expected in
        [")Tj ET Q", "<U+001B>]52;c;AAAA<U+0007>", "a<U+202E>b<U+200B>c", "<script>", "<U+20BB7>野 <U+26A0>"]
    {
        assert!(text.contains(expected), "{expected}: {text}");
    }
    assert!(!text.chars().any(|symbol| symbol.is_control() && !matches!(symbol, '\n' | '\u{c}')), "{text}");
    assert!(text.contains("The name in the QR code is shortened"), "{text}");
    let stored = otp.run(["export", "--to", "uri", "-o", "-"]).succeeds().stdout;
    let found: Vec<String> =
        pages(otp.home(), "sheet.pdf", "200").iter().flat_map(|page| zbarimg(otp.home(), page)).collect();
    assert_eq!(substances(found.iter().map(String::as_str)), substances(stored.lines()));
}

#[test]
fn the_file_is_new_and_for_its_owner() {
    let otp = made(&[]);
    let path = otp.home().join("sheet.pdf");
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let before = fs::read(&path).unwrap();
    let said = otp.run(["sheet", "binance", "-o", "sheet.pdf"]).fails_with(Exit::Disk);
    assert!(said.stderr.starts_with("error: `sheet.pdf` exists already\n"), "{said}");
    assert_eq!(fs::read(&path).unwrap(), before);
    symlink(&path, otp.home().join("link.pdf")).unwrap();
    otp.run(["sheet", "binance", "-o", "link.pdf"]).fails_with(Exit::Disk);
    otp.run(["sheet", "binance", "-o", "link.pdf", "--force"]).succeeds();
    assert_eq!(fs::read(&path).unwrap(), before, "a link is not followed");
    let said = otp.run(["sheet"]).fails_with(Exit::Usage);
    assert!(said.stderr.contains("hint: add `-o FILE.pdf`, or `--print`"), "{said}");
    otp.run(["sheet", "nobody", "-o", "no.pdf"]).fails_with(Exit::NotFound);
    let index = fs::read(otp.profile().join("index.json")).unwrap();
    otp.run(["sheet", "-o", "no/where.pdf"]).fails_with(Exit::Disk);
    assert_eq!(fs::read(otp.profile().join("index.json")).unwrap(), index, "only what is safe is noted");
}

#[test]
fn phones_are_filled_from_transfer_pages() {
    let otp = Otp::with(ALL);
    let said = otp.run(["sheet", "--phone", "-o", "phone.pdf"]).ends_with(Exit::Partial);
    assert!(said.stderr.contains("left out: Steam (gamer): Steam codes are unknown there\n"), "{said}");
    let page = &pages(otp.home(), "phone.pdf", "150")[0];
    assert!(zbarimg(otp.home(), page)[0].starts_with("otpauth-migration://offline?data="));
    let other = Otp::new();
    let page = other.file("phone.png", fs::read(otp.home().join(page)).unwrap());
    other.run(["import", &page, "--yes"]).succeeds();
    assert!(other.run(["list"]).succeeds().stdout.contains("Binance"));
}

/// A stand-in for the print command of CUPS keeps what it is given.
#[test]
fn printing_goes_through_a_pipe_alone() {
    let otp = Otp::with(ALL);
    fs::create_dir(otp.home().join("bin")).unwrap();
    let lp = otp.home().join("bin/lp");
    let script = "#!/bin/sh\nprintf '%s\\n' \"$@\" > \"$HOME/arguments\"\nenv > \"$HOME/environment\"\ncat > \"$HOME/printed.pdf\"\n";
    fs::write(&lp, script).unwrap();
    fs::set_permissions(&lp, fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:{}", otp.home().join("bin").display(), std::env::var("PATH").unwrap());
    let said = otp.run(["sheet", "--print", "--yes"]).env("PATH", &path).env("OTP_HIDDEN", "x").succeeds();
    assert!(said.stderr.contains("printers and print servers keep what they print"), "{said}");
    assert!(said.stderr.contains("the sheet of 7 accounts went to the printer\n"), "{said}");
    assert!(said.stderr.contains("keep it with your passport\n") && !said.stderr.contains("delete the file"), "{said}");
    let read = |name: &str| fs::read_to_string(otp.home().join(name)).unwrap();
    assert_eq!(read("arguments"), "-s\n-t\notp\n-o\nmedia=A4\n-\n");
    assert!(!read("environment").contains("OTP_HIDDEN") && !read("environment").contains("GEZD"));
    let text = output(otp.home(), "pdftotext", &["-layout", "printed.pdf", "-"]);
    assert!(text.contains("1. Binance"), "{text}");
    let refusing = otp.run(["sheet", "--print"]).env("PATH", &path).fails_with(Exit::Cancelled);
    assert!(refusing.stderr.contains("error: this needs an answer"), "{refusing}");
    fs::write(&lp, "#!/bin/sh\ncat > /dev/null\nexit 1\n").unwrap();
    let said = otp.run(["sheet", "--print", "--yes"]).env("PATH", &path).fails_with(Exit::Disk);
    assert!(said.stderr.contains("error: the print command refused the sheet\n"), "{said}");
}

/// The lines of a check, each as the word and the account.
fn results(stdout: &str) -> Vec<(String, String)> {
    let pair = |line: &str| line.split_once("  ").map(|(word, title)| (word.to_owned(), title.trim().to_owned()));
    stdout.lines().filter_map(pair).collect()
}

#[test]
fn a_printed_sheet_is_proved_from_pictures() {
    let otp = made(&[]);
    let pages = pages(otp.home(), "sheet.pdf", "150");
    let all: Vec<&str> = ["sheet", "check"].into_iter().chain(pages.iter().map(String::as_str)).collect();
    let said = otp.run(all.iter().copied()).succeeds();
    assert_eq!(results(&said.stdout).len(), 7, "{said}");
    assert!(results(&said.stdout).iter().all(|(word, _)| word == "matches"), "{said}");
    assert!(said.stderr.contains("7 accounts are proved on paper\nthe sheet of "), "{said}");
    let index: serde_json::Value =
        serde_json::from_slice(&fs::read(otp.profile().join("index.json")).unwrap()).unwrap();
    for account in index["accounts"].as_array().unwrap() {
        assert!(account["way_back"]["paper_proved"].is_u64() && account["way_back"]["printed"].is_u64(), "{account}");
    }
    assert_eq!(index["sheets"][0]["ids"].as_array().unwrap().len(), 7);
    // A PDF file says the same, and so does standard input.
    otp.run(["sheet", "binance", "-o", "one.pdf"]).succeeds();
    let said = otp.run(["sheet", "check", "one.pdf"]).succeeds();
    assert!(said.stderr.contains("1 account is proved on paper\n"), "{said}");
    otp.run(["sheet", "check", "-"]).stdin(fs::read(otp.home().join("one.pdf")).unwrap()).succeeds();
}

#[test]
fn a_sheet_that_is_older_than_the_store_is_said_to_be() {
    let otp = made(&[]);
    let pages = pages(otp.home(), "sheet.pdf", "150");
    otp.run(["remove", "coincheck", "--yes"]).succeeds();
    let list = "otpauth://totp/Kraken:new?secret=KRSXG5CTMVRXEZLU&issuer=Kraken\n";
    otp.run(["import", "-", "--yes"]).stdin(list).succeeds();
    let check = |more: &[&str]| {
        let words: Vec<&str> =
            ["sheet", "check"].iter().chain(more).copied().chain(pages.iter().map(String::as_str)).collect();
        otp.run(words).ends_with(Exit::Partial)
    };
    let said = check(&["--json"]);
    let answer = said.json();
    let of = |word: &str| {
        let accounts = answer["sheet_check"]["accounts"].as_array().unwrap().iter();
        let titles = accounts.filter(|one| one["result"] == word).map(|one| one["title"].as_str().unwrap().to_owned());
        titles.collect::<Vec<_>>()
    };
    assert_eq!(
        (of("matches").len(), of("old"), of("newer")),
        (6, vec!["Coincheck (hanako)".into()], vec!["Kraken (new)".into()])
    );
    assert!(answer["sheet_check"]["sheet"]["digest"].is_string(), "{answer}");
    let said = check(&[]);
    assert!(said.stderr.contains("1 account is newer than your sheet\n"), "{said}");
    assert!(said.stderr.contains("hint: print a new sheet"), "{said}");
    // Of a single page the other accounts are not found, and nothing in a picture of nothing.
    let said = otp.run(["sheet", "check", &pages[0]]).ends_with(Exit::Partial);
    assert!(said.stdout.contains("not found"), "{said}");
    output(otp.home(), "convert", &["-size", "200x200", "xc:white", "nothing.png"]);
    let said = otp.run(["sheet", "check", "nothing.png"]).fails_with(Exit::BadInput);
    assert!(said.stderr.starts_with("error: "), "{said}");
    let other = Otp::new();
    let sheet = other.file("page.png", fs::read(otp.home().join(&pages[0])).unwrap());
    let said = other.run(["sheet", "check", &sheet]).ends_with(Exit::NoMatch);
    assert!(results(&said.stdout).iter().all(|(word, _)| word == "unknown here"), "{said}");
}

/// A code under a stain is on its page and cannot be read; accounts of other pages are not found.
#[test]
fn a_code_that_cannot_be_read_is_told_from_a_page_that_is_missing() {
    let otp = made(&[]);
    let pages = pages(otp.home(), "sheet.pdf", "150");
    assert!(pages.len() > 1, "{pages:?}");
    let said = otp.run(["qr", "read", "--json", &pages[0]]).succeeds().json();
    let codes = said["pictures"][0]["codes"].as_array().unwrap();
    let stained = &codes[codes.len() - 1];
    let [x, y] = ["x", "y"].map(|field| stained[field].as_f64().unwrap());
    let stain = format!("fill rgb(90,50,20) circle {x},{y} {x},{}", y + 100.0);
    output(otp.home(), "convert", &[&pages[0], "-colorspace", "sRGB", "-draw", &stain, "stained.png"]);
    let said = otp.run(["sheet", "check", "stained.png", "--json"]).ends_with(Exit::Partial).json();
    let accounts = said["sheet_check"]["accounts"].as_array().unwrap();
    let count = |result: &str| accounts.iter().filter(|one| one["result"] == result).count();
    let counts = [count("matches"), count("unreadable"), count("not-found")];
    assert_eq!(counts, [codes.len() - 1, 1, 7 - codes.len()], "{said}");
    // The sheet stands in the order of the list, so the stain is on the last account of the page.
    let unread = accounts.iter().find(|one| one["result"] == "unreadable").unwrap();
    let titles = otp.run(["list", "--json"]).succeeds().json()["accounts"].clone();
    assert_eq!(unread["id"], titles[codes.len() - 1]["id"], "{said}");
    let said = otp.run(["sheet", "check", "stained.png"]).ends_with(Exit::Partial);
    assert!(said.stdout.contains("\nunreadable") && said.stderr.contains("hint: take a sharp picture"), "{said}");
}

#[test]
fn a_typed_key_is_proved_with_its_number() {
    let otp = Otp::with(ALL);
    let dialogue = |key: &str, number: &str| {
        let dialogue =
            format!("answer {{(it is not shown):}} {{{key}}}\nanswer {{behind its last line:}} {{{number}}}");
        on_a_terminal(&otp, "sheet check --typed", &dialogue)
    };
    let shown = dialogue("gezd gnbv gy3t qojq gezd gnbv gy3t qojq", "7536");
    ends_with(&shown, Exit::Done);
    assert!(shown.contains("matches  Binance (taro@example.com)\n") && !shown.contains("gezd"), "{shown}");
    let shown = dialogue("e315 2afe e625 99c8", &number("e3152afee62599c8"));
    ends_with(&shown, Exit::Done);
    assert!(shown.contains("matches  mOTP (taro)\n"), "{shown}");
    // The number of another line; a slip; a letter that no key has; a key that is right and not here.
    let shown = dialogue("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "0000");
    ends_with(&shown, Exit::Done);
    assert!(shown.contains("the four digits are not those of this key"), "{shown}");
    let shown = dialogue("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJR", "7536");
    ends_with(&shown, Exit::NoMatch);
    assert!(shown.contains("error: there is a slip in the key or in its check number"), "{shown}");
    let shown = dialogue("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQ0JQ", "7536");
    assert!(shown.contains("`0` at position 30 (probably the letter O)"), "{shown}");
    let shown = dialogue("KRSXG5CTMVRXEZLU", &number("KRSXG5CTMVRXEZLU"));
    ends_with(&shown, Exit::NoMatch);
    assert!(shown.contains("error: the key fits its check number, but no account here has it\n"), "{shown}");
}

/// The check number of `key` as the sheet tells how to make it, with stock tools.
fn number(key: &str) -> String {
    let script = format!("printf %04d $((0x$(printf %s {key} | tr a-z A-Z | sha256sum | cut -c1-8) % 10000))");
    output(Path::new("."), "sh", &["-c", &script])
}

#[test]
fn what_is_typed_back_from_the_sheet_gives_the_codes() {
    let otp = made(&[]);
    let text = output(otp.home(), "pdftotext", &["-layout", "sheet.pdf", "-"]);
    let line = text.lines().find(|line| line.contains("check 7536")).unwrap();
    let key = line.split("check").next().unwrap().trim();
    let other = Otp::new();
    other.run(["import", "--key", "--issuer", "Binance", "--name", "taro", "--yes"]).stdin(key).succeeds();
    other.run(["now", "binance", "--at", "1111111109"]).stdout("081804\n").succeeds();
    assert_eq!(oathtool(&key.replace(' ', ""), 1_111_111_109), "081804");
}

fn job(lang: Lang) -> Job<'static> {
    Job { date: "2026-11-22", paper: Paper::A4, lang }
}

/// `bytes` as a file in a folder of its own.
fn kept(bytes: &[u8]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("sheet.pdf"), bytes).unwrap();
    let path = folder.path().to_owned();
    (folder, path)
}

#[test]
fn a_recovery_key_on_paper_opens_copies() {
    let made = Command::new("age-keygen").output().expect("`age` is installed");
    let made = String::from_utf8(made.stdout).unwrap();
    let line = made.lines().last().unwrap();
    let recipient = made.lines().find_map(|line| line.strip_prefix("# public key: ")).unwrap();
    for lang in Lang::ALL {
        let pdf = recovery_key(&Secret::from_text(line.to_owned()), &job(lang)).unwrap();
        let (_folder, path) = kept(&pdf);
        let page = &pages(&path, "sheet.pdf", "150")[0];
        assert_eq!(zbarimg(&path, page), [line]);
        let text = output(&path, "pdftotext", &["-layout", "sheet.pdf", "-"]);
        let typed: String = text.lines().skip_while(|line| !line.contains("AGE-SECRET-KEY-1")).take(3).collect();
        let typed: String = typed.split_whitespace().collect();
        assert!(typed.contains(line), "{text}");
        fs::write(path.join("key.txt"), &typed[..line.len()]).unwrap();
        let script = format!(
            "printf otpauth://totp/a | age -r {recipient} > COPY.age && age -d -i key.txt COPY.age > plain.txt && grep ^otpauth plain.txt"
        );
        assert_eq!(output(&path, "sh", &["-c", &script]), "otpauth://totp/a\n");
    }
}

#[test]
fn recovery_codes_have_a_sheet_of_their_own() {
    let codes: Vec<Secret> = (0..10).map(|number| Secret::from_text(format!("0O1l-{number:04}-8B5S"))).collect();
    let sheet =
        Codes {
            issuer: "ビットバンク", name: "太郎", url: "https://bitbank.cc", codes: &codes, spent: &[1, 3]
        };
    for lang in Lang::ALL {
        let (_folder, path) = kept(&recovery_codes(&sheet, &job(lang)).unwrap());
        let text = output(&path, "pdftotext", &["-layout", "sheet.pdf", "-"]);
        for expected in ["ビットバンク", "太郎", "https://bitbank.cc", "0O1l-0000-8B5S", "0O1l-0009-8B5S"] {
            assert!(text.contains(expected), "{expected}: {text}");
        }
    }
}
