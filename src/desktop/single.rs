//! One window a profile: a second start brings the first one to the front, hands over what it was
//! started with, and ends.
//!
//! The first one holds a lock file in a folder of its owner, and listens on a socket beside it that
//! nobody else can reach there; Windows has such sockets, too. Without that folder every start opens
//! a window.

mod handed;

use std::fs::{File, OpenOptions};
use std::io::Write;
#[cfg(unix)]
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use otp::app::profile::Profile;
#[cfg(windows)]
use uds_windows::{UnixListener, UnixStream};

use crate::options::Given;
use crate::worker::Wake;
pub(crate) use handed::Handed;

/// How often a first window that is still opening is asked.
const TRIES: usize = 40;
/// How long one waits for the other.
const PAUSE: Duration = Duration::from_millis(50);
/// How long the first one waits for what another start has to say.
const PATIENCE: Duration = Duration::from_secs(2);

/// What a start turned out to be.
pub(crate) enum Start {
    /// The first of its profile.
    First(Single),
    /// There is a window, which has been told.
    Told,
}

/// What the first window holds.
#[derive(Default)]
pub(crate) struct Single {
    /// Locked as long as the window lives.
    _lock: Option<File>,
    listener: Option<UnixListener>,
    handed: Option<Receiver<Handed>>,
}

/// Becomes the window of `profile`, or hands `given` over to it.
pub(crate) fn start(profile: Option<&Profile>, given: &[Given]) -> Start {
    match folder().zip(profile) {
        Some((folder, profile)) => start_in(&folder, profile.place(), given),
        None => Start::First(Single::default()),
    }
}

/// Where only the owner can reach a socket: Windows and macOS have no folder just for that.
#[cfg(any(windows, target_os = "macos"))]
fn folder() -> Option<PathBuf> {
    let folder = Profile::of_user()?.data().to_owned();
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(&folder).ok()?;
    Some(folder)
}

#[cfg(not(any(windows, target_os = "macos")))]
fn folder() -> Option<PathBuf> {
    use etcetera::BaseStrategy;
    etcetera::base_strategy::Xdg::new().ok().and_then(|base| base.runtime_dir())
}

fn start_in(folder: &Path, place: &str, given: &[Given]) -> Start {
    let socket = folder.join(format!("otp-desktop-{place}.sock"));
    let mut options = OpenOptions::new();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let Ok(lock) = options.open(folder.join(format!("otp-desktop-{place}.lock"))) else {
        return Start::First(Single::default());
    };
    if lock.try_lock().is_ok() {
        // Whoever held the lock is gone, and so is its listener.
        let _ = std::fs::remove_file(&socket);
        let listener = UnixListener::bind(&socket).ok();
        return Start::First(Single { _lock: Some(lock), listener, handed: None });
    }
    if tell(&socket, given) { Start::Told } else { Start::First(Single::default()) }
}

/// Hands `given` over; false if nobody listens.
fn tell(socket: &Path, given: &[Given]) -> bool {
    for _ in 0..TRIES {
        if let Ok(mut stream) = UnixStream::connect(socket) {
            return stream.write_all(&handed::written(given)).is_ok();
        }
        thread::sleep(PAUSE);
    }
    false
}

impl Single {
    /// Listens from now on, and calls `wake` when something was handed over.
    pub(crate) fn listen(&mut self, wake: Wake) {
        let Some(listener) = self.listener.take() else { return };
        let (sender, handed) = channel();
        self.handed = Some(handed);
        let _ = thread::Builder::new().name("single".to_owned()).spawn(move || {
            for stream in listener.incoming() {
                // Nothing that is lasting makes this fail, and nothing is gained by haste.
                let Ok(stream) = stream else {
                    thread::sleep(PAUSE);
                    continue;
                };
                let _ = stream.set_read_timeout(Some(PATIENCE));
                let Some(handed) = handed::read(stream) else { continue };
                if sender.send(handed).is_err() {
                    return;
                }
                wake();
            }
        });
    }

    /// What was handed over since this was asked last.
    pub(crate) fn handed(&self) -> Option<Handed> {
        self.handed.as_ref()?.try_recv().ok()
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::sync::Arc;

    use zeroize::Zeroizing;

    use super::*;

    /// Lets `first` listen, and tells when it heard something.
    fn wakes(first: &mut Single) -> Receiver<()> {
        let (woken, wakes) = channel();
        let woken = std::sync::Mutex::new(woken);
        first.listen(Arc::new(move || woken.lock().unwrap().send(()).unwrap_or(())));
        wakes
    }

    #[test]
    fn a_second_start_hands_over_what_it_was_given() {
        let folder = tempfile::tempdir().unwrap();
        let given = [
            Given::Path(folder.path().join("コード.png")),
            Given::Address(Zeroizing::new("otpauth://totp/x?secret=AE".to_owned())),
        ];
        let Start::First(mut first) = start_in(folder.path(), "default", &[]) else { panic!("not the first") };
        let wakes = wakes(&mut first);
        assert!(matches!(start_in(folder.path(), "default", &given), Start::Told));
        wakes.recv_timeout(Duration::from_secs(10)).unwrap();
        assert_eq!(first.handed().unwrap().0, given);
        assert!(matches!(start_in(folder.path(), "other", &[]), Start::First(_)));
        drop(first);
        assert!(matches!(start_in(folder.path(), "default", &[]), Start::First(_)));
    }

    #[test]
    fn who_breaks_off_is_not_heard_and_holds_nobody_up() {
        let folder = tempfile::tempdir().unwrap();
        let Start::First(mut first) = start_in(folder.path(), "default", &[]) else { panic!("not the first") };
        // Told before the window is there to listen.
        assert!(matches!(start_in(folder.path(), "default", &[]), Start::Told));
        let wakes = wakes(&mut first);
        let mut half = UnixStream::connect(folder.path().join("otp-desktop-default.sock")).unwrap();
        half.write_all(b"p/tmp/half").unwrap();
        drop(half);
        assert!(matches!(start_in(folder.path(), "default", &[Given::Path(folder.path().into())]), Start::Told));
        for _ in 0..2 {
            wakes.recv_timeout(Duration::from_secs(10)).unwrap();
        }
        assert_eq!(first.handed().unwrap().0, []);
        assert_eq!(first.handed().unwrap().0, [Given::Path(folder.path().into())]);
        assert_eq!(first.handed(), None);
    }
}
