//! How far a search is, seen from another thread, and the way to end it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Shared between a search and whoever waits for it.
#[derive(Debug)]
pub struct Watch {
    stop: Arc<AtomicBool>,
    began: Instant,
    /// Keys tried before this run.
    before: AtomicU64,
    tried: AtomicU64,
    planned: AtomicU64,
}

impl Default for Watch {
    fn default() -> Self {
        let zero = || AtomicU64::new(0);
        Self { stop: Arc::default(), began: Instant::now(), before: zero(), tried: zero(), planned: zero() }
    }
}

impl Watch {
    /// One that `stop`, once true, ends.
    pub fn stopped_by(stop: Arc<AtomicBool>) -> Self {
        Self { stop, ..Self::default() }
    }

    /// Ends the search within milliseconds.
    pub fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    /// Whether the search was told to end.
    pub fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// How many keys were tried.
    pub fn tried(&self) -> u64 {
        self.tried.load(Ordering::Relaxed)
    }

    /// How many keys will have been tried at most, if none fits before.
    pub fn planned(&self) -> u64 {
        self.planned.load(Ordering::Relaxed)
    }

    /// How long it will take at most, at the speed so far; `None` while that is not known.
    pub fn left(&self) -> Option<Duration> {
        let elapsed = self.began.elapsed();
        let done = self.tried().saturating_sub(self.before.load(Ordering::Relaxed));
        if done == 0 || elapsed < Duration::from_millis(500) {
            return None;
        }
        let rest = self.planned().saturating_sub(self.tried());
        let nanoseconds = elapsed.as_nanos() * u128::from(rest) / u128::from(done);
        Some(Duration::from_nanos(u64::try_from(nanoseconds).unwrap_or(u64::MAX)))
    }

    pub(super) fn begin(&self, tried: u128, planned: u128) {
        let [tried, planned] = [tried, planned].map(|keys| u64::try_from(keys).unwrap_or(u64::MAX));
        self.before.store(tried, Ordering::Relaxed);
        self.tried.store(tried, Ordering::Relaxed);
        self.planned.store(planned, Ordering::Relaxed);
    }

    pub(super) fn add(&self, keys: u64) {
        self.tried.fetch_add(keys, Ordering::Relaxed);
    }

    pub(super) fn reached(&self, tried: u128) {
        self.tried.store(u64::try_from(tried).unwrap_or(u64::MAX), Ordering::Relaxed);
    }
}
