//! Terminal manners: names that attack the terminal, pipes, colour, quiet, files, the network.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use otp::error::Exit;

use crate::run::{Otp, Said};

/// Names that strangers may put into a QR code.
const NASTY: &[&str] = &[
    "esc\u{1b}[31mred",
    "osc52\u{1b}]52;c;ZXZpbA==\u{7}",
    "osc8\u{1b}]8;;http://evil.example\u{1b}\\link",
    "csi\u{9b}2J",
    "c1\u{85}\u{90}\u{9d}0;title\u{9c}",
    "bell\u{7}\u{0}\u{8}\u{7f}",
    "cr\roverwritten",
    "tab\there",
    "line\nfeed",
    "bidi\u{202e}gpj.exe\u{2066}\u{2069}\u{200f}",
    "zero\u{200b}width\u{200d}\u{feff}\u{ad}",
    "tag\u{e0041}\u{e007f}",
    "=HYPERLINK(\"http://evil.example\",\"x\")",
    "+1+1",
    "-1",
    "@SUM(1)",
    "\t=1+1",
    "\"quoted\",\"cells\"",
    "<script>alert(1)</script>",
    "{$variable} { braces }",
    "Вinance",
];

/// Everything but letters and digits as `%xx`.
fn percent(name: &str) -> String {
    let plain =
        |byte: u8| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    name.bytes().map(plain).collect()
}

/// A list with each name as issuer and as account, each with a secret of its own.
fn list() -> String {
    let line = |(number, name): (usize, &&str)| {
        let secret: String = format!(
            "MFRGGZDFMZTWQ2{}{}",
            char::from(b'A' + u8::try_from(number / 8).unwrap()),
            ["A", "B", "C", "D", "E", "F", "G", "H"][number % 8]
        );
        format!("otpauth://totp/{name}:n{name}?secret={secret}&issuer={name}\n", name = percent(name))
    };
    NASTY.iter().enumerate().map(line).collect()
}

#[track_caller]
fn is_harmless(what: &str, said: &Said) {
    for (stream, text) in [("stdout", &said.stdout), ("stderr", &said.stderr)] {
        let bad = text.char_indices().find(|(_, symbol)| {
            let control = symbol.is_control() && !matches!(symbol, '\n' | '\t');
            // CSV ends its lines as RFC 4180 says.
            let line_end = *symbol == '\r' && what.contains("--csv");
            (control && !line_end) || matches!(symbol, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{ad}' | '\u{e0000}'..='\u{e007f}')
        });
        if let Some((at, symbol)) = bad {
            let around: String = text[..at].chars().rev().take(40).collect::<String>().chars().rev().collect();
            panic!("{what}, {stream}: U+{:04X} after `{around}`", u32::from(symbol));
        }
    }
}

#[test]
fn no_name_reaches_the_terminal_as_it_came() {
    for lang in ["en", "ja"] {
        let otp = Otp::new();
        let all = |arguments: &[&str]| {
            arguments.iter().chain(&["--lang", lang]).map(|word| (*word).to_owned()).collect::<Vec<_>>()
        };
        let run = |arguments: &[&str], stdin: &str| {
            let arguments = all(arguments);
            let said = otp.run(arguments.iter().map(String::as_str)).stdin(stdin).said();
            is_harmless(&arguments.join(" "), &said);
            said
        };
        assert_eq!(run(&["import", "-", "--dry-run"], &list()).code, 0);
        assert_eq!(run(&["import", "-", "--dry-run", "--json"], &list()).code, 0);
        assert_eq!(run(&["import", "-", "--yes", "--now"], &list()).code, 0);
        run(&["import", "-", "--yes"], &list());
        let bad = list().replace("secret=", "secret=0");
        run(&["import", "-", "--yes"], &bad);
        for arguments in [
            &["list"][..],
            &["list", "--codes"],
            &["list", "--json"],
            &["list", "--codes", "--json"],
            &["list", "--csv"],
            &["list", "--csv", "--codes"],
            &["now"],
            &["trash"],
            &["history"],
            &["history", "--json"],
            &["doctor"],
            &["doctor", "--json"],
        ] {
            run(arguments, "");
        }
        let listed = run(&["list", "--json"], "").json();
        for (name, account) in NASTY.iter().zip(listed["accounts"].as_array().unwrap()) {
            assert_eq!(account["issuer"], name.trim(), "names are exact in JSON");
        }
        for name in ["esc", "osc52", "csi", "c1", "bell", "tab", "bidi", "zero", "HYPERLINK", "script", "variable"] {
            run(&["now", name], "");
            run(&["now", name, "--json"], "");
            run(&["verify", name], "123456");
            run(&["rename", name, "new\u{1b}[31m name"], "");
            run(&["tag", name, "t\u{1b}]0;x\u{7}"], "");
            run(&["note", name, "one\u{1b}[2J\r\ntwo\u{202e}"], "");
            run(&["note", name], "");
            run(&["url", name, "https://evil.example/\u{202e}"], "");
            run(&["url", name], "");
            run(&["edit", name, "--issuer", "i\u{9b}m"], "");
            run(&["remove", name, "--yes"], "");
            run(&["trash", "--delete", name], "");
        }
        for arguments in
            [&["trash"][..], &["trash", "--json"], &["history"], &["list"], &["restore"], &["restore", "esc"]]
        {
            run(arguments, "");
        }
        for query in ["\u{1b}[31m", "\u{9b}2J", "a\nb", "x\u{202e}y", "\u{7f}"] {
            run(&["now", query], "");
            run(&["list", query], "");
            run(&["import", query], "");
            run(&["help", query], "");
            run(&[query], "");
            run(&["list", &format!("--{query}")], "");
            run(&["list", &format!("--lang={query}")], "");
        }
        let picture = otp.picture(
            "nasty.png",
            &format!("otpauth://totp/{0}:x?secret=MFRGGZDFMZTWQ2LK&issuer={0}", percent(NASTY[1])),
        );
        run(&["now", "--qr", &picture], "");
        run(&["now", "--qr", &picture, "--json"], "");
        let file = otp.file("evil\u{1b}]0;x\u{7}.png", "no picture");
        run(&["import", &file], "");
        run(&["import", &file, "x.txt"], "");
        run(&["now", "--qr", &file], "");
    }
}

#[test]
fn no_cell_is_computed() {
    let otp = Otp::with(&list());
    let table = otp.run(["list", "--csv"]).succeeds().stdout;
    for line in table.lines().skip(1) {
        for cell in line.split("\",\"") {
            let start = cell.trim_start_matches('"').chars().next();
            assert!(!start.is_some_and(|start| "=+-@\t\r".contains(start)), "{line}");
        }
    }
    assert!(table.contains("\"'=HYPERLINK(\"\"http://evil.example\"\",\"\"x\"\")\""), "{table}");
    assert!(table.contains("\"\"\"quoted\"\",\"\"cells\"\"\""), "{table}");
}

#[test]
fn look_alike_letters_are_told() {
    let said = Otp::new()
        .run(["import", "-", "--dry-run"])
        .stdin("otpauth://totp/%D0%92inance?secret=MFRGGZDFMZTWQ2LK")
        .succeeds();
    assert!(said.stderr.contains("note: this name mixes look-alike letters of several alphabets"), "{said}");
}

const TWO: &str = "otpauth://totp/Binance:taro?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Binance\n\
    otpauth://totp/Coincheck:jiro?secret=MFRGGZDFMZTWQ2LK&issuer=Coincheck\n";

#[test]
fn quiet_leaves_the_data_alone() {
    let otp = Otp::new();
    otp.run(["import", "-", "--yes", "--quiet"]).stdin(TWO).stdout("").stderr("").succeeds();
    otp.run(["now", "binance", "--at", "1111111109", "-q"]).stdout("081804\n").stderr("").succeeds();
    otp.run(["rename", "binance", "x", "-q"]).stdout("").stderr("").succeeds();
    otp.run(["remove", "binance", "-q", "-y"]).stdout("").stderr("").succeeds();
    // Failures still speak.
    otp.run(["now", "zzz", "-q"])
        .stderr("error: no account matches `zzz`\nhint: run `otp list` to see every account\n")
        .fails_with(Exit::NotFound);
}

#[test]
fn colour_is_for_terminals_that_want_it() {
    let otp = Otp::with(TWO);
    let inside = |variable: &str| {
        // `script` gives the command a terminal.
        let shell = format!("{variable} script -qec \"$OTP now zzz --profile $HOME/profile\" /dev/null");
        otp.shell(&shell).env("TERM", "xterm").said().stdout
    };
    assert!(inside("").contains("\u{1b}["), "the control: a terminal gets colour");
    assert!(!inside("NO_COLOR=1").contains('\u{1b}'));
    assert!(!inside("TERM=dumb").contains('\u{1b}'));
    assert!(!otp.run(["now", "binance"]).succeeds().stdout.contains('\u{1b}'));
    assert!(!otp.run(["now", "zzz"]).said().stderr.contains('\u{1b}'));
}

#[test]
fn a_reader_that_has_enough_is_no_failure() {
    let otp = Otp::with(&list());
    for command in [
        "list --quiet",
        "list --codes --quiet",
        "list --json",
        "history",
        "help exit-codes",
        "help",
        "completions bash",
    ] {
        let shell = format!("{{ \"$OTP\" {command} \"$@\"; echo $? >code; }} | head -c 1 >/dev/null; cat code");
        otp.shell(&shell).stdout("0\n").stderr("").succeeds();
    }
}

#[test]
fn what_was_asked_for_is_done_even_if_nobody_reads() {
    let otp = Otp::new();
    let file = otp.file("list.txt", TWO);
    let shell = format!("{{ sleep 1; \"$OTP\" import --json --yes {file} \"$@\"; echo $? >code; }} | true; cat code");
    otp.shell(&shell).stdout("0\n").succeeds();
    otp.run(["list"]).stdout("Binance    taro\nCoincheck  jiro\n").succeeds();
}

#[test]
fn the_sequence_that_copies_goes_to_the_terminal_alone() {
    let otp = Otp::with(TWO);
    let now = "$OTP now binance --at 1111111109 --copy --osc52 --profile $HOME/profile --vault-passphrase-file $HOME/passphrase";
    let said = otp.shell(&format!("script -qec \"{now} >data 2>talk\" /dev/null; cat data talk >&2")).succeeds();
    // printf 081804 | base64
    assert_eq!(said.stdout, "\u{1b}]52;c;MDgxODA0\u{7}");
    assert_eq!(
        said.stderr,
        "the code of Binance (taro) was sent to your terminal's clipboard, which cannot be cleared from here\n\
         Binance (taro) · 1 s left\n"
    );
}

#[test]
fn no_argument_carries_a_key() {
    let otp = Otp::with(TWO);
    for key in ["secret=JBSWY3DPEHPK3PXP", "(JBSWY3DPEHPK3PXP)", "x/JBSWY3DPEHPK3PXP", "my key: JBSWY3DPEHPK3PXP"] {
        otp.run(["note", "binance", key]).fails_with(Exit::Usage);
    }
    otp.run(["note", "binance"]).stdout("\n").succeeds();
}

#[test]
fn files_are_private_whatever_the_umask() {
    let otp = Otp::bare();
    let passphrase = otp.private("passphrase", b"coral plow ninja marsh");
    let file = otp.file("list.txt", TWO);
    let run = format!(
        "umask 000; for words in 'vault create' 'import {file} --yes' 'remove binance --yes' 'restore' 'now binance'; do \
         \"$OTP\" $words \"$@\" --vault-passphrase-file {} || exit; done",
        passphrase.display()
    );
    otp.shell(&run).succeeds();
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&otp.profile()), 0o700);
    let mut files = 0;
    for entry in fs::read_dir(otp.profile()).unwrap().flatten() {
        assert_eq!(mode(&entry.path()), 0o600, "{}", entry.path().display());
        files += 1;
    }
    assert!(files > 4);
}

#[test]
fn no_command_opens_a_connection() {
    let otp = Otp::new();
    let file = otp.file("list.txt", TWO);
    for command in
        [&format!("import {file} --yes"), "now binance", "list --codes", "doctor", "verify binance", "history"]
    {
        let shell = format!(
            "strace -f -qq -e trace=socket,connect -o trace \"$OTP\" {command} \"$@\" >/dev/null 2>&1; cat trace"
        );
        let trace = otp.shell(&shell).said().stdout;
        assert!(!trace.contains("AF_INET"), "{command}: {trace}");
    }
    let control =
        otp.shell("strace -f -qq -e trace=socket -o trace bash -c 'echo >/dev/tcp/127.0.0.1/9' 2>/dev/null; cat trace");
    assert!(control.said().stdout.contains("AF_INET"), "the control: `strace` sees connections");
}
