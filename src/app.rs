//! What a command and the window both do, one use case a file.

pub mod clipboard;
