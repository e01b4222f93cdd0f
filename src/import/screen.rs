//! The QR codes that are on the screen.

use crate::qr::capture::{self, Shot};

use super::{ImportError, Opened, Source, open};

/// Reads the QR codes of every monitor, as a picture of each would be read: what each monitor with
/// codes holds, under its name where there are several monitors. Nothing is kept of the pictures.
///
/// # Errors
/// When the screen cannot be looked at, or there is no code on any monitor.
pub fn screen() -> Result<Vec<(String, Opened)>, ImportError> {
    let shots = capture::screen()?;
    let alone = shots.len() == 1;
    let look = |shot: Shot| {
        let opened = open(&Source::new(&shot.picture));
        (if alone { String::new() } else { shot.monitor }, opened)
    };
    let looks = capture::settle(shots.into_iter().map(look).collect(), |(_, opened)| opened);
    looks.into_iter().map(|(name, opened)| Ok((name, opened?))).collect()
}
