#![no_main]

use polypost_core::document::Format;

libfuzzer_sys::fuzz_target!(|body: &str| polypost_test_support::properties::read(Format::Markdown, body));
