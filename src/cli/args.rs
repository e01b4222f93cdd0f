//! The command line: every command, one line each. Help texts live in the locale files.

use std::io::Write;

use clap::{FromArgMatches, Parser, Subcommand};
use otp::error::Exit;
use otp::text::Lang;

use crate::failure::Failure;
use crate::output::Output;
use crate::session::{Globals, Session};
use crate::{
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
    let arguments: Vec<std::ffi::OsString> = std::env::args_os().collect();
    if matches!(&arguments[..], [_, only] if only == "--version" || only == "-V") {
        // Scripts ask this often; it does not need the whole command line.
        let written = writeln!(std::io::stdout(), "otp {}", env!("CARGO_PKG_VERSION"));
        return Err(help::printed(written, || help::language_of(&arguments)));
    }
    if arguments.iter().skip(1).any(|argument| argument.to_str().is_some_and(otp::key::looks_like_secret)) {
        return Err(help::refuse_secret(&arguments));
    }
    let plain = <Cli as clap::CommandFactory>::command();
    let matches = plain.try_get_matches_from(&arguments).map_err(|error| help::stop(error, &arguments))?;
    let commands = std::iter::successors(matches.subcommand(), |(_, command)| command.subcommand());
    let json = commands.into_iter().any(|(_, command)| matches!(command.try_get_one("json"), Ok(Some(true))));
    Ok((Cli::from_arg_matches(&matches).map_err(|error| help::stop(error, &arguments))?, json))
}
