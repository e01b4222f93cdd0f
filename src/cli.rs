//! The terminal's face: asks, calls, prints.
//!
//! Two programs run its commands. `otp` holds those of every day and nothing else, so that it starts
//! at once and stays small; `otp-full` holds all, and takes over where `otp` is asked for another.

mod answers;
mod args;
mod ask;
mod copied;
#[cfg(unix)]
mod daily;
mod failure;
mod gather;
mod help;
mod input;
mod interrupt;
mod json;
mod measure;
mod named;
mod output;
mod paper;
mod pick;
mod readiness;
mod receipt;
mod screen;
mod session;
mod sources;
mod subject;
mod transfer;
mod whose;
mod words;

mod backup;
mod clipboard_hold;
mod completions;
mod doctor;
mod drill;
mod edit;
mod export;
mod history;
mod import;
mod list;
mod now;
mod open;
mod qr;
mod recovery_codes;
mod remove;
mod repair;
mod rescue;
mod restore;
mod sheet;
mod sheet_check;
mod site;
mod topics;
mod trash;
mod vault;
mod verify;

use std::process::ExitCode;

use crate::error::Exit;
use crate::text;
use crate::text::Lang;

use failure::Failure;
use output::Output;
use session::{Globals, Session};

/// The command line as clap knows it, with its help in `lang`: whatever has to keep up with it reads it
/// here.
pub fn command(lang: Lang) -> clap::Command {
    args::command(lang)
}

/// The whole work of `otp-full`: every command.
pub fn full() -> ExitCode {
    end(|| match args::parse() {
        Ok((cli, json)) => run(cli.globals, json, |session, out| cli.command.run(session, out)),
        Err(exit) => exit,
    })
}

/// The whole work of `otp`: the commands of every day; `otp-full` takes over for the others.
#[cfg(unix)]
pub fn daily() -> ExitCode {
    end(daily::start)
}

/// Does the work of a program, and ends it with what came of it.
fn end(work: fn() -> Exit) -> ExitCode {
    crate::app::process::harden();
    let outcome = std::panic::catch_unwind(work).unwrap_or_else(|_| apologise());
    ExitCode::from(outcome.code())
}

/// A fault of ours ends with a sentence like every other failure, and without quoting anything.
fn apologise() -> Exit {
    let failure = Failure::new(Exit::Internal, text!("cli-fault")).hint(text!("cli-hint-fault"));
    failure.end(false, &mut Output::new(crate::app::config::system_language(), false))
}

/// Runs one command; failures end here as a sentence, a hint and a number.
fn run(globals: Globals, json: bool, command: impl FnOnce(&Session, &mut Output) -> Result<Exit, Failure>) -> Exit {
    let (session, mut out) = globals.start();
    let outcome = command(&session, &mut out);
    session.say_farewell(&mut out);
    outcome.unwrap_or_else(|failure| {
        let failure = if session.gave_up() { ask::cancelled() } else { failure };
        failure.end(json, &mut out)
    })
}
