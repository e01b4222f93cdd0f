//! What the process gives up before it sees its first secret (`security.md` R3.3, R4.1, R7.1).

/// No core dumps, no reading by other processes of the same user, no gaining of rights. Each is
/// best effort: a system that refuses one is still served.
pub fn harden() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    }
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{DumpableBehavior, set_dumpable_behavior};
        let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
        let _ = rustix::thread::set_no_new_privs(true);
    }
    silence_panics();
}

/// What this computer is called, to tell copies of several computers apart; empty where the system
/// does not say.
pub(super) fn device() -> String {
    #[cfg(target_os = "linux")]
    let name = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    #[cfg(target_os = "macos")]
    let name = rustix::system::uname().nodename().to_string_lossy().into_owned();
    #[cfg(not(any(target_os = "linux", target_os = "macos")))]
    let name = std::env::var("COMPUTERNAME").unwrap_or_default();
    name.chars().filter(|symbol| !symbol.is_control()).take(64).collect()
}

/// A panic ends the program with one sentence. The usual report would quote values, and a decoder
/// of foreign pictures may panic and be caught.
fn silence_panics() {
    std::panic::set_hook(Box::new(|_| {}));
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use rustix::process::{DumpableBehavior, Resource, dumpable_behavior, getrlimit};

    #[test]
    fn a_hardened_process_leaves_no_core() {
        super::harden();
        assert_eq!(getrlimit(Resource::Core).current, Some(0));
        assert_eq!(dumpable_behavior().unwrap(), DumpableBehavior::NotDumpable);
        let _ = std::panic::take_hook();
    }
}
