//! What is left of an import: files in which secrets still lie in the open.

use std::path::PathBuf;

use crate::app::places;
use crate::text;

use crate::cli::ask;
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::cli::session::Session;

/// How much of the files is stored now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kept {
    /// Everything.
    Whole,
    /// Every account, but they hold other things, such as passwords.
    HoldsMore,
    /// Not everything, or some of it only in the trash.
    Partly,
}

/// Deletes `files`, or offers to, now that everything in them is kept; says where copies of them
/// may lie. While something of them is kept nowhere else, they stay.
pub(crate) fn tidy(
    files: &[PathBuf],
    delete: bool,
    state: Kept,
    session: &Session,
    out: &mut Output,
) -> Result<(), Failure> {
    let mut files: Vec<&PathBuf> = files.iter().filter(|file| file.as_os_str() != "-").collect();
    files.sort();
    files.dedup();
    if files.is_empty() {
        return Ok(());
    }
    for said in places::copies(&files.iter().map(|file| file.as_path()).collect::<Vec<_>>()) {
        out.say(&said);
    }
    match state {
        Kept::Whole => {}
        Kept::HoldsMore => {
            out.note(&text!("import-source-holds-more"));
            return Ok(());
        }
        Kept::Partly => {
            out.note(&text!("import-source-partial"));
            return Ok(());
        }
    }
    let wanted = delete
        || !session.yes && ask::is_possible() && ask::yes(&text!("import-ask-delete", count = files.len()), out.lang)?;
    if !wanted {
        out.note(&text!("import-source-safe", count = files.len()));
        return Ok(());
    }
    for file in files {
        out.note(&places::delete(file)?);
    }
    Ok(())
}
