//! Help and usage errors in both languages. clap knows the shape of the command line, the locale
//! files know the words: `help-now`, `help-now-copy` …

use std::ffi::OsString;
use std::io::{self, Write};

use crate::app::config::language_of;
use crate::error::Exit;
use crate::text;
use crate::text::{Lang, Text};
use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::cli::args;
use crate::cli::failure::Failure;
use crate::cli::output::Output;

/// Puts the words of `lang` to every command and argument below `command`.
pub(crate) fn localise(command: clap::Command, lang: Lang) -> clap::Command {
    let command = describe(command, "help-otp", lang).arg(flag("version", 'V', clap::ArgAction::Version, lang));
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    names.into_iter().fold(command, |command, name| {
        let id = format!("help-{name}");
        command.mut_subcommand(name, |sub| nested(describe(sub, &id, lang), &id, lang))
    })
}

/// The same for commands within a command, such as `otp vault create`.
fn nested(command: clap::Command, id: &str, lang: Lang) -> clap::Command {
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    names.into_iter().fold(command, |command, name| {
        let id = format!("{id}-{name}");
        command.mut_subcommand(name, |sub| describe(sub, &id, lang))
    })
}

/// One command: what it does, its arguments, and the headings around them.
fn describe(command: clap::Command, id: &str, lang: Lang) -> clap::Command {
    let say = |id: String| Text::new(id).say(lang);
    let template = format!("{{about}}\n\n{}: {{usage}}\n{{after-help}}\n{{all-args}}", text!("cli-usage").say(lang));
    let global = ["lang", "quiet", "yes", "profile", "vault_passphrase_file", "help", "version"];
    command
        .about(say(id.to_owned()))
        .help_template(template)
        .subcommand_help_heading(text!("cli-commands").say(lang))
        .disable_help_flag(true)
        .disable_version_flag(true)
        .mut_args(|argument| {
            let name = argument.get_id().as_str().to_owned();
            let common = global.contains(&name.as_str());
            let heading = match (argument.is_positional(), common) {
                (true, _) => "cli-arguments",
                (_, true) => "cli-options-everywhere",
                _ => "cli-options",
            };
            let key = name.replace('_', "-");
            let id = if common { format!("help-option-{key}") } else { format!("{id}-{key}") };
            let (help, heading) = (Text::new(id).say(lang), Text::new(heading).say(lang));
            let argument = argument.help(help).help_heading(heading);
            // The words name the values that are possible; clap would list them in English.
            let takes_value = argument.get_action().takes_values();
            if takes_value { argument.hide_possible_values(true) } else { argument }
        })
        .arg(flag("help", 'h', clap::ArgAction::Help, lang))
}

fn flag(name: &'static str, short: char, action: clap::ArgAction, lang: Lang) -> clap::Arg {
    let help = Text::new(format!("help-option-{name}")).say(lang);
    let heading = text!("cli-options-everywhere").say(lang);
    clap::Arg::new(name).long(name).short(short).action(action).help(help).help_heading(heading)
}

/// Ends a command line that asks for help or makes no sense.
pub(crate) fn stop(error: clap::Error, arguments: &[OsString]) -> Exit {
    let lang = language_of(arguments);
    match error.kind() {
        ErrorKind::DisplayVersion => printed(error.print(), || lang),
        ErrorKind::DisplayHelp | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let asked = error.kind() == ErrorKind::DisplayHelp;
            // The words are only put to the command line when somebody wants to read them.
            let shown = args::command(lang).try_get_matches_from(arguments);
            let end = printed(shown.err().unwrap_or(error).print(), || lang);
            if asked { end } else { Exit::Usage }
        }
        _ => refuse(&Failure::new(Exit::Usage, complaint(&error)).hint(text!("usage-hint-help")), arguments),
    }
}

/// Ends a command line that no command is run for.
pub(crate) fn refuse(failure: &Failure, arguments: &[OsString]) -> Exit {
    let mut options = arguments.iter().take_while(|argument| *argument != "--");
    failure.end(options.any(|option| option == "--json"), &mut Output::new(language_of(arguments), false))
}

/// How a page ends that was `written` to standard output.
pub(crate) fn printed(written: io::Result<()>, lang: impl FnOnce() -> Lang) -> Exit {
    match written.and_then(|()| io::stdout().flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Output::new(lang(), false).failure(&Failure::output());
            Exit::Disk
        }
        _ => Exit::Done,
    }
}

/// clap's complaint in our words. Options are named, values are not: one may be a secret.
fn complaint(error: &clap::Error) -> Text {
    let option = context(error, ContextKind::InvalidArg);
    match error.kind() {
        ErrorKind::UnknownArgument if option.starts_with('-') => {
            // What follows a `=` is a value.
            text!("usage-unknown-option", option = option.split('=').next().unwrap_or_default())
        }
        ErrorKind::UnknownArgument => text!("usage-too-many"),
        ErrorKind::InvalidSubcommand => text!("usage-unknown-command"),
        ErrorKind::MissingSubcommand => text!("usage-missing", what = "<COMMAND>"),
        ErrorKind::MissingRequiredArgument => text!("usage-missing", what = option),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => text!("usage-bad-value", option = option),
        ErrorKind::ArgumentConflict => {
            let other = context(error, ContextKind::PriorArg);
            text!("usage-conflict", option = option, other = other)
        }
        ErrorKind::TooManyValues | ErrorKind::WrongNumberOfValues | ErrorKind::TooFewValues => {
            text!("usage-number-of-values", option = option)
        }
        _ => text!("usage-other"),
    }
}

/// The options or arguments that the complaint is about, without the values that they take.
fn context(error: &clap::Error, kind: ContextKind) -> String {
    let bare = |word: &String| {
        let ends: &[char] = if word.starts_with('-') { &[' ', '[', '='] } else { &[' '] };
        word.split(ends).next().unwrap_or_default().to_owned()
    };
    match error.get(kind) {
        Some(ContextValue::String(word)) => bare(word),
        Some(ContextValue::Strings(words)) => words.iter().map(bare).collect::<Vec<_>>().join(", "),
        _ => String::new(),
    }
}

/// An argument carries a secret: everybody on this computer can read arguments, and the shell
/// keeps them.
pub(crate) fn refuse_secret(arguments: &[OsString]) -> Exit {
    refuse(&Failure::new(Exit::Usage, text!("usage-secret")).hint(text!("usage-hint-secret")), arguments)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    /// Every id that `command` and what is below it asks of the locale files.
    fn missing(command: &clap::Command) -> Vec<String> {
        let own = command.get_about().map(ToString::to_string).into_iter();
        let args = command.get_arguments().filter_map(|argument| argument.get_help().map(ToString::to_string));
        let texts: Vec<String> = own.chain(args).filter(|text| text.starts_with("help-")).collect();
        let below = command.get_subcommands().flat_map(missing);
        texts.into_iter().chain(below).collect()
    }

    #[test]
    fn every_command_and_argument_is_described_in_both_languages() {
        for lang in Lang::ALL {
            let command = args::command(lang);
            assert_eq!(missing(&command), Vec::<String>::new());
            assert!(command.get_subcommands().all(|sub| sub.get_about().is_some()));
            command.debug_assert();
        }
    }

    /// Every call of this program that `text` tells the reader to make.
    fn calls(text: &str) -> Vec<Vec<String>> {
        // Backquotes open and close alike, so every second piece is quoted.
        let code = text.split('`').skip(1).step_by(2);
        let within = |(open, close)| text.split(open).skip(1).filter_map(move |piece| Some(piece.split_once(close)?.0));
        let quoted = code.chain([('“', '”'), ('「', '」')].into_iter().flat_map(within));
        // What is filled in stands for one word.
        let filled =
            |call: &str| call.split('{').map(|part| part.rsplit('}').next().unwrap_or(part)).collect::<String>();
        let words = |call: &str| filled(call).split_whitespace().skip(1).map(str::to_owned).collect();
        quoted.filter(|call| call.starts_with("otp ")).map(words).collect()
    }

    /// What of the call `words` does not exist below `command`.
    fn unknown(words: &[String], command: &clap::Command) -> Option<String> {
        let (mut command, root) = (command, command);
        let mut values = 0;
        for word in words {
            let takes = |argument: &&clap::Arg| match word.strip_prefix("--") {
                Some(long) => argument.get_long() == long.split('=').next(),
                None => argument.get_short().is_some_and(|short| *word == format!("-{short}")),
            };
            if word.starts_with('-') && word.len() > 1 {
                let known = command.get_arguments().chain(root.get_arguments()).find(takes);
                let Some(argument) = known else { return Some(word.clone()) };
                values += usize::from(argument.get_action().takes_values() && !word.contains('='));
            } else if let Some(below) = command.find_subcommand(word) {
                command = below;
            } else if values > 0 {
                values -= 1;
            } else if command.get_positionals().next().is_none() {
                return Some(word.clone());
            }
        }
        None
    }

    /// Whoever is locked out has no time for a command that does not exist.
    #[test]
    fn every_command_that_a_message_names_exists() {
        for lang in Lang::ALL {
            let command = args::command(lang);
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales").join(lang.code());
            let mut checked = 0;
            for file in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
                let text = std::fs::read_to_string(&file).unwrap();
                for line in text.lines() {
                    for call in calls(line) {
                        assert_eq!(unknown(&call, &command), None, "{}: otp {}", file.display(), call.join(" "));
                        checked += 1;
                    }
                }
            }
            assert!(checked > 100, "{checked}");
        }
    }

    #[test]
    fn a_command_that_does_not_exist_is_noticed() {
        let command = args::command(Lang::English);
        for (text, wrong) in [
            ("type `otp nowhere` here", Some("nowhere")),
            ("type “otp backup automatic” here", Some("automatic")),
            ("「otp recovery-codes { $query } --next」", Some("--next")),
            ("`otp backup auto -o FILE.pdf` and `otp vault unlock --for 15m`", None),
            ("`otp now { $query } --wait`", None),
        ] {
            let found = calls(text).iter().find_map(|call| unknown(call, &command));
            assert_eq!(found.as_deref(), wrong, "{text}");
        }
    }
}
