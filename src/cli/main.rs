//! otp
fn main() {}
