#![no_main]

libfuzzer_sys::fuzz_target!(|input: &str| polypost_fuzz::protect(input));
