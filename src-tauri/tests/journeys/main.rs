//! Journeys through the real window: the built app, its real IPC, keychain and database, against the stand-in platform.
//!
//! Each journey has a desktop of its own and leaves nothing behind, so they run in any order and side by side.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod authorize;
mod data;
mod harness;
mod instances;
mod keyboard;
mod keychain;
mod languages;
mod lists;
mod million;
mod order;
mod overview;
mod pages;
mod presence;
mod refusals;
mod removal;
mod secrets;
mod shops;
mod steps;
mod sync;
mod upkeep;
mod views;
mod walk;
