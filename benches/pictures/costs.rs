//! What a picture costs us and `zbarimg`.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike;

/// Rounds of which the median counts.
const ROUNDS: usize = 5;

/// Processor time in milliseconds: ours, and theirs.
pub(crate) type Cost = (f64, f64);

/// What each of `files` costs.
pub(crate) fn of(files: &[PathBuf]) -> Vec<Cost> {
    files.iter().map(|file| of_one(file)).collect()
}

fn of_one(file: &Path) -> Cost {
    let rounds = (0..ROUNDS).map(|_| {
        let ours = spent(Command::new(env!("CARGO_BIN_EXE_otp")).args(["qr", "read"]).arg(file));
        (ours, spent(Command::new("zbarimg").args(["-q", "-Sdisable", "-Sqrcode.enable"]).arg(file)))
    });
    let (ours, theirs): (Vec<_>, Vec<_>) = rounds.unzip();
    (median(ours), median(theirs))
}

/// What `command` costs, its start included. Whether it finds anything makes no difference.
fn spent(command: &mut Command) -> f64 {
    let before = children();
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
    children() - before
}

fn children() -> f64 {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).unwrap();
    (usage.user_time().num_microseconds() + usage.system_time().num_microseconds()) as f64 / 1e3
}

/// The middle one.
pub(crate) fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or(f64::NAN)
}
