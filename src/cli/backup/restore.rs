//! `otp backup restore`: what is missing here comes back from a backup; nothing here goes.

use std::path::PathBuf;

use crate::app::App;
use crate::app::backup::{self, Restoration};
use crate::app::drill;
use crate::app::receive::ReceiptLine;
use crate::clock::UnixTime;
use crate::error::Exit;
use crate::present;
use crate::text;

use crate::cli::ask;
use crate::cli::failure::Failure;
use crate::cli::gather::BackupKeys;
use crate::cli::input;
use crate::cli::output::Output;
use crate::cli::pick;
use crate::cli::receipt;
use crate::cli::session::{self, Session};

#[derive(Debug, clap::Args)]
pub(crate) struct Restore {
    file: PathBuf,
    #[command(flatten)]
    keys: BackupKeys,
    #[arg(long)]
    dry_run: bool,
}

impl Restore {
    pub(crate) fn run(&self, session: &Session, out: &mut Output) -> Result<Exit, Failure> {
        let mut keys = self.keys.read()?;
        let batch = keys.read(&self.file, out)?;
        let count = batch.accounts.len();
        let mut app = session.open(out)?;
        let restoration = app.compare_backup(batch)?;
        out.say(&drill::heading(&input::name(&self.file), restoration.about.as_ref(), count));
        print(&restoration, &app, out);
        let partial = if restoration.receipt.skipped.is_empty() { Exit::Done } else { Exit::Partial };
        if restoration.is_empty() {
            let missed = restoration.receipt.lines.iter().filter_map(ReceiptLine::missed);
            out.note(&backup::nothing(missed.count()));
            return Ok(partial);
        }
        if self.dry_run {
            return Ok(partial);
        }
        let kept = restoration.receipt.kept();
        if !session.yes && !ask::yes(&text!("backup-ask-restore", count = kept), out.lang)? {
            return Err(ask::cancelled());
        }
        let restored = app.restore_backup(restoration, UnixTime::now(), &mut |done| {
            out.progress(&text!("import-progress", done = done, of = kept));
        });
        out.progress_done();
        session::say_notices(&mut app, out);
        out.note(&text!("backup-restored", count = restored?));
        Ok(partial)
    }
}

/// The difference: new, here already, only here, counters that move on.
fn print(restoration: &Restoration, app: &App, out: &mut Output) {
    receipt::print(&restoration.receipt, app, out);
    for entry in &restoration.only_here {
        out.note(&text!("backup-only-here", account = present::title(&entry.issuer, &entry.name)));
    }
    for (id, counter) in &restoration.counters {
        let Some(entry) = app.entry(*id) else { continue };
        let account = pick::title(entry, out.lang);
        out.note(&text!("backup-counter-moves", account = account, counter = counter.to_string()));
    }
}
