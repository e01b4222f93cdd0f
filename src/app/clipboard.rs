//! Copies a code for a few seconds.
//!
//! On X11 and Wayland a clipboard lives only as long as the program that filled it, and somebody
//! has to empty it again on every system. So [`copy`] starts this program once more, as a small
//! helper with the command [`COMMAND`], which holds the code until its time is over. The helper of
//! [`lend`] also listens to whoever started it, and lets the code go when nobody is there any more.

mod hold;
mod osc52;

use std::io::{BufRead, Read, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

pub use hold::hold;
pub use osc52::osc52;
use zeroize::Zeroizing;

use crate::error::{Exit, Explain};
use crate::secret::Secret;
use crate::text;
use crate::text::Text;

/// The hidden command of both programs that runs [`serve`]; its one argument is the number of
/// seconds.
pub const COMMAND: &str = "clipboard-hold";

/// How long a code stays in the clipboard unless the user chose otherwise, in seconds.
pub const SECONDS: u64 = 30;

/// The longest that [`copy`] waits for its helper.
const PATIENCE: Duration = Duration::from_secs(6);

/// What the helper needs from the environment to reach the clipboard, and nothing else
/// (`security.md` R4.2); the last one is for Windows.
const ENVIRONMENT: [&str; 6] = ["DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "XDG_RUNTIME_DIR", "HOME", "SystemRoot"];

/// Puts `code` into the clipboard for `seconds`, and returns once it is there.
///
/// It is marked as not to be recorded, which most clipboard histories honour. After `seconds`, or
/// when the helper is told to end, the clipboard is emptied if it still holds the code.
///
/// # Errors
/// When there is no clipboard here, it does not take the code, or the helper does not start.
pub fn copy(code: &Secret, seconds: u64) -> Result<(), ClipboardError> {
    with_helper(seconds, |stdin| {
        give(stdin, code)?;
        Ok(())
    })
}

/// The same as long as somebody keeps what this gives, and this process lives: then the clipboard is
/// emptied before its time, if it still holds the code (`security.md` R6.1).
///
/// # Errors
/// As for [`copy`].
pub fn lend(code: &Secret, seconds: u64) -> Result<Lent, ClipboardError> {
    with_helper(seconds, |stdin| {
        let mut stdin = give(stdin, code)?;
        stdin.write_all(&[LENT]).map_err(|_| ClipboardError::NoHelper)?;
        Ok(Lent::new(stdin))
    })
}

/// A code in the clipboard, which goes when this is dropped.
pub struct Lent(Box<dyn Write + Send>);

impl Lent {
    /// One whose helper listens at the other end of `line`.
    pub fn new(line: impl Write + Send + 'static) -> Self {
        Self(Box::new(line))
    }

    /// Ends the helper without a look at the clipboard: another copy took this one's place, perhaps
    /// with the same code.
    pub fn give_up(mut self) {
        // A helper that has ended by itself hears nothing.
        let _ = self.0.write_all(&[GIVEN_UP]);
    }
}

/// What ends the code where the helper goes on listening; without it, the input ends.
const LENT: u8 = b'\n';
/// What the helper then hears when it has to leave the clipboard as it is.
const GIVEN_UP: u8 = b'-';

/// Starts the helper, lets `give` tell it the code, and waits for its answer.
fn with_helper<T>(
    seconds: u64,
    give: impl FnOnce(ChildStdin) -> Result<T, ClipboardError>,
) -> Result<T, ClipboardError> {
    let mut child = start(seconds)?;
    let answer = hand_over(&mut child, give);
    if answer.is_err() {
        let _ = child.kill();
    }
    // The window outlives its helpers, and would otherwise collect their remains.
    thread::spawn(move || child.wait());
    answer
}

fn give(mut stdin: ChildStdin, code: &Secret) -> Result<ChildStdin, ClipboardError> {
    // EXPOSE: the helper has to know what to hold; a pipe is seen by nobody else.
    stdin.write_all(code.expose()).map_err(|_| ClipboardError::NoHelper)?;
    Ok(stdin)
}

fn start(seconds: u64) -> Result<Child, ClipboardError> {
    let program = std::env::current_exe().map_err(|_| ClipboardError::NoHelper)?;
    let mut command = Command::new(program);
    command.arg(COMMAND).arg(seconds.to_string()).env_clear();
    command.envs(ENVIRONMENT.into_iter().filter_map(|name| Some((name, std::env::var_os(name)?))));
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    command.spawn().map_err(|_| ClipboardError::NoHelper)
}

/// Has `give` tell the helper the code, and waits for its answer.
fn hand_over<T>(
    child: &mut Child,
    give: impl FnOnce(ChildStdin) -> Result<T, ClipboardError>,
) -> Result<T, ClipboardError> {
    let (Some(stdin), Some(mut stdout)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(ClipboardError::NoHelper);
    };
    let given = give(stdin)?;
    let (sender, answers) = mpsc::channel();
    thread::spawn(move || {
        let mut answer = [0];
        let _ = sender.send(stdout.read_exact(&mut answer).map(|()| answer[0]));
    });
    match answers.recv_timeout(PATIENCE) {
        Ok(Ok(HOLDS)) => Ok(given),
        Ok(Ok(letter)) => Err(ClipboardError::from_letter(letter)),
        _ => Err(ClipboardError::NoHelper),
    }
}

/// What the helper answers when the clipboard holds the code.
const HOLDS: u8 = b'+';

/// The helper: reads a code from standard input, holds it for `seconds`, and answers on standard
/// output with one byte as soon as it does or fails. Both programs call it for [`COMMAND`].
///
/// # Errors
/// As for [`copy`]; whoever started the helper has been told already.
pub fn serve(seconds: u64) -> Result<(), ClipboardError> {
    // Away from the terminal: closing it, or Ctrl-C in it, is not meant for the clipboard.
    #[cfg(unix)]
    let _ = rustix::process::setsid();
    // The folder that the user was in may be on a stick that has to come out.
    #[cfg(unix)]
    let _ = std::env::set_current_dir("/");
    let (code, lent) = read_code()?;
    let held = hold(&code, seconds, lent, || answer(HOLDS));
    if let Err(error) = &held {
        answer(error.letter());
    }
    held
}

/// The longest code that the helper takes, in bytes.
const MAX_CODE: usize = 256;

/// The code, and whether it is only lent.
fn read_code() -> Result<(Secret, bool), ClipboardError> {
    // One allocation with room to spare, so that no part of a grown buffer stays behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(2 * MAX_CODE));
    let mut input = std::io::stdin().lock().take(MAX_CODE as u64);
    input.read_until(LENT, &mut bytes).map_err(|_| ClipboardError::NoHelper)?;
    let lent = bytes.pop_if(|last| *last == LENT).is_some();
    Ok((Secret::new(std::mem::take(&mut *bytes)), lent))
}

fn answer(letter: u8) {
    let mut stdout = std::io::stdout();
    // Nobody left to listen is no reason to let go of the clipboard before its time.
    let _ = stdout.write_all(&[letter]).and_then(|()| stdout.flush());
}

/// Why a code is not in the clipboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClipboardError {
    /// No desktop with a clipboard can be reached.
    NoDesktop,
    /// There is a clipboard, but it did not take the code.
    Refused,
    /// The helper did not start or did not answer.
    NoHelper,
    /// The terminal could not be written to.
    Terminal,
}

impl ClipboardError {
    /// What the helper answers with.
    fn letter(self) -> u8 {
        match self {
            Self::NoDesktop => b'd',
            Self::Refused => b'r',
            Self::NoHelper | Self::Terminal => b'h',
        }
    }

    fn from_letter(letter: u8) -> Self {
        [Self::NoDesktop, Self::Refused].into_iter().find(|error| error.letter() == letter).unwrap_or(Self::NoHelper)
    }
}

impl Explain for ClipboardError {
    fn text(&self) -> Text {
        match self {
            Self::NoDesktop => text!("clipboard-no-desktop"),
            Self::Refused => text!("clipboard-refused"),
            Self::NoHelper => text!("clipboard-no-helper"),
            Self::Terminal => text!("clipboard-terminal"),
        }
    }

    fn hint(&self) -> Option<Text> {
        Some(match self {
            Self::NoDesktop => text!("clipboard-hint-no-desktop"),
            Self::Refused | Self::NoHelper | Self::Terminal => text!("clipboard-hint-show"),
        })
    }

    fn exit(&self) -> Exit {
        Exit::NoClipboard
    }
}

crate::explained!(ClipboardError);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    #[test]
    fn errors_pass_through_the_pipe() {
        for error in [ClipboardError::NoDesktop, ClipboardError::Refused, ClipboardError::NoHelper] {
            assert_ne!(error.letter(), HOLDS);
            assert_eq!(ClipboardError::from_letter(error.letter()), error);
        }
    }

    #[test]
    fn errors_are_sentences() {
        #[track_caller]
        fn case(error: ClipboardError, text: &str, hint: &str) {
            assert_eq!(error.to_string(), text);
            assert_eq!(error.hint().unwrap().say(Lang::English), hint);
        }
        case(
            ClipboardError::NoDesktop,
            "no desktop with a clipboard can be reached from here",
            "leave out `--copy` to see the code; over SSH, `--copy --osc52` asks your own terminal to copy it",
        );
        case(ClipboardError::Refused, "the clipboard did not take the code", "leave out `--copy` to see the code");
    }
}
