//! The hidden command behind `--copy`: holds the clipboard until the code is cleared.

use otp::error::Exit;

use crate::failure::Failure;
use crate::output::Output;
use crate::session::Session;

#[derive(Debug, clap::Args)]
pub(crate) struct ClipboardHold {
    seconds: u64,
}

impl ClipboardHold {
    /// The code comes through standard input, so that no argument carries it.
    pub(crate) fn run(self, _session: &Session, _out: &mut Output) -> Result<Exit, Failure> {
        otp::app::clipboard::serve(self.seconds)?;
        Ok(Exit::Done)
    }
}
