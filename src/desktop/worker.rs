//! The thread that waits for the store, so that the window never does.
//!
//! It owns the `App`. A view hands it a job and gets a [`Task`] back, which it asks in each frame
//! whether the answer is there. What needs no store, such as reading a picture, runs on a thread of
//! its own, beside it.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use otp::app::{App, AskPassphrase};
use otp::clock::UnixTime;
use otp::secret::Secret;
use otp::store::StoreError;
use otp::text::Text;

use crate::failure::Failure;

/// What makes the window draw once more.
pub(crate) type Wake = Arc<dyn Fn() + Send + Sync>;

/// How far a job is, and whether it is still wanted.
#[derive(Clone, Default)]
pub(crate) struct Progress(Arc<Counts>);

#[derive(Default)]
struct Counts {
    done: AtomicUsize,
    of: AtomicUsize,
    page: AtomicUsize,
    pages: AtomicUsize,
    cancelled: AtomicBool,
    wake: Mutex<Option<Wake>>,
}

impl Progress {
    /// Tells that `done` of `of` are done.
    pub(crate) fn tell(&self, done: usize, of: usize) {
        self.0.done.store(done, Ordering::Relaxed);
        self.0.of.store(of, Ordering::Relaxed);
        self.tell_pages(0, 0);
    }

    /// Tells that `done` of `of` pages of what is at hand are read.
    pub(crate) fn tell_pages(&self, done: usize, of: usize) {
        self.0.page.store(done, Ordering::Relaxed);
        self.0.pages.store(of, Ordering::Relaxed);
        if let Some(wake) = &*self.0.wake.lock().unwrap_or_else(PoisonError::into_inner) {
            wake();
        }
    }

    /// Whether nobody waits for the answer any more.
    pub(crate) fn is_cancelled(&self) -> bool {
        self.0.cancelled.load(Ordering::Relaxed)
    }

    fn waking(wake: &Wake) -> Self {
        let progress = Self::default();
        *progress.0.wake.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(wake));
        progress
    }
}

/// An answer that is on its way. Dropping it tells the job that it is no longer wanted.
pub(crate) struct Task<T> {
    answer: Receiver<Result<T, Failure>>,
    progress: Progress,
}

impl<T> Task<T> {
    /// The answer, once, when it is there.
    pub(crate) fn poll(&self) -> Option<Result<T, Failure>> {
        match self.answer.try_recv() {
            Ok(answer) => Some(answer),
            Err(TryRecvError::Empty) => None,
            Err(TryRecvError::Disconnected) => Some(Err(stopped())),
        }
    }

    /// How many are done, of how many; `None` while nothing was told.
    pub(crate) fn progress(&self) -> Option<(usize, usize)> {
        let (done, of) = (self.progress.0.done.load(Ordering::Relaxed), self.progress.0.of.load(Ordering::Relaxed));
        (of > 0).then_some((done, of))
    }

    /// How many pages of what is at hand are read, of how many; `None` where there are not several.
    pub(crate) fn pages(&self) -> Option<(usize, usize)> {
        let counts = &self.progress.0;
        let (done, of) = (counts.page.load(Ordering::Relaxed), counts.pages.load(Ordering::Relaxed));
        (of > 1).then_some((done, of))
    }
}

impl<T> Drop for Task<T> {
    fn drop(&mut self) {
        self.progress.0.cancelled.store(true, Ordering::Relaxed);
    }
}

/// Takes the answer of `task` if it is there, and the task with it.
pub(crate) fn take<T>(task: &mut Option<Task<T>>) -> Option<Result<T, Failure>> {
    let answer = task.as_ref()?.poll()?;
    *task = None;
    Some(answer)
}

fn stopped() -> Failure {
    StoreError::Refused { code: "otp.Stopped".to_owned() }.into()
}

type Job = Box<dyn FnOnce(&mut Host) + Send>;

/// The far end: the profile, opened at the first job, and again after a failure.
struct Host {
    open: Box<dyn FnMut(AskPassphrase) -> Result<App, StoreError> + Send>,
    ask: AskPassphrase,
    app: Option<App>,
}

impl Host {
    fn app(&mut self) -> Result<&mut App, StoreError> {
        let app = match self.app.take() {
            Some(app) => app,
            None => (self.open)(Arc::clone(&self.ask))?,
        };
        Ok(self.app.insert(app))
    }
}

/// The passphrase that was typed and not used yet.
type Typed = Arc<Mutex<Option<Secret>>>;

/// The near end of the thread. Dropping it lets the thread end after its current job.
pub(crate) struct Worker {
    jobs: Sender<Job>,
    typed: Typed,
    /// What the recovery copies have to say.
    notices: Arc<Mutex<Vec<Text>>>,
    wake: Wake,
}

impl Worker {
    /// Starts the thread on the profile that `open` opens there; `wake` is called after each answer.
    pub(crate) fn start(
        open: impl FnMut(AskPassphrase) -> Result<App, StoreError> + Send + 'static,
        wake: impl Fn() + Send + Sync + 'static,
    ) -> Self {
        let (jobs, asked) = channel::<Job>();
        let typed = Typed::default();
        let given = Arc::clone(&typed);
        // When no thread can be had, every task ends at once, and says so.
        let _ = thread::Builder::new().name("store".to_owned()).spawn(move || {
            let passphrase = move || {
                let mut typed = given.lock().unwrap_or_else(PoisonError::into_inner);
                typed.take().ok_or(StoreError::VaultLocked)
            };
            let mut host = Host { open: Box::new(open), ask: Arc::new(passphrase), app: None };
            while let Ok(job) = asked.recv() {
                job(&mut host);
            }
        });
        Self { jobs, typed, notices: Arc::default(), wake: Arc::new(wake) }
    }

    /// Has `job` done with the store, after all earlier ones.
    pub(crate) fn ask<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut App, &Progress) -> Result<T, Failure> + Send + 'static,
    ) -> Task<T> {
        let (done, answer) = channel();
        let progress = Progress::waking(&self.wake);
        let (told, wake, notices) = (progress.clone(), Arc::clone(&self.wake), Arc::clone(&self.notices));
        let whole = Box::new(move |host: &mut Host| {
            let outcome = host.app().map_err(Failure::from).and_then(|app| {
                let outcome = job(app, &told);
                // Whatever was changed goes into the recovery copies at once.
                let said = app.keep_copies(UnixTime::now());
                notices.lock().unwrap_or_else(PoisonError::into_inner).extend(said);
                outcome
            });
            // A connection that failed is not used again: the keyring may have been restarted.
            if outcome.as_ref().is_err_and(|failure| failure.store.is_some()) {
                host.app = None;
            }
            let _ = done.send(outcome);
            wake();
        });
        // A thread that is gone is reported by the task.
        let _ = self.jobs.send(whole);
        Task { answer, progress }
    }

    /// Has `job` done on a thread of its own: it needs no store.
    pub(crate) fn aside<T: Send + 'static>(
        &self,
        job: impl FnOnce(&Progress) -> Result<T, Failure> + Send + 'static,
    ) -> Task<T> {
        let (done, answer) = channel();
        let progress = Progress::waking(&self.wake);
        let (told, wake) = (progress.clone(), Arc::clone(&self.wake));
        let _ = thread::Builder::new().name("aside".to_owned()).spawn(move || {
            let _ = done.send(job(&told));
            wake();
        });
        Task { answer, progress }
    }

    /// Takes what is to be said about the recovery copies.
    pub(crate) fn take_notices(&self) -> Vec<Text> {
        std::mem::take(&mut *self.notices.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Gives the vault's passphrase to the next job that needs it.
    pub(crate) fn give(&self, passphrase: Secret) {
        *self.typed.lock().unwrap_or_else(PoisonError::into_inner) = Some(passphrase);
    }

    /// Closes the store: its secrets are wiped, and the vault is locked for other commands, too.
    pub(crate) fn close(&self) {
        *self.typed.lock().unwrap_or_else(PoisonError::into_inner) = None;
        let _ = self.jobs.send(Box::new(|host: &mut Host| {
            if let Some(mut app) = host.app.take()
                && app.uses_vault()
            {
                app.lock_vault();
            }
        }));
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;
    use std::time::Duration;

    use super::*;

    fn refusing() -> Worker {
        Worker::start(|_| Err(StoreError::Locked), || ())
    }

    #[track_caller]
    fn answer<T>(task: &Task<T>) -> Result<T, Failure> {
        let answers = std::iter::repeat_with(|| {
            thread::sleep(Duration::from_millis(5));
            task.poll()
        });
        answers.take(2_000).flatten().next().expect("an answer")
    }

    #[test]
    fn a_job_that_waits_does_not_hold_the_caller_up() {
        let (go_on, slow) = mpsc::channel::<()>();
        let worker = refusing();
        let task = worker.aside(move |_| {
            slow.recv().expect("the test lets the job go on");
            Ok(7)
        });
        assert!(task.poll().is_none());
        go_on.send(()).unwrap();
        assert_eq!(answer(&task).unwrap(), 7);
    }

    #[test]
    fn a_profile_that_does_not_open_is_the_answer_to_every_job() {
        let worker = refusing();
        for _ in 0..2 {
            let failure = answer(&worker.ask(|_, _| Ok(()))).unwrap_err();
            assert_eq!(failure.store.as_deref(), Some(&StoreError::Locked));
        }
    }

    #[test]
    fn a_job_that_died_is_a_failure_not_a_wait() {
        let worker = refusing();
        let died: Task<()> = worker.aside(|_| std::panic::resume_unwind(Box::new(())));
        assert!(matches!(answer(&died).unwrap_err().store.as_deref(), Some(StoreError::Refused { .. })));
    }

    #[test]
    fn a_job_hears_that_nobody_waits() {
        let (told, stops) = mpsc::channel();
        let worker = refusing();
        let task = worker.aside(move |progress| {
            while !progress.is_cancelled() {
                thread::sleep(Duration::from_millis(1));
            }
            told.send(()).map_err(|_| stopped())
        });
        drop(task);
        stops.recv_timeout(Duration::from_secs(10)).unwrap();
    }
}
