//! The store against a real SQLite file.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod amounts;
mod authorizations;
mod backups;
mod boundaries;
mod builders;
mod comparing;
mod corpus;
mod deadlines;
mod filters;
mod gone;
mod guard;
mod listing;
mod lists;
mod many_rows;
mod migrations;
mod newcomers;
mod news;
mod opening;
mod other_lists;
mod other_process;
mod page_commits;
mod payloads;
mod power_cut;
mod quarantine;
mod reading_beside_writing;
mod recovery;
mod replays;
mod retention;
mod row_versions;
mod search;
mod shops;
mod sync_log;
mod totals;
