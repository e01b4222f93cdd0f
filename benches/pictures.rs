//! What reading QR codes from pictures costs: against `zbarimg`, and stage by stage.
//!
//! Run it by `scripts/bench --all`. The processor time is that of whole processes, `otp qr read` and
//! `zbarimg`, which start, load the picture and read it; they take turns on the same files.
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "nobody needs more digits, and shades are below 256"
)]
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr, reason = "a tool for developers")]

#[cfg(not(target_os = "linux"))]
fn main() {
    println!("only on Linux is there a `zbarimg` to measure against; nothing was measured");
}

#[cfg(target_os = "linux")]
#[allow(dead_code, reason = "what only the tests need")]
#[path = "../tests/it/pictures/camera.rs"]
mod camera;
#[cfg(target_os = "linux")]
#[allow(dead_code, reason = "what only the tests need")]
#[path = "../tests/it/pictures/draw.rs"]
mod draw;
#[cfg(target_os = "linux")]
#[allow(dead_code, reason = "what only the tests need")]
#[path = "../tests/it/pictures/kinds.rs"]
mod kinds;
#[cfg(target_os = "linux")]
#[allow(dead_code, reason = "what only the tests need")]
#[path = "../tests/it/pictures/seeded.rs"]
mod seeded;

#[cfg(target_os = "linux")]
mod pictures {
    pub(crate) mod costs;
    pub(crate) mod empty;
    pub(crate) mod stages;
    pub(crate) mod table;
}

#[cfg(target_os = "linux")]
fn main() {
    pictures::table::print();
    pictures::stages::run();
}
