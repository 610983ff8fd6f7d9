//! The command line from outside: the built program as a child process, against the stand-in platform.
//!
//! Each test has a platform and a profile of its own, so they run in any order and side by side.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod authorization;
mod contract;
mod diagnostics;
mod export;
mod filters;
mod harness;
mod lists;
mod profile;
mod secrets;
mod shop_types;
mod surroundings;
mod sync;
mod upkeep;
mod usage;
mod vaults;
