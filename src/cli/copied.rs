//! What was copied, as a source of accounts.

use crate::import::{self, Batch, Source};
use crate::qr::capture::{self, Clip};
use crate::text;

use crate::cli::ask;
use crate::cli::failure::Failure;
use crate::cli::gather::{Gathered, Keys};
use crate::cli::output::Output;
use crate::cli::session::Session;

/// Reads the clipboard: copied files and pictures like any other, text like a file. A backup key
/// alone is handed to `key`, because it does not say whose it is.
pub(crate) fn gather(
    keys: &mut Keys,
    key: impl FnOnce(&str, &mut Output) -> Result<Batch, Failure>,
    out: &mut Output,
) -> Result<Gathered, Failure> {
    let batch = match capture::clipboard()? {
        Clip::Files(files) => return keys.read_all(&files.iter().collect::<Vec<_>>(), out),
        Clip::Picture(picture) => keys.open(&Source::new(&picture), out)?,
        Clip::Text(text) if import::kind(&text) == "key" => key(text.trim(), out)?,
        Clip::Text(text) => keys.open(&Source::new(text.as_bytes()), out)?,
    };
    Ok(Gathered { copied: true, ..batch.into() })
}

/// Empties the clipboard, or offers to, now that everything in it is kept.
pub(crate) fn tidy(clear: bool, session: &Session, out: &mut Output) -> Result<(), Failure> {
    let wanted =
        clear || !session.yes && ask::is_possible() && ask::yes(&text!("import-ask-clear-clipboard"), out.lang)?;
    if !wanted {
        out.note(&text!("import-clipboard-holds"));
        return Ok(());
    }
    capture::clear()?;
    out.note(&text!("import-clipboard-cleared"));
    Ok(())
}
