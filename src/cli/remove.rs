//! `otp remove`: into the trash, from where it can be taken back for 30 days.

use crate::clock::UnixTime;
use crate::error::Exit;
use crate::present;
use crate::text;
use crate::text::Text;

use crate::cli::ask;
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::cli::pick;
use crate::cli::session::Session;

#[derive(Debug, clap::Args)]
pub(crate) struct Remove {
    query: String,
}

impl Remove {
    pub(crate) fn run(self, session: &Session, out: &mut Output) -> Result<Exit, Failure> {
        let mut app = session.open(out)?;
        let entry = pick::one(Some(&self.query), &app.accounts(), out)?;
        let title = present::title(&entry.issuer, &entry.name);
        if !session.yes {
            agree(&title, out)?;
        }
        app.remove(entry.id, UnixTime::now())?;
        out.note(&text!("remove-done", account = title));
        Ok(Exit::Done)
    }
}

/// Asks whether two-factor is off at the site. Unless it is, the account is needed to sign in, which
/// is said before its owner may insist.
fn agree(title: &Text, out: &mut Output) -> Result<(), Failure> {
    let question = text!("remove-ask", account = title.clone());
    let answer = ask::line(&question, out.lang).ok_or_else(ask::nobody_to_agree)?;
    let advice = match ask::short(&answer).as_str() {
        "y" | "yes" | "はい" => return Ok(()),
        "n" | "no" | "いいえ" => text!("remove-keep"),
        "?" | "わからない" | "分からない" => text!("remove-look"),
        _ => return Err(ask::cancelled()),
    };
    out.say(&advice);
    if ask::yes(&text!("remove-ask-all-the-same", account = title.clone()), out.lang)? {
        Ok(())
    } else {
        Err(ask::cancelled())
    }
}
