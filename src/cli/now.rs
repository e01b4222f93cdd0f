//! `otp now`: the current code of one account.

use std::path::PathBuf;
use std::time::Duration;

use crate::account::{Account, Algorithm, Kind, Parts};
use crate::app::clipboard::{self, ClipboardError};
use crate::app::when;
use crate::clock::{Clock, Steady, UnixTime};
use crate::code::Code;
use crate::error::Exit;
use crate::import::Batch;
use crate::key;
use crate::present;
use crate::secret::Secret;
use crate::text;
use crate::text::Text;
use crate::uri;

use crate::cli::ask;
use crate::cli::copied;
use crate::cli::failure::Failure;
use crate::cli::gather::Keys;
use crate::cli::json;
use crate::cli::output::Output;
use crate::cli::session::Session;
use crate::cli::subject::Subject;

#[derive(Debug, clap::Args)]
#[allow(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub(crate) struct Now {
    query: Option<String>,
    #[arg(long, short)]
    copy: bool,
    #[arg(long, requires = "copy")]
    osc52: bool,
    #[arg(long, conflicts_with = "watch")]
    next: bool,
    // Without `=` the account's name would be taken for the seconds.
    #[arg(long, value_name = "SECS", num_args = 0..=1, require_equals = true, default_missing_value = "5", conflicts_with_all = ["at", "watch"])]
    wait: Option<u64>,
    #[arg(long, conflicts_with_all = ["at", "json", "copy"])]
    watch: bool,
    #[arg(long, value_name = "TIME", value_parser = time)]
    at: Option<UnixTime>,
    #[arg(long)]
    json: bool,
    #[arg(long, value_name = "IMAGE", conflicts_with = "site")]
    qr: Option<PathBuf>,
    #[arg(long, conflicts_with_all = ["qr", "site"])]
    screen: bool,
    #[arg(long, conflicts_with_all = ["qr", "screen", "site"])]
    clipboard: bool,
    #[arg(long = "for", value_name = "ADDRESS")]
    site: Option<String>,
}

/// Unix time in seconds, or a date and time such as `2026-01-01T00:00:00Z`.
fn time(typed: &str) -> Result<UnixTime, String> {
    when::exact(typed).ok_or_else(String::new)
}

impl Now {
    pub(crate) fn run(self, session: &Session, out: &mut Output) -> Result<Exit, Failure> {
        let query = self.query.as_deref();
        let subject = match (self.pictured(out)?, &self.site) {
            (Some(batch), _) => Subject::pictured(batch, query, out)?,
            (None, Some(address)) => Subject::of_site(query, address, session, out)?,
            (None, None) => Subject::stored(query, session, out)?,
        };
        self.answer(subject, session, out)
    }

    /// Shows the code of `subject` as it was asked for.
    fn answer(self, mut subject: Subject, session: &Session, out: &mut Output) -> Result<Exit, Failure> {
        // Before a code is made: that would use a counter up.
        if subject.counts() {
            self.refuse_counter()?;
        }
        if self.watch {
            return watch(&mut subject, session.clock, out);
        }
        // A time that was asked for is the right one.
        let clock = if self.at.is_some() { Clock::default() } else { session.clock };
        let mut now = self.at.unwrap_or_else(|| clock.now());
        let mut code = subject.code(now)?;
        if let Some(least) = self.wait
            && wait(&code, least, clock)
        {
            now = clock.now();
            code = subject.code(now)?;
        }
        self.show(&code, (now, clock), &subject, session, out)?;
        if self.at.is_none() {
            subject.say_clock(clock, out);
        }
        Ok(Exit::Done)
    }

    /// What is in the picture, on the screen or in the clipboard, if one of them is meant.
    fn pictured(&self, out: &mut Output) -> Result<Option<Batch>, Failure> {
        let mut keys = Keys::default();
        Ok(match self {
            Self { qr: Some(path), .. } => Some(keys.read(path, out)?),
            Self { screen: true, .. } => Some(keys.screen(out)?.batch),
            Self { clipboard: true, .. } => Some(copied::gather(&mut keys, nameless, out)?.batch),
            _ => None,
        })
    }

    /// A counter has no code before it is used up, and none that comes by itself.
    fn refuse_counter(&self) -> Result<(), Failure> {
        let refused = |text, hint| Err(Failure::new(Exit::Usage, text).hint(hint));
        match self {
            Self { watch: true, .. } => refused(text!("now-watch-counter"), text!("now-hint-watch-counter")),
            Self { next: true, .. } => refused(text!("now-next-counter"), text!("now-hint-next-counter")),
            _ => Ok(()),
        }
    }

    fn show(
        &self,
        code: &Code,
        (now, clock): (UnixTime, Clock),
        subject: &Subject,
        session: &Session,
        out: &mut Output,
    ) -> Result<(), Failure> {
        let next = subject.next(now).filter(|_| self.next);
        if self.copy {
            self.copy(code, &subject.title, session, out)?;
        }
        if self.json {
            let mut data = json::with_code(subject.data.clone(), Some(code), now, clock);
            if let Some(next) = next {
                data["next"] = json::code(Some(&next));
            }
            return out.data(&json::answer("code", &data));
        }
        if !self.copy {
            out.strong(&code.digits)?;
        }
        let title = subject.title.clone();
        match code.seconds_left(now) {
            Some(seconds) => out.note(&text!("now-left", account = title, time = present::seconds_left(seconds))),
            None => out.note(&text!("now-counter", account = title)),
        }
        match next {
            Some(next) => following(&next, out),
            None => Ok(()),
        }
    }

    fn copy(&self, code: &Code, title: &Text, session: &Session, out: &mut Output) -> Result<(), Failure> {
        let secret = Secret::from_text(code.digits.clone());
        if self.osc52 {
            clipboard::osc52(&secret, &mut terminal()?)?;
            out.note(&text!("now-copied-osc52", account = title.clone()));
            return Ok(());
        }
        let seconds = session.config.clipboard_seconds;
        clipboard::copy(&secret, seconds)?;
        out.note(&text!("now-copied", account = title.clone(), seconds = seconds));
        Ok(())
    }
}

#[cfg(unix)]
impl Now {
    /// Whether it is asked for the code of a stored account and nothing else, as every day.
    pub(crate) fn is_daily(&self) -> bool {
        self.qr.is_none() && !self.screen && !self.clipboard && self.site.is_none()
    }

    pub(crate) fn is_json(&self) -> bool {
        self.json
    }

    /// The same as `run` where [`is_daily`](Self::is_daily) holds, without what only other sources need.
    pub(crate) fn daily(self, session: &Session, out: &mut Output) -> Result<Exit, Failure> {
        let subject = Subject::stored(self.query.as_deref(), session, out)?;
        self.answer(subject, session, out)
    }
}

/// The account of a backup key alone.
fn nameless(typed: &str, _: &mut Output) -> Result<Batch, Failure> {
    let parts = Parts {
        issuer: String::new(),
        name: String::new(),
        kind: Kind::Totp { period: uri::DEFAULT_PERIOD },
        algorithm: Algorithm::default(),
        digits: uri::DEFAULT_DIGITS,
        secret: key::read(typed)?.secret,
        pin: None,
    };
    Ok(Batch::one(Account::new(parts)?, Vec::new()))
}

/// The code that comes next, and for how long it will be valid.
fn following(next: &Code, out: &mut Output) -> Result<(), Failure> {
    out.data(&next.digits)?;
    let seconds = next.valid.map_or(0, |valid| valid.until.since(valid.from));
    out.note(&text!("now-next", seconds = seconds));
    Ok(())
}

/// The terminal itself: what is sent to it must not end in a file.
fn terminal() -> Result<std::fs::File, ClipboardError> {
    let path = if cfg!(windows) { "CONOUT$" } else { "/dev/tty" };
    std::fs::File::options().write(true).open(path).map_err(|_| ClipboardError::Terminal)
}

/// Waits for the end of `code` if fewer than `least` seconds of it are left; tells whether it did.
/// It never waits for more than one code, since `least` may be longer than any is valid.
fn wait(code: &Code, least: u64, clock: Clock) -> bool {
    let Some(valid) = code.valid else { return false };
    let mut waited = false;
    loop {
        let now = clock.now();
        // The clock may also be set back.
        let ended = now < valid.from || now >= valid.until;
        if ended || valid.until.since(now) >= least {
            return waited || ended;
        }
        waited = true;
        std::thread::sleep(Duration::from_millis(200));
    }
}

/// Shows each code as it comes, until the user stops it.
fn watch(subject: &mut Subject, clock: Clock, out: &mut Output) -> Result<Exit, Failure> {
    out.note(&text!("now-watch", account = subject.title.clone()));
    subject.say_clock(clock, out);
    let mut steady = Steady::start();
    let mut shown = String::new();
    while !out.is_closed() {
        if steady.has_jumped() {
            out.progress_done();
            out.note(&text!("clock-jumped"));
        }
        let now = clock.now();
        let code = subject.code(now)?;
        if code.digits != shown {
            out.progress_done();
            out.strong(&code.digits)?;
            shown.clone_from(&code.digits);
        }
        out.progress(&present::seconds_left(code.seconds_left(now).unwrap_or(0)));
        if !ask::is_possible() && !std::io::IsTerminal::is_terminal(&std::io::stdout()) {
            out.progress_done();
        }
        std::thread::sleep(Duration::from_millis(500));
    }
    Ok(Exit::Done)
}
