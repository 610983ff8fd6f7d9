//! Remembers: SQLite behind plain Rust types. No network, no secrets, and no entity leaves it.
//!
//! Two connections write, one at a time: sea-orm's, and one in plain SQL for pages. A few read-only ones read, with plain SQL. A fetched
//! page goes in whole or not at all.

mod activities;
mod amounts;
mod backups;
mod checkpoints;
mod columns;
mod compare;
mod connect;
mod copies;
mod days;
mod deadlines;
#[cfg(test)]
mod disk_full;
mod entity;
mod error;
#[doc(hidden)]
pub mod fuzzing;
mod gateway_apps;
mod gone;
mod goods;
mod idle;
mod inspection;
mod list_reader;
mod listing;
mod migration;
mod mirror;
mod open_views;
mod order_changes;
mod ordering;
mod orders;
mod page_commit;
mod pending_authorizations;
mod personal_data;
mod pictures;
mod placing;
mod products;
mod quarantine;
mod query;
#[cfg(test)]
mod query_plans;
mod raw_payload;
mod reader;
mod recovery;
mod removals;
mod retention;
mod row_set;
mod search;
mod selection;
mod settings;
mod shops;
mod sync_runs;
mod totals;
mod view;
mod write;
mod writer;

pub use checkpoints::{Checkpoint, OpenWindow};
pub use compare::{Difference, DifferenceKind};
pub use connect::{Access, FILE_NAME, Store};
pub use copies::{CopyOrigin, DatabaseCopy, copies};
pub use deadlines::Deadline;
pub use error::Error;
pub use gone::Unseen;
pub use listing::Listing;
pub use orders::OrderRecord;
pub use page_commit::{CommittedPage, PageCommit};
pub use pending_authorizations::PendingAuthorization;
pub use recovery::{Recovery, recover, restore};
pub use removals::Removal;
pub use shops::CredentialsUpdate;
pub use sync_runs::{NewRun, RunEnd};
pub use view::{OpenedView, Rows, ViewNews};
