#![no_main]

libfuzzer_sys::fuzz_target!(|input: &str| polypost_test_support::properties::protect(input));
