//! `otp restore`: out of the trash.

use otp::clock::UnixTime;
use otp::error::Exit;
use otp::present;
use otp::text;

use crate::failure::Failure;
use crate::output::Output;
use crate::pick;
use crate::session::Session;

#[derive(Debug, clap::Args)]
pub(crate) struct Restore {
    query: Option<String>,
}

impl Restore {
    pub(crate) fn run(self, session: &Session, out: &mut Output) -> Result<Exit, Failure> {
        let mut app = session.open(out)?;
        let trash = app.trash();
        if trash.is_empty() {
            return Err(Failure::new(Exit::NotFound, text!("trash-empty")));
        }
        let entry = pick::one(self.query.as_deref(), &trash, out)?;
        app.restore(entry.id, UnixTime::now())?;
        out.note(&text!("trash-restored", account = present::title(&entry.issuer, &entry.name)));
        Ok(Exit::Done)
    }
}
