//! The store against a real SQLite file.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod amounts;
mod authorizations;
mod builders;
mod comparing;
mod gone;
mod guard;
mod lists;
mod migrations;
mod opening;
mod page_commits;
mod payloads;
mod quarantine;
mod row_versions;
mod search;
mod shops;
mod sync_log;
