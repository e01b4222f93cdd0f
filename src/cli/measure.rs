//! How far this computer's clock is off, measured by codes that another one showed.

use crate::account::AccountId;
use crate::app::{App, clock};
use crate::clock::{Correction, UnixTime};
use crate::code::{Offset, Seen};
use crate::error::Exit;
use crate::present;
use crate::text;
use crate::text::Text;
use serde_json::{Value, json};

use crate::cli::ask;
use crate::cli::failure::Failure;
use crate::cli::input;
use crate::cli::output::Output;
use crate::cli::session::Session;

/// Tells by the codes `seen` in a row how far the clock is off, and corrects for it if that is wished,
/// or was by `correct`.
pub(crate) fn measure(
    app: &mut App,
    id: AccountId,
    seen: &[Seen],
    correct: bool,
    session: &Session,
    out: &mut Output,
) -> Result<Exit, Failure> {
    let measured = app.measure(id, seen)?;
    let Some(offset) = measured.fitting.first() else {
        return Err(Failure::new(Exit::NoMatch, text!("verify-nothing")).hint(text!("verify-hint-nothing")));
    };
    let seconds = offset.seconds();
    let [least, most] = [offset.least, offset.most].map(present::signed);
    let line = clock::off(seconds).say(out.lang);
    out.data(&line)?;
    let one_in = present::one_in(measured.expected_false);
    out.note(&text!("verify-between", least = least, most = most, number = one_in));
    if !measured.is_sure() {
        out.say(&text!("verify-unsure"));
        return Ok(Exit::Done);
    }
    if offset.allows_none() {
        app.correct_clock(None)?;
        return Ok(Exit::Done);
    }
    let asks = !correct && !session.yes && ask::is_possible();
    if correct || asks && ask::yes(&text!("verify-ask-correct"), out.lang)? {
        app.correct_clock(Some(Correction { seconds, found: UnixTime::now() }))?;
        out.note(&text!("verify-kept", seconds = present::signed(seconds)));
    }
    Ok(Exit::Done)
}

/// The same for a program: nothing is asked and nothing corrected.
pub(crate) fn data(app: &mut App, id: AccountId, seen: &[Seen]) -> Result<Option<Value>, Failure> {
    let measured = app.measure(id, seen)?;
    let told = |offset: &Offset| {
        json!({
            "seconds": offset.seconds(),
            "least": offset.least,
            "most": offset.most,
            "expected_false": measured.expected_false,
            "sure": measured.is_sure(),
        })
    };
    Ok(measured.fitting.first().map(told))
}

/// The codes on standard input, each the one after the one before; or else one that is asked for.
pub(crate) fn codes(question: &Text, period: u32, out: &Output) -> Result<Vec<Seen>, Failure> {
    if !input::is_piped() {
        return Ok(asked(question, out)?.into_iter().collect());
    }
    let now = UnixTime::now();
    let text = String::from_utf8_lossy(&input::standard()?).into_owned();
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    // The last one is shown now; those before it were, up to so many periods ago.
    let ago = |at: usize| i64::try_from(lines.len() - 1 - at).unwrap_or_default() * i64::from(period);
    Ok(lines.iter().enumerate().map(|(at, line)| Seen::new(line, now.plus(-ago(at)), now)).collect())
}

/// A code, and when it was seen: it may have changed while it was typed. None if the answer is empty.
pub(crate) fn asked(question: &Text, out: &Output) -> Result<Option<Seen>, Failure> {
    let typed = ask::line(question, out.lang).ok_or_else(ask::nobody)?;
    let now = UnixTime::now();
    Ok(Some(Seen::typed(&typed, now)).filter(|seen| !seen.digits().is_empty()))
}
