//! Hands pages to the system's own print command, through a pipe and never through a file.

use std::io::Write;
use std::process::{Command, Stdio};

use crate::error::{Exit, Explain};
use crate::export::Paper;
use crate::text;
use crate::text::Text;

/// The print command of CUPS, on Linux, macOS and the BSDs.
const COMMAND: &str = "lp";
/// What it needs from the environment to find printers, and nothing else (`security.md` R4.2).
const ENVIRONMENT: [&str; 6] = ["PATH", "HOME", "CUPS_SERVER", "LPDEST", "PRINTER", "LANG"];

/// Prints the PDF file `pages` on `paper`. The job is called `otp` and nothing else, because queues
/// are read by others.
///
/// # Errors
/// When there is no print command here, or it refuses.
pub fn print(pages: &[u8], paper: Paper) -> Result<(), PrintError> {
    if cfg!(windows) {
        // Windows prints a PDF only through a program that opens it from a file.
        return Err(PrintError::NoCommand);
    }
    let media = match paper {
        Paper::A4 => "media=A4",
        Paper::Letter => "media=Letter",
    };
    let mut command = Command::new(COMMAND);
    command.args(["-s", "-t", "otp", "-o", media, "-"]).env_clear();
    command.envs(ENVIRONMENT.into_iter().filter_map(|name| Some((name, std::env::var_os(name)?))));
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().map_err(|_| PrintError::NoCommand)?;
    let written = child.stdin.take().map(|mut stdin| stdin.write_all(pages));
    let ended = child.wait().map_err(|_| PrintError::Refused)?;
    if ended.success() && matches!(written, Some(Ok(()))) { Ok(()) } else { Err(PrintError::Refused) }
}

/// Why pages were not printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PrintError {
    /// There is no print command that takes pages from a pipe.
    NoCommand,
    /// The print command refused the job.
    Refused,
}

impl Explain for PrintError {
    fn text(&self) -> Text {
        match self {
            Self::NoCommand => text!("print-no-command"),
            Self::Refused => text!("print-refused"),
        }
    }

    fn hint(&self) -> Option<Text> {
        Some(text!("print-hint"))
    }

    fn exit(&self) -> Exit {
        Exit::Disk
    }
}

crate::explained!(PrintError);
