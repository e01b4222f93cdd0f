//! `otp history`: what happened to the accounts.

use crate::app::history::sentence;
use crate::error::Exit;
use crate::present;
use crate::store::index::Event;
use crate::text;
use serde_json::{Value, json};

use crate::cli::failure::Failure;
use crate::cli::json;
use crate::cli::output::Output;
use crate::cli::pick;
use crate::cli::session::Session;

#[derive(Debug, clap::Args)]
pub(crate) struct History {
    query: Option<String>,
    #[arg(long)]
    json: bool,
}

impl History {
    pub(crate) fn run(self, session: &Session, out: &mut Output) -> Result<Exit, Failure> {
        let app = session.open(out)?;
        let all: Vec<_> = app.accounts().into_iter().chain(app.trash()).collect();
        let only = match &self.query {
            Some(query) => Some(pick::one(Some(query), &all, out)?.id),
            None => None,
        };
        let events: Vec<Event> =
            app.events().into_iter().filter(|event| only.is_none_or(|id| event.id == id)).collect();
        if self.json {
            out.data(&json::answer("events", &events.iter().map(data).collect()))?;
            return Ok(Exit::Done);
        }
        if events.is_empty() {
            out.note(&text!("history-empty"));
        }
        for event in events {
            let title = app.entry(event.id).map_or_else(|| event.id.to_string(), |entry| pick::title(entry, out.lang));
            let what = sentence(&event).say(out.lang);
            out.data(&format!("{}  {title}  {what}", present::moment(event.at)))?;
        }
        Ok(Exit::Done)
    }
}

fn data(event: &Event) -> Value {
    json!({ "at": event.at.0, "id": event.id.to_string(), "what": event.what, "before": event.before, "after": event.after })
}
