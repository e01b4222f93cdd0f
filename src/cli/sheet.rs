//! `otp sheet`: the keys on paper.

use std::io::{IsTerminal, Write};
use std::path::PathBuf;

use crate::app::App;
use crate::app::export::{Piece, save};
use crate::app::places;
use crate::app::printer;
use crate::app::sheet::{Made, Make};
use crate::clock::UnixTime;
use crate::error::{Exit, Explain};
use crate::export::Paper;
use crate::text;

use crate::cli::ask;
use crate::cli::export::{check_new, chosen, file_name, new_passphrase, stdout_failure};
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::cli::session::Session;
use crate::cli::sheet_check::Check;

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
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    #[arg(long, value_name = "a4|letter", value_parser = ["a4", "letter"], default_value = "a4", hide_default_value = true)]
    paper: String,
    #[arg(long, conflicts_with = "phone")]
    encrypt: bool,
    #[arg(long, requires = "encrypt")]
    weak: bool,
    #[arg(long, value_name = "FILE", requires = "encrypt")]
    passphrase_file: Option<PathBuf>,
    #[arg(long)]
    phone: bool,
    #[arg(long)]
    print: bool,
    #[arg(long, requires = "output")]
    force: bool,
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
        self.check_output()?;
        let mut app = session.open(out)?;
        let ids = chosen(&self.queries, false, &app)?;
        let kind = self.kind(out)?;
        if !self.encrypt {
            out.say(&text!("sheet-warning"));
        }
        if self.print {
            out.say(&text!("sheet-print-risk"));
            if !session.yes && !ask::yes(&text!("sheet-ask-print"), out.lang)? {
                return Err(ask::cancelled());
            }
        }
        let (paper, now) = (Paper::parse(&self.paper).unwrap_or_default(), UnixTime::now());
        let made = app.make_sheet(&ids, &kind, paper, out.lang, now)?;
        for error in &made.broken {
            out.say(&text!("export-left-out-broken", reason = error.text()));
        }
        for (account, reason) in &made.left {
            out.say(&text!("export-left-out", account = account.clone(), reason = reason.text()));
        }
        self.hand_out(&made, paper, &mut app, now, out)?;
        out.note(&text!("sheet-digest", digest = made.digest.as_str()));
        if !self.phone {
            out.hint(&text!("sheet-hint-check"));
        }
        app.tidy(now);
        Ok(if made.broken.is_empty() && made.left.is_empty() { Exit::Done } else { Exit::Partial })
    }

    /// Refuses what cannot be written to, before anything is asked or read.
    fn check_output(&self) -> Result<(), Failure> {
        match &self.output {
            None if self.print => Ok(()),
            None => Err(Failure::new(Exit::Usage, text!("export-no-file")).hint(text!("sheet-hint-no-file"))),
            Some(path) if path.as_os_str() == "-" && std::io::stdout().is_terminal() => Err(stdout_failure()),
            Some(path) if path.as_os_str() == "-" => Ok(()),
            Some(path) => check_new(path, self.force),
        }
    }

    fn kind(&self, out: &Output) -> Result<Make, Failure> {
        if self.phone {
            return Ok(Make::Transfer);
        }
        if !self.encrypt {
            return Ok(Make::Open);
        }
        let file = self.passphrase_file.as_deref();
        new_passphrase(file, self.weak, &text!("sheet-hint-needs-passphrase"), out).map(Make::Sealed)
    }

    /// Writes and prints the sheet, and notes it as soon as it is safe somewhere.
    fn hand_out(
        &self,
        made: &Made,
        paper: Paper,
        app: &mut App,
        now: UnixTime,
        out: &mut Output,
    ) -> Result<(), Failure> {
        let count = made.ids.len();
        match &self.output {
            Some(path) if path.as_os_str() == "-" => {
                let mut standard = std::io::stdout();
                standard.write_all(&made.bytes).and_then(|()| standard.flush()).map_err(|_| Failure::output())?;
                app.record_sheet(made, now)?;
            }
            Some(path) => {
                let piece = Piece { path: path.clone(), bytes: made.bytes.clone() };
                save(&[piece], self.force, &|_, _| Ok(()))?;
                app.record_sheet(made, now)?;
                out.note(&text!("sheet-done", count = count, file = file_name(path)));
                if let Some(service) = places::synced(path) {
                    out.say(&text!("export-synced", service = service));
                }
            }
            None => {}
        }
        if self.print {
            printer::print(&made.bytes, paper)?;
            if self.output.is_none() {
                app.record_sheet(made, now)?;
            }
            out.note(&text!("sheet-printed", count = count));
        }
        Ok(())
    }
}
