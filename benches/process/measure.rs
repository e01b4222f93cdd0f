//! How much processor time, wall time and memory a command takes.

use std::fs;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike;

/// The processes that work for a command without being its own.
pub(crate) struct Servants(Vec<u32>);

impl Servants {
    /// The keyring daemon and the bus of this session.
    pub(crate) fn of_this_session() -> Self {
        let bus = zbus::blocking::Connection::session().unwrap();
        let name = Some("org.freedesktop.DBus");
        let process =
            |of: &str| bus.call_method(name, "/org/freedesktop/DBus", name, "GetConnectionUnixProcessID", &of).unwrap();
        let names = ["org.freedesktop.secrets", "org.freedesktop.DBus"];
        Self(names.iter().map(|of| process(of).body().deserialize().unwrap()).collect())
    }

    /// Processor time so far, in milliseconds.
    fn spent(&self) -> f64 {
        let tasks = self.0.iter().flat_map(|process| fs::read_dir(format!("/proc/{process}/task")).unwrap());
        let nanoseconds = tasks.map(|task| {
            // A thread may end while we look.
            let line = fs::read_to_string(task.unwrap().path().join("schedstat")).unwrap_or_default();
            line.split(' ').next().and_then(|number| number.parse::<u64>().ok()).unwrap_or(0)
        });
        nanoseconds.sum::<u64>() as f64 / 1e6
    }
}

/// Processor time of all children so far, in milliseconds.
fn children() -> f64 {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).unwrap();
    (usage.user_time().num_microseconds() + usage.system_time().num_microseconds()) as f64 / 1e3
}

/// What `command` costs once, servants included: processor time and wall time in milliseconds.
pub(crate) fn once(servants: &Servants, command: &[String]) -> (f64, f64) {
    let before = servants.spent() + children();
    let started = Instant::now();
    let status = Command::new(&command[0]).args(&command[1..]).stdout(Stdio::null()).stdin(Stdio::null()).status();
    let wall = started.elapsed().as_secs_f64() * 1e3;
    assert!(status.unwrap().success(), "{command:?} failed");
    // The servants tidy up after the command has ended.
    thread::sleep(Duration::from_millis(5));
    (servants.spent() + children() - before, wall)
}

/// The median processor time of each command over `rounds` rounds, taking turns, in milliseconds.
pub(crate) fn taking_turns(servants: &Servants, rounds: usize, commands: &[Vec<String>]) -> Vec<f64> {
    let mut costs = vec![Vec::with_capacity(rounds); commands.len()];
    for _ in 0..rounds {
        for (command, costs) in commands.iter().zip(&mut costs) {
            costs.push(once(servants, command).0);
        }
    }
    costs.into_iter().map(median).collect()
}

/// The middle one.
pub(crate) fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}

/// The most memory that `command` held, in MiB: measured by a fresh process whose only child it is.
pub(crate) fn memory(command: &[String]) -> f64 {
    let mut itself = Command::new(std::env::current_exe().unwrap());
    let output = itself.arg("memory").args(command).stderr(Stdio::inherit()).output().unwrap();
    assert!(output.status.success(), "{command:?} failed");
    String::from_utf8(output.stdout).unwrap().trim().parse::<f64>().unwrap() / 1024.0
}

/// Runs `command` and prints the most memory it held, in KiB.
pub(crate) fn print_memory(command: &[&str]) {
    let status = Command::new(command[0]).args(&command[1..]).stdout(Stdio::null()).status().unwrap();
    assert!(status.success());
    println!("{}", getrusage(UsageWho::RUSAGE_CHILDREN).unwrap().max_rss());
}
