//! The integration tests, one program: rules of the house, judges from outside, and `otp` as a
//! person runs it.

#![allow(clippy::panic, clippy::unwrap_used, clippy::print_stdout, reason = "helpers of tests fail as tests do")]

#[cfg(target_os = "linux")]
#[cfg(target_os = "linux")]
#[cfg(target_os = "linux")]
#[cfg(target_os = "linux")]
#[cfg(target_os = "linux")]
#[cfg(target_os = "linux")]
#[cfg(target_os = "linux")]
#[cfg(target_os = "linux")]
#[cfg(target_os = "linux")]
#[cfg(target_os = "linux")]
#[cfg(target_os = "linux")]
#[cfg(target_os = "linux")]
#[cfg(target_os = "linux")]
#[cfg(target_os = "linux")]
#[cfg(target_os = "linux")]
#[cfg(target_os = "linux")]

mod clipboard;
mod codes;
mod contract;
mod crash;
mod damage;
mod exits;
mod fixtures;
mod house;
mod import;
mod keyring;
mod languages;
mod leaks;
mod loud;
mod main_job;
mod manners;
mod organise;
mod prompts;
mod readme;
mod rooms;
mod run;
mod samples_key_uri;
mod session;
mod sources;
mod starts;
mod vault;
mod vectors;
