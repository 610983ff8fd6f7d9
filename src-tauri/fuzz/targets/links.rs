#![no_main]

#[path = "../entries/links.rs"]
mod links;

libfuzzer_sys::fuzz_target!(|input: &[u8]| links::read(input));
