//! The commands of every day, and the way to all others.

use std::ffi::OsString;
use std::os::unix::process::CommandExt;
use std::process::Command;

use clap::Parser;

use crate::cli::args;
use crate::cli::failure::Failure;
use crate::cli::help;
use crate::cli::list::List;
use crate::cli::now::Now;
use crate::cli::session::Globals;
use crate::error::Exit;
use crate::program;
use crate::text;

/// The program that holds every command.
const FULL: &str = "otp-full";

/// The part of the command line that this program holds.
#[derive(Parser)]
struct Daily {
    #[command(flatten)]
    globals: Globals,
    #[command(subcommand)]
    command: Everyday,
}

#[derive(clap::Subcommand)]
enum Everyday {
    Now(Now),
    List(List),
}

/// Runs a command of every day. Whatever else was typed, also what makes no sense, is for the
/// program that knows everything.
pub(crate) fn start() -> Exit {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    if let Some(end) = args::version(&arguments) {
        return end;
    }
    if args::carry_a_secret(&arguments) {
        return help::refuse_secret(&arguments);
    }
    match read(&arguments) {
        Some(Daily { globals, command: Everyday::Now(now) }) => {
            super::run(globals, now.is_json(), |session, out| now.daily(session, out))
        }
        Some(Daily { globals, command: Everyday::List(list) }) => {
            super::run(globals, list.is_json(), |session, out| list.run(session, out))
        }
        None => hand_over(&arguments),
    }
}

/// What was typed, if this program can do it.
fn read(arguments: &[OsString]) -> Option<Daily> {
    let typed = Daily::try_parse_from(arguments).ok()?;
    let other = matches!(&typed.command, Everyday::Now(now) if !now.is_daily());
    (!other).then_some(typed)
}

/// Lets the other program take the place of this one, under the name that this one was called by.
fn hand_over(arguments: &[OsString]) -> Exit {
    let (own, rest) =
        arguments.split_first().map_or((OsString::from("otp"), arguments), |(own, rest)| (own.clone(), rest));
    if let Ok(program) = program::beside(FULL) {
        // It returns only when it failed.
        let _ = Command::new(program).arg0(own).args(rest).exec();
    }
    help::refuse(&Failure::new(Exit::Internal, text!("cli-no-full")).hint(text!("cli-hint-no-full")), arguments)
}
