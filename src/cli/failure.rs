//! How a command fails: a sentence, a hint and a number.

use crate::error::{Exit, Explain};
use crate::text;
use crate::text::Text;

use crate::cli::json;
use crate::cli::output::Output;

/// What went wrong, ready to be shown.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) text: Text,
    pub(crate) hint: Option<Text>,
    pub(crate) exit: Exit,
}

impl Failure {
    pub(crate) fn new(exit: Exit, text: Text) -> Self {
        Self { text, hint: None, exit }
    }

    /// Standard output takes nothing more.
    pub(crate) fn output() -> Self {
        Self::new(Exit::Disk, text!("cli-output-failed")).hint(text!("cli-hint-output-failed"))
    }

    pub(crate) fn hint(mut self, hint: Text) -> Self {
        self.hint = Some(hint);
        self
    }

    /// Ends a command: tells the failure to people, and to programs that asked for `json` and have
    /// got no answer yet.
    pub(crate) fn end(&self, json: bool, out: &mut Output) -> Exit {
        if json && !out.has_printed() {
            // Who cannot be told here is told by the number.
            let _ = out.data(&json::failure(self, out.lang));
        }
        out.failure(self);
        self.exit
    }
}

impl<E: Explain> From<E> for Failure {
    fn from(error: E) -> Self {
        Self { text: error.text(), hint: error.hint(), exit: error.exit() }
    }
}
