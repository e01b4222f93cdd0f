//! `otp remove`: into the trash, from where it can be taken back for 30 days.

use otp::clock::UnixTime;
use otp::error::Exit;
use otp::present;
use otp::text;

use crate::ask;
use crate::failure::Failure;
use crate::output::Output;
use crate::pick;
use crate::session::Session;

#[derive(Debug, clap::Args)]
pub(crate) struct Remove {
    query: String,
}

impl Remove {
    pub(crate) fn run(self, session: &Session, out: &mut Output) -> Result<Exit, Failure> {
        let mut app = session.open(out)?;
        let entry = pick::one(Some(&self.query), &app.accounts(), out)?;
        let title = present::title(&entry.issuer, &entry.name);
        if !session.yes && !ask::yes(&text!("remove-ask", account = title.clone()), out.lang)? {
            return Err(ask::cancelled());
        }
        app.remove(entry.id, UnixTime::now())?;
        out.note(&text!("remove-done", account = title));
        Ok(Exit::Done)
    }
}
