//! How much looking at pictures one file may take that holds many of them: an archive, a page.
//!
//! Counted in pixels that are looked at and not by a clock, so that the same file gives the same
//! accounts on every machine. Only pictures that give nothing count, and each takes a quarter of what
//! is left at most: whoever packed photos of codes is not held up, and whoever packed noise is.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::qr::{self, Allowance, Found, QrError};

use super::ImportError;

/// The most pixels that are looked at in vain.
const MOST: u64 = 500_000_000;
/// The part of what is left that one picture may take.
const PART: u64 = 4;

/// What is left of the work for one file; shared by everything inside it.
#[derive(Clone)]
pub(super) struct Work(Arc<AtomicU64>);

impl Default for Work {
    fn default() -> Self {
        Self(Arc::new(AtomicU64::new(MOST)))
    }
}

impl Work {
    /// The QR codes of `picture`, as [`qr::read`] finds them.
    ///
    /// # Errors
    /// As there, and when too little work is left to look at all of it.
    pub(super) fn read(&self, picture: &[u8]) -> Result<Vec<Found>, ImportError> {
        let left = self.0.load(Ordering::Relaxed);
        let area = qr::area(picture).unwrap_or_default();
        // To be decoded, and to be looked at once.
        let share = (left / PART).checked_sub(area).filter(|share| *share >= area).ok_or_else(unread)?;
        let mut allowance = Allowance::up_to(share);
        let given = allowance.pixels;
        let read = qr::read_within(picture, &mut allowance);
        if read.is_err() {
            self.0.store(left - area - (given - allowance.pixels), Ordering::Relaxed);
        }
        match read {
            // By itself it is worth more tries, so nobody knows.
            Err(QrError::NoCode | QrError::Unreadable { .. }) if allowance.is_short => Err(unread()),
            read => Ok(read?),
        }
    }
}

fn unread() -> ImportError {
    ImportError::Closed { format: "picture", why: "import-picture-unread", hint: "import-hint-picture-unread" }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A white picture of `side` times `side` pixels: nothing is found in it.
    fn white(side: u32) -> Vec<u8> {
        let mut png = std::io::Cursor::new(Vec::new());
        image::GrayImage::from_pixel(side, side, image::Luma([255]))
            .write_to(&mut png, image::ImageFormat::Png)
            .unwrap();
        png.into_inner()
    }

    #[test]
    fn pictures_that_give_nothing_share_the_work() {
        let work = Work(Arc::new(AtomicU64::new(8_000_000)));
        let (small, large) = (white(100), white(1_500));
        let code = qr::modules("otpauth://totp/a?secret=JBSWY3DPEHPK3PXP").unwrap().to_png().unwrap();
        assert_eq!(work.read(&large).unwrap_err(), unread());
        assert_eq!(work.read(&small).unwrap_err(), ImportError::Picture(QrError::NoCode));
        let before = work.0.load(Ordering::Relaxed);
        assert!(before < 8_000_000);
        // What gives something costs nothing.
        assert_eq!(work.read(&code).unwrap().len(), 1);
        assert_eq!(work.0.load(Ordering::Relaxed), before);
        let refused = (0..1_000).find(|_| work.read(&small).unwrap_err() == unread());
        assert!(refused.is_some_and(|number| number > 2), "{refused:?}");
    }
}
