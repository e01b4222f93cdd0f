#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| otp_fuzz::import("json", data));
