//! What a sync tells while it runs and when it ends: the same for window and command line.

use desk_model::{PageCounts, Resource, ResourceCounts, RunResult, ShopId, UnixSeconds};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How far one shop's sync has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SyncProgress {
    /// The shop.
    pub shop_id: ShopId,
    /// What is being read.
    pub resource: Resource,
    /// Pages committed so far.
    pub pages_done: u64,
    /// Pages there are, as far as known.
    pub pages_total: u64,
    /// Rows by what became of them so far.
    pub counts: PageCounts,
}

/// How one shop's sync ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ShopSummary {
    /// The shop.
    pub shop_id: ShopId,
    /// The whole run's result: the worst of its resources'.
    pub result: RunResult,
    /// Rows per resource by what became of them.
    pub resources: ResourceCounts,
    /// Why it failed or is partial.
    pub error: Option<crate::Failure>,
}

/// What a sync tells while it runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum SyncEvent {
    /// A page was committed, or a resource begun.
    Progress(SyncProgress),
    /// A shop's sync ended.
    Finished(ShopSummary),
}

/// How fresh one kind of data of a shop is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DataState {
    /// What it is about.
    pub resource: Resource,
    /// Whether token and shop type allow it.
    pub allowed: bool,
    /// Until when everything is known to be here: the end of the newest gap-free window or census.
    pub complete_through: Option<UnixSeconds>,
    /// How the newest run ended.
    pub last_result: Option<RunResult>,
    /// Why the newest run failed.
    pub last_error: Option<crate::Failure>,
}
