//! Remembers: SQLite behind plain Rust types. No network, no secrets, and no entity leaves it.
//!
//! One connection writes, through sea-orm; a few read-only ones read, with plain SQL. A fetched page goes in whole or not at all.

mod activities;
mod columns;
mod connect;
mod entity;
mod error;
mod gateway_apps;
mod inspection;
mod migration;
mod mirror;
mod orders;
mod page_commit;
mod pending_authorizations;
mod pictures;
mod products;
mod quarantine;
mod query;
mod raw_payload;
mod reader;
mod search;
mod settings;
mod shops;
mod sync_state;
mod view;
mod write;

pub use connect::{Access, FILE_NAME, Store};
pub use error::Error;
pub use orders::OrderRecord;
pub use page_commit::PageCommit;
pub use pending_authorizations::PendingAuthorization;
pub use shops::CredentialsUpdate;
pub use sync_state::{Checkpoint, NewRun, OpenWindow, RunEnd};
pub use view::{OpenedView, Rows};
