//! What is left of an import: files in which secrets still lie in the open.

use std::path::{Path, PathBuf};

use otp::app::places;
use otp::store::StoreError;
use otp::text;

use crate::ask;
use crate::failure::Failure;
use crate::input;
use crate::output::Output;
use crate::session::Session;

/// Deletes `files`, or offers to, now that everything in them is kept; says where copies of them
/// may lie. While something of them is kept nowhere else, they stay.
pub(crate) fn tidy(
    files: &[PathBuf],
    delete: bool,
    partial: bool,
    session: &Session,
    out: &mut Output,
) -> Result<(), Failure> {
    let files: Vec<&PathBuf> = files.iter().filter(|file| file.as_os_str() != "-").collect();
    if files.is_empty() {
        return Ok(());
    }
    for service in files.iter().filter_map(|file| places::synced(file)) {
        out.say(&text!("import-source-synced", service = service));
    }
    if files.iter().any(|file| places::in_trash(file)) {
        out.say(&text!("import-source-in-trash"));
    }
    if partial {
        out.note(&text!("import-source-partial"));
        return Ok(());
    }
    let wanted = delete
        || !session.yes && ask::is_possible() && ask::yes(&text!("import-ask-delete", count = files.len()), out.lang)?;
    if !wanted {
        out.note(&text!("import-source-safe", count = files.len()));
        return Ok(());
    }
    for file in files {
        remove(file)?;
        out.note(&text!("import-source-deleted", file = input::name(file)));
    }
    Ok(())
}

fn remove(file: &Path) -> Result<(), Failure> {
    Ok(std::fs::remove_file(file).map_err(|error| StoreError::disk(file, &error))?)
}
