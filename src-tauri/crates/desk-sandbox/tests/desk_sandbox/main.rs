//! The stand-in from outside: what a client of either dialect sees.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

mod admin;
mod alter;
mod client;
mod consent;
mod faults;
mod goods;
mod guide;
mod oauth;
mod open_platform;
mod orders;
mod paging;
mod promotions;
#[cfg(feature = "server")]
mod server;
mod signature;
mod tokens;
#[cfg(feature = "server")]
mod wire;
mod world;
