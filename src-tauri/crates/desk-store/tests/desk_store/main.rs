//! The store against a real SQLite file.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod authorizations;
mod builders;
mod guard;
mod lists;
mod opening;
mod page_commits;
mod payloads;
mod search;
mod shops;
mod sync_log;
