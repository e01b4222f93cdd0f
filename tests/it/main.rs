//! The integration tests, as one program.

// Helpers of tests, which the lints do not know as tests.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod fixtures;
mod import;
mod vectors;
