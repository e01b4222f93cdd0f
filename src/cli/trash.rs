//! `otp trash`: what was removed, and deleting it for good.

use crate::account::AccountId;
use crate::clock::{DAY, UnixTime};
use crate::error::Exit;
use crate::present;
use crate::text;

use crate::cli::ask;
use crate::cli::failure::Failure;
use crate::cli::json;
use crate::cli::list;
use crate::cli::output::Output;
use crate::cli::pick;
use crate::cli::session::{Session, say_clock};

#[derive(Debug, clap::Args)]
pub(crate) struct Trash {
    #[arg(long)]
    json: bool,
    #[arg(long, short, conflicts_with = "delete")]
    codes: bool,
    #[arg(long, value_name = "QUERY")]
    delete: Option<String>,
}

impl Trash {
    pub(crate) fn run(self, session: &Session, out: &mut Output) -> Result<Exit, Failure> {
        if let Some(query) = &self.delete {
            return delete(query, session, out);
        }
        let mut app = session.open(out)?;
        let trash: Vec<_> = app.trash().into_iter().cloned().collect();
        let (moment, mut exit) = ((session.clock.now(), session.clock), Exit::Done);
        let rows = list::rows(trash, &mut app, self.codes.then_some(moment.0), &mut exit)?;
        if self.json {
            let told = rows.iter().map(|row| row.json(self.codes, moment, out)).collect();
            out.data(&json::answer("accounts", &told))?;
        } else if rows.is_empty() {
            out.note(&text!("trash-empty"));
        }
        for row in rows.iter().filter(|_| !self.json) {
            let entry = &row.entry;
            let since = entry.trashed.unwrap_or_default();
            let title = pick::title(entry, out.lang);
            let until = present::moment(UnixTime(since.0 + 30 * DAY));
            let line =
                text!("trash-line", account = title, removed = present::moment(since), until = until).say(out.lang);
            let code = if self.codes { row.shown(moment.0, out.lang) } else { String::new() };
            out.data(&format!("{code}{line}"))?;
        }
        if self.codes && !self.json && !rows.is_empty() {
            say_clock(session.clock, app.doubt(UnixTime::now()), out);
        }
        Ok(exit)
    }
}

/// Deletes one account for good. `--yes` is not enough: its name has to be typed.
fn delete(query: &str, session: &Session, out: &mut Output) -> Result<Exit, Failure> {
    let mut app = session.open(out)?;
    if app.trash().is_empty() {
        return Err(Failure::new(Exit::NotFound, text!("trash-empty")));
    }
    let entry = pick::one(Some(query), &app.trash(), out)?;
    let title = present::title(&entry.issuer, &entry.name);
    out.say(&text!("trash-warn", account = title.clone()));
    let wanted = if entry.issuer.is_empty() { entry.name.clone() } else { entry.issuer.clone() };
    let wanted = if wanted.is_empty() { entry.id.to_string() } else { wanted };
    let typed = ask::line(&text!("trash-ask-name", name = wanted.as_str()), out.lang).ok_or_else(ask::nobody)?;
    if !present::is_named(&wanted, &typed) && typed != title.say(out.lang) {
        return Err(ask::cancelled());
    }
    let id: AccountId = entry.id;
    app.ledger().purge(&[id], UnixTime::now())?;
    out.note(&text!("trash-deleted", account = title));
    Ok(Exit::Done)
}
