//! `otp-pages`: draws the pages of one PDF and tells the texts of their QR codes. `otp` and
//! `otp-desktop` start it for every PDF; nobody calls it by hand.

use std::process::ExitCode;

fn main() -> ExitCode {
    otp::app::process::harden();
    otp::import::draw_pages()
}
