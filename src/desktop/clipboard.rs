//! Codes on their way to the clipboard.
//!
//! Copying starts a helper and waits for its answer, so it runs on a thread of its own. The thread
//! keeps what was lent to the clipboard, so that a code does not outlive the window, nor its lock.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, SendError, Sender, channel};
use std::thread;

use otp::account::AccountId;
use otp::app::clipboard::{self, ClipboardError, Lent};
use otp::error::{Exit, Explain};
use otp::secret::Secret;

/// What puts a code on the clipboard for some seconds: the system's, or a test's.
pub(crate) type Copy = Arc<dyn Fn(&Secret, u64) -> Result<Lent, ClipboardError> + Send + Sync>;

/// What became of a copy.
pub(crate) struct Copied {
    pub(crate) id: AccountId,
    /// The account, in one line.
    pub(crate) account: String,
    /// Whether its code is on the clipboard now.
    pub(crate) outcome: Result<(), ClipboardError>,
}

/// What the thread is to do.
enum Order {
    /// Copies a code, and tells what became of it.
    Copy { id: AccountId, account: String, code: Secret, seconds: u64, done: Sender<Copied> },
    /// Takes the last code back.
    Clear,
}

/// The window's way to the clipboard.
pub(crate) struct Clipboard {
    seconds: u64,
    orders: Sender<Order>,
    done: Sender<Copied>,
    outcomes: Receiver<Copied>,
}

impl Clipboard {
    /// The clipboard of the desktop, where a code stays for `seconds`; `wake` is called after each
    /// outcome.
    pub(crate) fn system(seconds: u64, wake: impl Fn() + Send + Sync + 'static) -> Self {
        Self::new(Arc::new(clipboard::lend), seconds, wake)
    }

    /// A clipboard that is filled by `copy`.
    pub(crate) fn new(copy: Copy, seconds: u64, wake: impl Fn() + Send + Sync + 'static) -> Self {
        let (orders, received) = channel();
        let (done, outcomes) = channel();
        // Without the thread there is nobody to take an order, which is said then.
        let _ =
            thread::Builder::new().name("clipboard".to_owned()).spawn(move || serve_window(&copy, &received, &wake));
        Self { seconds, orders, done, outcomes }
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
        let order = Order::Copy { id, account, code, seconds: self.seconds, done: self.done.clone() };
        if let Err(SendError(Order::Copy { id, account, done, .. })) = self.orders.send(order) {
            let _ = done.send(Copied { id, account, outcome: Err(ClipboardError::NoHelper) });
        }
    }

    /// Clears the clipboard if it still holds a code from here. Copies that are under way end so, too.
    pub(crate) fn clear(&mut self) {
        (self.done, self.outcomes) = channel();
        let _ = self.orders.send(Order::Clear);
    }

    /// The next outcome, if there is one.
    pub(crate) fn outcome(&self) -> Option<Copied> {
        self.outcomes.try_recv().ok()
    }
}

/// Carries out `orders` as they come; at the end of the window the last code is taken back.
fn serve_window(copy: &Copy, orders: &Receiver<Order>, wake: &dyn Fn()) {
    let mut held: Option<Lent> = None;
    for order in orders {
        let Order::Copy { id, account, code, seconds, done } = order else {
            held = None;
            continue;
        };
        let outcome = copy(&code, seconds).map(|lent| {
            if let Some(older) = held.replace(lent) {
                older.give_up();
            }
        });
        if done.send(Copied { id, account, outcome }).is_err() {
            // The window was locked meanwhile.
            held = None;
        }
        wake();
    }
}

/// Runs as the helper that holds a code; see `otp::app::clipboard`.
pub(crate) fn serve(seconds: u64) -> Exit {
    clipboard::serve(seconds).map_or_else(|error| error.exit(), |()| Exit::Done)
}
