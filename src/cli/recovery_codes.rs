//! `otp recovery-codes`: a site's own one-time codes, kept like a secret and spent one at a time.

use crate::app::App;
use crate::clock::UnixTime;
use crate::error::Exit;
use crate::present;
use crate::recovery::sheet::Job;
use crate::secret::Secret;
use crate::store::index::Entry;
use crate::text;
use serde_json::{Value, json};

use crate::cli::ask;
use crate::cli::failure::Failure;
use crate::cli::input;
use crate::cli::json;
use crate::cli::output::Output;
use crate::cli::paper::OnPaper;
use crate::cli::pick;
use crate::cli::session::Session;

#[derive(Debug, clap::Args)]
#[allow(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub(crate) struct RecoveryCodes {
    query: Option<String>,
    #[arg(long, requires = "query", conflicts_with_all = ["output", "print"])]
    add: bool,
    #[arg(long, requires = "query", conflicts_with_all = ["output", "print", "add"])]
    spend: bool,
    #[arg(long, requires = "query", conflicts_with_all = ["output", "print", "add", "spend"])]
    remove: bool,
    #[arg(long, requires = "query", conflicts_with_all = ["output", "print", "add", "spend", "remove"])]
    restore: bool,
    #[arg(long, conflicts_with_all = ["output", "print", "add", "spend", "remove", "restore"])]
    json: bool,
    #[command(flatten)]
    to: OnPaper,
}

impl RecoveryCodes {
    pub(crate) fn run(self, session: &Session, out: &mut Output) -> Result<Exit, Failure> {
        if self.to.is_wanted() {
            return self.put_on_paper(session, out);
        }
        let mut app = session.open(out)?;
        let Some(query) = &self.query else {
            let entries: Vec<Entry> = app.accounts().into_iter().cloned().collect();
            return self.list(&entries, out);
        };
        let entry = pick::one(Some(query), &app.accounts(), out)?;
        let title = present::title(&entry.issuer, &entry.name);
        let now = UnixTime::now();
        if self.add {
            let done = app.add_recovery_codes(entry.id, &pasted(out)?, now)?;
            out.note(&text!("codes-added", count = done.added, account = title));
            if done.known > 0 {
                out.note(&text!("codes-known", count = done.known));
            }
            if done.left_out > 0 {
                out.say(&text!("codes-left-out", count = done.left_out));
            }
        } else if self.spend {
            spend(&mut app, &entry, out)?;
        } else if self.remove {
            if !session.yes && !ask::yes(&text!("codes-ask-remove", account = title.clone()), out.lang)? {
                return Err(ask::cancelled());
            }
            app.remove_recovery_codes(entry.id, now)?;
            out.note(&text!("codes-removed", account = title));
        } else if self.restore {
            app.restore_recovery_codes(entry.id, now)?;
            out.note(&text!("codes-restored", account = title));
        } else {
            return self.list(std::slice::from_ref(&entry), out);
        }
        Ok(Exit::Done)
    }

    /// The codes of one account on a page of their own; none is spent by that.
    fn put_on_paper(&self, session: &Session, out: &mut Output) -> Result<Exit, Failure> {
        self.to.check()?;
        let mut app = session.open(out)?;
        let entry = pick::one(self.query.as_deref(), &app.accounts(), out)?;
        self.to.agree(session, out)?;
        let date = present::day(UnixTime::now());
        let job = Job { date: &date, paper: self.to.size(), lang: out.lang };
        let page = app.recovery_codes_page(entry.id, &job)?;
        let title = present::title(&entry.issuer, &entry.name);
        let done = text!("codes-paper-file", account = title.clone(), file = self.to.file_name());
        self.to.write(&page, &done, out)?;
        self.to.print(&page, &text!("codes-paper-printed", account = title), out)?;
        Ok(Exit::Done)
    }

    /// How many codes are left, account by account.
    fn list(&self, entries: &[Entry], out: &mut Output) -> Result<Exit, Failure> {
        let kept: Vec<&Entry> = entries.iter().filter(|entry| entry.way_back.codes_left().is_some()).collect();
        if self.json {
            out.data(&json::answer("recovery_codes", &kept.iter().map(|entry| data(entry)).collect()))?;
            return Ok(Exit::Done);
        }
        if kept.is_empty() {
            out.note(&text!("codes-kept-none"));
        }
        for entry in kept {
            let (left, of) = count(entry);
            let line = text!("codes-line", account = pick::title(entry, out.lang), left = left, of = of).say(out.lang);
            out.data(&line)?;
        }
        Ok(Exit::Done)
    }
}

/// The block: from a pipe, or asked for without showing it.
fn pasted(out: &Output) -> Result<Secret, Failure> {
    if input::is_piped() {
        return Ok(Secret::new(input::standard()?.to_vec()));
    }
    ask::hidden_block(&text!("codes-ask-block"), out.lang).ok_or_else(ask::nobody)
}

/// Shows one code, which is spent by that.
fn spend(app: &mut App, entry: &Entry, out: &mut Output) -> Result<(), Failure> {
    let code = app.spend_recovery_code(entry.id, UnixTime::now())?;
    // EXPOSE: it is what was asked for, and good for one time.
    out.strong(code.expose_text().unwrap_or_default())?;
    let left = app.entry(entry.id).and_then(|entry| entry.way_back.codes_left()).unwrap_or(0);
    out.note(&text!("codes-left", count = left));
    Ok(())
}

/// How many codes are left, and of how many.
fn count(entry: &Entry) -> (usize, usize) {
    let sets = entry.way_back.recovery_codes.iter().filter(|set| set.removed.is_none());
    (entry.way_back.codes_left().unwrap_or(0), sets.map(|set| usize::from(set.count)).sum())
}

fn data(entry: &Entry) -> Value {
    let (left, of) = count(entry);
    json!({ "id": entry.id.to_string(), "issuer": entry.issuer, "name": entry.name, "left": left, "count": of })
}
