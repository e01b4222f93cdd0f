//! The main job: a secret in from what people still have, its code out.

use otp::error::Exit;

use crate::run::{Otp, SECRET, Said, oathtool, png};
use crate::sources;
use crate::transfers::transfer;

/// A moment of RFC 6238 Appendix B, where the code of [`SECRET`] is `081804` with six digits.
pub(crate) const MOMENT: u64 = 1_111_111_109;
pub(crate) const TARO: &str =
    "otpauth://totp/Binance:taro%40example.com?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Binance\n";
pub(crate) const HANAKO: &str = "otpauth://totp/%E3%83%93%E3%83%83%E3%83%88%E3%83%95%E3%83%A9%E3%82%A4%E3%83%A4%E3%83%BC:hanako\
    ?secret=JBSWY3DPEHPK3PXP&issuer=%E3%83%93%E3%83%83%E3%83%88%E3%83%95%E3%83%A9%E3%82%A4%E3%83%A4%E3%83%BC\n";
const JIRO: &str = "otpauth://totp/Coincheck:jiro?secret=MFRGGZDFMZTWQ2LK&issuer=Coincheck\n";

/// What is said of a file once everything in it is stored.
pub(crate) const SAFE: &str =
    "everything in the file is stored; it can be deleted now, because whoever has it has the keys\n";

/// Binance, ビットフライヤー and Coincheck, in this order.
fn three() -> Otp {
    Otp::with(&format!("{TARO}{HANAKO}{JIRO}"))
}

#[test]
fn a_picture_becomes_the_code_that_others_compute() {
    let otp = Otp::new();
    let picture = otp.picture("screenshot.png", TARO.trim());
    otp.run(["import", "--qr", &picture, "--yes"])
        .stdout("")
        .stderr(&format!("new: Binance (taro@example.com)\nstored 1 account\n{SAFE}"))
        .succeeds();
    for at in [MOMENT, 59, 1_795_339_800, 20_000_000_000] {
        let code = format!("{}\n", oathtool(SECRET, at));
        otp.run(["now", "binance", "--at", &at.to_string()]).stdout(&code).succeeds();
    }
    otp.run(["now", "--at", "2005-03-18T01:58:29Z"]).stdout("081804\n").succeeds();
}

#[test]
fn the_next_code_comes_with_the_one_that_is_valid() {
    let otp = Otp::with(TARO);
    otp.run(["now", "--at", "2005-03-18T01:58:29Z", "--next"])
        .stdout(&format!("081804\n{}\n", oathtool(SECRET, MOMENT + 30)))
        .stderr("Binance (taro@example.com) · 1 s left\nthe code after that, valid for 30 s from then on\n")
        .succeeds();
    let answer = otp.run(["now", "--at", "1111111109", "--next", "--json"]).succeeds().json();
    let next = &answer["code"]["next"];
    assert_eq!((&answer["code"]["code"], &next["code"]), (&"081804".into(), &oathtool(SECRET, MOMENT + 30).into()));
    assert_eq!((&next["valid_from"], &next["valid_until"]), (&1_111_111_110.into(), &1_111_111_140.into()));
}

#[test]
fn a_code_straight_from_a_picture_stores_nothing() {
    let otp = Otp::bare();
    let picture = otp.picture("screenshot.png", TARO.trim());
    let code = format!("{}\n", oathtool(SECRET, MOMENT));
    otp.run(["now", "--qr", &picture, "--at", &MOMENT.to_string()])
        .stdout(&code)
        .stderr("Binance (taro@example.com) · 1 s left\n")
        .succeeds();
    assert!(!otp.profile().exists());
    let two = otp.picture("two.png", &transfer(b"1234567890", "taro", 0, 1));
    let said = otp.run(["now", "--qr", &two, "--json"]).succeeds().json();
    assert_eq!(said["code"]["name"], "taro");
    otp.run(["now", "other", "--qr", &two])
        .stderr(
            "error: no account in this picture matches\nhint: leave the name out to use whatever account the picture has\n",
        )
        .fails_with(Exit::NotFound);
    let web = otp.picture("web.png", "https://www.example.com/");
    otp.run(["now", "--qr", &web])
        .stderr(
            "error: this is the address of a web page\n\
             hint: use the QR code that the site shows when you set up an authenticator app\n",
        )
        .fails_with(Exit::BadInput);
}

#[test]
fn a_list_comes_in_by_a_file_or_a_pipe() {
    let otp = Otp::new();
    let file = otp.file("accounts.txt", TARO);
    let receipt = format!("new: Binance (taro@example.com)\nstored 1 account\n{SAFE}");
    otp.run(["import", &file, "--yes"]).stderr(&receipt).succeeds();
    let receipt = "new: ビットフライヤー (hanako)\nstored 1 account\n";
    otp.run(["import", "-", "--yes"]).stdin(HANAKO).stderr(receipt).succeeds();
    otp.run(["import", "--yes"]).stdin(JIRO).stderr("new: Coincheck (jiro)\nstored 1 account\n").succeeds();
    otp.run(["list"])
        .stdout("Binance           taro@example.com\nビットフライヤー  hanako\nCoincheck         jiro\n")
        .stderr(
            "3 accounts are only on this computer. Next: make a recovery sheet with `otp sheet -o sheet.pdf`, and print \
             it\n",
        )
        .succeeds();
    otp.run(["list", "ビット"]).stdout("ビットフライヤー  hanako\n").succeeds();
}

#[test]
fn a_typed_key_may_come_by_a_pipe() {
    let otp = Otp::new();
    let said = otp
        .run(["import", "--key", "--issuer", "Binance", "--name", "taro", "--yes"])
        .stdin("gezd gnbv gy3t qojq gezd gnbv gy3t qojq\n")
        .succeeds();
    let mut lines = said.stderr.lines();
    assert_eq!(lines.next(), Some("the key has 20 bytes (160 bits)"));
    assert!(lines.next().unwrap().ends_with("; compare it with the site or the old phone"), "{said}");
    assert_eq!(lines.collect::<Vec<_>>(), ["new: Binance (taro)", "stored 1 account"]);
    otp.run(["now", "--at", &MOMENT.to_string()]).stdout("081804\n").succeeds();
    otp.run(["import", "--key", "--issuer", "X", "--digits", "8", "--period", "60", "--algorithm", "SHA256", "--yes"])
        .stdin("MFRGGZDFMZTWQ2LK")
        .succeeds();
    let account = &otp.run(["list", "X", "--json"]).succeeds().json()["accounts"][0];
    assert_eq!(
        (&account["digits"], &account["period"], &account["algorithm"]),
        (&8.into(), &60.into(), &"SHA256".into())
    );
}

#[test]
fn a_hexadecimal_key_is_taken_when_its_owner_says_so() {
    let otp = Otp::new();
    let key = "3132333435363738393031323334353637383930";
    otp.run(["import", "--key", "--issuer", "X", "--yes"]).stdin(key).fails_with(Exit::BadInput);
    otp.run(["import", "--key", "--hex", "--issuer", "X", "--yes"]).stdin(key).succeeds();
    otp.run(["now", "--at", &MOMENT.to_string()]).stdout("081804\n").succeeds();
}

#[test]
fn what_is_in_the_trash_still_shows_its_code_when_asked() {
    let otp = three();
    otp.run(["remove", "binance", "--yes"]).succeeds();
    otp.run(["now", "binance"])
        .stderr(
            "error: no account matches `binance`\nhint: it is in the trash: `otp restore` takes it back, `otp trash \
             --codes` shows its code\n",
        )
        .fails_with(Exit::NotFound);
    let code = |said: serde_json::Value| said["accounts"][0]["code"].as_str().map(str::len);
    assert_eq!(code(otp.run(["trash", "--codes", "--json"]).succeeds().json()), Some(6));
    let line = otp.run(["trash", "--codes"]).succeeds().stdout;
    assert!(line.trim_start().starts_with(|c: char| c.is_ascii_digit()) && line.contains("Binance"), "{line}");
}

#[test]
fn the_same_again_changes_nothing() {
    let otp = three();
    let before = std::fs::read(otp.profile().join("index.json")).unwrap();
    let receipt = "already here: Binance (taro@example.com)\nnothing new to store\n";
    otp.run(["import", "-"]).stdin(TARO).stderr(receipt).succeeds();
    assert_eq!(std::fs::read(otp.profile().join("index.json")).unwrap(), before);
    let receipt = "new: a\nstands here twice: a\nstored 1 account\n";
    otp.run(["import", "-", "--yes"])
        .stdin("otpauth://totp/a?secret=MZXW6YTBOJRGC6TQ\notpauth://totp/a?secret=MZXW6YTBOJRGC6TQ\n")
        .stderr(receipt)
        .succeeds();
}

#[test]
fn another_secret_under_the_same_name_is_a_second_account() {
    let otp = Otp::with(TARO);
    let receipt = "new (an account of this name with another secret is here; both are kept): \
        Binance (taro@example.com)\nstored 1 account\n";
    let other = TARO.replace(SECRET, "JBSWY3DPEHPK3PXP");
    otp.run(["import", "-", "--yes"]).stdin(other).stderr(receipt).succeeds();
    let codes = otp.run(["list", "--codes", "--json"]).succeeds().json();
    assert_eq!(codes["accounts"].as_array().unwrap().len(), 2);
    assert_ne!(codes["accounts"][0]["code"], codes["accounts"][1]["code"]);
    otp.run(["now", "binance"])
        .stderr(
            "  Binance (taro@example.com)\n  Binance (taro@example.com)\nerror: `binance` matches 2 accounts\n\
             hint: add a part of the account's name, or use the `id:` shown, as in `otp now id:37ca34`\n",
        )
        .fails_with(Exit::Ambiguous);
}

#[test]
fn what_cannot_be_read_is_listed_by_its_place() {
    let otp = Otp::new();
    let list = format!("{TARO}otpauth://totp/bad?secret=0189\nnot an address\n{JIRO}");
    otp.run(["import", "-", "--yes"])
        .stdin(&list)
        .stderr(
            "new: Binance (taro@example.com)\nnew: Coincheck (jiro)\n\
             skipped, line 2, bad: the key in it has a symbol that no key has\n\
             skipped, line 3: there is no `otpauth://` address in it\n\
             hint: look at the site's set-up page again, or have it issue a new key\nstored 2 accounts\n",
        )
        .fails_with(Exit::Partial);
    let file = otp.file("good.txt", HANAKO);
    otp.run(["import", &file, "/nowhere/bad.txt", "--yes"])
        .stderr(
            "bad.txt: `bad.txt` cannot be used: it does not exist\nnew: ビットフライヤー (hanako)\nstored 1 account\n\
             keep the source: not everything in it is stored, or some of it only in the trash\n",
        )
        .fails_with(Exit::Partial);
    let answer = otp.run(["import", "-", "--json", "--dry-run"]).stdin(&list).ends_with(Exit::Partial).json();
    assert_eq!(answer["receipt"]["accounts"][0]["outcome"], "here");
    assert_eq!(answer["receipt"]["skipped"][0]["place"], "line 2");
}

#[test]
fn a_dry_run_stores_nothing() {
    let otp = Otp::new();
    let before = std::fs::read(otp.profile().join("index.json")).unwrap();
    otp.run(["import", "-", "--dry-run"]).stdin(TARO).stdout("").stderr("new: Binance (taro@example.com)\n").succeeds();
    assert_eq!(std::fs::read(otp.profile().join("index.json")).unwrap(), before);
    otp.run(["list"]).stdout("").succeeds();
}

#[test]
fn a_counter_never_shows_a_code_twice() {
    // The codes of RFC 4226 Appendix D.
    let otp = Otp::with("otpauth://hotp/RFC:4226?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&counter=0\n");
    for code in ["755224", "287082", "359152"] {
        otp.run(["now", "rfc"]).stdout(&format!("{code}\n")).succeeds();
        otp.run(["list", "--codes"]).stdout("    counter       RFC  4226\n").succeeds();
        let listed = otp.run(["list", "--codes", "--json"]).succeeds().json();
        assert!(listed["accounts"][0]["code"].is_null(), "{listed}");
    }
    // The code of counter 5, two ahead; from then on the next one is 6.
    otp.run(["verify"]).stdin("254676").stdout("the code is 2 steps ahead of the stored counter\n").succeeds();
    // The counter has moved past it.
    let said = otp.run(["verify", "--json"]).stdin("254676").ends_with(Exit::NoMatch);
    let expected = serde_json::json!({
        "outcome": "no-match", "seconds": null, "steps": null, "clock": null,
        "text": "the code does not belong to this account",
    });
    assert_eq!(said.json()["verdict"], expected);
    otp.run(["now", "rfc"]).stdout("287922\n").succeeds();
    let picture =
        otp.picture("counter.png", "otpauth://hotp/RFC:4226?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&counter=0");
    otp.run(["now", "--qr", &picture]).stdout("755224\n").succeeds();
}

#[test]
fn a_counter_is_used_up_by_nothing_but_its_code() {
    // The codes of RFC 4226 Appendix D.
    let otp = Otp::with("otpauth://hotp/RFC:4226?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&counter=1\n");
    let picture =
        otp.picture("counter.png", "otpauth://hotp/RFC:4226?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&counter=0");
    let next = "error: the next code of a counter is not shown before this one is used\n\
        hint: leave `--next` out; each call gives the next code\n";
    otp.run(["now", "rfc", "--next"]).stderr(next).fails_with(Exit::Usage);
    otp.run(["now", "--qr", &picture, "--next"]).fails_with(Exit::Usage);
    let watch = "error: codes from a counter do not change by themselves\nhint: leave `--watch` out\n";
    otp.run(["now", "rfc", "--watch"]).stderr(watch).fails_with(Exit::Usage);
    otp.run(["now", "rfc", "--wait"]).stdout("287082\n").succeeds();
    otp.run(["now", "rfc"]).stdout("359152\n").succeeds();
}

#[test]
fn the_last_counter_is_not_used_for_ever() {
    let last = u64::MAX;
    let otp = Otp::with(&format!(
        "otpauth://hotp/last?secret={SECRET}&counter={}\notpauth://hotp/end?secret=JBSWY3DPEHPK3PXP&counter={last}\n",
        last - 1
    ));
    let end = "error: the counter of this account has reached its end, so it gives no more codes\n\
        hint: at the site, switch two-factor off and on again, and import the new QR code\n";
    otp.run(["now", "last"]).succeeds();
    for name in ["last", "last", "end"] {
        otp.run(["now", name]).stderr(end).fails_with(Exit::BadInput);
    }
}

#[test]
fn waiting_ends_with_the_code_it_waits_for() {
    for (period, wait) in [(1, "--wait"), (3, "--wait"), (2, "--wait=45")] {
        let otp = Otp::with(&format!("otpauth://totp/short?secret={SECRET}&period={period}\n"));
        let shell = format!("timeout 20 \"$OTP\" now short {wait} \"$@\"");
        assert_eq!(otp.shell(&shell).succeeds().stdout.trim().len(), 6);
    }
    // A name after `--wait` is a name.
    Otp::with(TARO).run(["now", "--wait=1", "binance"]).succeeds();
    let long = Otp::with(&format!("otpauth://totp/long?secret={SECRET}&period=86400\n"));
    long.run(["now", "--wait", "long"]).succeeds();
}

#[test]
fn the_accounts_of_a_picture_are_found_like_all_others() {
    let otp = Otp::bare();
    let hanako = otp.picture("hanako.png", HANAKO.trim());
    let code = format!("{}\n", oathtool("JBSWY3DPEHPK3PXP", MOMENT));
    for query in ["ﾋﾞｯﾄ", "びっと", "ＨＡＮＡＫＯ", "hanoko"] {
        otp.run(["now", query, "--qr", &hanako, "--at", &MOMENT.to_string()]).stdout(&code).succeeds();
    }
    let answer = otp.run(["now", "--qr", &hanako, "--json"]).succeeds().json();
    let stored = Otp::with(HANAKO).run(["now", "--json"]).succeeds().json();
    assert_eq!(Said::fields(&answer["code"]), Said::fields(&stored["code"]));
    for field in ["issuer", "name", "kind", "algorithm", "digits", "period", "counter", "tags", "note", "trashed"] {
        assert_eq!(answer["code"][field], stored["code"][field], "{field}");
    }
    let two = otp.file("two.txt", format!("{TARO}{HANAKO}"));
    otp.run(["now", "--qr", &two])
        .stderr(
            "  Binance (taro@example.com)\n  ビットフライヤー (hanako)\nerror: there are 2 accounts in this picture\n\
             hint: add a part of the account's name, as in `otp now --qr PICTURE NAME`\n",
        )
        .fails_with(Exit::Ambiguous);
}

#[test]
fn json_is_one_object_with_the_codes_and_the_hints() {
    let otp = Otp::new();
    let web = "https://www.example.com/\n";
    let list = format!("{TARO}{web}{web}");
    let said = otp.run(["import", "-", "--json", "--now", "--yes"]).stdin(&list).ends_with(Exit::Partial);
    let receipt = &said.json()["receipt"];
    assert_eq!(receipt["accounts"][0]["outcome"], "new");
    assert_eq!((&receipt["codes"][0]["name"], &receipt["codes"][0]["digits"]), (&"taro@example.com".into(), &6.into()));
    assert_eq!(receipt["codes"][0]["code"].as_str().map(str::len), Some(6));
    let hint = "use the QR code that the site shows when you set up an authenticator app";
    assert_eq!(receipt["skipped"][0]["hint"], hint);
    // For people, what helps twice is said once.
    let said = otp.run(["import", "-"]).stdin(&list).fails_with(Exit::Partial);
    assert_eq!(said.stderr.matches(hint).count(), 1, "{said}");
    assert_eq!(said.stderr.matches("this is the address of a web page\n").count(), 2, "{said}");
}

#[test]
fn a_query_finds_one_account_or_names_the_candidates() {
    let otp = three();
    let at = MOMENT.to_string();
    let hanako = format!("{}\n", oathtool("JBSWY3DPEHPK3PXP", MOMENT));
    for query in ["びっと", "ビット", "ﾋﾞｯﾄ", "hanako", "ＨＡＮＡＫＯ", "ビットフライヤー (hanako)"]
    {
        let said = otp.run(["now", query, "--at", &at]).stdout(&hanako).succeeds();
        assert_eq!(said.stderr, "ビットフライヤー (hanako) · 1 s left\n", "{query}");
    }
    otp.run(["now", "Ｂｉｎａｎｃｅ", "--at", &at]).stdout("081804\n").succeeds();
    otp.run(["now", "binace", "--at", &at])
        .stdout("081804\n")
        .stderr(
            "no account is called `binace`; using Binance (taro@example.com)\nBinance (taro@example.com) · 1 s left\n",
        )
        .succeeds();
    let hint = "hint: add a part of the account's name, or use the `id:` shown, as in `otp now id:37ca34`\n";
    let all = "  Binance (taro@example.com)\n  ビットフライヤー (hanako)\n  Coincheck (jiro)\n";
    otp.run(["now"]).stderr(&format!("{all}error: there are 3 accounts\n{hint}")).fails_with(Exit::Ambiguous);
    otp.run(["now", "o"])
        .stderr(&format!("  Binance (taro@example.com)\n  ビットフライヤー (hanako)\n  Coincheck (jiro)\nerror: `o` matches 3 accounts\n{hint}"))
        .fails_with(Exit::Ambiguous);
    let none = "error: no account matches `kraken`\nhint: run `otp list` to see every account\n";
    otp.run(["now", "kraken"]).stderr(none).fails_with(Exit::NotFound);
    otp.run(["list", "kraken"]).stderr(none).fails_with(Exit::NotFound);
    Otp::with(TARO).run(["now", "--at", &at]).stdout("081804\n").succeeds();
}

#[test]
fn a_code_is_verified_and_with_it_the_clock() {
    let otp = Otp::with(TARO);
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    let spaced = |at| {
        let code = oathtool(SECRET, at);
        format!("{} {}\n", &code[..3], &code[3..])
    };
    let said = otp.run(["verify", "binance"]).stdin(spaced(now)).succeeds();
    // A slow machine may be in the next period by now.
    let right = [
        "the code is right\n",
        "the code is the one of 30 s ago: it was typed late, or this computer's clock is fast\n",
    ];
    assert!(right.contains(&said.stdout.as_str()), "{said}");
    let said = otp.run(["verify", "binance"]).stdin(spaced(now + 600)).succeeds();
    assert!(said.stdout.ends_with("s from now: this computer's clock is slow\n"), "{said}");
    let said = otp.run(["verify", "binance"]).stdin(spaced(now - 600)).succeeds();
    assert!(said.stdout.ends_with("s ago: it was typed late, or this computer's clock is fast\n"), "{said}");
    for typed in ["12345", "not a code", "1234567"] {
        otp.run(["verify"]).stdin(typed).stdout("the code does not belong to this account\n").fails_with(Exit::NoMatch);
    }
    for typed in ["", " \n"] {
        otp.run(["verify"])
            .stdin(typed)
            .stderr("error: no code was given\nhint: give the code that the site or the other app shows\n")
            .fails_with(Exit::BadInput);
    }
    let said = otp.run(["verify", "binance", "123456"]).fails_with(Exit::Usage);
    assert!(said.stderr.contains("asks for the code itself"), "{said}");
}

#[test]
fn an_answer_has_the_fields_that_the_readme_names() {
    let otp = Otp::with(TARO);
    let account = [
        "id",
        "issuer",
        "name",
        "kind",
        "algorithm",
        "digits",
        "period",
        "counter",
        "tags",
        "note",
        "url",
        "added",
        "trashed",
    ];
    let code = ["code", "valid_from", "valid_until", "seconds_left", "clock_correction"];
    let answer = otp.run(["list", "--json"]).succeeds().json();
    assert_eq!(Said::fields(&answer["accounts"][0]), account.into());
    let answer = otp.run(["list", "--codes", "--json"]).succeeds().json();
    assert_eq!(Said::fields(&answer["accounts"][0]), account.into_iter().chain(code).collect());
    let answer = otp.run(["now", "--at", &MOMENT.to_string(), "--json"]).succeeds().json();
    let answer = &answer["code"];
    assert_eq!(Said::fields(answer), account.into_iter().chain(code).collect());
    assert_eq!((&answer["code"], &answer["digits"]), (&"081804".into(), &6.into()));
    assert_eq!((&answer["valid_from"], &answer["valid_until"]), (&1_111_111_080.into(), &1_111_111_110.into()));
    assert_eq!(answer["seconds_left"], 1);
    for name in ["README.md", "README.ja.md"] {
        let readme = sources::file(name).text;
        let missing: Vec<_> =
            account.into_iter().chain(code).filter(|field| !readme.contains(&format!("`{field}`"))).collect();
        assert!(missing.is_empty(), "{name} does not name {missing:?}");
    }
}

#[test]
fn a_spreadsheet_gets_every_account() {
    let otp = three();
    otp.run(["list", "--csv"])
        .stdout(
            "issuer,name,kind,tags,note,url,code\r\n\"Binance\",\"taro@example.com\",\"totp\",\"\",\"\",\"\",\"\"\r\n\
             \"ビットフライヤー\",\"hanako\",\"totp\",\"\",\"\",\"\",\"\"\r\n\"Coincheck\",\"jiro\",\"totp\",\"\",\"\",\"\",\"\"\r\n",
        )
        .succeeds();
}

#[test]
fn codes_are_listed_with_their_accounts() {
    let otp = three();
    let said = otp.run(["list", "--codes"]).succeeds();
    let lines: Vec<_> = said.stdout.lines().collect();
    assert_eq!(lines.len(), 3);
    assert!(lines[0].ends_with("s  Binance           taro@example.com"), "{said}");
    assert!(
        lines[0].trim_start().as_bytes()[..7].iter().enumerate().all(|(at, c)| if at == 3 {
            *c == b' '
        } else {
            c.is_ascii_digit()
        }),
        "{said}"
    );
    let said = otp
        .run(["import", "-", "--yes", "--now", "--tag", "new"])
        .stdin("otpauth://totp/late?secret=MZXW6YTBOJRGC6TQ")
        .succeeds();
    assert_eq!(said.stdout.trim().len(), 6, "{said}");
    otp.run(["list", "new"]).stdout("  late  #new\n").succeeds();
}

#[test]
fn the_picture_of_a_transfer_and_a_photo_in_one_call() {
    let otp = Otp::new();
    let one = otp.file("one.png", png(TARO.trim()));
    let two = otp.file("two.png", png(&transfer(b"0123456789", "taro", 0, 1)));
    otp.run(["import", &one, &two, "--yes"])
        .stderr(
            "new: Binance (taro@example.com)\nnew: Binance (taro)\nstored 2 accounts\neverything in the 2 files is \
             stored; they can be deleted now, because whoever has them has the keys\n",
        )
        .succeeds();
}
