//! `otp`: the commands of every day in a program small enough to start at once; `otp-full`, which
//! stands beside it, runs all others.

use std::process::ExitCode;

fn main() -> ExitCode {
    // Elsewhere no program can take the place of another in the same process.
    if cfg!(unix) { otp::cli::daily() } else { otp::cli::full() }
}
