//! What both READMEs say is what the program does.

use otp::error::Exit;
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
