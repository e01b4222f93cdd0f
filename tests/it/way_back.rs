//! The ways back: what is known of them, what to do next, and what to do when it has happened.

use otp::error::Exit;
use otp::text::Lang;
use serde_json::{Value, json};

use crate::prompts::{ends_with, on_a_terminal};
use crate::run::{Otp, SECRET, oathtool};

const TWO: &str = "otpauth://totp/Binance:taro?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Binance\n\
    otpauth://totp/Coincheck:jiro?secret=MFRGGZDFMZTWQ2LK&issuer=Coincheck\n";
const ALONE: &str =
    "2 accounts are only on this computer. Next: make a recovery sheet with `otp sheet -o sheet.pdf`, and print it\n";

/// The steps of `otp doctor`.
fn steps(otp: &Otp) -> Vec<String> {
    let checks = otp.run(["doctor", "--json"]).said().json()["checks"].clone();
    let readiness = checks.as_array().unwrap().iter().filter(|check| check["id"] == "readiness");
    readiness.map(|check| check["text"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn what_is_missing_is_told_the_most_valuable_first() {
    let otp = Otp::with(TWO);
    assert_eq!(
        steps(&otp),
        [
            "readiness of 2 accounts: 0 with a way back that was tried, 0 not tried yet, 2 only on this computer",
            "2 accounts are only on this computer",
            "no recovery copies are written",
            "2 accounts have no second way in",
            "the login e-mail of 2 accounts is not noted",
            "the official address of 2 accounts is not noted",
        ]
    );
    otp.run(["edit", "binance", "--login", "taro@example.com", "--second", "SMS", "--second", "safe at the bank"])
        .stderr("changed: Binance (taro)\n")
        .succeeds();
    otp.run(["url", "binance", "https://www.binance.com"]).succeeds();
    assert_eq!(
        steps(&otp)[3..],
        [
            "1 account has no second way in",
            "the login e-mail of 1 account is not noted",
            "the official address of 1 account is not noted",
        ]
    );
    let shown = "XX Binance (taro)\n     there: SMS, safe at the bank, login e-mail, official address\n     \
        missing: key on paper, paper tried, recovery copies, copy tried, recovery codes\n";
    otp.run(["list", "binance", "--readiness"]).stdout(shown).stderr(ALONE).succeeds();
    let account = &otp.run(["list", "binance", "--readiness", "--json"]).stderr("").succeeds().json()["accounts"][0];
    let expected = json!({
        "level": "bad", "printed": null, "paper_proved": null, "copied": false, "copy_proved": null,
        "recovery_codes": null, "second": ["sms", "safe at the bank"], "login": "taro@example.com",
        "address": "https://www.binance.com",
    });
    assert_eq!(account["readiness"], expected);
    otp.run(["edit", "binance", "--no-second", "--login", ""]).succeeds();
    let account = &otp.run(["list", "binance", "--readiness", "--json"]).succeeds().json()["accounts"][0];
    assert_eq!((&account["readiness"]["second"], &account["readiness"]["login"]), (&json!([]), &json!("")));
    let said = otp.run(["history", "binance"]).succeeds().stdout;
    for line in ["second way in: nothing → sms, safe at the bank\n", "login e-mail: taro@example.com → nothing\n"] {
        assert!(said.contains(line), "{said}");
    }
    otp.run(["edit", "binance", "--second", " "])
        .stderr("error: a second way in has 1 to 64 characters\nhint: choose a shorter name\n")
        .fails_with(Exit::BadInput);
}

#[test]
fn the_list_says_one_line_and_no_more() {
    let otp = Otp::with(TWO);
    otp.run(["list"]).stdout("Binance    taro\nCoincheck  jiro\n").stderr(ALONE).succeeds();
    otp.run(["list", "--quiet"]).stderr("").succeeds();
    for option in ["--json", "--csv"] {
        otp.run(["list", option]).stderr("").succeeds();
    }
    let said = otp.run(["list", "--lang", "ja"]).succeeds().stderr;
    assert_eq!(said.lines().count(), 1);
    assert!(said.starts_with("2 件のアカウントは、このパソコンにしかありません。次にすること: "), "{said}");
}

#[test]
fn an_address_is_the_official_one_or_not() {
    let otp = Otp::with(TWO);
    let real_time =
        "A code typed into a fake page is stolen at once: thieves sign in with it while it is still valid.\n";
    let unknown = "error: no official address is noted, so there is nothing to compare with\n\
        hint: note it once, from your bookmark or a letter of the site: `otp url QUERY https://…`\n";
    otp.run(["site", "check", "binance.com"]).stderr(&format!("{real_time}{unknown}")).fails_with(Exit::NotFound);
    otp.run(["url", "binance", "https://www.binance.com/ja"]).succeeds();
    otp.run(["url", "coincheck", "https://coincheck.com"]).succeeds();
    otp.run(["site", "check", "https://accounts.binance.com/login?return=/"])
        .stdout("yes, binance.com is the official site of Binance (taro)\n")
        .stderr("")
        .succeeds();
    otp.run(["site", "check", "https://accounts.binance.com/", "coincheck"]).fails_with(Exit::NoMatch);
    let http = otp.run(["site", "check", "http://binance.com"]).succeeds();
    assert!(http.stderr.starts_with("the address begins with `http://`"), "{http}");
    let close = "hint: type nothing there and close the page; `otp open` goes to the official one\n";
    for (address, domain, trick) in [
        ("https://binance.com.evil.net", "evil.net", "the name stands in front, where anybody can write it"),
        ("https://binance-login.com", "binance-login.com", "something was added to the name"),
        ("https://b1nance.com", "b1nance.com", "it has letters or digits that only look the same"),
        ("https://binance.net", "binance.net", "the ending is another"),
        ("https://binanse.com", "binanse.com", "the name differs by a slip"),
    ] {
        let error = format!("{real_time}error: {domain} only looks like binance.com: {trick}\n{close}");
        otp.run(["site", "check", address]).stderr(&error).fails_with(Exit::LookAlike);
    }
    let said = otp.run(["site", "check", "https://xn--bnance-pvf.com"]).fails_with(Exit::LookAlike);
    assert!(said.stderr.contains("U+0456"), "{said}");
    otp.run(["site", "check", "https://example.com"]).fails_with(Exit::NoMatch);
    otp.run(["site", "check", "taro@example.com"]).fails_with(Exit::BadInput);
    otp.run(["site", "check", "otpauth://totp/x?secret=MFRGGZDFMZTWQ2LK"]).fails_with(Exit::Usage);
    let verdict = |address: &str| otp.run(["site", "check", address, "--json"]).said().json()["site"].clone();
    assert_eq!(verdict("binance.com")["verdict"], "yes");
    assert_eq!(
        verdict("example.com"),
        json!({"domain": "example.com", "encrypted": true, "verdict": "no", "accounts": []})
    );
    let alike = verdict("http://binance.net");
    assert_eq!((&alike["verdict"], &alike["accounts"][0]["trick"]), (&json!("look-alike"), &json!("ending")));
}

#[test]
fn a_code_is_given_for_the_official_site_alone() {
    let otp = Otp::with(TWO);
    otp.run(["now", "binance", "--for", "https://binance.com"]).fails_with(Exit::NotFound);
    otp.run(["url", "binance", "https://www.binance.com"]).succeeds();
    let at = ["--at", "1111111109"];
    let run = |arguments: &[&'static str]| otp.run(arguments.iter().copied().chain(at));
    run(&["now", "--for", "https://accounts.binance.com/login"]).stdout("081804\n").succeeds();
    run(&["now", "binance", "--for", "binance.com"]).stdout("081804\n").succeeds();
    run(&["now", "coincheck", "--for", "https://binance.com"]).fails_with(Exit::NotFound);
    run(&["now", "--for", "https://binance.com.evil.net"]).fails_with(Exit::LookAlike);
    run(&["now", "binance", "--for", "https://example.com"]).fails_with(Exit::NoMatch);
}

#[test]
fn a_counter_is_not_used_up_for_a_foreign_site() {
    let otp =
        Otp::with("otpauth://hotp/Binance:taro?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Binance&counter=0\n");
    otp.run(["url", "binance", "https://www.binance.com"]).succeeds();
    otp.run(["now", "binance", "--for", "https://binance.net"]).fails_with(Exit::LookAlike);
    // RFC 4226, appendix D.
    otp.run(["now", "binance", "--for", "https://binance.com"]).stdout("755224\n").succeeds();
}

#[test]
fn the_browser_opens_the_noted_address_and_nothing_else() {
    let otp = Otp::with(TWO);
    otp.run(["open", "binance"])
        .stderr(
            "error: no official address is noted for Binance (taro)\n\
             hint: note it once, from your bookmark or a letter of the site: `otp url QUERY https://…`\n",
        )
        .fails_with(Exit::NotFound);
    otp.run(["url", "binance", "https://www.binance.com/ja"]).succeeds();
    let bin = otp.home().join("bin");
    std::fs::create_dir(&bin).unwrap();
    let program = bin.join("xdg-open");
    std::fs::write(&program, "#!/bin/sh\n{ printf '%s\\n' \"$@\"; env; } >\"$HOME/opened\"\n").unwrap();
    std::fs::set_permissions(&program, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap());
    // There is no clipboard here, which is said once the page is open.
    let said = otp.run(["open", "binance"]).env("PATH", &path).env("MY_SECRET", "hush").ends_with(Exit::NoClipboard);
    assert!(said.stderr.starts_with("the browser opens binance.com\n"), "{said}");
    let opened = std::fs::read_to_string(otp.home().join("opened")).unwrap();
    assert!(opened.starts_with("https://www.binance.com/ja\n"), "{opened}");
    assert!(opened.contains("\nHOME=") && !opened.contains("hush"), "{opened}");
    std::fs::write(&program, "#!/bin/sh\nexit 3\n").unwrap();
    let said = otp.run(["open", "binance"]).env("PATH", &path).fails_with(Exit::NoBrowser);
    assert!(said.stderr.contains("`xdg-open` is missing or failed"), "{said}");
}

#[test]
fn the_steps_of_every_case_are_there_in_both_languages_without_a_single_account() {
    for case in ["lost", "replaced", "refused", "keyring", "computer", "login", "phishing"] {
        for lang in Lang::ALL {
            let arguments = ["rescue", "--case", case, "--lang", lang.code()];
            let page = Otp::bare().run(arguments).stderr("").succeeds().stdout;
            assert!(page.contains("\n 1. ") && page.contains("\n 6. "), "{page}");
            assert!(page.lines().all(|line| otp::present::columns(line) <= 78), "{page}");
            assert!(!page.contains("rescue-") && !page.contains('{'), "{page}");
        }
    }
    let said = Otp::bare().run(["rescue"]).fails_with(Exit::Cancelled);
    assert!(said.stderr.contains("`--case`: `lost`, `replaced`"), "{said}");
    Otp::bare().run(["rescue", "--case", "nothing"]).fails_with(Exit::Usage);
}

#[test]
fn two_enrolments_of_an_account_are_told_apart_in_the_steps() {
    let twins = TWO.replace("Coincheck", "Binance").replace("jiro", "taro");
    let otp = Otp::with(&twins);
    let accounts = otp.run(["list", "--json"]).succeeds().json()["accounts"].clone();
    let query = format!("id:{}", &accounts[1]["id"].as_str().unwrap()[..6]);
    let said = otp.run(["rescue", &query, "--case", "lost"]).succeeds();
    assert!(said.stdout.contains(&format!("`otp now {query}` shows the code")), "{said}");
    otp.run(["now", &query]).succeeds();
}

#[test]
fn the_steps_use_what_is_known_of_the_account() {
    let otp = Otp::with(TWO);
    let page =
        |case: &'static str| otp.run(["rescue", "binance", "--case", case]).succeeds().stdout.replace("\n    ", " ");
    let lost = page("lost");
    assert!(lost.starts_with("The phone with the codes is lost, stolen or broken: Binance (taro)\n"), "{lost}");
    assert!(
        lost.contains("`otp now Binance` shows the code") && lost.contains("`otp edit Binance --new-key`"),
        "{lost}"
    );
    assert!(page("refused").contains("with which e-mail address (the one you signed up with)"));
    otp.run(["edit", "binance", "--login", "taro@example.com", "--second", "sms"]).succeeds();
    otp.run(["url", "binance", "https://www.binance.com"]).succeeds();
    let refused = page("refused");
    assert!(refused.contains("You noted another way in: SMS."), "{refused}");
    assert!(refused.contains("from the help page of https://www.binance.com"), "{refused}");
    assert!(refused.contains("with which e-mail address (taro@example.com)"), "{refused}");
    assert!(page("phishing").contains("`otp open Binance` opens it"));
    assert!(page("login").contains("You noted the login: taro@example.com."));
    let said = otp.run(["rescue", "zzz", "--case", "lost"]).succeeds();
    assert!(said.stderr.starts_with("no account matches `zzz`, so these are the steps for any account"), "{said}");
    let data = otp.run(["rescue", "binance", "--case", "lost", "--json"]).succeeds().json()["rescue"].clone();
    assert_eq!(data["case"], "lost");
    assert!(data["account"].is_string() && data["steps"].as_array().unwrap().iter().all(Value::is_string));
    otp.run(["rescue", "binance", "--case", "lost", "-o", "steps.txt"]).stderr("written to `steps.txt`\n").succeeds();
    let written = std::fs::read_to_string(otp.home().join("steps.txt")).unwrap();
    assert!(written.starts_with("The phone with the codes") && !written.contains(SECRET));
    otp.run(["rescue", "binance", "--case", "lost", "-o", "steps.txt"]).fails_with(Exit::Disk);
}

#[test]
fn somebody_in_need_is_helped_without_keyring_and_list() {
    let otp = Otp::with(TWO).without_passphrase();
    otp.run(["rescue", "binance", "--case", "keyring"]).stderr("").succeeds();
    let newer = "{\"sum\":\"00000000000000000000000000000000\",\"min_reader\":9}\n";
    for entry in std::fs::read_dir(otp.profile()).unwrap().flatten() {
        if entry.file_name().to_string_lossy().starts_with("index.json") {
            std::fs::write(entry.path(), newer).unwrap();
        }
    }
    let said = otp.run(["rescue", "binance", "--case", "lost"]).succeeds();
    assert!(said.stdout.contains(" 1. "), "{said}");
    let shown = on_a_terminal(&Otp::bare(), "rescue", "answer {what has happened (number)?} {3}");
    ends_with(&shown, Exit::Done);
    assert!(
        shown.contains("  3  The site refuses my codes\n") && shown.contains(" 1. Stop after three tries"),
        "{shown}"
    );
}

/// A second enrolment of Binance beside the first.
fn twice() -> Otp {
    let otp = Otp::with(TWO);
    otp.run(["import", "-", "--yes"])
        .stdin("otpauth://totp/Binance:taro?secret=JBSWY3DPEHPK3PXP&issuer=Binance\n")
        .succeeds();
    otp
}

fn code(secret: &str) -> String {
    oathtool(secret, otp::clock::UnixTime::now().0)
}

#[test]
fn one_accepted_code_tells_two_enrolments_apart() {
    let otp = twice();
    let said = otp.run(["verify", "binance"]).stdin(code("JBSWY3DPEHPK3PXP")).succeeds();
    assert!(said.stdout.starts_with("Binance (taro), here since 20"), "{said}");
    assert_eq!((said.stdout.lines().count(), said.stderr.lines().count()), (1, 1), "{said}");
    assert!(said.stderr.starts_with("another key: Binance (taro), here since 20"), "{said}");
    otp.run(["verify", "binance"])
        .stdin("000")
        .stdout("the code belongs to none of the 2 accounts\n")
        .ends_with(Exit::NoMatch);
    let answer = format!("answer {{have this name):}} {{{}}}\nanswer {{Enter = leave it:}} {{t}}", code(SECRET));
    let shown = on_a_terminal(&otp, "verify binance", &answer);
    ends_with(&shown, Exit::Done);
    assert!(shown.contains("is in the trash for 30 days"), "{shown}");
    otp.run(["now", "binance", "--at", "1111111109"]).stdout("081804\n").succeeds();
    let said = otp.run(["verify", "binance"]).stdin(code("JBSWY3DPEHPK3PXP")).ends_with(Exit::NoMatch);
    assert!(said.stderr.starts_with("it belongs to a key in the trash: Binance (taro)"), "{said}");
    otp.run(["restore", "binance"]).succeeds();
    let answer = format!(
        "answer {{have this name):}} {{{}}}\nanswer {{Enter = leave it:}} {{r}}\nanswer {{such as “old”:}} {{old}}",
        code(SECRET)
    );
    ends_with(&on_a_terminal(&otp, "verify binance", &answer), Exit::Done);
    otp.run(["list", "old"]).stdout("Binance  old\n").succeeds();
}
