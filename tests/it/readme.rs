//! What both READMEs say is what the program does.

use std::collections::BTreeSet;
use std::process::Command;

use otp::error::Exit;
use otp::export::{Encryption, TARGETS, Target};
use otp::import::{FORMATS, Format};
use otp::text::Lang;

use crate::sources;

const BOTH: [(Lang, &str); 2] = [(Lang::English, "README.md"), (Lang::Japanese, "README.ja.md")];

/// The rows of the table between `<!-- name -->` and `<!-- /name -->` in the file at `path`, each as its cells.
fn table(path: &str, name: &str) -> Vec<Vec<String>> {
    let text = sources::file(path).text;
    let (start, end) = (format!("<!-- {name} -->"), format!("<!-- /{name} -->"));
    let inner = text.split_once(&start).and_then(|(_, rest)| rest.split_once(&end));
    assert!(inner.is_some(), "{path} has no table `{name}`");
    let rows = inner.map_or("", |(inner, _)| inner).lines().filter(|line| line.starts_with('|')).skip(2);
    rows.map(|row| row.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect()).collect()
}

/// The command lines in the ```` ```sh ```` blocks of the file at `path`, without their comments.
fn commands(path: &str) -> Vec<String> {
    let text = sources::file(path).text;
    let blocks = text.split("```sh\n").skip(1).filter_map(|rest| rest.split_once("```"));
    let lines = blocks.flat_map(|(block, _)| block.lines());
    let bare = lines.map(|line| line.split_once(" #").map_or(line, |(command, _)| command).trim().to_owned());
    bare.filter(|line| !line.is_empty() && !line.starts_with('#')).collect()
}

#[test]
fn both_languages_have_the_same_commands() {
    assert_eq!(commands("README.md"), commands("README.ja.md"));
}

#[test]
fn the_exit_codes_are_those_of_the_program() {
    for (lang, path) in BOTH {
        let row = |exit: &Exit| vec![exit.code().to_string(), exit.text().say(lang)];
        let expected: Vec<_> = Exit::ALL.iter().map(row).collect();
        assert_eq!(table(path, "exit codes"), expected, "{path}");
    }
}

#[test]
fn the_formats_are_those_that_are_read() {
    for (lang, path) in BOTH {
        let row = |format: &&dyn Format| {
            vec![format!("`{}`", format.id()), format.app().say(lang), format.how_to_export().say(lang)]
        };
        let expected: Vec<_> = FORMATS.iter().map(row).collect();
        write(path, "formats", &expected);
        assert_eq!(table(path, "formats"), expected, "{path}");
    }
}

#[test]
fn the_targets_are_those_that_are_written() {
    for (lang, path) in BOTH {
        let row = |target: &&dyn Target| {
            let encrypted = match (target.encryption(), lang) {
                (Encryption::Never, Lang::English) => "no",
                (Encryption::Optional, Lang::English) => "unless `--plain`",
                (Encryption::Always, Lang::English) => "always",
                (Encryption::Never, Lang::Japanese) => "なし",
                (Encryption::Optional, Lang::Japanese) => "あり（`--plain` でなし）",
                (Encryption::Always, Lang::Japanese) => "常にあり",
            };
            vec![format!("`{}`", target.id()), target.app().say(lang), encrypted.to_owned()]
        };
        let expected: Vec<_> = TARGETS.iter().map(row).collect();
        write(path, "targets", &expected);
        assert_eq!(table(path, "targets"), expected, "{path}");
    }
}

/// Writes the rows of a table anew, where `OTP_WRITE_FIXTURES=1` asks for it.
fn write(path: &str, name: &str, rows: &[Vec<String>]) {
    if std::env::var_os("OTP_WRITE_FIXTURES").is_none_or(|value| value != "1") {
        return;
    }
    let text = sources::file(path).text;
    let (start, end) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
    let (before, rest) = text.split_once(&start).unwrap();
    let (table, after) = rest.split_once(&end).unwrap();
    let head: String = table.split_inclusive('\n').take(2).collect();
    let rows: String = rows.iter().map(|row| format!("| {} |\n", row.join(" | "))).collect();
    let whole = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::write(whole, format!("{before}{start}{head}{rows}{end}{after}")).unwrap();
}

/// The `--options` in `text`.
fn options(text: &str) -> BTreeSet<&str> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-');
    words.filter(|word| word.starts_with("--") && word.len() > 2).collect()
}

#[test]
fn every_command_of_the_readme_is_one_of_the_program() {
    for line in commands("README.md").iter().filter(|line| line.starts_with("otp ")) {
        let mut words = line.split(' ').skip(1);
        let mut arguments = vec![words.next().expect("a command")];
        // These have commands of their own.
        let has = |word: &&str| {
            ["backup", "qr", "vault"].contains(&arguments[0]) || (arguments[0], *word) == ("sheet", "check")
        };
        arguments.extend(words.next().filter(has));
        arguments.extend(["--help", "--lang", "en"]);
        let help = Command::new(env!("CARGO_BIN_EXE_otp")).args(arguments).output().expect("otp runs");
        assert!(help.status.success(), "`{line}`: {}", String::from_utf8_lossy(&help.stderr));
        let help = String::from_utf8(help.stdout).expect("help is text");
        let missing: Vec<_> = options(line).difference(&options(&help)).copied().map(str::to_owned).collect();
        assert!(missing.is_empty(), "`{line}`: no {missing:?}");
    }
}
