//! Rules of the house that no compiler knows.

use std::collections::BTreeSet;

use otp::text::{Lang, Text};

use crate::sources::{self, Source};

/// No file grows past this.
const MOST_LINES: usize = 500;

/// What the programs and the library are made of.
fn code() -> Vec<Source> {
    sources::files("src", "rs")
}

fn refuse(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn no_file_is_too_long_to_read() {
    let all = ["src", "tests", "benches"].map(|folder| sources::files(folder, "rs"));
    let long = all.iter().flatten().map(|source| (source, source.text.lines().count()));
    let long = long.filter(|(_, lines)| *lines > MOST_LINES);
    refuse(&long.map(|(source, lines)| format!("{}: {lines} lines", source.path)).collect::<Vec<_>>());
}

#[test]
fn above_every_exposed_secret_stands_why() {
    let mut faults = Vec::new();
    for source in code() {
        let all: Vec<_> = source.text.lines().collect();
        for (number, line) in source.code().lines().enumerate() {
            // A reason covers the statement below it, which may be a few lines long.
            let reason = all[number.saturating_sub(6)..=number].iter().any(|line| line.contains("// EXPOSE: "));
            if line.contains(".expose()") && !reason {
                faults.push(format!("{}:{}: no `// EXPOSE: why` above it", source.path, number + 1));
            }
        }
    }
    refuse(&faults);
}

#[test]
fn nothing_is_shown_in_the_form_for_programmers() {
    let mut faults = Vec::new();
    for source in code() {
        for (number, line) in source.code().lines().enumerate() {
            if line.contains(":?}") || line.contains(":#?}") {
                faults.push(format!("{}:{}: `{{:?}}` may show what must stay inside", source.path, number + 1));
            }
        }
    }
    refuse(&faults);
}

/// The string literals that follow each `before` in `code`, across line breaks.
fn literals_after<'a>(code: &'a str, before: &'a str) -> impl Iterator<Item = &'a str> {
    code.split(before).skip(1).filter_map(|rest| Some(rest.trim_start().strip_prefix('"')?.split_once('"')?.0))
}

/// The ids of all messages in the locale files of `lang`.
fn messages(lang: Lang) -> BTreeSet<String> {
    let files = sources::files(&format!("locales/{}", lang.code()), "ftl");
    let lines = files.iter().flat_map(|file| file.text.lines());
    let starts = lines.filter(|line| !line.starts_with([' ', '#', '-', '}']));
    starts.filter_map(|line| line.split_once(" =")).map(|(id, _)| id.to_owned()).collect()
}

#[test]
fn every_message_that_is_said_exists_in_both_languages() {
    let mut faults = Vec::new();
    for source in code() {
        let code = source.code();
        for id in literals_after(&code, "text!(").chain(literals_after(&code, "Text::new(")) {
            for lang in Lang::ALL {
                if !Text::new(id.to_owned()).exists(lang) {
                    faults.push(format!("{}: `{id}` is missing in locales/{}", source.path, lang.code()));
                }
            }
        }
    }
    refuse(&faults);
}

#[test]
fn every_message_is_said_somewhere() {
    let code: String = code().iter().map(|source| source.code() + "\n").collect();
    let whole: BTreeSet<_> = code.split('"').collect();
    // `Text::new(format!("exit-{}", …))` says every message that starts with `exit-`.
    let starts: Vec<_> = literals_after(&code, "format!(").filter_map(|id| Some(id.split_once('{')?.0)).collect();
    let starts: Vec<_> = starts.into_iter().filter(|start| start.len() > 1 && start.ends_with('-')).collect();
    let said = |id: &str| whole.contains(id) || starts.iter().any(|start| id.starts_with(start));
    for lang in Lang::ALL {
        let silent: Vec<_> = messages(lang).into_iter().filter(|id| !said(id)).collect();
        refuse(&silent.iter().map(|id| format!("locales/{}: nothing says `{id}`", lang.code())).collect::<Vec<_>>());
    }
}

#[test]
fn every_locale_file_is_known_to_the_program() {
    for lang in Lang::ALL {
        for id in messages(lang) {
            assert!(Text::new(id.clone()).exists(lang), "locales/{}: `{id}` is never loaded", lang.code());
        }
    }
}
