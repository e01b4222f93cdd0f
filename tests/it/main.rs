
#![allow(clippy::panic, clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

//! The integration program: rules of the house, and `otp` as a person runs it.

//! it

mod codes;
mod contract;
mod house;
mod loud;
mod readme;
mod rooms;
mod samples_key_uri;
mod sources;
