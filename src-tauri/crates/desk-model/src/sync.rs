//! What a sync did: runs, counts and results.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Resource, ShopId, UnixSeconds};

/// What one committed page changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PageCounts {
    /// Rows that were not there before.
    pub new: u64,
    /// Rows whose content changed.
    pub changed: u64,
    /// Rows that were the same or older, so nothing was written.
    pub unchanged: u64,
    /// Rows that could not be read and were put aside.
    pub quarantined: u64,
}

impl PageCounts {
    /// Adds another page's counts.
    pub fn add(&mut self, other: Self) {
        self.new += other.new;
        self.changed += other.changed;
        self.unchanged += other.unchanged;
        self.quarantined += other.quarantined;
    }

    /// Whether anything that a list shows has changed.
    pub fn is_news(self) -> bool {
        self.new + self.changed + self.quarantined > 0
    }
}

/// Counts per resource.
pub type ResourceCounts = BTreeMap<Resource, PageCounts>;

/// Why a run was started.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SyncTrigger {
    /// The seller asked.
    Manual,
    /// The timer.
    Automatic,
    /// The shop was just authorized.
    FirstAuthorization,
    /// The command line.
    CommandLine,
}

impl SyncTrigger {
    /// The word used in JSON and in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Manual => "manual",
            Self::Automatic => "automatic",
            Self::FirstAuthorization => "first_authorization",
            Self::CommandLine => "command_line",
        }
    }

    /// Reads `as_str` back; anything else is `Manual`.
    pub fn parse(word: &str) -> Self {
        [Self::Automatic, Self::FirstAuthorization, Self::CommandLine]
            .into_iter()
            .find(|trigger| trigger.as_str() == word)
            .unwrap_or(Self::Manual)
    }
}

/// What a run does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SyncTask {
    /// What changed since the last run: orders by window, products and activities by census.
    Changes,
    /// History before the first window, newest first.
    Backfill,
    /// Orders that are not finished, read anew every night.
    OpenOrders,
    /// The last 90 days, read anew every week: finds what changed without a new time of change, and what vanished.
    Sweep,
    /// Amounts that the platform tells apart from its orders.
    Amounts,
    /// The seller's comparison of what is stored with what the platform has.
    Check,
}

impl SyncTask {
    /// Every task.
    pub const ALL: [Self; 6] = [
        Self::Changes,
        Self::Backfill,
        Self::OpenOrders,
        Self::Sweep,
        Self::Amounts,
        Self::Check,
    ];

    /// The word used in JSON and in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Changes => "changes",
            Self::Backfill => "backfill",
            Self::OpenOrders => "open_orders",
            Self::Sweep => "sweep",
            Self::Amounts => "amounts",
            Self::Check => "check",
        }
    }

    /// Reads `as_str` back.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|task| task.as_str() == word)
    }
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RunResult {
    /// Not ended; or, in a log read after a crash, cut off.
    Running,
    /// Everything was read.
    Complete,
    /// Everything was read, but some rows were put aside or a resource was not allowed.
    Partial,
    /// It stopped at an error; committed pages stay.
    Failed,
    /// The seller stopped it; committed pages stay.
    Canceled,
}

impl RunResult {
    /// The word used in JSON and in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Complete => "complete",
            Self::Partial => "partial",
            Self::Failed => "failed",
            Self::Canceled => "canceled",
        }
    }

    /// Reads `as_str` back; anything else is `Failed`.
    pub fn parse(word: &str) -> Self {
        [Self::Running, Self::Complete, Self::Partial, Self::Canceled]
            .into_iter()
            .find(|result| result.as_str() == word)
            .unwrap_or(Self::Failed)
    }
}

/// One line of the sync log: one shop, one resource, one run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SyncRun {
    /// Row id.
    pub id: i64,
    /// The shop.
    pub shop_id: ShopId,
    /// What was synced.
    pub resource: Resource,
    /// What the run does.
    pub task: SyncTask,
    /// Why it was started.
    pub trigger: SyncTrigger,
    /// Server time at its start.
    pub started_at: UnixSeconds,
    /// Server time at its end; `None` while it runs.
    pub finished_at: Option<UnixSeconds>,
    /// The closed window's first second (orders only).
    pub window_start: Option<UnixSeconds>,
    /// The closed window's last second (orders only).
    pub window_end: Option<UnixSeconds>,
    /// Pages committed.
    pub pages: u64,
    /// Rows by what became of them.
    pub counts: PageCounts,
    /// How it ended.
    pub result: RunResult,
    /// The error's code where it failed.
    pub error_code: Option<String>,
    /// What the platform said, without secrets, for the details.
    pub error_message: Option<String>,
    /// The platform's id of the failed request.
    pub request_id: Option<String>,
    /// How many seconds this computer's clock was ahead of the platform's (negative: behind), where that was refused.
    pub clock_ahead_seconds: Option<i64>,
}
