#![no_main]

#[path = "../entries/payloads.rs"]
mod payloads;

libfuzzer_sys::fuzz_target!(|input: &[u8]| payloads::read(input));
