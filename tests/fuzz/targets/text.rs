#![no_main]

use polypost::document::Format;

libfuzzer_sys::fuzz_target!(|body: &str| polypost_fuzz::read(Format::Text, body));
