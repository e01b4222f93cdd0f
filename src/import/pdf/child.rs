//! Drawing in a process of its own, which can be stopped.
//!
//! The PDF goes there and its texts come back through pipes, page by page: arguments and environment
//! hold nothing. On Unix the process limits its own memory and processor time before it reads
//! anything (macOS does not hold the memory limit). On Windows the time that its parent waits is the
//! only limit.

use std::io::{self, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitCode, Stdio};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::{Duration, Instant};

use zeroize::Zeroizing;

use crate::program;

use super::super::MAX_MIB;
use super::super::source::{PATIENCE, Source};
use super::render::{self, Fault, Page, Texts};

/// The program that draws. It is one of its own, because what draws pages is larger than all the
/// rest together, and `otp now` would pay for it.
const PROGRAM: &str = "otp-pages";
/// The most bytes of an answer: the texts of thousands of codes.
const MOST_ANSWER: usize = 8 << 20;
/// How much longer a document may take for each page of it that has codes: a printed sheet has many
/// pages, and pages that give nothing share what one picture may take.
const FOR_A_FIND: Duration = Duration::from_secs(2);

/// The whole work of the program that draws: one PDF from standard input, its pages as JSON to
/// standard output.
pub fn draw_pages() -> ExitCode {
    limit();
    answer().map_or(ExitCode::FAILURE, |()| ExitCode::SUCCESS)
}

/// The texts on each page of `pdf`, `None` of one that could not be drawn. The whole may take as long
/// as its patience, and [`FOR_A_FIND`] longer for each page that has codes.
pub(super) fn texts(pdf: &Source<'_>) -> Result<Pages, Fault> {
    let mut child = start().map_err(|_| Fault::NotStarted)?;
    let (Some(stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
        stop(&mut child);
        return Err(Fault::NotStarted);
    };
    ask(&mut child, (stdin, stdout), pdf)
}

/// The pages of a document.
#[derive(Default)]
pub(super) struct Pages {
    /// What is on each; `None` where it could not be drawn.
    pub(super) texts: Vec<Option<Texts>>,
    /// Whether there may be more, for which there was no time.
    pub(super) is_cut: bool,
}

fn start() -> io::Result<Child> {
    let mut command = Command::new(program::beside(PROGRAM)?);
    command.env_clear();
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    command.spawn()
}

/// Hands `pdf` over and gathers the pages that come in time. The child has ended afterwards.
fn ask(child: &mut Child, (mut stdin, stdout): (ChildStdin, ChildStdout), pdf: &Source<'_>) -> Result<Pages, Fault> {
    let (sender, pages) = mpsc::channel();
    thread::scope(|scope| {
        // A child that is stopped takes no more, and says no more: both threads end with it.
        let bytes = pdf.bytes();
        let writer = thread::Builder::new().spawn_scoped(scope, move || stdin.write_all(bytes));
        let reader = thread::Builder::new().spawn_scoped(scope, move || listen(stdout, &sender));
        let both = writer.is_ok() && reader.is_ok();
        let answer = if both { gather(&pages, pdf) } else { Err(Fault::NotStarted) };
        stop(child);
        answer
    })
}

/// The pages, as they come, until the last one, or until there is no more time where something was
/// found on those before.
fn gather(pages: &Receiver<Page>, pdf: &Source<'_>) -> Result<Pages, Fault> {
    let (mut end, mut all, mut of) = (Instant::now() + pdf.patience(), Pages::default(), 0);
    loop {
        let left = end.saturating_duration_since(Instant::now());
        match pages.recv_timeout(left) {
            Ok(Page::Count(count)) => of = count,
            Ok(Page::Texts(texts)) => {
                end += if texts.0.is_empty() { Duration::ZERO } else { FOR_A_FIND };
                all.texts.push(Some(texts));
            }
            Ok(Page::NotDrawn) => all.texts.push(None),
            Ok(Page::End) => return Ok(all),
            Ok(Page::Fault(fault)) => return Err(fault),
            Err(_) if all.texts.iter().flatten().all(|texts| texts.0.is_empty()) => return Err(Fault::TooCostly),
            Err(_) => return Ok(Pages { is_cut: true, ..all }),
        }
        pdf.tell(all.texts.len(), of);
    }
}

/// Passes on every page that the child tells of. What cannot be understood ends it.
fn listen(stdout: ChildStdout, pages: &Sender<Page>) {
    let mut stdout = stdout.take(MOST_ANSWER as u64);
    let mut length = [0; 4];
    while stdout.read_exact(&mut length).is_ok() {
        let length = usize::try_from(u32::from_be_bytes(length)).unwrap_or(usize::MAX);
        // As large as it becomes, so that it never moves and leaves a copy behind.
        let mut told = Zeroizing::new(vec![0; length.min(MOST_ANSWER)]);
        let page = stdout.read_exact(&mut told).ok().and_then(|()| serde_json::from_slice(&told).ok());
        if page.is_none_or(|page| pages.send(page).is_err()) {
            return;
        }
    }
}

fn stop(child: &mut Child) {
    let _ = child.kill();
    let _ = child.wait();
}

fn answer() -> io::Result<()> {
    let mut pdf = Zeroizing::new(Vec::new());
    io::stdin().lock().take((MAX_MIB as u64) << 20).read_to_end(&mut pdf)?;
    let mut time = PATIENCE;
    render::pages(pdf, &mut |page| {
        if matches!(&page, Page::Texts(texts) if !texts.0.is_empty()) {
            time += FOR_A_FIND;
            limit_time(time);
        }
        tell(&page)
    })
}

/// Says one page: its length in four bytes, and JSON.
fn tell(page: &Page) -> io::Result<()> {
    let told = Zeroizing::new(serde_json::to_vec(page)?);
    let length = u32::try_from(told.len()).map_err(io::Error::other)?;
    let mut stdout = io::stdout().lock();
    stdout.write_all(&length.to_be_bytes())?;
    stdout.write_all(&told)?;
    stdout.flush()
}

/// Limits this process for good: 448 MiB of address space, and no core dump; and for now 10 s of
/// processor time. Each is best effort: lower limits may be in force already.
fn limit() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        for (resource, most) in [(Resource::Core, 0), (Resource::As, 448 << 20)] {
            let _ = setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) });
        }
    }
    limit_time(PATIENCE);
}

/// Limits the processor time of this process to `time`, until it has earned more.
fn limit_time(time: Duration) {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
        let maximum = getrlimit(Resource::Cpu).maximum;
        let _ = setrlimit(Resource::Cpu, Rlimit { current: Some(time.as_secs()), maximum });
    }
    #[cfg(not(unix))]
    let _ = time;
}

#[cfg(test)]
mod tests {
    use super::super::render::Code;
    use super::*;

    /// What a child that says `told` and then nothing more leads to: how many pages, and whether there
    /// may be more.
    fn gathered(told: Vec<Page>) -> Result<(usize, bool), Fault> {
        let (sender, receiver) = mpsc::channel();
        for page in told {
            sender.send(page).unwrap();
        }
        drop(sender);
        gather(&receiver, &Source::new(&[])).map(|pages| (pages.texts.len(), pages.is_cut))
    }

    #[test]
    fn every_page_is_told_of_as_it_comes() {
        let (sender, receiver) = mpsc::channel();
        for page in [Page::Count(2), Page::NotDrawn, Page::Texts(Texts::default()), Page::End] {
            sender.send(page).unwrap();
        }
        let told = std::cell::RefCell::new(Vec::new());
        let tell = |done, of| told.borrow_mut().push((done, of));
        assert!(gather(&receiver, &Source::new(&[]).telling(&tell)).is_ok());
        assert_eq!(*told.borrow(), [(0, 2), (1, 2), (2, 2)]);
    }

    #[test]
    fn of_a_child_that_ends_early_or_stays_silent_what_was_found_is_kept() {
        let texts = || Page::Texts(Texts(vec![Code { text: "text".to_owned(), part: None }]));
        let blank = || Page::Texts(Texts::default());
        for (pages, expected) in [
            (vec![texts(), Page::NotDrawn, Page::End], Ok((2, false))),
            (vec![Page::End], Ok((0, false))),
            (vec![blank(), texts(), blank()], Ok((3, true))),
            (vec![blank(), Page::NotDrawn], Err(Fault::TooCostly)),
            (vec![Page::Fault(Fault::Encrypted)], Err(Fault::Encrypted)),
            (vec![texts(), Page::Fault(Fault::Damaged)], Err(Fault::Damaged)),
        ] {
            assert_eq!(gathered(pages), expected);
        }
        // No time is left, but what a page with codes earns.
        let (sender, receiver) = mpsc::channel();
        sender.send(blank()).unwrap();
        assert_eq!(gather(&receiver, &Source::new(&[]).within(Duration::ZERO)).err(), Some(Fault::TooCostly));
    }
}
