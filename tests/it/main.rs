//! The integration tests, one program.

#![allow(clippy::panic, clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

mod contract;
#[cfg(target_os = "linux")]
mod vault;
