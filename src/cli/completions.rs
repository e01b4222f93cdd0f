//! `otp completions`: the script that lets a shell complete commands and options.

use crate::error::Exit;
use crate::text::Lang;
use clap_complete::Shell;

use crate::cli::args;
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::cli::session::Session;

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
