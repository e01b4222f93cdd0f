//! Questions, always on the terminal itself: pipes carry data.

use std::io::{BufRead, BufReader, IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use crate::error::Exit;
use crate::secret::Secret;
use crate::text;
use crate::text::{Lang, Text};
#[cfg(unix)]
use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};
use zeroize::Zeroizing;

use crate::cli::failure::Failure;
#[cfg(unix)]
use crate::cli::interrupt;

/// The longest answer, in bytes.
const MOST: u64 = 64 * 1024;

/// Asks for something that must not appear on the screen. `None` if there is no terminal or the
/// user gave up.
pub(crate) fn hidden(question: &Text, lang: Lang) -> Option<Secret> {
    #[cfg(unix)]
    let _unseen = Unseen::start();
    let answer = rpassword::prompt_password(format!("{} ", question.say(lang))).inspect_err(note_end);
    if answer.is_err()
        && let Some((_, mut output)) = terminal()
    {
        // The question still stands in the line.
        let _ = writeln!(output);
    }
    answer.ok().map(Secret::from_text)
}

/// Asks for lines that must not appear on the screen, until two of them in a row are empty or the
/// input ends. `None` if there is no terminal or nothing was given.
pub(crate) fn hidden_block(question: &Text, lang: Lang) -> Option<Secret> {
    #[cfg(unix)]
    let _unseen = Unseen::start();
    let mut prompt = format!("{}\n", question.say(lang));
    let mut block = Zeroizing::new(String::with_capacity(usize::try_from(MOST).unwrap_or_default()));
    let mut empty = 0;
    while empty < 2 {
        let line = match rpassword::prompt_password(&prompt).map(Zeroizing::new).inspect_err(note_end) {
            Ok(line) => line,
            // Ctrl-C: whoever gives up has given nothing.
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => return None,
            Err(_) => break,
        };
        prompt.clear();
        empty = if line.trim().is_empty() { empty + 1 } else { 0 };
        // Within its room, so that no copy stays behind.
        if block.len() + line.len() + 1 > block.capacity() {
            break;
        }
        block.push_str(&line);
        block.push('\n');
    }
    #[cfg(unix)]
    discard_rest();
    (!block.trim().is_empty()).then(|| Secret::from_text(std::mem::take(&mut *block)))
}

/// Whether something hidden is being asked. Ctrl-C is then seen by the question, which sends the signal
/// as well: the command ends as cancelled, with the terminal put right, and not by the signal in the
/// midst of that.
#[cfg(unix)]
static ASKING: AtomicBool = AtomicBool::new(false);

/// Whether a hidden question ended by Ctrl-C, so that the signal has had its answer.
static GIVEN_UP: AtomicBool = AtomicBool::new(false);

/// Remembers that a hidden question ended by Ctrl-C.
fn note_end(error: &std::io::Error) {
    if error.kind() == std::io::ErrorKind::Interrupted {
        GIVEN_UP.store(true, Ordering::SeqCst);
    }
}

/// What was pasted beyond the end is nothing for the shell.
#[cfg(unix)]
fn discard_rest() {
    if let Ok(terminal) = std::fs::File::open("/dev/tty") {
        let _ = rustix::termios::tcflush(&terminal, rustix::termios::QueueSelector::IFlush);
    }
}

/// Asks for a line. `None` if there is no terminal or the user gave up.
pub(crate) fn line(question: &Text, lang: Lang) -> Option<String> {
    let (mut input, mut output) = terminal()?;
    write!(output, "{} ", question.say(lang)).ok()?;
    output.flush().ok()?;
    let mut answer = Zeroizing::new(String::new());
    let read = std::io::Read::take(&mut input, MOST).read_line(&mut answer).unwrap_or(0);
    if read == 0 {
        // The question still stands in the line.
        let _ = writeln!(output);
        return None;
    }
    Some(answer.trim().to_owned())
}

/// What was `given`, or else what somebody answers; empty if nobody can.
pub(crate) fn unless_given(given: Option<&str>, question: &Text, lang: Lang) -> String {
    given.map(ToOwned::to_owned).or_else(|| line(question, lang)).unwrap_or_default()
}

/// Asks yes or no; no answer is no.
pub(crate) fn yes(question: &Text, lang: Lang) -> Result<bool, Failure> {
    let question = text!("cli-yes-no", question = question.clone());
    let answer = line(&question, lang).ok_or_else(nobody_to_agree)?;
    Ok(["y", "yes", "はい"].contains(&short(&answer).as_str()))
}

/// An answer of one word, however it was typed: full-width letters are as good as others.
pub(crate) fn short(answer: &str) -> String {
    let narrow = |symbol: char| match symbol {
        'ａ'..='ｚ' | 'Ａ'..='Ｚ' | '？' => char::from_u32(u32::from(symbol) - 0xfee0).unwrap_or(symbol),
        other => other,
    };
    answer.chars().map(narrow).collect::<String>().to_lowercase()
}

/// A question that `--yes` would have answered got no answer.
pub(crate) fn nobody_to_agree() -> Failure {
    unanswered(text!("cli-hint-nobody-to-agree"))
}

/// A question that `--yes` does not answer got no answer.
pub(crate) fn nobody() -> Failure {
    unanswered(text!("cli-hint-nobody-to-ask"))
}

fn unanswered(hint: Text) -> Failure {
    given_up_or(Failure::new(Exit::Cancelled, text!("cli-nobody-to-ask")).hint(hint))
}

/// A question got no answer: there is `nobody` to ask; or there is, and gave up with Ctrl-C or Ctrl-D.
pub(crate) fn given_up_or(nobody: Failure) -> Failure {
    if is_possible() { cancelled() } else { nobody }
}

/// The user said no.
pub(crate) fn cancelled() -> Failure {
    Failure::new(Exit::Cancelled, text!("cli-cancelled"))
}

/// Whether questions can be asked.
pub(crate) fn is_possible() -> bool {
    terminal().is_some()
}

/// Keeps the terminal from showing what is typed until this goes. It begins before the question is
/// asked, because a quick hand, or a paste, comes before the question is followed by silence.
#[cfg(unix)]
struct Unseen {
    terminal: std::fs::File,
    before: Termios,
}

#[cfg(unix)]
impl Unseen {
    fn start() -> Option<Self> {
        let terminal = std::fs::File::open("/dev/tty").ok()?;
        let before = tcgetattr(&terminal).ok()?;
        let mut silent = before.clone();
        // As the answer is read later: a Ctrl-D that comes before that would get lost, and a Ctrl-C would
        // end the program while the terminal is being changed, or not, as it happens.
        silent.local_modes.remove(LocalModes::ECHO | LocalModes::ICANON | LocalModes::ISIG);
        restore_before_the_end(&terminal, &before);
        ASKING.store(true, Ordering::SeqCst);
        tcsetattr(&terminal, OptionalActions::Now, &silent).ok()?;
        Some(Self { terminal, before })
    }
}

/// Sees to it that Ctrl-C, and every other signal to end, leaves `terminal` as it was `before`: not
/// every shell puts it right again. The process then ends as ever.
#[cfg(unix)]
fn restore_before_the_end(terminal: &std::fs::File, before: &Termios) {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
    RESTORES.call_once(|| {
        for signal in [SIGHUP, SIGINT, SIGQUIT, SIGTERM] {
            // Without the means for it, the signal ends the process at once, as it did before.
            let _ = restore_at(signal, terminal, before.clone());
        }
    });
}

#[cfg(unix)]
static RESTORES: std::sync::Once = std::sync::Once::new();

/// Whether the signals to end are answered here, because something hidden was asked.
#[cfg(unix)]
pub(crate) fn ends_by_itself() -> bool {
    RESTORES.is_completed()
}

#[cfg(unix)]
fn restore_at(signal: i32, terminal: &std::fs::File, before: Termios) -> std::io::Result<()> {
    let terminal = terminal.try_clone()?;
    let (mut here, there) = std::os::unix::net::UnixStream::pair()?;
    signal_hook::low_level::pipe::register(signal, there)?;
    std::thread::spawn(move || {
        while std::io::Read::read_exact(&mut here, &mut [0]).is_ok() {
            let answered = ASKING.load(Ordering::SeqCst) || GIVEN_UP.load(Ordering::SeqCst);
            if signal == signal_hook::consts::SIGINT && (answered || interrupt::is_taken()) {
                continue;
            }
            let _ = tcsetattr(&terminal, OptionalActions::Now, &before);
            let _ = signal_hook::low_level::emulate_default_handler(signal);
        }
    });
    Ok(())
}

#[cfg(unix)]
impl Drop for Unseen {
    fn drop(&mut self) {
        let _ = tcsetattr(&self.terminal, OptionalActions::Now, &self.before);
        ASKING.store(false, Ordering::SeqCst);
    }
}

#[cfg(unix)]
fn terminal() -> Option<(Box<dyn BufRead>, Box<dyn Write>)> {
    let tty = std::fs::OpenOptions::new().read(true).write(true).open("/dev/tty").ok()?;
    if !tty.is_terminal() {
        return None;
    }
    Some((Box::new(BufReader::new(tty.try_clone().ok()?)), Box::new(tty)))
}

#[cfg(not(unix))]
fn terminal() -> Option<(Box<dyn BufRead>, Box<dyn Write>)> {
    let both = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
    both.then(|| -> (Box<dyn BufRead>, Box<dyn Write>) {
        (Box::new(BufReader::new(std::io::stdin())), Box::new(std::io::stderr()))
    })
}
