//! `otp sheet`: the keys on paper.

use std::path::PathBuf;

use crate::app::App;
use crate::app::sheet::{Made, Make};
use crate::clock::UnixTime;
use crate::error::{Exit, Explain};
use crate::text;

use crate::cli::export::chosen;
use crate::cli::failure::Failure;
use crate::cli::input;
use crate::cli::output::Output;
use crate::cli::paper::OnPaper;
use crate::cli::session::Session;
use crate::cli::sheet_check::Check;
use crate::cli::vault::judged;
use crate::cli::words;

#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Sheet {
    #[command(subcommand)]
    action: Option<Action>,
    #[command(flatten)]
    order: Order,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    Check(Check),
}

#[derive(Debug, clap::Args)]
#[allow(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
struct Order {
    queries: Vec<String>,
    #[command(flatten)]
    to: OnPaper,
    #[arg(long, conflicts_with = "phone")]
    encrypt: bool,
    #[arg(long, requires = "encrypt")]
    weak: bool,
    #[arg(long, value_name = "FILE", requires = "encrypt")]
    passphrase_file: Option<PathBuf>,
    #[arg(long)]
    phone: bool,
}

impl Sheet {
    pub(crate) fn run(self, session: &Session, out: &mut Output) -> Result<Exit, Failure> {
        match self.action {
            Some(Action::Check(check)) => check.run(session, out),
            None => self.order.run(session, out),
        }
    }
}

impl Order {
    fn run(self, session: &Session, out: &mut Output) -> Result<Exit, Failure> {
        self.to.check()?;
        let mut app = session.open(out)?;
        let ids = chosen(&self.queries, false, &app)?;
        let kind = self.kind(out)?;
        if !self.encrypt {
            let leaves_file = self.to.leaves_file();
            out.say(&if leaves_file { text!("sheet-warning") } else { text!("sheet-warning-paper") });
        }
        self.to.agree(session, out)?;
        let now = UnixTime::now();
        let made = app.make_sheet(&ids, &kind, self.to.size(), out.lang, now)?;
        for error in &made.broken {
            out.say(&text!("export-left-out-broken", reason = error.text()));
        }
        for (account, reason) in &made.left {
            out.say(&text!("export-left-out", account = account.clone(), reason = reason.text()));
        }
        self.hand_out(&made, &mut app, now, out)?;
        out.note(&text!("sheet-digest", digest = made.digest.as_str()));
        if !self.phone {
            out.hint(&text!("sheet-hint-check"));
        }
        app.tidy(now);
        Ok(if made.broken.is_empty() && made.left.is_empty() { Exit::Done } else { Exit::Partial })
    }

    fn kind(&self, out: &Output) -> Result<Make, Failure> {
        if self.phone {
            return Ok(Make::Transfer);
        }
        if !self.encrypt {
            return Ok(Make::Open);
        }
        let passphrase = match &self.passphrase_file {
            Some(file) => judged(input::passphrase_file(file)?, self.weak)?,
            None => words::passphrase(&text!("sheet-words"), self.weak, &text!("sheet-hint-needs-passphrase"), out)?,
        };
        Ok(Make::Sealed(passphrase))
    }

    /// Writes and prints the sheet, and notes it as soon as it is safe somewhere.
    fn hand_out(&self, made: &Made, app: &mut App, now: UnixTime, out: &mut Output) -> Result<(), Failure> {
        let count = made.ids.len();
        let done = text!("sheet-done", count = count, file = self.to.file_name());
        let written = self.to.write(&made.bytes, &done, out)?;
        if written {
            app.record_sheet(made, now)?;
        }
        if self.to.print(&made.bytes, &text!("sheet-printed", count = count), out)? && !written {
            app.record_sheet(made, now)?;
        }
        Ok(())
    }
}
