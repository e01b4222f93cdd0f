//! The QR codes that are on the screen.

use crate::qr::QrError;
use crate::qr::capture;

use super::{ImportError, Opened, Source, open};

/// Reads the QR codes of every monitor, as a picture of each would be read: what each monitor with
/// codes holds, under its name where there are several monitors. Nothing is kept of the pictures.
///
/// # Errors
/// When the screen cannot be looked at, or there is no code on any monitor.
pub fn screen() -> Result<Vec<(String, Opened)>, ImportError> {
    let shots = capture::screen()?;
    let alone = shots.len() == 1;
    let mut found = Vec::new();
    let mut failure = None;
    for shot in shots {
        let name = if alone { String::new() } else { shot.monitor };
        match open(&Source::new(&shot.picture)) {
            Ok(opened) => found.push((name, opened)),
            Err(error) => failure = Some(worse(failure, error)),
        }
    }
    // Most monitors show no code.
    failure.filter(|_| found.is_empty()).map_or(Ok(found), Err)
}

/// Of two failures the one that says more than that there is no code.
fn worse(before: Option<ImportError>, now: ImportError) -> ImportError {
    before.filter(|before| *before != ImportError::Picture(QrError::NoCode)).unwrap_or(now)
}
