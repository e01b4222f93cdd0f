//! `otp backup check`: proves that a file, and what opens it, bring every account back.

use std::path::PathBuf;

use crate::error::Exit;

use crate::cli::drill;
use crate::cli::failure::Failure;
use crate::cli::gather::Keys;
use crate::cli::output::Output;
use crate::cli::session::Session;

#[derive(Debug, clap::Args)]
pub(crate) struct Check {
    file: PathBuf,
    #[arg(long, value_name = "FILE", conflicts_with = "recovery_key")]
    passphrase_file: Option<PathBuf>,
    #[arg(long, value_name = "IMAGE")]
    recovery_key: Option<PathBuf>,
    #[arg(long)]
    json: bool,
}

impl Check {
    pub(crate) fn run(&self, session: &Session, out: &mut Output) -> Result<Exit, Failure> {
        let keys = Keys::of_backup(self.passphrase_file.as_deref(), self.recovery_key.as_deref())?;
        drill::run(std::slice::from_ref(&self.file), keys, self.json, session, out)
    }
}
