//! How a command fails: a sentence, a hint and a number.

use otp::error::{Exit, Explain};
use otp::text;
use otp::text::Text;

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
}

impl<E: Explain> From<E> for Failure {
    fn from(error: E) -> Self {
        Self { text: error.text(), hint: error.hint(), exit: error.exit() }
    }
}
