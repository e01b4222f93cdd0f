//! What is left in memory when a command ends (G10): `strace` holds it at its very last call while
//! everything it can write to is searched. Needs root, because nobody else may look into `otp`.
#![expect(clippy::print_stdout, reason = "numbers for whoever asks with `--nocapture`")]

use std::fs;
use std::os::unix::fs::FileExt;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::leaks::{BYTES, MARKER, list};
use crate::loud::loudly;
use crate::run::{Otp, PASSPHRASE, Run};
use crate::session::run_inside;

/// `exit_group` as `/proc/PID/syscall` names it, on x86 and on the others.
const LAST_CALL: [&str; 2] = ["231 ", "94 "];

/// What a process could write to at its end.
fn at_the_end(run: Run) -> Vec<Vec<u8>> {
    let command = run.into_command();
    let mut strace = Command::new("strace");
    strace.args(["-qq", "-f", "-o", "/dev/null", "-e", "trace=exit_group"]);
    strace.args(["-e", "inject=exit_group:delay_enter=20000000"]);
    strace.arg(command.get_program()).args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => strace.env(name, value),
            None => strace.env_remove(name),
        };
    }
    let mut strace = strace.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let tracer = strace.id();
    let end = Instant::now() + Duration::from_mins(1);
    let process = loop {
        let children = fs::read_to_string(format!("/proc/{tracer}/task/{tracer}/children")).unwrap_or_default();
        let mut processes = children.split_whitespace().map(str::to_owned);
        let stopped = |process: &String| {
            let call = fs::read_to_string(format!("/proc/{process}/syscall")).unwrap_or_default();
            let name = fs::read_to_string(format!("/proc/{process}/comm")).unwrap_or_default();
            name.trim() == "otp" && LAST_CALL.iter().any(|last| call.starts_with(last))
        };
        if let Some(process) = processes.find(stopped) {
            break process;
        }
        assert!(Instant::now() < end, "it never came to its end");
        std::thread::sleep(Duration::from_millis(5));
    };
    let memory = writable(&process);
    // Without whoever holds it back, the process ends.
    strace.kill().unwrap();
    strace.wait().unwrap();
    memory
}

/// The memory of `process` that it may write to, region by region.
pub(crate) fn writable(process: &str) -> Vec<Vec<u8>> {
    let maps = fs::read_to_string(format!("/proc/{process}/maps")).unwrap();
    let memory = fs::File::open(format!("/proc/{process}/mem")).unwrap();
    let regions = maps.lines().filter_map(|line| {
        let mut words = line.split_whitespace();
        let (from, to) = words.next()?.split_once('-')?;
        let from = u64::from_str_radix(from, 16).ok()?;
        let size = usize::try_from(u64::from_str_radix(to, 16).ok()? - from).ok()?;
        words.next()?.starts_with("rw").then_some((from, size))
    });
    let read = |(from, size)| {
        let mut region = vec![0; size];
        memory.read_exact_at(&mut region, from).ok().map(|()| region)
    };
    regions.filter_map(read).collect()
}

pub(crate) fn copies(memory: &[Vec<u8>], wanted: &[u8]) -> usize {
    let starts = |region: &[u8]| {
        let first = region.iter().enumerate().filter(|(_, byte)| **byte == wanted[0]);
        first.filter(|(at, _)| region[*at..].starts_with(wanted)).count()
    };
    memory.iter().map(|region| starts(region)).sum()
}

/// Fails if `run` ends with a secret in its memory.
#[track_caller]
fn leaves_none(name: &str, run: Run) {
    let memory = at_the_end(run);
    // The control: the name of the account is there.
    assert!(copies(&memory, b"Binance") > 0, "{name}: the search finds nothing at all");
    let lower = MARKER.to_lowercase();
    let spellings: [&[u8]; 4] = [BYTES, MARKER.as_bytes(), lower.as_bytes(), PASSPHRASE.as_bytes()];
    let found = spellings.map(|spelling| copies(&memory, spelling));
    let size: usize = memory.iter().map(Vec::len).sum();
    println!("measured: {name}: {found:?} copies (raw, base32, lower case, passphrase) in {} KiB", size >> 10);
    assert_eq!(found, [0; 4], "{name}: raw, base32, lower case, passphrase");
}

pub(crate) fn may_look() -> bool {
    let root = rustix::process::geteuid().is_root();
    if !root {
        loudly("the memory at exit was NOT searched: it needs root");
    }
    root
}

#[test]
fn no_secret_is_left_in_memory_with_a_vault() {
    if may_look() {
        let otp = Otp::with(&list(MARKER));
        for arguments in [&["now", "binance"][..], &["list"], &["list", "--codes"]] {
            leaves_none(&format!("vault {}", arguments.join(" ")), otp.run(arguments.iter().copied()));
        }
    }
}

#[test]
fn no_secret_is_left_in_memory_with_a_keyring() {
    if may_look() {
        run_inside("memory::inside_a_keyring");
    }
}

#[test]
#[ignore = "run by the test above, inside a private keyring"]
fn inside_a_keyring() {
    let private = std::env::var_os("OTP_TEST_KEYRING").is_some();
    assert!(private, "this test needs a private keyring: run it inside `scripts/with-keyring`");
    let otp = Otp::bare();
    otp.run(["import", "-", "--yes"]).in_this_session().stdin(list(MARKER)).succeeds();
    for arguments in [&["now", "binance"][..], &["list"], &["list", "--codes"]] {
        let name = format!("keyring {}", arguments.join(" "));
        leaves_none(&name, otp.run(arguments.iter().copied()).in_this_session());
    }
}
