//! Codes on their way to the clipboard.
//!
//! Copying starts a helper and waits for its answer, so each copy runs on a thread of its own.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use otp::account::AccountId;
use otp::app::clipboard::{self, ClipboardError};
use otp::error::{Exit, Explain};
use otp::secret::Secret;

/// What puts a code on the clipboard for some seconds: the system's, or a test's.
pub(crate) type Copy = Arc<dyn Fn(&Secret, u64) -> Result<(), ClipboardError> + Send + Sync>;

/// What became of a copy.
pub(crate) struct Copied {
    pub(crate) id: AccountId,
    /// The account, in one line.
    pub(crate) account: String,
    /// Whether its code is on the clipboard now.
    pub(crate) outcome: Result<(), ClipboardError>,
}

/// The window's way to the clipboard.
pub(crate) struct Clipboard {
    copy: Copy,
    seconds: u64,
    wake: Arc<dyn Fn() + Send + Sync>,
    done: Sender<Copied>,
    outcomes: Receiver<Copied>,
}

impl Clipboard {
    /// The clipboard of the desktop, where a code stays for `seconds`; `wake` is called after each
    /// outcome.
    pub(crate) fn system(seconds: u64, wake: impl Fn() + Send + Sync + 'static) -> Self {
        Self::new(Arc::new(clipboard::copy), seconds, wake)
    }

    /// A clipboard that is filled by `copy`.
    pub(crate) fn new(copy: Copy, seconds: u64, wake: impl Fn() + Send + Sync + 'static) -> Self {
        let (done, outcomes) = channel();
        Self { copy, seconds, wake: Arc::new(wake), done, outcomes }
    }

    /// Lets codes stay for `seconds` from now on.
    pub(crate) fn stay_for(&mut self, seconds: u64) {
        self.seconds = seconds;
    }

    /// How long a code stays, in seconds.
    pub(crate) fn seconds(&self) -> u64 {
        self.seconds
    }

    /// Copies `code`, which belongs to the account `id`, in one line `account`; an outcome follows.
    pub(crate) fn copy(&self, id: AccountId, account: String, code: Secret) {
        let (copy, wake, seconds, done) =
            (Arc::clone(&self.copy), Arc::clone(&self.wake), self.seconds, self.done.clone());
        let thread = thread::Builder::new().name("clipboard".to_owned());
        let started = {
            let account = account.clone();
            thread.spawn(move || {
                let _ = done.send(Copied { id, account, outcome: copy(&code, seconds) });
                wake();
            })
        };
        if started.is_err() {
            let _ = self.done.send(Copied { id, account, outcome: Err(ClipboardError::NoHelper) });
        }
    }

    /// The next outcome, if there is one.
    pub(crate) fn outcome(&self) -> Option<Copied> {
        self.outcomes.try_recv().ok()
    }
}

/// Runs as the helper that holds a code; see `otp::app::clipboard`.
pub(crate) fn serve(seconds: u64) -> Exit {
    clipboard::serve(seconds).map_or_else(|error| error.exit(), |()| Exit::Done)
}
