//! The opened identity in the memory of the Linux kernel, so that the commands of the next minutes
//! need no passphrase.
//!
//! It lies in the session keyring: every command of this login finds it, other logins do not, and
//! it goes with the login, with its time or with `lock`. It lies there in plain, readable by any
//! program of the same login; the kernel never writes it to disk.

use crate::secret::Secret;

#[cfg(target_os = "linux")]
mod linux {
    use linux_keyutils::{Key, KeyError, KeyPermissionsBuilder, KeyRing, KeyRingIdentifier, Permission};
    use zeroize::Zeroizing;

    use super::Secret;

    /// Holds `line` under `name` for `seconds`, replacing what was there. `false` if the kernel
    /// will not.
    pub(in super::super) fn hold(name: &str, line: &Secret, seconds: u32) -> bool {
        try_hold(name, line, seconds).is_ok()
    }

    fn try_hold(name: &str, line: &Secret, seconds: u32) -> Result<(), KeyError> {
        // First in the keyring of this process, which dies with it: a crash before the time-out is
        // set leaves nothing behind.
        let own = KeyRing::from_special_id(KeyRingIdentifier::Process, true)?;
        // EXPOSE: the kernel keeps it; that is what unlocking means.
        let key = own.add_key(name, line.expose())?;
        // 0 would mean for ever.
        key.set_timeout(usize::try_from(seconds.max(1)).unwrap_or(usize::MAX))?;
        key.set_perms(KeyPermissionsBuilder::builder().posessor(Permission::ALL).build())?;
        session()?.link_key(key)
    }

    /// What is held under `name`.
    pub(in super::super) fn held(name: &str) -> Option<Secret> {
        // An identity has 74 symbols.
        let mut buffer = Zeroizing::new([0; 256]);
        let length = find(name)?.read(&mut buffer).ok()?;
        buffer.get(..length).map(|line| Secret::new(line.to_vec()))
    }

    /// Forgets what is held under `name`; tells whether there was anything.
    pub(in super::super) fn forget(name: &str) -> bool {
        find(name).is_some_and(|key| key.invalidate().is_ok())
    }

    fn find(name: &str) -> Option<Key> {
        session().ok()?.search(name).ok()
    }

    /// Never creates one: a session keyring made here would die with this process.
    fn session() -> Result<KeyRing, KeyError> {
        KeyRing::from_special_id(KeyRingIdentifier::Session, false)
    }
}

#[cfg(target_os = "linux")]
pub(super) use linux::{forget, held, hold};

#[cfg(not(target_os = "linux"))]
mod elsewhere {
    use super::Secret;

    pub(in super::super) fn hold(_: &str, _: &Secret, _: u32) -> bool {
        false
    }

    pub(in super::super) fn held(_: &str) -> Option<Secret> {
        None
    }

    pub(in super::super) fn forget(_: &str) -> bool {
        false
    }
}

#[cfg(not(target_os = "linux"))]
pub(super) use elsewhere::{forget, held, hold};
