//! `otp backup check`: proves that a file, and what opens it, bring every account back.

use std::path::PathBuf;

use crate::error::Exit;

use crate::cli::drill;
use crate::cli::failure::Failure;
use crate::cli::gather::BackupKeys;
use crate::cli::output::Output;
use crate::cli::session::Session;

#[derive(Debug, clap::Args)]
pub(crate) struct Check {
    file: PathBuf,
    #[command(flatten)]
    keys: BackupKeys,
    #[arg(long)]
    json: bool,
}

impl Check {
    pub(crate) fn run(&self, session: &Session, out: &mut Output) -> Result<Exit, Failure> {
        let keys = self.keys.read()?;
        drill::run(std::slice::from_ref(&self.file), keys, self.json, session, out)
    }
}
