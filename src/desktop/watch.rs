//! Sees what other programs change: a thread that looks at their files once a second.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, SystemTime};

use crate::worker::Wake;

/// How often the files are looked at.
const EVERY: Duration = Duration::from_secs(1);

/// Whether one of some files changed. Dropping it ends the thread.
pub(crate) struct Watch(Arc<AtomicBool>);

impl Watch {
    /// Watches `files`, and calls `wake` when one of them changed.
    pub(crate) fn start(files: Vec<PathBuf>, wake: Wake) -> Self {
        let changed = Arc::new(AtomicBool::new(false));
        let held = Arc::downgrade(&changed);
        // Without a thread, changes are seen when the window comes to the front.
        let _ = thread::Builder::new().name("watch".to_owned()).spawn(move || {
            let states = || files.iter().map(state).collect::<Vec<_>>();
            let mut before = states();
            loop {
                thread::sleep(EVERY);
                let now = states();
                let Some(changed) = held.upgrade() else { return };
                if now != before {
                    before = now;
                    changed.store(true, Ordering::Relaxed);
                    wake();
                }
            }
        });
        Self(changed)
    }

    /// Whether one changed since this was asked last.
    pub(crate) fn changed(&self) -> bool {
        self.0.swap(false, Ordering::Relaxed)
    }
}

/// What tells one state of a file from the next: it is replaced by another one as a whole.
fn state(file: &PathBuf) -> Option<(SystemTime, u64)> {
    let data = fs::metadata(file).ok()?;
    Some((data.modified().ok()?, data.len()))
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[test]
    fn a_file_that_comes_or_changes_is_seen_within_two_seconds() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("index.json");
        let (woken, wakes) = mpsc::channel();
        let woken = std::sync::Mutex::new(woken);
        let watch = Watch::start(
            vec![folder.path().join("other"), file.clone()],
            Arc::new(move || woken.lock().unwrap().send(()).unwrap_or(())),
        );
        thread::sleep(Duration::from_millis(50));
        for content in ["one", "two and more"] {
            assert!(!watch.changed());
            fs::write(&file, content).unwrap();
            // The bar is two seconds; a busy machine may take longer to run the thread at all.
            wakes.recv_timeout(Duration::from_secs(20)).unwrap();
            assert!(watch.changed());
        }
    }
}
