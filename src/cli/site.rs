//! `otp site check`: whether an address belongs to the official site of an account.

use crate::app::site::{self, Judgement};
use crate::error::{Exit, Explain};
use crate::present;
use crate::site::Site;
use crate::store::index::Entry;
use crate::text;
use clap::Subcommand;
use serde_json::{Value, json};

use crate::cli::failure::Failure;
use crate::cli::json;
use crate::cli::output::Output;
use crate::cli::pick;
use crate::cli::session::Session;

#[derive(Debug, clap::Args)]
pub(crate) struct SiteCommand {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    Check(Check),
}

#[derive(Debug, clap::Args)]
struct Check {
    address: String,
    query: Option<String>,
    #[arg(long)]
    json: bool,
}

impl SiteCommand {
    pub(crate) fn run(self, session: &Session, out: &mut Output) -> Result<Exit, Failure> {
        let What::Check(check) = self.what;
        check.run(session, out)
    }
}

impl Check {
    fn run(self, session: &Session, out: &mut Output) -> Result<Exit, Failure> {
        let site = Site::parse(&self.address)?;
        let app = session.open(out)?;
        let chosen = match &self.query {
            Some(query) => Some(pick::one(Some(query), &app.accounts(), out)?),
            None => None,
        };
        let entries = chosen.as_ref().map_or_else(|| app.accounts(), |entry| vec![entry]);
        let judgement = site::judge(&site, &entries);
        if self.json {
            out.data(&json::answer("site", &data(&site, &judgement)))?;
            return Ok(judgement.own(&site).map_or_else(|error| error.exit(), |_| Exit::Done));
        }
        if let Some(letters) = present::suspicious(&site.domain()) {
            out.say(&letters);
        }
        if !site.is_encrypted() {
            out.say(&text!("site-not-encrypted"));
        }
        let own = judgement.own(&site).inspect_err(|_| out.say(&text!("site-real-time")))?;
        for entry in own {
            let account = present::title(&entry.issuer, &entry.name);
            let line = text!("site-own", domain = site.domain(), account = account).say(out.lang);
            out.data(&line)?;
        }
        Ok(Exit::Done)
    }
}

fn data(site: &Site, judgement: &Judgement<'_>) -> Value {
    let account = |entry: &Entry| json!({ "id": entry.id.to_string(), "issuer": entry.issuer, "name": entry.name });
    let (verdict, accounts) = match judgement {
        Judgement::Own(own) => ("yes", own.iter().map(|entry| account(entry)).collect()),
        Judgement::Alike(alike) => {
            let alike = alike.iter().map(|(entry, trick)| {
                let mut account = account(entry);
                account["trick"] = trick.id().into();
                account
            });
            ("look-alike", alike.collect())
        }
        Judgement::Other => ("no", Vec::new()),
        Judgement::Unknown => ("unknown", Vec::new()),
    };
    json!({ "domain": site.domain(), "encrypted": site.is_encrypted(), "verdict": verdict, "accounts": accounts })
}
