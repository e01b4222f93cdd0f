//! The helper's work: hold the clipboard until the time is over, and clear it if it is unchanged.

use std::io::Read;
#[cfg(unix)]
use std::os::unix::net::UnixStream;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use arboard::{Clipboard, Set};

use super::ClipboardError;
use crate::secret::Secret;

/// The longest that setting the clipboard may take.
const SETTING: Duration = Duration::from_secs(4);
/// The longest that another program may take to say what the clipboard holds.
const ASKING: Duration = Duration::from_secs(2);

/// Something that ends the waiting.
enum Event {
    /// Another program filled the clipboard, or it was cleared.
    Lost,
    /// The clipboard was not filled.
    Failed(ClipboardError),
    /// The system asks this process to end, or whoever lent the code is no longer there.
    Ended,
    /// Whoever lent the code wants the clipboard left as it is.
    GivenUp,
}

/// Fills the clipboard with `code`, calls `holds` once it is there, and returns after `seconds`,
/// when the clipboard holds something else, or at SIGTERM, SIGINT and SIGHUP. The clipboard is
/// then cleared if it still holds the code. The code may be `lent` by whoever is at the other end
/// of standard input: see [`lend`](super::lend).
///
/// The primary selection is never touched, and nothing is handed to a clipboard manager.
///
/// # Errors
/// When the clipboard cannot be reached or filled.
pub fn hold(code: &Secret, seconds: u64, lent: bool, holds: impl FnOnce()) -> Result<(), ClipboardError> {
    let (sender, events) = mpsc::channel();
    listen(sender.clone())?;
    if lent {
        listen_to_lender(sender.clone());
    }
    fill(code.duplicate(), sender.clone());
    confirm(code, &events)?;
    holds();
    if wait(code, Duration::from_secs(seconds), &events) {
        clear_if_unchanged(code);
    }
    Ok(())
}

/// Returns when `time` is over, when the process has to end, or when the clipboard is known to
/// hold something else. `false` if nothing is to be cleared.
fn wait(code: &Secret, time: Duration, events: &Receiver<Event>) -> bool {
    let mut deadline = Instant::now() + time;
    loop {
        match events.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
            // Some clipboard managers take over what others copied; and whoever copies the same
            // code again starts the time anew.
            Ok(Event::Lost) if has(code) => deadline = Instant::now() + time,
            Ok(Event::GivenUp) => return false,
            Ok(_) | Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return true,
        }
    }
}

/// Returns once the clipboard is seen to hold `code`.
fn confirm(code: &Secret, events: &Receiver<Event>) -> Result<(), ClipboardError> {
    let deadline = Instant::now() + SETTING;
    loop {
        match events.recv_timeout(Duration::from_millis(5)) {
            Ok(Event::Failed(error)) => return Err(error),
            Ok(Event::Ended) => {
                clear_if_unchanged(code);
                return Err(ClipboardError::Refused);
            }
            Ok(Event::Lost | Event::GivenUp) => return Err(ClipboardError::Refused),
            Err(_) if has(code) => return Ok(()),
            Err(_) if Instant::now() > deadline => return Err(ClipboardError::Refused),
            Err(_) => {}
        }
    }
}

/// Fills the clipboard on a thread of its own, which on X11 and Wayland serves it until it is lost.
fn fill(code: Secret, events: Sender<Event>) {
    thread::spawn(move || {
        let event = match set(&code) {
            Ok(()) if SERVES => Event::Lost,
            Ok(()) => return,
            Err(error) => Event::Failed(error),
        };
        let _ = events.send(event);
    });
}

/// Whether a clipboard lives only as long as the program that filled it.
const SERVES: bool = cfg!(all(unix, not(target_os = "macos")));

fn set(code: &Secret) -> Result<(), ClipboardError> {
    // EXPOSE: the clipboard is given the code itself.
    let text = code.expose_text().ok_or(ClipboardError::Refused)?.to_owned();
    let mut clipboard = Clipboard::new().map_err(|_| ClipboardError::NoDesktop)?;
    marked(clipboard.set()).text(text).map_err(|_| ClipboardError::Refused)
}

/// Marks what is set as not to be recorded (`security.md` R6.2), and waits until it is lost.
#[cfg(all(unix, not(target_os = "macos")))]
fn marked(set: Set<'_>) -> Set<'_> {
    arboard::SetExtLinux::wait(arboard::SetExtLinux::exclude_from_history(set))
}

/// Marks what is set as not to be recorded (`security.md` R6.2).
#[cfg(target_os = "macos")]
fn marked(set: Set<'_>) -> Set<'_> {
    arboard::SetExtApple::exclude_from_history(set)
}

/// Marks what is set as not to be recorded (`security.md` R6.2).
#[cfg(windows)]
fn marked(set: Set<'_>) -> Set<'_> {
    use arboard::SetExtWindows;
    set.exclude_from_monitoring().exclude_from_cloud().exclude_from_history()
}

/// Sends [`Event::Ended`] at the first signal to end.
#[cfg(unix)]
fn listen(events: Sender<Event>) -> Result<(), ClipboardError> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    let pipe = || -> std::io::Result<UnixStream> {
        let (here, there) = UnixStream::pair()?;
        for signal in [SIGHUP, SIGINT, SIGTERM] {
            signal_hook::low_level::pipe::register(signal, there.try_clone()?)?;
        }
        Ok(here)
    };
    let mut signals = pipe().map_err(|_| ClipboardError::NoHelper)?;
    thread::spawn(move || {
        if signals.read_exact(&mut [0]).is_ok() {
            let _ = events.send(Event::Ended);
        }
    });
    Ok(())
}

/// Windows ends processes without asking them.
#[cfg(windows)]
#[expect(clippy::unnecessary_wraps, reason = "it can fail elsewhere")]
fn listen(_: Sender<Event>) -> Result<(), ClipboardError> {
    Ok(())
}

/// Sends what the lender wants: it says so, or is gone.
fn listen_to_lender(events: Sender<Event>) {
    thread::spawn(move || {
        let event = if std::io::stdin().read_exact(&mut [0]).is_ok() { Event::GivenUp } else { Event::Ended };
        let _ = events.send(event);
    });
}

/// Whether the clipboard holds exactly `code`. A program that does not say what it put there
/// counts as another text.
fn has(code: &Secret) -> bool {
    let (sender, answers) = mpsc::channel();
    thread::spawn(move || {
        let text = Clipboard::new().and_then(|mut clipboard| clipboard.get_text());
        let _ = sender.send(text.map(Secret::from_text));
    });
    matches!(answers.recv_timeout(ASKING), Ok(Ok(text)) if text.matches(code))
}

fn clear_if_unchanged(code: &Secret) {
    if has(code)
        && let Ok(mut clipboard) = Clipboard::new()
    {
        // A failure leaves nothing to try: the process ends, and with it what it holds on Linux.
        let _ = clipboard.clear();
    }
}
