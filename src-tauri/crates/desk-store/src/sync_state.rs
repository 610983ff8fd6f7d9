//! What a sync leaves behind: pages, checkpoints and the sync log.

use desk_model::{Fetched, Resource, RunResult, ShopId, SyncTrigger, UnixSeconds, Unreadable};

/// One fetched page, committed whole or not at all.
#[derive(Clone, Copy, Debug)]
pub struct PageCommit<'a, T> {
    /// The shop that the rows belong to.
    pub shop_id: &'a ShopId,
    /// The run whose counters grow with this page, if it is part of one.
    pub run_id: Option<i64>,
    /// The rows that could be read.
    pub rows: &'a [Fetched<T>],
    /// The rows that could not; they go to the quarantine.
    pub unreadable: &'a [Unreadable],
    /// Server time of the answer.
    pub fetched_at: UnixSeconds,
    /// Where the stream stands after this page; `None` leaves it alone.
    pub checkpoint: Option<&'a Checkpoint>,
}

/// Where a stream stands; written whole with each page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Identity of the stream: a hash of shop, host, endpoint and filters. Another identity starts another stream.
    pub stream: String,
    /// The cursor: everything up to here is stored.
    pub complete_through: Option<UnixSeconds>,
    /// How long the last run took.
    pub last_run_seconds: i64,
    /// The window that was begun and not ended.
    pub window: Option<OpenWindow>,
}

/// A window that is being read, last page first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenWindow {
    /// First second.
    pub start: UnixSeconds,
    /// Last second.
    pub end: UnixSeconds,
    /// The page to be read next.
    pub next_page: u64,
    /// Rows in the window by the platform's word.
    pub total: u64,
}

/// The first half of a line in the sync log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRun {
    /// The shop.
    pub shop_id: ShopId,
    /// What is synced.
    pub resource: Resource,
    /// Why it was started.
    pub trigger: SyncTrigger,
    /// Server time at its start.
    pub started_at: UnixSeconds,
    /// The closed window's first second (orders only).
    pub window_start: Option<UnixSeconds>,
    /// The closed window's last second (orders only).
    pub window_end: Option<UnixSeconds>,
}

/// The second half of a line in the sync log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunEnd {
    /// Server time at its end.
    pub finished_at: UnixSeconds,
    /// How it ended.
    pub result: RunResult,
    /// The error's code where it failed.
    pub error_code: Option<String>,
    /// What the platform said, without secrets.
    pub error_message: Option<String>,
    /// The platform's id of the failed request.
    pub request_id: Option<String>,
}
