//! `otp verify`: does this code belong to that account, and is this clock right?

use otp::clock::UnixTime;
use otp::code::Verdict;
use otp::error::Exit;
use otp::present;
use otp::text;
use serde_json::{Value, json};

use crate::ask;
use crate::failure::Failure;
use crate::input;
use crate::json;
use crate::output::Output;
use crate::pick;
use crate::session::Session;

#[derive(Debug, clap::Args)]
pub(crate) struct Verify {
    query: Option<String>,
    #[arg(long)]
    json: bool,
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
        out.data(&if self.json { json::answer("verdict", &data(verdict, &line)) } else { line })?;
        Ok(if verdict == Verdict::NoMatch { Exit::NoMatch } else { Exit::Done })
    }
}

fn data(verdict: Verdict, text: &str) -> Value {
    let (outcome, seconds, steps) = match verdict {
        Verdict::Match => ("match", None, None),
        Verdict::ClockOff { seconds } => ("clock-off", Some(seconds), None),
        Verdict::Ahead { steps } => ("ahead", None, Some(steps)),
        Verdict::NoMatch => ("no-match", None, None),
    };
    json!({ "outcome": outcome, "seconds": seconds, "steps": steps, "text": text })
}
