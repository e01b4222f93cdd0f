//! `otp now`: the current code of one account.

use std::path::PathBuf;
use std::time::Duration;

use otp::account::{Account, AccountId, Kind};
use otp::app::App;
use otp::clock::UnixTime;
use otp::code::{self, Code};
use otp::error::Exit;
use otp::present;
use otp::secret::Secret;
use otp::text;

use crate::ask;
use crate::failure::Failure;
use crate::gather::Keys;
use crate::json;
use crate::output::Output;
use crate::pick;
use crate::session::Session;

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
    #[arg(long, value_name = "SECS", num_args = 0..=1, default_missing_value = "5", conflicts_with_all = ["at", "watch"])]
    wait: Option<u64>,
    #[arg(long, conflicts_with_all = ["at", "json", "copy"])]
    watch: bool,
    #[arg(long, value_name = "TIME", value_parser = time)]
    at: Option<UnixTime>,
    #[arg(long)]
    json: bool,
    #[arg(long, value_name = "IMAGE")]
    qr: Option<PathBuf>,
}

/// Where codes come from: the store, or a picture of which nothing is kept.
enum Source {
    Stored(Box<App>, AccountId),
    Picture(Box<Account>),
}

/// Where the codes come from, the name to show, and what is told of the account in JSON.
type Subject = (Source, text::Text, serde_json::Value);

impl Source {
    fn code(&mut self, now: UnixTime) -> Result<Code, Failure> {
        match self {
            Self::Stored(app, id) => Ok(app.code(*id, now)?),
            Self::Picture(account) => Ok(code::at(account, now)),
        }
    }

    fn next(&mut self, now: UnixTime) -> Result<Code, Failure> {
        match self {
            Self::Stored(app, id) => Ok(code::next(&app.ledger().account(*id)?, now)),
            Self::Picture(account) => Ok(code::next(account, now)),
        }
    }
}

/// Unix time in seconds, or a date and time such as `2026-01-01T00:00:00Z`.
fn time(typed: &str) -> Result<UnixTime, String> {
    let seconds = typed.parse::<u64>().ok();
    let written = || typed.parse::<jiff::Timestamp>().ok().and_then(|time| u64::try_from(time.as_second()).ok());
    seconds.or_else(written).map(UnixTime).ok_or_else(String::new)
}

impl Now {
    pub(crate) fn run(mut self, session: &Session, out: &mut Output) -> Result<Exit, Failure> {
        let (mut source, title, data) = match self.qr.take() {
            Some(path) => self.pictured(&path, out)?,
            None => self.stored(session, out)?,
        };
        if self.watch {
            return watch(&mut source, &title, out);
        }
        let mut now = self.at.unwrap_or_else(UnixTime::now);
        let mut code = if self.next { source.next(now)? } else { source.code(now)? };
        if let Some(least) = self.wait {
            while code.seconds_left(now).is_some_and(|left| left < least.min(60)) && !self.next {
                std::thread::sleep(Duration::from_millis(200));
                now = UnixTime::now();
                code = source.code(now)?;
            }
        }
        self.show(&code, now, &title, &data, session, out)?;
        if let Source::Stored(app, _) = &mut source {
            app.tidy(UnixTime::now());
        }
        Ok(Exit::Done)
    }

    fn show(
        &self,
        code: &Code,
        now: UnixTime,
        title: &text::Text,
        data: &serde_json::Value,
        session: &Session,
        out: &mut Output,
    ) -> Result<(), Failure> {
        if self.copy {
            self.copy(code, title, session, out)?;
        }
        if self.json {
            return out.data(&json::answer("code", &json::with_code(data.clone(), Some(code), now)));
        }
        if !self.copy {
            out.strong(&code.digits)?;
        }
        match code.seconds_left(now) {
            Some(seconds) => {
                out.note(&text!("now-left", account = title.clone(), time = present::seconds_left(seconds)));
            }
            None => out.note(&text!("now-counter", account = title.clone())),
        }
        Ok(())
    }

    fn copy(&self, code: &Code, title: &text::Text, session: &Session, out: &mut Output) -> Result<(), Failure> {
        let secret = Secret::from_text(code.digits.clone());
        if self.osc52 {
            let written = otp::app::clipboard::osc52(&secret, &mut std::io::stderr());
            written.map_err(|_| Failure::new(Exit::Disk, text!("cli-output-failed")))?;
            out.note(&text!("now-copied-osc52", account = title.clone()));
            return Ok(());
        }
        let seconds = session.config.clipboard_seconds;
        otp::app::clipboard::copy(&secret, seconds)?;
        out.note(&text!("now-copied", account = title.clone(), seconds = seconds));
        Ok(())
    }

    fn stored(&self, session: &Session, out: &mut Output) -> Result<Subject, Failure> {
        let app = session.open(out)?;
        let entry = pick::one(self.query.as_deref(), &app.accounts(), out)?;
        let title = present::title(&entry.issuer, &entry.name);
        Ok((Source::Stored(Box::new(app), entry.id), title, json::account(&entry)))
    }

    /// The account in a picture; with several, the query says which.
    fn pictured(&self, path: &std::path::Path, out: &mut Output) -> Result<Subject, Failure> {
        let batch = Keys::default().read(path, out)?;
        let mut accounts: Vec<Account> = batch.accounts.into_iter().map(|imported| imported.account).collect();
        let titles: Vec<text::Text> = accounts.iter().map(|it| present::title(it.issuer(), it.name())).collect();
        let wanted = |account: &Account| {
            let text = format!("{} {}", account.issuer(), account.name()).to_lowercase();
            self.query.as_ref().is_none_or(|query| text.contains(&query.to_lowercase()))
        };
        let fitting: Vec<usize> = (0..accounts.len()).filter(|at| accounts.get(*at).is_some_and(wanted)).collect();
        match fitting[..] {
            [at] => {
                let account = accounts.swap_remove(at);
                let data = serde_json::json!({ "issuer": account.issuer(), "name": account.name(), "kind": account.kind().id() });
                if matches!(account.kind(), Kind::Hotp { .. }) {
                    out.say(&text!("now-counter-not-kept"));
                }
                let title = titles.into_iter().nth(at).unwrap_or_else(|| text!("present-unnamed"));
                Ok((Source::Picture(Box::new(account)), title, data))
            }
            [] if titles.is_empty() => {
                let reason = batch.skipped.into_iter().next().map(|skipped| skipped.reason.text());
                Err(Failure::new(Exit::BadInput, reason.unwrap_or_else(|| text!("now-picture-none"))))
            }
            [] => Err(Failure::new(Exit::NotFound, text!("now-picture-other"))),
            _ => {
                for at in &fitting {
                    if let Some(title) = titles.get(*at) {
                        out.talk(&format!("  {}", title.say(out.lang)));
                    }
                }
                let text = text!("now-picture-several", count = fitting.len());
                Err(Failure::new(Exit::Ambiguous, text).hint(text!("pick-hint-ambiguous")))
            }
        }
    }
}

/// Shows each code as it comes, until the user stops it.
fn watch(source: &mut Source, title: &text::Text, out: &mut Output) -> Result<Exit, Failure> {
    let first = source.code(UnixTime::now())?;
    if first.valid.is_none() {
        return Err(Failure::new(Exit::Usage, text!("now-watch-counter")).hint(text!("now-hint-watch-counter")));
    }
    out.note(&text!("now-watch", account = title.clone()));
    let mut shown = String::new();
    loop {
        let now = UnixTime::now();
        let code = source.code(now)?;
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
}
