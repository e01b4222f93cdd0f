//! `otp help`: the help of a command, or a page of its own such as `exit-codes`.

use clap::CommandFactory;
use otp::error::Exit;
use otp::text;
use otp::text::Text;

use crate::args::{self, Cli};
use crate::failure::Failure;
use crate::output::Output;
use crate::session::Session;

#[derive(Debug, clap::Args)]
pub(crate) struct Help {
    topic: Option<String>,
}

impl Help {
    pub(crate) fn run(self, _session: &Session, out: &mut Output) -> Result<Exit, Failure> {
        let topic = self.topic.as_deref();
        if topic == Some("exit-codes") {
            return exit_codes(out);
        }
        let mut command = args::command(out.lang);
        command.build();
        let page = match topic {
            None => command.render_long_help(),
            Some(name) if Cli::command().find_subcommand(name).is_some() => {
                command.find_subcommand_mut(name).map(clap::Command::render_long_help).unwrap_or_default()
            }
            Some(_) => {
                return Err(Failure::new(Exit::Usage, text!("usage-unknown-command")).hint(text!("usage-hint-help")));
            }
        };
        out.print(&page.to_string())?;
        if topic.is_none() {
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
