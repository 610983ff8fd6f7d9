//! Journeys through the real window: the built app, its real IPC, keychain and database, against the stand-in platform.
//!
//! Each journey has a desktop of its own and leaves nothing behind, so they run in any order and side by side.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod authorize;
mod data;
mod harness;
mod instances;
mod keychain;
mod million;
mod pages;
mod presence;
mod refusals;
mod secrets;
mod steps;
mod sync;
mod upkeep;
mod walk;
