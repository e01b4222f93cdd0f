//! How many keys a second one core tries, against what the machine can do at most with SHA-1.
//!
//! The limit is the throughput of the `sha1` crate, with the processor's own instructions where it
//! has them. A key takes two compressions, and two more for each step that is looked at.
#![allow(clippy::unwrap_used, clippy::cast_precision_loss, clippy::print_stdout, reason = "a tool for developers")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use otp::clock::UnixTime;
use otp::code::{self, Seen};
use otp::key;
use otp::repair::{Search, Shape, Watch};

const KEY: &str = "JBSWY3DPEHPK3PXP";
const NOW: u64 = 1_795_584_920;
/// Keys and limit are measured in turns, so that other work on the machine slows both; of so many
/// rounds the middle one counts.
const ROUNDS: u32 = 11;

fn main() {
    println!("| steps looked at | keys per second and core | limit by SHA-1 | ratio |\n| --- | --- | --- | --- |");
    for tolerance in [0, 1] {
        let steps = 2 * tolerance + 1;
        let compressions = f64::from(2 + 2 * steps);
        let round = |_| (keys(tolerance), compressions_a_second() / compressions);
        let mut rounds: Vec<(f64, f64)> = (0..ROUNDS).map(round).collect();
        rounds.sort_by(|one, other| (one.0 / one.1).total_cmp(&(other.0 / other.1)));
        let (keys, limit) = rounds[rounds.len() / 2];
        println!("| {steps} | {:.2} million | {:.2} million | {:.2} |", keys / 1e6, limit / 1e6, keys / limit);
    }
    println!("\nTwo wrong letters in a key of 16, all cores:");
    for (written, count) in [("JBSWA3DPEHPK3AXP", 1), ("JBSWA3DPEHPK3AXP", 2), ("J8SWY3DPEHPK3PXQ", 2)] {
        let began = Instant::now();
        let mut search = search(written, 1, count);
        let end = search.run(&Watch::default()).unwrap();
        let (time, tried) = (began.elapsed(), search.tried());
        println!("{count} codes: {end:?} after {tried} keys and {time:.0?}, {} fit", search.found().len());
    }
}

/// A search for the key `written`, by `count` codes of the true one, a minute apart.
fn search(written: &str, tolerance: u32, count: u64) -> Search {
    let shape = Shape::default();
    let account = shape.account(String::new(), String::new(), key::read(KEY).unwrap().secret).unwrap();
    let mut search = Search::new(written, shape, tolerance).unwrap();
    for moment in (0..count).map(|at| UnixTime(NOW + 60 * at)) {
        search.add(Seen::new(&code::at(&account, moment).digits, moment, moment)).unwrap();
    }
    search
}

/// How many keys one thread tries in a second.
fn keys(tolerance: u32) -> f64 {
    // Nothing like the true key, so that the search goes on until it is ended.
    let mut search = search("AAAAAAAAAAAA????", tolerance, 3).on_threads(1);
    let (watch, began) = (Watch::default(), spent());
    std::thread::scope(|scope| {
        scope.spawn(|| {
            std::thread::sleep(Duration::from_millis(500));
            watch.stop();
        });
        search.run(&watch).unwrap();
    });
    watch.tried() as f64 / (spent() - began)
}

/// The processor time that this process has used, in seconds: other work on the machine does not count.
#[cfg(target_os = "linux")]
fn spent() -> f64 {
    use nix::sys::resource::{UsageWho, getrusage};
    use nix::sys::time::TimeValLike;
    let usage = getrusage(UsageWho::RUSAGE_SELF).unwrap();
    (usage.user_time() + usage.system_time()).num_microseconds() as f64 / 1e6
}

/// The time that has passed; elsewhere the machine has to be quiet.
#[cfg(not(target_os = "linux"))]
fn spent() -> f64 {
    static BEGAN: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    BEGAN.get_or_init(Instant::now).elapsed().as_secs_f64()
}

/// How many blocks one thread compresses in a second.
fn compressions_a_second() -> f64 {
    let (mut state, blocks) = ([1_u32; 5], vec![[7_u8; 64]; 1_000]);
    let began = spent();
    for _ in 0..5_000 {
        sha1::block_api::compress(&mut state, black_box(&blocks));
    }
    black_box(state);
    5_000_000.0 / (spent() - began)
}
