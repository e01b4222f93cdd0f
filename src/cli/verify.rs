//! `otp verify`: does this code belong to that account, and is this clock right?
//!
//! Where several accounts have the name, the code tells which of them it belongs to.

use crate::app::App;
use crate::clock::UnixTime;
use crate::code::{Seen, Verdict};
use crate::error::Exit;
use crate::present;
use crate::store::index::Entry;
use crate::text;
use crate::text::Text;
use serde_json::{Value, json};

use crate::cli::failure::Failure;
use crate::cli::input;
use crate::cli::json;
use crate::cli::measure::{self, asked, codes};
use crate::cli::output::Output;
use crate::cli::pick;
use crate::cli::session::Session;
use crate::cli::whose;

#[derive(Debug, clap::Args)]
pub(crate) struct Verify {
    query: Option<String>,
    // Codes that are piped in are read without it as well; scripts like to say it.
    #[arg(value_name = "-")]
    input: Option<String>,
    #[arg(long)]
    json: bool,
    #[arg(long, conflicts_with = "json")]
    correct: bool,
}

/// The period of accounts that do not tell theirs.
const PERIOD: u32 = 30;

impl Verify {
    pub(crate) fn run(self, session: &Session, out: &mut Output) -> Result<Exit, Failure> {
        if self.input.as_ref().is_some_and(|input| input != "-") {
            return Err(Failure::new(Exit::Usage, text!("verify-argument")).hint(text!("verify-hint-argument")));
        }
        let mut app = session.open(out)?;
        let entries = match &self.query {
            // A program has to name one account.
            Some(query) if !self.json => pick::one_or_of_one_site(query, &app.accounts(), out)?,
            query => vec![pick::one(query.as_deref(), &app.accounts(), out)?],
        };
        let [entry] = &entries[..] else {
            let seen = given(&text!("verify-ask-any", count = entries.len()), PERIOD, out)?;
            return whose::tell(&mut app, &entries, seen.1.digits(), session, out);
        };
        let question = text!("verify-ask", account = title(entry));
        let (before, last) = given(&question, entry.period.unwrap_or(PERIOD), out)?;
        self.judge(&mut app, entry, before, last, session, out)
    }

    /// What the code `last`, and those `before` it, say of account and clock.
    fn judge(
        &self,
        app: &mut App,
        entry: &Entry,
        before: Vec<Seen>,
        last: Seen,
        session: &Session,
        out: &mut Output,
    ) -> Result<Exit, Failure> {
        let (now, clock, typed) = (UnixTime::now(), session.clock, last.digits().to_owned());
        let by_clock = app.verify(entry.id, &typed, clock.at(now))?;
        // Where the correction is small, most codes are right with it and without it.
        let corrected = clock.correction().filter(|_| by_clock != Verdict::Match);
        let right_again = corrected.is_some() && app.verify(entry.id, &typed, now)? == Verdict::Match;
        let verdict = if right_again { Verdict::Match } else { by_clock };
        let told = matches!(verdict, Verdict::Match | Verdict::Ahead { .. });
        // Codes from a counter say nothing about the time.
        let measures = !told && entry.kind != "hotp";
        let mut seen = before;
        seen.push(last);
        let line = verdict.text().say(out.lang);
        let off = if self.json && measures && seen.len() > 1 { measure::data(app, entry.id, &seen)? } else { None };
        out.data(&if self.json { json::answer("verdict", &data(verdict, &line, off.as_ref())) } else { line })?;
        if right_again {
            app.correct_clock(None)?;
            out.say(&text!("verify-right-again"));
            return Ok(Exit::Done);
        }
        if let Some(correction) = clock.correction() {
            out.note(&text!("clock-corrected", seconds = present::signed(correction.seconds)));
        }
        if self.json {
            return Ok(if verdict == Verdict::NoMatch && off.is_none() { Exit::NoMatch } else { Exit::Done });
        }
        if measures {
            // Whatever cannot be a code of this account is not worth another question.
            if !input::is_piped() && self.input.is_none() && typed.chars().count() == usize::from(entry.digits) {
                seen.extend(asked(&text!("verify-ask-next"), out)?);
            }
            if seen.len() > 1 {
                return measure::measure(app, entry.id, &seen, self.correct, session, out);
            }
            if self.correct {
                return Err(Failure::new(Exit::BadInput, text!("verify-one-code")).hint(text!("verify-hint-two")));
            }
        }
        if verdict != Verdict::NoMatch {
            return Ok(Exit::Done);
        }
        whose::look_in_trash(app, entry, &typed, clock.at(now), out)?;
        Ok(Exit::NoMatch)
    }
}

/// The verdict, and how far the clock is `off` where several codes tell it.
fn data(verdict: Verdict, text: &str, off: Option<&Value>) -> Value {
    let (outcome, seconds, steps) = match verdict {
        Verdict::Match => ("match", None, None),
        Verdict::ClockOff { seconds } => ("clock-off", Some(seconds), None),
        Verdict::Ahead { steps } => ("ahead", None, Some(steps)),
        Verdict::NoMatch => ("no-match", None, None),
    };
    json!({ "outcome": outcome, "seconds": seconds, "steps": steps, "text": text, "clock": off })
}

fn title(entry: &Entry) -> Text {
    present::title(&entry.issuer, &entry.name)
}

/// The codes on standard input, or one that is asked for: the last, and those before it.
fn given(question: &Text, period: u32, out: &Output) -> Result<(Vec<Seen>, Seen), Failure> {
    let mut seen = codes(question, period, out)?;
    let empty = || Failure::new(Exit::BadInput, text!("verify-empty")).hint(text!("verify-hint-empty"));
    let last = seen.pop().ok_or_else(empty)?;
    Ok((seen, last))
}
