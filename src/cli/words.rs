//! A new passphrase for something that is kept for long: random words are offered first
//! (`security.md` R11.2).

use crate::crypto::words;
use crate::error::Exit;
use crate::secret::Secret;
use crate::text;
use crate::text::Text;

use crate::cli::ask;
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::cli::screen;
use crate::cli::vault::judged;

/// Offers a passphrase of random words below `heading`, on a page that is cleared; another one is
/// judged and typed twice. `nobody_hint` is for whoever cannot be asked.
pub(crate) fn passphrase(heading: &Text, weak: bool, nobody_hint: &Text, out: &Output) -> Result<Secret, Failure> {
    let nobody = || {
        let text = text!("export-needs-passphrase");
        ask::given_up_or(Failure::new(Exit::WrongPassphrase, text).hint(nobody_hint.clone()))
    };
    let offered = if screen::is_possible() { words::passphrase() } else { None };
    if let Some(words) = &offered {
        screen::reveal(heading, words, None, out)?;
    }
    let question = if offered.is_some() { text!("backup-ask-words") } else { text!("export-ask-passphrase") };
    let typed = ask::hidden(&question, out.lang).ok_or_else(nobody)?;
    if offered.is_some_and(|words| words.matches(&typed)) {
        return Ok(typed);
    }
    twice(judged(typed, weak)?, nobody, out)
}

/// `typed`, once it was typed again.
pub(crate) fn twice(typed: Secret, nobody: impl Fn() -> Failure, out: &Output) -> Result<Secret, Failure> {
    let again = ask::hidden(&text!("export-ask-again"), out.lang).ok_or_else(nobody)?;
    if typed.matches(&again) {
        return Ok(typed);
    }
    Err(Failure::new(Exit::BadInput, text!("vault-not-alike")).hint(text!("vault-hint-not-alike")))
}
