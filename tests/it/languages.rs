//! Both languages, in full: no English sentence in Japanese, and every page of help in both.

use std::fs;

use otp::error::Exit;
use otp::text::Lang;

use crate::run::{Otp, PASSPHRASE, Said};

const TWO: &str = "otpauth://totp/Binance:taro?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Binance\n\
    otpauth://totp/Coincheck:jiro?secret=MFRGGZDFMZTWQ2LK&issuer=Coincheck\n";

/// Every command, and each below another.
const COMMANDS: &[&[&str]] = &[
    &["now"],
    &["list"],
    &["import"],
    &["export"],
    &["qr"],
    &["qr", "show"],
    &["sheet"],
    &["sheet", "check"],
    &["verify"],
    &["repair"],
    &["edit"],
    &["rename"],
    &["tag"],
    &["note"],
    &["url"],
    &["remove"],
    &["trash"],
    &["restore"],
    &["history"],
    &["recovery-codes"],
    &["backup"],
    &["backup", "create"],
    &["backup", "check"],
    &["backup", "restore"],
    &["backup", "auto"],
    &["drill"],
    &["vault"],
    &["vault", "create"],
    &["vault", "move"],
    &["vault", "unlock"],
    &["vault", "lock"],
    &["vault", "passphrase"],
    &["doctor"],
    &["rescue"],
    &["open"],
    &["site"],
    &["site", "check"],
    &["completions"],
    &["help"],
];

fn is_japanese(symbol: char) -> bool {
    matches!(symbol, '\u{3040}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}')
}

/// Whether `line` reads like an English sentence: three words in a row in lower case, outside of
/// what stands between backticks.
fn is_english(line: &str) -> bool {
    let bare: String = line.split('`').step_by(2).collect::<Vec<_>>().join(" ");
    let word = |word: &str| word.len() > 1 && word.chars().all(|symbol| symbol.is_ascii_lowercase());
    let words: Vec<_> = bare.split([' ', ',', ':', ';', '.']).filter(|word| !word.is_empty()).collect();
    words.windows(3).any(|three| three.iter().all(|it| word(it)))
}

#[track_caller]
fn is_all_japanese(what: &str, said: &Said) {
    for line in said.stderr.lines() {
        // Candidates are listed by name alone.
        let name = line.starts_with("  ") && !line.contains(": ");
        let titled = line.contains(" · ");
        assert!(name || titled || line.chars().any(is_japanese), "{what}: `{line}`");
    }
    for line in said.stdout.lines().chain(said.stderr.lines()) {
        let usage = line.starts_with("使い方: otp ");
        assert!(usage || !is_english(line), "{what}: `{line}`");
    }
}

#[test]
fn the_heuristic_knows_english() {
    for (line, english) in [
        ("error: no account matches `x`", true),
        ("エラー: `no account matches this` はありません", false),
        ("stored 2 accounts", false),
        ("the vault is locked", true),
        ("Binance  taro", false),
    ] {
        assert_eq!(is_english(line), english, "{line}");
    }
}

#[test]
fn the_language_that_is_set_holds_before_any_command_runs() {
    let otp = Otp::with(TWO);
    std::fs::write(otp.profile().join("config.json"), r#"{"language": "ja"}"#).unwrap();
    for arguments in [&["--help"][..], &["now", "--help"], &["frobnicate"], &["note", "x", "JBSWY3DPEHPK3PXP"]] {
        let said = otp.run(arguments.iter().copied()).said();
        is_all_japanese(&arguments.join(" "), &said);
        let said = otp.run(arguments.iter().copied().chain(["--lang", "en"])).said();
        assert!(!format!("{said}").chars().any(is_japanese), "{said}");
    }
}

#[test]
fn every_page_of_help_is_there_in_both_languages() {
    let otp = Otp::bare();
    for command in COMMANDS {
        let ask = |arguments: Vec<&'static str>, lang: Lang| {
            otp.run(arguments).env("LANG", if lang == Lang::English { "C" } else { "ja_JP.UTF-8" }).succeeds()
        };
        for lang in Lang::ALL {
            let by_topic = ask([&["help"], *command].concat(), lang);
            let by_option = ask([*command, &["--help"]].concat(), lang);
            assert_eq!(by_topic.stdout, by_option.stdout, "{command:?}");
            assert_eq!(by_topic.stderr, "");
            let page = by_topic.stdout;
            let usage = format!("otp {}", command.join(" "));
            assert!(page.contains(&usage), "{command:?}: {page}");
            assert!(!page.contains("help-") && !page.contains("possible values"), "{command:?}: {page}");
            let japanese = page.lines().next().unwrap().chars().any(is_japanese);
            assert_eq!(japanese, lang == Lang::Japanese, "{command:?}: {page}");
            if lang == Lang::Japanese {
                is_all_japanese("help", &Said { code: 0, stdout: page, stderr: String::new() });
            }
        }
    }
    for arguments in [&["help"][..], &["--help"], &["help", "exit-codes"]] {
        let said = otp.run(arguments.iter().copied().chain(["--lang", "ja"])).succeeds();
        is_all_japanese("help", &said);
        assert!(said.stdout.lines().count() > 15);
    }
    let said = Otp::bare().shell("exec \"$OTP\" vault").env("LANG", "ja_JP.UTF-8").ends_with(Exit::Usage);
    assert!(said.stdout.is_empty() && said.stderr.contains("使い方: otp vault"), "{said}");
    otp.run(["--version"]).stdout(concat!("otp ", env!("CARGO_PKG_VERSION"), "\n")).succeeds();
}

#[test]
#[allow(clippy::too_many_lines, reason = "a table of every command")]
fn every_command_speaks_japanese_whether_it_works_or_not() {
    let otp = Otp::new();
    let run = |arguments: &[&str], stdin: &str| {
        let said = otp.run(arguments.iter().copied().chain(["--lang", "ja"])).stdin(stdin).said();
        is_all_japanese(&arguments.join(" "), &said);
        assert_ne!(said.code, 101, "{arguments:?}");
        said
    };
    let wrong = otp.private("wrong", b"not the passphrase\n");
    let open = otp.file("open", PASSPHRASE);
    for arguments in [
        &["now"][..],
        &["list"],
        &["trash"],
        &["restore"],
        &["history"],
        &["doctor"],
        &["verify"],
        &["remove", "x"],
        &["import"],
        &["import", "missing.png"],
        &["frobnicate"],
        &["list", "--frobnicate"],
        &["list", "a", "b"],
        &["remove"],
        &["now", "--at", "never"],
        &["list", "--json", "--csv"],
        &["import", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"],
        &["vault", "create"],
        &["vault", "lock"],
        &["vault", "passphrase", "--new-passphrase-file", "open"],
        &["vault", "passphrase", "--new-passphrase-file", "missing"],
        &["import", "--list-formats"],
        &["export"],
        &["export", "--list-formats"],
        &["export", "--to", "nothing", "-o", "x"],
        &["export", "--to", "aegis"],
        &["export", "--to", "google"],
        &["export", "--to", "google", "-o", "x.gif"],
        &["export", "--to", "age", "--plain", "-o", "x"],
        &["export", "--to", "uri", "--weak", "-o", "x"],
        &["export", "--to", "uri", "-o", "x"],
        &["qr", "show", "x"],
        &["qr", "show", "x", "-o", "x.gif"],
        &["rescue"],
        &["rescue", "--case", "lost"],
        &["rescue", "--case", "keyring"],
        &["rescue", "zzz", "--case", "refused"],
        &["open"],
        &["site", "check", "x y"],
        &["site", "check", "https://example.com"],
    ] {
        run(arguments, "");
    }
    run(&["import", "-"], TWO);
    assert_eq!(run(&["import", "-", "--yes"], TWO).code, 0);
    run(&["import", "-", "--yes"], TWO);
    run(&["import", "-", "--yes"], &TWO.replace("secret=", "secret=7"));
    run(&["import", "-", "--yes"], "hello");
    for bad in [
        "secret=",
        "secret=0",
        "digits=x&secret=MFRGGZDFMZTWQ2LK",
        "secret=AE&digits=0",
        "secret=MFRGGZDFMZTWQ2LK&algorithm=X",
        "secret=MFRGGZDFMZTWQ2LK&secret=AE",
    ] {
        run(&["import", "-", "--yes", "--dry-run"], &format!("otpauth://totp/x?{bad}\notpauth://x/y\n"));
    }
    for key in ["", "A", "0189", "hello!", &"A".repeat(300), "gezd gnbv", "0123456789abcdef0123"] {
        run(&["import", "--key", "--issuer", "x", "--dry-run"], key);
    }
    for arguments in [
        &["list"][..],
        &["list", "--codes"],
        &["list", "zzz"],
        &["now", "binance"],
        &["now", "binace"],
        &["now", "o"],
        &["now", "zzz"],
        &["now"],
        &["export", "--to", "uri", "-o", "list.txt"],
        &["export", "--to", "uri", "-o", "list.txt"],
        &["export", "--to", "aegis", "-o", "list.json"],
        &["export", "--to", "google", "-o", "codes.png"],
        &["export", "zzz", "--to", "google", "-o", "more.png"],
        &["qr", "show", "binance", "-o", "code.svg"],
        &["rename", "binance", "jiro"],
        &["tag", "binance", "x"],
        &["tag", "binance", " "],
        &["url", "binance", "x"],
        &["note", "binance", "x"],
        &["edit", "binance", "--position", "2"],
        &["edit", "binance", "--login", "taro@example.com", "--second", "sms", "--second", "passkey"],
        &["edit", "binance", "--second", " "],
        &["open", "binance"],
        &["url", "binance", "https://www.binance.com"],
        &["list", "--readiness"],
        &["site", "check", "https://binance.com"],
        &["site", "check", "https://b\u{456}nance.com"],
        &["site", "check", "http://binance.net", "binance"],
        &["now", "--for", "https://example.com"],
        &["rescue", "binance", "--case", "replaced"],
        &["rescue", "binance", "--case", "computer"],
        &["rescue", "binance", "--case", "login"],
        &["rescue", "binance", "--case", "phishing", "-o", "steps.txt"],
        &["remove", "binance"],
        &["remove", "binance", "--yes"],
        &["trash"],
        &["trash", "--delete", "binance"],
        &["restore", "binance"],
        &["history"],
        &["doctor"],
        &["vault", "unlock", "--for", "1s"],
        &["vault", "lock"],
        &["vault", "move", "--to", "vault"],
        &["vault", "move", "--to", "keyring"],
    ] {
        run(arguments, "");
    }
    run(&["verify", "binance"], "123456");
    run(&["edit", "binance", "--new-key", "--yes"], "JBSWY3DPEHPK3PXP");
    run(&["now", "binance", "--vault-passphrase-file", wrong.to_str().unwrap()], "");
    run(&["now", "binance", "--vault-passphrase-file", &open], "");
    let index = otp.profile().join("index.json");
    let text = fs::read_to_string(&index).unwrap();
    fs::write(&index, &text[..text.len() / 2]).unwrap();
    run(&["doctor"], "");
    let otp = Otp::bare();
    for arguments in [&["doctor"][..], &["vault", "lock"], &["vault", "unlock"], &["vault", "create"]] {
        let said = otp.run(arguments.iter().copied().chain(["--lang", "ja"])).said();
        is_all_japanese(&arguments.join(" "), &said);
    }
    let said = otp.run(["import", "-", "--yes", "--lang", "ja"]).stdin(TWO).fails_with(Exit::NoKeyring);
    is_all_japanese("no keyring", &said);
}

#[test]
fn the_language_comes_from_option_settings_or_system() {
    let otp = Otp::bare();
    let none = |arguments: &[&str], locale: &str| otp.run(arguments.iter().copied()).env("LANG", locale).said().stderr;
    assert!(none(&["now"], "ja_JP.UTF-8").starts_with("エラー"));
    assert!(none(&["now"], "de_DE.UTF-8").starts_with("error"));
    assert!(none(&["now", "--lang", "en"], "ja_JP.UTF-8").starts_with("error"));
    assert!(none(&["--lang=ja", "frobnicate"], "C").starts_with("エラー"));
    fs::create_dir(otp.profile()).unwrap();
    fs::write(otp.profile().join("config.json"), r#"{"language": "ja"}"#).unwrap();
    assert!(none(&["now"], "C").starts_with("エラー"));
    assert!(none(&["now", "--lang", "en"], "C").starts_with("error"));
}
