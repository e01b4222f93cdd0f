//! The command line: every command, one line each. Help texts live in the locale files.

use std::ffi::OsString;
use std::io::Write;

use crate::app::config::language_of;
use crate::error::Exit;
use crate::text::Lang;
use clap::{FromArgMatches, Parser, Subcommand};

use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::cli::session::{Globals, Session};
use crate::cli::{
    backup, clipboard_hold, completions, doctor, drill, edit, export, help, history, import, list, now, open, qr,
    recovery_codes, remove, repair, rescue, restore, sheet, site, topics, trash, vault, verify,
};

/// What was typed.
#[derive(Debug, Parser)]
#[command(name = "otp", version, disable_help_subcommand = true, arg_required_else_help = true)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) globals: Globals,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Declares the commands: name in code, its argument type.
macro_rules! commands {
    ($($(#[$meta:meta])* $name:ident($args:ty),)*) => {
        #[derive(Debug, Subcommand)]
        pub(crate) enum Command {
            $($(#[$meta])* $name($args),)*
        }

        impl Command {
            /// Runs the command.
            pub(crate) fn run(self, session: &Session, out: &mut Output) -> Result<Exit, Failure> {
                match self {
                    $(Self::$name(command) => command.run(session, out),)*
                }
            }
        }
    };
}

commands! {
    Now(now::Now),
    List(list::List),
    Import(import::Import),
    Export(export::Export),
    Qr(qr::Qr),
    Sheet(sheet::Sheet),
    Verify(verify::Verify),
    Repair(repair::Repair),
    Open(open::Open),
    Site(site::SiteCommand),
    Edit(edit::Edit),
    Rename(edit::Rename),
    Tag(edit::Tag),
    Note(edit::Note),
    Url(edit::Url),
    Remove(remove::Remove),
    Trash(trash::Trash),
    Restore(restore::Restore),
    History(history::History),
    RecoveryCodes(recovery_codes::RecoveryCodes),
    Backup(backup::Backup),
    Drill(drill::Drill),
    Vault(vault::Vault),
    Doctor(doctor::Doctor),
    Rescue(rescue::Rescue),
    Completions(completions::Completions),
    Help(topics::Help),
    #[command(hide = true)]
    ClipboardHold(clipboard_hold::ClipboardHold),
}

/// The command line as clap knows it, with help in `lang`.
pub(crate) fn command(lang: Lang) -> clap::Command {
    help::localise(<Cli as clap::CommandFactory>::command(), lang)
}

/// Reads the arguments, and whether they ask for JSON. One that carries a secret is refused before
/// anything else looks at it.
///
/// # Errors
/// When they end the program before a command runs; what is to be said of it was said.
pub(crate) fn parse() -> Result<(Cli, bool), Exit> {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    if let Some(end) = version(&arguments) {
        return Err(end);
    }
    if carry_a_secret(&arguments) {
        return Err(help::refuse_secret(&arguments));
    }
    let plain = <Cli as clap::CommandFactory>::command();
    let matches = plain.try_get_matches_from(&arguments).map_err(|error| help::stop(error, &arguments))?;
    let commands = std::iter::successors(matches.subcommand(), |(_, command)| command.subcommand());
    let json = commands.into_iter().any(|(_, command)| matches!(command.try_get_one("json"), Ok(Some(true))));
    Ok((Cli::from_arg_matches(&matches).map_err(|error| help::stop(error, &arguments))?, json))
}

/// Tells the version, if nothing else is asked for. Scripts ask this often; it does not need the
/// whole command line.
pub(crate) fn version(arguments: &[OsString]) -> Option<Exit> {
    let asked = matches!(arguments, [_, only] if only == "--version" || only == "-V");
    asked.then(|| {
        let written = writeln!(std::io::stdout(), "otp {}", env!("CARGO_PKG_VERSION"));
        help::printed(written, || language_of(arguments))
    })
}

/// Whether one of `arguments` carries a secret, which everybody on this computer could read.
pub(crate) fn carry_a_secret(arguments: &[OsString]) -> bool {
    let carries = |argument: &str| crate::key::looks_like_secret(argument) && !names_a_file(argument);
    arguments.iter().skip(1).any(|argument| argument.to_str().is_some_and(carries))
}

/// Whether `argument`, or what an option in it is set to, is a file that is there: whatever its name
/// looks like, it is no key.
fn names_a_file(argument: &str) -> bool {
    let value = argument.split_once('=').filter(|_| argument.starts_with("--")).map_or(argument, |(_, value)| value);
    std::fs::symlink_metadata(value).is_ok()
}
