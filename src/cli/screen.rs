//! Secrets on the screen: the terminal's other page, cleared when it is left (`security.md` R5.2
//! and R9.2).

use std::io::{IsTerminal, Write};

use crate::qr::Modules;
use crate::secret::Secret;
use crate::text;
use crate::text::Text;
use zeroize::Zeroizing;

use crate::cli::ask;
use crate::cli::failure::Failure;
use crate::cli::output::Output;

/// How long a code stays on the screen, in seconds.
const SHOWN: u64 = 30;
const ENTER: &str = "\u{1b}[?1049h\u{1b}[?25l";
const CLEAR: &str = "\u{1b}[0m\u{1b}[2J\u{1b}[3J\u{1b}[H";
const LEAVE: &str = "\u{1b}[?25h\u{1b}[?1049l";

/// What is shown at once, and the line below it.
pub(crate) struct Page {
    pub(crate) body: Body,
    pub(crate) caption: Text,
}

/// A QR code, or text that holds a secret.
pub(crate) enum Body {
    Code(Modules),
    Text(Zeroizing<String>),
}

/// Whether codes can be shown one by one: somebody looks and can press keys.
pub(crate) fn is_possible() -> bool {
    std::io::stdout().is_terminal() && ask::is_possible()
}

/// Shows `pages` one by one until the reader leaves. Gives how many of them were seen.
pub(crate) fn show(pages: &[Page], out: &Output) -> Result<usize, Failure> {
    turn(pages.len(), &|at| pages.get(at).map(|page| draw(page, pages.len(), out)).unwrap_or_default(), out)
}

/// Shows `secret` below `heading` until the reader leaves, with its code above it where one is given.
pub(crate) fn reveal(heading: &Text, secret: &Secret, modules: Option<&Modules>, out: &Output) -> Result<(), Failure> {
    let (heading, keys) = (heading.say(out.lang), text!("export-page-keys-one").say(out.lang));
    let rows = modules.map_or(0, |modules| modules.whole().div_ceil(2)) + 8;
    let columns = modules.map_or(0, Modules::whole);
    let fits = size().is_none_or(|(wide, high)| columns <= wide && rows <= high);
    let code = modules.filter(|_| fits).map(Modules::to_terminal).unwrap_or_default();
    turn(
        1,
        &|_| {
            let room = code.len() + secret.len() + heading.len() + keys.len() + 8;
            let mut text = zeroize::Zeroizing::new(String::with_capacity(room));
            // EXPOSE: it is what the reader asked to see; the buffer is wiped, the screen is cleared.
            let secret = secret.expose_text().unwrap_or_default();
            for piece in [&*code, &heading, "\n\n", secret, "\n\n", &keys] {
                text.push_str(piece);
            }
            text
        },
        out,
    )
    .map(drop)
}

/// Turns `count` pages, which `draw` gives, until the reader leaves. Gives how many of them were seen.
fn turn(count: usize, draw: &dyn Fn(usize) -> zeroize::Zeroizing<String>, out: &Output) -> Result<usize, Failure> {
    let mut keys = keys::Keys::start().ok_or_else(ask::nobody)?;
    let _screen = Screen::enter();
    let (mut at, mut seen) = (0, 0);
    while at < count {
        Screen::draw(&draw(at));
        seen = seen.max(at + 1);
        match keys.next(SHOWN) {
            Key::Next => at += 1,
            Key::Back => at = at.saturating_sub(1),
            Key::Other => {}
            Key::Quit => break,
            Key::Late => {
                Screen::draw(&text!("export-page-hidden", seconds = SHOWN).say(out.lang));
                if keys.wait() == Key::Quit {
                    break;
                }
            }
        }
    }
    Ok(seen)
}

/// The code with its caption, or what to do if it does not fit.
fn draw(page: &Page, pages: usize, out: &Output) -> Zeroizing<String> {
    let keys = if pages > 1 { text!("export-page-keys") } else { text!("export-page-keys-one") };
    let (caption, keys) = (page.caption.say(out.lang), keys.say(out.lang));
    let modules = match &page.body {
        Body::Code(modules) => modules,
        Body::Text(text) => return format!("{}\n\n{caption}\n{keys}", text.as_str()).into(),
    };
    let (columns, rows) = (modules.whole(), modules.whole().div_ceil(2) + 2);
    let fits = size().is_none_or(|(wide, high)| columns <= wide && rows <= high);
    if !fits {
        let advice = text!("export-page-too-small", columns = columns, rows = rows).say(out.lang);
        return format!("{advice}\n\n{caption}\n{keys}").into();
    }
    let mut text = modules.to_terminal();
    text.reserve(caption.len() + keys.len() + 2);
    text.push_str(&caption);
    text.push('\n');
    text.push_str(&keys);
    text
}

/// Columns and rows of the terminal, where they are known.
fn size() -> Option<(usize, usize)> {
    #[cfg(unix)]
    if let Ok(size) = rustix::termios::tcgetwinsize(std::io::stdout()) {
        let known = size.ws_col > 0 && size.ws_row > 0;
        return known.then(|| (size.ws_col.into(), size.ws_row.into()));
    }
    None
}

/// The other page of the terminal. Dropped, it is clear and left.
struct Screen;

impl Screen {
    fn enter() -> Self {
        write(ENTER);
        Self
    }

    fn draw(text: &str) {
        // Where keys are read one by one, a line feed does not go back to the first column.
        let lines = Zeroizing::new(text.replace('\n', "\r\n"));
        write(CLEAR);
        write(&lines);
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        write(CLEAR);
        write(LEAVE);
    }
}

/// Straight to the terminal: the colours of a code are no decoration that may be left out.
pub(crate) fn write(text: &str) {
    let mut out = std::io::stdout();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// What the reader pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Key {
    Next,
    Back,
    Quit,
    Other,
    /// Nothing for too long.
    #[cfg_attr(not(unix), allow(dead_code, reason = "whole lines are waited for"))]
    Late,
}

impl Key {
    fn of(byte: u8) -> Self {
        match byte {
            b'\r' | b'\n' | b' ' => Self::Next,
            b'b' | b'B' | 0x7f | 0x08 => Self::Back,
            // Ctrl-C and Ctrl-D, too.
            b'q' | b'Q' | 0x03 | 0x04 => Self::Quit,
            _ => Self::Other,
        }
    }
}

#[cfg(unix)]
mod keys {
    use std::fs::File;
    use std::io::Read as _;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::time::{Duration, Instant};

    use rustix::termios::{OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcsetattr};
    use signal_hook::SigId;
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};

    use super::Key;

    /// The keyboard, key by key.
    pub(super) struct Keys {
        terminal: File,
        before: Termios,
        ended: Arc<AtomicBool>,
        signals: Vec<SigId>,
    }

    impl Keys {
        pub(super) fn start() -> Option<Self> {
            let terminal = File::open("/dev/tty").ok()?;
            let before = tcgetattr(&terminal).ok()?;
            let mut raw = before.clone();
            raw.make_raw();
            // A read comes back after a fifth of a second, to look at clock and signals.
            raw.special_codes[SpecialCodeIndex::VMIN] = 0;
            raw.special_codes[SpecialCodeIndex::VTIME] = 2;
            tcsetattr(&terminal, OptionalActions::Flush, &raw).ok()?;
            let ended = Arc::new(AtomicBool::new(false));
            let register = |signal| signal_hook::flag::register(signal, Arc::clone(&ended)).ok();
            let signals = [SIGHUP, SIGINT, SIGTERM].into_iter().filter_map(register).collect();
            Some(Self { terminal, before, ended, signals })
        }

        /// The next key, or [`Key::Late`] after `seconds`.
        pub(super) fn next(&mut self, seconds: u64) -> Key {
            self.until(Some(Instant::now() + Duration::from_secs(seconds)))
        }

        /// The next key, however long it takes.
        pub(super) fn wait(&mut self) -> Key {
            self.until(None)
        }

        fn until(&mut self, end: Option<Instant>) -> Key {
            let mut byte = [0];
            loop {
                if self.ended.load(Ordering::Relaxed) {
                    return Key::Quit;
                }
                match self.terminal.read(&mut byte) {
                    Ok(1) => return Key::of(byte[0]),
                    Err(error) if error.kind() != std::io::ErrorKind::Interrupted => return Key::Quit,
                    _ if end.is_some_and(|end| Instant::now() >= end) => return Key::Late,
                    _ => {}
                }
            }
        }
    }

    impl Drop for Keys {
        fn drop(&mut self) {
            for signal in self.signals.drain(..) {
                signal_hook::low_level::unregister(signal);
            }
            let _ = tcsetattr(&self.terminal, OptionalActions::Flush, &self.before);
        }
    }
}

#[cfg(not(unix))]
mod keys {
    use super::Key;

    /// The keyboard, line by line.
    pub(super) struct Keys;

    impl Keys {
        pub(super) fn start() -> Option<Self> {
            crate::cli::ask::is_possible().then_some(Self)
        }

        pub(super) fn next(&mut self, _: u64) -> Key {
            self.wait()
        }

        #[allow(clippy::unused_self, reason = "key by key it is needed")]
        pub(super) fn wait(&mut self) -> Key {
            let mut line = String::new();
            match std::io::stdin().read_line(&mut line) {
                Ok(0) | Err(_) => Key::Quit,
                Ok(_) => Key::of(line.bytes().next().unwrap_or(b'\n')),
            }
        }
    }
}
