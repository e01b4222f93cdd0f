//! One window a profile: a second start brings the first one to the front, hands over what it was
//! started with, and ends.
//!
//! The first one holds a lock file in the runtime folder and listens on a socket beside it, which
//! only its owner can reach. Without such a folder every start opens a window.

use otp::app::profile::Profile;

use crate::options::Given;

#[cfg(unix)]
pub(crate) use unix::{Single, Start, start};

/// What another start handed over.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Handed(pub(crate) Vec<Given>);

#[cfg(not(unix))]
pub(crate) enum Start {
    First(Single),
}

#[cfg(not(unix))]
pub(crate) struct Single;

#[cfg(not(unix))]
impl Single {
    pub(crate) fn listen(&mut self, _: crate::worker::Wake) {}

    pub(crate) fn handed(&self) -> Option<Handed> {
        None
    }
}

#[cfg(not(unix))]
pub(crate) fn start(_: Option<&Profile>, _: &[Given]) -> Start {
    Start::First(Single)
}

#[cfg(unix)]
mod unix {
    use std::fs::{File, OpenOptions};
    use std::io::{Read, Write};
    use std::os::unix::ffi::{OsStrExt, OsStringExt};
    use std::os::unix::fs::OpenOptionsExt;
    use std::os::unix::net::{UnixListener, UnixStream};
    use std::path::{Path, PathBuf};
    use std::sync::mpsc::{Receiver, channel};
    use std::thread;
    use std::time::Duration;

    use etcetera::BaseStrategy;
    use zeroize::Zeroizing;

    use super::{Given, Handed, Profile};
    use crate::worker::Wake;

    /// The most bytes that a start hands over.
    const MOST: u64 = 256 * 1024;
    /// How often a first window that is still opening is asked.
    const TRIES: usize = 40;

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
        let folder = etcetera::base_strategy::Xdg::new().ok().and_then(|base| base.runtime_dir());
        match folder.zip(profile) {
            Some((folder, profile)) => start_in(&folder, profile.place(), given),
            None => Start::First(Single::default()),
        }
    }

    pub(super) fn start_in(folder: &Path, place: &str, given: &[Given]) -> Start {
        let socket = folder.join(format!("otp-desktop-{place}.sock"));
        let lock = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .mode(0o600)
            .open(folder.join(format!("otp-desktop-{place}.lock")));
        let Ok(lock) = lock else { return Start::First(Single::default()) };
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
                return stream.write_all(&written(given)).is_ok();
            }
            thread::sleep(Duration::from_millis(50));
        }
        false
    }

    /// Each thing as a letter, its bytes, and a zero byte, which neither paths nor addresses have.
    fn written(given: &[Given]) -> Zeroizing<Vec<u8>> {
        let mut bytes = Zeroizing::new(Vec::new());
        for one in given {
            let (letter, content) = match one {
                Given::Path(path) => (b'p', path.as_os_str().as_bytes()),
                Given::Address(address) => (b'a', address.as_bytes()),
            };
            bytes.push(letter);
            bytes.extend_from_slice(content);
            bytes.push(0);
        }
        bytes
    }

    fn read(bytes: &[u8]) -> Handed {
        let one = |piece: &[u8]| match piece.split_first()? {
            (b'p', path) => Some(Given::Path(PathBuf::from(std::ffi::OsString::from_vec(path.to_vec())))),
            (b'a', address) => Some(Given::Address(Zeroizing::new(String::from_utf8_lossy(address).into_owned()))),
            _ => None,
        };
        Handed(bytes.split(|byte| *byte == 0).filter_map(one).collect())
    }

    impl Single {
        /// Listens from now on, and calls `wake` when something was handed over.
        pub(crate) fn listen(&mut self, wake: Wake) {
            let Some(listener) = self.listener.take() else { return };
            let (sender, handed) = channel();
            self.handed = Some(handed);
            let _ = thread::Builder::new().name("single".to_owned()).spawn(move || {
                for stream in listener.incoming().flatten() {
                    let _ = stream.set_read_timeout(Some(Duration::from_secs(2)));
                    let mut bytes = Zeroizing::new(Vec::new());
                    if stream.take(MOST).read_to_end(&mut bytes).is_ok() && sender.send(read(&bytes)).is_err() {
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
        use std::sync::Arc;

        use super::*;

        #[test]
        fn a_second_start_hands_over_what_it_was_given() {
            let folder = tempfile::tempdir().unwrap();
            let given = [
                Given::Path(PathBuf::from("/tmp/コード.png")),
                Given::Address(Zeroizing::new("otpauth://totp/x?secret=AE".to_owned())),
            ];
            let Start::First(mut first) = start_in(folder.path(), "default", &[]) else { panic!("not the first") };
            let (woken, wakes) = channel();
            let woken = std::sync::Mutex::new(woken);
            first.listen(Arc::new(move || woken.lock().unwrap().send(()).unwrap_or(())));
            assert!(matches!(start_in(folder.path(), "default", &given), Start::Told));
            wakes.recv_timeout(Duration::from_secs(10)).unwrap();
            assert_eq!(first.handed().unwrap().0, given);
            assert!(matches!(start_in(folder.path(), "other", &[]), Start::First(_)));
            drop(first);
            assert!(matches!(start_in(folder.path(), "default", &[]), Start::First(_)));
        }
    }
}
