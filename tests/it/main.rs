
#![allow(clippy::panic, clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

//! The integration program: rules of the house, and `otp` as a person runs it.

//! it

//! The integration tests, one program.

#![allow(clippy::panic, clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

#[cfg(target_os = "linux")]

mod clipboard;
mod codes;
mod contract;
mod house;
mod keyring;
mod loud;
mod readme;
mod rooms;
mod samples_key_uri;
mod sources;
mod vault;
#[cfg(target_os = "linux")]
mod main_job;
#[cfg(target_os = "linux")]
mod organise;
#[cfg(target_os = "linux")]
mod run;
#[cfg(target_os = "linux")]
mod exits;
#[cfg(target_os = "linux")]
mod manners;
#[cfg(target_os = "linux")]
mod languages;
#[cfg(target_os = "linux")]
mod leaks;
#[cfg(target_os = "linux")]
mod prompts;
