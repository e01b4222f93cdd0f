//! Sheets of paper that outlive phones and computers: the keys of accounts, the same encrypted, the
//! recovery key, the recovery codes of a site, and the steps that lead back in.
//!
//! Each says what it is, for which program, how to use it without that program, and how to keep it
//! (`security.md` part 5). The same content, language and date make the same file.

mod accounts;
mod block;
mod code;
mod codes;
mod flow;
mod key;
mod sealed;
mod steps;

use crate::export::Paper;
use crate::text::Lang;

pub use accounts::{Listed, Made, accounts};
pub use block::printed_key;
pub use codes::{Codes, recovery_codes};
pub use key::recovery_key;
pub use sealed::{COMMANDS, seal, sealed};
pub use steps::rescue;

/// How a sheet is made.
#[derive(Debug, Clone, Copy)]
pub struct Job<'a> {
    /// The date that stands on it, such as `2026-11-22`.
    pub date: &'a str,
    /// The paper that it is printed on.
    pub paper: Paper,
    /// The language that it speaks.
    pub lang: Lang,
}
