//! `otp verify`: does this code belong to that account, and is this clock right?

use otp::clock::UnixTime;
use otp::code::Verdict;
use otp::error::Exit;
use otp::present;
use otp::text;

use crate::ask;
use crate::failure::Failure;
use crate::input;
use crate::output::Output;
use crate::pick;
use crate::session::Session;

#[derive(Debug, clap::Args)]
pub(crate) struct Verify {
    query: Option<String>,
}

impl Verify {
    pub(crate) fn run(self, session: &Session, out: &mut Output) -> Result<Exit, Failure> {
        let mut app = session.open(out)?;
        let entry = pick::one(self.query.as_deref(), &app.accounts(), out)?;
        let typed = if input::is_piped() {
            String::from_utf8_lossy(&input::standard()?).into_owned()
        } else {
            let title = present::title(&entry.issuer, &entry.name);
            ask::line(&text!("verify-ask", account = title), out.lang).ok_or_else(ask::nobody)?
        };
        if typed.trim().is_empty() {
            return Err(Failure::new(Exit::BadInput, text!("verify-empty")).hint(text!("verify-hint-empty")));
        }
        let verdict = app.verify(entry.id, &typed, UnixTime::now())?;
        let line = verdict.text().say(out.lang);
        out.data(&line)?;
        Ok(if verdict == Verdict::NoMatch { Exit::NoMatch } else { Exit::Done })
    }
}
