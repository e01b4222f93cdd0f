//! What whole commands cost, against floors measured in the same run: the table of the README.
//!
//! Run it by `scripts/bench`. The processor time of a command is its own, plus what the keyring
//! daemon and the bus spent on it. Commands take turns, so that whatever else the machine does
//! meets all of them. Everything happens in private keyrings that are thrown away.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a tool for developers"
)]
#![allow(clippy::cast_precision_loss, reason = "nobody needs more digits")]

#[cfg(target_os = "linux")]
mod process {
    pub(crate) mod floor;
    pub(crate) mod growth;
    pub(crate) mod measure;
    pub(crate) mod parts;
}

#[cfg(not(target_os = "linux"))]
fn main() {
    println!("only on Linux can a private keyring be had; nothing was measured");
}

#[cfg(target_os = "linux")]
fn main() {
    use process::{floor, growth, measure, parts};
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => parts::all(),
        ["part", name] => parts::one(name),
        ["growth", count] => growth::serve(count.parse().unwrap()),
        ["get-secrets", how] => floor::get_secrets(*how == "encrypted"),
        ["create-items", count] => floor::create_items(count.parse().unwrap()),
        ["memory", command @ ..] => measure::print_memory(command),
        other => panic!("not one of ours: {other:?}"),
    }
}
