//! The verbs: authorize, refresh, sync, disconnect. Decides the order of effects; knows no window and no wire format.

mod failure;
mod report;

pub use failure::{ErrorCode, Failure};
pub use report::{DataState, ShopSummary, SyncEvent, SyncProgress};
