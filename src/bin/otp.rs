//! `otp`: the commands of every day in a program small enough to start at once; `otp-full`, which
//! stands beside it, runs all others.

use std::process::ExitCode;

#[cfg(unix)]
use otp::cli::daily as work;
// Elsewhere no program can take the place of another in the same process.
#[cfg(not(unix))]
use otp::cli::full as work;

fn main() -> ExitCode {
    work()
}
