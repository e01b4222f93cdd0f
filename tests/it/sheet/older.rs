//! Which of several printed sheets is on the pictures.

use otp::error::Exit;

use super::pages;
use crate::run::{Otp, Run, Said};

const TWO: &str = "\
otpauth://totp/Binance:taro?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Binance
otpauth://totp/Coincheck:hanako?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Coincheck
";
const THIRD: &str = "otpauth://totp/Kraken:new?secret=KRSXG5CTMVRXEZLU&issuer=Kraken\n";

/// Makes a sheet of `queries` in `file`; gives back its digest and its pages as pictures.
fn sheet(otp: &Otp, file: &str, queries: &[&str]) -> (String, Vec<String>) {
    let said = otp.run(["sheet", "-o", file].iter().chain(queries).copied()).succeeds();
    let digest = said.stderr.split("this is sheet ").nth(1).unwrap().split('\n').next().unwrap().to_owned();
    (digest, pages(otp.home(), file, "150"))
}

fn check(otp: &Otp, pictures: &[String]) -> Run {
    otp.run(["sheet", "check", "--json"].into_iter().chain(pictures.iter().map(String::as_str)))
}

/// The digest of the sheet that was recognised, and how many accounts had each result.
fn told(said: &Said) -> (String, usize, Vec<String>) {
    let answer = &said.json()["sheet_check"];
    let accounts = answer["accounts"].as_array().unwrap();
    let count = |result: &str| accounts.iter().filter(|one| one["result"] == result).count();
    let rest = accounts.iter().filter(|one| one["result"] != "matches");
    let rest = rest.map(|one| format!("{}: {}", one["result"].as_str().unwrap(), one["title"].as_str().unwrap()));
    (answer["sheet"]["digest"].as_str().unwrap().to_owned(), count("matches"), rest.collect())
}

#[test]
fn an_old_sheet_is_recognised_beside_a_new_one() {
    // Two accounts are on the first page.
    let otp = Otp::with(TWO.lines().next().unwrap());
    let (old, old_pages) = sheet(&otp, "old.pdf", &[]);
    otp.run(["import", "-", "--yes"]).stdin(THIRD).succeeds();
    let (new, new_pages) = sheet(&otp, "new.pdf", &[]);
    let said = check(&otp, &new_pages).succeeds();
    assert_eq!(told(&said), (new, 2, Vec::new()));
    let said = check(&otp, &old_pages).ends_with(Exit::Partial);
    assert_eq!(told(&said), (old, 1, vec!["newer: Kraken (new)".to_owned()]));
}

#[test]
fn a_page_that_two_sheets_have_is_of_either() {
    let otp = Otp::with(TWO);
    let (old, pages) = sheet(&otp, "old.pdf", &[]);
    // The third account is on a page of its own.
    otp.run(["import", "-", "--yes"]).stdin(THIRD).succeeds();
    sheet(&otp, "new.pdf", &[]);
    let said = otp.run(["sheet", "check", &pages[0]]).ends_with(Exit::Partial);
    assert!(said.stdout.contains("not found  Kraken (new)"), "{said}");
    assert!(said.stderr.contains(&format!("if the paper says {old}, it is the older one of ")), "{said}");
}

#[test]
fn a_sheet_of_one_account_does_not_stand_for_all() {
    let otp = Otp::with(TWO);
    let (all, all_pages) = sheet(&otp, "all.pdf", &[]);
    let (one, one_pages) = sheet(&otp, "one.pdf", &["binance"]);
    assert_eq!(told(&check(&otp, &all_pages).succeeds()), (all, 2, Vec::new()));
    assert_eq!(told(&check(&otp, &one_pages).succeeds()), (one, 1, Vec::new()));
}

#[test]
fn what_is_not_known_here_is_told_once() {
    let otp = Otp::with(TWO);
    let (_, pages) = sheet(&otp, "sheet.pdf", &[]);
    let other = Otp::with(THIRD);
    let pictures: Vec<String> = ["a.png", "b.png"]
        .iter()
        .flat_map(|copy| pages.iter().map(move |page| (copy, page)))
        .map(|(copy, page)| other.file(&format!("{page}-{copy}"), std::fs::read(otp.home().join(page)).unwrap()))
        .collect();
    let said = check(&other, &pictures).ends_with(Exit::NoMatch).json();
    let accounts = said["sheet_check"]["accounts"].as_array().unwrap();
    assert_eq!(accounts.iter().filter(|one| one["result"] == "unknown").count(), 2, "{said}");
}
