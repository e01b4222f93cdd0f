//! The hidden command behind `--copy`: holds the clipboard until the code is cleared.

use crate::error::Exit;

use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::cli::session::Session;

#[derive(Debug, clap::Args)]
pub(crate) struct ClipboardHold {
    seconds: u64,
}

impl ClipboardHold {
    /// The code comes through standard input, so that no argument carries it.
    pub(crate) fn run(self, _session: &Session, _out: &mut Output) -> Result<Exit, Failure> {
        crate::app::clipboard::serve(self.seconds)?;
        Ok(Exit::Done)
    }
}
