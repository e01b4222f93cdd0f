//! `otp rescue`: what to do now, step by step, when you cannot get in.

use crate::app::export::SaveError;
use crate::app::rescue::{heading, page};
use crate::clock::UnixTime;
use crate::error::Exit;
use crate::export::Bytes;
use crate::present;
use crate::recovery::rescue::{self, Case, Known};
use crate::recovery::sheet::{self, Job};
use crate::store::index::Entry;
use crate::text;
use crate::text::Text;
use serde_json::json;

use crate::cli::ask;
use crate::cli::export::ending;
use crate::cli::failure::Failure;
use crate::cli::json;
use crate::cli::output::Output;
use crate::cli::paper::OnPaper;
use crate::cli::pick;
use crate::cli::session::Session;

#[derive(Debug, clap::Args)]
pub(crate) struct Rescue {
    query: Option<String>,
    #[arg(long, value_name = "CASE", value_parser = ["lost", "replaced", "refused", "keyring", "computer", "login", "phishing"])]
    case: Option<String>,
    #[arg(long, conflicts_with_all = ["output", "print"])]
    json: bool,
    #[command(flatten)]
    to: OnPaper,
}

impl Rescue {
    pub(crate) fn run(self, session: &Session, out: &mut Output) -> Result<Exit, Failure> {
        if self.to.is_wanted() {
            self.to.check()?;
        }
        let case = match self.case.as_deref().and_then(Case::from_id) {
            Some(case) => case,
            None => ask_case(out)?,
        };
        let (entry, known) = self.known(session, out)?;
        let steps = rescue::plan(case, &known, &present::day);
        if self.json {
            let steps: Vec<String> = steps.iter().map(|step| step.say(out.lang)).collect();
            let account = entry.map(|entry| entry.id.to_string());
            let data = json!({ "case": case.id(), "account": account, "steps": steps });
            out.data(&json::answer("rescue", &data))?;
            return Ok(Exit::Done);
        }
        let heading = heading(case, entry.as_ref());
        if self.to.is_wanted() {
            self.put_on_paper(&heading, &steps, out)?;
        } else {
            out.print(&page(&heading, &steps, out.lang))?;
        }
        Ok(Exit::Done)
    }

    /// The steps in a file, as pages if its name says PDF and as text otherwise, and on the printer.
    fn put_on_paper(&self, heading: &Text, steps: &[Text], out: &mut Output) -> Result<(), Failure> {
        let date = present::day(UnixTime::now());
        let job = Job { date: &date, paper: self.to.size(), lang: out.lang };
        let pages = sheet::rescue(heading, steps, &job).map_err(SaveError::from)?;
        let done = text!("rescue-saved", file = self.to.file_name());
        if self.to.file().is_some_and(|path| ending(path) == "pdf") {
            self.to.write(&pages, &done, out)?;
        } else {
            self.to.write(&Bytes::new(page(heading, steps, out.lang).into_bytes()), &done, out)?;
        }
        self.to.print(&pages, &text!("rescue-printed"), out)?;
        Ok(())
    }

    /// The account that is meant and what is known of it. Somebody in need is not sent away because
    /// the list cannot be read, or has no such account: the steps hold without it.
    fn known(&self, session: &Session, out: &mut Output) -> Result<(Option<Entry>, Known), Failure> {
        let mut app = match session.open_as_it_is(out) {
            Ok(app) => app,
            Err(failure) => {
                out.say(&failure.text);
                out.say(&text!("rescue-index"));
                return Ok((None, Known::default()));
            }
        };
        let all: Vec<Entry> = app.accounts().into_iter().cloned().collect();
        let Some(index) = app.ledger().index() else { return Ok((None, Known::default())) };
        let entry = match (&self.query, &all[..]) {
            (None, [only]) => Some(only.clone()),
            (None, _) => None,
            (Some(query), _) => match pick::one(Some(query), &all.iter().collect::<Vec<_>>(), out) {
                Ok(entry) => Some(entry),
                Err(failure) if failure.exit == Exit::NotFound => {
                    out.say(&text!("rescue-no-match", query = query.as_str()));
                    return Ok((None, Known::default()));
                }
                Err(failure) => return Err(failure),
            },
        };
        let known = entry.as_ref().map_or_else(|| Known::of_all(index), |entry| Known::of(entry, index));
        Ok((entry, known))
    }
}

fn ask_case(out: &mut Output) -> Result<Case, Failure> {
    if !ask::is_possible() {
        let cases = Case::ALL.iter().map(|case| format!("`{}`", case.id())).collect::<Vec<_>>().join(", ");
        let failure = Failure::new(Exit::Cancelled, text!("rescue-which"));
        return Err(failure.hint(text!("rescue-hint-case", cases = cases)));
    }
    for (number, case) in Case::ALL.iter().enumerate() {
        let words = case.text().say(out.lang);
        out.talk(&format!("{:>3}  {words}", number + 1));
    }
    let answer = ask::line(&text!("rescue-ask-case"), out.lang).ok_or_else(ask::cancelled)?;
    let chosen = answer.parse::<usize>().ok().and_then(|number| Case::ALL.get(number.checked_sub(1)?).copied());
    chosen.or_else(|| Case::from_id(&answer)).ok_or_else(ask::cancelled)
}
