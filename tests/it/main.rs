//! The integration tests, as one program.

mod fixtures;
mod import;
mod vectors;
