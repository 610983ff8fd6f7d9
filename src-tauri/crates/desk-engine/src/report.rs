//! What a sync tells while it runs and when it ends: the same for window and command line.

use std::{collections::BTreeSet, time::Duration};

use desk_model::{
    PageCounts, Resource, ResourceCounts, RunResult, Shop, ShopId, SyncTask, UnixSeconds,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{engine::Engine, error::Error, failure::Failure, sync::offers, tally::pages_of};

/// A rate counts once it was measured for so long.
const LEAST_MEASURED: Duration = Duration::from_secs(3);

/// How far one run of a shop has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SyncProgress {
    /// The shop.
    pub shop_id: ShopId,
    /// What is being read.
    pub resource: Resource,
    /// What the run does.
    pub task: SyncTask,
    /// Pages done so far.
    pub pages_done: u64,
    /// Pages there are, as far as known.
    pub pages_total: u64,
    /// Rows read so far.
    pub rows_done: u64,
    /// Rows there are by the platform's word; `None` until it was asked.
    pub rows_total: Option<u64>,
    /// How long it will take at the rate so far; `None` where that is not known.
    pub seconds_left: Option<u64>,
    /// Rows by what became of them so far.
    pub counts: PageCounts,
}

impl SyncProgress {
    /// Nothing done yet.
    pub(crate) fn none(shop_id: &ShopId, resource: Resource, task: SyncTask) -> Self {
        Self {
            shop_id: shop_id.clone(),
            resource,
            task,
            pages_done: 0,
            pages_total: 0,
            rows_done: 0,
            rows_total: None,
            seconds_left: None,
            counts: PageCounts::default(),
        }
    }

    /// Counts a page, so long after the start.
    pub(crate) fn add_page(
        &mut self,
        rows: u64,
        pages_left: u64,
        counts: PageCounts,
        passed: Duration,
    ) {
        self.pages_done += 1;
        self.rows_done += rows;
        self.counts.add(counts);
        let rows_left = self
            .rows_total
            .and_then(|total| total.checked_sub(self.rows_done));
        // Each amount is a page of its own.
        let pages_of_rows = match (self.task, rows_left) {
            (SyncTask::Amounts, rows_left) => rows_left.unwrap_or(0),
            (_, Some(rows)) if rows > 0 => pages_of(rows),
            _ => 0,
        };
        self.pages_total = self.pages_done + pages_left.max(pages_of_rows);
        let is_measured = passed >= LEAST_MEASURED && self.rows_done > 0;
        self.seconds_left = rows_left
            .filter(|_| is_measured)
            .map(|left| left.saturating_mul(passed.as_secs()) / self.rows_done);
    }
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
    pub error: Option<Failure>,
    /// What was read to its end, or is not to be read: trying it again soon would bring nothing.
    #[serde(skip)]
    #[ts(skip)]
    pub settled: BTreeSet<Resource>,
}

/// What a sync tells while it runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum SyncEvent {
    /// A page was done, or a run begun.
    Progress(SyncProgress),
    /// A shop's sync ended.
    Finished(ShopSummary),
}

/// How fresh and how long one kind of data of a shop is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DataState {
    /// What it is about.
    pub resource: Resource,
    /// Whether token and shop type allow it.
    pub allowed: bool,
    /// Until when everything is known to be here: the end of the newest gap-free window or census.
    pub complete_through: Option<UnixSeconds>,
    /// Since when everything is known to be here (orders only).
    pub complete_from: Option<UnixSeconds>,
    /// Where the history that the seller wants begins (orders only); it is still being fetched while `complete_from` is later.
    pub history_from: Option<UnixSeconds>,
    /// How the newest run that reads changes ended.
    pub last_result: Option<RunResult>,
    /// Why the newest run that reads changes failed.
    pub last_error: Option<Failure>,
}

impl Engine {
    /// How fresh each kind of a shop's data is.
    pub async fn data_states(&self, shop: &Shop) -> Result<Vec<DataState>, Error> {
        let app = self.stored_app(shop.app).await?;
        let store = self.store();
        let runs = store.latest_runs(&shop.shop_id).await?;
        let mut states = Vec::with_capacity(Resource::ALL.len());
        for resource in Resource::ALL {
            let reached = async |task| {
                let checkpoint = store.checkpoint(&shop.shop_id, resource, task).await?;
                Ok::<_, Error>(checkpoint.and_then(|checkpoint| checkpoint.reached))
            };
            let run = runs
                .iter()
                .find(|run| run.resource == resource && run.task == SyncTask::Changes);
            let is_orders = resource == Resource::Orders;
            states.push(DataState {
                resource,
                allowed: offers(shop, resource)
                    && shop.allows(desk_temu::required_scope(app.dialect, resource)),
                complete_through: reached(SyncTask::Changes).await?,
                complete_from: reached(SyncTask::Backfill).await?,
                history_from: is_orders.then(|| self.history_start(self.parts.clock.now())),
                last_result: run.map(|run| run.result),
                last_error: run.and_then(Failure::from_log),
            });
        }
        Ok(states)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after_pages(task: SyncTask, rows: &[u64], rows_total: u64, seconds: u64) -> SyncProgress {
        let mut progress = SyncProgress {
            rows_total: Some(rows_total),
            ..SyncProgress::none(&ShopId::new("us:1"), Resource::Orders, task)
        };
        for rows in rows {
            let passed = Duration::from_secs(seconds);
            progress.add_page(*rows, 0, PageCounts::default(), passed);
        }
        progress
    }

    #[test]
    fn a_page_of_amounts_is_one_amount_and_of_all_else_a_hundred_rows() {
        let amounts = after_pages(SyncTask::Amounts, &[1, 1], 250, 0);
        assert_eq!((amounts.pages_done, amounts.pages_total), (2, 250));
        let backfill = after_pages(SyncTask::Backfill, &[100, 100], 250, 0);
        assert_eq!((backfill.pages_done, backfill.pages_total), (2, 3));
        let whole = after_pages(SyncTask::Amounts, &[1], 1, 0);
        assert_eq!((whole.pages_done, whole.pages_total), (1, 1));
    }

    #[test]
    fn the_time_left_follows_the_rate_once_it_was_measured() {
        let early = after_pages(SyncTask::Backfill, &[100], 400, 2);
        assert_eq!(early.seconds_left, None);
        let measured = after_pages(SyncTask::Backfill, &[100], 400, 10);
        assert_eq!(measured.seconds_left, Some(30));
        let more_than_told = after_pages(SyncTask::Backfill, &[100, 100], 150, 10);
        assert_eq!(more_than_told.seconds_left, None);
    }
}
