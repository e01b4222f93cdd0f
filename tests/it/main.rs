//! The integration tests, one program: rules of the house, judges from outside, and `otp` as a
//! person runs it.

#![allow(clippy::format_collect, clippy::format_push_string, reason = "small files are put together as text")]
#![allow(clippy::panic, clippy::unwrap_used, clippy::print_stdout, reason = "helpers of tests fail as tests do")]

#[cfg(target_os = "linux")]
mod backup;
#[cfg(target_os = "linux")]
mod capture;
#[cfg(target_os = "linux")]
mod clipboard;
#[cfg(target_os = "linux")]
mod clock;
mod codes;
mod contract;
#[cfg(target_os = "linux")]
mod copies;
mod crash;
#[cfg(target_os = "linux")]
mod damage;
#[cfg(target_os = "linux")]
mod exits;
#[cfg(target_os = "linux")]
mod export;
#[cfg(target_os = "linux")]
mod faults;
mod fixtures;
mod formats;
#[cfg(target_os = "linux")]
mod hostile;
mod house;
mod import;
#[cfg(target_os = "linux")]
mod incoming;
#[cfg(target_os = "linux")]
mod keyring;
#[cfg(target_os = "linux")]
mod languages;
#[cfg(target_os = "linux")]
mod leaks;
#[cfg(target_os = "linux")]
mod lost;
mod loud;
#[cfg(target_os = "linux")]
mod main_job;
#[cfg(target_os = "linux")]
mod manners;
#[cfg(target_os = "linux")]
mod memory;
#[cfg(target_os = "linux")]
mod mending;
#[cfg(target_os = "linux")]
mod organise;
#[cfg(target_os = "linux")]
mod pages;
mod parsers;
mod pictures;
#[cfg(target_os = "linux")]
mod places;
#[cfg(target_os = "linux")]
mod power;
#[cfg(target_os = "linux")]
mod programs;
#[cfg(target_os = "linux")]
mod prompts;
#[cfg(target_os = "linux")]
mod qr_read;
mod readme;
#[cfg(target_os = "linux")]
mod recovery_codes;
#[cfg(target_os = "linux")]
mod releases;
#[cfg(target_os = "linux")]
mod repair;
mod rooms;
#[cfg(target_os = "linux")]
mod run;
mod samples_key_uri;
#[cfg(target_os = "linux")]
mod session;
#[cfg(target_os = "linux")]
mod sheet;
mod sources;
#[cfg(target_os = "linux")]
mod starts;
#[cfg(target_os = "linux")]
mod story;
#[cfg(target_os = "linux")]
mod transfers;
#[cfg(target_os = "linux")]
mod vault;
mod vectors;
#[cfg(target_os = "linux")]
mod way_back;
#[cfg(all(target_os = "linux", feature = "desktop"))]
mod window;
