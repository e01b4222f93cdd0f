//! `otp backup create`: everything in one file under a passphrase.

use std::path::PathBuf;

use crate::app::backup::BackupJob;
use crate::clock::UnixTime;
use crate::error::{Exit, Explain as _};
use crate::text;

use crate::cli::export::{check_new, file_name, tell_place};
use crate::cli::failure::Failure;
use crate::cli::input;
use crate::cli::output::Output;
use crate::cli::session::Session;
use crate::cli::vault::judged;
use crate::cli::words;

#[derive(Debug, clap::Args)]
pub(crate) struct Create {
    file: PathBuf,
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
    #[arg(long)]
    weak: bool,
    #[arg(long)]
    armor: bool,
    #[arg(long)]
    force: bool,
}

impl Create {
    pub(crate) fn run(&self, session: &Session, out: &mut Output) -> Result<Exit, Failure> {
        check_new(&self.file, self.force)?;
        let mut app = session.open(out)?;
        if app.accounts().is_empty() && app.trash().is_empty() {
            return Err(Failure::new(Exit::NotFound, text!("pick-empty")).hint(text!("pick-hint-empty")));
        }
        let passphrase = match &self.passphrase_file {
            Some(file) => judged(input::passphrase_file(file)?, self.weak)?,
            None => words::passphrase(&text!("backup-words"), self.weak, &text!("backup-hint-needs-passphrase"), out)?,
        };
        out.progress(&text!("backup-working"));
        let job = BackupJob { path: &self.file, passphrase: &passphrase, armor: self.armor, force: self.force };
        let done = app.back_up(&job, UnixTime::now());
        out.progress_done();
        let done = done?;
        for error in &done.broken {
            out.say(&text!("export-left-out-broken", reason = error.text()));
        }
        tell_place(&self.file, out);
        let file = file_name(&self.file);
        if !done.broken.is_empty() {
            out.say(&text!("backup-partial", count = done.accounts, file = file));
            return Ok(Exit::Partial);
        }
        out.note(&text!("backup-complete", count = done.accounts, file = file));
        Ok(Exit::Done)
    }
}
