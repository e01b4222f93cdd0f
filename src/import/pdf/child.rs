//! Drawing in a process of its own, which can be stopped.
//!
//! The PDF goes there and its texts come back through pipes: arguments and environment hold
//! nothing. On Unix the process limits its own memory and processor time before it reads anything
//! (macOS does not hold the memory limit). On Windows the time that its parent waits is the only
//! limit.

use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitCode, Stdio};
use std::sync::{OnceLock, mpsc};
use std::thread;
use std::time::Duration;

use zeroize::Zeroizing;

use super::super::MAX_MIB;
use super::render::{self, Fault, Page, Pages};

/// The only argument of such a process.
const ARGUMENT: &str = "--read-pdf-pages";
/// How long a PDF may take (`security.md` R2.1).
const PATIENCE: Duration = Duration::from_secs(10);
/// The most bytes of an answer: the texts of thousands of codes.
const MOST_ANSWER: usize = 8 << 20;

/// Set once the program is known to draw when it is called with [`ARGUMENT`].
static SERVES: OnceLock<()> = OnceLock::new();

/// Draws pages for the process that called this program for nothing else, and gives how to end.
/// Programs call it first with all their arguments; one that never does draws in its own process,
/// without limits.
pub fn serve(mut arguments: impl Iterator<Item = OsString>) -> Option<ExitCode> {
    let _ = SERVES.set(());
    let asked = arguments.nth(1)? == ARGUMENT && arguments.next().is_none();
    asked.then(|| answer().map_or(ExitCode::FAILURE, |()| ExitCode::SUCCESS))
}

/// The texts on the pages of `pdf`.
pub(super) fn texts(pdf: &[u8]) -> Result<Pages, Fault> {
    if SERVES.get().is_none() {
        return render::texts(Zeroizing::new(pdf.to_vec()));
    }
    let mut child = start().map_err(|_| Fault::NotStarted)?;
    let (Some(stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
        stop(&mut child);
        return Err(Fault::NotStarted);
    };
    let answer = ask(&mut child, stdin, stdout, pdf);
    answer.ok_or(Fault::TooCostly)?.map(Zeroizing::new)
}

fn start() -> io::Result<Child> {
    let mut command = Command::new(std::env::current_exe()?);
    command.arg(ARGUMENT).env_clear();
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    command.spawn()
}

/// Hands `pdf` over and waits for the answer; `None` if none comes in time, or none at all. The
/// child has ended afterwards.
fn ask(child: &mut Child, mut stdin: ChildStdin, stdout: ChildStdout, pdf: &[u8]) -> Option<Result<Vec<Page>, Fault>> {
    let (sender, answers) = mpsc::channel();
    thread::scope(|scope| {
        // A child that is stopped takes no more, and says no more: both threads end with it.
        let writer = thread::Builder::new().spawn_scoped(scope, move || stdin.write_all(pdf));
        let reader = thread::Builder::new().spawn_scoped(scope, move || sender.send(listen(stdout)));
        let both = writer.is_ok() && reader.is_ok();
        let answer = both.then(|| answers.recv_timeout(PATIENCE).ok()).flatten();
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

/// What the child does: one PDF from standard input, its texts as JSON to standard output.
fn answer() -> io::Result<()> {
    limit();
    let mut pdf = Zeroizing::new(Vec::new());
    io::stdin().lock().take((MAX_MIB as u64) << 20).read_to_end(&mut pdf)?;
    let pages = render::texts(pdf);
    let mut stdout = io::stdout().lock();
    serde_json::to_writer(&mut stdout, &pages.as_deref())?;
    stdout.flush()
}

/// Limits this process for good: 700 MiB of address space, 10 s of processor time, and no core
/// dump. Each is best effort: lower limits may be in force already.
fn limit() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        for (resource, most) in [(Resource::Core, 0), (Resource::As, 700 << 20), (Resource::Cpu, PATIENCE.as_secs())] {
            let _ = setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) });
        }
    }
}
