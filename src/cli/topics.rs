//! `otp help`: the help of a command, or a page of its own such as `exit-codes`.

use crate::error::Exit;
use crate::text;
use crate::text::Text;

use crate::cli::args;
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::cli::session::Session;

#[derive(Debug, clap::Args)]
pub(crate) struct Help {
    topic: Vec<String>,
}

impl Help {
    pub(crate) fn run(self, _session: &Session, out: &mut Output) -> Result<Exit, Failure> {
        if self.topic == ["exit-codes"] {
            return exit_codes(out);
        }
        let mut command = args::command(out.lang);
        command.build();
        // `otp help vault create` explains a command within a command.
        let found = self.topic.iter().try_fold(&mut command, |command, name| command.find_subcommand_mut(name));
        let unknown = || Failure::new(Exit::Usage, text!("usage-unknown-command")).hint(text!("usage-hint-help"));
        let page = found.ok_or_else(unknown)?.render_help();
        out.print(&page.to_string())?;
        if self.topic.is_empty() {
            let more = text!("help-topics").say(out.lang);
            out.data(&format!("\n{more}"))?;
        }
        Ok(Exit::Done)
    }
}

fn exit_codes(out: &mut Output) -> Result<Exit, Failure> {
    let lang = out.lang;
    for exit in Exit::ALL {
        let meaning = Text::new(format!("exit-{}", exit.id())).say(lang);
        out.data(&format!("{:>3}  {meaning}", exit.code()))?;
    }
    Ok(Exit::Done)
}
