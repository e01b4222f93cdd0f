//! `otp completions`: the script that lets a shell complete commands and options.

use clap_complete::Shell;
use otp::error::Exit;
use otp::text::Lang;

use crate::args;
use crate::failure::Failure;
use crate::output::Output;
use crate::session::Session;

#[derive(Debug, clap::Args)]
pub(crate) struct Completions {
    #[arg(value_name = "bash|elvish|fish|powershell|zsh")]
    shell: Shell,
}

impl Completions {
    pub(crate) fn run(self, _session: &Session, out: &mut Output) -> Result<Exit, Failure> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut args::command(Lang::English), "otp", &mut script);
        out.print(&String::from_utf8_lossy(&script))?;
        Ok(Exit::Done)
    }
}
