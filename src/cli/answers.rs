//! Codes that were seen, and when: asked for on the terminal, or given one a line.

use std::collections::VecDeque;

use crate::app::when;
use crate::clock::{Clock, UnixTime};
use crate::code::Seen;
use crate::error::Exit;
use crate::secret::Secret;
use crate::text;
use crate::text::Text;
use zeroize::Zeroizing;

use crate::cli::ask;
use crate::cli::failure::Failure;
use crate::cli::input;
use crate::cli::output::Output;

/// Where answers come from.
pub(crate) enum Answers {
    /// Somebody at the terminal, who can be asked again.
    Person,
    /// The lines of standard input: a key, then `CODE` or `CODE TIME`.
    Lines(VecDeque<Zeroizing<String>>),
}

impl Answers {
    pub(crate) fn start() -> Result<Self, Failure> {
        if !input::is_piped() {
            return Ok(Self::Person);
        }
        let bytes = input::standard()?;
        let text = Zeroizing::new(String::from_utf8_lossy(&bytes).into_owned());
        Ok(Self::Lines(text.lines().map(|line| Zeroizing::new(line.to_owned())).collect()))
    }

    /// A key, not shown; the first line.
    pub(crate) fn key(&mut self, question: &Text, out: &Output) -> Result<Secret, Failure> {
        match self {
            Self::Person => ask::hidden(question, out.lang).ok_or_else(ask::nobody),
            Self::Lines(lines) => Ok(Secret::from_text(lines.pop_front().unwrap_or_default().to_string())),
        }
    }

    /// The next code and when it was seen; `None` if there is no more. `check` looks at it, and a
    /// person whose answer does not pass is asked again.
    pub(crate) fn code(
        &mut self,
        question: &Text,
        clock: Clock,
        check: &mut dyn FnMut(Seen) -> Result<(), Failure>,
        out: &mut Output,
    ) -> Result<Option<()>, Failure> {
        loop {
            let line = match self {
                Self::Person => Zeroizing::new(ask::line(question, out.lang).ok_or_else(ask::nobody)?),
                Self::Lines(lines) => lines.pop_front().unwrap_or_default(),
            };
            // A code without a time is one of the moment in which it was typed.
            let now = clock.now();
            let (code, time) = split(&line);
            if code.is_empty() {
                return Ok(None);
            }
            let asks = matches!(self, Self::Person) && time.is_empty();
            let seen = if asks { ask_time(code, now, out) } else { seen(code, time, now) };
            match seen.and_then(&mut *check) {
                Err(failure) if matches!(self, Self::Person) && failure.exit == Exit::BadInput => out.failure(&failure),
                outcome => return outcome.map(Some),
            }
        }
    }
}

/// Asks when the code was seen.
fn ask_time(code: &str, now: UnixTime, out: &mut Output) -> Result<Seen, Failure> {
    loop {
        let typed = ask::line(&text!("repair-ask-when"), out.lang).ok_or_else(ask::nobody)?;
        match seen(code, &typed, now) {
            Err(failure) => out.failure(&failure),
            seen => return seen,
        }
    }
}

/// The code at the start of a line, which may have spaces in it, and the rest.
fn split(line: &str) -> (&str, &str) {
    let line = line.trim();
    let is_time = |(_, word): &(usize, &str)| !word.is_empty() && !word.chars().all(char::is_numeric);
    let mut at = 0;
    let mut words = line.split(char::is_whitespace).map(|word| {
        let start = at;
        at += word.len() + line[start + word.len()..].chars().next().map_or(0, char::len_utf8);
        (start, word)
    });
    // The first word is the code even if it is none; that is found out later.
    words.next();
    let end = words.find(is_time).map_or(line.len(), |(start, _)| start);
    let (code, rest) = line.split_at(end);
    (code.trim(), rest.trim())
}

fn seen(code: &str, time: &str, now: UnixTime) -> Result<Seen, Failure> {
    let unclear = || Failure::new(Exit::BadInput, text!("repair-bad-time")).hint(text!("repair-hint-time"));
    let (from, until) = when::read(time, now).ok_or_else(unclear)?;
    Ok(Seen::new(code, from, until))
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn a_code_ends_where_a_time_begins() {
        for (line, code, time) in [
            ("123456", "123456", ""),
            (" 123 456 ", "123 456", ""),
            ("123456 now", "123456", "now"),
            ("123 456 14:32", "123 456", "14:32"),
            ("123456\t2026-11-25 14:32", "123456", "2026-11-25 14:32"),
            ("１２３　４５６　今", "１２３　４５６", "今"),
            ("abc now", "abc", "now"),
            ("", "", ""),
        ] {
            assert_eq!(split(line), (code, time));
        }
    }
}
