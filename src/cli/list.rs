//! `otp list`: the accounts, with their codes if asked.

use crate::account::{AccountId, Kind};
use crate::app::App;
use crate::clock::{Clock, UnixTime};
use crate::code;
use crate::error::{Exit, Explain};
use crate::find;
use crate::present;
use crate::store::index::Entry;
use crate::text;
use crate::text::Lang;
use serde_json::Value;

use crate::cli::failure::Failure;
use crate::cli::json;
use crate::cli::output::Output;
use crate::cli::readiness;
use crate::cli::session::{self, Session};

#[derive(Debug, clap::Args)]
#[allow(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub(crate) struct List {
    query: Option<String>,
    #[arg(long, short)]
    codes: bool,
    #[arg(long, conflicts_with_all = ["csv", "codes"])]
    readiness: bool,
    #[arg(long, conflicts_with = "csv")]
    json: bool,
    #[arg(long)]
    csv: bool,
}

/// One account with what is shown of it.
pub(crate) struct Row {
    pub(crate) entry: Entry,
    code: Option<Result<code::Code, text::Text>>,
}

impl List {
    #[cfg(unix)]
    pub(crate) fn is_json(&self) -> bool {
        self.json
    }

    pub(crate) fn run(self, session: &Session, out: &mut Output) -> Result<Exit, Failure> {
        let mut app = session.open(out)?;
        let clock = session.clock;
        let now = clock.now();
        let all = app.accounts();
        let chosen = match &self.query {
            Some(query) => find::filter(query, &all).into_iter().map(|entry| (*entry).clone()).collect(),
            None => all.into_iter().cloned().collect::<Vec<Entry>>(),
        };
        if chosen.is_empty() && self.query.is_some() {
            let query = self.query.unwrap_or_default();
            return Err(Failure::new(Exit::NotFound, text!("pick-none", query = query)).hint(text!("pick-hint-none")));
        }
        let mut exit = Exit::Done;
        let rows = rows(chosen, &mut app, self.codes.then_some(now), &mut exit)?;
        match (self.json, self.csv) {
            (true, _) => {
                let told = rows.iter().map(|row| row.json(self.codes, (now, clock), out));
                let told: Vec<Value> = if self.readiness {
                    told.zip(&rows).map(|(account, row)| readiness::with(account, row.entry.id, &app, now)).collect()
                } else {
                    told.collect()
                };
                out.data(&json::answer("accounts", &told.into()))?;
            }
            (_, true) => out.print(&csv(&rows))?,
            _ if rows.is_empty() => out.note(&text!("pick-empty-list")),
            _ if self.readiness => {
                for row in &rows {
                    readiness::print(&row.entry, &app, now, out)?;
                }
            }
            _ => table(&rows, self.codes, now, out)?,
        }
        if self.codes {
            session::say_clock(clock, app.doubt(UnixTime::now()), out);
        }
        if !self.json && !self.csv {
            readiness::note(&app, now, self.readiness, out);
        }
        app.tidy(UnixTime::now());
        Ok(exit)
    }
}

/// The rows of `entries`, with their codes at a time if one is given; a code that cannot be had sets
/// `exit`.
pub(crate) fn rows(
    entries: Vec<Entry>,
    app: &mut App,
    at: Option<UnixTime>,
    exit: &mut Exit,
) -> Result<Vec<Row>, Failure> {
    match at {
        Some(now) => with_codes(app, entries, now, exit),
        None => Ok(entries.into_iter().map(|entry| Row { entry, code: None }).collect()),
    }
}

/// Reads all secrets in one go. A counter is not used up by looking at a list: HOTP accounts show
/// none of their codes.
fn with_codes(app: &mut App, entries: Vec<Entry>, now: UnixTime, exit: &mut Exit) -> Result<Vec<Row>, Failure> {
    let ids: Vec<AccountId> = entries.iter().map(|entry| entry.id).collect();
    let answers = if ids.is_empty() { Vec::new() } else { app.secrets(&ids)? };
    let rows = entries.into_iter().zip(answers).map(|(entry, answer)| {
        let code = match answer {
            Ok(account) if matches!(account.kind(), Kind::Hotp { .. }) => None,
            Ok(account) => Some(Ok(code::at(&account, now))),
            Err(error) => {
                *exit = error.exit();
                Some(Err(error.text()))
            }
        };
        Row { entry, code }
    });
    Ok(rows.collect())
}

impl Row {
    /// The code as a person reads it, or why there is none, in a column of its own.
    pub(crate) fn shown(&self, now: UnixTime, lang: Lang) -> String {
        let word = match &self.code {
            Some(Ok(code)) => {
                let left = code.seconds_left(now).unwrap_or(0);
                return format!("{:>11}  {:>2}s  ", present::grouped(&code.digits), left);
            }
            Some(Err(_)) => text!("list-broken"),
            None => text!("list-counter"),
        };
        format!("{:>11}       ", word.say(lang))
    }

    pub(crate) fn json(&self, coded: bool, (now, clock): (UnixTime, Clock), out: &Output) -> serde_json::Value {
        let account = json::account(&self.entry);
        if !coded {
            return account;
        }
        let code = self.code.as_ref().and_then(|code| code.as_ref().ok());
        let mut account = json::with_code(account, code, now, clock);
        if let Some(Err(text)) = &self.code {
            account["error"] = text.say(out.lang).into();
        }
        account
    }
}

/// Lines for people: code if `coded`, issuer, name, tags, fitted to the terminal.
fn table(rows: &[Row], coded: bool, now: UnixTime, out: &mut Output) -> Result<(), Failure> {
    let longest = rows.iter().map(|row| present::columns(&row.entry.issuer)).max().unwrap_or(0).min(32);
    let room = terminal_columns().saturating_sub(longest + 2 + if coded { 18 } else { 0 }).max(16);
    for row in rows {
        let head = if coded { row.shown(now, out.lang) } else { String::new() };
        let tags: String = row.entry.tags.iter().flat_map(|tag| ["  #", tag]).collect();
        let nameless = row.entry.issuer.is_empty() && row.entry.name.is_empty();
        let name = if nameless { text!("present-unnamed").say(out.lang) } else { row.entry.name.clone() };
        let tail = format!("{name}{tags}");
        let line = format!("{head}{}  {}", present::pad(&row.entry.issuer, longest), present::elide(&tail, room));
        out.data(line.trim_end())?;
    }
    for entry in rows.iter().map(|row| &row.entry) {
        if let Some(warning) = present::suspicious(&format!("{} {}", entry.issuer, entry.name)) {
            out.note(&text!("list-letters", account = present::title(&entry.issuer, &entry.name), warning = warning));
        }
    }
    Ok(())
}

/// The width of the terminal; wide where there is none, so that nothing is cut in a pipe.
fn terminal_columns() -> usize {
    #[cfg(unix)]
    if let Ok(size) = rustix::termios::tcgetwinsize(std::io::stdout()) {
        return usize::from(size.ws_col).max(40);
    }
    10_000
}

/// A table for a spreadsheet: every cell quoted, and no cell that a spreadsheet would compute.
fn csv(rows: &[Row]) -> String {
    let mut text = String::from("issuer,name,kind,tags,note,url,code\r\n");
    for row in rows {
        let entry = &row.entry;
        let code = row.code.as_ref().and_then(|code| code.as_ref().ok()).map_or("", |code| &code.digits);
        let tags = entry.tags.join(" ");
        let cells =
            [&*entry.issuer, &entry.name, &entry.kind, &tags, &entry.note, entry.url.as_deref().unwrap_or(""), code];
        let cells: Vec<String> = cells.iter().map(|cell| csv_cell(cell)).collect();
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    }
    text
}

fn csv_cell(cell: &str) -> String {
    // In Japanese, spreadsheets compute the full-width signs as well.
    let guard = if cell.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r']) { "'" } else { "" };
    format!("\"{guard}{}\"", text::visible(cell).replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::csv_cell;

    #[test]
    fn a_cell_is_quoted_and_never_computed() {
        assert_eq!(csv_cell("Binance"), "\"Binance\"");
        assert_eq!(csv_cell("=HYPERLINK(\"x\")"), "\"'=HYPERLINK(\"\"x\"\")\"");
        assert_eq!(csv_cell("＝1＋1"), "\"'＝1＋1\"");
        assert_eq!(csv_cell("－1"), "\"'－1\"");
        assert_eq!(csv_cell("@a\u{1b}b"), "\"'@a<U+001B>b\"");
    }
}
