//! `otp verify`: does this code belong to that account, and is this clock right?

use otp::account::AccountId;
use otp::app::App;
use otp::clock::{Correction, FURTHEST, UnixTime};
use otp::code::{Seen, Verdict, offsets};
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

#[derive(Debug, clap::Args)]
pub(crate) struct Verify {
    query: Option<String>,
    #[arg(long)]
    correct: bool,
}

/// A wrong offset may be found with this probability, and is still good enough to be kept.
const UNSURE: f64 = 0.001;

impl Verify {
    pub(crate) fn run(self, session: &Session, out: &mut Output) -> Result<Exit, Failure> {
        let mut app = session.open(out)?;
        let entry = pick::one(self.query.as_deref(), &app.accounts(), out)?;
        let mut seen = given(&entry, out)?;
        let Some(last) = seen.last() else {
            return Err(Failure::new(Exit::BadInput, text!("verify-empty")).hint(text!("verify-hint-empty")));
        };
        let (typed, now, clock) = (last.digits().to_owned(), UnixTime::now(), session.clock);
        let verdict = app.verify(entry.id, &typed, clock.at(now))?;
        let by_itself = if clock.correction().is_some() { app.verify(entry.id, &typed, now)? } else { verdict };
        out.data(&verdict.text().say(out.lang))?;
        match (verdict, by_itself, clock.correction()) {
            // HOTP codes say nothing about the time.
            _ if entry.kind == "hotp" => {}
            (Verdict::Match, Verdict::Match, None) => {}
            (_, Verdict::Match, Some(_)) => {
                app.correct_clock(None)?;
                out.say(&text!("verify-right-again"));
            }
            (Verdict::Match, _, Some(correction)) => {
                out.note(&text!("verify-corrected", seconds = present::signed(correction.seconds)))
            }
            _ => {
                if !input::is_piped() && typed.chars().count() == usize::from(entry.digits) {
                    seen.extend(another(out)?);
                }
                if seen.len() > 1 {
                    return self.measure(&mut app, entry.id, &seen, session, out);
                }
                if self.correct {
                    return Err(Failure::new(Exit::BadInput, text!("verify-one-code")).hint(text!("verify-hint-two")));
                }
            }
        }
        Ok(if verdict == Verdict::NoMatch { Exit::NoMatch } else { Exit::Done })
    }

    /// Tells by several codes in a row how far the clock is off, and corrects for it if that is
    /// wished.
    fn measure(
        &self,
        app: &mut App,
        id: AccountId,
        seen: &[Seen],
        session: &Session,
        out: &mut Output,
    ) -> Result<Exit, Failure> {
        let account = app.ledger().account(id)?;
        let measured = offsets(&account, seen, FURTHEST);
        let Some(offset) = measured.fitting.first() else {
            return Err(Failure::new(Exit::NoMatch, text!("verify-nothing")).hint(text!("verify-hint-nothing")));
        };
        let seconds = offset.seconds();
        let [least, most] = [offset.least, offset.most].map(|seconds| present::signed(seconds));
        let one_in = present::one_in(measured.expected_false);
        out.data(&off(seconds).say(out.lang))?;
        out.note(&text!("verify-between", least = least, most = most, number = one_in));
        if seconds == 0 || (offset.least..=offset.most).contains(&0) {
            app.correct_clock(None)?;
            return Ok(Exit::Done);
        }
        if measured.fitting.len() > 1 || measured.expected_false > UNSURE {
            out.say(&text!("verify-unsure"));
            return Ok(Exit::Done);
        }
        let asks = !self.correct && !session.yes && ask::is_possible();
        if self.correct || asks && ask::yes(&text!("verify-ask-correct"), out.lang)? {
            app.correct_clock(Some(Correction { seconds, found: UnixTime::now() }))?;
            out.note(&text!("verify-kept", seconds = present::signed(seconds)));
        }
        Ok(Exit::Done)
    }
}

/// How far the clock is off, in one sentence.
fn off(seconds: i64) -> Text {
    let time = present::span(std::time::Duration::from_secs(seconds.unsigned_abs()));
    match seconds {
        0 => text!("verify-clock-right"),
        1.. => text!("verify-clock-slow", time = time, seconds = seconds),
        _ => text!("verify-clock-fast", time = time, seconds = seconds.unsigned_abs()),
    }
}

/// The codes on standard input, each one after the one before; or else one that is asked for.
fn given(entry: &Entry, out: &Output) -> Result<Vec<Seen>, Failure> {
    let now = UnixTime::now();
    if !input::is_piped() {
        let title = present::title(&entry.issuer, &entry.name);
        let typed = ask::line(&text!("verify-ask", account = title), out.lang).ok_or_else(ask::nobody)?;
        let now = UnixTime::now();
        return Ok(Some(Seen::new(&typed, now, now)).filter(|seen| !seen.digits().is_empty()).into_iter().collect());
    }
    let text = String::from_utf8_lossy(&input::standard()?).into_owned();
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    let period = i64::from(entry.period.unwrap_or(30));
    // The last one is shown now; those before it were, up to so many periods ago.
    let ago = |at: usize| i64::try_from(lines.len() - 1 - at).unwrap_or_default() * period;
    Ok(lines.iter().enumerate().map(|(at, line)| Seen::new(line, now.plus(-ago(at)), now)).collect())
}

/// The next code, which makes it certain; none if the answer is empty.
fn another(out: &Output) -> Result<Option<Seen>, Failure> {
    let typed = ask::line(&text!("verify-ask-next"), out.lang).ok_or_else(ask::nobody)?;
    let now = UnixTime::now();
    Ok(Some(Seen::new(&typed, now, now)).filter(|seen| !seen.digits().is_empty()))
}
