//! `otp open`: the browser at the account's own address, and the code in the clipboard.

use crate::app::{browser, clipboard, site};
use crate::clock::UnixTime;
use crate::error::Exit;
use crate::present;
use crate::secret::Secret;
use crate::text;

use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::cli::pick;
use crate::cli::session::{Session, say_clock};

#[derive(Debug, clap::Args)]
pub(crate) struct Open {
    query: Option<String>,
}

impl Open {
    pub(crate) fn run(self, session: &Session, out: &mut Output) -> Result<Exit, Failure> {
        let mut app = session.open(out)?;
        let entry = pick::one(self.query.as_deref(), &app.accounts(), out)?;
        let title = present::title(&entry.issuer, &entry.name);
        let missing = || {
            let failure = Failure::new(Exit::NotFound, text!("open-no-address", account = title.clone()));
            failure.hint(text!("open-hint-no-address"))
        };
        let address = entry.url.as_deref().ok_or_else(missing)?;
        browser::open(address)?;
        let domain = site::noted(&entry).map(|site| site.domain()).unwrap_or_default();
        out.note(&text!("open-done", domain = domain));
        let code = Secret::from_text(app.code(entry.id, session.clock.now())?.digits);
        let seconds = session.config.clipboard_seconds;
        clipboard::copy(&code, seconds)?;
        out.note(&text!("now-copied", account = title, seconds = seconds));
        say_clock(session.clock, app.doubt(UnixTime::now()), out);
        app.tidy(UnixTime::now());
        Ok(Exit::Done)
    }
}
