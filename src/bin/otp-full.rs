//! `otp-full`: every command of `otp`. On Unix `otp` starts it for those that it does not hold itself;
//! nobody calls it by hand.

use std::process::ExitCode;

fn main() -> ExitCode {
    otp::cli::full()
}
