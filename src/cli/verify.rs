//! `otp verify`: does this code belong to that account, and is this clock right?
//!
//! Where several accounts have the name, the code tells which of them it belongs to.

use otp::clock::UnixTime;
use otp::code::Verdict;
use otp::error::Exit;
use otp::present;
use otp::store::index::Entry;
use otp::text;
use otp::text::Text;

use crate::ask;
use crate::failure::Failure;
use crate::input;
use crate::output::Output;
use crate::pick;
use crate::session::Session;
use crate::whose;

#[derive(Debug, clap::Args)]
pub(crate) struct Verify {
    query: Option<String>,
}

impl Verify {
    pub(crate) fn run(self, session: &Session, out: &mut Output) -> Result<Exit, Failure> {
        let mut app = session.open(out)?;
        let entries = match &self.query {
            Some(query) => pick::one_or_of_one_site(query, &app.accounts(), out)?,
            None => vec![pick::one(None, &app.accounts(), out)?],
        };
        let [entry] = &entries[..] else {
            let typed = typed(&text!("verify-ask-any", count = entries.len()), out)?;
            return whose::tell(&mut app, &entries, &typed, session, out);
        };
        let typed = typed(&text!("verify-ask", account = title(entry)), out)?;
        let verdict = app.verify(entry.id, &typed, UnixTime::now())?;
        let line = verdict.text().say(out.lang);
        out.data(&line)?;
        if verdict != Verdict::NoMatch {
            return Ok(Exit::Done);
        }
        whose::look_in_trash(&mut app, entry, &typed, out)?;
        Ok(Exit::NoMatch)
    }
}

fn title(entry: &Entry) -> Text {
    present::title(&entry.issuer, &entry.name)
}

/// The code, from standard input or asked for.
fn typed(question: &Text, out: &Output) -> Result<String, Failure> {
    let typed = if input::is_piped() {
        String::from_utf8_lossy(&input::standard()?).into_owned()
    } else {
        ask::line(question, out.lang).ok_or_else(ask::nobody)?
    };
    if typed.trim().is_empty() {
        return Err(Failure::new(Exit::BadInput, text!("verify-empty")).hint(text!("verify-hint-empty")));
    }
    Ok(typed)
}
