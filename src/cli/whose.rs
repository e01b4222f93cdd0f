//! Which of several accounts a code belongs to: two enrolments of one account look alike, and only
//! the newer one works at the site.

use crate::app::App;
use crate::app::organise::Change;
use crate::app::twins::{is_twin, named};
use crate::clock::UnixTime;
use crate::code::Verdict;
use crate::error::Exit;
use crate::store::index::Entry;
use crate::text;

use crate::cli::ask;
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::cli::session::Session;

/// Says to which of `entries` the code `typed` belongs, and offers to put the others away.
pub(crate) fn tell(
    app: &mut App,
    entries: &[Entry],
    typed: &str,
    session: &Session,
    out: &mut Output,
) -> Result<Exit, Failure> {
    let ids: Vec<_> = entries.iter().map(|entry| entry.id).collect();
    let verdicts = app.whose(&ids, typed, session.clock.now())?;
    let matching = entries.iter().zip(&verdicts).filter(|(_, verdict)| **verdict != Verdict::NoMatch);
    let matching: Vec<(&Entry, Verdict)> = matching.map(|(entry, verdict)| (entry, *verdict)).collect();
    for (entry, verdict) in &matching {
        let line = text!("verify-whose", account = named(entry), verdict = verdict.text()).say(out.lang);
        out.data(&line)?;
    }
    match &matching[..] {
        [] => {
            let line = text!("verify-whose-none", count = entries.len()).say(out.lang);
            out.data(&line)?;
            Ok(Exit::NoMatch)
        }
        [(right, _)] => {
            let others: Vec<&Entry> = entries.iter().filter(|entry| is_twin(right, entry)).collect();
            put_away(app, &others, session, out)?;
            Ok(Exit::Done)
        }
        several => {
            out.note(&text!("verify-whose-several", count = several.len()));
            Ok(Exit::Ambiguous)
        }
    }
}

/// Asks what is to become of the entries that the code does not belong to. In a script they are only
/// named.
fn put_away(app: &mut App, others: &[&Entry], session: &Session, out: &mut Output) -> Result<(), Failure> {
    for other in others {
        out.note(&text!("verify-other", account = named(other)));
        if session.yes || !ask::is_possible() {
            continue;
        }
        let answer = ask::line(&text!("verify-ask-other"), out.lang).unwrap_or_default();
        match ask::short(&answer).as_str() {
            "t" => {
                app.remove(other.id, UnixTime::now())?;
                out.note(&text!("remove-done", account = named(other)));
            }
            "r" => rename(app, other, out)?,
            _ => {}
        }
    }
    Ok(())
}

fn rename(app: &mut App, entry: &Entry, out: &mut Output) -> Result<(), Failure> {
    let name = ask::line(&text!("verify-ask-name"), out.lang).filter(|name| !name.is_empty());
    if name.is_none() {
        return Ok(());
    }
    app.change(entry.id, &Change { name, ..Change::default() }, UnixTime::now())?;
    out.note(&text!("organise-changed", account = named(app.entry(entry.id).unwrap_or(entry))));
    Ok(())
}

/// Where the code does not belong to `entry`: says so if it belongs to a key of that account which
/// is in the trash, such as one that was replaced.
pub(crate) fn look_in_trash(
    app: &mut App,
    entry: &Entry,
    typed: &str,
    now: UnixTime,
    out: &mut Output,
) -> Result<(), Failure> {
    for twin in app.twins(entry.id, typed, now)?.into_iter().filter(|twin| twin.entry.is_trashed()) {
        out.note(&text!("verify-in-trash", account = named(&twin.entry)));
    }
    Ok(())
}
