
#![allow(clippy::panic, clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

//! The integration program: rules of the house, and `otp` as a person runs it.

mod contract;
mod house;
mod readme;
mod rooms;
mod sources;
