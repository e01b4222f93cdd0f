//! The integration tests, as one program: rules of the house, and `otp` as a person runs it.

// Helpers of tests, which the lints do not know as tests.
#![allow(clippy::panic, clippy::unwrap_used, clippy::print_stdout)]

#[cfg(target_os = "linux")]
mod clipboard;
mod codes;
mod contract;
mod fixtures;
mod house;
mod import;
mod keyring;
mod loud;
mod readme;
mod rooms;
mod samples_key_uri;
mod sources;
mod vault;
mod vectors;
