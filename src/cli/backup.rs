//! `otp backup`: encrypted copies, under a passphrase or for the recovery key.

mod auto;
mod check;
mod create;
mod restore;

use crate::error::Exit;

use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::cli::session::Session;

#[derive(Debug, clap::Args)]
#[command(arg_required_else_help = true)]
pub(crate) struct Backup {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    Create(create::Create),
    Check(check::Check),
    Restore(restore::Restore),
    Auto(auto::Auto),
}

impl Backup {
    pub(crate) fn run(self, session: &Session, out: &mut Output) -> Result<Exit, Failure> {
        match self.action {
            Action::Create(create) => create.run(session, out),
            Action::Check(check) => check.run(session, out),
            Action::Restore(restore) => restore.run(session, out),
            Action::Auto(auto) => auto.run(session, out),
        }
    }
}
