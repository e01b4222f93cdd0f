//! Drawing in a process of its own, which can be stopped.
//!
//! The PDF goes there and its texts come back through pipes: arguments and environment hold
//! nothing. On Unix the process limits its own memory and processor time before it reads anything
//! (macOS does not hold the memory limit). On Windows the time that its parent waits is the only
//! limit.

use std::io::{self, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitCode, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use zeroize::Zeroizing;

use crate::program;

use super::super::MAX_MIB;
use super::super::source::PATIENCE;
use super::render::{self, Fault, Page, Pages};

/// The program that draws. It is one of its own, because what draws pages is larger than all the
/// rest together, and `otp now` would pay for it.
const PROGRAM: &str = "otp-pages";
/// The most bytes of an answer: the texts of thousands of codes.
const MOST_ANSWER: usize = 8 << 20;

/// The whole work of the program that draws: one PDF from standard input, its texts as JSON to
/// standard output.
pub fn draw_pages() -> ExitCode {
    limit();
    answer().map_or(ExitCode::FAILURE, |()| ExitCode::SUCCESS)
}

/// The texts on the pages of `pdf`, if they can be had within `patience`.
pub(super) fn texts(pdf: &[u8], patience: Duration) -> Result<Pages, Fault> {
    let mut child = start().map_err(|_| Fault::NotStarted)?;
    let (Some(stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
        stop(&mut child);
        return Err(Fault::NotStarted);
    };
    let answer = ask(&mut child, (stdin, stdout), pdf, patience);
    answer.ok_or(Fault::TooCostly)?.map(Zeroizing::new)
}

fn start() -> io::Result<Child> {
    let mut command = Command::new(program::beside(PROGRAM)?);
    command.env_clear();
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    command.spawn()
}

/// Hands `pdf` over and waits for the answer; `None` if none comes in time, or none at all. The
/// child has ended afterwards.
fn ask(
    child: &mut Child,
    (mut stdin, stdout): (ChildStdin, ChildStdout),
    pdf: &[u8],
    patience: Duration,
) -> Option<Result<Vec<Page>, Fault>> {
    let (sender, answers) = mpsc::channel();
    thread::scope(|scope| {
        // A child that is stopped takes no more, and says no more: both threads end with it.
        let writer = thread::Builder::new().spawn_scoped(scope, move || stdin.write_all(pdf));
        let reader = thread::Builder::new().spawn_scoped(scope, move || sender.send(listen(stdout)));
        let both = writer.is_ok() && reader.is_ok();
        let answer = both.then(|| answers.recv_timeout(patience).ok()).flatten();
        stop(child);
        serde_json::from_slice(&answer?).ok()
    })
}

/// Everything that the child says.
fn listen(stdout: ChildStdout) -> Zeroizing<Vec<u8>> {
    // As large as it can become, so that it never moves and leaves a copy behind.
    let mut answer = Zeroizing::new(Vec::with_capacity(MOST_ANSWER));
    // What was cut off is no JSON, and is refused as such.
    let _ = stdout.take(MOST_ANSWER as u64).read_to_end(&mut answer);
    answer
}

fn stop(child: &mut Child) {
    let _ = child.kill();
    let _ = child.wait();
}

fn answer() -> io::Result<()> {
    let mut pdf = Zeroizing::new(Vec::new());
    io::stdin().lock().take((MAX_MIB as u64) << 20).read_to_end(&mut pdf)?;
    let pages = render::texts(pdf);
    let mut stdout = io::stdout().lock();
    serde_json::to_writer(&mut stdout, &pages.as_deref())?;
    stdout.flush()
}

/// Limits this process for good: 448 MiB of address space, 10 s of processor time, and no core
/// dump. Each is best effort: lower limits may be in force already.
fn limit() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        for (resource, most) in [(Resource::Core, 0), (Resource::As, 448 << 20), (Resource::Cpu, PATIENCE.as_secs())] {
            let _ = setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) });
        }
    }
}
