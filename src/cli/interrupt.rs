//! Ctrl-C while something long goes on: that ends in good order, instead of the program.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether Ctrl-C is somebody's own business now.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// Whether Ctrl-C ends something other than the program now.
#[cfg(unix)]
pub(crate) fn is_taken() -> bool {
    TAKEN.load(Ordering::SeqCst)
}

/// While this lives, Ctrl-C makes the flag true and does nothing else.
pub(crate) struct Interrupt;

impl Interrupt {
    /// Begins, with the flag that Ctrl-C will set.
    pub(crate) fn start() -> (Self, Arc<AtomicBool>) {
        let flag = Arc::new(AtomicBool::new(false));
        #[cfg(unix)]
        if unix::take(&flag).is_ok() {
            TAKEN.store(true, Ordering::SeqCst);
        }
        (Self, flag)
    }
}

impl Drop for Interrupt {
    fn drop(&mut self) {
        TAKEN.store(false, Ordering::SeqCst);
    }
}

#[cfg(unix)]
mod unix {
    use std::io::{Read, Result};
    use std::os::unix::net::UnixStream;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};

    use signal_hook::consts::SIGINT;
    use signal_hook::low_level::{emulate_default_handler, pipe};

    /// Sets `flag` at Ctrl-C for as long as it is taken; after that, Ctrl-C ends the program again.
    pub(super) fn take(flag: &Arc<AtomicBool>) -> Result<()> {
        let (mut here, there) = UnixStream::pair()?;
        pipe::register(SIGINT, there)?;
        let flag = Arc::clone(flag);
        std::thread::Builder::new().spawn(move || {
            while here.read_exact(&mut [0]).is_ok() {
                flag.store(true, Ordering::SeqCst);
                // A hidden question has a thread of its own, which puts the terminal right first.
                if !super::is_taken() && !crate::cli::ask::ends_by_itself() {
                    let _ = emulate_default_handler(SIGINT);
                }
            }
        })?;
        Ok(())
    }
}
