//! `otp doctor`: looks at everything, says what it found and what to do next.

use otp::app::doctor::{Finding, Level};
use otp::clock::UnixTime;
use otp::error::Exit;
use otp::text;
use otp::text::Lang;
use serde_json::{Value, json};

use crate::ask;
use crate::failure::Failure;
use crate::json;
use crate::output::Output;
use crate::session::Session;

#[derive(Debug, clap::Args)]
pub(crate) struct Doctor {
    #[arg(long)]
    json: bool,
    #[arg(long)]
    accept_older: bool,
    #[arg(long)]
    accept_keyring: bool,
}

impl Doctor {
    pub(crate) fn run(self, session: &Session, out: &mut Output) -> Result<Exit, Failure> {
        let mut app = session.open_as_it_is(out)?;
        let now = UnixTime::now();
        if self.accept_older {
            app.ledger().accept_older(now)?;
        }
        if self.accept_keyring {
            if !session.yes && !ask::yes(&text!("doctor-ask-keyring"), out.lang)? {
                return Err(ask::cancelled());
            }
            app.ledger().accept_keyring(now)?;
        }
        let findings = app.examine(now);
        if self.json {
            out.data(&json::answer("checks", &findings.iter().map(|finding| data(finding, out.lang)).collect()))?;
        } else {
            for finding in &findings {
                print(finding, out)?;
            }
        }
        Ok(findings.iter().map(|finding| finding.exit).find(|exit| *exit != Exit::Done).unwrap_or(Exit::Done))
    }
}

fn print(finding: &Finding, out: &mut Output) -> Result<(), Failure> {
    let mark = match finding.level {
        Level::Good => text!("doctor-mark-good"),
        Level::Notice => text!("doctor-mark-notice"),
        Level::Bad => text!("doctor-mark-bad"),
    };
    let lang = out.lang;
    out.data(&format!("{} {}", mark.say(lang), finding.text.say(lang)))?;
    match &finding.next {
        Some(next) => out.data(&format!("   → {}", next.say(lang))),
        None => Ok(()),
    }
}

fn data(finding: &Finding, lang: Lang) -> Value {
    let level = match finding.level {
        Level::Good => "good",
        Level::Notice => "notice",
        Level::Bad => "bad",
    };
    json!({
        "id": finding.id,
        "level": level,
        "text": finding.text.say(lang),
        "next": finding.next.as_ref().map(|next| next.say(lang)),
        "exit": finding.exit.code(),
    })
}
