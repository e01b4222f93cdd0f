//! `otp qr`: QR codes of single accounts, and what QR codes say.

use std::io::IsTerminal;
use std::path::PathBuf;

use crate::account::Kind;
use crate::app::export::{Piece, save};
use crate::error::Exit;
use crate::export::{self, Drawing};
use crate::present;
use crate::text;

use crate::cli::export::{check_new, file_name, stdout_failure, tell_place};
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::cli::pick;
use crate::cli::screen::{self, Body, Page};
use crate::cli::session::Session;

mod read;

#[derive(Debug, clap::Args)]
#[command(arg_required_else_help = true)]
pub(crate) struct Qr {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    Show(Show),
    Read(read::Read),
}

#[derive(Debug, clap::Args)]
struct Show {
    query: String,
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    #[arg(long, requires = "output")]
    force: bool,
    #[arg(long)]
    reveal: bool,
}

impl Qr {
    pub(crate) fn run(self, session: &Session, out: &mut Output) -> Result<Exit, Failure> {
        match self.action {
            Action::Show(show) => show.run(session, out),
            Action::Read(read) => read.run(out),
        }
    }
}

impl Show {
    fn run(&self, session: &Session, out: &mut Output) -> Result<Exit, Failure> {
        if let Some(path) = &self.output {
            check_new(path, self.force)?;
            drawing(path)?;
        } else if !std::io::stdout().is_terminal() && !self.reveal {
            return Err(stdout_failure());
        }
        let mut app = session.open(out)?;
        let entry = pick::one(Some(&self.query), &app.accounts(), out)?;
        let account = app.ledger().account(entry.id)?;
        let modules = export::code(&account)?;
        let title = present::title(&entry.issuer, &entry.name);
        if matches!(account.kind(), Kind::Hotp { .. }) {
            out.note(&text!("export-hotp-moves"));
        }
        if let Some(path) = &self.output {
            out.say(&text!("export-plain-warning"));
            let bytes = drawing(path)?.of(&modules)?;
            save(&[Piece { path: path.clone(), bytes }], self.force, &|_, _| Ok(()))?;
            out.note(&text!("export-done", count = 1, file = file_name(path)));
            tell_place(path, out);
        } else if screen::is_possible() {
            screen::show(&[Page { body: Body::Code(modules), caption: title }], out)?;
        } else {
            screen::write(&modules.to_terminal());
        }
        Ok(Exit::Done)
    }
}

/// The kind of picture that the ending of `path` names.
fn drawing(path: &std::path::Path) -> Result<Drawing, Failure> {
    let unknown = || Failure::new(Exit::Usage, text!("export-bad-ending")).hint(text!("export-hint-bad-ending-qr"));
    Drawing::named(path).ok_or_else(unknown)
}
