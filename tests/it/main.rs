//! it

mod codes;
mod loud;
mod samples_key_uri;
