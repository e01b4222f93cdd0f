//! `otp doctor`: looks at everything, says what it found and what to do next.

use crate::app::doctor::{Finding, Level};
use crate::clock::UnixTime;
use crate::error::Exit;
use crate::text;
use crate::text::Lang;
use serde_json::{Value, json};

use crate::cli::ask;
use crate::cli::failure::Failure;
use crate::cli::json;
use crate::cli::output::Output;
use crate::cli::session::Session;

#[derive(Debug, clap::Args)]
#[allow(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub(crate) struct Doctor {
    #[arg(long)]
    json: bool,
    #[arg(long)]
    accept_older: bool,
    #[arg(long)]
    accept_keyring: bool,
    #[arg(long)]
    drop_correction: bool,
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
        if self.drop_correction {
            app.correct_clock(None)?;
        }
        let findings = app.examine(now);
        if self.json {
            out.data(&json::answer("checks", &findings.iter().map(|finding| data(finding, out.lang)).collect()))?;
        } else {
            let lang = out.lang;
            for line in findings.iter().flat_map(|finding| finding.lines(&|text| text.say(lang))) {
                out.data(&line)?;
            }
        }
        Ok(findings.iter().map(exit).find(|exit| *exit != Exit::Done).unwrap_or(Exit::Done))
    }
}

/// The findings that are no failure and still leave the owner something to do. Others are only
/// said: that there is no account yet, that the trash is not empty, that a site chose a short key.
const TO_DO: &[&str] = &["clock", "correction", "pending", "found"];

/// What the command ends with because of `finding`.
fn exit(finding: &Finding) -> Exit {
    let to_do = match finding.level {
        Level::Good => false,
        Level::Notice => TO_DO.contains(&finding.id),
        Level::Bad => true,
    };
    if to_do && finding.exit == Exit::Done { Exit::Attention } else { finding.exit }
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
        "exit": exit(finding).code(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_to_do_has_a_number() {
        #[track_caller]
        fn case(id: &'static str, level: Level, own: Exit, expected: Exit) {
            let finding = Finding { id, level, text: text!("doctor-pending"), next: None, exit: own };
            assert_eq!(exit(&finding), expected);
        }
        case("clock", Level::Notice, Exit::Done, Exit::Attention);
        case("pending", Level::Notice, Exit::Done, Exit::Attention);
        case("pending", Level::Good, Exit::Done, Exit::Done);
        case("trash", Level::Notice, Exit::Done, Exit::Done);
        case("secrets", Level::Notice, Exit::Done, Exit::Done);
        case("secrets", Level::Bad, Exit::Broken, Exit::Broken);
        case("keyring", Level::Bad, Exit::Done, Exit::Attention);
    }
}
