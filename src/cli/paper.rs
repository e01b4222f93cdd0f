//! Where pages go that are made for paper: into a PDF file, to standard output, to the printer.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use crate::app::export::{Piece, save};
use crate::app::printer;
use crate::error::Exit;
use crate::export::{Bytes, Paper};
use crate::text;
use crate::text::Text;

use crate::cli::ask;
use crate::cli::export::{check_new, file_name, stdout_failure, tell_place};
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::cli::session::Session;

/// The options of every command that makes pages.
#[derive(Debug, clap::Args)]
pub(crate) struct OnPaper {
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    #[arg(long, value_name = "a4|letter", value_parser = ["a4", "letter"], default_value = "a4", hide_default_value = true)]
    paper: String,
    #[arg(long)]
    print: bool,
    #[arg(long, requires = "output")]
    force: bool,
}

impl OnPaper {
    /// Whether pages are wanted at all.
    pub(crate) fn is_wanted(&self) -> bool {
        self.print || self.output.is_some()
    }

    /// The file, if one is wanted.
    pub(crate) fn file(&self) -> Option<&Path> {
        self.output.as_deref()
    }

    /// The name of the file, to say where the pages are.
    pub(crate) fn file_name(&self) -> String {
        self.file().map(file_name).unwrap_or_default()
    }

    /// Whether the pages go where other data would.
    pub(crate) fn takes_standard_output(&self) -> bool {
        self.file().is_some_and(is_standard)
    }

    /// The size of the pages.
    pub(crate) fn size(&self) -> Paper {
        Paper::parse(&self.paper).unwrap_or_default()
    }

    /// Refuses what cannot be written to, before anything is asked or read.
    pub(crate) fn check(&self) -> Result<(), Failure> {
        match self.file() {
            None if self.print => Ok(()),
            None => Err(Failure::new(Exit::Usage, text!("export-no-file")).hint(text!("sheet-hint-no-file"))),
            Some(path) if is_standard(path) && std::io::stdout().is_terminal() => Err(stdout_failure()),
            Some(path) if is_standard(path) => Ok(()),
            Some(path) => check_new(path, self.force),
        }
    }

    /// Whether a file of the pages stays behind.
    pub(crate) fn leaves_file(&self) -> bool {
        self.file().is_some()
    }

    /// Names what printers do with secrets, and asks whether it is to be.
    pub(crate) fn agree(&self, session: &Session, out: &mut Output) -> Result<(), Failure> {
        if !self.print {
            return Ok(());
        }
        out.say(&text!("sheet-print-risk"));
        if session.yes || ask::yes(&text!("sheet-ask-print"), out.lang)? { Ok(()) } else { Err(ask::cancelled()) }
    }

    /// Writes `pages` to the file or to standard output, and says `done` of a file. Whether they are
    /// anywhere now.
    pub(crate) fn write(&self, pages: &Bytes, done: &Text, out: &mut Output) -> Result<bool, Failure> {
        match self.file() {
            None => return Ok(false),
            Some(path) if is_standard(path) => {
                let mut standard = std::io::stdout();
                standard.write_all(pages).and_then(|()| standard.flush()).map_err(|_| Failure::output())?;
            }
            Some(path) => {
                save(&[Piece { path: path.to_owned(), bytes: pages.clone() }], self.force, &|_, _| Ok(()))?;
                out.note(done);
                tell_place(path, out);
            }
        }
        Ok(true)
    }

    /// Prints `pages`, a PDF file, if that is wanted, and says `done`. Whether they were printed.
    pub(crate) fn print(&self, pages: &[u8], done: &Text, out: &mut Output) -> Result<bool, Failure> {
        if self.print {
            printer::print(pages, self.size())?;
            out.note(done);
        }
        Ok(self.print)
    }
}

fn is_standard(path: &Path) -> bool {
    path.as_os_str() == "-"
}
