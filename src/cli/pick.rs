//! From a query to one account, or a failure that lists the candidates.

use crate::error::Exit;
use crate::find::{self, Found, How};
use crate::present;
use crate::store::index::Entry;
use crate::text;
use crate::text::{Lang, Text};

use crate::cli::ask;
use crate::cli::failure::Failure;
use crate::cli::output::Output;

/// The one account of `entries` that `query` means. Without a query: the only one there is, or
/// the one chosen from a list on the terminal.
pub(crate) fn one(query: Option<&str>, entries: &[&Entry], out: &mut Output) -> Result<Entry, Failure> {
    if entries.is_empty() {
        return Err(Failure::new(Exit::NotFound, text!("pick-empty")).hint(text!("pick-hint-empty")));
    }
    let Some(query) = query else { return without_query(entries, out) };
    if let Some(start) = query.strip_prefix("id:") {
        return by_id(query, start, entries);
    }
    match find::find(query, entries) {
        Found::One { it, how } => {
            if how == How::Near {
                out.note(&text!("pick-near", query = query, account = present::title(&it.issuer, &it.name)));
            }
            Ok((*it).clone())
        }
        Found::Many(several) => {
            let several: Vec<&Entry> = several.into_iter().copied().collect();
            Err(ambiguous(text!("pick-ambiguous", query = query, count = several.len()), &several, out))
        }
        Found::None { near } => {
            let hint = if near.is_empty() {
                text!("pick-hint-none")
            } else {
                let names: Vec<String> = near.iter().map(|entry| title(entry, out.lang)).collect();
                text!("pick-hint-near", names = names.join(", "))
            };
            Err(Failure::new(Exit::NotFound, text!("pick-none", query = query)).hint(hint))
        }
    }
}

/// Where nothing was found: says so if what `query` means is in the trash.
pub(crate) fn look_in_trash(failure: Failure, query: Option<&str>, trash: &[&Entry]) -> Failure {
    let there = query.is_some_and(|query| !matches!(find::find(query, trash), Found::None { .. }));
    if failure.exit == Exit::NotFound && there { failure.hint(text!("pick-hint-in-trash")) } else { failure }
}

/// The account of `entries` that `query` means, or several of one site that a code can tell apart.
pub(crate) fn one_or_of_one_site(query: &str, entries: &[&Entry], out: &mut Output) -> Result<Vec<Entry>, Failure> {
    match find::find(query, entries) {
        Found::Many(several) if !query.starts_with("id:") && are_of_one_site(&several) => {
            Ok(several.into_iter().map(|it| (*it).clone()).collect())
        }
        _ => Ok(vec![one(Some(query), entries, out)?]),
    }
}

/// Whether all have the same issuer, or the same name where there is none.
fn are_of_one_site(entries: &[&&Entry]) -> bool {
    let site =
        |entry: &Entry| if entry.issuer.is_empty() { entry.name.to_lowercase() } else { entry.issuer.to_lowercase() };
    entries.windows(2).all(|two| two.iter().map(|entry| site(entry)).is_sorted_by(|a, b| a == b))
}

fn without_query(entries: &[&Entry], out: &mut Output) -> Result<Entry, Failure> {
    if let [only] = entries {
        return Ok((*only).clone());
    }
    if !ask::is_possible() {
        return Err(ambiguous(text!("pick-which", count = entries.len()), entries, out));
    }
    for (number, entry) in entries.iter().enumerate() {
        out.talk(&format!("{:>3}  {}", number + 1, title(entry, out.lang)));
    }
    let answer = ask::line(&text!("pick-number"), out.lang).ok_or_else(ask::cancelled)?;
    let chosen = answer.parse::<usize>().ok().and_then(|number| entries.get(number.checked_sub(1)?));
    match chosen {
        Some(entry) => Ok((*entry).clone()),
        None if answer.is_empty() => Err(ask::cancelled()),
        None => one(Some(&answer), entries, out),
    }
}

/// The account whose id begins with `start`: the way to one of several of the same name.
fn by_id(query: &str, start: &str, entries: &[&Entry]) -> Result<Entry, Failure> {
    let mut fitting = entries.iter().filter(|entry| entry.id.to_string().starts_with(start));
    match (fitting.next(), fitting.next()) {
        (Some(only), None) => Ok((*only).clone()),
        _ => Err(Failure::new(Exit::NotFound, text!("pick-none", query = query)).hint(text!("pick-hint-none"))),
    }
}

/// Lists the candidates; the exit code says "ambiguous".
fn ambiguous(text: Text, candidates: &[&Entry], out: &mut Output) -> Failure {
    for entry in candidates {
        let id = entry.id.to_string();
        let start = id.get(..6).unwrap_or_default();
        out.talk(&format!("  {}  id:{start}", title(entry, out.lang)));
    }
    Failure::new(Exit::Ambiguous, text).hint(text!("pick-hint-ambiguous"))
}

/// The account in one line, safe to show.
pub(crate) fn title(entry: &Entry, lang: Lang) -> String {
    present::title(&entry.issuer, &entry.name).say(lang)
}
