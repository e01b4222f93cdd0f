//! The QR codes that are on the screen.

use crate::qr::QrError;
use crate::qr::capture;

use super::{Batch, ImportError, Opened, Source, open};

/// Reads the QR codes of every monitor, as a picture of each would be read. Nothing is kept of the
/// pictures.
///
/// # Errors
/// When the screen cannot be looked at, or there is no code on any monitor.
pub fn screen() -> Result<Batch, ImportError> {
    let shots = capture::screen()?;
    let alone = shots.len() == 1;
    let mut all = Batch::default();
    let mut failure = None;
    for shot in shots {
        match open(&Source::new(&shot.picture)) {
            Ok(Opened::Batch(batch)) if alone => return Ok(batch),
            Ok(Opened::Batch(batch)) => all.append(batch, &shot.monitor),
            Ok(Opened::Locked(_)) => {}
            Err(error) => failure = Some(worse(failure, error)),
        }
    }
    // Most monitors show no code.
    failure.filter(|_| all.entries() == 0).map_or(Ok(all), Err)
}

/// Of two failures the one that says more than that there is no code.
fn worse(before: Option<ImportError>, now: ImportError) -> ImportError {
    before.filter(|before| *before != ImportError::Picture(QrError::NoCode)).unwrap_or(now)
}
