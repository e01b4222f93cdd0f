#![allow(clippy::panic, clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

//! The integration program: rules of the house, and `otp` as a person runs it.

//! it

//! The integration tests, one program.

#![allow(clippy::panic, clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

#[cfg(target_os = "linux")]
mod clipboard;
mod codes;
mod contract;
mod crash;
mod damage;
mod house;
mod keyring;
mod loud;
mod readme;
mod rooms;
mod samples_key_uri;
mod session;
mod sources;
mod starts;
mod vault;
