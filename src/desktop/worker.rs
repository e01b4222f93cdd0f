//! The thread that waits for the store, so that the window never does.

use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::thread;

use otp::account::AccountId;
use otp::clock::UnixTime;
use otp::code::Code;
use otp::store::StoreError;

use crate::source::{Item, Source};

/// What the window wants of the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Request {
    /// Every account.
    Load,
    /// Every account, if something changed.
    Refresh,
    /// The next code of a counter account.
    Count(AccountId, UnixTime),
}

/// What the store brought.
pub(crate) enum Answer {
    /// The accounts.
    Accounts(Result<Vec<Item>, StoreError>),
    /// The next code of a counter account.
    Counted(AccountId, Result<Code, StoreError>),
}

/// The near end of the thread. Dropping it lets the thread end after its current call.
pub(crate) struct Worker {
    requests: Sender<Request>,
    answers: Receiver<Answer>,
}

impl Worker {
    /// Starts the thread with the source that `open` makes there, and its first load; `wake` is
    /// called after each answer.
    pub(crate) fn start<S: Source>(
        open: impl FnOnce() -> S + Send + 'static,
        wake: impl Fn() + Send + 'static,
    ) -> Self {
        let (requests, asked) = channel();
        let (answer, answers) = channel();
        // When no thread can be had, the channel is closed at once, and `answer` says so.
        let _ = thread::Builder::new().name("store".to_owned()).spawn(move || {
            let mut source = open();
            while let Ok(request) = asked.recv() {
                if let Some(found) = serve(&mut source, request) {
                    if answer.send(found).is_err() {
                        return;
                    }
                    wake();
                }
            }
        });
        let worker = Self { requests, answers };
        worker.ask(Request::Load);
        worker
    }

    /// Asks; the answer comes later.
    pub(crate) fn ask(&self, request: Request) {
        // A thread that is gone is reported by `answer`.
        let _ = self.requests.send(request);
    }

    /// The next answer, if one came.
    pub(crate) fn answer(&self) -> Option<Answer> {
        match self.answers.try_recv() {
            Ok(answer) => Some(answer),
            Err(TryRecvError::Empty) => None,
            Err(TryRecvError::Disconnected) => {
                Some(Answer::Accounts(Err(StoreError::Refused { code: "otp.Stopped".to_owned() })))
            }
        }
    }
}

fn serve(source: &mut impl Source, request: Request) -> Option<Answer> {
    match request {
        Request::Refresh if !source.changed() => None,
        Request::Load | Request::Refresh => Some(Answer::Accounts(source.load())),
        Request::Count(id, now) => Some(Answer::Counted(id, source.count(id, now))),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;
    use std::time::Duration;

    use super::*;

    /// Answers each load with what `load` says.
    struct Fake<F>(F);

    impl<F: FnMut() -> Result<Vec<Item>, StoreError> + Send> Source for Fake<F> {
        fn load(&mut self) -> Result<Vec<Item>, StoreError> {
            (self.0)()
        }

        fn changed(&mut self) -> bool {
            false
        }

        fn count(&mut self, _: AccountId, _: UnixTime) -> Result<Code, StoreError> {
            Err(StoreError::Locked)
        }
    }

    #[test]
    fn a_load_that_waits_does_not_hold_the_caller_up() {
        let (go_on, slow) = mpsc::channel::<()>();
        let (woken, wakes) = mpsc::channel();
        let load = move || {
            slow.recv().expect("the test lets every load go on");
            Err(StoreError::Locked)
        };
        let worker = Worker::start(move || Fake(load), move || woken.send(()).expect("the test listens"));
        assert!(worker.answer().is_none());
        // Nothing changed, so this one has no answer.
        worker.ask(Request::Refresh);
        go_on.send(()).unwrap();
        wakes.recv_timeout(Duration::from_secs(10)).unwrap();
        assert!(matches!(worker.answer(), Some(Answer::Accounts(Err(StoreError::Locked)))));
        assert!(worker.answer().is_none());
    }

    #[test]
    fn a_thread_that_died_is_a_failure_not_a_wait() {
        let worker = Worker::start(|| Fake(|| std::panic::resume_unwind(Box::new(()))), || ());
        let answers = std::iter::repeat_with(|| {
            thread::sleep(Duration::from_millis(5));
            worker.answer()
        });
        let answer = answers.take(2_000).flatten().next();
        assert!(matches!(answer, Some(Answer::Accounts(Err(StoreError::Refused { .. })))));
    }
}
