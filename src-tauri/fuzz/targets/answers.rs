#![no_main]
#![allow(dead_code, reason = "each target takes one of the ways in")]

#[path = "../entries/answers.rs"]
mod answers;

libfuzzer_sys::fuzz_target!(|input: &[u8]| answers::read_answer(input));
