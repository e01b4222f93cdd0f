//! `otp restore`: out of the trash.

use crate::clock::UnixTime;
use crate::error::Exit;
use crate::present;
use crate::text;

use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::cli::pick;
use crate::cli::session::Session;

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
