//! `otp`: the terminal's face of the library. Asks, calls, prints.

mod answers;
mod args;
mod ask;
mod copied;
mod failure;
mod gather;
mod help;
mod input;
mod interrupt;
mod json;
mod measure;
mod output;
mod pick;
mod readiness;
mod receipt;
mod screen;
mod session;
mod sources;
mod subject;
mod transfer;
mod when;
mod whose;

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

use otp::error::Exit;
use otp::text;

use args::Cli;
use failure::Failure;
use output::Output;

fn main() -> ExitCode {
    otp::app::process::harden();
    let outcome = std::panic::catch_unwind(start).unwrap_or_else(|_| apologise());
    ExitCode::from(outcome.code())
}

fn start() -> Exit {
    match args::parse() {
        Ok((cli, json)) => run(cli, json),
        Err(exit) => exit,
    }
}

/// A fault of ours ends with a sentence like every other failure, and without quoting anything.
fn apologise() -> Exit {
    let failure = Failure::new(Exit::Internal, text!("cli-fault")).hint(text!("cli-hint-fault"));
    failure.end(false, &mut Output::new(otp::app::config::system_language(), false))
}

/// Runs one command; failures end here as a sentence, a hint and a number.
fn run(cli: Cli, json: bool) -> Exit {
    let (session, mut out) = cli.globals.start();
    let outcome = cli.command.run(&session, &mut out);
    session.say_farewell(&mut out);
    outcome.unwrap_or_else(|failure| {
        let failure = if session.gave_up() { ask::cancelled() } else { failure };
        failure.end(json, &mut out)
    })
}
