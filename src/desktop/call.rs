//! A call from the desktop that the window come to the front.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::worker::Wake;

/// Made wherever the desktop is heard, answered by the window.
#[derive(Clone)]
pub(crate) struct Call {
    wake: Wake,
    made: Arc<AtomicBool>,
}

impl Call {
    /// Not made so far; making it will `wake` the window.
    pub(crate) fn new(wake: Wake) -> Self {
        Self { wake, made: Arc::default() }
    }

    /// Calls the window.
    pub(crate) fn make(&self) {
        self.made.store(true, Ordering::Relaxed);
        (self.wake)();
    }

    /// Whether the window was called since this was asked last.
    pub(crate) fn was_made(&self) -> bool {
        self.made.swap(false, Ordering::Relaxed)
    }
}

/// What calls, on a system where nothing does.
#[cfg(not(any(target_os = "linux", windows, target_os = "macos")))]
pub(crate) struct Nowhere;

#[cfg(not(any(target_os = "linux", windows, target_os = "macos")))]
impl Nowhere {
    pub(crate) fn new(_: Call) -> Self {
        Self
    }

    pub(crate) fn is_possible() -> bool {
        false
    }

    pub(crate) fn set(&mut self, on: bool) -> bool {
        !on
    }
}
